"""How far the experts of a visit agree: from the record that keeps their opinions, or their files.

What the record says of a criterion the panel has settled is nobody's opinion of their own; it never
counts as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.analysis.agreement import PanelAgreement, panel_agreement
from assessor.analysis.panel import Sheet, by_expert
from assessor.assessment import Assessment, PanelMember
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.models import Rubric
from assessor.workspace.panel import kept_sheets, open_sheet
from assessor.workspace.panel_files import Brought, bring_in, own_member
from assessor.workspace.visits import opened

FEWEST = 2
"""Experts that can agree or not."""


@dataclass(frozen=True)
class ExpertAgreement:
    """How far the experts agree, and who they are by id."""

    rubric: Rubric
    names: Mapping[str, str]
    agreement: PanelAgreement

    def name_of(self, expert: str) -> str:
        """Return the name of an expert."""
        return self.names.get(expert, expert)


def sheets_of(
    record: Assessment, member: PanelMember, others: Sequence[Brought]
) -> tuple[Sheet, ...]:
    """Return every expert's opinions: kept in the record, still open in it, and in the files."""
    own = record.opinions.get(member.id)
    said = {**(own.answers if own else {}), **open_sheet(record, member).answers}
    mine = Sheet(member.id, said)
    return (mine, *kept_sheets(record, member, others), *(one.sheet for one in others))


def agreement_with(
    rubric: Rubric, record: Assessment, member: PanelMember, others: Sequence[Brought]
) -> ExpertAgreement | None:
    """Return how far `member`, whose record it is, and the others agree; `None` for one alone."""
    sheets = sheets_of(record, member, others)
    if len(by_expert(sheets)) < FEWEST:
        return None
    people = (*record.visit.panel, member, *(one.member for one in others))
    names = {person.id: person.name for person in people}
    return ExpertAgreement(rubric, names, panel_agreement(rubric, record, sheets))


def agreement_of_files(paths: Sequence[Path]) -> ExpertAgreement:
    """Return how far the experts of these files agree; the first is the record of the visit.

    Raises `PanelRefusedError` for a file about something else, `AssessorError` where there are the
    scores of fewer than two experts.
    """
    first, *rest = paths
    with opened(first, read_only=True) as visit:
        rubric, record = visit.loaded.rubric, visit.assessment
    others: list[Brought] = []
    for path in rest:
        others.append(bring_in(path, record, others))
    found = agreement_with(rubric, record, own_member(record, first.stem), others)
    if found is None:
        raise AssessorError(message("agreement.few_files", file=first.name))
    return found
