"""Flips are all the answers that turn a result; the simulation is seeded and follows confidence."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.analysis.robustness import flips, neighbours, simulate
from assessor.analysis.robustness.flips import states_of, with_answers
from assessor.analysis.robustness.simulation import chance_of
from assessor.analysis.robustness.wording import assumption_said, held_said, percent_text
from assessor.assessment import Answer
from assessor.i18n import LANGUAGES
from assessor.scoring import score
from tests.unit.scoring.small import (
    Data,
    item,
    levels,
    outcome,
    picked,
    rubric,
    total,
    visit,
    yes_no,
)

FOUR = levels(("A", "0"), ("B", "3", "basic"), ("C", "6", "basic"), ("D", "10", "advanced"))
PASS = outcome("pass", total(line_at="16"))
LETTERS = st.sampled_from("ABCD")


def sure(option: str, confidence: str) -> Data:
    return {**picked(option), "confidence": confidence}


def test_an_answer_on_the_line_turns_the_result_and_one_above_it_does_not() -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=[PASS])
    on_the_line = flips(of, visit(of, {"a": picked("C"), "b": picked("D")}))
    assert [(one.key, one.answer.option, one.before, one.after) for one in on_the_line] == [
        ("a", "B", "reached", "not_reached"),
        ("b", "C", "reached", "not_reached"),
    ]
    assert flips(of, visit(of, {"a": picked("A"), "b": picked("A")})) == ()


@given(a=LETTERS, b=LETTERS, c=st.sampled_from(["yes", "no"]))
def test_flips_are_exactly_the_neighbours_that_change_a_state(a: str, b: str, c: str) -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), item("c", yes_no()), outcomes=[PASS])
    record = visit(of, {"a": picked(a), "b": picked(b), "c": picked(c)})
    present = states_of(score(of, record))
    found = {(one.key, one.answer.option): one.after for one in flips(of, record)}
    for key, answer in record.answers.items():
        for other in neighbours(of.criterion_by_id[key].rule, answer):
            state = states_of(score(of, with_answers(record, {key: other})))["pass"]
            assert found.get((key, other.option), present["pass"]) == state


def test_the_same_seed_gives_the_same_figures_and_the_order_of_answers_does_not_matter() -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=[PASS])
    record = visit(of, {"a": picked("C"), "b": picked("D")})
    other = visit(of, {"b": picked("D"), "a": picked("C")})
    assert simulate(of, record, 60, 7) == simulate(of, other, 60, 7)
    assert simulate(of, record, 60, 7) != simulate(of, record, 60, 8)


def test_a_result_holds_the_more_often_the_surer_its_answers_are() -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=[PASS])
    held = [
        simulate(of, visit(of, {"a": sure("C", level), "b": sure("D", level)}), 300).held
        for level in ("low", "medium", "high")
    ]
    assert held == sorted(held)
    assert held[0] < held[2] < 300


def test_a_result_far_from_its_line_always_holds() -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=[outcome("pass", total(line_at="1"))])
    found = simulate(of, visit(of, {"a": sure("D", "low"), "b": sure("D", "low")}), 100)
    assert (found.held, found.share, found.hinges) == (100, 1, ())


def test_the_result_hangs_on_the_answer_that_turns_it() -> None:
    heavy = levels(("A", "0"), ("B", "20"))
    of = rubric(
        item("a", heavy, "20"), item("b", FOUR), outcomes=[outcome("pass", total(line_at="20"))]
    )
    found = simulate(of, visit(of, {"a": sure("B", "low"), "b": sure("B", "low")}), 200)
    assert found.hinges[0].key == "a"
    assert found.hinges[0].share == 1
    assert found.by_outcome == {"pass": found.held}


def test_the_draws_are_near_the_chance_that_is_assumed() -> None:
    heavy = levels(("A", "0"), ("B", "10"))
    of = rubric(item("a", heavy), outcomes=[outcome("pass", total(line_at="10"))])
    found = simulate(of, visit(of, {"a": sure("B", "low")}), 2000)
    assert chance_of(Answer(option="B", confidence="low")) == Decimal("0.25")
    # Four standard deviations of 2,000 draws at a quarter.
    assert abs(2000 - found.held - 500) < 78


def test_an_answer_without_confidence_counts_as_one_of_medium() -> None:
    assert chance_of(Answer(option="A")) == chance_of(Answer(option="A", confidence="medium"))


def test_no_draw_is_refused_and_progress_is_told() -> None:
    of = rubric(item("a", FOUR), outcomes=[PASS])
    record = visit(of, {"a": picked("C")})
    with pytest.raises(ValueError, match="at least one"):
        simulate(of, record, 0)
    told: list[tuple[int, int]] = []
    simulate(of, record, 3, step=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3)]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1), "100"),
        (Fraction(0), "0"),
        (Fraction(9999, 10000), "99.9"),
        (Fraction(1, 10000), "0.1"),
        (Fraction(97, 100), "97.0"),
    ],
)
def test_only_all_is_a_hundred_percent(share: Fraction, text: str) -> None:
    assert percent_text(share) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_share_draws_and_criteria(language: str) -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=[PASS])
    record = visit(of, {"a": sure("C", "low"), "b": sure("D", "low")})
    found = simulate(of, record, 40)
    told = held_said(of, found).pick(language)
    assert percent_text(found.share) in told
    assert "40" in told
    assert all(of.criterion_by_id[hinge.criterion].number in told for hinge in found.hinges)
    assert "25" in assumption_said().pick(language)
    nothing = simulate(of, visit(of, {}), 5)
    assert "%" not in held_said(of, nothing).pick(language)
