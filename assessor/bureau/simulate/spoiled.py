"""Workbooks spoiled on purpose, part by part, each in exactly one way."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import crc32

from assessor.exchange.envelope import SHEET_NAME

Parts = dict[str, bytes]
_COVER, _DETAIL = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
_TEXTS, _LIST = "xl/sharedStrings.xml", "xl/workbook.xml"
_FIGURE = re.compile(rb"(</f><v>)([0-9]+(?:\.[0-9]+)?)(</v>)")
_PACKED_AT = (2000, 1, 1, 0, 0, 0)


def cut_short(book: bytes) -> bytes:
    """Return the first half of a workbook."""
    return book[: len(book) // 2]


def as_csv(book: bytes) -> bytes:
    """Return a text file, another one for every workbook."""
    return b"code,score\n%08x,2\n" % crc32(book)


def as_html(book: bytes) -> bytes:
    """Return a web page, another one for every workbook."""
    return b"<html><body><table><tr><td>%08x</td></tr></table></body></html>" % crc32(book)


def emptied(_: bytes) -> bytes:
    """Return nothing at all."""
    return b""


def other_figure(book: bytes) -> bytes:
    """Return a workbook whose first computed figure on the cover is larger than it should be."""
    return _changed(book, _COVER, lambda xml: _FIGURE.sub(rb"\g<1>9\g<2>\g<3>", xml, count=1))


def without_machine_sheet(book: bytes) -> bytes:
    """Return a workbook whose machine sheet is called something else."""
    name = SHEET_NAME.encode()
    return _changed(book, _LIST, lambda xml: xml.replace(name, b"Sheet99"))


def other_payload(book: bytes) -> bytes:
    """Return a workbook whose payload is not the one its digest was taken of."""
    return _changed(book, _TEXTS, lambda xml: xml.replace(b'"size":', b'"size":1', 1))


def hidden_column(book: bytes) -> bytes:
    """Return a workbook with a hidden column."""
    return _changed(
        book, _DETAIL, lambda xml: xml.replace(b'<col min="2"', b'<col hidden="1" min="2"')
    )


def merged_cells(book: bytes) -> bytes:
    """Return a workbook with two more cells merged."""
    more = b'<mergeCell ref="A12:B12"/></mergeCells>'
    return _changed(book, _DETAIL, lambda xml: xml.replace(b"</mergeCells>", more))


def with_macros(book: bytes) -> bytes:
    """Return a workbook with a part that looks like macros."""
    return _repacked(book, lambda parts: parts.update({"xl/vbaProject.bin": b"no macros"}))


def zip_bomb(book: bytes) -> bytes:
    """Return a workbook that unpacks to far more than it is."""
    return _repacked(book, lambda parts: parts.update({"xl/media/z.bin": bytes(30_000_000)}))


def _changed(book: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    def apply(parts: Parts) -> None:
        before = parts[part]
        parts[part] = change(before)
        if parts[part] == before:
            raise ValueError(f"nothing to spoil in {part}")

    return _repacked(book, apply)


def _repacked(book: bytes, change: Callable[[Parts], object]) -> bytes:
    """Return the workbook after a change of its parts; equal parts give equal bytes."""
    with ZipFile(BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, _PACKED_AT), content, ZIP_DEFLATED)
    return out.getvalue()
