"""Baselines, targets and what is missing, as messages for whoever shows them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.i18n import Localized, Message, message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.progress import BaselineFigure, Progress, TargetFigure
from assessor.rubrics.rule_models import QuantityRule
from assessor.rules import names
from assessor.rules.card import ItemScore, TargetScore


def plain(value: Decimal) -> str:
    """Return a figure without zeros that only fill up decimals."""
    trimmed = value.normalize()
    return format(trimmed if trimmed else Decimal(0), "f")


def unit_of(criterion: Criterion) -> Localized | None:
    """Return the unit of a criterion's figure, `None` for a yes or no."""
    rule = criterion.rule
    return rule.measure.result_unit if isinstance(rule, QuantityRule) else None


def amount(value: Decimal, unit: Localized | None) -> Message:
    """Return a figure with its unit."""
    if unit is None:
        return message("form.amount_bare", value=plain(value))
    # "10,000 yuan" is set apart from the number before it.
    key = "form.amount_times" if unit.pick("en")[:1].isdigit() else "form.amount"
    return message(key, value=plain(value), unit=unit)


def figure_said(item: ItemScore) -> Message:
    """Return what was collected for an item, in a few words."""
    answer = item.answers[0]
    if item.state == "not_applicable":
        return message("form.left_out")
    if answer is None:
        return message("form.not_filled")
    if answer.option in (names.YES, names.NO):
        return message(f"form.answer_{answer.option}")
    if answer.no_baseline:
        return message("form.no_baseline")
    if item.result is None:
        return message("form.no_figure")
    return amount(item.result, unit_of(item.criterion))


def baseline_said(baseline: BaselineFigure, criterion: Criterion) -> Message:
    """Return the figure a plan starts from."""
    unit = unit_of(criterion)
    if unit is None:
        key = names.YES if baseline.value else names.NO
        value: Message = message(f"form.answer_{key}")
    else:
        value = amount(baseline.value, unit)
    name = "form.baseline_beyond" if baseline.beyond else "form.baseline"
    return message(name, value=value, year=baseline.year)


def target_said(target: TargetFigure, criterion: Criterion) -> Message:
    """Return a target with its name and year."""
    unit = unit_of(criterion)
    if unit is None:
        told = message("form.target_true")
    else:
        key = "form.target_beyond" if target.beyond else "form.target"
        told = message(key, value=amount(target.value, unit))
    if target.name is not None and target.year is not None:
        return message("form.named_in_year", name=target.name, year=target.year, target=told)
    if target.name is not None:
        return message("form.named", name=target.name, target=told)
    if target.year is not None:
        return message("form.in_year", year=target.year, target=told)
    return told


def progress_said(progress: Progress, criterion: Criterion) -> Iterator[Message]:
    """Yield baseline and targets before there is a figure, a line each."""
    if progress.baseline is not None:
        told = baseline_said(progress.baseline, criterion)
        yield message("form.baseline_line", baseline=told)
    for target in progress.targets:
        yield message("form.aim_line", target=target_said(target, criterion))


def distance_said(score: TargetScore, criterion: Criterion) -> Message:
    """Return whether a target is reached, and by how much it is missed or exceeded."""
    unit, distance = unit_of(criterion), score.distance
    if distance is None:
        return message("form.open")
    if unit is None:
        return message(f"form.{score.state}_true")
    if score.state == "short":
        if not distance:
            return message("form.short_beyond")
        return message("form.short", value=_difference(abs(distance), unit))
    if not distance:
        return message("form.met")
    return message("form.met_ahead", value=_difference(abs(distance), unit))


def _difference(value: Decimal, unit: Localized) -> Message:
    """Two percentages differ by percentage points."""
    if unit.pick("en") == "%":
        return message("form.amount_points", value=plain(value))
    return amount(value, unit)


def target_line(score: TargetScore, criterion: Criterion) -> Message:
    """Return a target with what is missing and how much of the way is gone, as one line."""
    told = target_said(score.target, criterion)
    distance = distance_said(score, criterion)
    if score.way is None or unit_of(criterion) is None:
        line = message("form.target_line", target=told, distance=distance)
    else:
        way = message("form.way", way=plain(score.way))
        line = message("form.target_line_way", target=told, distance=distance, way=way)
    if score.target.note is None:
        return line
    return message("form.with_note", text=line, note=score.target.note)
