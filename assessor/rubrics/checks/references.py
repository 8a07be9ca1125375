"""Names that must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessor.i18n import message
from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import Lookup, option_values
from assessor.rubrics.criterion import Dimension, Repeat
from assessor.rubrics.gates import CycleParameter, DimensionFloorCheck, FormulaCheck, Gate
from assessor.rubrics.gates import ResultFloorCheck as ResultFloor
from assessor.rubrics.models import ApplicationType, Bonus
from assessor.rubrics.outcomes import (
    AnswerIs,
    CappedReading,
    CountReading,
    Group,
    ItemsReading,
    Outcome,
    TotalReading,
)
from assessor.rubrics.provenance import Provenance
from assessor.rubrics.refusals import suggestion
from assessor.rubrics.rule_models import (
    LevelsRule,
    LookupLevel,
    LookupRule,
    Measure,
    Option,
    QuantityInput,
    ReferencePoint,
)

BONUS, DEDUCTIONS = "bonus", "deductions"
"""The dimension of a bonus or deduction item that belongs to none of the tree."""


@dataclass(frozen=True)
class Reference:
    """A name, the place it stands in, and what it may be: `kind` is for people."""

    place: str
    subject: str
    kind: str
    name: str | None
    known: Iterable[str]


def check(lookup: Lookup) -> Findings:
    """Find names of dimensions, sources, profiles, tiers and so on that do not exist."""
    groups = (_criteria, _rules, _lookups, _measures, _gates, _outcomes)
    for group in (*groups, _answers, _groups, _sources, _others):
        for reference in group(lookup):
            yield from unknown(reference)


def unknown(reference: Reference) -> Findings:
    """Yield the problem of a name that is not known; nothing for `None`."""
    known = tuple(reference.known)
    if reference.name is not None and reference.name not in known:
        yield finding(
            "unknown_reference",
            reference.place,
            reference.subject,
            kind=message(f"rubric.kind_{reference.kind}"),
            name=reference.name,
            advice=suggestion(reference.name, known),
        )


def _listed(
    place: str, subject: str, kind: str, names: tuple[str, ...], known: Iterable[str]
) -> Iterator[Reference]:
    for at, name in enumerate(names):
        yield Reference(f"{place}[{at}]", subject, kind, name, known)


def _keyed(
    place: str, subject: str, kind: str, names: Iterable[str], known: Iterable[str]
) -> Iterator[Reference]:
    for name in names:
        yield Reference(f"{place}.{name}", subject, kind, name, known)


def _criteria(lookup: Lookup) -> Iterator[Reference]:
    targets = lookup.rubric.target_rank
    for part in lookup.criteria:
        item, place, subject = part.value, part.place, part.subject
        known = (*lookup.tree, *(() if part.in_base else (BONUS, DEDUCTIONS)))
        yield Reference(f"{place}.dimension", subject, "dimension", item.dimension, known)
        yield from _listed(f"{place}.profiles", subject, "profile", item.profiles, lookup.profiles)
        yield from _keyed(f"{place}.asked", subject, "target", item.asked, targets)
        maxima = item.maximum_by_profile
        here = f"{place}.maximum_by_profile"
        yield from _keyed(here, subject, "profile", maxima, item.profiles)
        if item.progress:
            named, here = item.progress.profiles, f"{place}.progress.profiles"
            yield from _listed(here, subject, "profile", named, item.profiles)
        if item.not_applicable:
            named, here = item.not_applicable.profiles, f"{place}.not_applicable.profiles"
            yield from _listed(here, subject, "profile", named, item.profiles)
        if item.contract:
            here, start = f"{place}.contract.from_option", item.contract.from_option
            yield Reference(here, subject, "option", start, option_values(item))


def _rules(lookup: Lookup) -> Iterator[Reference]:
    for part in lookup.find(Option):
        option, subject = part.value, part.subject
        yield Reference(
            f"{part.place}.tier", subject, "target", option.tier, lookup.rubric.tier_rank
        )
        texts, place = option.text_by_profile, f"{part.place}.text_by_profile"
        yield from _keyed(place, subject, "profile", texts, lookup.profiles)
    for rule in lookup.find(LevelsRule):
        for at, option in enumerate(rule.value.options):
            lower = [other.key for other in rule.value.options[:at]]
            place = f"{rule.place}.options[{at}].builds_on"
            yield Reference(place, rule.subject, "lower_option", option.builds_on, lower)


def _lookups(lookup: Lookup) -> Iterator[Reference]:
    for level in lookup.find(LookupLevel):
        place, tier = f"{level.place}.tier", level.value.tier
        yield Reference(place, level.subject, "target", tier, lookup.rubric.tier_rank)
    for rule in lookup.find(LookupRule):
        keys = [level.key for level in rule.value.levels]
        for at, row in enumerate(rule.value.table):
            place = f"{rule.place}.table[{at}].level"
            yield Reference(place, rule.subject, "option", row.level, keys)


def _measures(lookup: Lookup) -> Iterator[Reference]:
    for measure in lookup.find(Measure):
        inputs = [item.id for item in measure.value.inputs]
        place, names = f"{measure.place}.baseline", measure.value.baseline
        yield from _listed(place, measure.subject, "input", names, inputs)
    for part in lookup.find(QuantityInput):
        place = f"{part.place}.by_profile"
        yield from _keyed(place, part.subject, "profile", part.value.by_profile, lookup.profiles)


def _gates(lookup: Lookup) -> Iterator[Reference]:
    outcomes = [outcome.id for outcome in lookup.rubric.outcomes]
    for gate in lookup.find(Gate):
        place, names = f"{gate.place}.outcomes", gate.value.outcomes
        yield from _listed(place, gate.subject, "outcome", names, outcomes)
    for floor in lookup.find(DimensionFloorCheck):
        place, name = f"{floor.place}.dimension", floor.value.dimension
        yield Reference(place, floor.subject, "dimension", name, _scored(lookup))
    for result in lookup.find(ResultFloor):
        place, name = f"{result.place}.criterion", result.value.criterion
        yield Reference(place, result.subject, "criterion", name, lookup.rubric.criterion_by_id)
    yield from _cycles(lookup)


def _cycles(lookup: Lookup) -> Iterator[Reference]:
    open_parameters = {
        gate.id: [item.id for item in gate.check.parameters if item.value is None]
        for gate in lookup.rubric.gates
        if isinstance(gate.check, FormulaCheck)
    }
    for part in lookup.find(CycleParameter):
        gate, name = part.value.gate, part.value.parameter
        yield Reference(f"{part.place}.gate", part.subject, "gate", gate, open_parameters)
        if gate in open_parameters:
            known = open_parameters[gate]
            yield Reference(f"{part.place}.parameter", part.subject, "parameter", name, known)


def _outcomes(lookup: Lookup) -> Iterator[Reference]:
    targets = lookup.rubric.target_rank
    names = [outcome.id for outcome in lookup.rubric.outcomes]
    for at, part in enumerate(lookup.find(Outcome)):
        outcome, place, subject = part.value, part.place, part.subject
        yield Reference(f"{place}.target", subject, "target", outcome.target, targets)
        yield Reference(f"{place}.requires", subject, "lower_outcome", outcome.requires, names[:at])
        readings = [reading.id for reading in outcome.readings]
        yield from _listed(f"{place}.decided_by", subject, "reading", outcome.decided_by, readings)
        for index, reading in enumerate(outcome.readings):
            here = f"{place}.readings[{index}]"
            if not isinstance(reading, TotalReading):
                yield Reference(f"{here}.target", subject, "target", reading.target, targets)
            if isinstance(reading, ItemsReading | CappedReading | CountReading):
                tiers = lookup.rubric.tier_rank
                yield Reference(f"{here}.tier", subject, "target", reading.tier, tiers)
            if isinstance(reading, CountReading):
                groups = lookup.rubric.group_by_id
                yield Reference(f"{here}.group", subject, "group", reading.group, groups)


def _scored(lookup: Lookup) -> list[str]:
    """The dimensions that have a figure: those of the tree, and the levels above it."""
    return [dimension.id for dimension, _ in lookup.rubric.walk_dimensions()]


def _groups(lookup: Lookup) -> Iterator[Reference]:
    base = [item.id for item in lookup.rubric.criteria]
    for group in lookup.find(Group):
        place, names = f"{group.place}.criteria", group.value.criteria
        yield from _listed(place, group.subject, "criterion", names, base)
    for part in lookup.find(Dimension):
        weights, place = part.value.weight_by_profile, f"{part.place}.weight_by_profile"
        yield from _keyed(place, part.subject, "profile", weights, lookup.profiles)


def _answers(lookup: Lookup) -> Iterator[Reference]:
    criteria = lookup.rubric.criterion_by_id
    for part in lookup.find(AnswerIs):
        name = part.value.criterion
        yield Reference(f"{part.place}.criterion", part.subject, "criterion", name, criteria)
        keys = option_values(criteria[name]) if name in criteria else part.value.options
        yield from _listed(
            f"{part.place}.options", part.subject, "option", part.value.options, keys
        )
    for criterion in lookup.criteria:
        for at, link in enumerate(criterion.value.links):
            place, subject = f"{criterion.place}.links[{at}]", criterion.subject
            yield Reference(f"{place}.when", subject, "criterion", link.when, criteria)
            own = option_values(criterion.value)
            yield Reference(f"{place}.then", subject, "option", link.then, own)
            if link.when in criteria:
                theirs = option_values(criteria[link.when])
                yield Reference(f"{place}.option", subject, "option", link.option, theirs)


def _sources(lookup: Lookup) -> Iterator[Reference]:
    known = lookup.rubric.source_by_id
    for part in lookup.find(Provenance):
        place, names = f"{part.place}.source_ids", part.value.source_ids
        yield from _listed(place, part.subject, "source", names, known)
    for point in lookup.find(ReferencePoint):
        place, names = f"{point.place}.source_ids", point.value.source_ids
        yield from _listed(place, point.subject, "source", names, known)


def _others(lookup: Lookup) -> Iterator[Reference]:
    rubric = lookup.rubric
    for bonus in lookup.find(Bonus):
        outcomes = [outcome.id for outcome in rubric.outcomes]
        name = bonus.value.never_over
        yield Reference(f"{bonus.place}.never_over", BONUS, "outcome", name, outcomes)
    for kind in lookup.find(ApplicationType):
        place, target = f"{kind.place}.target", kind.value.target
        yield Reference(place, kind.subject, "target", target, rubric.target_rank)
    base = [item.id for item in rubric.criteria]
    for repeat in lookup.find(Repeat):
        place, names = f"{repeat.place}.criteria", repeat.value.criteria
        yield from _listed(place, repeat.subject, "criterion", names, base)
