"""Gates: pass, fail or unknown; never silently passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from assessor.assessment import GateAnswer
from assessor.formulas import Node, NotComputable, Scope, Value, evaluate, parse
from assessor.i18n import Message, message
from assessor.rubrics.base import decimal_from_text
from assessor.rubrics.gates import (
    Cycle,
    DeclaredCheck,
    DimensionFloorCheck,
    FieldType,
    FormulaCheck,
    Gate,
    ResultFloorCheck,
)
from assessor.rules import names
from assessor.rules.trees import SHOWN_DIGITS

GateState = Literal["pass", "fail", "unknown"]
_SHARE = parse(f"round(part / whole * 100, {SHOWN_DIGITS})")


@dataclass(frozen=True, slots=True)
class GateFound:
    """The state of a gate and, unless it passed, why."""

    state: GateState
    reason: Message | None = None


def comparable(text: str, kind: FieldType) -> Decimal:
    """Return what a gate's input or parameter is compared as.

    Numbers as they are, months (`2025-10`) as months since year 0, dates (`2025-10-31`) as days
    since year 1. Raises `ValueError` when the text is not of that kind.
    """
    if kind == "number":
        return decimal_from_text(text.strip())
    if kind == "month":
        first = _day(f"{text.strip()}-01")
        return Decimal(first.year * 12 + first.month - 1)
    return Decimal(_day(text.strip()).toordinal())


def _day(text: str) -> date:
    """Read a day in the one way of writing it that is asked for; ISO has others, such as weeks."""
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise ValueError("a date must be written as 2025-10-31")
    return found


def check_gate(
    gate: Gate, answer: GateAnswer | None, cycle: Cycle | None, figures: Mapping[str, object]
) -> GateFound:
    """Find the state of one gate; `figures` are the cells computed so far, by name."""
    match gate.check:
        case DeclaredCheck():
            return _declared(answer)
        case FormulaCheck():
            return _formula(gate, gate.check, answer, cycle)
        case DimensionFloorCheck():
            return _dimension_floor(gate.check, figures)
        case ResultFloorCheck():
            return _result_floor(gate.check, figures)


def _declared(answer: GateAnswer | None) -> GateFound:
    if answer is None or answer.confirmed is None:
        return GateFound("unknown", message("gate.not_answered"))
    if answer.confirmed:
        return GateFound("pass")
    return GateFound("fail", message("gate.declared_no"))


def _formula(
    gate: Gate, check: FormulaCheck, answer: GateAnswer | None, cycle: Cycle | None
) -> GateFound:
    values: dict[str, Value] = {}
    for parameter in check.parameters:
        text = parameter.value or _cycle_value(gate, parameter.id, cycle)
        if text is None:
            return GateFound("unknown", message("gate.no_parameter", parameter=parameter.name))
        values[parameter.id] = comparable(text, parameter.type)
    given = answer.inputs if answer else {}
    for field in check.inputs:
        if given.get(field.id, "").strip():
            values[field.id] = comparable(given[field.id], field.type)
    labels = {field.id: field.name for field in check.inputs}
    found = evaluate(_parsed(check.condition), Scope(values=values, labels=labels))
    if isinstance(found, NotComputable):
        return GateFound("unknown", found.reason)
    return GateFound("pass") if found is True else GateFound("fail", message("gate.not_met"))


@cache
def _parsed(condition: str) -> Node:
    return parse(condition)


def _cycle_value(gate: Gate, parameter: str, cycle: Cycle | None) -> str | None:
    for entry in cycle.parameters if cycle else ():
        if entry.gate == gate.id and entry.parameter == parameter:
            return entry.value
    return None


def _dimension_floor(check: DimensionFloorCheck, figures: Mapping[str, object]) -> GateFound:
    most = figures.get(names.dimension_maximum(check.dimension))
    least = figures.get(names.dimension_sum("lowest", check.dimension))
    still = figures.get(names.dimension_sum("highest", check.dimension))
    if not (isinstance(most, Decimal) and isinstance(least, Decimal) and most):
        return GateFound("unknown", message("gate.no_figure"))
    if _share(least, most) >= check.share:
        return GateFound("pass")
    if isinstance(still, Decimal) and _share(still, most) < check.share:
        return GateFound("fail", message("gate.below", floor=check.share))
    return GateFound("unknown", message("gate.still_open", floor=check.share))


def _share(part: Decimal, whole: Decimal) -> Decimal:
    """The share in percent as printed; the exact quotient is rounded once, half-up."""
    found = evaluate(_SHARE, Scope(values={"part": part, "whole": whole}))
    return found if isinstance(found, Decimal) else Decimal(0)


def _result_floor(check: ResultFloorCheck, figures: Mapping[str, object]) -> GateFound:
    found = figures.get(names.result(check.criterion))
    if not isinstance(found, Decimal):
        return GateFound("unknown", message("gate.no_figure"))
    if found >= check.minimum:
        return GateFound("pass")
    return GateFound("fail", message("gate.below", floor=check.minimum))
