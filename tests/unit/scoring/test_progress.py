"""Figures against targets, and rubrics that collect without scoring."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.analysis.golden import check_golden_cases
from assessor.errors import AssessorError
from assessor.i18n import render
from assessor.rubrics.models import Rubric
from assessor.rules.card import ScoreCard, TargetScore
from assessor.rules.explain import explain_item, explain_total
from assessor.rules.tally import tally_of
from assessor.rules.target_words import figure_said, progress_said, target_line
from assessor.workspace.improvement import find_way
from tests.unit.scoring.small import (
    DERIVED,
    NA,
    Data,
    card,
    entry,
    item,
    line,
    measured,
    out,
    picked,
    quantity,
    rubric,
    visit,
    words,
    yes_no,
)


def measure(*, better: str = "higher", **more: object) -> Data:
    made = quantity("a", [entry("a")], line(("0", "0"), ("1", "1")), better=better, **more)
    return {key: value for key, value in made.items() if key != "curve"}


def target(name: str, value: str, **more: object) -> Data:
    return {"id": name, "value": value, "provenance": DERIVED, **more}


def progress(*targets: Data, base: str | None = None, **more: object) -> Data:
    start = {"value": base, "year": 2020, "provenance": DERIVED} if base is not None else None
    return {"baseline": start, "targets": list(targets), **more}


def form(*criteria: Data, **more: object) -> Rubric:
    return rubric(*criteria, outcomes=[], **more)


def one(rule: Data, aims: Data, **more: object) -> Data:
    return item("a", rule, maximum="0", progress=aims, **more)


def targets(of: Rubric, answer: Data) -> dict[str, TargetScore]:
    return {score.target.id: score for score in card(of, {"a": answer}).items[0].targets}


def state(found: TargetScore) -> tuple[str, str | None, str | None]:
    shown = [None if value is None else format(value, "f") for value in (found.distance, found.way)]
    return found.state, shown[0], shown[1]


def test_higher_is_better() -> None:
    of = form(one(measure(), progress(target("t", "50"), base="10")))
    assert state(targets(of, measured(a="30"))["t"]) == ("short", "20.00", "50.00")
    assert state(targets(of, measured(a="50"))["t"]) == ("met", "0.00", "100.00")
    assert state(targets(of, measured(a="60"))["t"]) == ("met", "-10.00", "125.00")
    assert state(targets(of, measured(a="0"))["t"]) == ("short", "50.00", "-25.00")


def test_lower_is_better() -> None:
    of = form(one(measure(better="lower"), progress(target("t", "50"), base="90")))
    assert state(targets(of, measured(a="70"))["t"]) == ("short", "20.00", "50.00")
    assert state(targets(of, measured(a="40"))["t"]) == ("met", "-10.00", "125.00")
    assert targets(of, measured(a="70"))["t"].figure == Decimal(70)


def test_more_than_a_target_is_not_reached_by_the_figure_itself() -> None:
    of = form(one(measure(), progress(target("t", "50", beyond=True))))
    assert state(targets(of, measured(a="50"))["t"]) == ("short", "0.00", None)
    assert state(targets(of, measured(a="50.01"))["t"]) == ("met", "-0.01", None)


def test_no_way_from_a_baseline_that_counts_otherwise_or_lies_beyond() -> None:
    aims = progress(target("near", "5"), target("far", "50"), base="10")
    of = form(one(measure(), aims))
    found = targets(of, measured(a="20"))
    assert (found["near"].way, found["far"].way) == (None, Decimal("25.00"))
    other = {"value": "10", "year": 2020, "comparable": False, "provenance": DERIVED}
    of = form(one(measure(), {**aims, "baseline": other}))
    assert {score.way for score in targets(of, measured(a="20")).values()} == {None}


def test_a_truth_counts_as_one_or_nothing() -> None:
    of = form(one(yes_no(), progress(target("t", "1"))))
    assert state(targets(of, picked("yes"))["t"])[0] == "met"
    assert state(targets(of, picked("no"))["t"])[0] == "short"


def test_without_a_figure_every_target_is_open() -> None:
    licence = out("leave_out")
    of = form(one(measure(), progress(target("t", "1"), base="0"), not_applicable=licence))
    assert state(card(of).items[0].targets[0]) == ("open", None, None)
    assert state(targets(of, NA)["t"]) == ("open", None, None)
    assert card(of, {"a": NA}).with_exclusions_counted is None


def test_targets_are_for_the_profiles_they_name() -> None:
    aims = progress(target("t", "1"), profiles=["other"])
    both = [{"id": name, "name": words(name)} for name in ("only", "other")]
    of = form(one(measure(), aims, profiles=["only", "other"]), profiles=both)
    answers = {"a": measured(a="2")}
    assert card(of, answers).items[0].targets == ()
    assert len(card(of, answers, profile="other").items[0].targets) == 1


def two() -> Rubric:
    return form(
        one(measure(), progress(target("x", "5"), target("y", "9", note=words("n")), base="1")),
        item("b", yes_no(), maximum="0"),
    )


def collected(answers: dict[str, Data]) -> ScoreCard:
    return card(two(), answers)


def test_a_form_has_no_total_and_no_outcome_but_is_complete_when_filled() -> None:
    found = collected({"a": measured(a="7")})
    assert {found.total.value, found.total.maximum, found.total.lowest} == {None}
    assert {found.dimensions[0].span.value, found.dimensions[0].span.maximum} == {None}
    assert (found.outcomes, found.result, found.complete) == ((), None, False)
    assert (found.dimensions[0].done, found.dimensions[0].asked) == (1, 2)
    assert collected({"a": measured(a="7"), "b": picked("no")}).complete


def test_a_result_that_cannot_be_computed_is_not_collected() -> None:
    plain = quantity("1 / a", [entry("a")], line(("0", "0"), ("1", "1")))
    rule = {**plain, "curve": None}
    of = form(item("a", rule, maximum="0"))
    assert card(of, {"a": measured(a="0")}).items[0].state == "not_computable"
    assert card(of, {"a": measured(a="4")}).items[0].state == "answered"


def test_targets_are_counted() -> None:
    found = tally_of(collected({"a": measured(a="7")}))
    assert (found.done, found.asked, found.met, found.short, found.open) == (1, 2, 1, 1, 0)
    assert render(found.said(), "zh") == "目标 2 个：已达到 1，未达到 1，待填 0"
    assert tally_of(collected({})).open == 2


def test_words_of_a_target_say_figure_distance_way_and_note() -> None:
    found = collected({"a": measured(a="7")}).items[0]
    lines = [render(target_line(score, found.criterion), "zh") for score in found.targets]
    assert lines == [
        "5 % —— 已达到，超出 2 个百分点，完成 150 %",
        "9 % —— 还差 2 个百分点，完成 75 %（n）",
    ]
    assert render(figure_said(found), "en") == "7 %"
    progress = found.criterion.progress
    assert progress is not None
    before = [render(one, "zh") for one in progress_said(progress, found.criterion)]
    assert before == ["基数：1 %（2020 年）", "目标：5 %", "目标：9 %"]


def test_what_was_collected_is_explained_without_points() -> None:
    of = two()
    found = collected({"a": measured(a="7")})
    told = explain_item(of, found, found.items[0])
    assert (told.value, told.maximum) == (Decimal(7), None)
    assert render(told.rule, "zh") == "实测结果 7.00 %，只采集、不计分"
    assert "没有总分" in render(explain_total(of, found).rule, "zh")


def test_there_is_no_way_up_to_an_outcome() -> None:
    of = two()
    with pytest.raises(AssessorError) as refused:
        find_way(of, visit(of), "anything")
    assert "没有可以达到的结论" in render(refused.value.message, "zh")


def test_a_figure_and_a_yes_want_proof_and_a_no_does_not() -> None:
    contract = {"minimum": 1, "provenance": DERIVED}
    of = form(
        item("a", measure(), maximum="0", contract=contract),
        item("b", yes_no(), maximum="0", contract=contract),
    )
    short = card(of, {"a": measured(a="1"), "b": picked("yes")}).evidence_shortfalls
    assert [found.criteria for found in short] == [("a",), ("b",)]
    assert len(card(of, {"a": measured(a="1"), "b": picked("no")}).evidence_shortfalls) == 1


def test_golden_cases_hold_results_distances_and_ways() -> None:
    def case(**expect: object) -> Data:
        frame = {"id": "c", "text": words("c"), "profile": "only", "target": "basic"}
        return {**frame, "cycle": "2026", "answers": {"a": measured(a="3")}, "expect": expect}

    right = case(results={"a": "3"}, distances={"a": {"t": "2"}}, ways={"a": {"t": "50"}})
    wrong = case(results={"a": "4"}, distances={"a": {"t": "1"}}, ways={"a": {"t": "49.99"}})
    for golden, names in ((right, []), (wrong, ["results.a", "distances.a.t", "ways.a.t"])):
        of = form(one(measure(), progress(target("t", "5"), base="1")), golden=[golden])
        found = [problem.place for problem in check_golden_cases(of)]
        assert found == [f"golden[0].expect.{name}" for name in names]
