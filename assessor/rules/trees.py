"""Short ways to build formula trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessor.formulas import Binary, Call, Column, Name, Node, Number, Operator, Text, Truth, Unary

LEAF_DIGITS = 6
"""Decimals a leaf is rounded to; sums of leaves are exact."""
LEVEL_DIGITS = 9
"""Decimals of a level's figure; their sum is rounded as a leaf is."""
DEEP_DIGITS = 12
"""Decimals of a figure inside a mean: so many that what is rounded above is never off."""
SHOWN_DIGITS = 2
"""Decimals of a printed figure, the one compared with lines."""
_MANY = 200


def number(value: Decimal | int) -> Number:
    """Return a constant."""
    return Number(Decimal(value))


def rounded(node: Node, digits: int) -> Call:
    """Return `node` rounded half-up."""
    return Call("round", (node, number(digits)))


def when(condition: Node, then: Node, otherwise: Node) -> Call:
    """Return `then` or `otherwise`."""
    return Call("if", (condition, then, otherwise))


def compare(left: Node, operator: Operator, right: Node) -> Binary:
    """Return a comparison."""
    return Binary(operator, left, right)


def blank(name: str) -> Call:
    """Return whether the cell `name` has no value."""
    return Call("is_blank", (Name(name),))


def pick(answer: Node, values: Mapping[str, Node]) -> Call:
    """Return the value that belongs to the answer's key; not computable for any other."""
    pairs = [part for key, value in values.items() for part in (Text(key), value)]
    return Call("pick", (answer, *pairs))


def sum_of(nodes: Sequence[Node]) -> Node:
    """Return the sum of those parts that have a value, however many there are; 0 of none."""
    if not nodes:
        return number(0)
    while len(nodes) > _MANY:
        chunks = [nodes[start : start + _MANY] for start in range(0, len(nodes), _MANY)]
        nodes = [Call("sum_known", tuple(chunk)) for chunk in chunks]
    return Call("sum_known", tuple(nodes))


def both(*conditions: Node) -> Node:
    """Return whether all conditions hold."""
    return conditions[0] if len(conditions) == 1 else Call("and", conditions)


def either(*conditions: Node) -> Node:
    """Return whether any condition holds."""
    return conditions[0] if len(conditions) == 1 else Call("or", conditions)


def renamed(node: Node, new_names: Mapping[str, str]) -> Node:
    """Return `node` with its variables called otherwise; names not in `new_names` stay."""
    match node:
        case Name(id=old):
            return Name(new_names.get(old, old))
        case Unary(operand=operand):
            return Unary(renamed(operand, new_names))
        case Binary(operator=operator, left=left, right=right):
            return Binary(operator, renamed(left, new_names), renamed(right, new_names))
        case Call(function=function, args=args):
            return Call(function, tuple(renamed(arg, new_names) for arg in args))
        case Number() | Text() | Truth() | Column():
            return node
