"""Reading a workbook's cells as they are written, numbers digit by digit.

This runs in whichever process calls it; `child.read_workbook` runs it in one that can be killed,
and is the one to use for files from elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from assessor.sheets.cells import Cell, Position, Sheet, Workbook, cell_name
from assessor.sheets.dates import CellStyles, iso_date
from assessor.sheets.errors import SheetError, refused
from assessor.sheets.limits import MAX_CELL_TEXT, Limits
from assessor.sheets.package import Contents, Package, SheetEntry, contents_of
from assessor.sheets.precheck import check_kind, check_size, foreign, open_archive, warnings_of
from assessor.sheets.sheet_part import BadCellError, RawCell, SheetPart, TooManyCellsError
from assessor.sheets.strings import SharedStrings, TooMuchTextError


def read_xlsx(
    path: Path,
    limits: Limits | None = None,
    sheets: Collection[str] | None = None,
    content: bytes | None = None,
) -> Workbook:
    """Return the filled cells of a workbook, of all sheets or of those named in `sheets`.

    `content` are the file's bytes where they have been read already: then nothing else is read. A
    named sheet that is not there is left out. Raises `SheetError` for anything that is not a
    readable workbook within `limits`.
    """
    limits = limits or Limits()
    if content is None:
        check_size(path, limits)
    if check_kind(path, content) == "csv":
        raise foreign(path, "csv")
    with open_archive(path, limits, content) as archive:
        package = Package(path.name, archive)
        contents = contents_of(package)
        chosen = [entry for entry in contents.sheets if sheets is None or entry.name in sheets]
        return Workbook(_read_sheets(package, contents, chosen, limits), warnings_of(archive))


@dataclass(frozen=True)
class _RawSheet:
    entry: SheetEntry
    cells: Mapping[Position, RawCell]


def _read_sheets(
    package: Package, contents: Contents, entries: Sequence[SheetEntry], limits: Limits
) -> tuple[Sheet, ...]:
    raw: list[_RawSheet] = []
    left = limits.cells
    for entry in entries:
        cells = _raw_cells(package, entry, left, limits)
        left -= len(cells)
        raw.append(_RawSheet(entry, cells))
    strings = _shared_strings(package, contents, raw, limits)
    styles = _styles(package, contents)
    finish = _Finish(package.file, strings, styles, styles.dates, contents.from_1904)
    sheets = tuple(finish.sheet(sheet) for sheet in raw)
    if _characters(sheets) > limits.text_characters:
        raise refused("too_much_text", file=package.file)
    return sheets


def _raw_cells(
    package: Package, entry: SheetEntry, left: int, limits: Limits
) -> Mapping[Position, RawCell]:
    part = SheetPart(left)
    try:
        package.read(entry.part, part)
    except BadCellError as bad:
        raise _bad_cell(package.file, entry.name, bad.cell, bad.problem) from bad
    except TooManyCellsError as error:
        raise refused("too_many_cells", file=package.file, limit=limits.cells) from error
    return part.cells


def _bad_cell(file: str, sheet: str, cell: str, problem: str) -> SheetError:
    return refused(problem, file=file, sheet=sheet, cell=cell)


def _shared_strings(
    package: Package, contents: Contents, raw: Sequence[_RawSheet], limits: Limits
) -> Mapping[int, str]:
    wanted = {c.shared for sheet in raw for c in sheet.cells.values() if c.shared is not None}
    reader = SharedStrings(wanted, limits.text_characters)
    try:
        if wanted and contents.shared_strings:
            package.read(contents.shared_strings, reader)
    except TooMuchTextError as error:
        raise refused("too_much_text", file=package.file) from error
    return reader.found


def _styles(package: Package, contents: Contents) -> CellStyles:
    reader = CellStyles()
    if contents.styles:
        package.read(contents.styles, reader)
    return reader


def _characters(sheets: Sequence[Sheet]) -> int:
    """Return how many characters the cells hold; a shared text counts wherever it is used."""
    cells = (cell for sheet in sheets for cell in sheet.cells.values())
    return sum(len(cell.text) + len(cell.formula or "") for cell in cells)


@dataclass(frozen=True)
class _Finish:
    """Turns cells as written into cells as meant: shared texts looked up, dates made readable."""

    file: str
    strings: Mapping[int, str]
    styles: CellStyles
    date_styles: frozenset[int]
    from_1904: bool

    def sheet(self, raw: _RawSheet) -> Sheet:
        name = raw.entry.name
        cells = {at: self._cell(name, at, cell) for at, cell in raw.cells.items()}
        return Sheet(name, cells, raw.entry.state)

    def _cell(self, sheet: str, at: Position, raw: RawCell) -> Cell:
        if raw.shared is not None:
            return self._shared(sheet, at, raw, raw.shared)
        if raw.cell.kind == "number" and raw.style in self.date_styles:
            iso = iso_date(Decimal(raw.cell.text), self.from_1904)
            return replace(raw.cell, kind="date", text=iso) if iso else raw.cell
        return self._shown(raw)

    def _shown(self, raw: RawCell) -> Cell:
        code = self.styles.code(raw.style)
        return replace(raw.cell, number_format=code) if code else raw.cell

    def _shared(self, sheet: str, at: Position, raw: RawCell, index: int) -> Cell:
        text = self.strings.get(index)
        if text is None:
            raise _bad_cell(self.file, sheet, cell_name(*at), "cell_broken")
        if len(text) > MAX_CELL_TEXT:
            raise _bad_cell(self.file, sheet, cell_name(*at), "cell_too_long")
        return replace(self._shown(raw), text=text)
