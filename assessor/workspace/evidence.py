"""Evidence: files looked at, stored inside the visit and tied to criteria."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args

from assessor.assessment import EvidenceItem
from assessor.commands.proofs import add_evidence, next_id
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.criterion import EvidenceKind
from assessor.storage.evidence import Attachment, read_evidence
from assessor.workspace.clock import Clock, now
from assessor.workspace.visits import OpenVisit, fields_fit, find_item


def evidence_kind(name: str) -> EvidenceKind:
    """Return the kind of evidence called `name`; raises `AssessorError` naming the known ones."""
    for kind in get_args(EvidenceKind):
        if kind == name:
            return cast("EvidenceKind", kind)
    known = ", ".join(get_args(EvidenceKind))
    raise AssessorError(message("visit.no_evidence_kind", kind=name, known=known))


def attach(
    visit: OpenVisit,
    item: str,
    files: Sequence[Path],
    *,
    caption: str = "",
    kind: EvidenceKind | None = None,
    clock: Clock = now,
) -> tuple[EvidenceItem, ...]:
    """Attach files to a criterion (id or number); all of them or none.

    Raises `AssessorError` for a file that cannot be evidence or an unknown criterion.
    """
    criterion = find_item(visit.loaded, item)
    attachments = [read_evidence(path) for path in files]
    with fields_fit():
        items = new_items(
            visit, attachments, criteria=[criterion], caption=caption, kind=kind, clock=clock
        )
    visit.do(add_evidence(items), [attachment.source for attachment in attachments])
    return items


def new_items(
    visit: OpenVisit,
    attachments: Sequence[Attachment],
    *,
    criteria: Sequence[str],
    caption: str,
    kind: EvidenceKind | None = None,
    clock: Clock,
) -> tuple[EvidenceItem, ...]:
    """Return the records of files that are to be attached, under ids not taken yet."""
    taken = [item.id for item in visit.assessment.evidence]
    items: list[EvidenceItem] = []
    for attachment in attachments:
        item_id = next_id("e", [*taken, *(item.id for item in items)])
        items.append(
            attachment.item(item_id, clock(), kind=kind, criteria=criteria, caption=caption)
        )
    return tuple(items)
