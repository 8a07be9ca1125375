"""Edits of findings made in a window: from the record as it is when their turn comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from assessor.assessment import Assessment, EvidenceItem, Finding
from assessor.commands.edit import Edit
from assessor.commands.entries import entry_of, rebuilt
from assessor.commands.proofs import add_evidence, next_id, remove_finding, set_finding
from assessor.workspace.attaching import LookedAt
from assessor.workspace.clock import Clock, now

MakeEdit = Callable[[Assessment], Edit | None]
Part = Literal["evidence", "recheck"]
"""Photographs of what was found, or of what it looked like after it was put right."""


def new_finding_id(record: Assessment) -> str:
    """Return an id no finding of the record has yet."""
    return next_id("f", [finding.id for finding in record.findings])


def adding(finding: Finding) -> MakeEdit:
    """Return what makes the edit that records a new finding; its id is given anew if taken."""

    def make_edit(record: Assessment) -> Edit:
        taken = entry_of(record, "findings", finding.id) is not None
        name = new_finding_id(record) if taken else finding.id
        return set_finding(record, finding.model_copy(update={"id": name}))

    return make_edit


def changing(finding_id: str, **fields: object) -> MakeEdit:
    """Return what makes the edit of some fields of a finding; `None` when they are so already or
    the finding is gone. Raises `EditRefusedError` for a value it cannot hold."""

    def make_edit(record: Assessment) -> Edit | None:
        known = _finding(record, finding_id)
        if known is None:
            return None
        new = rebuilt("findings", known, **fields)
        if new == known:
            return None
        made = set_finding(record, new)
        # Typing on in one field is one step of undo; another field is another step.
        return Edit(made.changes, made.description, f"findings/{finding_id}/{'+'.join(fields)}")

    return make_edit


def removing(finding_id: str) -> MakeEdit:
    """Return what makes the edit that takes a finding away; its photographs stay in the visit."""

    def make_edit(record: Assessment) -> Edit | None:
        return remove_finding(finding_id) if _finding(record, finding_id) else None

    return make_edit


def showing(finding_id: str, evidence: Iterable[str], part: Part = "evidence") -> MakeEdit:
    """Return what makes the edit by which exactly these pieces of evidence show a finding, or its
    rectification."""
    wanted = tuple(dict.fromkeys(evidence))

    def make_edit(record: Assessment) -> Edit | None:
        there = {piece.id for piece in record.evidence}
        kept = tuple(name for name in wanted if name in there)
        return changing(finding_id, **{part: kept})(record)

    return make_edit


def photographing(
    finding_id: str,
    looked: LookedAt,
    *,
    caption: str,
    part: Part = "evidence",
    clock: Clock = now,
) -> MakeEdit:
    """Return what makes the edit that attaches files and ties them to a finding, in one step.

    They serve the finding's criterion as well, and stand behind the photographs that are there. A
    file whose bytes the visit has already is not stored twice.
    """

    def make_edit(record: Assessment) -> Edit | None:
        known = _finding(record, finding_id)
        if known is None or not looked.attachments:
            return None
        there = {piece.sha256: piece.id for piece in record.evidence}
        new: list[EvidenceItem] = []
        shown = list(getattr(known, part))
        for attachment in looked.attachments:
            item_id = there.get(attachment.source.sha256, "")
            if not item_id:
                item_id = next_id("e", there.values())
                there[attachment.source.sha256] = item_id
                new.append(
                    attachment.item(item_id, clock(), criteria=[known.criterion], caption=caption)
                )
            shown.append(item_id)
        after = rebuilt("findings", known, **{part: tuple(dict.fromkeys(shown))})
        made = set_finding(record, after)
        return Edit((*add_evidence(new).changes, *made.changes), made.description)

    return make_edit


def _finding(record: Assessment, finding_id: str) -> Finding | None:
    found = entry_of(record, "findings", finding_id)
    return found if isinstance(found, Finding) else None
