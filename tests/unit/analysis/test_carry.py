"""Answers under a newer version: carried, mapped or listed, and every one of them told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assessor.analysis.carry import Carried, CarryMap, carry
from assessor.assessment import (
    Answer,
    Assessment,
    EvidenceItem,
    Finding,
    GateAnswer,
    Jotting,
    SelfAssessment,
)
from assessor.errors import AssessorError
from assessor.exchange.rubric_book.book import rubric_text
from assessor.rubrics.loader import LoadedRubric, load, loads
from assessor.rules.answers import check_assessment
from tests.strategies.visits import ROOT, visit_for, visits

TEN = load(ROOT / "tests" / "data" / "rubrics" / "ten_items.json")
FEW = settings(max_examples=8, phases=(Phase.explicit, Phase.generate), deadline=None)


def newer(base: LoadedRubric, change: Any) -> LoadedRubric:
    """Return the next version of a rubric after `change` was done to its data."""
    data: Any = loads(base.text.encode(), base.name).data
    data["version"] = "9.9.9"
    change(data)
    return loads(rubric_text(data), "newer.json")


def criterion(data: Any, name: str) -> Any:
    return next(one for one in data["criteria"] if one["id"] == name)


def visit(answers: Mapping[str, Answer], **more: object) -> Assessment:
    return visit_for(TEN, dict(answers)).model_copy(update=more)


def reasons(carried: Carried) -> dict[str, str]:
    """What was listed or has to be looked at: key -> name of the reason."""
    return {
        entry.key: entry.reason.key.partition(".")[2] for entry in carried.entries if entry.reason
    }


ANSWERS = {
    "planning": Answer(option="C", note="见计划系统", confidence="low"),
    "nc_rate": Answer(inputs={"total": Decimal(10), "nc": Decimal(4)}),
    "execution": Answer(option="L1"),
}


def test_nothing_changed_carries_everything() -> None:
    after = newer(TEN, lambda _: None)
    found = carry(TEN.rubric, after, visit(ANSWERS))
    assert {entry.how for entry in found.entries} == {"carried"}
    assert found.assessment.answers == ANSWERS
    assert found.assessment.revision == 2
    assert found.assessment.rubric.version == "9.9.9"
    assert found.assessment.rubric.digest == after.digest


def measured(data: Any) -> Any:
    return next(one for one in data["criteria"] if one["rule"]["kind"] == "quantity")


def test_each_reason_is_named() -> None:
    kinds = {one.id: one.rule.kind for one in TEN.rubric.criteria}
    quantity = next(name for name, kind in kinds.items() if kind == "quantity")
    levels = [name for name, kind in kinds.items() if kind == "levels"]
    inputs = [item.id for item in measure_of(quantity).inputs]

    def change(data: Any) -> None:
        rule = criterion(data, levels[0])["rule"]
        rule["options"] = rule["options"][:-1]
        criterion(data, quantity)["rule"]["measure"]["inputs"][0]["unit"]["zh"] = "千"
        criterion(data, levels[1])["rule"] = {
            "kind": "yes_no",
            "yes": {"zh": "是", "en": "yes"},
            "no": {"zh": "否", "en": "no"},
        }

    last = {one.id: one.rule for one in TEN.rubric.criteria}
    answers = {
        levels[0]: Answer(option=options_of(last[levels[0]])[-1], note="看过记录"),
        levels[1]: Answer(option=options_of(last[levels[1]])[0]),
        quantity: Answer(inputs={inputs[0]: Decimal(4)}),
    }
    found = carry(TEN.rubric, newer(TEN, change), visit(answers))
    assert reasons(found) == {
        levels[0]: "option_gone",
        levels[1]: "kind_changed",
        quantity: "unit_changed",
    }
    assert found.assessment.answers == {}
    assert found.assessment.jottings[levels[0]].note == "看过记录"


def measure_of(name: str) -> Any:
    rule: Any = TEN.rubric.criterion_by_id[name].rule
    return rule.measure


def options_of(rule: Any) -> list[str]:
    return [option.key for option in rule.options]


def without(name: str) -> LoadedRubric:
    def change(data: Any) -> None:
        data["criteria"] = [one for one in data["criteria"] if one["id"] != name]

    return newer(TEN, change)


def test_a_removed_criterion_leaves_its_evidence_and_lists_the_rest() -> None:
    piece = EvidenceItem(
        id="e1",
        sha256="0" * 64,
        size=3,
        media_type="image/png",
        file_name="a.png",
        kind="photo",
        criteria=("planning", "execution"),
    )
    finding = Finding(id="f1", criterion="planning", text="计划靠手工")
    given_ = visit(ANSWERS, evidence=(piece,), findings=(finding,))
    found = carry(TEN.rubric, without("planning"), given_)
    assert "planning" not in found.assessment.answers
    assert found.assessment.evidence[0].criteria == ("execution",)
    assert found.assessment.findings == ()
    assert reasons(found)["planning"] == "criterion_removed"
    assert reasons(found)["e1"] == "evidence_unlinked"
    listed = next(entry for entry in found.entries if entry.part == "finding")
    assert (listed.how, listed.said) == ("listed", "计划靠手工")


def test_a_map_names_what_is_called_otherwise() -> None:
    def change(data: Any) -> None:
        one = criterion(data, "planning")
        one["id"] = "scheduling"
        next(option for option in one["rule"]["options"] if option["key"] == "C")["key"] = "Z"

    mapping = CarryMap(criteria={"planning": "scheduling"}, options={"planning": {"C": "Z"}})
    given_ = visit(ANSWERS, jottings={})
    found = carry(TEN.rubric, newer(TEN, change), given_, mapping)
    assert found.assessment.answers["scheduling"].option == "Z"
    assert found.assessment.answers["scheduling"].note == "见计划系统"
    entry = next(one for one in found.entries if one.key == "planning")
    assert (entry.how, entry.to) == ("mapped", "scheduling")


def test_two_answers_for_one_place_are_told() -> None:
    mapping = CarryMap(criteria={"planning": "execution"}, options={"planning": {"C": "L1"}})
    found = carry(TEN.rubric, newer(TEN, lambda _: None), visit(ANSWERS), mapping)
    assert reasons(found)["execution"] == "place_taken"


def test_reworded_options_are_carried_and_told() -> None:
    def change(data: Any) -> None:
        for option in criterion(data, "planning")["rule"]["options"]:
            option["text"]["zh"] += "（修订）"

    found = carry(TEN.rubric, newer(TEN, change), visit(ANSWERS))
    assert found.assessment.answers == ANSWERS
    assert reasons(found) == {"planning": "option_reworded"}


def test_a_frame_that_is_gone_has_to_be_mapped() -> None:
    def change(data: Any) -> None:
        for cycle in data["cycles"]:
            cycle["id"] = f"n{cycle['id']}"

    after = newer(TEN, change)
    with pytest.raises(AssessorError, match=TEN.rubric.cycles[0].id):
        carry(TEN.rubric, after, visit(ANSWERS))
    name = TEN.rubric.cycles[0].id
    found = carry(TEN.rubric, after, visit(ANSWERS), CarryMap(cycles={name: f"n{name}"}))
    assert found.assessment.cycle == f"n{name}"


def _damaged(data: Any, draw: st.DrawFn) -> None:
    """Take things away and rename others, at random."""
    gates = {one["id"] for one in data["gates"] if draw(st.integers(0, 5)) == 0}
    data["gates"] = [one for one in data["gates"] if one["id"] not in gates]
    kept = []
    for one in data["criteria"]:
        what = draw(st.integers(0, 9)) if kept else 9
        rule = one["rule"]
        if what == 0:
            continue
        if what == 1:
            one["id"] += "-n"
        elif what == 2 and len(rule.get("options", ())) > 2:
            del rule["options"][draw(st.integers(0, len(rule["options"]) - 1))]
        elif what == 3 and "measure" in rule:
            rule["measure"]["inputs"][0]["unit"]["zh"] += "/年"
        kept.append(one)
    data["criteria"] = kept


@FEW
@given(data=st.data())
@pytest.mark.parametrize("name", ["digital_workshop", "future_factory"])
def test_all_answers_are_accounted_for(name: str, data: st.DataObject) -> None:
    assessment = data.draw(visits(name))
    base = load(ROOT / "rubrics" / f"{name}.json")
    after = newer(base, lambda found: _damaged(found, data.draw))
    known = set(after.rubric.criterion_by_id)
    renamed = {one.id: f"{one.id}-n" for one in base.rubric.criteria if f"{one.id}-n" in known}
    some = dict(list(assessment.answers.items())[:5])
    assessment = assessment.model_copy(
        update={
            "self_assessment": SelfAssessment(answers=some),
            "jottings": {one.id: Jotting(note="x") for one in base.rubric.criteria[:3]},
        }
    )
    found = carry(base.rubric, after, assessment, CarryMap(criteria=renamed))
    told = Counter((entry.part, entry.key) for entry in found.entries)
    given_: dict[str, Mapping[str, object]] = {
        "answer": assessment.answers,
        "gate": assessment.gates,
        "self_answer": some,
        "jotting": assessment.jottings,
    }
    wanted = {(part, key): 1 for part, section in given_.items() for key in section}
    assert told == wanted
    _what_is_told_is_so(found, assessment)
    assert not [*check_assessment(after.rubric, found.assessment)]


def _what_is_told_is_so(found: Carried, before: Assessment) -> None:
    """Carried answers are unchanged, listed ones are gone, and nothing else came."""
    answers = found.assessment.answers
    arrived = set()
    for entry in found.entries:
        if entry.part != "answer":
            continue
        if entry.how == "listed":
            assert entry.reason is not None
        else:
            arrived.add(entry.to)
            assert answers[entry.to].note == before.answers[entry.key].note
            if entry.how == "carried":
                assert answers[entry.to] == before.answers[entry.key]
    assert arrived == set(answers)


def test_gates_of_another_kind_are_listed() -> None:
    gate = next(one for one in TEN.rubric.gates if one.check.kind == "declared")

    def change(data: Any) -> None:
        one = next(one for one in data["gates"] if one["id"] == gate.id)
        one["check"] = {
            "kind": "dimension_floor",
            "dimension": data["dimensions"][0]["id"],
            "share": "50",
        }

    given_ = visit({}, gates={gate.id: GateAnswer.model_validate({"pass": True})})
    found = carry(TEN.rubric, newer(TEN, change), given_)
    assert reasons(found) == {gate.id: "kind_changed"}
