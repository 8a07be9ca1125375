"""A record without anything that tells whose it is; answers, figures and dates stay."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assessor.assessment import (
    Answer,
    Assessment,
    Calibration,
    Contact,
    Enterprise,
    EvidenceItem,
    ExpertOpinions,
    Finding,
    GateAnswer,
    SelfAssessment,
    SignOff,
    Visit,
)
from assessor.canonical import digest_of_bytes
from assessor.exchange.payload import ANONYMISED_ID
from assessor.i18n import Language, text
from assessor.storage.media import PICTURES
from assessor.workspace.annotations import marked_bytes
from assessor.workspace.anonymised.names import Labels, known_of
from assessor.workspace.anonymised.scrubber import Kind, Scrubber

_RANDOM_BYTES = 12
_FILE_ENDING = 6


@dataclass(frozen=True)
class Anonymised:
    """The record, the pictures that stay (by their new digest), and what was taken out.

    `originals` are the names and numbers that must not be in anything written from this.
    """

    assessment: Assessment
    pictures: Mapping[str, bytes]
    removed: Mapping[Kind, int]
    left_out: tuple[int, ...]
    originals: tuple[str, ...]


def anonymise(
    record: Assessment, read: Callable[[str], bytes], language: Language, *, photos: bool = True
) -> Anonymised:
    """Return the record without names; `read` gives the bytes of evidence by digest.

    Only pictures with a part marked for pixelation stay, with that part hidden. Raises
    `AssessorError` for evidence that cannot be read.
    """
    return _Work(record, read, language, photos).done()


@dataclass
class _Work:
    record: Assessment
    read: Callable[[str], bytes]
    language: Language
    photos: bool
    pictures: dict[str, bytes] = field(default_factory=dict)
    left_out: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        labels = Labels(self.language)
        known = tuple(known_of(self.record, labels))
        self.originals = tuple(dict.fromkeys(one.original for one in known if one.original))
        self.labels = labels
        gone = text("anonymise.gone", self.language)
        self.scrub = Scrubber(known, lambda _: gone)
        members = self.record.visit.panel
        self.panel_ids = {member.id: f"p{at}" for at, member in enumerate(members, 1)}

    def done(self) -> Anonymised:
        record, own = self.record, self.record.self_assessment
        changes = {
            "id": ANONYMISED_ID + secrets.token_hex(_RANDOM_BYTES),
            "enterprise": self._enterprise(record.enterprise),
            "visit": self._visit(record.visit),
            "answers": {key: self._answer(one) for key, one in record.answers.items()},
            "indicators": {key: self._answer(one) for key, one in record.indicators.items()},
            "gates": {key: self._gate(one) for key, one in record.gates.items()},
            "tables": {key: tuple(map(self._row, rows)) for key, rows in record.tables.items()},
            "units": {
                key: tuple(
                    one.model_copy(update={"name": self.scrub.text(one.name)}) for one in units
                )
                for key, units in record.units.items()
            },
            "evidence": tuple(
                self._evidence(item, number) for number, item in enumerate(record.evidence, 1)
            ),
            "findings": tuple(map(self._finding, record.findings)),
            "self_assessment": self._own(own) if own is not None else None,
            "calibrations": tuple(map(self._calibration, record.calibrations)),
            "opinions": {
                self.panel_ids.get(expert, "p0"): ExpertOpinions(
                    answers={key: self._answer(one) for key, one in said.answers.items()}
                )
                for expert, said in record.opinions.items()
            },
            "sign_offs": tuple(map(self._sign_off, record.sign_offs)),
        }
        new = Assessment.model_validate({**dict(record), **changes})
        removed: Counter[Kind] = +self.scrub.removed
        return Anonymised(new, self.pictures, removed, tuple(self.left_out), self.originals)

    def _enterprise(self, known: Enterprise) -> Enterprise:
        contact, gone = known.contact, self.scrub.gone
        gone("enterprise", known.name, known.cluster)
        gone("person", contact.name, contact.title, known.legal_representative)
        gone("phone", contact.phone)
        gone("code", known.credit_code)
        gone("address", known.address)
        gone("application", known.profile, known.main_products, *known.form.values())
        return Enterprise(
            name=self.labels.enterprise,
            industry_code=known.industry_code,
            district=self.scrub.text(known.district),
            employees=known.employees,
            contact=Contact(),
        )

    def _visit(self, visit: Visit) -> Visit:
        gone = self.scrub.gone
        gone("enterprise", visit.project_name, *(member.organisation for member in visit.panel))
        gone("person", *(member.name for member in visit.panel))
        panel = tuple(
            member.model_copy(
                update={
                    "id": self.panel_ids[member.id],
                    "name": self.labels.person(member.name),
                    "organisation": "",
                }
            )
            for member in visit.panel
        )
        changes = {
            "project_name": "",
            "workshop": self.scrub.text(visit.workshop),
            "recusal": self.scrub.text(visit.recusal),
            "panel": panel,
        }
        return visit.model_copy(update=changes)

    def _answer(self, answer: Answer) -> Answer:
        fields = ("reason", "other", "note")
        changes: dict[str, object] = {
            name: self.scrub.text(getattr(answer, name)) for name in fields
        }
        if answer.by is not None:
            changes["by"] = self.panel_ids.get(answer.by, "p0")
        return answer.model_copy(update=changes)

    def _gate(self, answer: GateAnswer) -> GateAnswer:
        inputs = {name: self.scrub.known(value) for name, value in answer.inputs.items()}
        changes = {"note": self.scrub.text(answer.note), "inputs": inputs}
        return answer.model_copy(update=changes)

    def _row(self, row: Mapping[str, str]) -> dict[str, str]:
        return {name: self.scrub.text(value) for name, value in row.items()}

    def _finding(self, finding: Finding) -> Finding:
        self.scrub.gone("person", finding.owner)
        changes = {
            "text": self.scrub.text(finding.text),
            "clause": self.scrub.text(finding.clause),
            "owner": self.labels.person(finding.owner),
        }
        return finding.model_copy(update=changes)

    def _own(self, own: SelfAssessment) -> SelfAssessment:
        self.scrub.gone("person", own.by)
        answers = {key: self._answer(one) for key, one in own.answers.items()}
        return own.model_copy(update={"answers": answers, "by": self.labels.person(own.by)})

    def _calibration(self, found: Calibration) -> Calibration:
        self.scrub.gone("person", found.name)
        return found.model_copy(update={"name": self.labels.person(found.name), "key_id": ""})

    def _sign_off(self, signed: SignOff) -> SignOff:
        self.scrub.gone("person", signed.name)
        self.scrub.gone("statement", signed.statement)
        self.scrub.gone("signature", signed.signature or "")
        changes = {
            "name": self.labels.person(signed.name),
            "role": self.scrub.text(signed.role),
            "statement": "",
            "signature": None,
        }
        return signed.model_copy(update=changes)

    def _evidence(self, item: EvidenceItem, number: int) -> EvidenceItem:
        self.scrub.gone("file_name", item.file_name)
        self.scrub.gone("person", item.person)
        picture = self._picture(item, number)
        ending = Path(item.file_name).suffix[:_FILE_ENDING]
        if picture is not None:
            ending = ".jpg"
        changes: dict[str, object] = {
            "file_name": text("anonymise.file", self.language, number=number, ending=ending),
            "caption": self.scrub.text(item.caption),
            "person": self.labels.person(item.person),
            "annotations": (),
        }
        if picture is None:
            # Nobody can look for the original by its digest or its exact size.
            stand_in = digest_of_bytes(secrets.token_bytes(_RANDOM_BYTES))
            changes |= {"sha256": stand_in, "size": 0, "width": 0, "height": 0}
        else:
            digest = digest_of_bytes(picture)
            self.pictures[digest] = picture
            changes |= {"sha256": digest, "size": len(picture), "media_type": "image/jpeg"}
        return item.model_copy(update=changes)

    def _picture(self, item: EvidenceItem, number: int) -> bytes | None:
        """Return a picture with what is marked hidden, `None` for what must not be shown."""
        if item.media_type not in PICTURES or not self.photos:
            return None
        signatures = {signed.signature for signed in self.record.sign_offs}
        if item.id in signatures:
            return None
        if not any(mark.kind == "pixelate" for mark in item.annotations):
            self.scrub.removed["left_out"] += 1
            self.left_out.append(number)
            return None
        self.scrub.removed["pixelated"] += 1
        marks = [
            mark.model_copy(update={"text": self.scrub.text(mark.text)})
            for mark in item.annotations
        ]
        return marked_bytes(self.read(item.sha256), item.media_type, marks)
