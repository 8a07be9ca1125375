"""The canonical payload: a whole visit and its result, as the one thing that counts in an export.

People's sheets and pages are checked against it. It is JSON of strings, whole numbers, truth values
and `null`; decimals travel as strings, so its canonical text has one digest on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError, model_validator

from assessor import __version__
from assessor.assessment import (
    Assessment,
    Line,
    RubricRef,
    Sha256,
    assessment_to_json,
)
from assessor.canonical import canonical_json, digest_of
from assessor.errors import AssessorError
from assessor.exchange.refusals import refused, validation_problems
from assessor.exchange.summary import ScoreSummary, summarise
from assessor.i18n import message
from assessor.rubrics.base import Model
from assessor.rubrics.json_text import read_plain, scan
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.card import ScoreCard

FORMAT_VERSION: Final = 1
PROGRAM: Final = "assessor"
ANONYMISED_ID: Final = "anonymised-"
"""How the id of a record begins from which the names were taken out."""


class ProgramRef(Model):
    """The program that wrote a payload."""

    name: Line
    version: Line


class HistoryRef(Model):
    """How far the history of the visit's file had come: its id, the number of entries, and the
    digest of the last of them, which covers all before it.
    """

    file: Line
    entries: Annotated[int, Field(ge=1)]
    head: Sha256


class Payload(Model):
    """What an export carries for machines.

    `assessment` holds the manifest of the evidence (names, sizes, SHA-256), never its bytes.
    `result` is what the writing program computed; a reader computes it again and compares.
    `anonymised` marks an export without names, which is never taken for a real one; the record's
    id says the same, so the mark cannot be dropped alone. `history` is absent there, and from what
    was exported before files kept one that can be checked.
    """

    format: Literal["assessor.payload"] = "assessor.payload"
    format_version: Literal[1] = 1
    program: ProgramRef
    rubric: RubricRef
    assessment: Assessment
    result: ScoreSummary
    history: HistoryRef | None = None
    anonymised: bool = False

    @model_validator(mode="after")
    def _marked_twice(self) -> Payload:
        if self.anonymised != is_anonymised(self.assessment):
            raise ValueError("the mark of an anonymised export and its record's id do not agree")
        return self

    def to_json(self) -> dict[str, object]:
        """Return the payload as JSON-ready data; the same payload always gives the same."""
        mark = {"anonymised": True} if self.anonymised else {}
        history = {"history": self.history.model_dump(mode="json")} if self.history else {}
        return {
            **history,
            **mark,
            "format": self.format,
            "format_version": self.format_version,
            "program": self.program.model_dump(mode="json"),
            "rubric": self.rubric.model_dump(mode="json"),
            "assessment": assessment_to_json(self.assessment),
            "result": self.result.model_dump(mode="json"),
        }


def build_payload(
    assessment: Assessment,
    rubric: LoadedRubric,
    card: ScoreCard,
    history: HistoryRef | None = None,
) -> dict[str, object]:
    """Return the payload of a visit that was scored with `rubric`, as JSON-ready data; `history`
    is where the history of its file ends.

    Raises `AssessorError` when the visit names another rubric, version or digest.
    """
    reference = RubricRef(id=rubric.rubric.id, version=rubric.rubric.version, digest=rubric.digest)
    if assessment.rubric != reference:
        raise AssessorError(
            message(
                "exchange.other_rubric",
                wanted=_named(assessment.rubric),
                given=_named(reference),
            )
        )
    return Payload(
        program=ProgramRef(name=PROGRAM, version=__version__),
        rubric=reference,
        assessment=assessment,
        result=summarise(card),
        history=history,
        anonymised=is_anonymised(assessment),
    ).to_json()


def is_anonymised(assessment: Assessment) -> bool:
    """Tell whether the names were taken out of a record."""
    return assessment.id.startswith(ANONYMISED_ID)


def payload_text(payload: Mapping[str, object]) -> str:
    """Return the canonical text of a payload, the one its digest is taken of."""
    return canonical_json(payload)


def payload_digest(payload: Mapping[str, object]) -> str:
    """Return the SHA-256 of the canonical text, 64 lower-case hex digits."""
    return digest_of(payload)


def parse_payload(text: str) -> Payload:
    """Read the text of a payload; raises `ProblemsError` for what is not one."""
    data = _json(text)
    if not isinstance(data, dict):
        raise AssessorError(message("exchange.payload_broken"))
    return read_payload(data)


def _json(text: str) -> object:
    try:
        return read_plain(text)
    except ValueError:
        # The careful reader also knows characters written as escapes.
        found = scan(text)
    return found.data if found.complete and not found.faults else None


def read_payload(data: Mapping[str, object]) -> Payload:
    """Read a payload from JSON data.

    Raises `ProblemsError` with the JSON path of everything that does not fit, `AssessorError` for a
    newer format, another rubric inside than outside, or data that is not in its canonical form
    (which this program never writes).
    """
    version = data.get("format_version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        known = FORMAT_VERSION
        raise AssessorError(message("exchange.payload_newer", found=version, known=known))
    try:
        payload = Payload.model_validate_json(json.dumps(data, allow_nan=False), strict=True)
    except (ValueError, TypeError) as error:
        problems = validation_problems(error) if isinstance(error, ValidationError) else ()
        raise refused("exchange.payload_refused", problems) from None
    if payload.assessment.rubric != payload.rubric:
        raise AssessorError(
            message(
                "exchange.other_rubric",
                wanted=_named(payload.assessment.rubric),
                given=_named(payload.rubric),
            )
        )
    if canonical_json(payload.to_json()) != canonical_json(data):
        raise AssessorError(message("exchange.payload_not_canonical"))
    return payload


def _named(reference: RubricRef) -> str:
    return f"{reference.id} {reference.version} ({reference.digest[:12]})"
