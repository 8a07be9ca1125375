"""Options in order: a better answer is never worth less, and the best is worth everything."""

from __future__ import annotations

from decimal import Decimal

from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import ONE, ZERO, Lookup, Part, in_steps
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import ChecklistRule, LevelsRule, Scale, SelectionRule

FEWEST_TOGETHER = 2


def check(lookup: Lookup) -> Findings:
    """Check levels, selections and checklists."""
    for part in lookup.criteria:
        rule, place = part.value.rule, f"{part.place}.rule"
        if isinstance(rule, LevelsRule):
            yield from _levels(lookup, part, rule, place)
        elif isinstance(rule, SelectionRule):
            yield from _selection(part, rule, place)
        elif isinstance(rule, ChecklistRule) and rule.count_shares:
            yield from _counts(part, rule, place)


def _maxima(criterion: Criterion, scale: Scale) -> set[Decimal]:
    """Return what the best answer must be worth: one figure unless profiles differ."""
    if scale == "share":
        return {ONE}
    return {criterion.maximum_for(profile) for profile in criterion.profiles}


def _levels(lookup: Lookup, part: Part[Criterion], rule: LevelsRule, place: str) -> Findings:
    values = [option.value for option in rule.options]
    ranks = [lookup.rank(option.tier) for option in rule.options]
    yield from _ranges(part, rule, place)
    for at in in_steps(values):
        here = f"{place}.options[{at}].value"
        yield finding("option_order", here, part.subject, value=values[at], before=values[at - 1])
    for at in in_steps([Decimal(rank) for rank in ranks]):
        here, tier = f"{place}.options[{at}].tier", rule.options[at].tier
        yield finding("tier_order", here, part.subject, tier=tier or "–")
    for at in range(1, len(values)):
        if values[at] == values[at - 1] and ranks[at] == ranks[at - 1]:
            key, before = rule.options[at].key, rule.options[at - 1].key
            here = f"{place}.options[{at}]"
            yield finding("level_adds_nothing", here, part.subject, key=key, before=before)
    yield from _top(part, rule.scale, values[-1], f"{place}.options[{len(values) - 1}].value")


def _top(part: Part[Criterion], scale: Scale, top: Decimal, place: str) -> Findings:
    for maximum in sorted(_maxima(part.value, scale) - {top}):
        yield finding("top_option", place, part.subject, top=top, maximum=maximum)


def _ranges(part: Part[Criterion], rule: LevelsRule | SelectionRule, place: str) -> Findings:
    most = max(_maxima(part.value, rule.scale))
    for at, option in enumerate(rule.options):
        if not ZERO <= option.value <= most:
            here = f"{place}.options[{at}].value"
            yield finding("value_range", here, part.subject, value=option.value, maximum=most)


def _selection(part: Part[Criterion], rule: SelectionRule, place: str) -> Findings:
    yield from _ranges(part, rule, place)
    yield from _top(part, rule.scale, rule.cap, f"{place}.cap")
    together = [option.value for option in rule.options if not option.exclusive]
    if len(together) < FEWEST_TOGETHER:
        yield finding("all_exclusive", f"{place}.options", part.subject)
    elif sum(together) < rule.cap:
        yield finding(
            "cap_unreachable", f"{place}.cap", part.subject, cap=rule.cap, most=sum(together)
        )
    for at, option in enumerate(rule.options):
        if option.exclusive and (option.value > 0 or option.tier):
            here = f"{place}.options[{at}]"
            yield finding("exclusive_scores", here, part.subject, key=option.key)


def _counts(part: Part[Criterion], rule: ChecklistRule, place: str) -> Findings:
    here, shares = f"{place}.count_shares", list(rule.count_shares)
    wanted = len(rule.items) + 1
    if len(shares) != wanted:
        yield finding("count_length", here, part.subject, wanted=wanted, found=len(shares))
    for at, share in enumerate(shares):
        if not ZERO <= share <= ONE:
            yield finding("share_range", f"{here}[{at}]", part.subject, value=share)
    for at in in_steps(shares):
        yield finding(
            "option_order",
            f"{here}[{at}]",
            part.subject,
            value=shares[at],
            before=shares[at - 1],
        )
    if shares[-1] != ONE:
        place = f"{here}[{len(shares) - 1}]"
        yield finding("top_option", place, part.subject, top=shares[-1], maximum=ONE)
    if rule.count_provenance is None:
        yield finding("no_provenance", here, part.subject)
