"""The panel: other experts' files laid beside one's own, before anything is changed.

A criterion counts as settled when its answer in the record says whose it is (`Answer.by`). Before
that the answers in the record are the opinion of the expert whose file it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.analysis.panel import Comparison, Merged, Sheet, compare, merge
from assessor.assessment import Answer, Assessment, PanelMember
from assessor.i18n import Message, message
from assessor.rubrics.models import Rubric
from assessor.storage.history import LoggedEdit
from assessor.workspace.panel_files import Brought
from assessor.workspace.panel_parts import clashes

_PANEL_STEPS = "panel."


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
    sheets = [open_sheet(own, member), said, *kept_sheets(own, member, others)]
    sheets += [brought.sheet for brought in others]
    count = Counter(answer.by or "" for answer in merged(own, member, others).answers.values())
    differing = tuple(
        message("panel.clash", name=brought.member.name, part=clash.text)
        for brought in others
        for clash in clashes(own, brought.assessment)
    )
    return Outlook(compare(rubric, sheets, settled), count, differing)


def kept_sheets(
    own: Assessment, member: PanelMember, others: Sequence[Brought]
) -> tuple[Sheet, ...]:
    """Return what the record keeps of experts who are neither `member` nor among `others`."""
    present = {member.id, *(brought.member.id for brought in others)}
    kept = sorted(own.opinions.items())
    return tuple(Sheet(expert, said.answers) for expert, said in kept if expert not in present)


def former_opinions(history: Iterable[LoggedEdit]) -> Mapping[str, Answer]:
    """Return what the record itself said of criteria before the panel settled them."""
    found: dict[str, Answer] = {}
    for step in history:
        if step.what.key.startswith(_PANEL_STEPS):
            for (section, key), value in step.before.items():
                if section == "answers" and isinstance(value, dict) and not value.get("by"):
                    found[key] = Answer.model_validate(value)
    return found


def open_sheet(own: Assessment, member: PanelMember) -> Sheet:
    """Return what the record itself says of everything that is not settled."""
    return Sheet(member.id, {key: one for key, one in own.answers.items() if not one.by})


def merged(own: Assessment, member: PanelMember, others: Sequence[Brought]) -> Merged:
    """Merge what is not settled yet; where all agree, the record's own words stay."""
    settled = {key for key, answer in own.answers.items() if answer.by}
    ours = open_sheet(own, member)
    sheets = [ours]
    for brought in others:
        left = {key: one for key, one in brought.sheet.answers.items() if key not in settled}
        sheets.append(Sheet(brought.member.id, left))
    found = merge(sheets)
    kept = {
        key: answer.model_copy(update={"by": member.id})
        for key, answer in ours.answers.items()
        if key in found.answers
    }
    return Merged({**found.answers, **kept}, found.conflicts)
