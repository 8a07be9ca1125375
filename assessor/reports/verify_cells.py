"""One cell as it was written against one cell as it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assessor.errors import Problem
from assessor.i18n import message
from assessor.reports.verify_formulas import normal_form
from assessor.reports.verify_layout import Layout, plain_figure
from assessor.reports.verify_words import told_apart
from assessor.sheets import Cell, Position, cell_name

_STORED = Decimal("5E-15")
"""How far, relatively, a number may be from the exact one: doubles, and some keep 15 digits."""
_COMPUTED = Decimal("1E-9")
"""How far a formula that was reckoned anew, in doubles, may be from the exact figure."""
_EMPTY = Cell("text", "")
_TEXT = "@"
_GENERAL = -1
_PLAIN = re.compile(r"(?:#,##)?0(?:\.(0+))?(?:;-(?:#,##)?0(?:\.0+)?)?")
_PADDING = re.compile(r"_.")
"""Number formats that show nothing but the number; some programs pad it with a blank."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A difference: where it was written, where it stands now, and what is wrong."""

    place: tuple[str, str]
    now: str
    kind: str
    expected: str
    found: str

    def problem(self, is_answer: bool) -> Problem:
        """Return the difference in words; an answer somebody tried out is called that."""
        kind = "answer_differs" if is_answer and self.kind == "cell_differs" else self.kind
        expected, found = told_apart(self.expected, self.found)
        said = message(f"verify.{kind}", expected=expected, found=found)
        fix = message(f"verify.{kind}_fix")
        return Problem(said, place=f"{self.place[0]}!{self.now}", fix=fix)


@dataclass
class Found:
    """What the comparison has found: differences in order, and remarks with their first place."""

    changed: list[Changed] = field(default_factory=list)
    _remarks: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def remark(self, key: str, sheet: str, cell: str) -> None:
        """Keep a remark; those of one kind in one sheet are told together."""
        self._remarks.setdefault((key, sheet), []).append(cell)

    def notes(self) -> Iterator[Problem]:
        """Yield one note for each kind of remark in each sheet."""
        for (key, sheet), cells in self._remarks.items():
            place = f"{sheet}!{cells[0]}" if cells[0] else sheet
            said = message(f"verify.{key}", count=len(cells), sheet=sheet)
            yield Problem(said, place=place, severity="warning")


@dataclass(frozen=True)
class CellCheck:
    """Compares the cells of one sheet; `layouts` are those of all sheets, for formulas."""

    sheet: str
    layouts: Mapping[str, Layout]
    result: Found

    def __call__(
        self, before: Position, at: Position, written: Cell | None, found: Cell | None
    ) -> None:
        """Hold what was written at `before` against what stands at `at`, nothing being empty."""
        old, new = written or _EMPTY, found or _EMPTY
        name = cell_name(*at)
        if new.kind == "uncomputed" and old.formula is not None:
            self.result.remark("values_gone", self.sheet, name)
        elif not _same_figure(old, new):
            self._differs(before, name, "cell_differs", plain_figure(old), plain_figure(new))
        elif new.text and old.number_format != new.number_format:
            self._look(before, name, old, new)
        self._formula(before, name, old, new)

    def _look(self, before: Position, name: str, old: Cell, new: Cell) -> None:
        """A number format may show something else than the cell holds."""
        if new.kind == "text" and new.number_format in ("", _TEXT):
            return
        digits, now = _decimals(old.number_format), _decimals(new.number_format)
        if now is None or new.kind != "number":
            shown = new.number_format
            self._differs(before, name, "format_differs", old.number_format, shown)
        elif digits != now:
            self.result.remark("digits_differ", self.sheet, name)

    def _formula(self, before: Position, name: str, old: Cell, new: Cell) -> None:
        if old.formula == new.formula and not self.layouts[self.sheet].moved:
            return
        if new.formula is None:
            if old.formula is not None and _same_figure(old, new):
                self.result.remark("formulas_gone", self.sheet, name)
        elif old.formula is None:
            self._differs(before, name, "formula_added", plain_figure(old), f"={new.formula}")
        elif not new.formula:
            self.result.remark("formulas_shared", self.sheet, name)
        elif not self._says_the_same(old.formula, new.formula):
            self._differs(before, name, "formula_differs", f"={old.formula}", f"={new.formula}")

    def _says_the_same(self, old: str, new: str) -> bool:
        return normal_form(old, self.sheet) == normal_form(new, self.sheet, self.layouts)

    def _differs(self, before: Position, name: str, kind: str, expected: str, found: str) -> None:
        place = (self.sheet, cell_name(*before))
        self.result.changed.append(Changed(place, name, kind, expected, found))


def _decimals(code: str) -> int | None:
    """Return how many decimals a number format shows; `None` when it may show something else."""
    if not code:
        return _GENERAL
    found = _PLAIN.fullmatch(_PADDING.sub("", code).strip())
    return len(found[1] or "") if found else None


def _same_figure(old: Cell, new: Cell) -> bool:
    if old.number is None or new.number is None:
        return plain_figure(old) == plain_figure(new)
    apart = abs(old.number - new.number)
    return apart <= max(abs(old.number) * _STORED, _COMPUTED if old.formula is not None else 0)
