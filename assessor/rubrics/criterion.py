"""One criterion of a rubric, and the places it hangs in: dimensions, tables, repeated blocks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assessor.rubrics.base import DecimalText, Id, Key, LocalText, Model, Words
from assessor.rubrics.progress import Progress
from assessor.rubrics.provenance import Provenance
from assessor.rubrics.rule_models import RuleModel

EvidenceKind = Literal[
    "document",
    "screenshot",
    "record",
    "interview",
    "observation",
    "certificate",
    "contract",
    "log",
    "photo",
]
Place = Literal[
    "line",
    "warehouse",
    "control_room",
    "server_room",
    "meeting_room",
    "design_office",
    "quality_lab",
    "utility_station",
]
Person = Literal[
    "plant_manager",
    "it_lead",
    "production_lead",
    "quality_lead",
    "equipment_lead",
    "process_engineer",
    "design_lead",
    "logistics_lead",
    "ehs_lead",
    "energy_lead",
    "finance_lead",
    "hr_lead",
    "sales_lead",
    "service_lead",
    "procurement_lead",
    "operator",
]
Asked = Literal["required", "optional"]
Combine = Literal["sum", "mean", "weighted_mean", "minimum"]


class Dimension(Model):
    """A node of the tree criteria hang in.

    `combine` says how the children's figures make this one; `weight` is the points of the dimension
    (the linter holds it against the criteria below) or, below a weighted mean, the weight.
    `weight_by_profile` replaces it for a profile. `weight_to_enter`: the source has a weight the
    rubric does not know yet; until it is entered, nothing above has a figure. From a share of
    `counts_whole_from` (0 to 1, compared with two digits) the dimension counts as whole.
    """

    id: Id
    number: Words | None = None
    name: LocalText
    weight: DecimalText | None = None
    weight_by_profile: dict[Id, DecimalText] = Field(default_factory=dict)
    weight_to_enter: bool = False
    combine: Combine = "sum"
    counts_whole_from: DecimalText | None = None
    why: LocalText | None = None
    children: tuple[Dimension, ...] = ()
    provenance: Provenance | None = None

    def weight_for(self, profile: str) -> DecimalText | None:
        """Return the weight in `profile`, `None` where there is none."""
        return self.weight_by_profile.get(profile, self.weight)


class WantedEvidence(Model):
    """A concrete proof to ask for."""

    kind: EvidenceKind
    text: LocalText


class EvidenceContract(Model):
    """How much proof an answer needs: from option `from_option` upwards (any answer that scores
    when none is named) at least `minimum` items, of any of `kinds` where some are named.

    A shortfall is listed and lowers confidence; the score stays.
    """

    from_option: Key | None = None
    kinds: tuple[EvidenceKind, ...] = ()
    minimum: Annotated[int, Field(ge=1)] = 1
    provenance: Provenance


class NotApplicable(Model):
    """The licence to leave a criterion out, for all profiles or those named.

    `reweight` shares its points out over the rest of its dimension in proportion; `leave_out` takes
    them from the maximum; `zero` counts nothing; `anchor` counts `anchor_share` of the maximum.
    """

    policy: Literal["reweight", "leave_out", "zero", "anchor"]
    profiles: tuple[Id, ...] = ()
    anchor_share: DecimalText | None = None
    note: LocalText | None = None
    provenance: Provenance


class Link(Model):
    """While criterion `when` is answered with `option`, this criterion's answer is `then`."""

    when: Id
    option: Key
    then: Key
    provenance: Provenance


class Criterion(Model):
    """One question of the rubric with everything an assessor needs to answer it.

    `text_to_enter`: the wording belongs to a source the rubric does not quote; until somebody who
    has the source enters it, the question only says where it stands. A `maximum` of 0 is a question
    that reaches tiers and is worth no points.
    """

    id: Id
    number: Words
    dimension: Id
    title: LocalText
    question: LocalText
    text_to_enter: bool = False
    profiles: Annotated[tuple[Id, ...], Field(min_length=1)]
    asked: dict[Id, Asked]
    maximum: DecimalText
    maximum_by_profile: dict[Id, DecimalText] = Field(default_factory=dict)
    weight_provenance: Provenance
    provenance: Provenance
    rule: RuleModel
    progress: Progress | None = None
    look_for: tuple[LocalText, ...] = ()
    evidence: tuple[WantedEvidence, ...] = ()
    contract: EvidenceContract | None = None
    not_applicable: NotApplicable | None = None
    links: tuple[Link, ...] = ()
    cautions: tuple[LocalText, ...] = ()
    place: Place = "meeting_room"
    people: tuple[Person, ...] = ()
    minutes: Annotated[int, Field(ge=1, le=120)] = 5
    crosswalk: dict[Id, tuple[Words, ...]] = Field(default_factory=dict)

    def progress_in(self, profile: str) -> Progress | None:
        """Return the baseline and targets that are for `profile`, if there are any."""
        found = self.progress
        if found is None or (found.profiles and profile not in found.profiles):
            return None
        return found

    def maximum_for(self, profile: str) -> DecimalText:
        """Return the most points this criterion can give in `profile`."""
        return self.maximum_by_profile.get(profile, self.maximum)


class TableColumn(Model):
    """A column of a table that is filled during the visit."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: LocalText
    type: Literal["text", "count", "number", "yes_no", "date"]
    required: bool = False
    note: LocalText | None = None


class RowCheck(Model):
    """A condition each row must meet, written over the ids of its columns."""

    condition: Words
    text: LocalText


class Table(Model):
    """A table of the visit, such as the equipment ledger, from which inputs can be computed."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: LocalText
    note: LocalText | None = None
    columns: Annotated[tuple[TableColumn, ...], Field(min_length=1)]
    row_checks: tuple[RowCheck, ...] = ()


class Repeat(Model):
    """A block of criteria answered once for each unit (workshop, line), then combined for each."""

    id: Id
    name: LocalText
    criteria: Annotated[tuple[Id, ...], Field(min_length=1)]
    combine: Literal["mean", "minimum", "maximum"]
    provenance: Provenance
