"""The machine sheet and its payload: read, signature checked, rubric found, scored anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from assessor.bureau.intake.answers_met import AnswersMet
from assessor.bureau.intake.editions import Editions
from assessor.bureau.intake.machine_sheet import MachineSheet
from assessor.bureau.intake.misfits import misfit_findings, shape_findings
from assessor.bureau.intake.reasons import passed_on, rejected, warned
from assessor.bureau.intake.results import result_findings
from assessor.bureau.intake.scorers import Scorers
from assessor.bureau.records import Finding, Verdict
from assessor.errors import AssessorError, ProblemsError
from assessor.exchange.envelope import SHEET_NAME, Envelope, from_rows
from assessor.exchange.payload import Payload, parse_payload
from assessor.exchange.signature import KnownKeys, TamperCheck, tamper_check
from assessor.exchange.summary import summarise
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.card import ScoreCard

_DAY = 10
_MISSING = "exchange.no_envelope"
_NEWER = frozenset({"exchange.envelope_newer", "exchange.payload_newer"})
_DIGESTS = frozenset({"exchange.digest_missing", "exchange.digest_differs"})


@dataclass
class Means:
    """What payloads are opened with: the known rubrics, enrolled keys, compiled programs."""

    editions: Editions
    keys: KnownKeys
    scorers: Scorers = field(default_factory=Scorers)
    met: AnswersMet = field(default_factory=AnswersMet)


@dataclass(frozen=True)
class Carried:
    """What a workbook carries: its payload, the rubric of it, and the score computed anew."""

    envelope: Envelope
    payload: Payload
    loaded: LoadedRubric
    card: ScoreCard
    tamper: TamperCheck


@dataclass(frozen=True)
class Opened:
    """A payload and everything to say of it; without `carried` it could not be scored."""

    carried: Carried | None
    findings: tuple[Finding, ...]


def open_payload(machine: MachineSheet, means: Means) -> Opened:
    """Read the machine sheet of a workbook and score its answers."""
    try:
        envelope = from_rows(machine.rows)
        payload = _parsed(envelope.payload_text)
    except ProblemsError as error:
        shapes = shape_findings(error.problems, machine.payload_cell)
        return Opened(None, shapes or (_unreadable(error, machine),))
    except AssessorError as error:
        return Opened(None, (_unreadable(error, machine),))
    if payload.anonymised:
        return Opened(None, (rejected("payload", "anonymised", SHEET_NAME, machine.payload_cell),))
    tamper = tamper_check(envelope.payload_text, envelope.signed, means.keys)
    signature = tuple(_signature(tamper))
    loaded, edition = means.editions.find(payload.rubric)
    if loaded is None:
        return Opened(None, (*signature, *([edition] if edition else [])))
    payload = payload.model_copy(update={"assessment": means.met.shared(payload.assessment)})
    misfits = misfit_findings(loaded, payload.assessment, means.met, machine.payload_cell)
    if misfits:
        return Opened(None, (*signature, *misfits))
    card = means.scorers.score(loaded, payload.assessment)
    results = result_findings(payload.result, summarise(card), card, machine.payload_cell)
    carried = Carried(envelope, payload, loaded, card, tamper)
    return Opened(carried, (*signature, *results, *([edition] if edition else [])))


def _parsed(text: str) -> Payload:
    """Return the payload of a canonical text; any other text is left to the one that explains."""
    try:
        payload = Payload.model_validate_json(text, strict=True)
        if _written(payload) == text and payload.assessment.rubric == payload.rubric:
            return payload
    except (ValidationError, ValueError, TypeError):
        pass
    return parse_payload(text)


def _written(payload: Payload) -> str:
    """Return the canonical text of a payload, without asking every value whether it has one: a text
    that is equal to it proves as much.
    """
    return json.dumps(
        payload.to_json(),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )


def _unreadable(error: AssessorError, machine: MachineSheet) -> Finding:
    key = error.message.key
    if key == _MISSING:
        return rejected("payload", "missing")
    if key in _NEWER:
        return passed_on("payload.newer", Verdict.REJECTED, error.message, SHEET_NAME)
    if key in _DIGESTS:
        cell = machine.digest_cell
        return passed_on("tamper.digest", Verdict.REJECTED, error.message, SHEET_NAME, cell)
    cell = machine.payload_cell
    return passed_on("payload.broken", Verdict.REJECTED, error.message, SHEET_NAME, cell)


def _signature(tamper: TamperCheck) -> Iterator[Finding]:
    match tamper.verdict:
        case "altered":
            yield rejected("tamper", "signature", SHEET_NAME, reason=tamper.reason)
        case "unknown":
            yield warned("tamper", "key_not_enrolled", SHEET_NAME, key=tamper.key_id)
        case "replaced":
            yield warned(
                "tamper",
                "key_replaced",
                SHEET_NAME,
                key=tamper.key_id,
                name=tamper.name,
                until=tamper.replaced_at[:_DAY],
            )
        case "unsigned":
            yield warned("tamper", "unsigned", SHEET_NAME)
        case "enrolled":
            pass
