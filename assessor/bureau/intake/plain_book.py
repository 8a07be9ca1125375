"""A workbook in the writer's own dialect: its sheets, texts and number formats, read on demand."""

from __future__ import annotations

import re
import zlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar
from zipfile import BadZipFile, ZipFile

from assessor.bureau.intake.dialect import (
    MOST_BYTES,
    PlainSheet,
    plain_sheet,
    plain_texts,
    unescaped,
)
from assessor.bureau.intake.machine_sheet import MachineSheet
from assessor.exchange.envelope import SHEET_NAME
from assessor.sheets import SheetError
from assessor.sheets.dates import CellStyles
from assessor.sheets.package import Contents, Package, contents_of
from assessor.sheets.strings import unescape

T = TypeVar("T")

_FRAME = ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_STYLES_COUNT = re.compile(rb'<cellXfs count="([0-9]{1,3})">')
_KEPT = 64
_CELL = re.compile(rb"([AB])([0-9]+)")
UNREADABLE: tuple[type[Exception], ...] = (
    SheetError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
)
"""What odd archives make zipfile raise, and what odd parts make their readers raise."""


@dataclass(frozen=True, eq=False)
class Formats:
    """The number formats of one part of styles, by the style as cells name it (or do not)."""

    codes: Mapping[bytes, str]


@dataclass
class FrameCache:
    """What the small parts say that are the same in very many files, by their bytes."""

    contents: OrderedDict[bytes, Contents] = field(default_factory=OrderedDict)
    formats: OrderedDict[bytes, Formats] = field(default_factory=OrderedDict)


@dataclass(frozen=True)
class PlainBook:
    """The sheets of a workbook by title; a sheet that turns out not to be ours is `None`."""

    titles: Sequence[str]
    formats: Formats
    _parts: Mapping[str, str]
    _archive: ZipFile
    _texts: Sequence[bytes]

    def part(self, title: str) -> bytes | None:
        """Return a sheet as it is written, `None` when there is none or it cannot be read."""
        part = self._parts.get(title)
        try:
            return None if part is None else _bytes(self._archive, part)
        except UNREADABLE:
            return None

    def cells(self, part: bytes) -> PlainSheet | None:
        """Return the cells of a sheet's part, `None` when it is not as we write it."""
        return plain_sheet(part, self._texts)

    def sheet(self, title: str) -> PlainSheet | None:
        """Return a sheet's cells, `None` when there is none or it is not as we write it."""
        part = self.part(title)
        return None if part is None else self.cells(part)

    @cached_property
    def places(self) -> Mapping[bytes, bytes]:
        """The shared texts, escaped, by text the number of each."""
        return dict(zip(self._texts, map(b"%d".__mod__, range(len(self._texts))), strict=True))


def plain_book(archive: ZipFile, name: str, cache: FrameCache) -> PlainBook | None:
    """Return a workbook in our dialect; `None` leaves it to the careful reader, whatever it is."""
    try:
        return _book(archive, name, cache)
    except UNREADABLE:
        return None


def machine_sheet_in(book: PlainBook) -> MachineSheet | None:
    """Return the machine sheet, `None` when it is not as we write it."""
    sheet = book.sheet(SHEET_NAME)
    if sheet is None or any(sheet.formulas):
        return None
    rows: dict[int, list[str]] = {}
    for reference, shown in zip(sheet.references, sheet.shown, strict=True):
        place = _CELL.fullmatch(reference)
        if place is None:
            return None
        row = rows.setdefault(int(place[2]), ["", ""])
        try:
            row[place[1] == b"B"] = unescape(unescaped(shown))
        except ValueError:
            return None
    return MachineSheet(list(rows.values()), list(rows))


def _book(archive: ZipFile, name: str, cache: FrameCache) -> PlainBook | None:
    package = Package(name, archive)
    contents = _contents(archive, package, cache)
    texts = plain_texts(_bytes(archive, contents.shared_strings or ""))
    formats = _formats(archive, package, contents, cache)
    machine = [sheet.state for sheet in contents.sheets if sheet.name == SHEET_NAME]
    others = {sheet.state for sheet in contents.sheets if sheet.name != SHEET_NAME}
    if texts is None or formats is None or machine != ["hidden"] or others != {"visible"}:
        return None
    parts = {sheet.name: sheet.part for sheet in contents.sheets}
    return PlainBook(list(parts), formats, parts, archive, texts)


def _contents(archive: ZipFile, package: Package, cache: FrameCache) -> Contents:
    frame = b"\0".join(_bytes(archive, part) for part in _FRAME)
    known = cache.contents.get(frame)
    if known is None:
        known = cache.contents[frame] = contents_of(package)
        _shorten(cache.contents)
    return known


def _formats(
    archive: ZipFile, package: Package, contents: Contents, cache: FrameCache
) -> Formats | None:
    """Return the number formats of the workbook's styles; the same object for the same part."""
    part = contents.styles or ""
    content = _bytes(archive, part)
    known = cache.formats.get(content)
    if known is None:
        count = _STYLES_COUNT.search(content)
        if count is None:
            return None
        styles = CellStyles()
        package.read(part, styles)
        codes = {str(style).encode(): styles.code(style) for style in range(int(count[1]))}
        known = cache.formats[content] = Formats({b"": styles.code(0), **codes})
        _shorten(cache.formats)
    return known


def _bytes(archive: ZipFile, part: str) -> bytes:
    """Return a part; raises `KeyError` when it is not there and `ValueError` when it is too big."""
    if archive.getinfo(part).file_size > MOST_BYTES:
        raise ValueError(part)
    return archive.read(part)


def _shorten(cache: OrderedDict[bytes, T]) -> None:
    if len(cache) > _KEPT:
        cache.popitem(last=False)
