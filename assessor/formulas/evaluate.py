"""The value of a formula, exactly, or the reason why there is none.

Numbers are exact all the way (see `exact`). Only `round` and the final result leave that: `round`
with ties away from zero as in Excel's ROUND, the result as a `Decimal` of at most 50 digits where
it has no finite form. A node whose result other nodes compare should therefore be rounded first.

Missing values are three-valued (Kleene): `and` is false as soon as one part is false, `or` true as
soon as one is true, whatever is missing elsewhere; anything else that needs a missing value cannot
be computed. Texts are compared without regard to case, as Excel does.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import cast

from assessor.formulas import aggregate, exact
from assessor.formulas.answers import has_key, same_text
from assessor.formulas.exact import Exact
from assessor.formulas.printing import to_text
from assessor.formulas.scope import ColumnValues, NotComputable, Scope, Value, missing, together
from assessor.formulas.tree import (
    COMPARISONS,
    Binary,
    Call,
    Column,
    Name,
    Node,
    Number,
    Text,
    Unary,
    is_sane,
)
from assessor.i18n import message

Inner = Exact | str | bool | NotComputable
Args = tuple[Node, ...]

_ORDER: Mapping[str, Callable[[Exact, Exact], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: Mapping[str, Callable[[Exact, Exact], Exact]] = {
    "+": exact.add,
    "-": exact.subtract,
    "*": exact.multiply,
    "/": exact.divide,
}


def evaluate(tree: Node, scope: Scope) -> Value | NotComputable:
    """Return the value of `tree` with the values of `scope`."""
    value = _inner(tree, scope)
    if not isinstance(value, Decimal | Fraction):
        return value
    return exact.to_decimal(value) if exact.is_usable(value) else _unusable(tree)


def _inner(node: Node, scope: Scope) -> Inner:
    if isinstance(node, Name):
        return _name(node, scope)
    if isinstance(node, Call):
        return _FUNCTIONS[node.function](node.args, scope)
    if isinstance(node, Binary):
        return (
            _comparison(node, scope) if node.operator in COMPARISONS else _arithmetic(node, scope)
        )
    if isinstance(node, Unary):
        value = _number(node.operand, scope)
        return value if isinstance(value, NotComputable) else exact.negative(value)
    if isinstance(node, Column):
        raise TypeError("a column has no single value")
    return node.value


def _name(node: Name, scope: Scope) -> Inner:
    value = scope.values.get(node.id)
    if value is None or value == "":
        return missing((node.id,), scope)
    if isinstance(value, Decimal) and not is_sane(value):
        return _unusable(node)
    return value


# --- values of one kind ---------------------------------------------------------------------------


def _number(node: Node, scope: Scope) -> Exact | NotComputable:
    value = _inner(node, scope)
    if isinstance(value, Decimal | Fraction | NotComputable):
        return value
    return _wrong(node, "number", value)


def _text(node: Node, scope: Scope) -> str | NotComputable:
    value = _inner(node, scope)
    return value if isinstance(value, str | NotComputable) else _wrong(node, "text", value)


def _truth(node: Node, scope: Scope) -> bool | NotComputable:
    value = _inner(node, scope)
    return value if isinstance(value, bool | NotComputable) else _wrong(node, "truth", value)


def _wrong(node: Node, wanted: str, found: object) -> NotComputable:
    kind = message(f"formulas.kind_{wanted}")
    return NotComputable(
        message("formulas.wrong_kind", part=to_text(node), wanted=kind, found=str(found))
    )


def _unusable(node: Node) -> NotComputable:
    return NotComputable(message("formulas.unusable_number", part=to_text(node)))


def _both(left: Inner, right: Inner, scope: Scope) -> NotComputable | None:
    """Return why two values cannot be used together, `None` when both are there."""
    if isinstance(left, NotComputable):
        return together(left, right, scope) if isinstance(right, NotComputable) else left
    return right if isinstance(right, NotComputable) else None


# --- operators ------------------------------------------------------------------------------------


def _numbers(node: Binary, scope: Scope) -> tuple[Exact, Exact] | NotComputable:
    left, right = _number(node.left, scope), _number(node.right, scope)
    if isinstance(left, NotComputable):
        return together(left, right, scope) if isinstance(right, NotComputable) else left
    return right if isinstance(right, NotComputable) else (left, right)


def _arithmetic(node: Binary, scope: Scope) -> Inner:
    pair = _numbers(node, scope)
    if isinstance(pair, NotComputable):
        return pair
    if node.operator == "/" and not pair[1]:
        divisor = to_text(node.right)
        return NotComputable(message("formulas.division_by_zero", divisor=divisor))
    return _ARITHMETIC[node.operator](*pair)


def _comparison(node: Binary, scope: Scope) -> Inner:
    if node.operator in _ORDER:
        pair = _numbers(node, scope)
        return pair if isinstance(pair, NotComputable) else _ORDER[node.operator](*pair)
    equal = _equal(node, scope)
    return not equal if node.operator == "<>" and isinstance(equal, bool) else equal


def _equal(node: Binary, scope: Scope) -> bool | NotComputable:
    left, right = _inner(node.left, scope), _inner(node.right, scope)
    reason = _both(left, right, scope)
    if reason is not None:
        return reason
    if isinstance(left, str) and isinstance(right, str):
        return same_text(left, right)
    if isinstance(left, bool | str) or isinstance(right, bool | str):
        return left is right if type(left) is type(right) else _wrong(node.right, "same", right)
    return left == right


# --- functions ------------------------------------------------------------------------------------


def _if(args: Args, scope: Scope) -> Inner:
    condition = _truth(args[0], scope)
    if isinstance(condition, NotComputable):
        return condition
    return _inner(args[1] if condition else args[2], scope)


def _kleene(decisive: bool) -> Callable[[Args, Scope], Inner]:
    def decide(args: Args, scope: Scope) -> Inner:
        unknown: NotComputable | None = None
        for arg in args:
            value = _truth(arg, scope)
            if isinstance(value, NotComputable):
                unknown = together(unknown, value, scope) if unknown else value
            elif value is decisive:
                return decisive
        return not decisive if unknown is None else unknown

    return decide


def _not(args: Args, scope: Scope) -> Inner:
    value = _truth(args[0], scope)
    return value if isinstance(value, NotComputable) else not value


def _is_blank(args: Args, scope: Scope) -> Inner:
    return isinstance(_inner(args[0], scope), NotComputable)


def _round(args: Args, scope: Scope) -> Inner:
    value = _number(args[0], scope)
    if isinstance(value, NotComputable):
        return value
    digits = int(cast("Number", args[1]).value)
    return exact.round_half_up(value, digits) if exact.is_usable(value) else _unusable(args[0])


def _has_key(args: Args, scope: Scope) -> Inner:
    answer = _text(args[0], scope)
    return answer if isinstance(answer, NotComputable) else has_key(answer, _constant(args[1]))


def _pick(args: Args, scope: Scope) -> Inner:
    answer = _text(args[0], scope)
    if isinstance(answer, NotComputable):
        return answer
    for key, value in zip(args[1::2], args[2::2], strict=False):
        if same_text(answer, _constant(key)):
            return _inner(value, scope)
    if len(args) % 2 == 0:
        return _inner(args[-1], scope)
    return NotComputable(message("formulas.no_such_key", part=to_text(args[0]), found=answer))


def _piecewise(args: Args, scope: Scope) -> Inner:
    x = _number(args[0], scope)
    if isinstance(x, NotComputable):
        return x
    numbers = [cast("Number", arg).value for arg in args[1:]]
    return aggregate.piecewise(x, list(zip(numbers[::2], numbers[1::2], strict=True)))


def _fold(function: str) -> Callable[[Args, Scope], Inner]:
    def over(args: Args, scope: Scope) -> Inner:
        if isinstance(args[0], Column):
            values = _column(args[0], scope)
            if isinstance(values, NotComputable):
                return values
            return aggregate.fold(function, args[0], values)
        numbers = _all_numbers(args, scope)
        if isinstance(numbers, NotComputable):
            return numbers
        return _FOLDS[function](numbers)

    return over


def _all_numbers(args: Args, scope: Scope) -> list[Exact] | NotComputable:
    numbers: list[Exact] = []
    unknown: NotComputable | None = None
    for arg in args:
        value = _number(arg, scope)
        if isinstance(value, NotComputable):
            unknown = together(unknown, value, scope) if unknown else value
        else:
            numbers.append(value)
    return unknown or numbers


def _known(args: Args, scope: Scope) -> list[Exact]:
    given = scope.values
    numbers: list[Exact] = []
    for arg in args:
        # Sums of many cells are most of a score's work, so plain figures take the short way.
        value: Inner | None = given.get(arg.id) if type(arg) is Name else None
        if not (type(value) is Decimal and is_sane(value)):
            value = _number(arg, scope)
        if isinstance(value, Decimal | Fraction):
            numbers.append(value)
    return numbers


def _count(args: Args, scope: Scope) -> Inner:
    values = _column(args[0], scope)
    return values if isinstance(values, NotComputable) else aggregate.count(values)


def _countif(args: Args, scope: Scope) -> Inner:
    values = _column(args[0], scope)
    if isinstance(values, NotComputable):
        return values
    return aggregate.countif(values, _constant(args[1]))


def _sumif(args: Args, scope: Scope) -> Inner:
    conditions, values = _column(args[0], scope), _column(args[2], scope)
    if isinstance(conditions, NotComputable):
        return conditions
    if isinstance(values, NotComputable):
        return values
    column = cast("Column", args[2])
    return aggregate.sumif(conditions, _constant(args[1]), column, values)


def _column(node: Node, scope: Scope) -> ColumnValues | NotComputable:
    column = cast("Column", node)
    values = scope.columns.get((column.table, column.column))
    if values is None:
        name = aggregate.name_of(column)
        return NotComputable(message("formulas.missing_column", column=name), (name,))
    return values


def _constant(node: Node) -> str:
    return cast("Text", node).value


_FOLDS: Mapping[str, Callable[[list[Exact]], Exact]] = {
    "sum": aggregate.total,
    "min": min,
    "max": max,
}
_FUNCTIONS: Mapping[str, Callable[[Args, Scope], Inner]] = {
    "sum": _fold("sum"),
    "min": _fold("min"),
    "max": _fold("max"),
    "sum_known": lambda args, scope: aggregate.total(_known(args, scope)),
    "count_known": lambda args, scope: Decimal(len(_known(args, scope))),
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
