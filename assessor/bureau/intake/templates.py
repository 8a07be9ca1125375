"""Sheets that were found right, kept as they stand: the next one is made from them and compared.

The sheet of another visit differs in the numbers of its shared texts and in what its live cells
say. With those put in, a right sheet has exactly the bytes of the template; any other is left to
the comparison cell by cell. So a template, too, never decides against anybody.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assessor.bureau.intake.dialect import PlainSheet, cells_of, escaped
from assessor.bureau.intake.plain_book import Formats, PlainBook
from assessor.bureau.intake.plans import Live, Said, SheetPlan, wanted_format, written_number
from assessor.reports.excel_formulas import Formulas

_EXACT = 15
"""Digits up to which a file has a number as it is."""
_MOST_NUMBERS = 20_000
MOST_KEPT = 40
"""Templates of one shape: half a dozen sheets with a few parts of styles."""
_END = b"</v></c>"

Places = Mapping[bytes, bytes]
"""Shared texts, escaped, to their numbers in the list of texts."""


class Numbers(dict[Decimal, bytes]):
    """Numbers as files have them, each written once."""

    def __missing__(self, value: Decimal) -> bytes:
        if len(self) >= _MOST_NUMBERS:
            self.clear()
        plain = written_number(value)
        digits = len(plain) - plain.count(b".") - plain.count(b"-")
        written = plain if digits <= _EXACT else f"{float(value):.16G}".encode()
        self[value] = written
        return written


@dataclass(slots=True)
class _Hole:
    """A live cell: how it goes on after its name when it holds a number, a text or nothing.

    `styles` are the styles of the cell by number format, for cells whose format goes by the value.
    """

    live: Live
    formula: bytes
    styles: dict[str, bytes] = field(default_factory=dict)
    number: bytes = b""
    text: bytes = b""
    nothing: bytes = b""

    def begin(self, style: bytes) -> None:
        """Set how the cell begins, with a style or none."""
        head = b' s="%b"' % style if style else b""
        if self.formula:
            rest = b"><f>" + self.formula + b"</f><v>"
            self.number, self.text = head + rest, head + b' t="str"' + rest
        else:
            self.number, self.text = head + b"><v>", head + b' t="s"><v>'
            self.nothing = head + b"/>"

    def words(self, value: str, places: Places) -> bytes:
        """Return the cell after its name when it holds a text or nothing; raises `KeyError` for a
        text the workbook does not have.
        """
        if self.formula:
            return self.text + escaped(value) + _END
        return self.text + places[escaped(value)] + _END if value else self.nothing

    def fit(self, value: Said) -> None:
        """Begin as a cell of this value does; raises `KeyError` for a format not met before."""
        self.begin(self.styles[wanted_format(self.live, value)])


class Template:
    """A sheet that was found right, with holes where other workbooks say something else."""

    def __init__(self, plan: SheetPlan, part: bytes, found: PlainSheet) -> None:
        self._plan = plan
        self._holes = [_Hole(live, found.formulas[live.at]) for live in plan.live]
        self._changing = [at for at, live in enumerate(plan.live) if live.entered or live.counted]
        self._texts: list[bytes] = []
        self._order: list[int] = []
        self._pieces: list[bytes] = []
        self._cut(part, found)

    def learn(self, found: PlainSheet, formats: Formats) -> None:
        """Take over the styles of a sheet of the same plan that was found right."""
        for hole in self._holes:
            style = found.styles[hole.live.at]
            hole.styles[formats.codes[style]] = style
            hole.begin(style)

    def filled(
        self, said: Sequence[Said], formulas: Formulas, numbers: Numbers, places: Places
    ) -> bytes | None:
        """Return the sheet of a visit whose live cells say `said`; `None` when something in it was
        not met before.
        """
        self._reach(formulas)
        try:
            values = self._written(said, numbers, places)
            values += map(places.__getitem__, self._texts)
        except KeyError:
            return None
        pieces = self._pieces.copy()
        pieces[1::2] = [values[at] for at in self._order]
        return b"".join(pieces)

    def _written(self, said: Sequence[Said], numbers: Numbers, places: Places) -> list[bytes]:
        """Return what stands in the holes; raises `KeyError` for what was not met before."""
        for at in self._changing:
            self._holes[at].fit(said[at])
        return [
            hole.number + numbers[value] + _END
            if isinstance(value, Decimal)
            else hole.words(value, places)
            for hole, value in zip(self._holes, said, strict=True)
        ]

    def _reach(self, formulas: Formulas) -> None:
        """Let the formulas over tables reach over the visit's rows."""
        by_place = {hole.live.at: hole for hole in self._holes} if self._plan.over_tables else {}
        for at, placed in self._plan.over_tables:
            hole = by_place[at]
            formula = escaped(formulas.text(self._plan.title, placed))
            if formula != hole.formula:
                hole.formula = formula
                hole.begin(next(reversed(hole.styles.values())))

    def _cut(self, part: bytes, found: PlainSheet) -> None:
        holes = {hole.live.at: number for number, hole in enumerate(self._holes)}
        start = 0
        for at, cell in enumerate(cells_of(part)):
            if at in holes:
                cut, after, value = cell.end(1) + 1, cell.end(), holes[at]
            elif cell[3] == b"s":
                cut, after, value = cell.start(5), cell.end(5), len(holes) + len(self._texts)
                self._texts.append(found.shown[at])
            else:
                continue
            self._pieces += (part[start:cut], b"")
            self._order.append(value)
            start = after
        self._pieces.append(part[start:])


@dataclass
class Templates:
    """Templates of the sheets of one shape, one for each part of styles they came with."""

    _kept: OrderedDict[tuple[str, Formats], Template] = field(default_factory=OrderedDict)
    _numbers: Numbers = field(default_factory=Numbers)

    def fits(
        self, plan: SheetPlan, said: Sequence[Said], formulas: Formulas, book: PlainBook
    ) -> bool:
        """Whether a sheet is as planned, its live cells saying `said`."""
        part, key = book.part(plan.title), (plan.title, book.formats)
        if part is None:
            return False
        template = self._kept.get(key)
        if template and template.filled(said, formulas, self._numbers, book.places) == part:
            return True
        found = book.cells(part)
        if found is None or not _planned(plan, found, said, formulas, book):
            return False
        if template is None:
            template = self._kept[key] = Template(plan, part, found)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        template.learn(found, book.formats)
        return True


def is_planned(plan: SheetPlan, formulas: Formulas, book: PlainBook) -> bool:
    """Whether a sheet without live cells is as planned, cell by cell."""
    found = book.sheet(plan.title)
    return found is not None and _planned(plan, found, (), formulas, book)


def _planned(
    plan: SheetPlan, found: PlainSheet, said: Sequence[Said], formulas: Formulas, book: PlainBook
) -> bool:
    right = plan.holds(found, book.formats.codes, said)
    return right and plan.table_formulas_hold(found, formulas)
