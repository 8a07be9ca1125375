"""The diagnosis: it aims at the next outcome, lists every gap, and wants nothing that is had."""

from __future__ import annotations

from assessor.analysis.diagnosis import diagnose, next_outcome
from assessor.scoring import score
from tests.unit.scoring.small import item, levels, outcome, picked, rubric, total, visit

FOUR = levels(("A", "0"), ("B", "3", "basic"), ("C", "6", "basic"), ("D", "10", "advanced"))
OUTCOMES = [outcome("pass", total(line_at="9")), outcome("good", total(line_at="16"))]


def test_it_aims_at_the_first_outcome_that_is_not_reached() -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=OUTCOMES)
    for answers, aim in ((("A", "A"), "pass"), (("C", "C"), "good"), (("D", "D"), "good")):
        record = visit(of, {"a": picked(answers[0]), "b": picked(answers[1])})
        assert next_outcome(score(of, record)) == aim


def test_gaps_are_the_criteria_below_their_most_with_what_the_way_wants() -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=OUTCOMES)
    record = visit(of, {"a": picked("D"), "b": picked("B")})
    told: list[tuple[int, int]] = []
    found = diagnose(of, record, draws=20, step=lambda done, total: told.append((done, total)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert found.path is not None
    assert found.path.outcome == "good"
    assert [gap.item.criterion.id for gap in found.gaps] == ["b"]
    assert {key: aim.option for key, aim in found.gaps[0].wanted.items()} == {"b": "C"}


def test_another_outcome_can_be_asked_for_and_nothing_is_wanted_when_it_is_reached() -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=OUTCOMES)
    found = diagnose(of, visit(of, {"a": picked("D"), "b": picked("B")}), "pass", draws=5)
    assert found.path is not None
    assert (found.path.exists, found.path.changes) == (True, ())
    assert all(not gap.wanted for gap in found.gaps)
