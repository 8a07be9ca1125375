"""Columns line up, whatever script is in them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.cli.table import GAP, table_lines, width_of

CELLS = st.text("ab 宁波ｅé̄\t\n—（", max_size=6).map(lambda text: text.strip() or "x")


def test_width_is_what_a_terminal_shows() -> None:
    assert [width_of(text) for text in ("abc", "宁波", "（a）", "e\u0301", "\u200b", "—")] == [
        3,
        4,
        5,
        1,
        0,
        1,
    ]


def test_chinese_and_figures_line_up() -> None:
    rows = [["区县", "visits"], ["慈溪市", "7"], ["Ninghai", "12"]]
    assert list(table_lines(rows, frozenset({1}))) == [
        "区县     visits",
        "慈溪市        7",
        "Ninghai      12",
    ]


def test_nothing_in_a_cell_breaks_its_line() -> None:
    assert list(table_lines([["a\nb\tc", "d"]])) == ["a b c  d"]


def test_no_rows_are_no_lines() -> None:
    assert list(table_lines([])) == []


@settings(max_examples=25)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_every_column_begins_at_the_same_place(rows: list[list[str]]) -> None:
    lines = list(table_lines([[*row, "|"] for row in rows]))
    assert len(lines) == len(rows)
    assert len({width_of(line) for line in lines}) == 1
    assert all(line.endswith(f"{GAP}|") or line.endswith(" |") for line in lines)
