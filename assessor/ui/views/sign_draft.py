"""What somebody is about to sign: kept with the visit, so that a changed language loses nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from PySide6.QtCore import QObject

from assessor.assessment import Assessment
from assessor.rubrics.models import Rubric
from assessor.ui.views.sign_pad import Stroke
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.words import Words

Opinion = Literal["agree", "reserve"]
ENTERPRISE, OTHER = "enterprise", "other"
"""Those who are on no panel."""


@dataclass(frozen=True)
class Draft:
    """A declaration being filled in. `person` is a panel member's id, `ENTERPRISE` or `OTHER`."""

    person: str = ""
    name: str = ""
    role: str = ""
    truthful: bool = False
    recusal: bool = False
    opinion: Opinion = "agree"
    remark: str = ""
    on_paper: bool = False
    strokes: tuple[Stroke, ...] = field(default=())

    @property
    def on_panel(self) -> bool:
        """Whether a member of the panel signs."""
        return self.person not in ("", ENTERPRISE, OTHER)


class DraftKeeper(QObject):
    """Keeps the draft of a visit as long as the visit is open."""

    def __init__(self, visit: VisitBridge) -> None:
        super().__init__(visit)
        self.draft = Draft()

    @staticmethod
    def of(visit: VisitBridge) -> DraftKeeper:
        """Return the keeper of a visit, made when it is first asked for."""
        known = visit.findChild(DraftKeeper)
        return DraftKeeper(visit) if known is None else known


def said_of(rubric: Rubric, words: Words, name: str) -> str:
    """Return words of the sign-off, which speak of an enterprise only where one is assessed."""
    return words.tr(f"ui_sign.{name}" if rubric.body is None else f"form.{name}")


def people(assessment: Assessment, rubric: Rubric, words: Words) -> dict[str, str]:
    """Return who may sign, by id: the panel without its observers, the enterprise, others."""
    members = {
        member.id: words.tr("ui_sign.person", name=member.name, role=_role(member.role, words))
        for member in assessment.visit.panel
        if member.role != "observer"
    }
    return {
        **members,
        ENTERPRISE: said_of(rubric, words, "for_enterprise"),
        OTHER: words.tr("ui_sign.somebody_else"),
    }


def as_person(
    draft: Draft, person: str, assessment: Assessment, rubric: Rubric, words: Words
) -> Draft:
    """Return the draft as another person's, with the name and role that are known."""
    name = role = ""
    for member in assessment.visit.panel:
        if member.id == person:
            name, role = member.name, _role(member.role, words)
    if person == ENTERPRISE:
        enterprise = assessment.enterprise
        name = enterprise.contact.name or enterprise.legal_representative
        role = said_of(rubric, words, "for_enterprise")
    return replace(Draft(), person=person, name=name, role=role)


def next_person(assessment: Assessment) -> str:
    """Return who is to sign next: the first of the panel who has not, then the enterprise."""
    signed = {entry.name for entry in assessment.sign_offs}
    waiting = [
        member.id
        for member in assessment.visit.panel
        if member.role != "observer" and member.name not in signed
    ]
    return (waiting or [ENTERPRISE])[0]


def statement_of(draft: Draft, rubric: Rubric, words: Words) -> str:
    """Return in words what is declared."""
    side = "panel" if draft.on_panel else "other"
    lines = [words.tr(f"ui_sign.truthful_{side}")] if draft.truthful else []
    if draft.recusal and draft.on_panel:
        lines.append(said_of(rubric, words, "recusal_panel"))
    remark = draft.remark.strip()
    said = words.tr(f"ui_sign.{draft.opinion}_{side}")
    lines.append(words.tr("ui_sign.with_remark", said=said, remark=remark) if remark else said)
    return "\n".join(lines)


def missing(draft: Draft, signed: bool) -> str:
    """Return the key of what is still to be done before signing, empty when nothing is; `signed`
    tells whether a signature was drawn."""
    checks = (
        (bool(draft.name.strip()), "ui_sign.need_name"),
        (bool(draft.role.strip()), "ui_sign.need_role"),
        (draft.truthful, "ui_sign.need_truthful"),
        (draft.recusal or not draft.on_panel, "ui_sign.need_recusal"),
        (draft.opinion == "agree" or bool(draft.remark.strip()), "ui_sign.need_remark"),
        (signed or draft.on_paper, "ui_sign.need_drawing"),
    )
    return next((key for held, key in checks if not held), "")


def _role(role: str, words: Words) -> str:
    return words.tr(f"ui_sign.role_{role}")
