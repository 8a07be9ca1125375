"""Which rows of a register are shown in which order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.bureau.register import VisitRow
from assessor.workspace import bureau_table
from assessor.workspace.bureau_table import COLUMNS, Column, VisitTable, Wanted, gap_of, newest
from tests.ui.bureau_city import WORKSHOP, row, rows

RANKS = {(WORKSHOP, tier): at for at, tier in enumerate(("pass", "good", "excellent"))}


def shown(table: VisitTable, wanted: Wanted) -> list[VisitRow]:
    return [table.rows[at] for at in table.arranged(wanted)]


@pytest.fixture(scope="module")
def table() -> VisitTable:
    return VisitTable(rows(500), RANKS)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_can_be_sorted_by_both_ways(column: Column, table: VisitTable) -> None:
    up = table.arranged(Wanted(column=column))
    assert sorted(up) == list(range(500))
    assert table.arranged(Wanted(column=column, descending=True)) == up[::-1]


def test_figures_are_sorted_as_numbers_and_those_without_come_first() -> None:
    some = (row(1), replace(row(2), score=None), replace(row(3), score=Decimal(9)))
    table = VisitTable((*some, replace(row(4), score=Decimal(10))))
    scores = [found.score for found in shown(table, Wanted(column="score"))]
    assert scores[:3] == [None, Decimal(9), Decimal(10)]


def test_tiers_are_sorted_from_the_lowest_with_none_first(table: VisitTable) -> None:
    tiers = [found.tier for found in shown(table, Wanted(column="tier"))]
    order = ["", "pass", "good", "excellent"]
    assert tiers == sorted(tiers, key=order.index)
    assert set(tiers) == set(order)


def test_what_is_equal_stays_in_the_order_of_names(table: VisitTable) -> None:
    found = shown(table, Wanted(column="district"))
    names = [one.name.encode("gb18030") for one in found if one.district == "北仑区"]
    assert len(names) > 50
    assert names == sorted(names)


def test_names_are_sorted_by_sound() -> None:
    names = ("镇海", "北仑", "鄞州", "慈溪")
    table = VisitTable(tuple(replace(row(at), name=one) for at, one in enumerate(names)))
    assert [one.name for one in shown(table, Wanted())] == ["北仑", "慈溪", "镇海", "鄞州"]


def test_filters_hold_together(table: VisitTable) -> None:
    wanted = Wanted(district="北仑区", verdict="warning", tier="good")
    expected = {
        one.visit_id
        for one in table.rows
        if (one.district, one.verdict.value, one.tier) == ("北仑区", "warning", "good")
    }
    assert expected
    assert {one.visit_id for one in shown(table, wanted)} == expected


@pytest.mark.parametrize("text", ["示例31号", "91330201000000012x", "17.XLSX"])
def test_a_text_is_found_whatever_its_case(text: str, table: VisitTable) -> None:
    found = shown(table, Wanted(text=text))
    assert found
    for one in found:
        assert text.casefold() in f"{one.name} {one.credit_code} {one.file_name}".casefold()


def test_only_the_visits_behind_a_figure_are_meant(table: VisitTable) -> None:
    found = shown(table, Wanted(visits=frozenset({3, 7}), column="score"))
    assert {one.number for one in found} == {3, 7}
    assert shown(table, Wanted(visits=frozenset())) == []


def test_a_wanted_value_is_put_in_the_place_of_another() -> None:
    assert Wanted(district="北仑区").with_value("district", "") == Wanted()


def test_choices_are_what_there_is(table: VisitTable) -> None:
    assert table.choices("cycle") == ("2026",)
    assert "" not in table.choices("tier")
    assert len(table.choices("district")) == 6


def test_older_revisions_do_not_count_and_gaps_need_both_scores() -> None:
    assert newest((row(1), replace(row(2), newest=False))) == (row(1),)
    assert gap_of(row(1)) == Decimal(3)
    assert gap_of(replace(row(1), self_score=None)) is None


@settings(max_examples=20)
@given(st.lists(st.integers(0, 9), max_size=60), st.integers(1, 7))
def test_sorting_in_pieces_is_sorting(ranks: list[int], piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bureau_table, "_PIECE", piece)
        places = range(len(ranks))
        found = bureau_table.calmly_sorted(places, ranks.__getitem__)
    assert found == sorted(places, key=ranks.__getitem__)
