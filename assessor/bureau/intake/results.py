"""The result a payload claims against the one computed anew: vetoes first, then every field."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from assessor.bureau.intake.reasons import rejected
from assessor.bureau.records import Finding
from assessor.exchange.envelope import SHEET_NAME
from assessor.exchange.summary import ScoreSummary
from assessor.reports.verify_words import told
from assessor.rubrics.json_text import Path as JsonPath
from assessor.rubrics.json_text import path_text
from assessor.rules.card import GateScore, ScoreCard


def result_findings(
    claimed: ScoreSummary, computed: ScoreSummary, card: ScoreCard, cell: str
) -> tuple[Finding, ...]:
    """Return a finding for the first difference, or for each veto that was passed over."""
    if claimed == computed:
        return ()
    vetoes = tuple(
        rejected("tamper", "veto_ignored", SHEET_NAME, cell, gate=gate.gate.title)
        for gate in _ignored(claimed, card)
    )
    if vetoes:
        return vetoes
    for path, said, found in _differences(
        ("result",), claimed.model_dump(mode="json"), computed.model_dump(mode="json")
    ):
        return (
            rejected(
                "tamper",
                "result",
                SHEET_NAME,
                cell,
                place=path_text(path),
                found=told(_text(said)),
                expected=told(_text(found)),
            ),
        )
    return ()


def _ignored(claimed: ScoreSummary, card: ScoreCard) -> Iterator[GateScore]:
    """Yield the gates that are failed and block, yet were not held against the visit."""
    states = {gate.id: gate.state for gate in claimed.gates}
    reached = {outcome.id for outcome in claimed.outcomes if outcome.state == "reached"}
    blocked = {name for entry in card.outcomes for name in entry.failed_gates}
    passed_over = {
        name
        for entry in card.outcomes
        if entry.outcome.id in reached
        for name in entry.failed_gates
    }
    for gate in card.gates:
        name = gate.gate.id
        if name in passed_over or (name in blocked and states.get(name) != "fail"):
            yield gate


def _differences(
    at: JsonPath, claimed: object, computed: object
) -> Iterator[tuple[JsonPath, object, object]]:
    if isinstance(claimed, dict) and isinstance(computed, dict):
        for key in computed:
            yield from _differences((*at, key), claimed.get(key), computed[key])
    elif isinstance(claimed, list) and isinstance(computed, list):
        for number, (one, other) in enumerate(zip_longest(claimed, computed)):
            yield from _differences((*at, number), one, other)
    elif claimed != computed:
        yield at, claimed, computed


def _text(value: object) -> str:
    return "" if value is None else str(value)[:200]
