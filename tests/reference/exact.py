"""Exact numbers for the reference: fractions, half-up rounding, formulas of the facts.

Nothing here knows the product; the only inputs are the fact files under `tests/data/facts`.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

FACTS = Path(__file__).resolve().parents[1] / "data" / "facts"
ZERO = Fraction(0)
ONE = Fraction(1)

REACHED, MISSED, OPEN = "reached", "not_reached", "undecided"
BEYOND = "not_assessed"


def load(name: str) -> Any:
    """Read a fact file; every number literal becomes an exact fraction."""
    text = (FACTS / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Fraction, parse_int=Fraction)


def half_up(value: Fraction, digits: int) -> Fraction:
    """Round to `digits` decimals; a tie goes away from zero, as on paper."""
    scale = 10**digits
    size = (abs(value) * scale * 2 + 1) // 2
    return Fraction(size if value >= 0 else -size, scale)


def show(value: Fraction, digits: int = 2) -> str:
    """Print with exactly `digits` decimals, rounded half up."""
    rounded = half_up(value, digits) * 10**digits
    sign = "-" if rounded < 0 else ""
    whole, rest = divmod(abs(int(rounded)), 10**digits)
    return f"{sign}{whole}.{rest:0{digits}d}"


def percent(part: Fraction, whole: Fraction) -> Fraction:
    """Give `part` of `whole` in percent; nothing of nothing is nothing."""
    return part / whole * 100 if whole else ZERO


def compute(formula: str, inputs: Mapping[str, str]) -> Fraction | None:
    """Work out a formula of the facts; None where an input is missing or a divisor is zero."""
    try:
        return _value(ast.parse(formula, mode="eval").body, inputs)
    except (KeyError, ZeroDivisionError):
        return None


def _value(node: ast.expr, inputs: Mapping[str, str]) -> Fraction:
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value))
    if isinstance(node, ast.Name):
        return Fraction(inputs[node.id])
    if not isinstance(node, ast.BinOp):
        raise TypeError(f"a formula of the facts uses {ast.dump(node)}")
    left, right = _value(node.left, inputs), _value(node.right, inputs)
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    if isinstance(node.op, ast.Mult):
        return left * right
    return left / right


def worst(states: list[str]) -> str:
    """Combine conditions that must all hold: one miss decides, else one open one does."""
    if MISSED in states:
        return MISSED
    return OPEN if OPEN in states else REACHED


def highest_reached(outcomes: Mapping[str, str]) -> str | None:
    """Name the last reached outcome of a ladder written from low to high."""
    names = [name for name, state in outcomes.items() if state == REACHED]
    return names[-1] if names else None
