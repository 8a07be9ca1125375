"""From computed cells to the score card's gates and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assessor.assessment import Assessment
from assessor.formulas import Given
from assessor.i18n import Message, message
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import (
    CountReading,
    Outcome,
    PointsReading,
    Reading,
    TotalReading,
    unit_of,
)
from assessor.rubrics.provenance import effective_basis
from assessor.rules import names
from assessor.rules.card import (
    GateScore,
    ItemScore,
    LineState,
    OutcomeScore,
    OutcomeState,
    ReadingScore,
    Span,
)
from assessor.rules.gates import GateFound
from assessor.rules.item_scores import ItemScores
from assessor.rules.outcome import blocking_gates, deciding_readings, gate_blocks
from assessor.rules.program import Entry, Program
from assessor.rules.readings import counted_by, needed_cells
from assessor.rules.run import known
from assessor.rules.spans import span_of

HUNDRED = Decimal(100)
_STATES: dict[int, OutcomeState] = {1: "reached", 0: "undecided", -1: "not_reached"}


def gate_scores(rubric: Rubric, found: Mapping[str, GateFound]) -> Iterator[GateScore]:
    """Yield the gates that are not switched off, in the rubric's order."""
    for gate in rubric.gates:
        if gate.id in found:
            basis = effective_basis(gate.provenance, rubric.source_by_id)
            state, reason = found[gate.id].state, found[gate.id].reason
            yield GateScore(gate, state, gate_blocks(gate), reason, basis)


def reading_score(
    outcome: Outcome, reading: Reading, values: Mapping[str, Given], maximum: Decimal | None
) -> ReadingScore:
    """Return one reading against its line."""
    views = {view: names.reading(outcome.id, reading.id, view) for view in names.VIEWS}
    found = span_of(values, views, "")
    most = HUNDRED if unit_of(reading) == "percent" else maximum
    span = Span(found.value, found.lowest, found.highest, most)
    line = reading.line
    distance = None if line is None or span.value is None else line - span.value
    return ReadingScore(
        reading, span, reading.id in outcome.decided_by, _line(span, line), distance
    )


def _line(span: Span, line: Decimal | None) -> LineState:
    if line is None:
        return "no_line"
    if span.lowest is None or span.highest is None:
        return "open"
    if span.lowest >= line:
        return "met"
    return "missed" if span.highest < line else "open"


def outcome_score(
    outcome: Outcome,
    program: Program,
    assessment: Assessment,
    values: Mapping[str, Given],
    items: ItemScores,
) -> OutcomeScore:
    """Return the state of one outcome that is assessed here, with the reasons."""
    rubric = program.rubric
    state = _STATES[int(known(values, names.outcome_state(outcome.id)) or 0)]
    readings = tuple(
        reading_score(outcome, reading, values, _most(reading, program, values, items))
        for reading in outcome.readings
    )
    gates = [
        (gate.id, values.get(names.gate(gate.id))) for gate in blocking_gates(outcome, rubric.gates)
    ]
    failed = tuple(name for name, found in gates if found == names.FAILED)
    unknown = tuple(name for name, found in gates if found == names.UNKNOWN)
    platform = assessment.platform_results.get(outcome.id)
    counted = known(values, names.platform(outcome.id)) is not None
    score = OutcomeScore(
        outcome=outcome,
        state=state,
        readings=readings,
        reasons=(),
        missing=_missing(outcome, program, items.items, values) if state == "undecided" else (),
        failed_gates=failed,
        open_gates=unknown,
        platform=platform.score if platform else None,
        platform_decides=counted and outcome.platform_score is not None,
        basis=effective_basis(outcome.provenance, rubric.source_by_id),
    )
    below = _below(outcome, rubric, values)
    return _with_reasons(score, tuple(_reasons(score, below, len(program.unknown_weights))))


def not_assessed(outcome: Outcome, rubric: Rubric) -> OutcomeScore:
    """Return the score of an outcome beyond the target."""
    basis = effective_basis(outcome.provenance, rubric.source_by_id)
    reasons = (message("score.beyond_target"),)
    return OutcomeScore(outcome, "not_assessed", (), reasons, (), (), (), None, False, basis)


def _with_reasons(score: OutcomeScore, reasons: tuple[Message, ...]) -> OutcomeScore:
    return OutcomeScore(
        score.outcome,
        score.state,
        score.readings,
        reasons,
        score.missing,
        score.failed_gates,
        score.open_gates,
        score.platform,
        score.platform_decides,
        score.basis,
    )


def _most(
    reading: Reading, program: Program, values: Mapping[str, Given], items: ItemScores
) -> Decimal | None:
    """The most a reading of raw points, or of a number of items, can be."""
    if isinstance(reading, PointsReading):
        return items.required_maximum(reading.target)
    if not isinstance(reading, CountReading):
        return None
    counted = counted_by(reading, [entry.whole for entry in program.entries], program.rubric)
    left_out = [item for item in counted if values.get(names.asked(item.key)) == Decimal(0)]
    return Decimal(len(counted) - len(left_out))


def _missing(
    outcome: Outcome, program: Program, items: Sequence[ItemScore], values: Mapping[str, Given]
) -> tuple[str, ...]:
    """The open items that a deciding reading adds up, here or in an outcome that is required."""
    readings = list(_open_readings(outcome, program.rubric, values))
    pairs = zip(program.entries, items, strict=True)
    return tuple(
        item.criterion.id
        for entry, item in pairs
        if not item.done and any(_adds_to(reading, entry, program) for reading in readings)
    )


def _adds_to(reading: Reading, entry: Entry, program: Program) -> bool:
    match reading:
        case TotalReading():
            return entry.role != "optional" and entry.whole.maximum != 0
        case CountReading():
            return needed_cells(reading, entry.whole, program.rubric) is not None
        case _:
            return entry.criterion.asked.get(reading.target) == "required"


def _open_readings(
    outcome: Outcome, rubric: Rubric, values: Mapping[str, Given]
) -> Iterator[Reading]:
    """Yield the readings an outcome still hangs on; none where a platform's score decides."""
    by_platform = known(values, names.platform(outcome.id)) is not None
    if not (by_platform and outcome.platform_score is not None):
        yield from (
            found
            for found in deciding_readings(outcome)
            if found.line is not None and not _settled(outcome, found, values)
        )
    for below in rubric.outcomes:
        if below.id == outcome.requires:
            yield from _open_readings(below, rubric, values)


def _settled(outcome: Outcome, reading: Reading, values: Mapping[str, Given]) -> bool:
    """Whether a condition of its own is met whatever is still answered."""
    lowest = known(values, names.reading(outcome.id, reading.id, "lowest"))
    alone = outcome.decision == "every" and reading.line is not None
    return alone and lowest is not None and lowest >= (reading.line or 0)


def _below(
    outcome: Outcome, rubric: Rubric, values: Mapping[str, Given]
) -> tuple[Outcome, OutcomeState] | None:
    for other in rubric.outcomes:
        if other.id == outcome.requires:
            state = known(values, names.outcome_state(other.id))
            return other, _STATES[int(state or 0)]
    return None


def _reasons(
    score: OutcomeScore, below: tuple[Outcome, OutcomeState] | None, unknown: int
) -> Iterator[Message]:
    if score.platform_decides:
        yield message("score.platform_decides")
    elif score.platform is not None:
        yield message("score.platform_declared")
    if below is not None and below[1] != "reached":
        yield message(f"score.below_{below[1]}", outcome=below[0].name)
    if score.failed_gates:
        yield message("score.gates_failed", count=len(score.failed_gates))
    if score.open_gates and score.state == "undecided":
        yield message("score.gates_open", count=len(score.open_gates))
    if score.missing:
        yield message("score.items_open", count=len(score.missing))
    if not score.platform_decides:
        yield from _reading_reasons(score, unknown)


def _reading_reasons(score: OutcomeScore, unknown: int) -> Iterator[Message]:
    """Say what keeps readings from deciding; `unknown` weights leave a total without a figure."""
    deciding = [found for found in score.readings if found.decides and found.state != "no_line"]
    if score.outcome.decision == "every":
        missed = (found for found in deciding if found.state == "missed")
        yield from (message("score.reading_missed", reading=one.reading.name) for one in missed)
    elif {"met", "missed"} <= {found.state for found in deciding}:
        text = score.outcome.disagreement
        yield message("score.readings_disagree", text=text or score.outcome.name)
    for found in deciding:
        if found.span.lowest is None or found.span.highest is None:
            waits = unknown and isinstance(found.reading, TotalReading)
            yield message(
                "score.weights_missing" if waits else "score.no_figure",
                reading=found.reading.name,
                count=unknown,
            )
