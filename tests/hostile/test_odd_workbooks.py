"""Workbooks that are unusual but honest are read in full, whatever they say about themselves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assessor.sheets import Cell, Sheet, read_xlsx
from tests.hostile.crafted import (
    GOOD_ROWS,
    STRICT,
    STRICT_OFFICE,
    parts,
    save,
    shared_xml,
    sheet_xml,
)


def read(path: Path) -> Sheet:
    (sheet,) = read_xlsx(path).sheets
    return sheet


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {at: cell.text for at, cell in sheet.cells.items()}


GOOD = {(1, 1): "甲", (1, 2): "1.10", (2, 1): "乙", (2, 2): "2.2"}


def test_an_ordinary_workbook_is_read_digit_by_digit(tmp_path: Path) -> None:
    sheet = read(save(tmp_path / "a.xlsx", parts(sheet_xml(GOOD_ROWS))))
    assert sheet.name == "数据"
    assert texts(sheet) == GOOD
    assert sheet.at("B1") == Cell("number", "1.10")
    assert sheet.at("B2") == Cell("number", "2.2", "B1*2")
    assert sheet.cells[1, 2].number == Decimal("1.10")


def test_strict_ooxml_is_accepted(tmp_path: Path) -> None:
    content = parts(sheet_xml(GOOD_ROWS, STRICT), namespace=STRICT, office=STRICT_OFFICE)
    content["xl/sharedStrings.xml"] = content["xl/sharedStrings.xml"].replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", STRICT
    )
    assert texts(read(save(tmp_path / "a.xlsx", content))) == GOOD


@pytest.mark.parametrize("reference", ["A1", "A1:A1", "B2:XFD1048576", "nonsense"])
def test_a_wrong_dimension_is_not_believed(tmp_path: Path, reference: str) -> None:
    sheet = sheet_xml(GOOD_ROWS, before=f'<dimension ref="{reference}"/>')
    assert texts(read(save(tmp_path / "a.xlsx", parts(sheet)))) == GOOD


def test_cells_and_rows_without_references_stand_where_they_come(tmp_path: Path) -> None:
    rows = (
        '<row><c t="s"><v>0</v></c><c><v>1</v></c><c r="E1"><v>2</v></c><c><v>3</v></c></row>'
        '<row><c><v>4</v></c></row><row r="9"><c><v>5</v></c></row><row><c><v>6</v></c></row>'
    )
    found = texts(read(save(tmp_path / "a.xlsx", parts(sheet_xml(rows)))))
    assert found == {
        (1, 1): "甲",
        (1, 2): "1",
        (1, 5): "2",
        (1, 6): "3",
        (2, 1): "4",
        (9, 1): "5",
        (10, 1): "6",
    }


def test_far_corners_cost_nothing(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    found = texts(read(save(tmp_path / "a.xlsx", parts(sheet_xml(rows)))))
    assert found == {(1, 1): "1", (1_048_576, 16_384): "2"}


def test_a_claimed_number_of_strings_is_not_believed(tmp_path: Path) -> None:
    content = parts(sheet_xml(GOOD_ROWS))
    claims = 'count="4000000000" uniqueCount="4000000000"'
    content["xl/sharedStrings.xml"] = shared_xml("<si><t>甲</t></si><si><t>乙</t></si>", claims)
    assert texts(read(save(tmp_path / "a.xlsx", content))) == GOOD


def test_all_kinds_of_cells(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#DIV/0!</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>多</t></r><r><t> 段</t></r></is></c>'
        '<c r="D1" t="str"><f>A2&amp;""</f><v></v></c><c r="E1"><f>SUM(A2)</f></c>'
        '<c r="F1"><f t="shared" si="0"/><v>1E-2</v></c><c r="G1" t="d"><v>2026-02-14</v></c>'
        '<c r="H1" s="1"/><c r="I1" t="str"><f>X</f><v>a_x000D_b_x005F_x0041_</v></c></row>'
    )
    sheet = read(save(tmp_path / "a.xlsx", parts(sheet_xml(rows))))
    assert sheet.at("A1") == Cell("truth", "TRUE")
    assert sheet.at("B1") == Cell("error", "#DIV/0!")
    assert sheet.at("C1") == Cell("text", "多 段")
    assert sheet.at("D1") == Cell("text", "", 'A2&""')
    assert sheet.at("E1") == Cell("uncomputed", "", "SUM(A2)")
    assert sheet.at("F1") == Cell("number", "1E-2", "")
    assert sheet.at("G1") == Cell("date", "2026-02-14")
    assert sheet.at("H1") is None
    assert sheet.at("I1") == Cell("text", "a\rb_x0041_", "X")


def test_phonetic_hints_are_no_text(tmp_path: Path) -> None:
    content = parts(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    content["xl/sharedStrings.xml"] = shared_xml(
        "<si><r><t>东</t></r><r><t>京</t></r><rPh><t>トウキョウ</t></rPh></si>"
    )
    assert texts(read(save(tmp_path / "a.xlsx", content))) == {(1, 1): "东京"}


@pytest.mark.parametrize(
    ("properties", "date"),
    [("", "2024-02-29"), ('<workbookPr date1904="1"/>', "2028-03-01")],
)
def test_dates_of_both_systems(tmp_path: Path, properties: str, date: str) -> None:
    rows = (
        '<row r="1"><c r="A1" s="1"><v>45351</v></c><c r="B1" s="2"><v>45351.5</v></c>'
        '<c r="C1" s="0"><v>45351</v></c></row>'
    )
    path = save(tmp_path / "a.xlsx", parts(sheet_xml(rows), properties=properties))
    sheet = read(path)
    assert sheet.at("A1") == Cell("date", date)
    assert sheet.at("B1") == Cell("date", f"{date}T12:00:00")
    assert sheet.at("C1") == Cell("number", "45351")


def test_macros_and_links_are_said_and_nothing_more(tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {**parts(sheet_xml(GOOD_ROWS))}
    content["xl/vbaProject.bin"] = b"macro"
    content["xl/externalLinks/externalLink1.xml"] = "<x/>"
    book = read_xlsx(save(tmp_path / "a.xlsm", content))
    assert [warning.key for warning in book.warnings] == ["sheets.has_macros", "sheets.has_links"]
    assert texts(book.sheets[0]) == GOOD


def test_hidden_sheets_are_read_and_named_so(tmp_path: Path) -> None:
    content = parts(sheet_xml(GOOD_ROWS))
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        'sheetId="1"', 'sheetId="1" state="veryHidden"'
    )
    assert read(save(tmp_path / "a.xlsx", content)).state == "veryHidden"


def test_only_the_sheets_asked_for_are_read(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", parts(sheet_xml(GOOD_ROWS)))
    assert read_xlsx(path, sheets=["别的"]).sheets == ()
    assert [sheet.name for sheet in read_xlsx(path, sheets=["数据", "别的"]).sheets] == ["数据"]


def test_a_long_odd_file_name_is_fine(tmp_path: Path) -> None:
    name = "企业 填报（终稿）'\"#%&{} " + "长" * 60 + ".xlsx"
    assert texts(read(save(tmp_path / name, parts(sheet_xml(GOOD_ROWS))))) == GOOD
