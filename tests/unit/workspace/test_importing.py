"""Answers that arrive while a visit is open: from JSON and from a visit, as one undoable step."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assessor.assessment import Answer, Assessment, Enterprise, SelfAssessment, Visit
from assessor.commands.answers import set_answer
from assessor.commands.between import edit_between
from assessor.commands.remarks import set_note
from assessor.errors import AssessorError, ProblemsError
from assessor.i18n import message
from assessor.workspace.importing import Arrived, read_arrived
from assessor.workspace.received import read_received
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped
from tests.unit.storage.samples import bare_record, full_record
from tests.unit.workspace.visit_files import clock, new_file

ITEM, OTHER = "a5-monitoring-visualisation", "a6-key-process-automation"
TODAY = date(2026, 3, 4)
LOADED = shipped("digital_workshop")
SAID = {
    "rubric": {"id": LOADED.rubric.id},
    "answers": {"A5": {"option": "L2", "note": "见大屏"}},
    "enterprise": {"address": "宁波市"},
}


def json_file(folder: Path, data: object = SAID) -> Path:
    path = folder / "own.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def record_in(folder: Path, kind: str = "third_party") -> Assessment:
    with opened(new_file(folder), read_only=True) as visit:
        record = visit.assessment
    return record.model_copy(update={"visit": record.visit.model_copy(update={"kind": kind})})


def applied(arrived: Arrived, now: Assessment) -> Assessment:
    edit = arrived.make_edit(now)
    assert edit is not None
    after = edit.apply(now)
    assert edit.inverse(now).apply(after) == now
    return after


def test_json_becomes_the_enterprises_own_answers_beside_ours(tmp_path: Path) -> None:
    record = record_in(tmp_path)
    arrived = read_arrived(json_file(tmp_path), LOADED, record, TODAY)
    assert (arrived.count, arrived.own) == (1, True)
    # What is answered in the meantime is not lost.
    now = set_answer(ITEM, Answer(option="L1")).apply(record)
    after = applied(arrived, now)
    own = SelfAssessment(answers={ITEM: Answer(option="L2", note="见大屏")}, made_on=TODAY)
    assert after.self_assessment == own
    assert after.answers == now.answers
    assert after.enterprise.address == "宁波市"


def test_in_the_enterprises_own_visit_they_are_its_answers_with_its_notes(tmp_path: Path) -> None:
    record = record_in(tmp_path, "self")
    arrived = read_arrived(json_file(tmp_path), LOADED, record, TODAY)
    assert not arrived.own
    after = applied(arrived, set_note(record, ITEM, "先记下").apply(record))
    assert after.answers == {ITEM: Answer(option="L2", note="先记下\n见大屏")}
    assert not after.jottings
    assert after.self_assessment is None


def test_another_visit_gives_its_answers(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.assessment"
    new_visit(theirs, LOADED, Enterprise(name="企业"), Visit(kind="self"), clock=clock)
    with opened(theirs) as visit:
        visit.do(set_answer(OTHER, Answer(option="L1")))
    record = record_in(tmp_path)
    after = applied(read_arrived(theirs, LOADED, record, TODAY), record)
    assert after.self_assessment is not None
    assert after.self_assessment.answers == {OTHER: Answer(option="L1")}
    assert after.self_assessment.by == "企业"
    other = record.model_copy(update={"profile": "process"})
    with pytest.raises(AssessorError) as refusal:
        read_arrived(theirs, LOADED, other)
    assert refusal.value.message.key == "visit.other_frame"


def test_what_does_not_fit_is_refused_with_its_place(tmp_path: Path) -> None:
    record = record_in(tmp_path)
    wrong = json_file(tmp_path, {"answers": {"A5": {"option": "Z"}}})
    with pytest.raises(ProblemsError) as refusal:
        read_arrived(wrong, LOADED, record)
    assert refusal.value.problems[0].file.startswith("own.json:1:")
    with pytest.raises(AssessorError):
        read_arrived(json_file(tmp_path, {}), LOADED, record)


def test_a_json_file_that_names_its_rubric_begins_a_visit(tmp_path: Path) -> None:
    received = read_received(json_file(tmp_path), clock)
    assert received.loaded.rubric.id == LOADED.rubric.id
    assert received.answers.answers == {ITEM: Answer(option="L2", note="见大屏")}
    assert received.profile == LOADED.rubric.profiles[0].id
    with pytest.raises(AssessorError) as refusal:
        read_received(json_file(tmp_path, {"answers": {"A5": {"option": "L2"}}}), clock)
    assert refusal.value.message.key == "visit.names_no_rubric"


def test_the_edit_between_two_records_leads_there_and_back() -> None:
    before, full = bare_record(), full_record()
    kept = {"evidence": full.evidence, "findings": full.findings, "sign_offs": ()}
    start = before.model_copy(update=kept)
    goal = full.model_copy(update={"sign_offs": ()})
    edit = edit_between(start, goal, message("visit.filled", file="x"))
    assert edit is not None
    assert edit.apply(start) == goal
    assert edit.inverse(start).apply(goal) == start
    assert edit_between(goal, goal, message("visit.filled", file="x")) is None
