"""Links between items, contradictions, evidence that is short."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.rubrics.models import Rubric
from assessor.rules.card import ItemScore, ScoreCard
from tests.unit.scoring.small import (
    DERIVED,
    Data,
    card,
    item,
    levels,
    outcome,
    picked,
    plain,
    reading,
    rubric,
    span,
    ten,
    words,
    yes_no,
)

STEPS = levels(("A", "0"), ("B", "4", "basic"), ("C", "10", "advanced"))


def found(scored: ScoreCard, name: str) -> ItemScore:
    score = scored.item(name)
    assert score is not None
    return score


def linked(option: str, then: str, *, of_a: Data = STEPS, of_b: Data = STEPS) -> Rubric:
    """`a` answered with `option` makes `b` count as `then`."""
    link = {"when": "a", "option": option, "then": then, "provenance": DERIVED}
    shares = outcome("pass", reading("items_at_tier", "50", "advanced"))
    return rubric(item("a", of_a), item("b", of_b, links=[link]), outcomes=[shares])


def test_a_link_forces_the_answer_and_says_so() -> None:
    scored = card(linked("A", "A"), {"a": picked("A"), "b": picked("C")})
    score = found(scored, "b")
    assert (score.points, score.rank, score.state) == (0, 0, "answered")
    assert score.forced_by is not None
    assert score.forced_by.when == "a"
    assert [(one.id, one.criteria) for one in scored.contradictions] == [("link.b", ("a", "b"))]
    assert scored.contradictions[0].text.pick("zh") == (
        "第 b 题答为 C，但第 a 题的联动规则使其按 A 计"
    )


def test_a_link_answers_what_was_left_open() -> None:
    scored = card(linked("A", "A"), {"a": picked("A")})
    assert found(scored, "b").state == "answered"
    assert scored.complete
    assert scored.contradictions == ()


def test_an_equal_answer_is_no_contradiction() -> None:
    scored = card(linked("A", "A"), {"a": picked("A"), "b": picked("A")})
    assert scored.contradictions == ()


def test_another_answer_leaves_the_link_alone() -> None:
    scored = card(linked("A", "A"), {"a": picked("B"), "b": picked("C")})
    score = found(scored, "b")
    assert (score.points, score.forced_by) == (10, None)


def test_while_the_trigger_is_open_the_lowest_is_still_possible() -> None:
    scored = card(linked("A", "A"), {"b": picked("C")})
    assert span(found(scored, "b").span) == ("10", "0", "10", "10")
    # With a = A both are nought; with a = C both are ten.
    assert span(scored.total) == ("10", "0", "20", "20")
    shares = scored.outcomes[0].readings[0].span
    assert (plain(shares.lowest), plain(shares.highest)) == ("0", "100")


def test_while_the_trigger_is_open_the_highest_is_still_possible() -> None:
    of = linked("C", "C")
    before = card(of, {"b": picked("A")})
    assert span(found(before, "b").span) == ("0", "0", "10", "10")
    shares = before.outcomes[0].readings[0].span
    assert (plain(shares.lowest), plain(shares.highest)) == ("0", "100")
    assert before.outcomes[0].state == "undecided"
    after = card(of, {"a": picked("C"), "b": picked("A")})
    assert after.total.value == 20
    assert after.outcomes[0].state == "reached"


@pytest.mark.parametrize(("then", "worth"), [("no", 0), ("yes", 10)])
def test_yes_and_no_can_be_linked(then: str, worth: int) -> None:
    option = "A" if then == "no" else "C"
    of = linked(option, then, of_b=yes_no())
    assert found(card(of, {"a": picked(option)}), "b").points == worth
    assert span(found(card(of), "b").span) == (None, "0", "10", "10")
    other = "yes" if then == "no" else "no"
    half = found(card(of, {"b": picked(other)}), "b")
    assert span(half.span)[1:3] == ("0", "10")


def test_yes_and_no_can_trigger() -> None:
    of = linked("no", "A", of_a=yes_no())
    assert found(card(of, {"a": picked("no"), "b": picked("C")}), "b").points == 0
    assert found(card(of, {"a": picked("yes"), "b": picked("C")}), "b").points == 10


def test_a_link_to_an_item_that_is_not_asked_keeps_nothing_open() -> None:
    link = {"when": "a", "option": "A", "then": "A", "provenance": DERIVED}
    of = rubric(
        item("a", STEPS, asked={"advanced": "required"}),
        item("b", STEPS, links=[link]),
        outcomes=[outcome("pass", reading("points", "10"))],
    )
    scored = card(of, {"b": picked("C")}, target="basic")
    assert span(scored.total) == ("10", "10", "10", "10")
    assert scored.outcomes[0].state == "reached"


def test_the_rubrics_own_contradictions_warn_and_change_nothing() -> None:
    of = ten().rubric
    clash = {"execution": picked("L2"), "planning": picked("A")}
    scored = card(of, clash)
    assert [(one.id, one.criteria) for one in scored.contradictions] == [
        ("auto-without-plan", ("execution", "planning"))
    ]
    assert scored.total.value == 15
    assert card(of, {**clash, "planning": picked("B")}).contradictions == ()
    assert card(of, {"execution": picked("L2")}).contradictions == ()


def test_a_contradiction_looks_at_the_linked_answer() -> None:
    contradiction = {
        "id": "clash",
        "when": [
            {"criterion": "b", "options": ["A"]},
            {"criterion": "c", "options": ["B", "C"]},
        ],
        "text": words("clash"),
        "provenance": DERIVED,
    }
    of = linked("A", "A")
    of = rubric(
        item("a", STEPS),
        item("b", STEPS, links=[of.criteria[1].links[0].model_dump(mode="json")]),
        item("c", STEPS),
        contradictions=[contradiction],
    )
    scored = card(of, {"a": picked("A"), "b": picked("C"), "c": picked("B")})
    assert {one.id for one in scored.contradictions} == {"clash", "link.b"}


def evidence(number: int, kind: str, *criteria: str) -> Data:
    return {
        "id": f"e{number}",
        "sha256": f"{number:064x}",
        "size": 1,
        "media_type": "image/jpeg",
        "file_name": f"{number}.jpg",
        "kind": kind,
        "criteria": list(criteria),
    }


def under(contract: Data) -> Rubric:
    return rubric(item("a", STEPS, contract={"provenance": DERIVED, **contract}))


@pytest.mark.parametrize(
    ("contract", "key", "pieces", "short"),
    [
        ({}, "A", [], False),  # nothing is claimed, nothing to prove
        ({}, "B", [], True),
        ({}, "B", ["document"], False),
        ({"minimum": 2}, "C", ["photo"], True),
        ({"minimum": 2}, "C", ["photo", "log"], False),
        ({"from_option": "C"}, "B", [], False),
        ({"from_option": "C"}, "C", [], True),
        ({"kinds": ["log"]}, "C", ["photo"], True),
        ({"kinds": ["log"]}, "C", ["photo", "log"], False),
        ({"kinds": ["observation"]}, "C", ["photo"], False),  # a photograph records what was seen
        ({"kinds": ["photo"]}, "C", ["observation"], True),
    ],
)
def test_evidence_that_is_short_is_listed_and_the_score_stays(
    contract: Data, key: str, pieces: list[str], short: bool
) -> None:
    given = [evidence(number, kind, "a") for number, kind in enumerate(pieces)]
    scored = card(under(contract), {"a": picked(key)}, evidence=given)
    assert [one.id for one in scored.evidence_shortfalls] == (["evidence.a"] if short else [])
    assert scored.total.value == {"A": 0, "B": 4, "C": 10}[key]


def test_a_shortfall_says_how_many_are_wanted() -> None:
    scored = card(
        under({"minimum": 3}),
        {"a": picked("C")},
        evidence=[evidence(1, "photo", "a"), evidence(2, "photo", "b")],
    )
    assert scored.evidence_shortfalls[0].text.pick("zh") == "第 a 题“a”需佐证 3 件，现有 1 件"
    assert scored.evidence_shortfalls[0].criteria == ("a",)


def test_an_unanswered_item_needs_no_proof() -> None:
    assert card(under({})).evidence_shortfalls == ()


def test_points_are_what_a_level_says_even_when_a_link_forces_them() -> None:
    of = linked("C", "C", of_b=levels(("A", "0"), ("B", "1.67")))
    link = of.criteria[1].links[0].model_copy(update={"then": "B"})
    forced = of.criteria[1].model_copy(update={"links": (link,)})
    of = of.model_copy(update={"criteria": (of.criteria[0], forced)})
    assert found(card(of, {"a": picked("C")}), "b").points == Decimal("1.67")
