"""Whether a payload holds by itself: its rubric, its answers, and the result it claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from assessor.assessment import Assessment, RubricRef
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.exchange.payload import Payload, parse_payload, payload_text
from assessor.exchange.signature import UNSIGNED, Signed, sm3_of_bytes
from assessor.exchange.summary import summarise
from assessor.i18n import message
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.document import Document
from assessor.reports.verify_words import told
from assessor.rubrics.json_text import Path as JsonPath
from assessor.rubrics.json_text import path_text
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.answers import check_assessment
from assessor.rules.card import ScoreCard
from assessor.scoring import score

FindRubric = Callable[[RubricRef], LoadedRubric]
"""Gives the rubric of exactly that digest; raises `AssessorError` naming what there is instead."""


@dataclass(frozen=True)
class Source:
    """What a report is held against: a payload, its digest, its rubric, and the score anew.

    `entries` has number -> digest of the history of a visit, and nothing of an export.
    """

    payload: Payload
    digest: str
    loaded: LoadedRubric
    card: ScoreCard
    entries: Mapping[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The canonical text of the payload, the one that is signed."""
        return payload_text(self.payload.to_json())

    def document(self, options: ReportOptions, signed: Signed = UNSIGNED) -> Document:
        """Return the report as it must be, with the signature it carries."""
        from assessor.reports.build.document import build_document  # noqa: PLC0415 (only when used)

        program = self.payload.program
        source = ReportSource(
            rubric=self.loaded.rubric,
            rubric_digest=self.loaded.digest,
            assessment=self.payload.assessment,
            card=self.card,
            payload_digest=self.digest,
            program=f"{program.name} {program.version}",
            history=self.payload.history,
            payload_sm3=sm3_of_bytes(self.text.encode("utf-8", "surrogatepass")),
            signed=signed,
        )
        return build_document(source, options)


@dataclass(frozen=True)
class Checked:
    """A payload and everything wrong with it; without `source` it cannot be scored at all."""

    payload: Payload | None
    source: Source | None
    problems: tuple[Problem, ...]


def check_payload(text: str, digest: str, find_rubric: FindRubric) -> Checked:
    """Read a payload, find its rubric, and hold its result against the score computed anew."""
    try:
        payload = parse_payload(text)
    except ProblemsError as error:
        return Checked(None, None, (Problem(error.message), *error.problems))
    except AssessorError as error:
        return Checked(None, None, (Problem(error.message),))
    try:
        loaded = find_rubric(payload.rubric)
    except AssessorError as error:
        return Checked(payload, None, (_no_rubric(payload.rubric, error),))
    return _scored(payload, digest, loaded)


def _no_rubric(wanted: RubricRef, error: AssessorError) -> Problem:
    said = message(
        "verify.no_rubric",
        id=wanted.id,
        version=wanted.version,
        digest=wanted.digest[:12],
        reason=error.message,
    )
    return Problem(said, subject=wanted.id, fix=message("verify.no_rubric_fix"))


def _scored(payload: Payload, digest: str, loaded: LoadedRubric) -> Checked:
    misfits = tuple(_misfits(loaded, payload.assessment))
    if misfits:
        return Checked(payload, None, misfits)
    source = Source(payload, digest, loaded, score(loaded.rubric, payload.assessment))
    claimed = payload.result.model_dump(mode="json")
    computed = summarise(source.card).model_dump(mode="json")
    return Checked(payload, source, tuple(_other_result(("result",), claimed, computed)))


def _misfits(loaded: LoadedRubric, assessment: Assessment) -> Iterator[Problem]:
    """Yield what in the answers, the enterprise's own too, does not fit the rubric."""
    yield from check_assessment(loaded.rubric, assessment)
    own = assessment.self_assessment
    if own is not None:
        told = assessment.model_copy(update={"answers": own.answers})
        for problem in check_assessment(loaded.rubric, told):
            if problem.place.startswith("answers."):
                yield replace(problem, place=f"self_assessment.{problem.place}")


def _other_result(at: JsonPath, claimed: object, computed: object) -> Iterator[Problem]:
    """Yield a problem for every field in which the claimed result is not the computed one."""
    if isinstance(claimed, dict) and isinstance(computed, dict):
        for key in computed:
            yield from _other_result((*at, key), claimed[key], computed[key])
    elif isinstance(claimed, list) and isinstance(computed, list):
        for number, pair in enumerate(zip_longest(claimed, computed)):
            yield from _other_result((*at, number), *pair)
    elif claimed != computed:
        said = message("verify.result_differs", expected=_shown(computed), found=_shown(claimed))
        yield Problem(said, place=path_text(at), fix=message("verify.result_differs_fix"))


def _shown(value: object) -> object:
    if isinstance(value, (dict, list)):
        return message("verify.entries", count=len(value))
    return told("" if value is None else str(value))
