"""Text from people stays text in every workbook we write."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from assessor.sheets import (
    FoundFormula,
    TextFormats,
    foreign_formulas,
    is_formula_like,
    put_text,
    read_xlsx,
    safe_text,
    sheet_name,
    write_text,
)

DANGEROUS = [
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "{=1}",
    "http://example.com",
    "internal:A1",
    "mailto:a@b",
    "_x0041_",
    "12",
    " 前后 ",
    "多\r\n行",
]


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("a\x00b\x07c\x1b\x85d", "abcd"),
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("\ud800x\uffff", "x"),
        ("长" * 40_000, "长" * 32_767),
        ("😀" * 20_000, "😀" * 16_383),
        ("=1", "=1"),
    ],
)
def test_text_becomes_what_a_cell_can_hold(given: str, safe: str) -> None:
    assert safe_text(given) == safe


@pytest.mark.parametrize(
    "value", ["=a", "+a", "-a", "@a", "\ta", "\ra", "\na", "＝a", "＋", "－1", "＠"]
)
def test_what_a_spreadsheet_might_take_for_a_formula(value: str) -> None:
    assert is_formula_like(value)


@pytest.mark.parametrize("value", ["", "a=b", "'=a", "1", "车间"])
def test_what_it_would_not(value: str) -> None:
    assert not is_formula_like(value)


def xlsxwriter_book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("文本")
        formats = TextFormats(None, book.add_format({"quote_prefix": True}))
        for row, value in enumerate(DANGEROUS):
            write_text(sheet, row, 0, value, formats)
    return path


def openpyxl_book(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("文本", 0)
    for row, value in enumerate(DANGEROUS, start=1):
        put_text(sheet.cell(row, 1), value)
    book.save(path)
    return path


@pytest.mark.parametrize("make", [xlsxwriter_book, openpyxl_book])
def test_both_writers_keep_text_as_text(tmp_path: Path, make: object) -> None:
    assert callable(make)
    path = make(tmp_path / "a.xlsx")
    sheet = read_xlsx(path).sheets[0]
    found = [sheet.cells[row, 1] for row in range(1, len(DANGEROUS) + 1)]
    assert [cell.text for cell in found] == [safe_text(value) for value in DANGEROUS]
    assert {cell.kind for cell in found} == {"text"}
    assert foreign_formulas(path, {}) == ()
    quoted = [bool(cell.quotePrefix) for (cell,) in openpyxl.load_workbook(path).worksheets[0]]
    assert quoted == [is_formula_like(safe_text(value)) for value in DANGEROUS]


def test_formulas_nobody_allowed_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("总")
        sheet.write_formula("A1", "=SUM(B1:B2)", None, 3)
        sheet.write_formula("A2", "=SUM(B1:B2)", None, 3)
        sheet.write("A3", '=HYPERLINK("http://evil","x")')
    assert foreign_formulas(path, {("总", "A1"): "SUM(B1:B2)", ("总", "A2"): "B1+B2"}) == (
        FoundFormula("总", "A2", "SUM(B1:B2)"),
        FoundFormula("总", "A3", 'HYPERLINK("http://evil","x")'),
    )


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("汇总", (), "汇总"),
        ("a/b\\c[d]:*?", (), "a b c d"),
        ("'引号'", (), "引号"),
        ("", (), "Sheet"),
        ("///", (), "Sheet"),
        ("history", (), "Sheet"),
        ("x" * 40, (), "x" * 31),
        ("Sum", ("sum",), "Sum (2)"),
        ("Sum", ("sum", "SUM (2)"), "Sum (3)"),
        ("长" * 31, ("长" * 31,), "长" * 27 + " (2)"),
        ("😀" * 20, (), "😀" * 15),
    ],
)
def test_sheet_names_excel_accepts(wanted: str, taken: tuple[str, ...], name: str) -> None:
    assert sheet_name(wanted, taken) == name


def test_a_sheet_name_cut_before_a_quote_or_blank_is_still_accepted(tmp_path: Path) -> None:
    name = sheet_name("x" * 30 + "' y")
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        assert book.add_worksheet(name).get_name() == "x" * 30
