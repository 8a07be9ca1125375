"""What each function of the formula language does with its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, cast

from assessor.formulas import aggregate, exact
from assessor.formulas.answers import has_key, same_text
from assessor.formulas.exact import Exact
from assessor.formulas.printing import to_text
from assessor.formulas.scope import ColumnValues, NotComputable, Scope, together
from assessor.formulas.tree import Column, Name, Node, Number, Text, is_sane
from assessor.i18n import message

Inner = Exact | str | bool | NotComputable
"""A value on the way: numbers still exact, reasons in place of values that are not there."""

Args = tuple[Node, ...]


class Values(Protocol):
    """The values of nodes, each of the kind that is asked for or the reason why it is not there."""

    @property
    def scope(self) -> Scope:
        """What the formula is evaluated with."""

    def value(self, node: Node) -> Inner:
        """Return the value of any kind."""

    def number(self, node: Node) -> Exact | NotComputable:
        """Return a number."""

    def text(self, node: Node) -> str | NotComputable:
        """Return a text."""

    def truth(self, node: Node) -> bool | NotComputable:
        """Return a truth."""


def unusable(node: Node) -> NotComputable:
    """Return the reason that a number is not finite or absurdly long."""
    return NotComputable(message("formulas.unusable_number", part=to_text(node)))


def _if(args: Args, at: Values) -> Inner:
    condition = at.truth(args[0])
    if isinstance(condition, NotComputable):
        return condition
    return at.value(args[1] if condition else args[2])


def _kleene(decisive: bool) -> Callable[[Args, Values], Inner]:
    def decide(args: Args, at: Values) -> Inner:
        unknown: NotComputable | None = None
        for arg in args:
            value = at.truth(arg)
            if isinstance(value, NotComputable):
                unknown = together(unknown, value, at.scope) if unknown else value
            elif value is decisive:
                return decisive
        return not decisive if unknown is None else unknown

    return decide


def _not(args: Args, at: Values) -> Inner:
    value = at.truth(args[0])
    return value if isinstance(value, NotComputable) else not value


def _is_blank(args: Args, at: Values) -> Inner:
    return isinstance(at.value(args[0]), NotComputable)


def _round(args: Args, at: Values) -> Inner:
    value = at.number(args[0])
    if isinstance(value, NotComputable):
        return value
    digits = int(cast("Number", args[1]).value)
    return exact.round_half_up(value, digits) if exact.is_usable(value) else unusable(args[0])


def _has_key(args: Args, at: Values) -> Inner:
    answer = at.text(args[0])
    return answer if isinstance(answer, NotComputable) else has_key(answer, _constant(args[1]))


def _pick(args: Args, at: Values) -> Inner:
    answer = at.text(args[0])
    if isinstance(answer, NotComputable):
        return answer
    for key, value in zip(args[1::2], args[2::2], strict=False):
        if same_text(answer, _constant(key)):
            return at.value(value)
    if len(args) % 2 == 0:
        return at.value(args[-1])
    return NotComputable(message("formulas.no_such_key", part=to_text(args[0]), found=answer))


def _piecewise(args: Args, at: Values) -> Inner:
    x = at.number(args[0])
    if isinstance(x, NotComputable):
        return x
    numbers = [cast("Number", arg).value for arg in args[1:]]
    return aggregate.piecewise(x, list(zip(numbers[::2], numbers[1::2], strict=True)))


def _fold(function: str) -> Callable[[Args, Values], Inner]:
    def over(args: Args, at: Values) -> Inner:
        if isinstance(args[0], Column):
            values = _column(args[0], at)
            if isinstance(values, NotComputable):
                return values
            return aggregate.fold(function, args[0], values)
        numbers = _all_numbers(args, at)
        if isinstance(numbers, NotComputable):
            return numbers
        return _FOLDS[function](numbers)

    return over


def _all_numbers(args: Args, at: Values) -> list[Exact] | NotComputable:
    numbers: list[Exact] = []
    unknown: NotComputable | None = None
    for arg in args:
        value = at.number(arg)
        if isinstance(value, NotComputable):
            unknown = together(unknown, value, at.scope) if unknown else value
        else:
            numbers.append(value)
    return unknown or numbers


def _known(args: Args, at: Values) -> list[Exact]:
    given = at.scope.values
    numbers: list[Exact] = []
    for arg in args:
        # Sums of many cells are most of a score's work, so plain figures take the short way.
        value: Inner | None = given.get(arg.id) if type(arg) is Name else None
        if not (type(value) is Decimal and is_sane(value)):
            value = at.number(arg)
        if isinstance(value, Decimal | Fraction):
            numbers.append(value)
    return numbers


def _count(args: Args, at: Values) -> Inner:
    values = _column(args[0], at)
    return values if isinstance(values, NotComputable) else aggregate.count(values)


def _countif(args: Args, at: Values) -> Inner:
    values = _column(args[0], at)
    if isinstance(values, NotComputable):
        return values
    return aggregate.countif(values, _constant(args[1]))


def _sumif(args: Args, at: Values) -> Inner:
    conditions, values = _column(args[0], at), _column(args[2], at)
    if isinstance(conditions, NotComputable):
        return conditions
    if isinstance(values, NotComputable):
        return values
    column = cast("Column", args[2])
    return aggregate.sumif(conditions, _constant(args[1]), column, values)


def _column(node: Node, at: Values) -> ColumnValues | NotComputable:
    column = cast("Column", node)
    values = at.scope.columns.get((column.table, column.column))
    if values is None:
        name = aggregate.name_of(column)
        return NotComputable(message("formulas.missing_column", column=name), (name,))
    return values


def _constant(node: Node) -> str:
    return cast("Text", node).value


_FOLDS: Mapping[str, Callable[[list[Exact]], Exact]] = {
    "sum": exact.total,
    "min": min,
    "max": max,
}
FUNCTIONS: Mapping[str, Callable[[Args, Values], Inner]] = {
    "sum": _fold("sum"),
    "min": _fold("min"),
    "max": _fold("max"),
    "sum_known": lambda args, at: exact.total(_known(args, at)),
    "count_known": lambda args, at: Decimal(len(_known(args, at))),
    "count": _count,
    "countif": _countif,
    "sumif": _sumif,
    "if": _if,
    "and": _kleene(False),
    "or": _kleene(True),
    "not": _not,
    "round": _round,
    "has_key": _has_key,
    "pick": _pick,
    "is_blank": _is_blank,
    "piecewise": _piecewise,
}
