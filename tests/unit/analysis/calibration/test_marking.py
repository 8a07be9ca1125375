"""Gold sets: what fits, how blind answers are marked, and when a calibration counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from pydantic import ValidationError

from assessor.analysis.calibration import (
    GoldCase,
    GoldItem,
    GoldSet,
    RubricVersion,
    check_given,
    check_gold,
    mark,
    standing_of,
    still_open,
)
from assessor.analysis.calibration.wording import line_said, marked_said
from assessor.analysis.panel import levels_of
from assessor.assessment import Answer, Calibration, Visit
from assessor.rubrics.base import LocalText
from tests.strategies.visits import shipped, visit_for

LOADED = shipped("digital_workshop")
RUBRIC = LOADED.rubric
FIRST, SECOND, THIRD = [c for c in RUBRIC.criteria if c.rule.kind == "levels"][:3]
STEPS = levels_of(FIRST)


def words(text: str) -> LocalText:
    return LocalText(zh=text, en=text)


def item(criterion: str, place: int) -> GoldItem:
    answer = Answer(option=STEPS[place])
    return GoldItem(
        criterion=criterion, evidence=words("看板自动刷新"), answer=answer, reason=words("达到该级")
    )


def case(name: str, *items: GoldItem) -> GoldCase:
    return GoldCase(
        id=name,
        title=words(name),
        text=words("虚构车间"),
        profile="discrete",
        target=RUBRIC.targets[0].id,
        items=items,
    )


def gold_set(*cases: GoldCase, cycle: str = "2026") -> GoldSet:
    return GoldSet(
        format="assessor.gold",
        format_version=1,
        id="set",
        title=words("题集"),
        rubric=RubricVersion(id=RUBRIC.id, version=RUBRIC.version),
        cycle=cycle,
        cases=cases,
    )


SET = gold_set(
    case("one", item(FIRST.id, 4), item(SECOND.id, 2)),
    case("two", item(FIRST.id, 0), item(THIRD.id, 2)),
)


def given(*places: int) -> dict[str, dict[str, Answer]]:
    answers = [Answer(option=STEPS[place], note="看过") for place in places]
    keys = [(found.id, asked.criterion) for found, asked in SET.questions]
    told: dict[str, dict[str, Answer]] = {}
    for (name, criterion), answer in zip(keys, answers, strict=False):
        told.setdefault(name, {})[criterion] = answer
    return told


def test_blind_answers_are_held_against_the_experts() -> None:
    found = mark(LOADED, SET, given(4, 3, 0, 2))
    assert found.overall.percent.value == Fraction(3, 4)
    assert [one.alike for one in found.items] == [True, False, True, True]
    assert found.items[1].apart == Fraction(1, 4)
    assert found.overall.kappa.value is not None
    assert found.overall.kappa.value < 1
    assert {entry.dimension.id for entry in found.dimensions} >= {FIRST.dimension}
    said = marked_said(found.items[1]).pick("zh")
    assert STEPS[3] in said
    assert STEPS[2] in said


def test_the_same_item_in_two_cases_is_two_ratings() -> None:
    found = mark(LOADED, SET, given(4, 2, 0, 2))
    assert found.overall.shared == found.overall.alike == 4
    assert found.overall.kappa.value == 1


def test_open_questions_are_known() -> None:
    assert [entry.criterion for _, entry in still_open(SET, given(4, 2, 0))] == [THIRD.id]


def test_answers_that_fit_no_question_or_no_option_are_problems() -> None:
    wrong = {"one": {FIRST.id: Answer(option="Z9"), THIRD.id: Answer(option=STEPS[0])}, "x": {}}
    places = [problem.place for problem in check_given(LOADED, SET, wrong)]
    assert places == [f"answers.one.{FIRST.id}", f"answers.one.{THIRD.id}"]


def test_a_set_that_does_not_fit_its_rubric_is_a_problem() -> None:
    wrong = gold_set(
        case("one", item("no-such-item", 1)).model_copy(update={"profile": "moon"}), cycle="1999"
    )
    places = {problem.place for problem in check_gold(LOADED, wrong)}
    assert places == {"cycle", "cases[0].profile", "cases[0].items[0].answer"}
    assert not list(check_gold(LOADED, SET))


def test_two_questions_on_one_item_or_two_cases_of_one_name_are_refused() -> None:
    with pytest.raises(ValidationError):
        case("one", item(FIRST.id, 1), item(FIRST.id, 2))
    with pytest.raises(ValidationError):
        gold_set(case("one", item(FIRST.id, 1)), case("one", item(SECOND.id, 1)))


def test_the_digest_names_exactly_these_answers() -> None:
    same = gold_set(*SET.cases)
    other = gold_set(case("one", item(FIRST.id, 3), item(SECOND.id, 2)), SET.cases[1])
    assert same.digest == SET.digest
    assert other.digest != SET.digest


# --- season ---------------------------------------------------------------------------------------


def calibration(**changes: object) -> Calibration:
    fields: dict[str, object] = {
        "name": "张伟",
        "set_id": "set",
        "set_title": "题集",
        "set_digest": SET.digest,
        "rubric_id": RUBRIC.id,
        "cycle": "2025",
        "made_on": date(2025, 2, 1),
        "items": 4,
        "alike": 3,
        "percent": "75.0",
    }
    return Calibration.model_validate({**fields, **changes})


@pytest.mark.parametrize(
    ("changes", "day", "expected"),
    [
        ({}, date(2025, 5, 1), "valid"),
        ({"rubric_id": "other"}, date(2025, 5, 1), "other_rubric"),
        ({"cycle": "2026"}, date(2025, 5, 1), "other_season"),
        ({"valid_until": date(2025, 4, 30)}, date(2025, 5, 1), "expired"),
        ({"valid_until": date(2025, 5, 1)}, date(2025, 5, 1), "valid"),
        ({"valid_until": date(2025, 4, 30)}, None, "valid"),
    ],
)
def test_a_calibration_counts_for_its_rubric_season_and_time(
    changes: dict[str, object], day: date | None, expected: str
) -> None:
    record = visit_for(LOADED, {}).model_copy(update={"visit": Visit(date_from=day)})
    assert record.cycle == "2025"
    found = calibration(**changes)
    assert standing_of(found, record) == expected


def test_the_line_says_who_which_set_when_and_how_far() -> None:
    said = line_said(calibration(invented=True, kappa="0.612"), visit_for(LOADED, {})).pick("zh")
    for part in ("张伟", "2025-02-01", SET.digest[:12], "75.0 %", "0.612", "虚构示例", "本批次"):
        assert part in said
