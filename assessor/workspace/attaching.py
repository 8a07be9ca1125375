"""Bringing evidence into a visit that is open in a window: looked at beside it, then one edit.

A file whose bytes are in the visit already is not stored twice: the piece that is there serves the
further criteria as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.assessment import Assessment, EvidenceItem
from assessor.commands.edit import Edit
from assessor.commands.entries import Change, rebuilt
from assessor.commands.proofs import next_id, remove_evidence
from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.rubrics.criterion import EvidenceKind
from assessor.storage.blobs import BlobSource, source_of_bytes
from assessor.storage.evidence import Attachment, read_evidence
from assessor.storage.pictures import PictureFacts
from assessor.workspace.clock import Clock, now

_NAMED = 3
Step = Callable[[int, int], None]
"""Told how many of how many files were looked at; may raise to stop."""


@dataclass(frozen=True)
class LookedAt:
    """Files that may be attached, and why others may not."""

    attachments: tuple[Attachment, ...] = ()
    refused: tuple[AssessorError, ...] = ()

    @property
    def sources(self) -> tuple[BlobSource, ...]:
        """The bytes to be stored with the edit."""
        return tuple(attachment.source for attachment in self.attachments)


def look_at_files(paths: Sequence[Path], step: Step | None = None) -> LookedAt:
    """Look at each file; what is refused hinders no other. Never for the window's thread."""
    found: list[Attachment] = []
    refused: list[AssessorError] = []
    for number, path in enumerate(paths, 1):
        try:
            found.append(read_evidence(path))
        except AssessorError as error:
            refused.append(error)
        if step is not None:
            step(number, len(paths))
    return LookedAt(tuple(found), tuple(refused))


def pasted_picture(png: bytes, width: int, height: int, name: str) -> LookedAt:
    """Return a picture that came from the clipboard, as PNG bytes of `width` x `height` pixels."""
    source = source_of_bytes(png, "image/png", name)
    return LookedAt((Attachment(source, PictureFacts(width, height, None)),))


def attaching(
    looked: LookedAt,
    criteria: Sequence[str] = (),
    *,
    kind: EvidenceKind | None = None,
    caption: str = "",
    clock: Clock = now,
) -> Callable[[Assessment], Edit | None]:
    """Return what makes the edit that attaches the files (`LiveVisit.post`).

    `criteria` are answer keys; none puts the files into the inbox. The edit is `None` when all
    files are there already and serve the criteria.
    """

    def make_edit(assessment: Assessment) -> Edit | None:
        known = {item.sha256: item for item in assessment.evidence}
        ids = [item.id for item in assessment.evidence]
        changed: dict[str, EvidenceItem] = {}
        for attachment in looked.attachments:
            there = known.get(attachment.source.sha256)
            if there is None:
                item_id = next_id("e", [*ids, *changed])
                item = attachment.item(
                    item_id, clock(), kind=kind, criteria=criteria, caption=caption
                )
            elif (item := _serving(there, criteria)) is there:
                continue
            known[item.sha256] = changed[item.id] = item
        return _edit("attached", changed.values()) if changed else None

    return make_edit


def known_already(assessment: Assessment, looked: LookedAt) -> tuple[EvidenceItem, ...]:
    """Return the pieces of the visit that have the same bytes as one of the files."""
    given = {attachment.source.sha256 for attachment in looked.attachments}
    return tuple(item for item in assessment.evidence if item.sha256 in given)


def tying(
    ids: Iterable[str], criterion: str, tied: bool, called: object = ""
) -> Callable[[Assessment], Edit | None]:
    """Return what makes the edit by which pieces serve a criterion, or no longer do.

    `called` is what people know it by: a text, or one of the rubric's in both languages.
    """
    wanted = frozenset(ids)

    def make_edit(assessment: Assessment) -> Edit | None:
        changed = [
            _serving(item, (criterion,)) if tied else _without(item, criterion)
            for item in assessment.evidence
            if item.id in wanted and serves(item, criterion) != tied
        ]
        name = called or criterion
        return _edit("tied" if tied else "untied", changed, name) if changed else None

    return make_edit


def tying_gate(
    ids: Iterable[str], gate: str, tied: bool, called: object = ""
) -> Callable[[Assessment], Edit | None]:
    """Return what makes the edit by which pieces serve a gate, or no longer do, as `tying` does."""
    wanted = frozenset(ids)

    def make_edit(assessment: Assessment) -> Edit | None:
        changed = [
            item.model_copy(update={"gates": _gates(item, gate, tied)})
            for item in assessment.evidence
            if item.id in wanted and (gate in item.gates) != tied
        ]
        name = called or gate
        return _edit("gate_tied" if tied else "gate_untied", changed, name) if changed else None

    return make_edit


def changing(ids: Iterable[str], **fields: object) -> Callable[[Assessment], Edit | None]:
    """Return what makes the edit that changes fields of several pieces at once.

    One field of one piece, such as a caption that is being typed, is one step of undo.
    """
    wanted = frozenset(ids)

    def make_edit(assessment: Assessment) -> Edit | None:
        items = [item for item in assessment.evidence if item.id in wanted]
        changed = [new for item in items if (new := rebuilt("evidence", item, **fields)) != item]
        if not changed:
            return None
        edit = _edit("changed", changed)
        merge_key = f"evidence/{'+'.join(sorted(wanted))}/{'+'.join(sorted(fields))}"
        return Edit(edit.changes, edit.description, merge_key)

    return make_edit


def removing(ids: Iterable[str]) -> Callable[[Assessment], Edit | None]:
    """Return what makes the edit that takes pieces away, and from whatever refers to them."""
    wanted = tuple(dict.fromkeys(ids))

    def make_edit(assessment: Assessment) -> Edit | None:
        there = [item for item in assessment.evidence if item.id in wanted]
        last: dict[tuple[str, str], Change] = {}
        record = assessment
        for item in there:
            step = remove_evidence(record, item.id)
            record = step.apply(record)
            # A finding may lose several of its pictures: its last state is the one that counts.
            last |= {(change.section, change.key): change for change in step.changes}
        if not last:
            return None
        return Edit(tuple(last.values()), _said("removed", there))

    return make_edit


def serves(item: EvidenceItem, criterion: str) -> bool:
    """Tell whether a piece serves a criterion, in any of its units."""
    return any(key.partition("@")[0] == criterion for key in item.criteria)


def _serving(item: EvidenceItem, criteria: Sequence[str]) -> EvidenceItem:
    more = tuple(one for one in criteria if one not in item.criteria)
    return item.model_copy(update={"criteria": (*item.criteria, *more)}) if more else item


def _without(item: EvidenceItem, criterion: str) -> EvidenceItem:
    kept = tuple(key for key in item.criteria if key.partition("@")[0] != criterion)
    return item.model_copy(update={"criteria": kept})


def _gates(item: EvidenceItem, gate: str, tied: bool) -> tuple[str, ...]:
    others = tuple(one for one in item.gates if one != gate)
    return (*others, gate) if tied else others


def _edit(name: str, items: Iterable[EvidenceItem], criterion: object = "") -> Edit:
    listed = list(items)
    changes = tuple(Change("evidence", item.id, item) for item in listed)
    return Edit(changes, _said(name, listed, criterion))


def _said(name: str, items: Sequence[EvidenceItem], criterion: object = "") -> Message:
    names = ", ".join(item.file_name for item in items[:_NAMED])
    return message(f"ui_evidence.did_{name}", count=len(items), names=names, criterion=criterion)
