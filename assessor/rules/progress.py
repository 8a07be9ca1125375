"""Progress towards targets: what is missing, and how much of the way from the baseline is gone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.formulas import Binary, Name, Node
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.progress import BaselineFigure, TargetFigure
from assessor.rubrics.rule_models import QuantityRule, YesNoRule
from assessor.rules import names
from assessor.rules.item import Cell, answer_cell
from assessor.rules.trees import SHOWN_DIGITS, number, pick, rounded

HUNDRED = Decimal(100)


def progress_cells(criterion: Criterion, key: str, profile: str) -> Iterator[Cell]:
    """Yield the cells of every target of a criterion; none where it has no targets."""
    progress = criterion.progress_in(profile)
    if progress is None or not progress.targets:
        return
    figure = _figure(criterion, key)
    for target in progress.targets:
        gap = _difference(number(target.value), figure, criterion)
        yield Cell(names.distance(key, target.id), gap)
        start = starting_point(criterion, progress.baseline, target)
        if start is not None:
            yield Cell(names.way(key, target.id), _way(start, target, figure))


def starting_point(
    criterion: Criterion, baseline: BaselineFigure | None, target: TargetFigure
) -> Decimal | None:
    """Return the figure the way to a target is measured from.

    `None` where there is none, or no way: the target lies at or behind the baseline.
    """
    if baseline is None or not baseline.comparable:
        return None
    ahead = target.value - baseline.value
    gap = -ahead if lower_is_better(criterion) else ahead
    return baseline.value if gap > 0 else None


def _figure(criterion: Criterion, key: str) -> Node:
    if isinstance(criterion.rule, YesNoRule):
        return pick(Name(answer_cell(criterion, key)), {names.YES: number(1), names.NO: number(0)})
    return Name(names.result(key))


def _difference(target: Node, figure: Node, criterion: Criterion) -> Node:
    if lower_is_better(criterion):
        return Binary("-", figure, target)
    return Binary("-", target, figure)


def lower_is_better(criterion: Criterion) -> bool:
    """Return whether a smaller figure is the better one."""
    rule = criterion.rule
    return isinstance(rule, QuantityRule) and rule.measure.better == "lower"


def _way(start: Decimal, target: TargetFigure, figure: Node) -> Node:
    gone = Binary("*", Binary("-", figure, number(start)), number(HUNDRED))
    return rounded(Binary("/", gone, number(target.value - start)), SHOWN_DIGITS)
