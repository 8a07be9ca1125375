"""A new visit: what is asked before it, how its file is made, what of the enterprise goes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assessor.assessment import Answer, Enterprise, GateAnswer, Visit
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError, ProblemsError
from assessor.rubrics.gates import Gate
from assessor.workspace.explore import sample_titles, sample_visit
from assessor.workspace.new_visits import (
    VisitPlan,
    create_visit,
    free_path,
    gate_outlook,
    preliminary_gates,
    suggested_name,
)
from assessor.workspace.received import read_received
from assessor.workspace.templates import write_fill_in_workbook
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped

ENTERPRISE = Enterprise(name="宁波示例精密机械有限公司")
ITEM = "a5-monitoring-visualisation"


def clock() -> datetime:
    return datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


PLAN = VisitPlan(
    loaded=shipped("digital_workshop"),
    profile="process",
    target=shipped("digital_workshop").rubric.targets[-1].id,
    cycle="2026",
    enterprise=ENTERPRISE,
)


def confirmed(passed: bool) -> GateAnswer:
    return GateAnswer.model_validate({"pass": passed})


def gate(name: str) -> Gate:
    return next(one for one in shipped("digital_workshop").rubric.gates if one.id == name)


def test_the_strictest_gates_are_asked_first_and_only_those_that_block() -> None:
    rubric = shipped("digital_workshop").rubric
    gates = preliminary_gates(rubric, rubric.targets[-1].id)
    severities = [one.severity for one in gates]
    assert severities == sorted(severities, key=["reject", "return"].index)
    assert {"g-entity", "g-window"} <= {one.id for one in gates}
    assert all(one.default == "on" for one in gates)
    assert "dimension-floor.excellent.A" not in {one.id for one in gates}


def test_gates_of_a_higher_tier_are_not_asked_for_a_lower_one() -> None:
    rubric = shipped("future_factory").rubric
    low = {one.id for one in preliminary_gates(rubric, "workshop")}
    high = {one.id for one in preliminary_gates(rubric, "future_factory")}
    assert "future_factory.showcase" in high - low
    assert "common.completion" in low


def test_the_outlook_of_a_gate_follows_its_answer() -> None:
    rubric = shipped("digital_workshop").rubric
    entity = gate("g-entity")
    assert gate_outlook(rubric, entity, None, "2026").state == "unknown"
    assert gate_outlook(rubric, entity, confirmed(True), "2026").state == "pass"
    assert gate_outlook(rubric, entity, confirmed(False), "2026").state == "fail"


def test_a_typed_figure_that_is_none_leaves_the_gate_open() -> None:
    rubric = shipped("digital_workshop").rubric
    answer = GateAnswer(inputs={"days": "many"})
    found = gate_outlook(rubric, gate("g-running"), answer, "2026")
    assert found.state == "unknown"
    assert found.reason is not None
    assert found.reason.key == "answer.gate_value"


def test_a_created_visit_holds_what_was_planned(tmp_path: Path) -> None:
    frame = Visit(date_from=date(2026, 3, 2), date_to=date(2026, 3, 3), recusal="无利害关系")
    path = tmp_path / "new folder" / "a.assessment"
    create_visit(replace(PLAN, visit=frame, gates={"g-entity": confirmed(True)}), path, clock)
    with opened(path, read_only=True) as made:
        record = made.assessment
    assert record.enterprise == ENTERPRISE
    assert record.visit == frame
    assert record.gates == {"g-entity": confirmed(True)}
    assert (record.profile, record.cycle) == ("process", "2026")


@pytest.mark.parametrize(
    "gates",
    [{"g-nothing": confirmed(True)}, {"g-running": GateAnswer(inputs={"days": "many"})}],
)
def test_gates_that_do_not_fit_make_no_file(tmp_path: Path, gates: dict[str, GateAnswer]) -> None:
    path = tmp_path / "a.assessment"
    with pytest.raises(ProblemsError):
        create_visit(replace(PLAN, gates=gates), path, clock)
    assert not path.exists()


def test_names_are_fit_for_every_system(tmp_path: Path) -> None:
    name = suggested_name('甬/示: "模具"*', "未来工厂", date(2026, 3, 2))
    assert name == "甬 示 模具-未来工厂-20260302.assessment"
    assert suggested_name("..", "r", date(2026, 3, 2)) == "r-20260302.assessment"
    (tmp_path / "a.assessment").touch()
    assert free_path(tmp_path, "a.assessment") == tmp_path / "a-2.assessment"
    assert free_path(tmp_path, "b.assessment") == tmp_path / "b.assessment"


def test_an_enterprises_own_file_becomes_the_answers_beside_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.assessment"
    new_visit(own, shipped("digital_workshop"), ENTERPRISE, Visit(kind="self"), clock=clock)
    with opened(own) as theirs:
        theirs.do(set_answer(ITEM, Answer(option="L2")))
    received = read_received(own, clock)
    path = tmp_path / "ours.assessment"
    create_visit(replace(PLAN, profile="discrete", received=received), path, clock)
    with opened(path, read_only=True) as ours:
        record = ours.assessment
    assert record.answers == {}
    assert record.self_assessment is not None
    assert record.self_assessment.answers == {ITEM: Answer(option="L2")}
    assert record.self_assessment.made_on == date(2026, 3, 1)


def test_a_file_that_says_nothing_is_refused(tmp_path: Path) -> None:
    blank = tmp_path / "blank.xlsx"
    write_fill_in_workbook("nb.digital_workshop", blank)
    with pytest.raises(AssessorError) as refusal:
        read_received(blank, clock)
    assert refusal.value.message.key == "visit.nothing_filled"


def test_a_foreign_workbook_is_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 (only here)

    foreign = tmp_path / "foreign.xlsx"
    Workbook().save(foreign)
    with pytest.raises(AssessorError) as refusal:
        read_received(foreign, clock)
    assert refusal.value.message.key == "import.not_a_template"


def test_a_sample_is_built_once_and_found_again(tmp_path: Path) -> None:
    slug = "unfinished-visit"
    assert slug in {title.slug for title in sample_titles()}
    path = sample_visit(slug, tmp_path / "samples")
    before = path.stat().st_mtime_ns
    assert sample_visit(slug, tmp_path / "samples") == path
    assert path.stat().st_mtime_ns == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    title = next(one for one in sample_titles() if one.slug == slug)
    with opened(path, read_only=True) as visit:
        assert visit.assessment.enterprise.name == title.enterprise
