"""Ways to spoil or re-save a workbook, part by part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import openpyxl

from tests.unit.reports.verify.exported import part_of, with_parts

Parts = dict[str, bytes]
SHARED = "xl/sharedStrings.xml"


def changed_part(book: bytes, sheet: str, change: Callable[[str], str]) -> bytes:
    """The workbook with the text of one sheet's part changed; it has to change."""

    def apply(parts: Parts) -> None:
        name = part_of(parts, sheet)
        before = parts[name].decode()
        after = change(before)
        assert after != before
        parts[name] = after.encode()

    return with_parts(book, apply)


def changed_named(book: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the part of this name changed."""

    def apply(parts: Parts) -> None:
        before = parts[name]
        parts[name] = change(before)
        assert parts[name] != before

    return with_parts(book, apply)


def with_more(book: bytes, more: Mapping[str, bytes]) -> bytes:
    """The workbook with further parts."""
    return with_parts(book, lambda parts: parts.update(more))


def head_of(xml: str, part: str) -> str:
    """What stands before the rows of a sheet's part, `part` put in front of its end."""
    return xml.replace("<sheetData>", f"{part}<sheetData>", 1)


def with_row_inserted(xml: str, row: int) -> str:
    """A sheet's part with an empty row before `row`, formulas left as they are."""

    def moved(found: re.Match[str]) -> str:
        number = int(found[2])
        return f"{found[1]}{number + (number >= row)}{found[3]}"

    xml = re.sub(r'(<row r=")(\d+)(")', moved, xml)
    return re.sub(r'(<c r="[A-Z]+)(\d+)(")', moved, xml)


def repacked(book: bytes, *, force_zip64: bool = False, reverse: bool = False) -> bytes:
    """The same parts packed in another way."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as given, zipfile.ZipFile(out, "w") as made:
        names = given.namelist()
        for name in reversed(names) if reverse else names:
            with made.open(name, "w", force_zip64=force_zip64) as part:
                part.write(given.read(name))
    return out.getvalue()


def resaved(book: bytes) -> bytes:
    """The workbook as openpyxl saves it: formulas without values, other styles, other parts."""
    out = BytesIO()
    loaded = openpyxl.load_workbook(BytesIO(book))
    loaded.save(out)
    loaded.close()
    return out.getvalue()


def without_sheet(book: bytes, sheet: str) -> bytes:
    """The workbook with a sheet deleted by openpyxl."""
    out = BytesIO()
    loaded = openpyxl.load_workbook(BytesIO(book))
    del loaded[sheet]
    loaded.save(out)
    loaded.close()
    return out.getvalue()


def strict(book: bytes) -> bytes:
    """The workbook in the Strict form of the format."""
    swaps = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )

    def apply(parts: Parts) -> None:
        for name in parts:
            for old, new in swaps:
                parts[name] = parts[name].replace(old, new)

    return with_parts(book, apply)


def with_external_entity(xml: bytes) -> bytes:
    """A part that asks for a file of the machine."""
    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return xml.replace(b"?>", b"?>" + doctype, 1)


def with_entity_bomb(xml: bytes) -> bytes:
    """A part whose entities would grow without end."""
    entities = b'<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "&a%d;&a%d;">' % (n, n - 1, n - 1) for n in range(1, 40)
    )
    return xml.replace(b"?>", b"?><!DOCTYPE x [" + entities + b"]>", 1)


def with_remote_dtd(xml: bytes) -> bytes:
    """A part that names a document type on another machine."""
    return xml.replace(b"?>", b'?><!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">', 1)
