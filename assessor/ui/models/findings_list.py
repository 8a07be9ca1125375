"""The findings as rows: what is open and overdue first, each with shape, words and colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from assessor.assessment import Assessment, Finding
from assessor.rubrics.models import Rubric
from assessor.ui.models.row_tree import RowLook, RowNode
from assessor.ui.words import Words

Severity = Literal["major", "minor", "observation"]
FindingState = Literal["open", "rectified", "verified"]
FindingFilter = Literal["all", "open", "overdue", "rectified", "verified"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
STATES: tuple[FindingState, ...] = get_args(FindingState)
FILTERS: tuple[FindingFilter, ...] = get_args(FindingFilter)
SEVERITY_LOOKS: dict[Severity, tuple[str, str]] = {
    "major": ("error", "bad"),
    "minor": ("warning", "caution"),
    "observation": ("info", "accent"),
}
"""Icon and role of colour; no two severities share a shape."""


@dataclass(frozen=True)
class Listed:
    """A finding with the number it has in the report, and whether its day is past."""

    finding: Finding
    number: int
    overdue: bool


def listed(assessment: Assessment, today: date) -> tuple[Listed, ...]:
    """Return all findings: open before rectified before verified, then the worse, then the day."""
    rows = [
        Listed(finding, number, is_overdue(finding, today))
        for number, finding in enumerate(assessment.findings, 1)
    ]
    return tuple(sorted(rows, key=_rank))


def is_overdue(finding: Finding, today: date) -> bool:
    """Tell whether a finding should have been put right before `today` and is still open."""
    return finding.state == "open" and finding.due is not None and finding.due < today


def passing(rows: Sequence[Listed], which: FindingFilter) -> tuple[Listed, ...]:
    """Return the findings a filter lets through."""
    if which == "overdue":
        return tuple(row for row in rows if row.overdue)
    return tuple(row for row in rows if which in ("all", row.finding.state))


def finding_rows(rows: Sequence[Listed], rubric: Rubric, words: Words) -> Iterator[RowNode]:
    """Yield the rows of findings."""
    for row in rows:
        yield RowNode(row.finding.id, _look(row, rubric, words))


def _rank(row: Listed) -> tuple[int, int, date, int]:
    found = row.finding
    severity = SEVERITIES.index(found.severity)
    return STATES.index(found.state), severity, found.due or date.max, row.number


def _look(row: Listed, rubric: Rubric, words: Words) -> RowLook:
    found = row.finding
    icon, role = SEVERITY_LOOKS[found.severity]
    criterion = rubric.criterion_by_id.get(found.criterion)
    item = f"{criterion.number} {words.pick(criterion.title)}" if criterion else found.criterion
    due = words.tr("ui_findings.due_by", day=words.day(found.due)) if found.due else ""
    severity = words.tr(f"ui_findings.severity_{found.severity}")
    who = words.tr("ui_findings.dot").join(part for part in (found.owner, due) if part)
    key = "overdue" if row.overdue else f"state_{found.state}"
    roles = {"overdue": "bad", "state_open": "caution", "state_rectified": "accent"}
    text = found.text.strip().partition("\n")[0]
    state = words.tr(f"ui_findings.{key}")
    return RowLook(
        text,
        icon,
        role,
        number=str(row.number),
        notes=tuple(part for part in (f"{severity} · {item}", who) if part),
        aside=state,
        aside_role=roles.get(key, "good"),
        spoken=" ".join([str(row.number), severity, text, item, who, state]),
    )
