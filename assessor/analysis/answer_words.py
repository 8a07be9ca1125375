"""An answer in a few characters for people who lay several beside each other."""

from __future__ import annotations

from assessor.assessment import Answer
from assessor.i18n import Message, message
from assessor.rubrics.base import decimal_to_text
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import QuantityRule, YesNoRule


def answer_said(criterion: Criterion, answer: Answer | None) -> Message:
    """Return an answer in short: levels and options by their keys, inputs by name and figure."""
    if answer is None:
        return message("said.open")
    if answer.na:
        return message("said.not_applicable")
    if answer.option is not None:
        if isinstance(criterion.rule, YesNoRule):
            return message(f"said.{answer.option}")
        return message("said.keys", keys=answer.option)
    if answer.options:
        return message("said.keys", keys=", ".join(answer.options))
    return message("said.none") if answer.none else _inputs(criterion, answer)


def _inputs(criterion: Criterion, answer: Answer) -> Message:
    rule = criterion.rule
    inputs = rule.measure.inputs if isinstance(rule, QuantityRule) else ()
    labels: dict[str, object] = {entry.id: entry.name for entry in inputs}
    parts = [message("said.no_baseline")] if answer.no_baseline else []
    for name, value in sorted((answer.inputs or {}).items()):
        figure = decimal_to_text(value)
        parts.append(message("said.input", name=labels.get(name, name), value=figure))
    said, *rest = parts or [message("said.open")]
    for part in rest:
        said = message("said.two", one=said, other=part)
    return said
