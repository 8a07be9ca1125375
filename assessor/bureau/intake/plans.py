"""What a sheet must be, prepared so that holding thousands of workbooks against it is quick.

Most of a sheet is the same for every visit of one shape and is compared as whole lists. What
depends on the visit is filled in for each one: figures of named cells, cells computed from others,
and facts that stand on the cover.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assessor.bureau.intake.dialect import PlainSheet, escaped
from assessor.formulas import Column, Node, walk
from assessor.reports.build.sheets_cells import format_for
from assessor.reports.build.sheets_words import plain_number
from assessor.reports.excel_formulas import Formulas
from assessor.reports.excel_layout import Placed, PlacedSheet
from assessor.reports.table import Cell
from assessor.rules import names
from assessor.sheets import cell_name, safe_text

Said = Decimal | str
"""What a cell says: a number, a text, the empty text for nothing."""

_STORED = Decimal("5E-15")
"""How far, relatively, a number in a file may be from the exact one, since files keep doubles."""
_INPUTS = names.entry("", "").partition(":")[0] + ":"
_SHORT = 10
"""Characters up to which an entered number is shown as it is, without a format of its own."""


@dataclass(frozen=True, slots=True)
class Live:
    """A cell that depends on the visit: its place in the lists and on the sheet (from 0), and what
    it is made from: the figure of a name, a tree, or a text with marks for facts.

    The number format of an `entered` cell goes by what was entered, that of a `counted` one by what
    a table gave.
    """

    at: int
    place: tuple[int, int]
    name: str | None
    tree: Node | None
    text: str
    entered: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet as it must be; the lists go cell by cell in the order of the file.

    `said` is what stands in the cells that are not live. `over_tables` are cells whose formulas
    reach over tables, which have as many rows as the visit gave them.
    """

    title: str
    references: Sequence[bytes]
    formulas: Sequence[bytes]
    formats: Sequence[str]
    said: Sequence[bytes]
    merged: frozenset[bytes]
    live: Sequence[Live]
    over_tables: Sequence[tuple[int, Placed]]

    def holds(
        self, found: PlainSheet, formats: Mapping[bytes, str], values: Sequence[Said]
    ) -> bool:
        """Whether a sheet is the planned one, its live cells saying `values` in their order.

        Formulas over tables are left out, see `table_formulas_hold`.
        """
        if found.references != self.references or found.merged != self.merged:
            return False
        wanted, shown = list(self.formats), list(self.said)
        for live, value in zip(self.live, values, strict=True):
            if not _says(found, live.at, value):
                return False
            shown[live.at] = found.shown[live.at]
            if live.entered or live.counted:
                wanted[live.at] = wanted_format(live, value)
        if found.shown != shown or [formats.get(style) for style in found.styles] != wanted:
            return False
        return self._formulas(found) == self._formulas(self)

    def table_formulas_hold(self, found: PlainSheet, formulas: Formulas) -> bool:
        """Whether the formulas over tables say what `formulas` say for the visit's tables."""
        return all(
            found.formulas[at] == escaped(formulas.text(self.title, placed))
            for at, placed in self.over_tables
        )

    def _formulas(self, of: PlainSheet | SheetPlan) -> Sequence[bytes]:
        if not self.over_tables:
            return of.formulas
        kept = list(of.formulas)
        for at, _ in self.over_tables:
            kept[at] = b""
        return kept


def plan_of(
    sheet: PlacedSheet, formulas: Formulas | None = None, marks: Collection[str] = ()
) -> SheetPlan:
    """Return the plan of a sheet; without `formulas` every cell says the same for every visit.

    Texts with one of `marks` in them are live, too.
    """
    placed = {(one.row, one.column): one for one in sheet.cells}
    merged = frozenset(_merged(one) for one in sheet.cells if one.span > 1)
    places = sorted(placed.keys() | {at for one in sheet.cells for at in _covered(one)})
    cells = [placed.get(at) for at in places]
    return SheetPlan(
        title=sheet.title,
        references=[cell_name(row + 1, column + 1).encode() for row, column in places],
        formulas=[_formula(sheet.title, one, formulas) for one in cells],
        formats=[one.cell.number_format if one else "" for one in cells],
        said=[said(one.cell) if one else b"" for one in cells],
        merged=merged,
        live=[
            _live(at, one, _marked(one, marks))
            for at, one in enumerate(cells)
            if one and formulas and (_is_live(one) or _marked(one, marks))
        ],
        over_tables=[(at, one) for at, one in enumerate(cells) if one and _over_table(one)],
    )


def written_number(value: Decimal) -> bytes:
    """Return a number as files have it, in digits without padding."""
    return plain_number(value).encode()


def _says(found: PlainSheet, at: int, value: Said) -> bool:
    shown, kind = found.shown[at], found.kinds[at]
    if isinstance(value, Decimal):
        return not kind and (shown == written_number(value) or _same_number(shown, value))
    return (bool(kind) or not shown) and shown == escaped(value)


def _same_number(shown: bytes, value: Decimal) -> bool:
    try:
        number = Decimal(shown.decode("ascii"))
    except (InvalidOperation, ValueError):
        return False
    return number.is_finite() and abs(number - value) <= abs(value) * _STORED


def wanted_format(live: Live, value: Said) -> str:
    """Return the number format of a cell that is entered or counted, which goes by its value."""
    return _entry_format(value) if live.entered else _count_format(value)


def _entry_format(value: Said) -> str:
    """Return the number format of an entered value; a long number says how many digits it has."""
    if not isinstance(value, Decimal):
        return ""
    words = plain_number(value)
    return "" if len(words) <= _SHORT else format_for(len(words.partition(".")[2]))


def _count_format(value: Said) -> str:
    """Return the number format of a counted value: as many decimals as it has."""
    exponent = value.normalize().as_tuple().exponent if isinstance(value, Decimal) else 0
    return format_for(max(0, -exponent if isinstance(exponent, int) else 0))


def _is_live(placed: Placed) -> bool:
    cell = placed.cell
    if cell.formula is not None:
        return True
    return cell.name is not None and not cell.name.startswith("label:")


def _live(at: int, placed: Placed, text: str) -> Live:
    cell = placed.cell
    place = (placed.row, placed.column)
    counted = cell.formula is not None and (cell.name or "").startswith(_INPUTS)
    return Live(at, place, cell.name, cell.formula, text, cell.answer, counted)


def _marked(placed: Placed, marks: Collection[str]) -> str:
    """Return the text of a cell in which facts are to be filled, empty for any other cell."""
    text = placed.cell.text
    alone = placed.cell.formula is None and placed.cell.name is None
    return text if alone and any(mark in text for mark in marks) else ""


def said(cell: Cell) -> bytes:
    """Return what a cell that is not live says, as files have it."""
    if isinstance(cell.value, Decimal):
        return written_number(cell.value)
    return escaped(safe_text(cell.text)) if cell.text else b""


def _formula(sheet: str, placed: Placed | None, formulas: Formulas | None) -> bytes:
    if placed is None or formulas is None or placed.cell.formula is None:
        return b""
    return escaped(formulas.text(sheet, placed))


def _over_table(placed: Placed) -> bool:
    tree = placed.cell.formula
    return tree is not None and any(isinstance(node, Column) for node in walk(tree))


def _covered(placed: Placed) -> list[tuple[int, int]]:
    return [(placed.row, placed.column + more) for more in range(1, placed.span)]


def _merged(placed: Placed) -> bytes:
    first = cell_name(placed.row + 1, placed.column + 1)
    return f"{first}:{cell_name(placed.row + 1, placed.column + placed.span)}".encode()
