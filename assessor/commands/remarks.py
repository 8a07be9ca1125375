"""Edits of what goes with an answer, which may be noted before there is one."""

from __future__ import annotations

from dataclasses import replace

from assessor.assessment import Answer, Assessment, Confidence, Jotting
from assessor.commands.answers import set_answer
from assessor.commands.edit import Edit
from assessor.commands.entries import Change, rebuilt
from assessor.i18n import message

_SAMPLE = Jotting(note="-")
"""Any jotting, to make others after."""


def give_answer(assessment: Assessment, key: str, answer: Answer | None) -> Edit:
    """Answer a criterion with what was jotted down on it before, or clear its answer with None.

    Note and confidence of an answer that is cleared stay behind as jottings.
    """
    edit = set_answer(key, answer)
    noted = assessment.jottings.get(key)
    if answer is not None and noted is not None:
        changes = (Change("answers", key, with_jotting(answer, noted)), _jotting(key))
        return replace(edit, changes=changes)
    before = assessment.answers.get(key)
    if answer is None and before is not None:
        left = before if noted is None else with_jotting(before, noted)
        if left.note or left.confidence:
            behind = _jotting(key, left.note, left.confidence)
            return replace(edit, changes=(*edit.changes, behind))
    return edit


def remarks_on(assessment: Assessment, key: str) -> Jotting | None:
    """Return what is noted on a criterion, answered or not, and how sure the answer is."""
    answer, noted = assessment.answers.get(key), assessment.jottings.get(key)
    if answer is None:
        return noted
    said = with_jotting(answer, noted)
    if not said.note and said.confidence is None:
        return None
    return Jotting(note=said.note, confidence=said.confidence)


def with_jotting(answer: Answer, noted: Jotting | None) -> Answer:
    """Return an answer that also says what was jotted down; its own confidence goes first."""
    if noted is None:
        return answer
    notes = dict.fromkeys(note for note in (noted.note, answer.note) if note)
    confidence = answer.confidence or noted.confidence
    return rebuilt("answers", answer, note="\n".join(notes), confidence=confidence)


def set_note(assessment: Assessment, key: str, note: str) -> Edit:
    """Write the note on a criterion; typing on in the same note is one step of undo."""
    return _remark(assessment, key, "session.set_note", note=note)


def set_confidence(assessment: Assessment, key: str, confidence: Confidence | None) -> Edit:
    """Say how sure the answer to a criterion is, or will be."""
    said = f"session.confidence_{confidence or 'open'}"
    return _remark(assessment, key, said, confidence=confidence)


def _remark(assessment: Assessment, key: str, said: str, **fields: object) -> Edit:
    answer, noted = assessment.answers.get(key), assessment.jottings.get(key)
    if answer is None:
        values = {**(dict(noted) if noted else {}), **fields}
        changes: tuple[Change, ...] = (_jotting(key, **values),)
    else:
        remarked = rebuilt("answers", with_jotting(answer, noted), **fields)
        taken = (_jotting(key),) if noted is not None else ()
        changes = (Change("answers", key, remarked), *taken)
    merge_key = f"remarks/{key}/note" if "note" in fields else ""
    return Edit(changes, message(said, criterion=key), merge_key)


def _jotting(key: str, note: object = "", confidence: object = None) -> Change:
    """Return the change that leaves this jotted down, nothing when it says nothing."""
    if not note and confidence is None:
        return Change("jottings", key, None)
    value = rebuilt("jottings", _SAMPLE, note=note, confidence=confidence)
    return Change("jottings", key, value)
