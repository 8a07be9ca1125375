"""A formula as a tree of frozen nodes: made by the parser or by the rules, read by two evaluators.

Trees are values: equal when they mean the same text, safe to share. Their depth is bounded when
they are built, so that nothing that walks one can exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact
from typing import ClassVar, Literal

from assessor.formulas.functions import fits

MAX_DEPTH = 60
MAX_EXPONENT = 40
MAX_TEXT = 255

Operator = Literal["+", "-", "*", "/", "=", "<>", "<", "<=", ">", ">="]
COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ANY_NAME = re.compile(r"[^\[\]\x00-\x1f\x7f]{1,255}")
_SANE = Context(prec=MAX_EXPONENT, traps=[Inexact])
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def is_plain_name(text: str) -> bool:
    """Return whether `text` can stand in a formula as it is, without square brackets."""
    return _PLAIN_NAME.fullmatch(text) is not None


def is_sane(value: Decimal) -> bool:
    """Return whether `value` is finite and of a size a measurement can have.

    That is between 1E-40 and 1E+40 (or zero), of at most 40 significant digits.
    """
    if not value.is_finite() or abs(value.adjusted()) > MAX_EXPONENT:
        return False
    try:
        _SANE.plus(value)
    except Inexact:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Number:
    """A constant; `ValueError` when it is not finite or absurdly long."""

    value: Decimal
    shape: ClassVar[str] = "number"
    depth: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if not is_sane(self.value):
            raise ValueError(f"not a usable number: {self.value}")


@dataclass(frozen=True, slots=True)
class Text:
    """A text constant of 1 to 255 characters without control characters (else `ValueError`)."""

    value: str
    shape: ClassVar[str] = "text"
    depth: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if not 0 < len(self.value) <= MAX_TEXT or _CONTROL.search(self.value):
            raise ValueError(f"not a usable text: {self.value[:40]!r}")


@dataclass(frozen=True, slots=True)
class Truth:
    """The constant `true` or `false`."""

    value: bool
    shape: ClassVar[str] = "truth"
    depth: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Name:
    """A variable: an answer, an input, a parameter or another computed node.

    Any text of 1 to 255 characters without square brackets and control characters will do; one that
    is not a plain name is written in brackets: `[a1-nc-rate.points]`.
    """

    id: str
    shape: ClassVar[str] = "name"
    depth: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if not _ANY_NAME.fullmatch(self.id):
            raise ValueError(f"not a usable name: {self.id[:40]!r}")


@dataclass(frozen=True, slots=True)
class Column:
    """All values of one column of a table, such as `ledger.networked`; both parts plain names."""

    table: str
    column: str
    shape: ClassVar[str] = "column"
    depth: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if not (is_plain_name(self.table) and is_plain_name(self.column)):
            raise ValueError(f"not a usable column: {self.table}.{self.column}")


@dataclass(frozen=True, slots=True)
class Unary:
    """The negative of a number."""

    operand: Node
    shape: ClassVar[str] = "expression"
    depth: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        _refuse_columns(self.operand)
        object.__setattr__(self, "depth", _depth_above(self.operand))


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic or a comparison of two values."""

    operator: Operator
    left: Node
    right: Node
    shape: ClassVar[str] = "expression"
    depth: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        _refuse_columns(self.left, self.right)
        object.__setattr__(self, "depth", _depth_above(self.left, self.right))


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `SIGNATURES` and its arguments; `ValueError` when they do not fit it."""

    function: str
    args: tuple[Node, ...]
    shape: ClassVar[str] = "expression"
    depth: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not fits(self.function, self.args):
            raise ValueError(f"wrong call of {self.function}")
        object.__setattr__(self, "depth", _depth_above(*self.args))


Node = Number | Text | Truth | Name | Column | Unary | Binary | Call


class TooDeepError(ValueError):
    """A tree would be nested deeper than `MAX_DEPTH`."""


def _refuse_columns(*parts: Node) -> None:
    if any(isinstance(part, Column) for part in parts):
        raise ValueError("a column stands for many values: sum, count, min or max it first")


def _depth_above(*children: Node) -> int:
    depth = 1 + max(child.depth for child in children)
    if depth > MAX_DEPTH:
        raise TooDeepError(f"nested deeper than {MAX_DEPTH}")
    return depth


def children(node: Node) -> tuple[Node, ...]:
    """Return the direct parts of `node`, left to right."""
    if isinstance(node, Unary):
        return (node.operand,)
    if isinstance(node, Binary):
        return (node.left, node.right)
    return node.args if isinstance(node, Call) else ()


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and everything below it, parents first, left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(node: Node) -> tuple[str, ...]:
    """Return the variables of `node`, each once, in order of appearance."""
    return tuple(dict.fromkeys(part.id for part in walk(node) if isinstance(part, Name)))


def columns(node: Node) -> tuple[Column, ...]:
    """Return the table columns of `node`, each once, in order of appearance."""
    return tuple(dict.fromkeys(part for part in walk(node) if isinstance(part, Column)))
