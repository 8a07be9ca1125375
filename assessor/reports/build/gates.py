"""The gates: what each asks, whether it passed, what follows if not, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.assessment import GateAnswer
from assessor.reports.build.context import Context
from assessor.reports.build.evidence import photo_rows
from assessor.reports.build.focus import assessed
from assessor.reports.build.verdict import gate_summary
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Mark,
    Row,
    Table,
    Tone,
)
from assessor.rubrics.gates import FormulaCheck, Gate, GateInput, GateParameter
from assessor.rules.card import GateScore
from assessor.rules.gates import GateState

_LOOKS: dict[GateState, tuple[Mark, Tone]] = {
    "pass": ("check", "good"),
    "fail": ("cross", "bad"),
    "unknown": ("circle", "caution"),
}


def gate_chapter(context: Context) -> tuple[Block, ...]:
    """Return the gates, grouped by the outcomes they stand before; nothing without gates."""
    words = context.words
    if not context.card.gates:
        return ()
    columns = (
        Column(words.say("gate"), Decimal("2.7")),
        Column(words.say("state"), Decimal("1.1")),
        Column(words.say("severity"), Decimal("1.2")),
        Column(words.say("found"), Decimal("3.4")),
        Column(words.say("basis"), Decimal("0.9")),
    )
    rows: list[Row] = []
    for title, gates in _groups(context):
        rows.append(Row((Cell(title),), "group"))
        rows += [_row(context, found, decides=title not in _silent(context)) for found in gates]
    pieces = [
        piece
        for piece in context.source.assessment.evidence
        if set(piece.gates) & {found.gate.id for found in context.card.gates}
    ]
    return (
        Heading(1, words.say("gates"), "sec-gates"),
        Table(
            columns,
            tuple(rows),
            "gate-list",
            words.say("gates_lead", summary=gate_summary(context)),
        ),
        *photo_rows(context, pieces),
    )


def _groups(context: Context) -> Iterator[tuple[str, list[GateScore]]]:
    """Gates that decide, by the outcomes they stand before; then those beyond; then references."""
    words = context.words
    here = {entry.outcome.id for entry in assessed(context)}
    groups: dict[str, list[GateScore]] = {}
    for found in context.card.gates:
        before = found.gate.outcomes
        if found.gate.default == "reference":
            title = words.say("gates_reference")
        elif before and not here & set(before):
            title = words.say("gates_beyond")
        elif not before or here <= set(before):
            title = words.say("gates_for_all")
        else:
            title = words.say("gates_for", outcomes=_names(context, before))
        groups.setdefault(title, []).append(found)
    last = _silent(context)
    for title in sorted(groups, key=lambda name: last.index(name) + 1 if name in last else 0):
        yield title, groups[title]


def _silent(context: Context) -> list[str]:
    """The titles of the groups whose gates decide nothing here."""
    return [context.words.say("gates_beyond"), context.words.say("gates_reference")]


def _names(context: Context, outcomes: tuple[str, ...]) -> str:
    names = {entry.id: entry.name for entry in context.source.rubric.outcomes}
    return context.words.join([context.words.pick(names[name]) for name in outcomes], "name")


def _row(context: Context, found: GateScore, *, decides: bool) -> Row:
    words, gate = context.words, found.gate
    mark, tone = _LOOKS[found.state]
    if not decides:
        tone = "muted"
    return Row(
        (
            Cell(_title(context, gate)),
            Cell(words.told(f"report.gate_{found.state}"), mark=mark, tone=tone),
            Cell(words.told(f"report.severity_{gate.severity}")),
            Cell(_told(context, found)),
            Cell(words.basis(found.basis), badge=found.basis),
        )
    )


def _title(context: Context, gate: Gate) -> str:
    """The gate's name; a reference gate of one outcome names it, for several may be alike."""
    words = context.words
    title = words.pick(gate.title)
    if gate.default != "reference" or not gate.outcomes:
        return title
    return words.say("gate_of", title=title, outcomes=_names(context, gate.outcomes))


def _told(context: Context, found: GateScore) -> str:
    """What was found: the reason, the facts stated with what they are held against, the note."""
    words, answer = context.words, context.source.assessment.gates.get(found.gate.id)
    told = [words.pick(found.reason), *_facts(context, found.gate, answer)]
    if answer is not None:
        told.append(answer.note.strip())
    if answer is not None and answer.confidence is not None:
        told.append(words.told(f"report.confidence_{answer.confidence}"))
    return words.join(told)


def _facts(context: Context, gate: Gate, answer: GateAnswer | None) -> Iterator[str]:
    if not isinstance(gate.check, FormulaCheck):
        return
    for asked in gate.check.inputs:
        given = answer.inputs.get(asked.id, "").strip() if answer else ""
        if given:
            yield _named(context, asked, given)
    for parameter in gate.check.parameters:
        value = parameter.value or _cycle_value(context, gate, parameter)
        if value:
            yield _named(context, parameter, value)


def _named(context: Context, field: GateInput | GateParameter, value: str) -> str:
    words = context.words
    with_unit = words.with_unit(value, words.pick(field.unit))
    return words.say("named_value", name=field.name, value=with_unit)


def _cycle_value(context: Context, gate: Gate, parameter: GateParameter) -> str:
    for cycle in context.source.rubric.cycles:
        if cycle.id == context.card.cycle:
            for entry in cycle.parameters:
                if (entry.gate, entry.parameter) == (gate.id, parameter.id):
                    return entry.value
    return ""
