"""A way up in words: answers, steps and obstacles as messages."""

from __future__ import annotations

from assessor.analysis.improvement.moves import Aim
from assessor.analysis.improvement.path import Change, Obstacle
from assessor.formulas.exact import round_half_up
from assessor.i18n import Message, message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import (
    QuantityRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.rules.trees import SHOWN_DIGITS


def change_said(criterion: Criterion, change: Change) -> Message:
    """Return one step of a way: the criterion, where it stands and where to bring it."""
    return message(
        "path.change",
        number=criterion.number,
        title=criterion.title,
        before=aim_said(criterion, change.before),
        after=aim_said(criterion, change.after),
    )


def gain_said(rubric: Rubric, change: Change) -> Message:
    """Return what one step gains: points of the total, of the item alone below a mean, or the tier
    where the item is worth no points."""
    criterion = rubric.criterion_by_id[change.criterion]
    gain = format(round_half_up(change.gain, SHOWN_DIGITS), "f")
    if not criterion.maximum and change.ranks[1]:
        return message("path.gain_tier", tier=rubric.ladder[change.ranks[1] - 1].name)
    if criterion.dimension in rubric.plain_sums or criterion not in rubric.criteria:
        return message("path.gain", gain=gain)
    return message("path.gain_item", gain=gain)


def aim_said(criterion: Criterion, aim: Aim) -> Message:
    """Return an answer in short: its key, the number of statements, or the result."""
    if aim.result is not None and isinstance(criterion.rule, QuantityRule):
        unit = criterion.rule.measure.result_unit
        return message("path.aim_result", result=format(aim.result, "f"), unit=unit)
    if aim.options is not None:
        keys = ", ".join(aim.options)
        return message("path.aim_options" if keys else "path.aim_none", keys=keys)
    if aim.option is None:
        return message("path.aim_open")
    if isinstance(criterion.rule, YesNoRule):
        return message("path.aim_yes" if aim.option == names.YES else "path.aim_no")
    return message("path.aim_option", key=aim.option)


def obstacle_said(rubric: Rubric, obstacle: Obstacle) -> Message:
    """Return why there is no way, in a sentence."""
    outcome = next(entry for entry in rubric.outcomes if entry.id == obstacle.outcome)
    if obstacle.kind == "gate":
        gate = next(entry for entry in rubric.gates if entry.id == obstacle.subject)
        return message("path.blocked_gate", outcome=outcome.name, gate=gate.title)
    if obstacle.kind == "reading":
        reading = next(entry for entry in outcome.readings if entry.id == obstacle.subject)
        key = "path.blocked_reading" if obstacle.best is not None else "path.blocked_no_figure"
        return message(
            key,
            outcome=outcome.name,
            reading=reading.name,
            best=_figure(obstacle.best),
            line=_figure(obstacle.line),
        )
    return message(
        f"path.blocked_{obstacle.kind}",
        outcome=outcome.name,
        best=_figure(obstacle.best),
        line=_figure(obstacle.line),
    )


def _figure(value: object) -> str:
    return "" if value is None else str(value)
