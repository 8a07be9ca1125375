"""What the panel makes of several files: everything undisputed taken over, the rest decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assessor.analysis.panel import Comparison, Opinion, by_expert
from assessor.assessment import Answer, Assessment, ExpertOpinions, PanelMember
from assessor.commands.edit import Edit
from assessor.commands.entries import Change, MappingSection, SequenceSection
from assessor.i18n import Message, message
from assessor.storage.blobs import BlobSource
from assessor.workspace.calibration import arranged
from assessor.workspace.panel import merged, open_sheet
from assessor.workspace.panel_files import Brought
from assessor.workspace.panel_parts import laid_into, sources_of, wanted_evidence

Rule = Literal["expert", "majority", "median", "mean", "trimmed"]
_MAPPINGS: tuple[MappingSection, ...] = ("answers", "gates", "indicators", "tables", "units")
_SEQUENCES: tuple[SequenceSection, ...] = ("evidence", "findings")
_NO_SHARED: dict[str, object] = {"gates": {}, "indicators": {}, "tables": {}, "units": {}}


@dataclass(frozen=True)
class Posting:
    """An edit to be posted together with the bytes it needs."""

    make_edit: Callable[[Assessment], Edit | None]
    sources: tuple[BlobSource, ...]


def merge_files(own: Assessment, member: PanelMember, others: Sequence[Brought]) -> Posting:
    """Return the edit that takes over everything nobody disputes.

    With an answer come its evidence and findings; gates, indicators, tables and units come where
    the record has none. What two files say differently stays open.
    """
    wanted = frozenset(merged(own, member, others).answers)

    def make_edit(now: Assessment) -> Edit | None:
        undisputed = merged(now, member, others).answers
        answers = {key: answer for key, answer in undisputed.items() if key in wanted}
        after = now
        for brought in others:
            keys = brought.assessment.answers.keys() & answers.keys()
            after = laid_into(after, brought.assessment, keys, brought.member.id)
        after = after.model_copy(update={"answers": {**after.answers, **answers}})
        after = _with_panel(after, [member, *(brought.member for brought in others)])
        after = _with_opinions(after, now, member, others)
        after = _with_calibrations(after, others)
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
        speakers = [people[one.by] for one in comparison.opinions if one.by in people]
        after = _with_opinions(_with_panel(after, speakers), now, member, others)
        return _edit(now, after, what)

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


def _with_opinions(
    record: Assessment, before: Assessment, member: PanelMember, others: Sequence[Brought]
) -> Assessment:
    """Keep what every expert had said, so that who scored what stays with the record."""
    sheets = [open_sheet(before, member), *(brought.sheet for brought in others)]
    opinions = dict(record.opinions)
    members = {one.id for one in record.visit.panel}
    for expert, answers in by_expert(sheets).items():
        if expert in members:
            own = {key: answer.model_copy(update={"by": None}) for key, answer in answers.items()}
            known = opinions.get(expert, ExpertOpinions()).answers
            opinions[expert] = ExpertOpinions(answers={**known, **own})
    return record.model_copy(update={"opinions": opinions})


def _with_calibrations(record: Assessment, others: Sequence[Brought]) -> Assessment:
    """Take over what the other experts' files say of how they were calibrated."""
    theirs = (one for brought in others for one in brought.assessment.calibrations)
    calibrations = arranged((*record.calibrations, *theirs))
    return record.model_copy(update={"calibrations": calibrations})


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
    if changes and own.opinions != after.opinions:
        changes.append(Change("meta", "opinions", after.opinions))
    if changes and own.calibrations != after.calibrations:
        changes.append(Change("meta", "calibrations", after.calibrations))
    return Edit(tuple(changes), what) if changes else None
