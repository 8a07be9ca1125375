"""Targets that can be compared with a figure, and forms that score nothing anywhere."""

from __future__ import annotations

from assessor.rubrics.checks.finding import Findings, finding, warning
from assessor.rubrics.checks.lookup import ONE, ZERO, Lookup, Part
from assessor.rubrics.criterion import Criterion, Dimension
from assessor.rubrics.progress import Progress
from assessor.rubrics.rule_models import QuantityRule, YesNoRule


def check(lookup: Lookup) -> Findings:
    """Check baselines and targets, and that a rubric without outcomes is a mere form."""
    repeated = {name for repeat in lookup.rubric.repeats for name in repeat.criteria}
    for part in lookup.criteria:
        progress, place = part.value.progress, f"{part.place}.progress"
        if progress is None:
            continue
        rule = part.value.rule
        if part.subject in repeated or not isinstance(rule, QuantityRule | YesNoRule):
            yield finding("progress_no_figure", place, part.subject)
            continue
        yield from _truths(part, progress, place)
        yield from _targets(part, progress, place)
    if lookup.rubric.collects:
        yield from _nothing_scored(lookup)


def _truths(part: Part[Criterion], progress: Progress, place: str) -> Findings:
    """A yes is 1 and a no is 0; no other figure can be compared with them."""
    if not isinstance(part.value.rule, YesNoRule):
        return
    figures = [(f"{place}.targets[{at}]", one.value) for at, one in enumerate(progress.targets)]
    if progress.baseline is not None:
        figures.append((f"{place}.baseline", progress.baseline.value))
    for here, value in figures:
        if value not in (ZERO, ONE):
            yield finding("progress_truth", f"{here}.value", part.subject, value=value)


def _targets(part: Part[Criterion], progress: Progress, place: str) -> Findings:
    start, rule = progress.baseline, part.value.rule
    falling = isinstance(rule, QuantityRule) and rule.measure.better == "lower"
    for at, target in enumerate(progress.targets):
        here = f"{place}.targets[{at}]"
        if start is None or not start.comparable:
            continue
        if target.year is not None and target.year <= start.year:
            yield finding("target_year", f"{here}.year", part.subject, year=target.year)
        gap = start.value - target.value if falling else target.value - start.value
        if gap <= 0 and isinstance(rule, QuantityRule) and target.note is None:
            yield warning("target_behind", f"{here}.value", part.subject, value=target.value)


def _nothing_scored(lookup: Lookup) -> Findings:
    """Without an outcome there is nothing to add up for, so nothing may carry points."""
    rubric = lookup.rubric
    for name in ("total", "bonus", "deductions"):
        if getattr(rubric, name) is not None:
            yield finding("form_scores", name, "")
    for dimension in lookup.find(Dimension):
        if dimension.value.weight is not None:
            yield finding("form_scores", f"{dimension.place}.weight", dimension.subject)
    for part in lookup.criteria:
        if part.value.maximum != ZERO or part.value.maximum_by_profile:
            yield finding("form_scores", f"{part.place}.maximum", part.subject)
        rule = part.value.rule
        if isinstance(rule, QuantityRule) and rule.curve is not None:
            yield finding("form_scores", f"{part.place}.rule.curve", part.subject)
