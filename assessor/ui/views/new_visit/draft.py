"""What has been entered for a new visit so far; a value that survives a change of language."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from assessor.assessment import Contact, Enterprise, GateAnswer, PanelMember, Visit
from assessor.credit_code import check_credit_code
from assessor.rubrics.base import Model
from assessor.rubrics.loader import LoadedRubric

if TYPE_CHECKING:
    from assessor.workspace.new_visits import VisitPlan
    from assessor.workspace.received import Received

VisitKind = Literal["third_party", "self", "bureau"]
Role = Literal["leader", "member", "observer"]
Missing = Literal["rubric", "name", "credit_code", "dates", "member", "folder", "file"]


class Member(Model):
    """A panel member as typed; one without a name is not recorded."""

    name: str = ""
    organisation: str = ""
    role: Role = "member"


class Draft(Model):
    """The entries of all steps. `digest` names the rubric, `received` a file to be read."""

    step: int = 0
    received: str = ""
    digest: str = ""
    profile: str = ""
    target: str = ""
    cycle: str = ""
    gates: dict[str, GateAnswer] = Field(default_factory=dict)
    name: str = ""
    credit_code: str = ""
    industry_code: str = ""
    district: str = ""
    cluster: str = ""
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    kind: VisitKind = "third_party"
    project_name: str = ""
    workshop: str = ""
    date_from: date | None = None
    date_to: date | None = None
    members: tuple[Member, ...] = ()
    recusal: str = ""
    folder: str = ""
    file_name: str = ""

    def with_(self, **values: object) -> Draft:
        """Return the draft with other entries."""
        return self.model_copy(update=values)

    def with_rubric(self, loaded: LoadedRubric) -> Draft:
        """Return the draft for a rubric; what it does not have falls back to its first or most."""
        rubric = loaded.rubric
        profiles, cycles = [p.id for p in rubric.profiles], [c.id for c in rubric.cycles]
        targets, gates = [t.id for t in rubric.targets], {gate.id for gate in rubric.gates}
        return self.with_(
            digest=loaded.digest,
            profile=self.profile if self.profile in profiles else profiles[0],
            target=self.target if self.target in targets else targets[-1],
            cycle=self.cycle if self.cycle in cycles else cycles[0],
            gates={name: answer for name, answer in self.gates.items() if name in gates},
        )

    def with_received(self, received: Received) -> Draft:
        """Return the draft with what a self-assessment says; what was typed already stays."""
        theirs = received.enterprise or Enterprise(name="-")
        given = {
            "name": "" if received.enterprise is None else theirs.name,
            "credit_code": theirs.credit_code,
            "industry_code": theirs.industry_code,
            "district": theirs.district,
            "cluster": theirs.cluster,
            "address": theirs.address,
            "contact_name": theirs.contact.name,
            "contact_phone": theirs.contact.phone,
        }
        kept = {name: value for name, value in given.items() if not getattr(self, name)}
        aimed = self.with_(profile=received.profile, target=self.target or received.target)
        return aimed.with_(cycle=self.cycle or received.cycle, **kept)

    def missing(self, step: int) -> tuple[Missing, ...]:
        """Return what keeps a step from being finished."""
        return tuple(fault for fault in _FAULTS[step] if self._lacks(fault))

    def enterprise(self, before: Enterprise | None = None) -> Enterprise:
        """Return the enterprise, laid over what a self-assessment said of it."""
        fields = ("name", "credit_code", "industry_code", "district", "cluster", "address")
        said = {} if before is None else before.model_dump()
        contact = Contact(
            name=self.contact_name.strip(),
            title=before.contact.title if before else "",
            phone=self.contact_phone.strip(),
        )
        own = {field: getattr(self, field).strip() for field in fields}
        check = check_credit_code(own["credit_code"])
        if check.acceptable:
            own["credit_code"] = check.code
        return Enterprise.model_validate({**said, **own, "contact": contact})

    def visit(self) -> Visit:
        """Return the visit as it is planned."""
        named = [member for member in self.members if member.name.strip()]
        panel = tuple(
            PanelMember(
                id=f"p{number}",
                name=member.name.strip(),
                organisation=member.organisation.strip(),
                role=member.role,
            )
            for number, member in enumerate(named, 1)
        )
        return Visit(
            kind=self.kind,
            project_name=self.project_name.strip(),
            workshop=self.workshop.strip(),
            date_from=self.date_from,
            date_to=self.date_to,
            panel=panel,
            recusal=self.recusal.strip(),
        )

    def plan(self, loaded: LoadedRubric, received: Received | None) -> VisitPlan:
        """Return the whole plan of a draft that lacks nothing."""
        from assessor.workspace.new_visits import VisitPlan  # noqa: PLC0415 (heavy at start)

        return VisitPlan(
            loaded=loaded,
            profile=self.profile,
            target=self.target,
            cycle=self.cycle,
            enterprise=self.enterprise(received.enterprise if received else None),
            visit=self.visit(),
            gates={name: answer for name, answer in self.gates.items() if _says(answer)},
            received=received,
        )

    @property
    def path(self) -> Path:
        """Where the file is to be made."""
        return Path(self.folder) / self.file_name

    def _lacks(self, fault: Missing) -> bool:
        if fault == "credit_code":
            given = self.credit_code.strip()
            return bool(given) and not check_credit_code(given).acceptable
        if fault == "dates":
            return bool(self.date_from and self.date_to and self.date_to < self.date_from)
        if fault == "member":
            return any(m.organisation.strip() and not m.name.strip() for m in self.members)
        return not str(getattr(self, _WANTED[fault])).strip()


_WANTED: dict[str, str] = {
    "rubric": "digest",
    "name": "name",
    "folder": "folder",
    "file": "file_name",
}
_FAULTS: tuple[tuple[Missing, ...], ...] = (
    ("rubric",),
    (),
    ("name", "credit_code"),
    ("dates", "member", "folder", "file"),
)
STEPS = len(_FAULTS)


def _says(answer: GateAnswer) -> bool:
    return answer.confirmed is not None or any(text.strip() for text in answer.inputs.values())
