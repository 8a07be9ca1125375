"""The verdict table, first part: containers and XML. Each case builds the file."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from assessor.bureau.records import Verdict
from assessor.sheets import Limits
from tests.unit.bureau.intake.spoiling import (
    SHARED,
    changed_named,
    changed_part,
    repacked,
    strict,
    with_entity_bomb,
    with_external_entity,
    with_more,
    with_remote_dtd,
)
from tests.unit.bureau.intake.workbooks import COVER, DETAIL, good, judged, said
from tests.unit.reports.verify.exported import with_parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def zip_of(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    return with_more(good(), {"xl/media/zeros.bin": bytes(60_000_000)})


def huge_claim() -> bytes:
    """A directory that claims a part of a gigabyte."""
    content = bytearray(with_more(good(), {"xl/z.bin": b"x" * 1000}))
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/z.bin"))
    struct.pack_into("<I", content, at + 24, 1_000_000_000)
    return bytes(content)


def with_absurd_count(xml: bytes) -> bytes:
    return re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4000000000"', xml)


def with_symlink() -> bytes:
    out = BytesIO(good())
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("xl/link")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def with_twins() -> bytes:
    out = BytesIO(good())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/Workbook.xml", b"<x/>")
    return out.getvalue()


def flipped() -> bytes:
    """One bit of the packed payload sheet turned round."""
    content = bytearray(good())
    with zipfile.ZipFile(BytesIO(good())) as archive:
        entry = archive.getinfo("xl/sharedStrings.xml")
    content[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 8
    return bytes(content)


def encrypted_entry() -> bytes:
    content = bytearray(good())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "container.empty"),
    "truncated": (lambda: good()[: len(good()) // 2], "container.damaged"),
    "bit flipped": (flipped, "container.damaged_part"),
    "csv": (lambda: "编号,得分\n1,2\n".encode("gb18030"), "container.csv"),
    "html": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "container.html"),
    "xls": (lambda: OLE + utf16("Workbook"), "container.xls"),
    "et": (lambda: OLE + utf16("Book"), "container.xls"),
    "xlsb": (
        lambda: zip_of({"[Content_Types].xml": b"", "_rels/.rels": b"", "xl/workbook.bin": b""}),
        "container.xlsb",
    ),
    "ods": (
        lambda: zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "container.ods",
    ),
    "password": (lambda: OLE + utf16("EncryptedPackage"), "container.encrypted"),
    "zip password": (encrypted_entry, "container.encrypted"),
    "bomb": (bomb, "container.packed_too_tight"),
    "claims a gigabyte": (huge_claim, "container.unpacks_too_big"),
    "thousands of entries": (
        lambda: with_more(good(), {f"x/{n}": b"" for n in range(3000)}),
        "container.too_many_parts",
    ),
    "zip slip": (
        lambda: with_more(good(), {"../../etc/cron.d/x": b"x"}),
        "container.unsafe_parts",
    ),
    "absolute name": (lambda: with_more(good(), {"/etc/x": b"x"}), "container.unsafe_parts"),
    "symlink entry": (with_symlink, "container.unsafe_parts"),
    "twin parts": (with_twins, "container.duplicate_parts"),
    "entity bomb": (
        lambda: changed_named(good(), SHARED, with_entity_bomb),
        "xml.hostile_xml",
    ),
    "external entity": (
        lambda: changed_named(good(), SHARED, with_external_entity),
        "xml.hostile_xml",
    ),
    "remote DTD": (
        lambda: changed_named(good(), "xl/workbook.xml", with_remote_dtd),
        "xml.hostile_xml",
    ),
    "absurd counts": (
        lambda: changed_named(good(), SHARED, with_absurd_count),
        "xml.absurd_count",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_container_is_refused_for_what_it_is(case: str, tmp_path: Path) -> None:
    make, code = REFUSED[case]
    found = judged(make(), tmp_path)
    assert said(found) == [(code, "", "")]
    assert found.findings[0].verdict is Verdict.REJECTED
    assert len(found.sha256) == 64


def test_more_cells_than_a_workbook_may_have_are_refused(tmp_path: Path) -> None:
    row = "".join("<c><v>1</v></c>" for _ in range(1000))
    rows = "".join(f'<row r="{n}">{row}</row>' for n in range(1001, 1012))
    book = changed_part(
        good(), DETAIL, lambda xml: xml.replace("</sheetData>", rows + "</sheetData>")
    )
    found = judged(book, tmp_path, limits=Limits(cells=5_000))
    assert said(found) == [("xml.too_many_cells", "", "")]


def test_a_huge_text_is_refused_with_its_cell(tmp_path: Path) -> None:
    cell = f'<row r="999"><c r="B999" t="inlineStr"><is><t>{"x" * 70_000}</t></is></c></row>'
    book = changed_part(
        good(), DETAIL, lambda xml: xml.replace("</sheetData>", cell + "</sheetData>")
    )
    assert said(judged(book, tmp_path)) == [("xml.cell_too_long", DETAIL, "B999")]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (
            '<row r="900"><c r="B900"><v>1</v></c><c r="B900"><v>2</v></c></row>',
            "xml.cell_twice",
            "B900",
        ),
        ('<row r="900"><c r="B901"><v>1</v></c></row>', "xml.cell_misplaced", "B901"),
        ('<row r="900"><c r="B900"><v>1x</v></c></row>', "xml.cell_broken", "B900"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_cell(
    row: str, code: str, cell: str, tmp_path: Path
) -> None:
    book = changed_part(
        good(), DETAIL, lambda xml: xml.replace("</sheetData>", row + "</sheetData>")
    )
    assert said(judged(book, tmp_path)) == [(code, DETAIL, cell)]


def test_macros_are_worth_a_warning_and_never_run(tmp_path: Path) -> None:
    book = with_more(good(), {"xl/vbaProject.bin": OLE})
    found = judged(book, tmp_path, "macro.xlsm")
    assert said(found) == [("container.has_macros", "", "")]
    assert found.findings[0].verdict is Verdict.WARNING
    assert found.record is not None


def test_links_to_other_files_are_worth_a_warning(tmp_path: Path) -> None:
    book = with_more(good(), {"xl/externalLinks/externalLink1.xml": b"<x/>"})
    assert said(judged(book, tmp_path)) == [("container.has_links", "", "")]


@pytest.mark.parametrize(
    "make",
    [
        good,
        lambda: strict(good()),
        lambda: repacked(good(), force_zip64=True),
        lambda: repacked(good(), reverse=True),
    ],
    ids=["as exported", "strict", "zip64", "other order"],
)
def test_a_sound_container_is_accepted(make: Callable[[], bytes], tmp_path: Path) -> None:
    found = judged(make(), tmp_path)
    assert found.findings == ()
    assert found.record is not None


@pytest.mark.parametrize("name", ["x" * 240 + ".xlsx", "（终稿）最终版 #1 %20 ~.XLSX", "-o=1.xlsx"])
def test_an_odd_name_is_accepted(name: str, tmp_path: Path) -> None:
    encoded = name.encode()[:250] if len(name.encode()) > 250 else name.encode()
    assert judged(good(), tmp_path, encoded.decode(errors="ignore")).findings == ()


@pytest.mark.parametrize("reference", ["A1", "A1:XFD1048576", "nonsense", "C5:B2"])
def test_a_wrong_dimension_does_not_matter(reference: str, tmp_path: Path) -> None:
    def change(xml: str) -> str:
        start = xml.index("<dimension")
        end = xml.index("/>", start)
        return f'{xml[:start]}<dimension ref="{reference}"{xml[end:]}'

    assert judged(changed_part(good(), DETAIL, change), tmp_path).findings == ()


def test_a_cell_in_the_far_corner_does_not_matter(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    book = changed_part(good(), COVER, lambda xml: xml.replace("</sheetData>", far))
    assert judged(book, tmp_path).findings == ()


def test_cells_without_their_names_are_where_they_stand(tmp_path: Path) -> None:
    book = changed_part(
        good(), "assessor_payload", lambda xml: re.sub(r'<c r="[AB]\d+" ', "<c ", xml)
    )
    assert judged(book, tmp_path).findings == ()


def test_a_part_that_is_gone_is_named(tmp_path: Path) -> None:
    book = with_parts(good(), lambda parts: parts.pop("xl/sharedStrings.xml") and None)
    found = judged(book, tmp_path)
    assert [one.code for one in found.findings] == ["container.damaged_part"]
    assert "sharedStrings" in found.findings[0].reason.pick("en")
