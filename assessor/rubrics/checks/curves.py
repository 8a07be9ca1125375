"""Bins and curves: every result has one share, and a better result never a smaller one."""

from __future__ import annotations

from typing import Literal

from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import ONE, ZERO, Lookup, Part, in_steps
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import (
    Bin,
    BinsCurve,
    Curve,
    LinearCurve,
    Measure,
    QuantityRule,
)


def check(lookup: Lookup) -> Findings:
    """Check how measured quantities are turned into shares."""
    for part in lookup.criteria:
        rule = part.value.rule
        if isinstance(rule, QuantityRule):
            yield from _curve(lookup, part, rule)
    for measure in lookup.find(Measure):
        yield from _baseline(measure)


def _curve(lookup: Lookup, part: Part[Criterion], rule: QuantityRule) -> Findings:
    curve, place = rule.curve, f"{part.place}.rule.curve"
    if curve is None:
        if not lookup.rubric.collects:
            yield finding("no_curve", place, part.subject)
        return
    if isinstance(curve, BinsCurve):
        yield from _bins(part, curve, f"{place}.bins")
    else:
        yield from _points(part, curve, f"{place}.points")
    yield from _shares(part, curve, rule.measure.better, place)


def _bins(part: Part[Criterion], curve: BinsCurve, place: str) -> Findings:
    first, last = curve.bins[0], curve.bins[-1]
    if first.low is not None and not first.low_closed:
        yield finding("bins_not_covering", f"{place}[0].low", part.subject, value=first.low)
    if last.high is not None and not last.high_closed:
        here = f"{place}[{len(curve.bins) - 1}].high"
        yield finding("bins_not_covering", here, part.subject, value=last.high)
    for at, item in enumerate(curve.bins):
        if item.low is not None and item.high is not None and not _holds_something(item):
            yield finding("bin_empty", f"{place}[{at}]", part.subject)
    for at in range(1, len(curve.bins)):
        yield from _seam(part, curve.bins[at - 1], curve.bins[at], f"{place}[{at}]")


def _holds_something(item: Bin) -> bool:
    if item.low is None or item.high is None or item.low < item.high:
        return True
    return item.low == item.high and item.low_closed and item.high_closed


def _seam(part: Part[Criterion], below: Bin, above: Bin, place: str) -> Findings:
    """Where one bin ends the next must begin, and the border belongs to exactly one of them."""
    end, start = below.high, above.low
    if end is None or start is None or start < end:
        yield finding("bins_overlap", f"{place}.low", part.subject, end=end, start=start)
    elif start > end:
        yield finding("bins_gap", f"{place}.low", part.subject, end=end, start=start)
    elif below.high_closed and above.low_closed:
        yield finding("bins_border_twice", f"{place}.low_closed", part.subject, value=end)
    elif not (below.high_closed or above.low_closed):
        yield finding("bins_border_open", f"{place}.low_closed", part.subject, value=end)


def _points(part: Part[Criterion], curve: LinearCurve, place: str) -> Findings:
    xs = [point.x for point in curve.points]
    for at in range(1, len(xs)):
        if xs[at] <= xs[at - 1]:
            here = f"{place}[{at}].x"
            yield finding("curve_order", here, part.subject, value=xs[at], before=xs[at - 1])


def _shares(
    part: Part[Criterion], curve: Curve, better: Literal["higher", "lower"], place: str
) -> Findings:
    name = "bins" if isinstance(curve, BinsCurve) else "points"
    steps = curve.bins if isinstance(curve, BinsCurve) else curve.points
    shares = [step.share for step in steps]
    falling = better == "lower"
    for at, share in enumerate(shares):
        if not ZERO <= share <= ONE:
            here = f"{place}.{name}[{at}].share"
            yield finding("share_range", here, part.subject, value=share)
    for at in in_steps(shares, falling=falling):
        here = f"{place}.{name}[{at}].share"
        yield finding("curve_direction", here, part.subject, better=better)
    best = 0 if falling else len(shares) - 1
    if shares[best] != ONE:
        here = f"{place}.{name}[{best}].share"
        yield finding("top_option", here, part.subject, top=shares[best], maximum=ONE)


def _baseline(part: Part[Measure]) -> Findings:
    if part.value.industry_baseline and not part.value.baseline:
        place = f"{part.place}.industry_baseline"
        yield finding("no_baseline_inputs", place, part.subject)
