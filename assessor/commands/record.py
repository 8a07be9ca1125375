"""Edits of the frame of a visit: who, when, against what; and who signed."""

from __future__ import annotations

from typing import Literal

from assessor.assessment import Assessment, RubricRef, SignOff
from assessor.commands.edit import Edit
from assessor.commands.entries import Change, RecordSection
from assessor.i18n import message

Aim = Literal["profile", "target", "cycle"]


def set_field(section: RecordSection, name: str, value: object | None) -> Edit:
    """Fill one field of the enterprise or the visit, None empties it.

    Typing on in the same field is one step of undo.
    """
    said = message("session.set_field", section=message(f"session.section_{section}"), field=name)
    return Edit((Change(section, name, value),), said, f"{section}/{name}")


def set_fields(section: RecordSection, **values: object) -> Edit:
    """Fill several fields together, such as the two dates of a visit."""
    said = message("session.set_fields", section=message(f"session.section_{section}"))
    return Edit(tuple(Change(section, name, value) for name, value in values.items()), said)


def set_aim(aim: Aim, value: str) -> Edit:
    """Choose another profile, target tier or cycle (ids of the rubric)."""
    return Edit((Change("meta", aim, value),), message(f"session.set_{aim}", value=value))


def set_rubric(rubric: RubricRef) -> Edit:
    """Go over to another rubric or another version of it; the answers stay as they are."""
    said = message("session.set_rubric", rubric=rubric.id, version=rubric.version)
    return Edit((Change("meta", "rubric", rubric),), said)


def add_sign_off(assessment: Assessment, sign_off: SignOff) -> Edit:
    """Add somebody's declaration."""
    value = (*assessment.sign_offs, sign_off)
    return Edit((Change("meta", "sign_offs", value),), message("session.sign", name=sign_off.name))


def start_revision(assessment: Assessment) -> Edit:
    """Begin the next revision of the record; declarations of the former one no longer hold."""
    number = assessment.revision + 1
    changes = (Change("meta", "revision", number), Change("meta", "sign_offs", None))
    return Edit(changes, message("session.start_revision", number=number))
