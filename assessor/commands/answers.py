"""Edits of what was found: answers, gates, indicators, tables, repeated units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessor.assessment import (
    Answer,
    GateAnswer,
    PlatformResult,
    SelfAssessment,
    TableRow,
    Unit,
)
from assessor.commands.edit import Edit
from assessor.commands.entries import Change, Section
from assessor.i18n import Message, message


def set_answer(key: str, answer: Answer | None) -> Edit:
    """Answer a criterion (`answer_key`), or clear its answer with None."""
    return _single("answers", key, answer, _answered(key, answer))


def set_answers(answers: Mapping[str, Answer | None]) -> Edit:
    """Set several answers in one step."""
    changes = tuple(Change("answers", key, answer) for key, answer in answers.items())
    return Edit(changes, message("session.set_answers", count=len(changes)))


def set_gate(gate: str, answer: GateAnswer | None) -> Edit:
    """Say what was found for a gate, or make it unknown again with None."""
    return _single("gates", gate, answer, message("session.set_gate", gate=gate))


def set_indicator(indicator: str, answer: Answer | None) -> Edit:
    """Give the inputs of a reported indicator, or clear them with None."""
    said = message("session.set_indicator", indicator=indicator)
    return _single("indicators", indicator, answer, said)


def set_table(table: str, rows: Sequence[TableRow] | None) -> Edit:
    """Replace all rows of a table such as the equipment ledger; None drops the table."""
    said = message("session.set_table", table=table, count=len(rows or ()))
    return _single("tables", table, None if rows is None else tuple(rows), said)


def set_units(repeat: str, units: Sequence[Unit] | None) -> Edit:
    """Name the workshops or lines that a repeated block is answered for."""
    said = message("session.set_units", repeat=repeat)
    return _single("units", repeat, None if units is None else tuple(units), said)


def set_platform_result(outcome: str, result: PlatformResult | None) -> Edit:
    """Note the score an official platform gave for an outcome."""
    said = message("session.set_platform_result", outcome=outcome)
    return _single("platform_results", outcome, result, said)


def set_self_assessment(answers: SelfAssessment | None) -> Edit:
    """Keep the enterprise's own answers beside the assessor's."""
    return _single("meta", "self_assessment", answers, message("session.set_self_assessment"))


def _answered(key: str, answer: Answer | None) -> Message:
    """Say what an answer is; the keys of options are put in words where the rubric is known."""
    if answer is None:
        return message("session.clear_answer", criterion=key)
    if answer.na:
        return message("session.leave_out", criterion=key)
    if answer.none:
        return message("session.choose_none", criterion=key)
    chosen = answer.options if answer.option is None else (answer.option,)
    if chosen:
        return message("session.choose", criterion=key, options=" ".join(chosen))
    return message("session.set_answer", criterion=key)


def _single(section: Section, key: str, value: object | None, description: Message) -> Edit:
    return Edit((Change(section, key, value),), description)
