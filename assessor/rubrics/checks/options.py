"""Options in order: a better answer is never worth less, and the best is worth everything."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import ONE, ZERO, Lookup, Part, in_steps
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    Scale,
    SelectionRule,
)

FEWEST_TOGETHER = 2


def check(lookup: Lookup) -> Findings:
    """Check levels, selections and checklists."""
    for part in lookup.criteria:
        rule, place = part.value.rule, f"{part.place}.rule"
        if isinstance(rule, LevelsRule):
            yield from _levels(lookup, part, rule, place)
        elif isinstance(rule, LookupRule):
            yield from _table(part, rule, place)
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
    ranks = [lookup.tier(option.tier) for option in rule.options]
    yield from _ranges(part, rule, place)
    for at in in_steps(values):
        here = f"{place}.options[{at}].value"
        yield finding("option_order", here, part.subject, value=values[at], before=values[at - 1])
    for at in in_steps([Decimal(rank) for rank in ranks]):
        here, tier = f"{place}.options[{at}].tier", rule.options[at].tier
        yield finding("tier_order", here, part.subject, tier=tier or "–")
    for at in range(1, len(values)):
        same = values[at] == values[at - 1] and ranks[at] == ranks[at - 1]
        if same and not lookup.rubric.collects:
            key, before = rule.options[at].key, rule.options[at - 1].key
            here = f"{place}.options[{at}]"
            yield finding("level_adds_nothing", here, part.subject, key=key, before=before)
    yield from _top(part, rule.scale, values[-1], f"{place}.options[{len(values) - 1}].value")


def _table(part: Part[Criterion], rule: LookupRule, place: str) -> Findings:
    """The table rises with the levels, begins at the lowest and ends at the whole."""
    order = {level.key: at for at, level in enumerate(rule.levels)}
    most = max(_maxima(part.value, rule.scale))
    known = [(at, row) for at, row in enumerate(rule.table) if row.level in order]
    if not known or order[known[0][1].level] != 0:
        yield finding("lookup_start", f"{place}.table", part.subject, level=rule.levels[0].key)
    for (_, before), (at, row) in pairwise(known):
        here = f"{place}.table[{at}]"
        if order[row.level] <= order[before.level]:
            yield finding("lookup_order", f"{here}.level", part.subject, level=row.level)
        elif row.value <= before.value:
            yield finding(
                "option_order",
                f"{here}.value",
                part.subject,
                value=row.value,
                before=before.value,
            )
    for at, row in known:
        if not ZERO <= row.value <= most:
            here = f"{place}.table[{at}].value"
            yield finding("value_range", here, part.subject, value=row.value, maximum=most)
    top = rule.table[-1].value
    yield from _top(part, rule.scale, top, f"{place}.table[{len(rule.table) - 1}].value")


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
