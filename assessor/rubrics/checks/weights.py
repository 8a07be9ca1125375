"""Weights and points that must add up, in every profile."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.rubrics.checks.finding import Findings, finding, warning
from assessor.rubrics.checks.lookup import ONE, ZERO, Lookup, Part
from assessor.rubrics.criterion import Criterion, Dimension
from assessor.rubrics.rule_models import LevelsRule, LookupRule, SelectionRule

_HUNDRED = Decimal(100)


def check(lookup: Lookup) -> Findings:
    """Hold criteria against dimensions, dimensions against the total, bonus against its cap."""
    yield from _signs(lookup)
    for place, dimension, in_points in _dimensions(lookup):
        if dimension.combine == "weighted_mean":
            wanted = tuple(map(dimension.weight_for, lookup.profiles))
            yield from _mean_weights(
                lookup, f"{place}.children", dimension.id, dimension.children, wanted
            )
        elif dimension.combine == "sum" and in_points and dimension.weight is not None:
            yield from _held(lookup, f"{place}.weight", dimension, dimension.weight)
        yield from _whole_from(
            f"{place}.counts_whole_from", dimension.id, dimension.counts_whole_from
        )
    yield from _levels(lookup)
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


def _mean_weights(
    lookup: Lookup,
    place: str,
    subject: str,
    children: tuple[Dimension, ...],
    wanted: tuple[Decimal | None, ...],
) -> Findings:
    """Hold the weights of a mean's children against 1, 100 or what the mean itself weighs."""
    for at, child in enumerate(children):
        known = all(child.weight_for(profile) is not None for profile in lookup.profiles)
        if not known and not child.weight_to_enter:
            yield finding("no_weight", f"{place}[{at}]", child.id)
    found = {
        sum((weight for weight in weights if weight is not None), ZERO)
        for profile, whole in zip(lookup.profiles, wanted, strict=True)
        for weights in [[child.weight_for(profile) for child in children]]
        if weights and None not in weights
        if sum(weight for weight in weights if weight is not None) not in {ONE, _HUNDRED, whole}
    }
    for added in sorted(found):
        yield finding("mean_weights", place, subject, found=added)


def _levels(lookup: Lookup) -> Findings:
    """The top of a tree that is evaluated for each level has no dimension above it in the file."""
    rule, tops = lookup.rubric.per_level, lookup.rubric.dimensions
    if rule is None:
        return
    if rule.combine == "weighted_mean":
        none = (None,) * len(lookup.profiles)
        yield from _mean_weights(lookup, "dimensions", "per_level", tops, none)
    yield from _whole_from("per_level.satisfied_from", "per_level", rule.satisfied_from)
    if rule.worth <= 0:
        yield finding("not_positive", "per_level.worth", "per_level")


def _whole_from(place: str, subject: str, share: Decimal | None) -> Findings:
    if share is not None and not ZERO < share <= ONE:
        yield finding("share_range", place, subject, value=share)


def _signs(lookup: Lookup) -> Findings:
    for part in lookup.criteria:
        if not lookup.rubric.collects:
            yield from _worth(lookup, part)
        for profile, value in part.value.maximum_by_profile.items():
            if value < 0:
                place = f"{part.place}.maximum_by_profile.{profile}"
                yield finding("negative", place, part.subject, value=value)
    for dimension in lookup.find(Dimension):
        weights = {
            "weight": dimension.value.weight,
            **{f"weight_by_profile.{p}": w for p, w in dimension.value.weight_by_profile.items()},
        }
        for name, weight in weights.items():
            if weight is not None and weight <= 0:
                yield finding("not_positive", f"{dimension.place}.{name}", dimension.subject)


def _worth(lookup: Lookup, part: Part[Criterion]) -> Findings:
    """A criterion is worth points, or at least reaches tiers."""
    place, most, rule = f"{part.place}.maximum", part.value.maximum, part.value.rule
    ranked = isinstance(rule, LevelsRule | LookupRule | SelectionRule) and any(
        lookup.tier(option.tier) for option in rule.options
    )
    if most < 0 or (most == 0 and not part.in_base):
        yield finding("not_positive", place, part.subject)
    elif most == 0 and not ranked:
        yield finding("no_points_no_tier", place, part.subject)


def tree_maximum(lookup: Lookup, profile: str, target: str | None = None) -> Decimal:
    """Return the most the base can give: of what is required for `target`, or of everything."""
    inside: dict[str, Decimal] = {}
    for item in lookup.rubric.criteria_for(profile):
        if target is None or item.asked.get(target) == "required":
            points = item.maximum_for(profile)
            inside[item.dimension] = inside.get(item.dimension, ZERO) + points
    return sum((_most(top, inside, profile) or ZERO for top in lookup.rubric.tree), ZERO)


def _most(dimension: Dimension, inside: dict[str, Decimal], profile: str) -> Decimal | None:
    """Return the most a dimension can give, `None` where nothing is asked."""
    below = [_most(child, inside, profile) for child in dimension.children]
    parts = [most for most in (inside.get(dimension.id), *below) if most is not None]
    if not parts or dimension.combine == "sum":
        return sum(parts, ZERO) if parts else None
    weight = dimension.weight_for(profile)
    return _HUNDRED if weight is None else weight


def _total(lookup: Lookup) -> Findings:
    totals = {profile: tree_maximum(lookup, profile) for profile in lookup.profiles}
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
    base = max(tree_maximum(lookup, profile) for profile in lookup.profiles)
    if bonus.ceiling < base:
        yield finding("bonus_ceiling", "bonus.ceiling", "bonus", ceiling=bonus.ceiling, base=base)


def _deductions(lookup: Lookup) -> Findings:
    deductions = lookup.rubric.deductions
    if deductions and deductions.floor < 0:
        place = "deductions.floor"
        yield finding("negative", place, "deductions", value=deductions.floor)
