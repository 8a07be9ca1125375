"""Sums, counts and extremes over the values of a table column, and interpolation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assessor.formulas import exact
from assessor.formulas.answers import same_text
from assessor.formulas.exact import Exact
from assessor.formulas.scope import ColumnValues, NotComputable
from assessor.formulas.tree import Column, is_sane
from assessor.i18n import message


def numbers_of(column: Column, values: ColumnValues) -> list[Exact] | NotComputable:
    """Return the numbers of a column, blanks left out; anything else in it is the reason given."""
    numbers: list[Exact] = []
    for value in values:
        if value is None or value == "":
            continue
        if not isinstance(value, Decimal):
            return _wrong(column, value)
        if not is_sane(value):
            return NotComputable(message("formulas.unusable_number", part=name_of(column)))
        numbers.append(value)
    return numbers


def fold(function: str, column: Column, values: ColumnValues) -> Exact | NotComputable:
    """Return `sum`, `min` or `max` of a column; extremes of no numbers cannot be computed."""
    numbers = numbers_of(column, values)
    if isinstance(numbers, NotComputable):
        return numbers
    if function == "sum":
        return exact.total(numbers)
    if not numbers:
        return NotComputable(message("formulas.empty_column", column=name_of(column)))
    return min(numbers) if function == "min" else max(numbers)


def count(values: ColumnValues) -> Decimal:
    """Return how many cells are not blank."""
    return Decimal(sum(1 for value in values if value is not None and value != ""))


def countif(values: ColumnValues, wanted: str) -> Decimal:
    """Return how many cells hold the text `wanted`, in any case."""
    return Decimal(sum(1 for value in values if _is(value, wanted)))


def sumif(
    conditions: ColumnValues, wanted: str, column: Column, values: ColumnValues
) -> Exact | NotComputable:
    """Return the sum of those `values` beside which `conditions` holds the text `wanted`."""
    chosen = [v for c, v in zip(conditions, values, strict=True) if _is(c, wanted)]
    return fold("sum", column, chosen)


def piecewise(x: Exact, points: Sequence[tuple[Decimal, Decimal]]) -> Exact:
    """Return the value at `x` of the line through `points`, the end values outside them."""
    if x <= points[0][0]:
        return points[0][1]
    for (x1, y1), (x2, y2) in pairwise(points):
        if x <= x2:
            share = exact.divide(exact.subtract(x, x1), exact.subtract(x2, x1))
            return exact.add(y1, exact.multiply(share, exact.subtract(y2, y1)))
    return points[-1][1]


def name_of(column: Column) -> str:
    """Return the column as it is written in a formula."""
    return f"{column.table}.{column.column}"


def _is(value: object, wanted: str) -> bool:
    return isinstance(value, str) and same_text(value, wanted)


def _wrong(column: Column, found: object) -> NotComputable:
    kind = message("formulas.kind_number")
    values = {"part": name_of(column), "wanted": kind, "found": str(found)}
    return NotComputable(message("formulas.wrong_kind", **values))
