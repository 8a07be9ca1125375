"""Other experts' files: read, checked to be about the same visit, given to whom they are from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.analysis.panel import Sheet
from assessor.assessment import Assessment, PanelMember
from assessor.commands.proofs import next_id
from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.workspace.visits import opened

OWN = "expert-own"
"""The id of whoever keeps this record while no panel member is named for it."""
_LONGEST_NAME = 60


class PanelRefusedError(AssessorError):
    """A file that does not belong to this visit; says what differs."""


@dataclass(frozen=True)
class Brought:
    """Another expert's file as it was read: who it is from, and the whole record."""

    path: Path
    member: PanelMember
    assessment: Assessment

    @property
    def sheet(self) -> Sheet:
        """The expert's answers."""
        return Sheet(self.member.id, self.assessment.answers)


def bring_in(path: Path, own: Assessment, others: Sequence[Brought] = ()) -> Brought:
    """Read another expert's file; takes its time.

    Raises `PanelRefusedError` when it is about another enterprise, another visit or another rubric,
    or was brought in already, and `StorageError` when it cannot be read.
    """
    if any(path == known.path for known in others):
        raise PanelRefusedError(message("panel.brought_already", file=path.name))
    with opened(path, read_only=True) as visit:
        record = visit.assessment
    reason = _misfit(own, record)
    if reason is not None:
        raise PanelRefusedError(message("panel.refused", file=path.name, reason=reason))
    taken = {known.member.id for known in others}
    return Brought(path, _author(path, own, record, taken), record)


def own_member(assessment: Assessment, name: str) -> PanelMember:
    """Return whose opinion the record itself is: the panel's leader, else its first member, else
    somebody called `name`."""
    members = [member for member in assessment.visit.panel if member.role != "observer"]
    leaders = [member for member in members if member.role == "leader"]
    return (leaders or members or [PanelMember(id=OWN, name=name)])[0]


def _misfit(own: Assessment, other: Assessment) -> Message | None:
    """Return in words why a record is not about the same visit, `None` when it is."""
    if other.rubric.digest != own.rubric.digest:
        versions = {"id": other.rubric.id, "version": other.rubric.version}
        return message("panel.other_rubric", **versions)
    if _another(own, other):
        return message("panel.other_enterprise", name=other.enterprise.name)
    for field in ("cycle", "profile", "target"):
        theirs, ours = getattr(other, field), getattr(own, field)
        if theirs != ours:
            label = message(f"panel.frame_{field}")
            return message("panel.other_frame", field=label, theirs=theirs, ours=ours)
    if other.visit.kind == "self" and own.visit.kind != "self":
        return message("panel.self_assessment")
    days = (own.visit.date_from, other.visit.date_from)
    if own.id != other.id and None not in days and days[0] != days[1]:
        return message("panel.other_visit", theirs=days[1], ours=days[0])
    return None


def _another(own: Assessment, other: Assessment) -> bool:
    ours, theirs = own.enterprise, other.enterprise
    if ours.credit_code and theirs.credit_code:
        return ours.credit_code != theirs.credit_code
    return ours.name != theirs.name


def _author(path: Path, own: Assessment, other: Assessment, taken: Collection[str]) -> PanelMember:
    """Return whose file it most likely is: by its answers, its name, else somebody new."""
    free = [member for member in own.visit.panel if member.id not in taken]
    marks = {answer.by for answer in other.answers.values() if answer.by}
    named = [
        member
        for member in free
        if {member.id} == marks or (not marks and member.name in path.stem)
    ]
    if named:
        return named[0]
    known = {*taken, *(member.id for member in own.visit.panel)}
    return PanelMember(id=next_id("expert-", known), name=path.stem[:_LONGEST_NAME] or path.name)
