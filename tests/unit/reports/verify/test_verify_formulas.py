"""Formulas are compared by what they say, wherever their cells have moved to."""

from __future__ import annotations

import pytest

from assessor.reports.verify_formulas import normal_form
from assessor.reports.verify_layout import UNMOVED, Layout, layout_of
from assessor.sheets import Cell, Sheet, position_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SUM(A1:A3)", "SUM( $A$1:$A$3 )"),
        ("IF(TRUE,1,2)", "IF(TRUE(),1,2)"),
        ("'评分'!B2+1", "评分!B2 + 1"),
        ("评分!B2:B9", "'评分'!$B$2:$B$9"),
        ("'it''s'!A1", "'it''s'!$A$1"),
        ("0.5*A1", ".5*A1"),
        ("1E-9", "0.000000001"),
        ("IFERROR(A1,0)", "_xlfn.IFERROR(A1,0)"),
        ("Detail!A1", "A1"),
        ('IF(A1="",1,2)', 'if(A1="",1,2)'),
    ],
)
def test_what_another_program_writes_its_own_way_is_the_same(one: str, other: str) -> None:
    assert normal_form(one, "Detail") == normal_form(other, "Detail")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A1+A2", "A1+A3"),
        ("A1+A2", "A1-A2"),
        ("SUM(A1:A3)", "SUM(A1:A2)"),
        ("A1*0.5", "A1*0.51"),
        ("评分!A1", "A1"),
        ("评分!A1:B2", "评分!A1:评价!B2"),
        ('IF(A1="a b",1,2)', 'IF(A1="ab",1,2)'),
        ('IF(A1="a",1,2)', 'IF(A1="A",1,2)'),
        ("ROUND(A1,2)", "ROUNDUP(A1,2)"),
        ("LOG10(A1)", "LOG11(A1)"),
        ("A1=1", "A1<>1"),
        ("1", "TRUE"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert normal_form(one, "Detail") != normal_form(other, "Detail")


def test_a_number_of_any_length_costs_little() -> None:
    assert len(normal_form("1E999+" * 4_000, "Detail")) < 100_000


def sheet(name: str, **cells: str) -> Sheet:
    """A sheet of numbers, texts and formulas (`=`) by their names."""
    return Sheet(name, {position_of(at): _cell(text) for at, text in cells.items()})


def _cell(text: str) -> Cell:
    if text.startswith("="):
        return Cell("number", "1", text[1:])
    return Cell("number" if text.isdigit() else "text", text)


WRITTEN = sheet("Detail", A1="title", A2="first", B2="=B3*2", A3="second", B3="7", C3="end")


def test_equal_sheets_are_not_moved() -> None:
    assert layout_of(WRITTEN, WRITTEN) is UNMOVED


@pytest.mark.parametrize(
    "found",
    [
        sheet("Detail", A1="title", A4="first", B4="=B5*2", A5="second", B5="7", C5="end"),
        sheet(
            "Detail",
            A1="title",
            A2="looked at",
            A4="first",
            B4="=B5*2",
            A5="second",
            B5="7",
            C5="end",
        ),
        sheet("Detail", B1="title", B4="first", C4="=C5*2", B5="second", C5="7", D5="end"),
        sheet(
            "Detail",
            A1="title",
            A2="first",
            B2="note",
            D2="=D3*2",
            A3="second",
            D3="7",
            E3="end",
        ),
    ],
    ids=["blank rows", "a remark", "a column in front", "a column between"],
)
def test_moved_cells_are_found_again_and_so_are_those_in_formulas(found: Sheet) -> None:
    layout = layout_of(WRITTEN, found)
    assert layout.moved
    back = {layout.written(at): cell for at, cell in found.cells.items()}
    for at, cell in WRITTEN.cells.items():
        assert back[at].text == cell.text
        if cell.formula:
            form = normal_form(back[at].formula or "", "Detail", {"Detail": layout})
            assert form == normal_form(cell.formula, "Detail")


def test_a_cell_that_was_added_is_nowhere_in_what_was_written() -> None:
    layout = Layout({1: 1, 3: 2}, {1: 1}, moved=True)
    assert layout.written((2, 1)) is None
    assert layout.written((1, 2)) is None
    assert layout.written((3, 1)) == (2, 1)
    assert normal_form("A2+A3", "Detail", {"Detail": layout}) == "?+A2"
