"""What is listed for review, and when one answer is enough to turn a result."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.analysis.near_lines import near_lines
from assessor.analysis.review import KINDS, counted, review
from assessor.rubrics.models import Rubric
from assessor.rules.card import ScoreCard
from tests.unit.scoring.small import (
    DERIVED,
    NA,
    Data,
    bins,
    card,
    checklist,
    entry,
    gate,
    item,
    levels,
    measured,
    out,
    outcome,
    picked,
    quantity,
    reading,
    rubric,
    several,
    total,
    words,
    yes_no,
)

ABC = levels(("A", "0"), ("B", "5"), ("C", "10"))


def kinds(of: ScoreCard) -> list[tuple[str, tuple[str, ...]]]:
    return [(remark.kind, remark.criteria) for remark in review(of)]


def test_what_is_open_doubtful_or_left_out_is_listed_with_its_words() -> None:
    of = rubric(
        item("a", ABC, not_applicable=out("leave_out")),
        item("b", ABC, contract={"minimum": 1, "provenance": DERIVED}),
        item("c", ABC),
        item("d", ABC, asked={"basic": "optional", "advanced": "optional"}),
        gates=[gate("g", {"kind": "declared", "points": [words("g")]})],
    )
    found = card(of, {"a": NA, "b": {**picked("C"), "confidence": "low", "note": "没看到现场"}})
    assert kinds(found) == [
        ("unanswered", ("c",)),
        ("open_gate", ()),
        ("no_evidence", ("b",)),
        ("low_confidence", ("b",)),
        ("not_applicable", ("a",)),
    ]
    said = {remark.kind: remark.said for remark in review(found) if remark.said}
    assert said == {"low_confidence": "没看到现场", "not_applicable": "没有这项业务"}
    assert review(found)[1].gate == "g"
    counts = counted(review(found))
    assert list(counts) == list(KINDS)
    assert counts["unanswered"] == 1
    assert counts["near_line"] == 0


def test_a_figure_that_cannot_be_computed_is_open_and_says_why() -> None:
    ratio = quantity(
        "a / b",
        [entry("a"), entry("b")],
        bins({"high": "1", "share": "0"}, {"low": "1", "share": "1"}),
    )
    found = card(rubric(item("q", ratio)), {"q": measured(a="1", b="0")})
    remark = review(found)[0]
    assert (remark.kind, remark.criteria) == ("unanswered", ("q",))
    assert remark.text is not None


def lined(at: str, *more: Data, count: int = 3) -> Rubric:
    plain = [item(f"i{n}", ABC) for n in range(count)]
    return rubric(*plain, *more, outcomes=[outcome("pass", total(line_at=at))])


@pytest.mark.parametrize(
    ("given", "at", "near"),
    [
        ("CCC", "30", ("i0", "i1", "i2")),
        ("CCC", "26", ("i0", "i1", "i2")),
        ("CCC", "25", ()),
        ("BBA", "15", ("i0", "i1", "i2")),
        ("BBA", "16", ()),
        ("CCA", "25", ("i2",)),
    ],
)
def test_a_result_is_near_when_one_level_would_turn_it(
    given: str, at: str, near: tuple[str, ...]
) -> None:
    of = lined(at)
    found = card(of, {f"i{n}": picked(key) for n, key in enumerate(given)})
    assert tuple(name for line in near_lines(found) for name in line.criteria) == near
    for line in near_lines(found):
        score_now = found.total.value
        assert score_now is not None
        assert line.distance == Decimal(at) - score_now


def test_the_criteria_named_do_turn_the_result_and_the_others_do_not() -> None:
    """Held against scoring itself: every answer one level off is scored anew."""
    of = lined("17")
    for given in ("ABC", "BBB", "CCA", "CBA", "CCB", "AAC"):
        answers = {f"i{n}": picked(key) for n, key in enumerate(given)}
        before = card(of, answers)
        turning = set()
        for n, key in enumerate(given):
            at = "ABC".index(key)
            for other in "ABC"[max(at - 1, 0) : at + 2]:
                after = card(of, {**answers, f"i{n}": picked(other)})
                if after.outcomes[0].state != before.outcomes[0].state:
                    turning.add(f"i{n}")
        assert {name for near in near_lines(before) for name in near.criteria} == turning


def test_what_is_still_open_or_measured_is_not_called_near() -> None:
    of = lined("25")
    assert near_lines(card(of, {"i0": picked("C"), "i1": picked("C")})) == ()
    steps = bins({"high": "1", "share": "0"}, {"low": "1", "low_closed": True, "share": "1"})
    alone = rubric(
        item("q", quantity("a", [entry("a")], steps)),
        outcomes=[outcome("pass", total(line_at="10"))],
    )
    assert near_lines(card(alone, {"q": measured(a="1")})) == ()


@pytest.mark.parametrize(
    ("rule", "answer", "near"),
    [
        (yes_no(), picked("yes"), True),
        (checklist("abcd"), several("a", "b", "c"), True),
        (checklist("abcd"), several("a", "b", "c", "d"), False),
    ],
)
def test_ticks_and_yes_no_have_a_next_answer_too(rule: Data, answer: Data, near: bool) -> None:
    of = rubric(item("x", rule), outcomes=[outcome("pass", total(line_at="7"))])
    assert bool(near_lines(card(of, {"x": answer}))) is near


def test_a_share_of_items_is_near_when_one_item_more_would_reach_the_tier() -> None:
    tiered = levels(("A", "0"), ("B", "5", "basic"))
    share = reading("items_at_tier", "75", tier="basic")
    of = rubric(*(item(f"i{n}", tiered) for n in range(4)), outcomes=[outcome("pass", share)])
    missed = card(of, {f"i{n}": picked("B" if n < 2 else "A") for n in range(4)})
    assert [near.criteria for near in near_lines(missed)] == [("i2", "i3")]
    assert near_lines(missed)[0].distance == Decimal(25)
    met = card(of, {f"i{n}": picked("B" if n < 3 else "A") for n in range(4)})
    assert [near.criteria for near in near_lines(met)] == [("i0", "i1", "i2")]
    safe = card(of, {f"i{n}": picked("B") for n in range(4)})
    assert near_lines(safe) == ()


def test_an_outcome_that_a_platform_decides_is_not_near() -> None:
    platform = {"name": {"zh": "平台", "en": "platform"}, "line": "50", "provenance": DERIVED}
    of = rubric(
        item("a", ABC), outcomes=[outcome("pass", total(line_at="10"), platform_score=platform)]
    )
    result = {"score": "51", "issued": "2026-01-01", "evidence": ["e1"]}
    decided = card(of, {"a": picked("C")}, platform_results={"pass": result})
    assert decided.outcomes[0].platform_decides
    assert near_lines(decided) == ()
    assert near_lines(card(of, {"a": picked("C")})) != ()
