"""Gates: founded on a source, decidable, with usable parameters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assessor.rubrics.base import decimal_from_text
from assessor.rubrics.checks.finding import Findings, finding, warning
from assessor.rubrics.checks.lookup import Lookup, Part
from assessor.rubrics.gates import (
    BLOCKING,
    DimensionFloorCheck,
    FieldType,
    FormulaCheck,
    Gate,
    ResultFloorCheck,
)
from assessor.rubrics.rule_models import QuantityRule

_HUNDRED = Decimal(100)


def check(lookup: Lookup) -> Findings:
    """Check every gate by its kind, and the parameters the cycles give."""
    for gate in lookup.find(Gate):
        yield from _source(gate)
        place, test = f"{gate.place}.check", gate.value.check
        if isinstance(test, FormulaCheck):
            yield from _parameters(lookup, gate, test, place)
        elif isinstance(test, DimensionFloorCheck) and not 0 < test.share <= _HUNDRED:
            yield finding("percent_range", f"{place}.share", gate.subject, value=test.share)
        elif isinstance(test, ResultFloorCheck):
            yield from _result(lookup, gate, test, f"{place}.criterion")
    yield from _cycle_values(lookup)


def _source(gate: Part[Gate]) -> Findings:
    """A gate that blocks by default must be able to say on whose authority."""
    blocks = gate.value.severity in BLOCKING and gate.value.default == "on"
    provenance = gate.value.provenance
    if blocks and not provenance.source_ids and provenance.note is None:
        yield finding("gate_no_source", f"{gate.place}.provenance", gate.subject)


def _result(lookup: Lookup, gate: Part[Gate], test: ResultFloorCheck, place: str) -> Findings:
    item = lookup.rubric.criterion_by_id.get(test.criterion)
    if item is None:
        return
    if not isinstance(item.rule, QuantityRule):
        yield finding("gate_no_result", place, gate.subject, name=test.criterion)
    elif item.rule.measure.better == "lower":
        yield finding("gate_wrong_way", place, gate.subject, name=test.criterion)


def _parameters(lookup: Lookup, gate: Part[Gate], test: FormulaCheck, place: str) -> Findings:
    given = {
        (item.gate, item.parameter) for cycle in lookup.rubric.cycles for item in cycle.parameters
    }
    for at, item in enumerate(test.parameters):
        here = f"{place}.parameters[{at}]"
        nowhere = item.value is None and (gate.value.id, item.id) not in given
        if nowhere and gate.value.default != "off":
            yield warning("parameter_nowhere", here, gate.subject, name=item.id)
        if item.value is not None and not _fits(item.value, item.type):
            yield finding(
                "parameter_value", f"{here}.value", gate.subject, value=item.value, type=item.type
            )


def _cycle_values(lookup: Lookup) -> Findings:
    types = {
        (gate.id, item.id): item.type
        for gate in lookup.rubric.gates
        if isinstance(gate.check, FormulaCheck)
        for item in gate.check.parameters
    }
    for number, cycle in enumerate(lookup.rubric.cycles):
        for at, item in enumerate(cycle.parameters):
            kind = types.get((item.gate, item.parameter))
            if kind is not None and not _fits(item.value, kind):
                place = f"cycles[{number}].parameters[{at}].value"
                yield finding("parameter_value", place, cycle.id, value=item.value, type=kind)


def _fits(value: str, kind: FieldType) -> bool:
    try:
        if kind == "number":
            decimal_from_text(value)
        else:
            _day(value, kind)
    except ValueError:
        return False
    return True


def _day(value: str, kind: FieldType) -> date:
    """Return the day meant by `2025-10` or `2025-10-31`; raises `ValueError` for another form."""
    parts = value.split("-")
    lengths = [4, 2] if kind == "month" else [4, 2, 2]
    if [len(part) for part in parts] != lengths:
        raise ValueError(value)
    return date.fromisoformat(f"{value}-01" if kind == "month" else value)
