"""The written PDF: fonts, words, bookmarks, page numbers, check codes, tables, pictures."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from assessor.errors import AssessorError
from assessor.reports.document import (
    Bar,
    BarChart,
    Beside,
    Document,
    Heading,
    Paragraph,
    Photo,
    Photos,
    Radar,
    Series,
    figures,
)
from assessor.reports.pdf import PdfSummary, expected_pages, write_pdf
from assessor.reports.pdf_text import first_difference, page_texts
from tests.unit.reports.report_sample import META, PHOTO, PICTURE, images, ledger, sample


def written(document: Document) -> tuple[bytes, PdfSummary]:
    out = BytesIO()
    summary = write_pdf(document, out, images)
    return out.getvalue(), summary


def texts(document: Document, folder: Path) -> list[str]:
    path = folder / "report.pdf"
    write_pdf(document, path, images)
    return page_texts(path)


@pytest.fixture(scope="module")
def whole() -> tuple[bytes, PdfSummary]:
    return written(sample())


def test_only_the_embedded_chinese_font_is_in_the_file(whole: tuple[bytes, PdfSummary]) -> None:
    data, _ = whole
    names = set(re.findall(rb"/BaseFont /([\w+-]+)", data))
    assert {name.split(b"+")[-1] for name in names} == {
        b"NotoSansSC-Regular",
        b"NotoSansSC-Bold",
    }
    assert len(re.findall(rb"/FontFile2 ", data)) == len(names)
    assert b"Helvetica" not in data


def test_every_text_read_back_is_the_text_that_was_drawn(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    summary = write_pdf(sample(), path, images)
    read = page_texts(path)
    assert len(read) == len(summary.pages) > 4
    for page, text in zip(summary.pages, read, strict=True):
        assert first_difference(page.body + page.footer, text) is None


def test_every_figure_of_the_document_is_printed(whole: tuple[bytes, PdfSummary]) -> None:
    words = "".join("".join(page.body) for page in whole[1].pages)
    flat = "".join(words.split())
    missing = [f for f in figures(sample().pages) if "".join(f.text.split()) not in flat]
    assert not missing


def test_characters_outside_the_basic_plane_and_unknown_ones_can_be_found(tmp_path: Path) -> None:
    (page,) = texts(sample(Paragraph("名字有𬭎和𠮷，还有🙂。")), tmp_path)
    assert "名字有𬭎和𠮷，还有🙂。" in page


@pytest.mark.parametrize(
    "odd",
    [
        "<b>not bold</b> &amp; {x} %d \\n",
        "hyphen- " * 40,
        "控制\x00\x07\u202e字符\tTab",
        "ﬁ ﬂ Å e\u0301 ① ½ ㎡",
        "العربية 123 עברית",
        "，" * 300,
        "x" * 900,
        "\ud800孤",
    ],
)
def test_whatever_a_user_writes_is_plain_text_and_comes_back(odd: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    summary = write_pdf(sample(Paragraph(odd)), path, images)
    for page, text in zip(summary.pages, page_texts(path), strict=True):
        assert first_difference(page.body + page.footer, text) is None


def test_a_changed_figure_is_named(whole: tuple[bytes, PdfSummary], tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(whole[0])
    page = whole[1].pages[1]
    changed = page_texts(path)[1].replace("214.60", "314.60")
    difference = first_difference(page.body + page.footer, changed)
    assert difference is not None
    assert (difference.expected, difference.found) == ("214.60", "314.60")


def test_pages_are_numbered_and_carry_their_code(whole: tuple[bytes, PdfSummary]) -> None:
    pages = whole[1].pages
    for number, page in enumerate(pages, 1):
        code_line, number_line = page.footer
        assert number_line == f"第 {number} 页 / 共 {len(pages)} 页"
        assert code_line == f"校验码 {page.code}　细则 zj.future_factory 1.0.0 · 8f3a0c21"
    assert len({page.code for page in pages}) == len(pages)


def test_the_same_document_gives_the_same_bytes(whole: tuple[bytes, PdfSummary]) -> None:
    assert written(sample()) == whole


def test_what_to_expect_is_known_without_the_pictures(whole: tuple[bytes, PdfSummary]) -> None:
    assert expected_pages(sample()) == whole[1]


def test_another_payload_changes_every_code(whole: tuple[bytes, PdfSummary]) -> None:
    _, other = written(replace(sample(), meta=replace(META, payload_digest="cd" * 32)))
    assert not {p.code for p in other.pages} & {p.code for p in whole[1].pages}


def test_headings_with_a_bookmark_are_in_the_outline(whole: tuple[bytes, PdfSummary]) -> None:
    with pypdfium2.PdfDocument(whole[0]) as document:
        found = [(b.level, b.get_title(), b.get_dest().get_index()) for b in document.get_toc()]
    assert found == [(0, "逐题评估", 2), (1, "35 作业排程", 2), (1, "台账", found[2][2])]


def test_a_long_table_repeats_its_header_and_parts_no_row(whole: tuple[bytes, PdfSummary]) -> None:
    _, summary = written(sample(Heading(2, "台账"), ledger(150)))
    assert len(summary.pages) > 3
    row = re.compile(r"(\d+) 五轴加工中心 \1 号（含在线测量） 是 \1\.00 %")
    numbers: list[str] = []
    for page in summary.pages:
        assert "序号 设备名称 数控 得分率" in " ".join(page.body)
        numbers += row.findall(" ".join(page.body))
    assert numbers == [str(number) for number in range(1, 151)]


def test_a_total_never_stands_alone_on_a_page() -> None:
    for rows in range(25, 70):
        _, summary = written(sample(ledger(rows)))
        last = " ".join(summary.pages[-1].body)
        assert f"{rows} 号" in last, rows


def test_a_heading_never_ends_a_page() -> None:
    for lines in range(35, 60):
        filler = Paragraph("\n".join(["字"] * lines))
        _, summary = written(sample(filler, Heading(2, "标题"), Paragraph("正文" * 80)))
        for page in summary.pages:
            assert "标题" not in page.body or "正文" in page.body[page.body.index("标题") + 1]


def test_a_cell_longer_than_a_page_goes_on_without_loss() -> None:
    table = ledger(1)
    cells = table.rows[1].cells
    row = replace(table.rows[1], cells=(cells[0], replace(cells[1], text="长" * 9000), *cells[2:]))
    _, summary = written(sample(replace(table, rows=(row,))))
    assert len(summary.pages) > 2
    assert sum("".join(page.body).count("长") for page in summary.pages) == 9000


def _outside(data: bytes) -> list[tuple[int, str]]:
    """Return every character whose ink lies beyond the margins."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            words = page.get_textpage()
            for index in range(words.count_chars()):
                left, bottom, right, top = words.get_charbox(index)
                char = words.get_text_range(index, 1)
                inside = left > 44 and right < 551 and bottom > 24 and top < 830
                if char.strip() and not inside:
                    found.append((number, char))
    return found


def test_nothing_is_written_beyond_the_margins(whole: tuple[bytes, PdfSummary]) -> None:
    assert not _outside(whole[0])


def test_what_no_page_can_hold_is_made_smaller_and_stays_complete() -> None:
    data, summary = written(sample(Photos((replace(PHOTO, caption="很长的说明。" * 500 + "末"),))))
    assert len(summary.pages) == 1
    assert "末" in "".join(summary.pages[0].body)
    assert not _outside(data)


def test_long_names_of_axes_and_bars_stay_within_the_margins() -> None:
    name = "Intelligent production and the scheduling of workshops"
    half = Decimal("0.5")
    radar = Radar((name,) * 14, (Series("now", (half,) * 14), Series("then", (half,) * 14, True)))
    bars = BarChart((Bar(name * 3, half, "50.00 %"), Bar("short", half, "50.00 %")))
    data, _ = written(sample(Beside(((radar,), (bars,)), (half, half))))
    assert not _outside(data)


def _streams(data: bytes) -> list[bytes]:
    return re.findall(rb"/Filter \[ /DCTDecode \].*?stream\r?\n(.*?)endstream", data, re.S)


def test_photos_are_upright_small_and_without_position() -> None:
    data, _ = written(sample(Photos((PHOTO,))))
    (jpeg,) = _streams(data)
    with Image.open(BytesIO(jpeg)) as printed:
        assert printed.size == (300, 400)
        assert not printed.getexif()
    assert Image.open(BytesIO(PICTURE)).getexif().get_ifd(0x8825)


def test_a_damaged_photo_is_named_in_the_error() -> None:
    photos = Photos((Photo("0" * 64, "坏掉的照片", 10, 10),))
    with pytest.raises(AssessorError, match="坏掉的照片"):
        write_pdf(sample(photos), BytesIO(), lambda _: b"\xff\xd8 no picture")


def test_a_missing_font_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(AssessorError, match=r"NotoSansSC-Regular\.ttf"):
        write_pdf(sample(), BytesIO(), images, tmp_path)


def test_an_english_report_is_english_in_its_footer() -> None:
    _, summary = written(replace(sample(), meta=replace(META, language="en")))
    assert summary.pages[0].footer[1] == f"Page 1 of {len(summary.pages)}"


def test_to_unicode_maps_code_points_above_the_basic_plane_as_surrogates() -> None:
    data, _ = written(sample(Paragraph("𬭎")))
    maps = [zlib.decompress(s) for s in re.findall(rb"stream\r?\n(x.*?)endstream", data, re.S)]
    assert any(b"<D872DF4E>" in cmap for cmap in maps)
