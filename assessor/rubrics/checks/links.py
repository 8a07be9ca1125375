"""Links and contradictions between criteria."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import Lookup, Part, option_values
from assessor.rubrics.criterion import Criterion, Link
from assessor.rubrics.outcomes import Contradiction
from assessor.rubrics.rule_models import LevelsRule, LookupRule, YesNoRule


def check(lookup: Lookup) -> Findings:
    """Find links in a circle, links that fight each other and contradictions that cannot be."""
    below = {part.value.id: {link.when for link in part.value.links} for part in lookup.criteria}
    for part in lookup.criteria:
        seen: dict[tuple[str, str], str] = {}
        for at, link in enumerate(part.value.links):
            place = f"{part.place}.links[{at}]"
            if _leads_to(link.when, part.value.id, below):
                yield finding("link_circle", f"{place}.when", part.subject, name=link.when)
            if seen.setdefault((link.when, link.option), link.then) != link.then:
                yield finding("link_conflict", place, part.subject, when=link.when)
            yield from _one(lookup, part, link, place)
    for contradiction in lookup.find(Contradiction):
        yield from _contradiction(lookup, contradiction)


def _leads_to(start: str, goal: str, below: Mapping[str, set[str]]) -> bool:
    seen, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(below.get(name, ()))
    return False


def _one(lookup: Lookup, part: Part[Criterion], link: Link, place: str) -> Findings:
    other = lookup.rubric.criterion_by_id.get(link.when)
    if other is None:
        return
    for profile in part.value.profiles:
        if profile not in other.profiles:
            yield finding(
                "link_profile", f"{place}.when", part.subject, name=link.when, profile=profile
            )
    theirs, ours = option_values(other), option_values(part.value)
    if link.option not in theirs or link.then not in ours:
        return
    if not (_single(other) and _single(part.value)):
        yield finding("link_not_single", place, part.subject)
    elif not _never_lowers(theirs, link.option, ours, link.then):
        yield finding("link_lowers", place, part.subject, when=link.when, option=link.option)


def _single(criterion: Criterion) -> bool:
    return isinstance(criterion.rule, LevelsRule | LookupRule | YesNoRule)


def _never_lowers(
    theirs: Mapping[str, Decimal], option: str, ours: Mapping[str, Decimal], then: str
) -> bool:
    """Whether a better answer to the one can never force a worse answer to the other.

    That is so when the lowest holds the lowest down, or the highest pulls the highest up.
    """
    order, own = sorted(theirs, key=theirs.__getitem__), sorted(ours, key=ours.__getitem__)
    return (option, then) in ((order[0], own[0]), (order[-1], own[-1]))


def _contradiction(lookup: Lookup, part: Part[Contradiction]) -> Findings:
    seen: set[str] = set()
    for at, answer in enumerate(part.value.when):
        place = f"{part.place}.when[{at}]"
        if answer.criterion in seen:
            yield finding("contradiction_same", place, part.subject, name=answer.criterion)
        seen.add(answer.criterion)
        item = lookup.rubric.criterion_by_id.get(answer.criterion)
        if item is not None and not option_values(item):
            yield finding("contradiction_measured", place, part.subject, name=answer.criterion)
