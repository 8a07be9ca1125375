"""The panel: other experts' files brought in, laid beside one's own, merged, decided.

A criterion counts as settled when its answer in the record says whose it is (`Answer.by`). Before
that the answers in the record are the opinion of the expert whose file it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assessor.analysis.panel import Comparison, Merged, Opinion, Sheet, compare, merge
from assessor.assessment import Answer, Assessment, PanelMember
from assessor.commands.edit import Edit
from assessor.commands.entries import Change, MappingSection, SequenceSection
from assessor.commands.proofs import next_id
from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.rubrics.models import Rubric
from assessor.storage.blobs import BlobSource
from assessor.storage.history import LoggedEdit
from assessor.workspace.panel_parts import clashes, laid_into, sources_of, wanted_evidence
from assessor.workspace.visits import opened

Rule = Literal["expert", "majority", "median"]
OWN = "expert-own"
"""The id of whoever keeps this record while no panel member is named for it."""
_LONGEST_NAME = 60
_PANEL_STEPS = "panel."
_MAPPINGS: tuple[MappingSection, ...] = ("answers", "gates", "indicators", "tables", "units")
_SEQUENCES: tuple[SequenceSection, ...] = ("evidence", "findings")
_NO_SHARED: dict[str, object] = {"gates": {}, "indicators": {}, "tables": {}, "units": {}}


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


@dataclass(frozen=True)
class Outlook:
    """What laying the files together gives, before anything is changed.

    `comparisons` are in the order they are looked at. `mergeable` counts, by expert id, the answers
    nobody disputes that are not settled yet. `clashes` names other parts of the record in which the
    files differ; the record keeps its own there.
    """

    comparisons: tuple[Comparison, ...]
    mergeable: Mapping[str, int]
    clashes: tuple[Message, ...]


@dataclass(frozen=True)
class Posting:
    """An edit to be posted together with the bytes it needs."""

    make_edit: Callable[[Assessment], Edit | None]
    sources: tuple[BlobSource, ...]


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


def outlook(
    rubric: Rubric,
    own: Assessment,
    member: PanelMember,
    others: Sequence[Brought],
    former: Mapping[str, Answer],
) -> Outlook:
    """Lay the record and the files beside each other; `former` is what the record itself said of
    criteria that are settled now (`former_opinions`)."""
    settled = {key: answer for key, answer in own.answers.items() if answer.by}
    said = Sheet(member.id, {key: one for key, one in former.items() if key in settled})
    sheets = [_open_sheet(own, member), said, *(brought.sheet for brought in others)]
    count = Counter(answer.by or "" for answer in _merged(own, member, others).answers.values())
    differing = tuple(
        message("panel.clash", name=brought.member.name, part=clash.text)
        for brought in others
        for clash in clashes(own, brought.assessment)
    )
    return Outlook(compare(rubric, sheets, settled), count, differing)


def former_opinions(history: Iterable[LoggedEdit]) -> Mapping[str, Answer]:
    """Return what the record itself said of criteria before the panel settled them."""
    found: dict[str, Answer] = {}
    for step in history:
        if step.what.key.startswith(_PANEL_STEPS):
            for (section, key), value in step.before.items():
                if section == "answers" and isinstance(value, dict) and not value.get("by"):
                    found[key] = Answer.model_validate(value)
    return found


def merge_files(own: Assessment, member: PanelMember, others: Sequence[Brought]) -> Posting:
    """Return the edit that takes over everything nobody disputes.

    With an answer come its evidence and findings; gates, indicators, tables and units come where
    the record has none. What two files say differently stays open.
    """
    wanted = frozenset(_merged(own, member, others).answers)

    def make_edit(now: Assessment) -> Edit | None:
        merged = _merged(now, member, others).answers
        answers = {key: answer for key, answer in merged.items() if key in wanted}
        after = now
        for brought in others:
            keys = brought.assessment.answers.keys() & answers.keys()
            after = laid_into(after, brought.assessment, keys, brought.member.id)
        after = after.model_copy(update={"answers": {**after.answers, **answers}})
        after = _with_panel(after, [member, *(brought.member for brought in others)])
        files = ", ".join(brought.path.name for brought in others)
        return _edit(now, after, message("panel.merged", count=len(answers), files=files))

    keys = {brought.path: brought.assessment.answers.keys() & wanted for brought in others}
    return Posting(make_edit, _sources(own, others, keys))


def decide(
    own: Assessment,
    comparison: Comparison,
    chosen: Opinion,
    rule: Rule,
    member: PanelMember,
    others: Sequence[Brought],
) -> Posting:
    """Return the edit that makes an opinion the panel's answer, with its evidence and findings.

    `by` of the answer says whose words it is; the log keeps what every expert had said.
    """
    key = comparison.key
    people = {one.id: one for one in (*own.visit.panel, member, *(b.member for b in others))}
    answer = chosen.answer.model_copy(update={"by": chosen.by})
    giving = [brought for brought in others if brought.member.id == chosen.by]
    what = _told(comparison, chosen, rule, {name: one.name for name, one in people.items()})

    def make_edit(now: Assessment) -> Edit | None:
        after = now
        for brought in giving:
            only = brought.assessment.model_copy(update=_NO_SHARED)
            after = laid_into(after, only, {key}, chosen.by)
        after = after.model_copy(update={"answers": {**after.answers, key: answer}})
        speaker = [people[chosen.by]] if chosen.by in people else []
        return _edit(now, _with_panel(after, speaker), what)

    return Posting(make_edit, _sources(own, giving, {brought.path: {key} for brought in giving}))


def short(answer: Answer) -> str:
    """Return an answer in a few characters, the same in every language: keys and figures."""
    if answer.na:
        return "N/A"
    if answer.option is not None:
        return answer.option
    if answer.inputs:
        return ", ".join(f"{name}={value:f}" for name, value in sorted(answer.inputs.items()))
    return "+".join(answer.options or ()) or "0"


def _told(comparison: Comparison, chosen: Opinion, rule: Rule, names: Mapping[str, str]) -> Message:
    opinions = (f"{names.get(one.by, one.by)} {short(one.answer)}" for one in comparison.opinions)
    return message(
        f"panel.decided_{rule}",
        criterion=comparison.key,
        answer=short(chosen.answer),
        name=names.get(chosen.by, chosen.by),
        said=", ".join(opinions),
    )


def _open_sheet(own: Assessment, member: PanelMember) -> Sheet:
    return Sheet(member.id, {key: one for key, one in own.answers.items() if not one.by})


def _merged(own: Assessment, member: PanelMember, others: Sequence[Brought]) -> Merged:
    """Merge what is not settled yet; where all agree, the record's own words stay."""
    settled = {key for key, answer in own.answers.items() if answer.by}
    ours = _open_sheet(own, member)
    sheets = [ours]
    for brought in others:
        left = {key: one for key, one in brought.sheet.answers.items() if key not in settled}
        sheets.append(Sheet(brought.member.id, left))
    merged = merge(sheets)
    kept = {
        key: answer.model_copy(update={"by": member.id})
        for key, answer in ours.answers.items()
        if key in merged.answers
    }
    return Merged({**merged.answers, **kept}, merged.conflicts)


def _sources(
    own: Assessment, others: Sequence[Brought], keys: Mapping[Path, Collection[str]]
) -> tuple[BlobSource, ...]:
    present = {item.sha256 for item in own.evidence}
    return tuple(
        source
        for brought in others
        for source in sources_of(
            brought.path, wanted_evidence(brought.assessment, keys[brought.path]), present
        )
    )


def _with_panel(record: Assessment, people: Sequence[PanelMember]) -> Assessment:
    """Put everybody whose answers are used on the panel."""
    known = {member.id for member in record.visit.panel}
    new = tuple(member for member in people if member.id not in known)
    panel = (*record.visit.panel, *new)
    return record.model_copy(update={"visit": record.visit.model_copy(update={"panel": panel})})


def _edit(own: Assessment, after: Assessment, what: Message) -> Edit | None:
    """Return the edit that leads from `own` to `after`, which lacks nothing that `own` has."""
    changes: list[Change] = []
    for section in _MAPPINGS:
        before: Mapping[str, object] = getattr(own, section)
        now: Mapping[str, object] = getattr(after, section)
        changes += [Change(section, key, one) for key, one in now.items() if before.get(key) != one]
    for sequence in _SEQUENCES:
        known = {one.id: one for one in getattr(own, sequence)}
        later = getattr(after, sequence)
        changes += [Change(sequence, one.id, one) for one in later if known.get(one.id) != one]
    if own.visit.panel != after.visit.panel:
        changes.append(Change("visit", "panel", after.visit.panel))
    return Edit(tuple(changes), what) if changes else None


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
