"""A tree as the text a person would write; `parse(to_text(tree)) == tree` for every tree."""

from __future__ import annotations

from decimal import Decimal

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
    is_plain_name,
)

RESERVED = frozenset({"and", "or", "not", "true", "false"})

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _ATOM = range(8)


def to_text(node: Node) -> str:
    """Return `node` in the formula language."""
    return _text(node)[0]


def plain(value: Decimal) -> str:
    """Return a number's digits without an exponent."""
    return format(value, "f")


def quoted(value: str) -> str:
    """Return a text constant in double quotes, inner quotes doubled (as Excel does too)."""
    return '"' + value.replace('"', '""') + '"'


def _text(node: Node) -> tuple[str, int]:
    """Return the text of `node` and how tightly it holds together."""
    if isinstance(node, Unary):
        return _sign(node), _SIGN
    if isinstance(node, Binary):
        return _binary(node)
    if isinstance(node, Call):
        return _call(node)
    return _leaf(node)


def _leaf(node: Number | Text | Truth | Name | Column) -> tuple[str, int]:
    if isinstance(node, Number):
        return plain(node.value), _SIGN if node.value.is_signed() else _ATOM
    if isinstance(node, Text):
        return quoted(node.value), _ATOM
    if isinstance(node, Truth):
        return ("true" if node.value else "false"), _ATOM
    if isinstance(node, Column):
        return f"{node.table}.{node.column}", _ATOM
    bare = is_plain_name(node.id) and node.id not in RESERVED
    return (node.id if bare else f"[{node.id}]"), _ATOM


def _sign(node: Unary) -> str:
    # "-5" reads back as the number -5, so the negative of the number 5 needs its brackets.
    tightness = _ATOM + 1 if isinstance(node.operand, Number) else _SIGN
    return f"-{_held(node.operand, tightness)}"


def _binary(node: Binary) -> tuple[str, int]:
    if node.operator in COMPARISONS:
        own, left, right = _COMPARE, _SUM, _SUM
    elif node.operator in "+-":
        own, left, right = _SUM, _SUM, _PRODUCT
    else:
        own, left, right = _PRODUCT, _PRODUCT, _SIGN
    return f"{_held(node.left, left)} {node.operator} {_held(node.right, right)}", own


def _call(node: Call) -> tuple[str, int]:
    if node.function in ("and", "or") and len(node.args) > 1:
        own = _AND if node.function == "and" else _OR
        return f" {node.function} ".join(_held(arg, own + 1) for arg in node.args), own
    if node.function == "not":
        return f"not {_held(node.args[0], _NOT)}", _NOT
    return f"{node.function}({', '.join(to_text(arg) for arg in node.args)})", _ATOM


def _held(node: Node, tightness: int) -> str:
    text, own = _text(node)
    return text if own >= tightness else f"({text})"
