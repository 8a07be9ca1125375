"""One answer under the newer version of its criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.analysis.carry.mapping import CarryMap
from assessor.analysis.carry.told import left_behind, refuse_first
from assessor.assessment import Answer
from assessor.i18n import Message, message
from assessor.rubrics.base import LocalText, Model
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Indicator
from assessor.rubrics.rule_models import Measure
from assessor.rules.answers import check_answer, check_measure


@dataclass(frozen=True)
class Fitted:
    """An answer that fits the newer criterion; `look` says what its wording changed to."""

    answer: Answer
    look: Message | None = None


def fit_answer(
    old: Criterion, new: Criterion, answer: Answer, mapping: CarryMap, profile: str
) -> Fitted:
    """Return `answer`, given to `old`, as an answer to `new`.

    Raises `LeftBehindError` when the two are not the same kind of question, an option or input is
    gone, a unit is another, or the answer would not fit.
    """
    if profile not in new.profiles:
        raise left_behind("not_asked", number=new.number)
    if old.rule.kind != new.rule.kind:
        raise left_behind("kind_changed", before=old.rule.kind, after=new.rule.kind)
    options, inputs = mapping.options.get(old.id, {}), mapping.inputs.get(old.id, {})
    _same_units(_measure(old), _measure(new), answer, inputs)
    moved = _renamed(answer, options, inputs)
    _options_stand(_texts(new.rule), moved)
    refuse_first(check_answer(new, moved, profile, ""))
    return Fitted(moved, _look(old, new, answer, options))


def fit_indicator(old: Indicator, new: Indicator, answer: Answer, mapping: CarryMap) -> Fitted:
    """Return what was measured for `old` as measured for `new`; raises `LeftBehindError`."""
    inputs = mapping.inputs.get(old.id, {})
    _same_units(old, new, answer, inputs)
    moved = _renamed(answer, {}, inputs)
    refuse_first(check_measure(new, moved, new.id, new.id, ""))
    look = message("carry.formula_changed") if old.formula != new.formula else None
    return Fitted(moved, look)


def _measure(criterion: Criterion) -> Measure | None:
    measure = getattr(criterion.rule, "measure", None)
    return measure if isinstance(measure, Measure) else None


def _same_units(
    old: Measure | None, new: Measure | None, answer: Answer, names: Mapping[str, str]
) -> None:
    """Refuse a figure whose unit is another: the same digits would mean something else."""
    if old is None or new is None:
        return
    before = {item.id: item for item in old.inputs}
    after = {item.id: item for item in new.inputs}
    for name in answer.inputs or {}:
        was, now = before.get(name), after.get(names.get(name, name))
        if now is None:
            raise left_behind("input_gone", name=was.name if was else name)
        if was is not None and (was.unit.zh, was.unit.en) != (now.unit.zh, now.unit.en):
            raise left_behind("unit_changed", name=now.name, before=was.unit, after=now.unit)


def _renamed(answer: Answer, options: Mapping[str, str], inputs: Mapping[str, str]) -> Answer:
    changes: dict[str, object] = {}
    if answer.option is not None:
        changes["option"] = options.get(answer.option, answer.option)
    if answer.options is not None:
        changes["options"] = tuple(options.get(key, key) for key in answer.options)
    if answer.inputs is not None:
        changes["inputs"] = {inputs.get(key, key): one for key, one in answer.inputs.items()}
    return answer.model_copy(update=changes)


def _chosen(answer: Answer) -> tuple[str, ...]:
    return (answer.option,) if answer.option is not None else answer.options or ()


def _texts(rule: Model) -> dict[str, LocalText]:
    """Return what the choices of a rule say, by key, whatever its kind."""
    listed = getattr(rule, "options", None) or getattr(rule, "items", None) or ()
    found = {str(one.key): one.text for one in listed}
    if not found and isinstance(getattr(rule, "yes", None), LocalText):
        return {name: getattr(rule, name) for name in ("yes", "no")}
    return found


def _options_stand(known: Mapping[str, LocalText], answer: Answer) -> None:
    gone = [key for key in _chosen(answer) if known and key not in known]
    if gone:
        raise left_behind("option_gone", options=", ".join(gone))


def _look(
    old: Criterion, new: Criterion, answer: Answer, options: Mapping[str, str]
) -> Message | None:
    """Return what somebody has to look at although the answer was carried."""
    before, after = _texts(old.rule), _texts(new.rule)
    reworded = [
        key for key in _chosen(answer) if before.get(key) != after.get(options.get(key, key))
    ]
    if reworded:
        return message("carry.option_reworded", options=", ".join(reworded))
    if old.question != new.question:
        return message("carry.question_reworded")
    one, other = _measure(old), _measure(new)
    if one is not None and other is not None and one.formula != other.formula:
        return message("carry.formula_changed")
    return None
