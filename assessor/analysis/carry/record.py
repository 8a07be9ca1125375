"""A whole record under a newer version of its rubric; nothing goes without being told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.analysis.carry.mapping import NO_MAP, CarryMap
from assessor.analysis.carry.names import Names
from assessor.analysis.carry.proofs import Proofs
from assessor.analysis.carry.sections import Sections
from assessor.analysis.carry.told import Entry, LeftBehindError, Part, Told
from assessor.assessment import (
    Answer,
    Assessment,
    Enterprise,
    GateAnswer,
    Jotting,
    RubricRef,
    SelfAssessment,
    Visit,
)
from assessor.i18n import message
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Rubric


@dataclass(frozen=True)
class Carried:
    """The record under the newer version, one revision on and unsigned, and what became of what."""

    assessment: Assessment
    entries: tuple[Entry, ...]

    def count(self, how: str, part: Part = "answer") -> int:
        """Return how many parts of a kind went a certain way."""
        return sum(entry.how == how and entry.part == part for entry in self.entries)


def carry(
    old: Rubric, new: LoadedRubric, assessment: Assessment, mapping: CarryMap = NO_MAP
) -> Carried:
    """Return a record made under `old` as a record under `new`.

    Every part of it has exactly one entry: carried, mapped to another name, or listed with the
    reason why it is not in the new record. Raises `AssessorError` when the newer version has not
    the profile, target or cycle of the visit and the map names no other.
    """
    names = Names(old, new.rubric, mapping)
    frame = names.frame(assessment)
    told = Told()
    moving = _Moving(told, names, Sections(names, frame, assessment), assessment)
    rubric = RubricRef(id=new.rubric.id, version=new.rubric.version, digest=new.digest)
    changes = {
        **moving.sections_moved(),
        **moving.head_moved(),
        "revision": assessment.revision + 1,
        "rubric": rubric,
        "profile": frame.profile,
        "target": frame.target,
        "cycle": frame.cycle,
        "sign_offs": (),
    }
    for entry in assessment.sign_offs:
        told.list("signature", entry.name, message("carry.signed_before"), entry.role)
    return Carried(assessment.model_copy(update=changes), tuple(told.entries))


@dataclass(frozen=True)
class _Moving:
    """One record on its way."""

    told: Told
    names: Names
    sections: Sections
    given: Assessment

    def sections_moved(self) -> dict[str, object]:
        """Return everything that was answered, measured, proved and found."""
        given, told, sections = self.given, self.told, self.sections
        answers = told.move("answer", given.answers, sections.answer, _answer_said)
        jottings = told.move("jotting", given.jottings, sections.jotting, _note_said)
        notes = self._notes(answers) | jottings
        proofs = Proofs(self.names, given, told)
        return {
            "answers": answers,
            "jottings": {key: one for key, one in notes.items() if key not in answers},
            "gates": told.move("gate", given.gates, sections.gate, _gate_said),
            "indicators": told.move(
                "indicator", given.indicators, sections.indicator, _answer_said
            ),
            "tables": told.move("table", given.tables, sections.table, _rows_said),
            "units": told.move("unit", given.units, sections.units, _rows_said),
            "platform_results": told.move("platform", given.platform_results, sections.platform),
            "evidence": tuple(proofs.evidence()),
            "findings": tuple(proofs.findings()),
        }

    def head_moved(self) -> dict[str, object]:
        """Return who was visited, how, and what they had said themselves."""
        return {
            "self_assessment": self._own(),
            "visit": self._visit(),
            "enterprise": self._enterprise(),
        }

    def _own(self) -> SelfAssessment | None:
        own = self.given.self_assessment
        if own is None:
            return None
        moved = self.told.move("self_answer", own.answers, self.sections.answer, _answer_said)
        return own.model_copy(update={"answers": moved})

    def _notes(self, answers: Mapping[str, Answer]) -> dict[str, Jotting]:
        """Return the notes of answers that stay behind where their criterion still stands."""
        kept: dict[str, Jotting] = {}
        for key, answer in self.given.answers.items():
            try:
                to = self.names.key(key)
            except LeftBehindError:
                continue
            if to not in answers and (answer.note or answer.confidence):
                kept[to] = Jotting(note=answer.note, confidence=answer.confidence)
        return kept

    def _visit(self) -> Visit:
        visit = self.given.visit
        ticks = self.told.move("walked", {one: one for one in visit.walked}, self.sections.walked)
        kinds = {visit.application_type: ""} if visit.application_type else {}
        kept = self.told.move("application_type", kinds, self.sections.application_type)
        return visit.model_copy(
            update={"walked": (*ticks,), "application_type": next(iter(kept), None)}
        )

    def _enterprise(self) -> Enterprise:
        form = self.told.move("form", self.given.enterprise.form, self.sections.form)
        return self.given.enterprise.model_copy(update={"form": form})


def _answer_said(answer: Answer) -> str:
    inputs = [f"{name} = {one}" for name, one in (answer.inputs or {}).items()]
    chosen = [answer.option] if answer.option else list(answer.options or ())
    words = [*chosen, *inputs, answer.reason, answer.other, answer.note]
    return "; ".join(word for word in words if word)


def _note_said(jotting: Jotting) -> str:
    return jotting.note


def _gate_said(answer: GateAnswer) -> str:
    inputs = [f"{name} = {one}" for name, one in answer.inputs.items()]
    return "; ".join([*inputs, *([answer.note] if answer.note else [])])


def _rows_said(rows: tuple[object, ...]) -> str:
    return str(len(rows))
