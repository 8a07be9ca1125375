"""The named cells of a scored visit, each handed out once, with value, formula and look."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from assessor.formulas import Given, Node, Number, Scope, evaluate
from assessor.formulas import names as names_in
from assessor.reports.build.sheets_words import Words, plain_number
from assessor.reports.build.source import ReportSource
from assessor.reports.table import Cell, Value
from assessor.rules.item import Cell as ProgramCell
from assessor.rules.program import Program
from assessor.rules.table_columns import table_columns

TWO_DIGITS = "0.00"
WHOLE = "0"
_SHORT = 10
"""Characters of a number that a cell shows in full without being told how."""


def program_cells(program: Program) -> Iterator[ProgramCell]:
    """Yield every cell of a program in the order they are computed."""
    yield from program.before
    for entry in program.entries:
        yield from entry.all_cells
    yield from program.after
    yield from program.states


class Cells:
    """Hands out report cells for the program's cells, and knows which have not been placed yet."""

    def __init__(self, source: ReportSource, words: Words) -> None:
        self.words = words
        self._trees = {cell.name: cell.tree for cell in program_cells(source.card.program)}
        self._values: dict[str, Given] = dict(source.card.figures)
        self._scope = Scope(self._values, table_columns(source.rubric, source.assessment))
        self._placed: set[str] = set()

    def has(self, name: str) -> bool:
        """Return whether the program computes `name`."""
        return name in self._trees

    def number(self, name: str) -> Decimal | None:
        """Return the figure behind a cell, `None` when it has none."""
        value = self._values.get(name)
        return value if isinstance(value, Decimal) else None

    def figure(self, name: str, number_format: str = TWO_DIGITS, *, strong: bool = False) -> Cell:
        """Return the program's cell `name` with its formula; `KeyError` when there is none."""
        self._take(name)
        return self._cell(
            self._trees[name], self._values.get(name), number_format, name, strong=strong
        )

    def computed(
        self,
        tree: Node,
        number_format: str = TWO_DIGITS,
        *,
        name: str | None = None,
        strong: bool = False,
    ) -> Cell:
        """Return a cell computed from other cells, called `name` if others need it."""
        value = evaluate(tree, self._scope)
        if name is not None:
            self._take(name)
            self._values.setdefault(name, value)
        return self._cell(tree, value, number_format, name, strong=strong)

    def answer(self, name: str, value: Value, choices: tuple[str, ...] = ()) -> Cell:
        """Return the changeable cell `name` with what was answered or entered."""
        self._take(name)
        self._values.setdefault(name, value)
        number_format, words = "", value or ""
        if isinstance(value, Decimal):
            words = plain_number(value)
            number_format = "" if len(words) <= _SHORT else _format_of(words)
        return Cell(
            str(words),
            value if value != "" else None,
            name=name,
            number_format=number_format,
            answer=True,
            choices=choices,
        )

    def label(self, name: str, words: str) -> Cell:
        """Return a text that formulas refer to by `name`, so that none is written into them."""
        self._take(name)
        self._values[name] = words
        return Cell(words, words, name=name)

    def leftover(self) -> list[str]:
        """Return the names of the program's cells that have not been handed out, in order."""
        return [name for name in self._trees if name not in self._placed]

    def unasked(self) -> list[str]:
        """Return names that formulas read and no cell has: answers that are not asked here."""
        read = {name for tree in self._trees.values() for name in names_in(tree)}
        return sorted(read - self._placed - self._trees.keys())

    def _take(self, name: str) -> None:
        if name in self._placed:
            raise ValueError(f"the cell {name!r} is placed twice")
        self._placed.add(name)

    def _cell(
        self, tree: Node, found: Given, number_format: str, name: str | None, *, strong: bool
    ) -> Cell:
        # A constant needs no formula.
        formula = None if isinstance(tree, Number) else self.words.localise(tree)
        if isinstance(found, Decimal):
            words = shown(found, number_format)
            return Cell(words, found, formula, name, number_format, strong=strong)
        words = self.words.token(found) if isinstance(found, str) else ""
        return Cell(words, words or None, formula, name, number_format, strong=strong)


def shown(value: Decimal, number_format: str) -> str:
    """Return the text a cell shows for `value` under a format such as `0` or `0.00`."""
    digits = len(number_format.partition(".")[2])
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return format(rounded if rounded else rounded.copy_abs(), "f")


def constant(value: Decimal | None, number_format: str = TWO_DIGITS) -> Cell:
    """Return a cell with a fixed number, an empty one for none."""
    if value is None:
        return Cell()
    return Cell(shown(value, number_format), value, number_format=number_format)


def format_for(digits: int) -> str:
    """Return the number format with so many decimals."""
    return f"0.{'0' * digits}" if digits else WHOLE


def _format_of(words: str) -> str:
    return format_for(len(words.partition(".")[2]))
