"""Weights and points that must add up, in every profile."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.rubrics.checks.finding import Findings, finding, warning
from assessor.rubrics.checks.lookup import ONE, ZERO, Lookup
from assessor.rubrics.criterion import Dimension

_HUNDRED = Decimal(100)


def check(lookup: Lookup) -> Findings:
    """Hold criteria against dimensions, dimensions against the total, bonus against its cap."""
    yield from _signs(lookup)
    for place, dimension, in_points in _dimensions(lookup):
        if dimension.combine == "weighted_mean":
            yield from _mean_weights(place, dimension)
        elif dimension.combine == "sum" and in_points and dimension.weight is not None:
            yield from _held(lookup, f"{place}.weight", dimension, dimension.weight)
    yield from _total(lookup)
    yield from _bonus(lookup)
    yield from _deductions(lookup)


def points(lookup: Lookup, dimension: Dimension, profile: str) -> Decimal:
    """Return the points of all base criteria in and below a dimension for a profile."""
    own = [
        part.value.maximum_for(profile)
        for part in lookup.base_criteria
        if part.value.dimension == dimension.id and profile in part.value.profiles
    ]
    return sum(own, ZERO) + sum((points(lookup, d, profile) for d in dimension.children), ZERO)


def _dimensions(lookup: Lookup) -> Iterator[tuple[str, Dimension, bool]]:
    """Yield each dimension with its place and whether its weight means points."""

    def below(
        place: str, nodes: tuple[Dimension, ...], plain: bool
    ) -> Iterator[tuple[str, Dimension, bool]]:
        for at, node in enumerate(nodes):
            here = f"{place}[{at}]"
            yield here, node, plain
            yield from below(f"{here}.children", node.children, plain and node.combine == "sum")

    return below("dimensions", lookup.rubric.dimensions, True)


def _held(lookup: Lookup, place: str, dimension: Dimension, weight: Decimal) -> Findings:
    for profile in lookup.profiles:
        found = points(lookup, dimension, profile)
        if found != weight:
            yield finding(
                "dimension_sum",
                place,
                dimension.id,
                profile=profile,
                found=found,
                weight=weight,
                difference=weight - found,
            )
    children = [child.weight for child in dimension.children]
    known = [child for child in children if child is not None]
    if known and len(known) == len(children) and sum(known) != weight:
        yield finding("child_weights", place, dimension.id, found=sum(known), weight=weight)


def _mean_weights(place: str, dimension: Dimension) -> Findings:
    weights = [child.weight for child in dimension.children]
    known = [weight for weight in weights if weight is not None]
    for at, weight in enumerate(weights):
        if weight is None:
            yield finding("no_weight", f"{place}.children[{at}]", dimension.children[at].id)
    wanted = {ONE, _HUNDRED, dimension.weight}
    if known and len(known) == len(weights) and sum(known) not in wanted:
        yield finding("mean_weights", f"{place}.children", dimension.id, found=sum(known))


def _signs(lookup: Lookup) -> Findings:
    for part in lookup.criteria:
        if part.value.maximum <= 0 and not lookup.rubric.collects:
            yield finding("not_positive", f"{part.place}.maximum", part.subject)
        for profile, value in part.value.maximum_by_profile.items():
            if value < 0:
                place = f"{part.place}.maximum_by_profile.{profile}"
                yield finding("negative", place, part.subject, value=value)
    for dimension in lookup.find(Dimension):
        if dimension.value.weight is not None and dimension.value.weight <= 0:
            yield finding("not_positive", f"{dimension.place}.weight", dimension.subject)


def base_total(lookup: Lookup, profile: str) -> Decimal:
    """Return the points of all base criteria for a profile."""
    items = lookup.rubric.criteria_for(profile)
    return sum((item.maximum_for(profile) for item in items), ZERO)


def _total(lookup: Lookup) -> Findings:
    totals = {profile: base_total(lookup, profile) for profile in lookup.profiles}
    declared = lookup.rubric.total
    for profile, found in totals.items():
        if declared is not None and found != declared:
            yield finding("total_sum", "total", "", profile=profile, found=found, total=declared)
    if declared is None and len(set(totals.values())) > 1:
        shown = ", ".join(f"{profile} {found}" for profile, found in totals.items())
        yield warning("totals_differ", "criteria", "", totals=shown)


def _bonus(lookup: Lookup) -> Findings:
    bonus = lookup.rubric.bonus
    if bonus is None:
        return
    most = sum((item.maximum for item in bonus.criteria), ZERO)
    if not 0 < bonus.cap <= most:
        yield finding("bonus_cap", "bonus.cap", "bonus", cap=bonus.cap, most=most)
    base = max(base_total(lookup, profile) for profile in lookup.profiles)
    if bonus.ceiling < base:
        yield finding("bonus_ceiling", "bonus.ceiling", "bonus", ceiling=bonus.ceiling, base=base)


def _deductions(lookup: Lookup) -> Findings:
    deductions = lookup.rubric.deductions
    if deductions and deductions.floor < 0:
        place = "deductions.floor"
        yield finding("negative", place, "deductions", value=deductions.floor)
