"""The functions of the formula language: how each is called, and what it takes.

The set is small on purpose: each function exists in the evaluator and prints as an Excel formula
that behaves alike in Excel, WPS and LibreOffice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

MAX_ARGUMENTS = 250
MAX_DIGITS = 12
_LEAST_OF_PICK = 3
_LEAST_OF_PIECEWISE = 5
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Argument(Protocol):
    """What a signature looks at in an argument: its shape and, for a constant, its value."""

    @property
    def shape(self) -> str:
        """One of `number`, `text`, `truth`, `name`, `column`, `expression`."""


Arguments = Sequence[Argument]


@dataclass(frozen=True)
class Signature:
    """How a function is called: `usage` is shown to people, `accepts` decides."""

    usage: str
    accepts: Callable[[Arguments], bool]


def _values(args: Arguments) -> bool:
    return all(arg.shape != "column" for arg in args)


def _some_values(args: Arguments) -> bool:
    return len(args) >= 1 and _values(args)


def _column(args: Arguments) -> bool:
    return len(args) == 1 and args[0].shape == "column"


def _column_or_values(args: Arguments) -> bool:
    return _column(args) or _some_values(args)


def _number(arg: Argument) -> Decimal | None:
    value = getattr(arg, "value", None)
    return value if isinstance(value, Decimal) else None


def _key(arg: Argument) -> bool:
    return arg.shape == "text" and _KEY.fullmatch(str(getattr(arg, "value", ""))) is not None


def _countif(args: Arguments) -> bool:
    return [arg.shape for arg in args] == ["column", "text"]


def _sumif(args: Arguments) -> bool:
    shapes = [arg.shape for arg in args]
    return shapes == ["column", "text", "column"] and _table(args[0]) == _table(args[2])


def _table(arg: Argument) -> object:
    return getattr(arg, "table", None)


def _round(args: Arguments) -> bool:
    if not _exactly(2)(args):
        return False
    digits = _number(args[1])
    return digits is not None and digits in range(MAX_DIGITS + 1)


def _has_key(args: Arguments) -> bool:
    return _exactly(2)(args) and _key(args[1])


def _pick(args: Arguments) -> bool:
    keys = args[1::2] if len(args) % 2 else args[1:-1:2]
    return (
        len(args) >= _LEAST_OF_PICK and _values(args) and all(key.shape == "text" for key in keys)
    )


def _piecewise(args: Arguments) -> bool:
    if len(args) < _LEAST_OF_PIECEWISE or len(args) % 2 == 0 or not _values(args):
        return False
    numbers = [_number(arg) for arg in args[1:]]
    known = [number for number in numbers if number is not None]
    xs = known[::2]
    return len(known) == len(numbers) and all(a < b for a, b in pairwise(xs))


def _exactly(count: int) -> Callable[[Arguments], bool]:
    return lambda args: len(args) == count and _values(args)


SIGNATURES: dict[str, Signature] = {
    "sum": Signature("sum(column) | sum(x, ...)", _column_or_values),
    "min": Signature("min(column) | min(x, ...)", _column_or_values),
    "max": Signature("max(column) | max(x, ...)", _column_or_values),
    "sum_known": Signature("sum_known(x, ...)", _some_values),
    "count_known": Signature("count_known(x, ...)", _some_values),
    "count": Signature("count(column)", _column),
    "countif": Signature('countif(column, "text")', _countif),
    "sumif": Signature('sumif(column, "text", column)', _sumif),
    "if": Signature("if(condition, then, else)", _exactly(3)),
    "and": Signature("and(condition, ...)", _some_values),
    "or": Signature("or(condition, ...)", _some_values),
    "not": Signature("not(condition)", _exactly(1)),
    "round": Signature(f"round(x, 0..{MAX_DIGITS})", _round),
    "has_key": Signature('has_key(answer, "KEY")', _has_key),
    "pick": Signature('pick(answer, "KEY", value, ..., [default])', _pick),
    "is_blank": Signature("is_blank(name)", lambda args: [a.shape for a in args] == ["name"]),
    "piecewise": Signature("piecewise(x, x1, y1, x2, y2, ...), x1 < x2 < ...", _piecewise),
}


def fits(function: str, args: Arguments) -> bool:
    """Return whether `function` exists and may be called with `args`."""
    signature = SIGNATURES.get(function)
    return signature is not None and len(args) <= MAX_ARGUMENTS and signature.accepts(args)
