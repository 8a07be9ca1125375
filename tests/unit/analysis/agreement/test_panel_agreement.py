"""Experts' answers as ratings, and the figures of a panel in all, by dimension and by item."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.analysis.agreement import PanelAgreement, panel_agreement, ratings
from assessor.analysis.agreement.wording import item_said, leaning_said
from assessor.analysis.panel import Sheet, levels_of
from assessor.assessment import Answer
from assessor.rules.item import exclusion_for
from tests.strategies.visits import answer_to, shipped, visit_for

LOADED = shipped("digital_workshop")
RUBRIC = LOADED.rubric
RECORD = visit_for(LOADED, {})
LEVELS = [c for c in RUBRIC.every_criterion if c.rule.kind == "levels"]
FIRST, SECOND = LEVELS[:2]
STEPS = levels_of(FIRST)
YES_NO = next(c for c in RUBRIC.every_criterion if c.rule.kind == "yes_no")
LIST = next(c for c in RUBRIC.every_criterion if c.rule.kind == "checklist")


def sheet(by: str, **answers: Answer) -> Sheet:
    named = {"first": FIRST.id, "second": SECOND.id, "yes_no": YES_NO.id, "list": LIST.id}
    return Sheet(by, {named[key]: answer for key, answer in answers.items()})


def figures(*sheets: Sheet) -> PanelAgreement:
    return panel_agreement(RUBRIC, RECORD, sheets)


def test_levels_stand_by_their_rank_and_lists_by_their_points() -> None:
    items = [entry.key for entry in LIST.rule.items] if LIST.rule.kind == "checklist" else []
    found = ratings(
        RUBRIC,
        RECORD,
        [
            sheet("a", first=Answer(option=STEPS[-1]), list=Answer(options=tuple(items))),
            sheet("b", first=Answer(option=STEPS[1]), list=Answer(none=True)),
        ],
    )
    by_key = {one.key: one for one in found}
    top = len(STEPS) - 1
    assert by_key[FIRST.id].values == {"a": Fraction(1), "b": Fraction(1, top)}
    assert by_key[LIST.id].values == {"a": Fraction(1), "b": Fraction(0)}


def test_an_answer_that_does_not_fit_counts_as_missing() -> None:
    found = figures(
        sheet("a", first=Answer(option="Z9"), second=Answer(inputs={"x": Decimal(1)})),
        sheet("b", first=Answer(option=STEPS[0])),
        Sheet("c", {"unknown": Answer(option="A"), f"{FIRST.id}@nowhere": Answer(option="A")}),
    )
    assert found.experts == ("b",)
    assert found.overall.percent.missing == "one_rater"


def test_items_dimensions_and_pairs() -> None:
    high, low = Answer(option=STEPS[-1]), Answer(option=STEPS[0])
    found = figures(
        sheet("a", first=high, second=high, yes_no=Answer(option="yes")),
        sheet("b", first=high, second=low, yes_no=Answer(option="no")),
        sheet("c", first=high),
    )
    first, second = (next(i for i in found.items if i.rated.key == c.id) for c in (FIRST, SECOND))
    assert (first.percent.value, first.spread) == (Fraction(1), Fraction(0))
    assert (second.percent.value, second.spread) == (Fraction(0), Fraction(1))
    assert (found.overall.shared, found.overall.alike) == (3, 1)
    assert found.overall.percent.value == Fraction(3, 5)
    assert found.overall.fleiss.missing == "not_all_rated"
    assert [(pair.one, pair.other) for pair in found.pairs] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found.pairs[1].kappa.missing == "no_variation"
    within = {entry.dimension.id: entry.agreement for entry in found.dimensions}
    assert within[YES_NO.dimension].percent.value is not None
    said = item_said(second, {"a": "张伟", "b": "李娜"}).pick("zh")
    assert f"张伟 {STEPS[-1]}" in said
    assert f"李娜 {STEPS[0]}" in said


def test_who_is_stricter_than_the_others() -> None:
    middle = Answer(option=STEPS[len(STEPS) // 2])
    found = figures(
        sheet("a", first=Answer(option=STEPS[-1])),
        sheet("b", first=middle),
        sheet("c", first=middle),
    )
    leaning = {one.expert: one.difference for one in found.leanings}
    assert leaning["a"] == Fraction(1, 2)
    assert leaning["b"] == Fraction(-1, 4)
    assert leaning_said(leaning["b"]).pick("en") == "25.0 % below the others"
    alone = figures(sheet("a", first=middle))
    assert alone.leanings[0].difference is None


def test_not_applicable_differs_from_every_level_and_has_no_place_among_them() -> None:
    left_out = next(c for c in RUBRIC.every_criterion if exclusion_for(c, RECORD.profile))
    found = ratings(RUBRIC, RECORD, [Sheet("a", {left_out.id: Answer(na=True, reason="没有")})])
    assert found[0].labels == {"a": "na"}
    assert found[0].values == {}


KEYS = {c.id: answer_to(c, "discrete") for c in LEVELS[:4]}
SHEETS = st.builds(Sheet, st.sampled_from("abc"), st.fixed_dictionaries({}, optional=KEYS))


@settings(max_examples=20)
@given(st.lists(SHEETS, max_size=4), st.randoms())
def test_no_order_of_the_sheets_changes_anything(sheets: list[Sheet], order: Random) -> None:
    mixed = [*sheets, *sheets]
    order.shuffle(mixed)
    assert figures(*mixed) == figures(*sheets)
