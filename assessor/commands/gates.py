"""Edits of what was found for a gate; note and confidence may come first and stay behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assessor.assessment import Assessment, GateAnswer
from assessor.commands.answers import set_gate
from assessor.commands.edit import Edit
from assessor.i18n import message


def declare_gate(assessment: Assessment, gate: str, confirmed: bool | None) -> Edit:
    """Say whether a declared gate is met; `None` makes it unknown again."""
    return set_gate(gate, _with(assessment, gate, **{"pass": confirmed, "inputs": {}}))


def state_fact(assessment: Assessment, gate: str, name: str, fact: str) -> Edit:
    """State a fact that decides a gate, or take it back with an empty text; typing on is one step
    of undo."""
    old = assessment.gates.get(gate)
    inputs = {key: value for key, value in old.inputs.items() if key != name} if old else {}
    if fact.strip():
        inputs[name] = fact.strip()
    edit = set_gate(gate, _with(assessment, gate, **{"pass": None, "inputs": inputs}))
    return replace(edit, merge_key=f"gates/{gate}/{name}")


def note_gate(assessment: Assessment, gate: str, note: str) -> Edit:
    """Write the note of a gate, answered or not; typing on in it is one step of undo."""
    edit = set_gate(gate, _with(assessment, gate, note=note))
    said = message("session.note_gate", gate=gate)
    return replace(edit, description=said, merge_key=f"gates/{gate}/note")


def doubt_gate(assessment: Assessment, gate: str) -> Edit:
    """Mark a gate as doubtful, answered or not, or no longer where it is marked."""
    old = assessment.gates.get(gate)
    doubted = old is not None and old.confidence == "low"
    edit = set_gate(gate, _with(assessment, gate, confidence=None if doubted else "low"))
    said = "session.trust_gate" if doubted else "session.doubt_gate"
    return replace(edit, description=message(said, gate=gate))


def gates_laid_over(
    before: Mapping[str, GateAnswer], given: Mapping[str, GateAnswer]
) -> dict[str, GateAnswer]:
    """Return gates with others laid over them: an answer takes the place of an earlier one, what
    is only noted joins whatever is there."""
    return {**before, **{gate: _over(before.get(gate), one) for gate, one in given.items()}}


def _over(before: GateAnswer | None, given: GateAnswer) -> GateAnswer:
    if before is None or (before.answers and given.answers):
        return given
    stated, other = (given, before) if given.answers else (before, given)
    notes = dict.fromkeys(note for note in (before.note, given.note) if note)
    confidence = stated.confidence or other.confidence
    return stated.model_copy(update={"note": "\n".join(notes), "confidence": confidence})


def _with(assessment: Assessment, gate: str, **fields: object) -> GateAnswer | None:
    """Return what is on record of a gate with other fields; None when it says nothing any more."""
    old = assessment.gates.get(gate)
    values = {**(old.model_dump(by_alias=True) if old else {}), **fields}
    if not any(value not in (None, "", {}) for value in values.values()):
        return None
    return GateAnswer.model_validate(values)
