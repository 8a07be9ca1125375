"""Findings: problems seen on site, kept with their photographs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from assessor.assessment import Finding
from assessor.commands.edit import Edit
from assessor.commands.proofs import add_evidence, next_id, set_finding
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.storage.evidence import read_evidence
from assessor.workspace.clock import Clock, now
from assessor.workspace.evidence import new_items
from assessor.workspace.visits import OpenVisit, fields_fit, find_item

Severity = Literal["major", "minor", "observation"]


def finding_severity(name: str) -> Severity:
    """Return the severity called `name`; raises `AssessorError` naming the known ones."""
    for severity in get_args(Severity):
        if severity == name:
            return cast("Severity", severity)
    known = ", ".join(get_args(Severity))
    raise AssessorError(message("visit.no_severity", severity=name, known=known))


def add_finding(
    visit: OpenVisit,
    item: str,
    text: str,
    *,
    severity: Severity = "minor",
    clause: str = "",
    owner: str = "",
    due: date | None = None,
    photos: Sequence[Path] = (),
    clock: Clock = now,
) -> Finding:
    """Record a finding at a criterion (id or number), with photographs that are attached to it.

    Raises `AssessorError` for an unknown criterion, an empty text or a file that cannot be
    evidence; nothing is changed then.
    """
    criterion = find_item(visit.loaded, item)
    if not text.strip():
        raise AssessorError(message("visit.finding_without_text"))
    attachments = [read_evidence(path) for path in photos]
    with fields_fit():
        evidence = new_items(visit, attachments, criteria=[criterion], caption=text, clock=clock)
        finding = Finding(
            id=next_id("f", [known.id for known in visit.assessment.findings]),
            criterion=criterion,
            text=text,
            severity=severity,
            clause=clause,
            owner=owner,
            due=due,
            evidence=tuple(piece.id for piece in evidence),
        )
    recorded = set_finding(visit.assessment, finding)
    edit = Edit((*add_evidence(evidence).changes, *recorded.changes), recorded.description)
    visit.do(edit, [attachment.source for attachment in attachments])
    return finding
