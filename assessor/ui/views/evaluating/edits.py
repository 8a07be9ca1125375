"""What a click or a key means for the record. Each function returns how to make the edit.

The edit is made when its turn comes, from the record as it then is, so quick clicks add up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessor.assessment import Answer, Assessment, Confidence
from assessor.commands import gates
from assessor.commands.answers import set_indicator
from assessor.commands.edit import Edit
from assessor.commands.remarks import give_answer, set_confidence, set_note
from assessor.rubrics.rule_models import ChecklistRule, SelectionRule

MakeEdit = Callable[[Assessment], Edit | None]


@dataclass(frozen=True)
class Several:
    """The options of a criterion of which any number may be chosen."""

    keys: tuple[str, ...]
    exclusive: frozenset[str] = frozenset()
    with_text: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rule: SelectionRule | ChecklistRule) -> Several:
        """Return the options of a rule."""
        if isinstance(rule, ChecklistRule):
            return cls(tuple(item.key for item in rule.items))
        return cls(
            tuple(option.key for option in rule.options),
            frozenset(option.key for option in rule.options if option.exclusive),
            frozenset(option.key for option in rule.options if option.needs_text),
        )

    def toggled(self, chosen: Sequence[str], key: str) -> tuple[str, ...]:
        """Return the options chosen after one was asked for, in the order of the rubric."""
        wanted = set(chosen) ^ {key}
        if key in wanted:
            wanted = {key} if key in self.exclusive else wanted - self.exclusive
        return tuple(option for option in self.keys if option in wanted)


def choose(key: str, option: str) -> MakeEdit:
    """Answer with one option."""
    return lambda record: give_answer(record, key, _answer(record, key, option=option))


def choose_none(key: str) -> MakeEdit:
    """Say that none of the options is met."""
    return lambda record: give_answer(record, key, _answer(record, key, none=True))


def toggle(key: str, several: Several, option: str, text: str | None = None) -> MakeEdit:
    """Choose an option beside others, or no longer; `text` is said with one that needs words."""

    def make(record: Assessment) -> Edit:
        old = record.answers.get(key)
        chosen = several.toggled(old.options or () if old else (), option)
        if not chosen:
            return give_answer(record, key, None)
        said = text if text is not None else old.other if old else ""
        other = said if several.with_text & set(chosen) else ""
        return give_answer(record, key, _answer(record, key, options=chosen, other=other))

    return make


def say_other(key: str, text: str) -> MakeEdit:
    """Say in words what an option means; typing on is one step of undo."""

    def make(record: Assessment) -> Edit | None:
        old = record.answers.get(key)
        if old is None or old.options is None:
            return None
        edit = give_answer(record, key, _with(old, other=text))
        return replace(edit, merge_key=f"answers/{key}/other")

    return make


def measure(key: str, **fields: object) -> MakeEdit:
    """Set inputs or declarations of a measured quantity; typing on is one step of undo."""

    def make(record: Assessment) -> Edit:
        edit = give_answer(record, key, measured(record.answers.get(key), **fields))
        return replace(edit, merge_key=_measure_key("answers", key, fields))

    return make


def measure_indicator(indicator: str, **fields: object) -> MakeEdit:
    """Set inputs or declarations of a reported indicator."""

    def make(record: Assessment) -> Edit:
        edit = set_indicator(indicator, measured(record.indicators.get(indicator), **fields))
        return replace(edit, merge_key=_measure_key("indicators", indicator, fields))

    return make


def _measure_key(section: str, key: str, fields: dict[str, object]) -> str:
    typed = set(fields) == {"inputs"}
    return f"{section}/{key}/inputs" if typed else ""


def measured(old: Answer | None, **fields: object) -> Answer | None:
    """Return an answer with other inputs or declarations, `None` when nothing is left in it.

    What was noted on it is not kept by it then; see `give_answer`.
    """
    before = old if old is not None and not old.na else None
    values: dict[str, object] = {
        "inputs": before.inputs if before else None,
        "no_baseline": before.no_baseline if before else None,
        "industry_baseline": before.industry_baseline if before else False,
        **fields,
    }
    inputs = values["inputs"] or None
    if not (inputs or values["no_baseline"] or values["industry_baseline"]):
        return None
    values["inputs"] = inputs if values["no_baseline"] else inputs or {}
    return Answer.model_validate({**_kept(old), **values})


def inputs_with(old: Answer | None, name: str, value: Decimal | None) -> dict[str, Decimal]:
    """Return the inputs after one was typed or emptied."""
    inputs = dict(old.inputs or {}) if old else {}
    inputs.pop(name, None)
    return inputs if value is None else {**inputs, name: value}


def leave_out(key: str, reason: str) -> MakeEdit:
    """Say that a criterion does not apply, and why; typing on in the reason is one step of undo."""

    def make(record: Assessment) -> Edit | None:
        if not reason.strip():
            return None
        edit = give_answer(record, key, _answer(record, key, na=True, reason=reason))
        return replace(edit, merge_key=f"answers/{key}/reason")

    return make


def clear(key: str) -> MakeEdit:
    """Take an answer back; what was noted on it stays."""
    return lambda record: give_answer(record, key, None) if key in record.answers else None


def rate(key: str, confidence: Confidence | None) -> MakeEdit:
    """Say how sure the answer is, also one that is not given yet."""
    return lambda record: set_confidence(record, key, confidence)


def note(key: str, text: str) -> MakeEdit:
    """Write the note on a criterion, answered or not."""
    return lambda record: set_note(record, key, text)


def declare_gate(gate: str, confirmed: bool | None) -> MakeEdit:
    """Say whether a gate is met; `None` makes it unknown again."""
    return lambda record: gates.declare_gate(record, gate, confirmed)


def fill_gate(gate: str, name: str, text: str) -> MakeEdit:
    """State a fact of a gate, or take it back with an empty text; typing on is one step of undo."""
    return lambda record: gates.state_fact(record, gate, name, text)


def note_gate(gate: str, text: str) -> MakeEdit:
    """Write the note of a gate, answered or not."""
    return lambda record: gates.note_gate(record, gate, text)


def doubt_gate(gate: str) -> MakeEdit:
    """Mark a gate as doubtful, or no longer; it need not be answered for that."""
    return lambda record: gates.doubt_gate(record, gate)


def _answer(record: Assessment, key: str, **way: object) -> Answer:
    """Answer in another way; the note and how sure it is stay."""
    return Answer.model_validate({**_kept(record.answers.get(key)), **way})


def _kept(old: Answer | None) -> dict[str, object]:
    if old is None:
        return {}
    return {"note": old.note, "confidence": old.confidence, "by": old.by}


def _with(old: Answer, **fields: object) -> Answer:
    return Answer.model_validate({**dict(old), **fields})
