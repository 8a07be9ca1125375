"""Edits of evidence and findings. The bytes of evidence are stored apart; here is what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessor.assessment import Assessment, EvidenceItem, Finding
from assessor.commands.edit import Edit
from assessor.commands.entries import Change, EditRefusedError, entry_of, rebuilt
from assessor.i18n import message


def add_evidence(items: Sequence[EvidenceItem]) -> Edit:
    """Attach one or more pieces of evidence."""
    changes = tuple(Change("evidence", item.id, item) for item in items)
    names = ", ".join(item.file_name for item in items[:3])
    return Edit(changes, message("session.add_evidence", count=len(items), names=names))


def update_evidence(assessment: Assessment, item_id: str, **fields: object) -> Edit:
    """Change fields of one piece, such as its caption or the day it is about.

    Typing on in one field is one step of undo. Raises `EditRefusedError` for an unknown piece.
    """
    item = _evidence(assessment, item_id)
    new = rebuilt("evidence", item, **fields)
    key = f"evidence/{item_id}/{'+'.join(sorted(fields))}"
    said = message("session.update_evidence", name=item.file_name)
    return Edit((Change("evidence", item_id, new),), said, key)


def assign_evidence(assessment: Assessment, item_id: str, criteria: Iterable[str]) -> Edit:
    """Say which criteria (`answer_key`) a piece serves: these, each once, and no others."""
    item = _evidence(assessment, item_id)
    wanted = tuple(dict.fromkeys(criteria))
    new = rebuilt("evidence", item, criteria=wanted)
    listed = ", ".join(wanted)
    said = message("session.assign_evidence", name=item.file_name, criteria=listed)
    return Edit((Change("evidence", item_id, new),), said)


def remove_evidence(assessment: Assessment, item_id: str) -> Edit:
    """Take a piece away, also from the findings and platform results that refer to it."""
    item = _evidence(assessment, item_id)
    findings = (
        Change("findings", finding.id, shown)
        for finding in assessment.findings
        if (shown := _unshown(finding, item_id)) != finding
    )
    results = (
        Change("platform_results", outcome, result.model_copy(update={"evidence": kept}))
        for outcome, result in assessment.platform_results.items()
        if (kept := _without(result.evidence, item_id)) != result.evidence
    )
    said = message("session.remove_evidence", name=item.file_name)
    return Edit((Change("evidence", item_id, None), *findings, *results), said)


def set_finding(assessment: Assessment, finding: Finding) -> Edit:
    """Add a finding, or put this in the place of the one with the same id."""
    known = entry_of(assessment, "findings", finding.id) is not None
    name = "update_finding" if known else "add_finding"
    said = message(f"session.{name}", criterion=finding.criterion)
    key = f"findings/{finding.id}" if known else ""
    return Edit((Change("findings", finding.id, finding),), said, key)


def remove_finding(finding_id: str) -> Edit:
    """Take a finding away."""
    said = message("session.remove_finding", finding=finding_id)
    return Edit((Change("findings", finding_id, None),), said)


def next_id(prefix: str, taken: Iterable[str]) -> str:
    """Return the first of `<prefix>1`, `<prefix>2` ... above every number already taken."""
    numbers = (name.removeprefix(prefix) for name in taken if name.startswith(prefix))
    used = [int(number) for number in numbers if number.isascii() and number.isdigit()]
    return f"{prefix}{max(used, default=0) + 1}"


def _evidence(assessment: Assessment, item_id: str) -> EvidenceItem:
    item = entry_of(assessment, "evidence", item_id)
    if not isinstance(item, EvidenceItem):
        raise EditRefusedError(message("session.unknown_evidence", item=item_id))
    return item


def _unshown(finding: Finding, gone: str) -> Finding:
    kept = {
        "evidence": _without(finding.evidence, gone),
        "recheck": _without(finding.recheck, gone),
    }
    return finding.model_copy(update=kept)


def _without(items: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(item for item in items if item != gone)
