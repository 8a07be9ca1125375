"""An answer in the rubric's own words, for people who compare several."""

from __future__ import annotations

from assessor.assessment import Answer
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.ui.words import Words


def answer_words(criterion: Criterion, answer: Answer, profile: str, words: Words) -> str:
    """Return what an answer says, options and inputs by their names, one to a line."""
    if answer.na:
        return words.tr("ui_panel.answer_na", reason=answer.reason)
    if answer.none:
        return words.tr("ui_panel.answer_none")
    if answer.inputs is not None or answer.no_baseline:
        return _measured(criterion, answer, words)
    chosen = [answer.option] if answer.option else list(answer.options or ())
    texts = _texts(criterion, profile, words)
    lines = [texts.get(key, key) for key in chosen]
    return "\n".join([*lines, answer.other.strip()] if answer.other.strip() else lines)


def _texts(criterion: Criterion, profile: str, words: Words) -> dict[str, str]:
    match criterion.rule:
        case LevelsRule() | LookupRule() | SelectionRule() as rule:
            return {
                option.key: words.pick(option.text_by_profile.get(profile, option.text))
                for option in rule.options
            }
        case ChecklistRule() as checklist:
            return {item.key: words.pick(item.text) for item in checklist.items}
        case YesNoRule() as either:
            return {names.YES: words.pick(either.yes), names.NO: words.pick(either.no)}
    return {}


def _measured(criterion: Criterion, answer: Answer, words: Words) -> str:
    rule = criterion.rule
    known = (
        {item.id: item for item in rule.measure.inputs} if isinstance(rule, QuantityRule) else {}
    )
    lines = [
        words.tr(
            "ui_panel.input",
            name=words.pick(known[key].name) if key in known else key,
            value=words.number(value),
            unit=words.pick(known[key].unit) if key in known else "",
        ).strip()
        for key, value in (answer.inputs or {}).items()
    ]
    return "\n".join(
        [*lines, words.tr("ui_panel.answer_no_baseline")] if answer.no_baseline else lines
    )
