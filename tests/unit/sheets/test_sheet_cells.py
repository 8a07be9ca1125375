"""Places of cells, and dates out of serial numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.sheets import Cell, Sheet, Workbook, cell_name, position_of
from assessor.sheets.dates import is_date_format, iso_date


@pytest.mark.parametrize(
    ("name", "position"),
    [
        ("A1", (1, 1)),
        ("Z9", (9, 26)),
        ("AA10", (10, 27)),
        ("AZ1", (1, 52)),
        ("ZZ1", (1, 702)),
        ("AAA1", (1, 703)),
        ("XFD1048576", (1_048_576, 16_384)),
    ],
)
def test_names_and_positions_of_cells(name: str, position: tuple[int, int]) -> None:
    assert cell_name(*position) == name
    assert position_of(name) == position


@pytest.mark.parametrize(
    "name", ["", "A", "1", "a1", "A0", "A01", "XFE1", "A1048577", "$A$1", "A1 "]
)
def test_what_is_no_cell(name: str) -> None:
    with pytest.raises(ValueError, match=r"cell|outside"):
        position_of(name)


def test_a_sheet_hands_out_its_cells_in_order() -> None:
    one, two, three = Cell("number", "1"), Cell("text", "2"), Cell("truth", "TRUE")
    sheet = Sheet("s", {(3, 2): two, (1, 1): one, (3, 1): three})
    assert sheet.rows() == {1: {1: one}, 3: {1: three, 2: two}}
    assert list(sheet.rows()[3]) == [1, 2]
    assert sheet.at("B3") is two
    assert sheet.at("B4") is None
    assert (one.number, two.number) == (Decimal(1), None)
    book = Workbook((sheet,))
    assert book.sheet("s") is sheet
    assert book.sheet("S") is None


@pytest.mark.parametrize(
    ("serial", "from_1904", "iso"),
    [
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("61", False, "1900-03-01"),
        ("45351", False, "2024-02-29"),
        ("45351.999988425925", False, "2024-02-29T23:59:59"),
        ("45351.9999999", False, "2024-03-01"),
        ("0", True, "1904-01-01"),
        ("43889", True, "2024-02-29"),
        ("2958465", False, "9999-12-31"),
        ("2958466", False, None),
        ("-1", False, None),
        ("1E300", False, None),
        ("2958465", True, None),
    ],
)
def test_dates_of_serial_numbers(serial: str, from_1904: bool, iso: str | None) -> None:
    assert iso_date(Decimal(serial), from_1904) == iso


@pytest.mark.parametrize(
    ("number", "code", "is_date"),
    [
        (14, "", True),
        (58, "", True),
        (0, "", False),
        (170, "yyyy-mm-dd", True),
        (170, 'yyyy"年"m"月"', True),
        (170, "[h]:mm", True),
        (170, "[$-804]0.00", False),
        (170, "[Red]0.00", False),
        (170, '0.0"days"', False),
        (170, r"0\d", False),
        (170, "0.00;[Red]yyyy", False),
        (170, "#,##0_ ", False),
    ],
)
def test_which_formats_show_dates(number: int, code: str, is_date: bool) -> None:
    assert is_date_format(number, code) is is_date
