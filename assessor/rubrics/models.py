"""The rubric: everything an evaluation needs to know, as one frozen value read from JSON."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from assessor.rubrics.base import DecimalText, Id, LocalText, Model, Words
from assessor.rubrics.body import Body, BodyField
from assessor.rubrics.criterion import Criterion, Dimension, Repeat, Table
from assessor.rubrics.gates import Cycle, Gate
from assessor.rubrics.outcomes import Contradiction, Group, Outcome
from assessor.rubrics.per_level import PerLevel, expanded
from assessor.rubrics.provenance import Provenance, Source
from assessor.rubrics.rule_models import Measure

FORMAT_VERSION = 1


class Profile(Model):
    """A kind of enterprise the rubric tells apart, such as discrete and process industry."""

    id: Id
    name: LocalText


class Target(Model):
    """A tier that can be aimed at; ordered from lowest to highest in the rubric."""

    id: Id
    name: LocalText
    level: LocalText | None = None
    provenance: Provenance


class Status(Model):
    """What the reader must be told about the rubric's standing.

    `derived` puts `notice` on the verdict page, the first sheet and into the window.
    """

    derived: bool
    notice: LocalText
    official_parts: tuple[LocalText, ...] = ()


class Indicator(Measure):
    """A measured figure that is reported and never scored."""

    id: Id
    name: LocalText
    question: LocalText
    note: LocalText | None = None
    provenance: Provenance


class Bonus(Model):
    """Items that add to the base, together at most `cap`, the total at most `ceiling`.

    A base below the line of outcome `never_over` is not lifted over it.
    """

    cap: DecimalText
    ceiling: DecimalText
    never_over: Id | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    provenance: Provenance


class Deductions(Model):
    """Items whose value is taken from the total, which never falls below `floor`."""

    floor: DecimalText
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    provenance: Provenance


class FormField(Model):
    """A field of the official application form."""

    id: Id
    label: LocalText
    type: Words
    unit: LocalText | None = None
    note: LocalText | None = None


class FormSection(Model):
    """A part of the official application form."""

    id: Id
    title: LocalText
    fields: tuple[FormField, ...]
    provenance: Provenance


class ProcessNote(Model):
    """A fact of the procedure: who reviews, when, how many. Never a gate."""

    id: Id
    title: LocalText | None = None
    text: LocalText
    provenance: Provenance


class ApplicationType(Model):
    """A kind of application an enterprise can choose, with what it is looked at for."""

    id: Id
    name: LocalText
    target: Id
    focus: tuple[LocalText, ...]
    provenance: Provenance


class GoldenExpectation(Model):
    """The figures a golden case must give; those not named are not checked.

    `distances` and `ways` are by criterion and target: what is missing, and percent of the way.
    """

    total: DecimalText | None = None
    maximum: DecimalText | None = None
    lowest_possible: DecimalText | None = None
    highest_possible: DecimalText | None = None
    complete: bool | None = None
    result: Id | None = None
    outcomes: dict[Id, Literal["reached", "not_reached", "undecided", "not_assessed"]] = Field(
        default_factory=dict
    )
    readings: dict[Id, dict[Id, DecimalText]] = Field(default_factory=dict)
    dimensions: dict[Id, DecimalText] = Field(default_factory=dict)
    results: dict[Id, DecimalText] = Field(default_factory=dict)
    distances: dict[Id, dict[Id, DecimalText]] = Field(default_factory=dict)
    ways: dict[Id, dict[Id, DecimalText]] = Field(default_factory=dict)
    gates: dict[Id, Literal["pass", "fail", "unknown"]] = Field(default_factory=dict)


class GoldenBase(Model):
    """Where a golden case starts: every single-choice criterion at its first option, its last, or
    the best option within a tier (the first where there is none)."""

    options: Literal["first", "last", "tier"]
    tier: Id | None = None
    gates: Literal["pass", "unanswered"] = "pass"


class GoldenCase(Model):
    """Answers and the result they must give, in the answer format of `assessor fill`.

    With `own_weights` the weights that are to be entered are those of `weights`, made up for the
    case, and no others: what comes out stays the same when the real ones are entered.
    """

    id: Id
    text: LocalText
    profile: Id
    target: Id
    cycle: Id
    base: GoldenBase | None = None
    answers: dict[str, dict[str, object]] = Field(default_factory=dict)
    unanswered: tuple[Id, ...] = ()
    own_weights: bool = False
    weights: dict[Id, DecimalText] = Field(default_factory=dict)
    gates: dict[str, dict[str, object]] = Field(default_factory=dict)
    tables: dict[str, tuple[dict[str, str], ...]] = Field(default_factory=dict)
    expect: GoldenExpectation


class Rubric(Model):
    """A whole rubric.

    `targets`, `tiers`, `outcomes` and the options of levels are ordered from lowest to highest; a
    later target includes the earlier. `tiers` are what options reach where that is something else
    than what a visit aims at. With `per_level` the dimensions are evaluated once for each level.
    Ids are stable across versions. Without `outcomes` the rubric is a collection form: nothing in
    it is worth points. Without `body` enterprises are assessed.
    """

    schema_: Annotated[str, Field(alias="$schema")] = ""
    format_version: Literal[1]
    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    title: LocalText
    short_title: LocalText
    summary: LocalText
    status: Status
    body: Body | None = None
    total: DecimalText | None = None
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    profiles: Annotated[tuple[Profile, ...], Field(min_length=1)]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    tiers: tuple[Target, ...] = ()
    cycles: Annotated[tuple[Cycle, ...], Field(min_length=1)]
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    per_level: PerLevel | None = None
    groups: tuple[Group, ...] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    bonus: Bonus | None = None
    deductions: Deductions | None = None
    indicators: tuple[Indicator, ...] = ()
    tables: tuple[Table, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    gates: tuple[Gate, ...] = ()
    outcomes: tuple[Outcome, ...]
    contradictions: tuple[Contradiction, ...] = ()
    application_types: tuple[ApplicationType, ...] = ()
    form: tuple[FormSection, ...] = ()
    process: tuple[ProcessNote, ...] = ()
    known_gaps: tuple[ProcessNote, ...] = ()
    golden: tuple[GoldenCase, ...] = ()

    @property
    def collects(self) -> bool:
        """Whether figures are only collected: there is no total and no outcome."""
        return not self.outcomes

    def body_label(self, field: BodyField) -> LocalText | None:
        """Return what another body than an enterprise calls a field; `None` where it has none."""
        return self.body.fields.get(field) if self.body else None

    def has_field(self, field: BodyField) -> bool:
        """Return whether the assessed body has a field; an enterprise has them all."""
        return self.body is None or field in self.body.fields

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def every_criterion(self) -> tuple[Criterion, ...]:
        """The criteria that are answered: base, bonus and deductions, in order."""
        bonus = self.bonus.criteria if self.bonus else ()
        deductions = self.deductions.criteria if self.deductions else ()
        return self.criteria + bonus + deductions

    @cached_property
    def criterion_by_id(self) -> dict[str, Criterion]:
        """All criteria by id."""
        return {criterion.id: criterion for criterion in self.every_criterion}

    @cached_property
    def tree(self) -> tuple[Dimension, ...]:
        """The dimensions as they are scored: those written, or a copy of them for each level."""
        if self.per_level is None:
            return self.dimensions
        return tuple(expanded(self.per_level, self.dimensions))

    @cached_property
    def plain_sums(self) -> frozenset[str]:
        """The dimensions whose points reach the total unchanged."""
        summed: dict[int, bool] = {}
        found = []
        for dimension, depth in self.walk_dimensions():
            summed[depth] = dimension.combine == "sum" and summed.get(depth - 1, True)
            if summed[depth]:
                found.append(dimension.id)
        return frozenset(found)

    @cached_property
    def group_by_id(self) -> dict[str, Group]:
        """The groups of criteria by id."""
        return {group.id: group for group in self.groups}

    @property
    def ladder(self) -> tuple[Target, ...]:
        """The tiers an answer can reach, lowest first: `tiers`, or the targets without any."""
        return self.tiers or self.targets

    @cached_property
    def tier_rank(self) -> dict[str, int]:
        """Tier id -> 1, 2, 3 ... from the lowest; 0 is no tier."""
        return {tier.id: rank for rank, tier in enumerate(self.ladder, start=1)}

    @cached_property
    def target_rank(self) -> dict[str, int]:
        """Target id -> 1, 2, 3 ... from the lowest; 0 is no tier."""
        return {target.id: rank for rank, target in enumerate(self.targets, start=1)}

    def walk_dimensions(self) -> Iterator[tuple[Dimension, int]]:
        """Yield every dimension that is scored with its depth (0 at the top), parents first."""

        def walk(nodes: tuple[Dimension, ...], depth: int) -> Iterator[tuple[Dimension, int]]:
            for node in nodes:
                yield node, depth
                yield from walk(node.children, depth + 1)

        return walk(self.tree, 0)

    def criteria_for(self, profile: str) -> tuple[Criterion, ...]:
        """Return the base criteria asked of `profile`, in order."""
        return tuple(item for item in self.criteria if profile in item.profiles)

    def find_criterion(self, name: str) -> Criterion | None:
        """Return the criterion with this id or printed number, or `None`."""
        if name in self.criterion_by_id:
            return self.criterion_by_id[name]
        return next((item for item in self.every_criterion if item.number == name), None)
