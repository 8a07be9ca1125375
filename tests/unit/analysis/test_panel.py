"""Experts' answers compared, merged and decided."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.analysis.panel import (
    PANEL,
    Comparison,
    Merged,
    Opinion,
    Sheet,
    by_expert,
    compare,
    consensus,
    levels_of,
    majority,
    mean,
    median,
    merge,
    trimmed_mean,
)
from assessor.assessment import Answer
from tests.strategies.visits import shipped

RUBRIC = shipped("digital_workshop").rubric
LEVELS = next(c for c in RUBRIC.every_criterion if c.rule.kind == "levels")
OTHERS = [c.id for c in RUBRIC.every_criterion if c.id != LEVELS.id]
LOW, *_, HIGH = levels_of(LEVELS)
MIDDLE = levels_of(LEVELS)[1]

KEYS = st.sampled_from([c.id for c in RUBRIC.every_criterion])
ANSWERS = st.one_of(
    st.sampled_from([Answer(option=key) for key in levels_of(LEVELS)]),
    st.builds(lambda note: Answer(option=LOW, note=note), st.text(max_size=5)),
    st.just(Answer(inputs={"nc": Decimal("7.0")})),
    st.just(Answer(none=True)),
)
SHEETS = st.builds(Sheet, st.sampled_from(["a", "b", "c"]), st.dictionaries(KEYS, ANSWERS))


@st.composite
def disjoint_shares(draw: st.DrawFn) -> list[Sheet]:
    """Up to four experts who share the criteria out among themselves."""
    share = draw(st.dictionaries(KEYS, st.tuples(st.sampled_from("abcd"), ANSWERS)))
    return [
        Sheet(by, {key: answer for key, (owner, answer) in share.items() if owner == by})
        for by in "abcd"
    ]


def opinions(*options: str) -> list[Opinion]:
    return [Opinion(f"p{at}", Answer(option=key)) for at, key in enumerate(options)]


# --- merging --------------------------------------------------------------------------------------


@given(disjoint_shares(), st.randoms())
def test_merging_disjoint_shares_is_commutative(shares: list[Sheet], order: Random) -> None:
    mixed = list(shares)
    order.shuffle(mixed)
    assert merge(mixed) == merge(shares)


@given(disjoint_shares())
def test_merging_disjoint_shares_is_idempotent_and_keeps_whose_they_are(
    shares: list[Sheet],
) -> None:
    once = merge(shares)
    assert once.conflicts == ()
    assert merge([*shares, *shares]) == once
    assert merge([Sheet("anybody", once.answers)]) == once
    for share in shares:
        assert merge([Sheet("anybody", once.answers), share]) == once
        assert {key for key, one in once.answers.items() if one.by == share.by} == set(
            share.answers
        )


@given(disjoint_shares())
def test_merging_disjoint_shares_step_by_step_gives_the_same(shares: list[Sheet]) -> None:
    merged = merge(shares[:1])
    for share in shares[1:]:
        merged = merge([Sheet("anybody", merged.answers), share])
    assert merged == merge(shares)


@given(st.lists(SHEETS, max_size=4), st.randoms())
def test_no_order_changes_a_merge_even_with_conflicts(sheets: list[Sheet], order: Random) -> None:
    mixed = list(sheets)
    order.shuffle(mixed)
    assert merge(mixed) == merge(sheets)


@given(st.lists(SHEETS, max_size=4))
def test_every_answer_is_merged_or_in_conflict(sheets: list[Sheet]) -> None:
    merged = merge(sheets)
    keys = {key for sheet in sheets for key in sheet.answers}
    assert keys == merged.answers.keys() | set(merged.conflicts)
    assert not merged.answers.keys() & set(merged.conflicts)


def test_the_same_answer_with_other_remarks_is_no_conflict() -> None:
    sure = Answer(option=LOW, note="看过", confidence="high")
    merged = merge([Sheet("b", {LEVELS.id: Answer(option=LOW)}), Sheet("a", {LEVELS.id: sure})])
    assert merged == Merged({LEVELS.id: sure.model_copy(update={"by": "a"})}, ())


def test_figures_that_only_look_different_are_no_conflict() -> None:
    one, other = Answer(inputs={"nc": Decimal("7")}), Answer(inputs={"nc": Decimal("7.00")})
    assert merge([Sheet("a", {"x": one}), Sheet("b", {"x": other})]).conflicts == ()


# --- side by side ---------------------------------------------------------------------------------


def test_the_widest_disagreement_stands_first() -> None:
    near, agreed, single = OTHERS[:3]
    sheets = [
        Sheet("a", {LEVELS.id: Answer(option=LOW), near: Answer(none=True)}),
        Sheet("b", {LEVELS.id: Answer(option=HIGH), near: Answer(options=("1",))}),
        Sheet("a", {agreed: Answer(option="L1"), single: Answer(option="L1")}),
        Sheet("b", {agreed: Answer(option="L1")}),
    ]
    found = compare(RUBRIC, sheets, {})
    assert [(one.key, one.standing) for one in found] == [
        (LEVELS.id, "differs"),
        (near, "differs"),
        (single, "single"),
        (agreed, "agreed"),
    ]
    assert found[0].apart == len(levels_of(LEVELS)) - 1


def test_not_applicable_is_farther_than_any_level() -> None:
    sheets = [
        Sheet("a", {LEVELS.id: Answer(option=LOW)}),
        Sheet("b", {LEVELS.id: Answer(na=True, reason="没有")}),
    ]
    assert compare(RUBRIC, sheets, {})[0].apart == len(levels_of(LEVELS))


def test_a_settled_criterion_stands_last_and_shows_whose_answer_it_is() -> None:
    settled = {LEVELS.id: Answer(option=HIGH, by="b")}
    sheets = [Sheet("a", {LEVELS.id: Answer(option=LOW), OTHERS[0]: Answer(none=True)})]
    found = compare(RUBRIC, sheets, settled)
    assert [one.standing for one in found] == ["single", "settled"]
    assert found[1].of("a") == Answer(option=LOW)
    assert found[1].of("b") == settled[LEVELS.id]
    assert found[1].of("c") is None


@given(st.lists(SHEETS, max_size=4), st.randoms())
def test_no_order_changes_a_comparison(sheets: list[Sheet], order: Random) -> None:
    mixed = list(sheets)
    order.shuffle(mixed)
    assert compare(RUBRIC, mixed, {}) == compare(RUBRIC, sheets, {})


# --- rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((LOW, LOW, HIGH), LOW),
        ((LOW, HIGH), None),
        ((LOW, LOW, HIGH, HIGH), None),
        ((LOW, MIDDLE, HIGH), None),
        ((HIGH,), HIGH),
    ],
)
def test_a_majority_is_more_than_half(options: tuple[str, ...], expected: str | None) -> None:
    found = majority(opinions(*options))
    assert (found.answer.option if found else None) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((HIGH, LOW, MIDDLE), MIDDLE),
        ((LOW, HIGH), None),
        ((LOW, MIDDLE, MIDDLE, HIGH), MIDDLE),
        ((LOW, HIGH, HIGH), HIGH),
    ],
)
def test_the_median_is_the_level_in_the_middle(
    options: tuple[str, ...], expected: str | None
) -> None:
    found = median(LEVELS, opinions(*options))
    assert (found.answer.option if found else None) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((0, 4), 2),
        ((0, 1), None),
        ((0, 0, 1), 0),
        ((0, 1, 1), 1),
        ((3,), 3),
        ((0, 2, 4, 4), None),
        ((0, 4, 4, 4), 3),
    ],
)
def test_the_mean_is_the_nearest_level_unless_two_are_as_near(
    places: tuple[int, ...], expected: int | None
) -> None:
    steps = levels_of(LEVELS)
    found = mean(LEVELS, opinions(*(steps[place] for place in places)))
    assert (found.answer.option if found else None) == (
        None if expected is None else steps[expected]
    )


def test_a_mean_nobody_gave_is_the_panels_own() -> None:
    steps = levels_of(LEVELS)
    found = mean(LEVELS, opinions(steps[0], steps[4]))
    assert found == Opinion(PANEL, Answer(option=steps[2]))
    settled = {LEVELS.id: found.answer.model_copy(update={"by": PANEL})}
    sheets = [Sheet("a", {LEVELS.id: Answer(option=steps[0])})]
    (one,) = compare(RUBRIC, sheets, settled)
    assert [opinion.by for opinion in one.opinions] == ["a"]


def test_the_trimmed_mean_drops_the_highest_and_the_lowest() -> None:
    steps = levels_of(LEVELS)
    some = opinions(steps[0], steps[3], steps[4], steps[4])
    assert trimmed_mean(LEVELS, some) is None
    assert trimmed_mean(LEVELS, [*some, Opinion("z", Answer(option=steps[4]))]) is not None
    one_of_three = trimmed_mean(LEVELS, opinions(steps[4], steps[0], steps[1]))
    assert one_of_three is not None
    assert one_of_three.answer.option == steps[1]
    assert trimmed_mean(LEVELS, opinions(steps[0], steps[1])) is None


def test_consensus_is_two_experts_and_nobody_against() -> None:
    assert consensus(opinions(LOW, LOW)) == Opinion("p0", Answer(option=LOW))
    assert consensus(opinions(LOW, LOW, HIGH)) is None
    assert consensus(opinions(LOW)) is None


@given(st.lists(st.sampled_from(levels_of(LEVELS)), max_size=6), st.randoms())
def test_no_order_of_experts_changes_what_a_rule_makes(options: list[str], order: Random) -> None:
    some = opinions(*options)
    mixed = list(some)
    order.shuffle(mixed)
    assert mean(LEVELS, mixed) == mean(LEVELS, some)
    assert trimmed_mean(LEVELS, mixed) == trimmed_mean(LEVELS, some)
    assert median(LEVELS, mixed) == median(LEVELS, some)
    assert majority(mixed) == majority(some)
    assert consensus(mixed) == consensus(some)


@given(st.lists(SHEETS, max_size=4), st.randoms())
def test_who_scored_what_stays_whatever_the_order(sheets: list[Sheet], order: Random) -> None:
    mixed = [*sheets, *sheets]
    order.shuffle(mixed)
    assert by_expert(mixed) == by_expert(sheets)
    for sheet in sheets:
        assert set(sheet.answers) <= set(by_expert(sheets).get(sheet.by, {}))


def test_without_levels_there_is_no_median() -> None:
    some = [Opinion("a", Answer(na=True, reason="没有")), *opinions(LOW, LOW)]
    assert median(LEVELS, some) is None
    assert median(LEVELS, []) is None
    assert majority([]) is None


@given(st.lists(st.sampled_from(levels_of(LEVELS)), min_size=1, max_size=7))
def test_a_majority_of_levels_is_their_median(options: list[str]) -> None:
    held, middle = majority(opinions(*options)), median(LEVELS, opinions(*options))
    if held is not None:
        assert middle is not None
        assert middle.answer.option == held.answer.option


def test_a_comparison_knows_where_the_panel_stands() -> None:
    both = tuple(opinions(LOW, LOW))
    assert Comparison("x", both, 0).standing == "agreed"
    assert Comparison("x", both[:1], 0).standing == "single"
    assert Comparison("x", both, 2).standing == "differs"
    assert Comparison("x", both, 2, both[0].answer).standing == "settled"
