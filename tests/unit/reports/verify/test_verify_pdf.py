"""PDFs: untouched ones verify; a changed figure, page or report is named."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from assessor.errors import AssessorError
from assessor.exchange.signature import UNSIGNED
from assessor.i18n import Language
from assessor.reports.pdf import PageText, expected_pages, write_pdf
from assessor.reports.pdf_text import drawn_texts, first_difference, page_texts
from assessor.reports.verify import Verification, verify_pdf
from assessor.reports.verify_pages import PdfFile, compare_pages
from tests.unit.reports.build.report_visits import images
from tests.unit.reports.verify.exported import (
    OPTIONS,
    document,
    pdf_bytes,
    record,
    saved,
    source,
    source_of,
    with_figure,
    with_pages,
)


def verified(folder: Path, content: bytes) -> Verification:
    return verify_pdf(saved(folder / "report.pdf", content), source())


def codes(found: Verification) -> list[str]:
    return [problem.code for problem in found.problems]


def count(language: Language = "zh") -> int:
    with pypdfium2.PdfDocument(pdf_bytes(language)) as pdf:
        return len(pdf)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_untouched_pdf_verifies(language: Language, tmp_path: Path) -> None:
    found = verified(tmp_path, pdf_bytes(language))
    assert found.problems == found.notes == ()
    assert found.options == OPTIONS[language].as_pairs()
    assert found.digest == source().digest


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_reads_as_it_was_drawn(language: Language, tmp_path: Path) -> None:
    path = saved(tmp_path / "report.pdf", pdf_bytes(language))
    expected = expected_pages(document(language)).pages
    for page, text in zip(expected, drawn_texts(path), strict=True):
        assert first_difference((*page.body, *page.footer), text) is None


def test_words_read_in_another_order_than_drawn_verify_either_way() -> None:
    page = PageText(1, "C0DE-C0DE-C0DE-C0DE-C0DE", ("right", "left"), ("C0DE-C0DE-C0DE-C0DE-C0DE",))
    drawn, read = f"right left {page.code}", f"left right {page.code}"
    for texts, order in (((drawn,), (read,)), ((read,), (drawn,))):
        assert (
            list(compare_pages(PdfFile(texts, order, "", "", "", "", (), UNSIGNED, ()), (page,)))
            == []
        )
    wrong = PdfFile((read,), (read,), "", "", "", "", (), UNSIGNED, ())
    assert [one.code for one in compare_pages(wrong, (page,))] == ["verify.page_differs"]


def test_a_figure_changed_in_what_is_drawn_is_named_with_its_page(tmp_path: Path) -> None:
    texts = page_texts(saved(tmp_path / "report.pdf", pdf_bytes()))
    total = f"{source().card.total.value:.2f}"
    page = next(number for number, text in enumerate(texts, 1) if total in text)
    higher = "9" + total[1:]
    found = verified(tmp_path, with_figure(pdf_bytes(), page, total, higher))
    assert codes(found) == ["verify.page_differs"]
    assert found.problems[0].place == f"p. {page}"
    assert total in str(found.problems[0].message.values["expected"])
    assert higher in str(found.problems[0].message.values["found"])


def test_a_changed_check_code_is_named(tmp_path: Path) -> None:
    texts = page_texts(saved(tmp_path / "report.pdf", pdf_bytes()))
    code = re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}", texts[1])[-1]
    other = code.replace(code[0], "0" if code[0] != "0" else "1")
    found = verified(tmp_path, with_figure(pdf_bytes(), 2, code, other))
    assert codes(found)[0] == "verify.page_foreign"
    assert found.problems[0].message.values["code"] == other


def test_a_removed_page_is_named(tmp_path: Path) -> None:
    pages = count()
    order = [number for number in range(pages) if number != 2]
    found = verified(tmp_path, with_pages(pdf_bytes(), order))
    assert codes(found)[0] == "verify.page_count"
    missing = [p.message.values["page"] for p in found.problems if p.code == "verify.page_missing"]
    assert missing == [3]
    assert "verify.page_differs" not in codes(found)


def test_exchanged_pages_are_named(tmp_path: Path) -> None:
    order = [0, 2, 1, *range(3, count())]
    found = verified(tmp_path, with_pages(pdf_bytes(), order))
    assert codes(found) == ["verify.page_moved", "verify.page_moved"]
    assert [p.message.values for p in found.problems] == [
        {"page": 2, "meant": 3},
        {"page": 3, "meant": 2},
    ]


def test_a_page_of_another_report_is_named(tmp_path: Path) -> None:
    mixed = with_pages(pdf_bytes(), [0], with_pages(pdf_bytes(skill=3), [1]))
    mixed = with_pages(mixed, [0, 1], with_pages(pdf_bytes(), list(range(2, count()))))
    found = verified(tmp_path, mixed)
    assert codes(found) == ["verify.page_foreign", "verify.page_differs", "verify.page_missing"]
    assert found.problems[0].place == "p. 2"


def test_pages_put_in_front_are_found_without_losing_the_others(tmp_path: Path) -> None:
    found = verified(tmp_path, with_pages(pdf_bytes(), [0], pdf_bytes()))
    assert codes(found)[0] == "verify.page_count"
    assert "verify.page_missing" not in codes(found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pdf_that_lost_its_properties_verifies(language: Language, tmp_path: Path) -> None:
    content = with_pages(pdf_bytes(language), list(range(count(language))))
    with pypdfium2.PdfDocument(content) as pdf:
        assert not pdf.get_metadata_dict().get("Keywords")
    assert verified(tmp_path, content).problems == ()


def test_the_report_of_another_state_visit_or_rubric_is_told_apart(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.pdf", pdf_bytes())
    other_state = source_of(record().model_copy(update={"revision": 2}))
    assert codes(verify_pdf(path, other_state)) == ["verify.pdf_other_state"]
    firm = record().enterprise.model_copy(update={"name": "宁波别家有限公司"})
    other_firm = source_of(record().model_copy(update={"enterprise": firm}))
    found = verify_pdf(path, other_firm)
    assert codes(found) == ["verify.pdf_other_visit"]
    assert found.problems[0].message.values["expected"] == "宁波别家有限公司"
    meta = replace(document().meta, rubric_version="9.9.9", payload_digest="ab" * 32)
    out = BytesIO()
    write_pdf(replace(document(), meta=meta), out, images)
    assert codes(verified(tmp_path, out.getvalue())) == ["verify.pdf_other_rubric"]


def test_a_stamp_put_on_a_page_is_a_remark(tmp_path: Path) -> None:
    out = BytesIO()
    with pypdfium2.PdfDocument(pdf_bytes()) as pdf:
        page = pdf[1]
        stamp = pypdfium2.raw.FPDFPage_CreateAnnot(page, pypdfium2.raw.FPDF_ANNOT_STAMP)
        assert stamp
        pypdfium2.raw.FPDFPage_CloseAnnot(stamp)
        page.close()
        pdf.save(out)
    found = verified(tmp_path, out.getvalue())
    assert found.problems == ()
    assert [(note.code, note.place) for note in found.notes] == [("verify.page_annotated", "p. 2")]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html></html>"])
def test_what_is_no_pdf_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(AssessorError) as refusal:
        verified(tmp_path, content)
    assert refusal.value.message.key == "pdf.unreadable"
