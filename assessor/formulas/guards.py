"""Which inputs a tree cannot do without, of which kind they must be, and whether it can fail.

This is what the Excel printer needs to ask for inputs once, at the front of a formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assessor.formulas.tree import (
    COMPARISONS,
    Binary,
    Call,
    Column,
    Name,
    Node,
    Number,
    Text,
    Truth,
    Unary,
)

Kind = Literal["number", "text", "truth", "any"]
Needs = Mapping[str, Kind]
"""Variables without which there is no value, and the kind they are used as."""

_TRUTHS = frozenset({"and", "or", "not", "has_key", "is_blank"})


def kind_of(node: Node) -> Kind:
    """Return the kind of value `node` gives; `any` for a variable on its own."""
    if isinstance(node, Name):
        return "any"
    if isinstance(node, Text):
        return "text"
    if isinstance(node, Truth) or (isinstance(node, Binary) and node.operator in COMPARISONS):
        return "truth"
    if isinstance(node, Call):
        return _kind_of_call(node)
    return "number"


def _kind_of_call(node: Call) -> Kind:
    if node.function in _TRUTHS:
        return "truth"
    if node.function not in ("if", "pick"):
        return "number"
    kinds = {kind_of(branch) for branch in branches(node)} - {"any"}
    return kinds.pop() if len(kinds) == 1 else "any"


def branches(node: Call) -> tuple[Node, ...]:
    """Return the parts of an `if` or `pick` of which only one is used."""
    if node.function == "if":
        return node.args[1:]
    without_default = len(node.args) % 2 == 1
    return node.args[2::2] if without_default else (*node.args[2:-1:2], node.args[-1])


def operand_kind(node: Binary) -> Kind:
    """Return the kind both sides of an operator must have."""
    if node.operator not in ("=", "<>"):
        return "number"
    kinds = {kind_of(node.left), kind_of(node.right)} - {"any"}
    return kinds.pop() if len(kinds) == 1 else "any"


def needs_of(node: Node, kind: Kind) -> Needs:
    """Return the variables that `node`, used as a value of `kind`, cannot do without."""
    if isinstance(node, Name):
        return {node.id: kind}
    if isinstance(node, Unary):
        return needs_of(node.operand, "number")
    if isinstance(node, Binary):
        inner = operand_kind(node)
        return _all(needs_of(node.left, inner), needs_of(node.right, inner))
    return _needs_of_call(node, kind) if isinstance(node, Call) else {}


def _needs_of_call(node: Call, kind: Kind) -> Needs:
    first, rest = node.args[0], node.args[1:]
    if node.function in ("is_blank", "sum_known", "count_known"):
        return {}
    if node.function in ("and", "or"):
        return _common(*(needs_of(arg, "truth") for arg in node.args))
    if node.function in ("if", "pick"):
        condition = needs_of(first, "truth" if node.function == "if" else "text")
        return _all(condition, _common(*(needs_of(part, kind) for part in branches(node))))
    if node.function == "has_key":
        return needs_of(first, "text")
    if node.function == "not":
        return needs_of(first, "truth")
    return _all(needs_of(first, "number"), *(needs_of(arg, "number") for arg in rest))


def _all(*parts: Needs) -> Needs:
    together: dict[str, Kind] = {}
    for part in parts:
        for name, kind in part.items():
            if together.get(name, "any") == "any":
                together[name] = kind
    return together


def _common(*parts: Needs) -> Needs:
    first, *others = parts
    return {
        name: kind
        for name, kind in first.items()
        if all(other.get(name) == kind for other in others)
    }


def can_fail(node: Node, given: Needs) -> bool:
    """Return whether `node` may have no value although the variables in `given` are there."""
    if isinstance(node, Name):
        return node.id not in given
    if isinstance(node, Unary):
        return can_fail(node.operand, given)
    if isinstance(node, Binary):
        if node.operator == "/" and not (isinstance(node.right, Number) and node.right.value):
            return True
        return can_fail(node.left, given) or can_fail(node.right, given)
    return _call_can_fail(node, given) if isinstance(node, Call) else False


def _call_can_fail(node: Call, given: Needs) -> bool:
    if node.function in ("is_blank", "sum_known", "count_known", "count", "countif"):
        return False
    if node.function in ("min", "max") and isinstance(node.args[0], Column):
        return True
    if node.function == "pick" and len(node.args) % 2:
        return True
    return any(can_fail(arg, given) for arg in node.args)
