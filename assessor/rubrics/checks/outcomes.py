"""Outcomes: every grade can be reached, and reached without the next one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assessor.errors import Problem
from assessor.rubrics.checks.finding import Findings, finding, warning
from assessor.rubrics.checks.lookup import ZERO, Lookup, Part
from assessor.rubrics.checks.weights import tree_maximum
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.outcomes import (
    CappedReading,
    CountReading,
    ItemsReading,
    Outcome,
    PointsReading,
    Reading,
    TotalReading,
)
from assessor.rubrics.rule_models import LevelsRule, LookupRule, SelectionRule

_HUNDRED = Decimal(100)
_SHOWN = Decimal("0.01")


def check(lookup: Lookup) -> Findings:
    """Check lines, readings and the order of outcomes."""
    for part in lookup.find(Outcome):
        yield from _readings(lookup, part)
        yield from _requires(lookup, part)
        platform = part.value.platform_score
        if platform and platform.maximum is not None and platform.line > platform.maximum:
            here = f"{part.place}.platform_score.line"
            yield _unreachable(here, part.subject, platform.line, platform.maximum, "–")
    yield from _bonus_line(lookup)


def _readings(lookup: Lookup, part: Part[Outcome]) -> Findings:
    outcome, deciding = part.value, set(part.value.decided_by)
    for at, reading in enumerate(outcome.readings):
        place = f"{part.place}.readings[{at}]"
        if reading.id in deciding and reading.line is None:
            yield finding("no_line", f"{place}.line", part.subject, name=reading.id)
        if reading.line is not None:
            yield from _reachable(lookup, outcome, reading, f"{place}.line")
    agree = outcome.decision == "agree"
    if agree and len(deciding) > 1 and outcome.disagreement is None:
        yield warning("no_disagreement", part.place, part.subject)


def _reachable(lookup: Lookup, outcome: Outcome, reading: Reading, place: str) -> Findings:
    line = reading.line or ZERO
    if line <= 0:
        yield finding("line_always_met", place, outcome.id, line=line)
    for profile in lookup.profiles:
        most = _most(lookup, outcome, reading, profile)
        if line > most:
            yield _unreachable(place, outcome.id, line, most, profile)


def _unreachable(place: str, subject: str, line: Decimal, most: Decimal, profile: str) -> Problem:
    shown = f"{most.quantize(_SHOWN):f}"
    return finding("unreachable_line", place, subject, line=line, most=shown, profile=profile)


def _most(lookup: Lookup, outcome: Outcome, reading: Reading, profile: str) -> Decimal:
    """Return the highest figure a reading can show for a profile."""
    match reading:
        case TotalReading():
            return _most_total(lookup, outcome, profile)
        case PointsReading():
            return _points(_required(lookup, reading.target, profile), profile)
        case ItemsReading():
            items = [
                item for item in _required(lookup, reading.target, profile) if _best(lookup, item)
            ]
            reached = [item for item in items if _best(lookup, item) >= lookup.tier(reading.tier)]
            return _HUNDRED * len(reached) / len(items) if items else ZERO
        case CappedReading():
            items = _required(lookup, reading.target, profile)
            within = any(_lowest_tier(lookup, item) <= lookup.tier(reading.tier) for item in items)
            return _HUNDRED if within else ZERO
        case CountReading():
            counted = _counted(lookup, reading, profile)
            reached = [i for i in counted if _best(lookup, i) >= lookup.tier(reading.tier)]
            return Decimal(len(reached))


def _most_total(lookup: Lookup, outcome: Outcome, profile: str) -> Decimal:
    """The visit may aim at the outcome's target or any later one, which asks for more."""
    aims = [t for t in lookup.rubric.target_rank if lookup.rank(t) >= lookup.rank(outcome.target)]
    base = max((tree_maximum(lookup, profile, aim) for aim in aims), default=ZERO)
    bonus = lookup.rubric.bonus
    if bonus is None or bonus.never_over == outcome.id:
        return base
    return min(bonus.ceiling, base + bonus.cap)


def _counted(lookup: Lookup, reading: CountReading, profile: str) -> list[Criterion]:
    items = _required(lookup, reading.target, profile)
    group = lookup.rubric.group_by_id.get(reading.group or "")
    return [item for item in items if group is None or item.id in group.criteria]


def _required(lookup: Lookup, target: str, profile: str) -> list[Criterion]:
    items = lookup.rubric.criteria_for(profile)
    return [item for item in items if item.asked.get(target) == "required"]


def _points(items: Iterable[Criterion], profile: str) -> Decimal:
    return sum((item.maximum_for(profile) for item in items), ZERO)


def _tiers(lookup: Lookup, item: Criterion) -> list[int]:
    rule = item.rule
    options = rule.options if isinstance(rule, LevelsRule | LookupRule | SelectionRule) else ()
    return [lookup.tier(option.tier) for option in options if option.tier]


def _best(lookup: Lookup, item: Criterion) -> int:
    return max(_tiers(lookup, item), default=0)


def _lowest_tier(lookup: Lookup, item: Criterion) -> int:
    return min(_tiers(lookup, item), default=0)


def _requires(lookup: Lookup, part: Part[Outcome]) -> Findings:
    outcome = part.value
    lower = next((o for o in lookup.rubric.outcomes if o.id == outcome.requires), None)
    if lower is None:
        return
    if lookup.rank(lower.target) > lookup.rank(outcome.target):
        yield finding("requires_higher", f"{part.place}.requires", part.subject, name=lower.id)
    lines = {_kind(lower, reading): reading.line for reading in _deciding(lower)}
    for at, reading in enumerate(outcome.readings):
        below = lines.get(_kind(outcome, reading))
        decides = reading.id in outcome.decided_by and reading.line is not None
        if decides and below is not None and (reading.line or ZERO) <= below:
            place = f"{part.place}.readings[{at}].line"
            yield finding(
                "line_not_above",
                place,
                part.subject,
                line=reading.line,
                name=lower.id,
                below=below,
            )


def _deciding(outcome: Outcome) -> list[Reading]:
    return [reading for reading in outcome.readings if reading.id in outcome.decided_by]


def _kind(outcome: Outcome, reading: Reading) -> tuple[str, ...]:
    """Only readings of the same kind, target, tier and group can be compared."""
    target = "" if isinstance(reading, TotalReading) else reading.target
    beside = (str(getattr(reading, name, "")) for name in ("tier", "group"))
    return reading.kind, target or outcome.target, *beside


def _bonus_line(lookup: Lookup) -> Findings:
    bonus = lookup.rubric.bonus
    outcome = next(
        (o for o in lookup.rubric.outcomes if bonus is not None and o.id == bonus.never_over), None
    )
    if outcome is None:
        return
    lines = [r.line for r in outcome.readings if isinstance(r, TotalReading)]
    if not lines or lines[0] is None:
        yield finding("bonus_no_line", "bonus.never_over", "bonus", name=outcome.id)
