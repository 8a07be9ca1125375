"""One visit as a value: who is assessed, what was answered, what was seen.

Everything is frozen; an edit makes a new `Assessment`. Whether answers fit a rubric is not known
here: `assessor.rules` checks that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from assessor.rubrics.base import DecimalText, Id, Key, Model, Words
from assessor.rubrics.criterion import EvidenceKind

FORMAT_VERSION = 1

Text = Annotated[str, StringConstraints(max_length=20_000)]
Line = Annotated[str, StringConstraints(max_length=500)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
AnswerKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-@]{0,160}$")]
"""A criterion's id, or `<criterion>@<unit>` inside a repeated block."""

Confidence = Literal["high", "medium", "low"]


class Contact(Model):
    """A person to reach at the enterprise."""

    name: Line = ""
    title: Line = ""
    phone: Line = ""


class Enterprise(Model):
    """The assessed enterprise; `form` holds further fields of the rubric's application form."""

    name: Words
    credit_code: Line = ""
    industry_code: Line = ""
    district: Line = ""
    cluster: Line = ""
    address: Line = ""
    legal_representative: Line = ""
    employees: Annotated[int, Field(ge=0)] | None = None
    main_products: Line = ""
    profile: Text = ""
    contact: Contact = Contact()
    form: dict[Id, Text] = Field(default_factory=dict)


class PanelMember(Model):
    """One of the assessors."""

    id: Id
    name: Words
    organisation: Line = ""
    role: Literal["leader", "member", "observer"] = "member"


class Visit(Model):
    """When, where and by whom; `kind` tells a self-assessment from a third party's.

    `walked` are the criteria ticked off on the walk through the factory: what was seen, whether it
    is answered yet or not. It changes no score and stands in no report.
    """

    kind: Literal["self", "third_party", "bureau"] = "third_party"
    project_name: Line = ""
    application_type: Id | None = None
    workshop: Line = ""
    date_from: date | None = None
    date_to: date | None = None
    panel: tuple[PanelMember, ...] = ()
    recusal: Text = ""
    walked: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Visit:
        if self.date_from and self.date_to and self.date_to < self.date_from:
            raise ValueError("the visit ends before it begins")
        return self


class Answer(Model):
    """What was found for one criterion: exactly one of the ways to answer.

    `option` for levels and yes/no; `options` or `none` for selections and checklists; `inputs` for
    a measured quantity, with `no_baseline` when there is no earlier figure at all and
    `industry_baseline` when the earlier figures are the industry's; `na` with its `reason`.
    """

    option: Key | None = None
    options: Annotated[tuple[Key, ...], Field(min_length=1)] | None = None
    none: Literal[True] | None = None
    inputs: dict[str, DecimalText] | None = None
    no_baseline: Literal[True] | None = None
    industry_baseline: bool = False
    na: Literal[True] | None = None
    reason: Text = ""
    other: Text = ""
    note: Text = ""
    confidence: Confidence | None = None
    by: Id | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Answer:
        measured = self.inputs is not None or self.no_baseline is not None
        ways = [self.option is not None, self.options is not None, bool(self.none), measured]
        if sum([*ways, bool(self.na)]) != 1:
            raise ValueError("an answer is exactly one of option, options, none, inputs, na")
        if self.na and not self.reason.strip():
            raise ValueError("not applicable needs a reason")
        return self


class Jotting(Model):
    """What was noted on a criterion that has no answer yet; it scores nothing.

    The answer takes it over when it is given, and leaves it behind when it is taken back.
    """

    note: Text = ""
    confidence: Confidence | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Jotting:
        if not self.note and self.confidence is None:
            raise ValueError("a jotting is a note, a confidence or both")
        return self


class GateAnswer(Model):
    """What was found for one gate: `confirmed` for declared gates, `inputs` for computed ones.

    Note and confidence may stand alone, before there is an answer: the gate is unknown then.
    """

    confirmed: bool | None = Field(default=None, alias="pass")
    inputs: dict[str, Line] = Field(default_factory=dict)
    note: Text = ""
    confidence: Confidence | None = None

    @property
    def answers(self) -> bool:
        """Whether anything is stated, rather than only noted."""
        return self.confirmed is not None or bool(self.inputs)

    @model_validator(mode="after")
    def _says_something(self) -> GateAnswer:
        if not self.answers and not self.note and self.confidence is None:
            raise ValueError("a gate answer is pass, inputs, a note or a confidence")
        return self


Share = Annotated[DecimalText, Field(ge=0, le=1)]


class Annotation(Model):
    """A mark over a picture, kept beside the picture and never in its bytes.

    The corners are shares (0 to 1) of width and height of the picture as it is seen, counted from
    the upper left. An arrow points from the first corner to the second; a text starts at the first.
    """

    kind: Literal["arrow", "rectangle", "text", "pixelate"]
    x1: Share
    y1: Share
    x2: Share
    y2: Share
    text: Line = ""

    @model_validator(mode="after")
    def _text_says_something(self) -> Annotation:
        if self.kind == "text" and not self.text.strip():
            raise ValueError("a text mark needs its text")
        return self


class EvidenceItem(Model):
    """A piece of evidence: where its bytes are (by digest) and what it shows.

    `width` and `height` are pixels of a picture as it is seen, 0 for anything else. `taken_at` is
    the time the file itself names, without a zone when it names none.
    """

    id: Id
    sha256: Sha256
    size: Annotated[int, Field(ge=0)]
    media_type: Line
    file_name: Line
    kind: EvidenceKind
    criteria: tuple[AnswerKey, ...] = ()
    gates: tuple[Id, ...] = ()
    caption: Text = ""
    about: date | None = None
    person: Line = ""
    taken_at: datetime | None = None
    added_at: datetime | None = None
    width: Annotated[int, Field(ge=0)] = 0
    height: Annotated[int, Field(ge=0)] = 0
    annotations: Annotated[tuple[Annotation, ...], Field(max_length=200)] = ()


class Finding(Model):
    """A problem found on site, to be put right by somebody by some day.

    `evidence` shows what was found, `recheck` what it looked like after it was put right.
    """

    id: Id
    criterion: Id
    text: Annotated[Text, StringConstraints(min_length=1)]
    severity: Literal["major", "minor", "observation"] = "minor"
    clause: Line = ""
    owner: Line = ""
    due: date | None = None
    evidence: tuple[Id, ...] = ()
    recheck: tuple[Id, ...] = ()
    state: Literal["open", "rectified", "verified"] = "open"


class PlatformResult(Model):
    """The score an official platform gave; it counts only when dated and evidenced."""

    score: DecimalText
    issued: date | None = None
    evidence: tuple[Id, ...] = ()


class Unit(Model):
    """One of several workshops or lines a repeated block is answered for."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{1,40}$")]
    name: Words


class SelfAssessment(Model):
    """The enterprise's own answers, kept beside the assessor's."""

    answers: dict[AnswerKey, Answer]
    made_on: date | None = None
    by: Line = ""


class ExpertOpinions(Model):
    """What one expert of the panel said before the panel settled anything."""

    answers: dict[AnswerKey, Answer] = Field(default_factory=dict)


class Calibration(Model):
    """How far a member of the panel agreed with experts' answers to a gold set before the season.

    `set_digest` names exactly which cases and answers; `percent` is the share of answers alike (0
    to 100, one digit), `kappa` the weighted kappa (three digits), absent where it is not defined.
    It counts for visits under `rubric_id` in `cycle`, until `valid_until` where that is given.
    """

    name: Words
    key_id: Line = ""
    set_id: Id
    set_title: Line
    set_digest: Sha256
    invented: bool = False
    rubric_id: Id
    cycle: Id
    made_on: date
    valid_until: date | None = None
    items: Annotated[int, Field(ge=1)]
    alike: Annotated[int, Field(ge=0)]
    percent: DecimalText
    kappa: DecimalText | None = None


class SignOff(Model):
    """Somebody's declaration that the record is theirs."""

    name: Words
    role: Line
    statement: Text
    signed_at: datetime
    signature: Id | None = None


class RubricRef(Model):
    """Exactly which rubric the answers are for."""

    id: Id
    version: Words
    digest: Sha256


TableRow = dict[str, Line]


class Assessment(Model):
    """The whole record of one visit at one moment."""

    format_version: Literal[1] = 1
    id: Id
    revision: Annotated[int, Field(ge=1)] = 1
    rubric: RubricRef
    cycle: Id
    profile: Id
    target: Id
    enterprise: Enterprise
    visit: Visit = Visit()
    answers: dict[AnswerKey, Answer] = Field(default_factory=dict)
    jottings: dict[AnswerKey, Jotting] = Field(default_factory=dict)
    gates: dict[Id, GateAnswer] = Field(default_factory=dict)
    indicators: dict[Id, Answer] = Field(default_factory=dict)
    tables: dict[Id, tuple[TableRow, ...]] = Field(default_factory=dict)
    units: dict[Id, tuple[Unit, ...]] = Field(default_factory=dict)
    evidence: tuple[EvidenceItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    platform_results: dict[Id, PlatformResult] = Field(default_factory=dict)
    self_assessment: SelfAssessment | None = None
    opinions: dict[Id, ExpertOpinions] = Field(default_factory=dict)
    calibrations: Annotated[tuple[Calibration, ...], Field(max_length=200)] = ()
    sign_offs: tuple[SignOff, ...] = ()

    @cached_property
    def _evidence_by_criterion(self) -> dict[str, tuple[EvidenceItem, ...]]:
        found: dict[str, dict[str, EvidenceItem]] = {}
        for item in self.evidence:
            for key in item.criteria:
                found.setdefault(key.partition("@")[0], {})[item.id] = item
        return {criterion: tuple(items.values()) for criterion, items in found.items()}

    def evidence_for(self, criterion: str) -> tuple[EvidenceItem, ...]:
        """Return the evidence that serves a criterion, in any of its units."""
        return self._evidence_by_criterion.get(criterion, ())


def answer_key(criterion: str, unit: str | None = None) -> str:
    """Return the key under which an answer is kept."""
    return criterion if unit is None else f"{criterion}@{unit}"


def assessment_to_json(assessment: Assessment) -> dict[str, object]:
    """Return the record as JSON-ready data: aliases used, unset fields left out."""
    data: dict[str, object] = assessment.model_dump(
        mode="json", by_alias=True, exclude_defaults=True
    )
    return {"format_version": FORMAT_VERSION, **data}


def assessment_from_json(data: Mapping[str, object]) -> Assessment:
    """Read a record back; raises pydantic's `ValidationError` when it does not fit the model."""
    return Assessment.model_validate(data)
