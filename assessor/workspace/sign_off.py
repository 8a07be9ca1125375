"""Signing a visit: after the first signature the record stands still until it is reopened.

A signed record takes two kinds of change only: a further signature, and the next revision, which
drops the signatures and needs a reason. The reason stands in the log of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from assessor.assessment import Assessment, EvidenceItem, SignOff
from assessor.commands.edit import Edit
from assessor.commands.entries import Change
from assessor.commands.proofs import next_id
from assessor.commands.record import add_sign_off, start_revision
from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.storage.blobs import BlobSource, source_of_bytes
from assessor.storage.history import LoggedEdit
from assessor.workspace.clock import Clock, now

PNG = "image/png"
LONGEST_REASON = 2000
_REOPENED = "sign.reopened"


class SignedError(AssessorError):
    """The record is signed: it has to be reopened before it is changed."""


@dataclass(frozen=True)
class Drawing:
    """A drawn signature: a PNG and its size in pixels."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Declaration:
    """Who declares what; `statement` holds the declarations in words, as they were accepted."""

    name: str
    role: str
    statement: str
    drawing: Drawing | None = None


@dataclass(frozen=True)
class Signing:
    """An edit to be posted together with the bytes it needs."""

    make_edit: Callable[[Assessment], Edit]
    sources: tuple[BlobSource, ...]


@dataclass(frozen=True)
class Revision:
    """How a revision began: why, when, by whom, and who had signed the one before it."""

    number: int
    reason: str
    at: datetime
    author: str
    signed_before: tuple[str, ...]


def sign(declaration: Declaration, clock: Clock = now) -> Signing:
    """Return the edit that adds a signature; making it raises `AssessorError` for one without name,
    role or statement, or by somebody who has signed in this role already.
    """
    name, role = declaration.name.strip(), declaration.role.strip()
    statement = declaration.statement.strip()
    drawing = declaration.drawing

    def make_edit(assessment: Assessment) -> Edit:
        _check(assessment, name, role, statement)
        at = clock()
        item = _drawn(assessment, drawing, name, at) if drawing else None
        signature = item.id if item else None
        entry = SignOff(
            name=name, role=role, statement=statement, signed_at=at, signature=signature
        )
        signed = add_sign_off(assessment, entry)
        picture = (Change("evidence", item.id, item),) if item else ()
        return Edit((*picture, *signed.changes), signed.description)

    sources = (source_of_bytes(drawing.png, PNG, _file_name(name)),) if drawing else ()
    return Signing(make_edit, sources)


def reopen(reason: str) -> Callable[[Assessment], Edit]:
    """Return what makes the edit that begins the next revision of a signed record.

    The signatures and their drawings are taken out; the log keeps who had signed. Making the edit
    raises `AssessorError` without a reason or when nobody has signed.
    """
    why = reason.strip()[:LONGEST_REASON]

    def make_edit(assessment: Assessment) -> Edit:
        if not why:
            raise AssessorError(message("sign.reason_missing"))
        if not assessment.sign_offs:
            raise AssessorError(message("sign.nothing_signed"))
        pictures = (Change("evidence", one, None) for one in sorted(signature_ids(assessment)))
        said = message("sign.reopened", number=assessment.revision + 1, reason=why)
        return Edit((*pictures, *start_revision(assessment).changes), said)

    return make_edit


def signature_ids(assessment: Assessment) -> frozenset[str]:
    """Return the ids of the evidence that is somebody's drawn signature."""
    return frozenset(entry.signature for entry in assessment.sign_offs if entry.signature)


def refuse_when_signed(old: Assessment, new: Assessment) -> None:
    """Raise `SignedError` when `old` is signed and `new` is neither signed further nor the next
    revision of the same content."""
    if not old.sign_offs or new == old or _signed_further(old, new) or _reopened(old, new):
        return
    names = list(dict.fromkeys(entry.name for entry in old.sign_offs))
    raise SignedError(message("sign.refused", names=", ".join(names), revision=old.revision))


def revisions(history: Iterator[LoggedEdit]) -> tuple[Revision, ...]:
    """Return how the revisions of a record began, in order; one that was taken back is left out."""
    found: dict[int, Revision] = {}
    for step in history:
        number = _number(step.after.get(("meta", "revision"), ""))
        if number is None:
            continue
        found = {known: entry for known, entry in found.items() if known < number}
        told = _telling(step.what)
        if told is not None:
            signed = _signers(step.before.get(("meta", "sign_offs")))
            reason = str(told.values.get("reason", ""))
            found[number] = Revision(number, reason, step.at, step.author, signed)
    return tuple(found.values())


def reason_of(what: Message) -> str:
    """Return why a signed record was opened again, empty for any other step."""
    told = _telling(what)
    return str(told.values.get("reason", "")) if told else ""


def _check(assessment: Assessment, name: str, role: str, statement: str) -> None:
    if not name:
        raise AssessorError(message("sign.name_missing"))
    if not role:
        raise AssessorError(message("sign.role_missing"))
    if not statement:
        raise AssessorError(message("sign.statement_missing"))
    if any((entry.name, entry.role) == (name, role) for entry in assessment.sign_offs):
        raise AssessorError(message("sign.signed_already", name=name, role=role))


def _drawn(assessment: Assessment, drawing: Drawing, name: str, at: datetime) -> EvidenceItem:
    source = source_of_bytes(drawing.png, PNG, _file_name(name))
    return EvidenceItem(
        id=next_id("e", [item.id for item in assessment.evidence]),
        sha256=source.sha256,
        size=source.size,
        media_type=PNG,
        file_name=source.name,
        kind="document",
        person=name,
        added_at=at,
        width=drawing.width,
        height=drawing.height,
    )


def _file_name(name: str) -> str:
    return f"signature-{name}.png"


def _signed_further(old: Assessment, new: Assessment) -> bool:
    count, kept = len(old.sign_offs), len(old.evidence)
    added = {item.id for item in new.evidence[kept:]}
    drawn = {entry.signature for entry in new.sign_offs[count:]}
    same = {"sign_offs": old.sign_offs, "evidence": old.evidence}
    return (
        len(new.sign_offs) > count
        and new.sign_offs[:count] == old.sign_offs
        and new.evidence[:kept] == old.evidence
        and added <= drawn
        and new.model_copy(update=same) == old
    )


def _reopened(old: Assessment, new: Assessment) -> bool:
    drawn = signature_ids(old)
    kept = tuple(item for item in old.evidence if item.id not in drawn)
    expected = {"revision": old.revision + 1, "sign_offs": (), "evidence": kept}
    return new == old.model_copy(update=expected)


def _number(value: object) -> int | None:
    """The revision a step led to: nothing noted stands for the first."""
    if value is None:
        return 1
    return value if isinstance(value, int) else None


def _telling(what: Message) -> Message | None:
    """The message that carries the reason, also where the step was done again."""
    if what.key == _REOPENED:
        return what
    inner = what.values.get("what")
    redone = what.key == "session.redone" and isinstance(inner, Message)
    return inner if redone and isinstance(inner, Message) and inner.key == _REOPENED else None


def _signers(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(str(entry.get("name", "")) for entry in value if isinstance(entry, dict))
