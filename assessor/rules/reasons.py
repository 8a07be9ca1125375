"""Why a measured result cannot be computed, in the words of the rubric instead of cell names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.formulas import Given, NotComputable, Scope, evaluate, parse
from assessor.formulas.printing import to_text
from assessor.i18n import Language, Message, message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import Measure, QuantityRule
from assessor.rules import names
from assessor.rules.trees import renamed

_BY_ZERO = "formulas.division_by_zero"


def reason_in_words(
    criterion: Criterion, keys: tuple[str, ...], values: Mapping[str, Given], found: Message
) -> Message:
    """Return why `criterion` has no points, naming its inputs as the rubric does.

    `found` is the reason the cells gave, kept where it is not about the inputs.
    """
    rule = criterion.rule
    if not isinstance(rule, QuantityRule):
        return found
    for key in keys:
        if values.get(names.answer(key)) == names.MEASURED:
            reason = _measured(rule.measure, key, values)
            if reason is not None:
                return reason
    return found


def _measured(measure: Measure, key: str, values: Mapping[str, Given]) -> Message | None:
    inputs = {item.id: values.get(names.entry(key, item.id)) for item in measure.inputs}
    # An input counted from a table can itself be without a figure, for a reason of its own.
    for given in inputs.values():
        if isinstance(given, NotComputable) and not given.missing:
            return given.reason
    usable = {name: None if isinstance(v, NotComputable) else v for name, v in inputs.items()}
    labels = {item.id: item.name for item in measure.inputs}
    result = evaluate(parse(measure.formula), Scope(values=usable, labels=labels))
    if not isinstance(result, NotComputable):
        return None
    divisor = result.reason.values.get("divisor")
    if result.reason.key == _BY_ZERO and isinstance(divisor, str):
        return message(_BY_ZERO, divisor=_InWords(divisor, measure))
    return result.reason


@dataclass(frozen=True, slots=True)
class _InWords:
    """A piece of a formula with the names of its inputs in place of their ids."""

    formula: str
    measure: Measure

    def pick(self, language: Language) -> str:
        """Return the formula in `language`."""
        labels = {item.id: item.name.pick(language) for item in self.measure.inputs}
        shown = to_text(renamed(parse(self.formula), labels))
        return shown.replace("[", "").replace("]", "")
