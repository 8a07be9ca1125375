"""Nothing hangs in the air: criteria sit in leaves, leaves are filled, outcomes use them all."""

from __future__ import annotations

from assessor.rubrics.checks.finding import Findings, finding, warning
from assessor.rubrics.checks.lookup import ONE, ZERO, Lookup, Part
from assessor.rubrics.criterion import Criterion, Dimension
from assessor.rubrics.outcomes import Outcome, TotalReading
from assessor.rubrics.per_level import level_dimension


def check(lookup: Lookup) -> Findings:
    """Check that every criterion counts somewhere and every target leads to an outcome."""
    yield from _dimensions(lookup)
    used = _used_targets(lookup)
    for part in lookup.base_criteria:
        yield from _asked(lookup, part, used)
    for part in lookup.criteria:
        yield from _not_applicable(part)
        if not part.in_base:
            yield from _extra(part)
    for at, target in enumerate(lookup.rubric.targets):
        if target.id not in used:
            yield warning("target_unused", f"targets[{at}]", target.id)


def _dimensions(lookup: Lookup) -> Findings:
    filled = {part.value.dimension for part in lookup.base_criteria}
    yield from _empty_levels(lookup, filled)
    written = (
        lookup.dimensions if lookup.rubric.per_level is None else _at_any_level(lookup, filled)
    )
    for name, part in written.items():
        if not part.value.children and name not in filled:
            yield finding("empty_dimension", part.place, name)
    for criterion in lookup.base_criteria:
        found = lookup.tree.get(criterion.value.dimension)
        if found is not None and found.value.children:
            place = f"{criterion.place}.dimension"
            yield finding("not_a_leaf", place, criterion.subject, name=found.value.id)


def _at_any_level(lookup: Lookup, filled: set[str]) -> dict[str, Part[Dimension]]:
    """Return the leaves nobody is asked in at any level."""
    levels = lookup.rubric.per_level.levels if lookup.rubric.per_level else ()
    return {
        name: part
        for name, part in lookup.dimensions.items()
        if not any(level_dimension(level.id, name) in filled for level in levels)
    }


def _empty_levels(lookup: Lookup, filled: set[str]) -> Findings:
    rule = lookup.rubric.per_level
    for at, level in enumerate(rule.levels if rule else ()):
        if not any(level_dimension(level.id, name) in filled for name in lookup.dimensions):
            yield finding("empty_level", f"per_level.levels[{at}]", level.id)


def _used_targets(lookup: Lookup) -> set[str]:
    """Return the targets whose items some outcome reads; a form without outcomes reads all."""
    if lookup.rubric.collects:
        return set(lookup.rubric.target_rank)
    used = set()
    for part in lookup.find(Outcome):
        used.add(part.value.target)
        for reading in part.value.readings:
            if not isinstance(reading, TotalReading):
                used.add(reading.target)
    return used


def _asked(lookup: Lookup, part: Part[Criterion], used: set[str]) -> Findings:
    asked = part.value.asked
    if not used & set(asked):
        yield finding("unused_criterion", f"{part.place}.asked", part.subject)
    required = False
    for target in lookup.rubric.targets:
        if required and asked.get(target.id) != "required":
            place = f"{part.place}.asked.{target.id}"
            yield finding("asked_gap", place, part.subject, target=target.id)
        required = required or asked.get(target.id) == "required"


def _extra(part: Part[Criterion]) -> Findings:
    """A bonus or deduction item beside the base must not count among the required ones."""
    for target, asked in part.value.asked.items():
        if asked == "required":
            yield finding("extra_required", f"{part.place}.asked.{target}", part.subject)


def _not_applicable(part: Part[Criterion]) -> Findings:
    licence, place = part.value.not_applicable, f"{part.place}.not_applicable"
    if licence is None:
        return
    if (licence.policy == "anchor") != (licence.anchor_share is not None):
        yield finding("anchor_share", place, part.subject, policy=licence.policy)
    if licence.anchor_share is not None and not ZERO <= licence.anchor_share <= ONE:
        here = f"{place}.anchor_share"
        yield finding("share_range", here, part.subject, value=licence.anchor_share)
