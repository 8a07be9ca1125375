"""Outcomes: reached, missed or open, from readings, gates and the outcome below."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.formulas import Call, Name, Node, Text
from assessor.rubrics.gates import BLOCKING, Gate
from assessor.rubrics.outcomes import Outcome, Reading
from assessor.rules import names
from assessor.rules.item import Cell
from assessor.rules.trees import blank, both, compare, either, number, when

REACHED = 1
OPEN = 0
MISSED = -1


def blocking_gates(outcome: Outcome, gates: Sequence[Gate]) -> list[Gate]:
    """Return the gates that can keep the outcome from being reached."""
    return [gate for gate in gates if gate_blocks(gate) and stands_before(gate, outcome)]


def gate_blocks(gate: Gate) -> bool:
    """Return whether a gate's failure blocks: it is on and its severity rejects or returns."""
    return gate.default == "on" and gate.severity in BLOCKING


def stands_before(gate: Gate, outcome: Outcome) -> bool:
    """Return whether the gate concerns the outcome."""
    return not gate.outcomes or outcome.id in gate.outcomes


def deciding_readings(outcome: Outcome) -> list[Reading]:
    """Return the readings that decide, in the rubric's order."""
    return [reading for reading in outcome.readings if reading.id in outcome.decided_by]


def outcome_cell(outcome: Outcome, gates: Sequence[Gate]) -> Cell:
    """Return the outcome's state as a figure: `REACHED`, `OPEN` or `MISSED`.

    A figure that cannot be computed (a dimension wholly not applicable) leaves it open. The state
    is never above that of the outcome it requires.
    """
    state = _by_lines(outcome)
    blocking = blocking_gates(outcome, gates)
    if blocking:
        states = [Name(names.gate(gate.id)) for gate in blocking]
        failed = either(*(compare(name, "=", Text(names.FAILED)) for name in states))
        passed = both(*(compare(name, "=", Text(names.PASSED)) for name in states))
        capped = when(passed, state, Call("min", (state, number(OPEN))))
        state = when(failed, number(MISSED), capped)
    if outcome.requires:
        state = Call("min", (state, Name(names.outcome_state(outcome.requires))))
    return Cell(names.outcome_state(outcome.id), state)


def _by_lines(outcome: Outcome) -> Node:
    by_readings = _by_readings(outcome)
    if outcome.platform_score is None:
        return by_readings
    score = names.platform(outcome.id)
    meets = compare(Name(score), ">=", number(outcome.platform_score.line))
    return when(blank(score), by_readings, when(meets, number(REACHED), number(MISSED)))


def _by_readings(outcome: Outcome) -> Node:
    met: list[Node] = []
    missed: list[Node] = []
    known: list[Node] = []
    for reading in deciding_readings(outcome):
        if reading.line is None:
            continue
        lowest = names.reading(outcome.id, reading.id, "lowest")
        highest = names.reading(outcome.id, reading.id, "highest")
        line = number(reading.line)
        known.append(blank(lowest))
        met.append(compare(Name(lowest), ">=", line))
        missed.append(compare(Name(highest), "<", line))
    if not met:
        return number(OPEN)
    if outcome.decision == "every":
        return _every(known, met, missed)
    decided = when(both(*met), number(REACHED), when(both(*missed), number(MISSED), number(OPEN)))
    return when(either(*known), number(OPEN), decided)


def _every(unknown: Sequence[Node], met: Sequence[Node], missed: Sequence[Node]) -> Node:
    """Each reading is a condition of its own: one without a figure leaves only itself open."""
    states = tuple[Node, ...](
        when(
            no_figure,
            number(OPEN),
            when(holds, number(REACHED), when(fails, number(MISSED), number(OPEN))),
        )
        for no_figure, holds, fails in zip(unknown, met, missed, strict=True)
    )
    return states[0] if len(states) == 1 else Call("min", states)
