"""The file itself: text stays text, formulas carry values, equal input gives equal bytes."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assessor.assessment import Answer, Assessment, Enterprise, EvidenceItem, Finding
from assessor.exchange.envelope import SHEET_NAME, from_rows, rows_of
from assessor.formulas import parse
from assessor.formulas.tree import Call, Text
from assessor.formulas.tree import Column as ColumnRef
from assessor.reports.document import (
    Cell,
    Column,
    Document,
    Field,
    Heading,
    KeyValues,
    Listing,
    ListItem,
    Meta,
    Row,
    Sheet,
    Table,
    Together,
)
from assessor.reports.excel import write_workbook
from assessor.reports.excel_formulas import workbook_formulas
from assessor.reports.excel_layout import lay_out
from assessor.sheets import read_xlsx
from assessor.sheets.writing import foreign_formulas
from tests.strategies.visits import SHIPPED, shipped, visit_for
from tests.unit.reports.excel.workbooks import MACHINE_TEXT, differences, report, written
from tests.unit.reports.report_sample import blocks as sample_blocks

META = Meta("=报告", "@企业", "zh", "ab" * 32, "r", "1.0.0", "cd" * 32, "assessor test")
ONE = Decimal(1)
STARTS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "{=1}", "http://x.example/")


def small(*rows: Row, key: str = "s", title: str = "表", columns: int = 2) -> Document:
    table = Table(tuple(Column(f"列{n}", ONE) for n in range(columns)), rows, f"t-{key}")
    return Document(META, (), (Sheet(key, title, (table,)),))


def nasty_visit(start: str) -> Assessment:
    """A visit in which every text a person can write begins like a formula."""
    loaded = shipped("digital_workshop")
    levels = [c.id for c in loaded.rubric.criteria if c.rule.kind == "levels"]
    optional = next(c.id for c in loaded.rubric.criteria if c.not_applicable)
    answers = {
        levels[0]: Answer(option="L1", note=start, other=start),
        optional: Answer(na=True, reason=start + "x", note=start),
    }
    visit = visit_for(loaded, answers)
    piece = EvidenceItem(
        id="e1",
        sha256="0" * 64,
        size=7,
        media_type="image/jpeg",
        file_name=start,
        kind="photo",
        criteria=(levels[0],),
        caption=start,
        person=start,
    )
    finding = Finding(id="f1", criterion=levels[0], text=start, clause=start, owner=start)
    row = {"asset_no": start, "name": start, "model": start, "location": start, "quantity": "1"}
    return visit.model_copy(
        update={
            "enterprise": Enterprise(name=start + "名", credit_code=start, district=start),
            "visit": visit.visit.model_copy(update={"project_name": start, "workshop": start}),
            "evidence": (piece,),
            "findings": (finding,),
            "tables": {"ledger": (row | {"control_system": start},)},
        }
    )


@pytest.mark.parametrize("start", STARTS)
def test_what_people_wrote_never_becomes_a_formula(start: str, tmp_path: Path) -> None:
    document = report("digital_workshop", nasty_visit(start))
    path = written(document, tmp_path / "report.xlsx")
    assert foreign_formulas(path, workbook_formulas(document)) == ()
    assert differences(path, document) == []
    for placed in load_workbook(path)["问题项"].iter_rows():
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in placed)


@pytest.mark.parametrize("start", ["=1+1", "＝1+1", "@x"])
def test_text_that_looks_like_a_formula_has_the_quote_prefix(start: str, tmp_path: Path) -> None:
    path = written(small(Row((Cell(start), Cell("text")))), tmp_path / "report.xlsx")
    cells = list(load_workbook(path)["表"].iter_rows())[-1]
    assert [bool(cell.quotePrefix) for cell in cells] == [True, False]
    assert cells[0].value == start


@pytest.mark.parametrize("name", SHIPPED)
def test_every_formula_carries_its_value(name: str, tmp_path: Path) -> None:
    document = report(name, visit_for(shipped(name), {}))
    book = read_xlsx(written(document, tmp_path / "report.xlsx"))
    found = [c for sheet in book.sheets for c in sheet.cells.values() if c.formula is not None]
    assert len(found) == len(workbook_formulas(document))
    assert [cell for cell in found if cell.kind == "uncomputed"] == []
    assert any(cell.kind == "text" and cell.text == "" for cell in found)


@pytest.mark.parametrize("name", SHIPPED)
def test_formulas_are_short_and_use_only_functions_that_are_alike_everywhere(name: str) -> None:
    formulas = workbook_formulas(report(name, visit_for(shipped(name), {})))
    used = {call for text in formulas.values() for call in re.findall(r"([A-Z]+)\(", text)}
    assert max(map(len, formulas.values())) < 8192
    alike = "IF IFERROR NA COUNT ISNUMBER ISLOGICAL ISERROR AND OR NOT SUM MIN MAX ROUND CHOOSE "
    alike += "SUMPRODUCT FIND UPPER SUBSTITUTE"
    assert used <= set(alike.split())


def test_equal_documents_give_equal_bytes(tmp_path: Path) -> None:
    document = report("digital_workshop", visit_for(shipped("digital_workshop"), {}))
    first = written(document, tmp_path / "a.xlsx").read_bytes()
    stream = BytesIO()
    write_workbook(document, stream, [["chunk", "1"]])
    assert first == written(document, tmp_path / "b.xlsx").read_bytes()
    assert first != stream.getvalue()
    with zipfile.ZipFile(stream) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_the_machine_sheet_is_hidden_text_of_its_own(tmp_path: Path) -> None:
    path = written(small(Row((Cell("a"), Cell("b")))), tmp_path / "report.xlsx")
    sheet = read_xlsx(path).sheet(SHEET_NAME)
    assert sheet is not None
    assert sheet.state == "hidden"
    assert from_rows(rows_of(sheet)).payload_text == MACHINE_TEXT
    formats = {cell.number_format for row in load_workbook(path)[SHEET_NAME] for cell in row}
    assert formats == {"@"}


def test_there_are_no_links_macros_or_external_parts(tmp_path: Path) -> None:
    document = report("digital_workshop", nasty_visit("http://x.example/"))
    with zipfile.ZipFile(written(document, tmp_path / "report.xlsx")) as archive:
        parts = archive.namelist()
        relations = b"".join(archive.read(part) for part in parts if part.endswith(".rels"))
    assert not [part for part in parts if "external" in part.lower() or part.endswith(".bin")]
    assert b"TargetMode" not in relations


def test_answer_cells_are_unlocked_and_offer_their_choices(tmp_path: Path) -> None:
    answer = Cell("是", "是", name="a", answer=True, choices=("是", "否"))
    path = written(small(Row((Cell("x"), answer))), tmp_path / "report.xlsx")
    sheet = load_workbook(path)["表"]
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("B2", '"是,否"')
    assert not sheet["B2"].protection.locked
    assert sheet["A2"].protection.locked


def test_choices_that_no_list_can_hold_are_left_out(tmp_path: Path) -> None:
    cells = (
        Cell("x", answer=True, choices=("a,b", "c")),
        Cell("y", answer=True, choices=tuple(f"choice {n:03}" for n in range(40))),
    )
    path = written(small(Row(cells)), tmp_path / "report.xlsx")
    assert load_workbook(path)["表"].data_validations.dataValidation == []


def test_numbers_are_stored_exactly_and_shown_as_the_document_says(tmp_path: Path) -> None:
    value = Decimal("1.670000")
    path = written(
        small(Row((Cell("1.67", value, number_format="0.00"), Cell("100", Decimal("1E+2"))))),
        tmp_path / "report.xlsx",
    )
    with zipfile.ZipFile(path) as archive:
        assert b"<v>1.67</v>" in archive.read("xl/worksheets/sheet1.xml")
    sheet = load_workbook(path)["表"]
    assert (sheet["A2"].number_format, sheet["B2"].value) == ("0.00", 100)


# --- names and places -----------------------------------------------------------------------------


def test_names_reach_across_sheets_whose_titles_need_quotes() -> None:
    there = small(Row((Cell("1", ONE, name="x"), Cell())), key="a", title="it's").sheets[0]
    here = small(Row((Cell("2", ONE, parse("x + 1")), Cell())), key="b", title="b").sheets[0]
    formulas = workbook_formulas(Document(META, (), (there, here)))
    assert formulas["b", "A2"] == "IF(COUNT('it''s'!A2)<1,\"\",'it''s'!A2+1)"


def test_a_named_column_is_the_range_of_its_rows() -> None:
    table = Table(
        (Column("k", ONE, name="k"), Column("n", ONE, "right", "n")),
        tuple(Row((Cell("是"), Cell(str(n), Decimal(n)))) for n in range(3)),
        "t",
    )
    tree = Call("sumif", (ColumnRef("t", "k"), Text("是"), ColumnRef("t", "n")))
    total = Table((Column("sum", ONE),), (Row((Cell("3", Decimal(3), tree),)),), "total")
    formulas = workbook_formulas(Document(META, (), (Sheet("s", "s", (table, total)),)))
    assert formulas["s", "A7"] == 'SUMPRODUCT(--(A2:A4="是"),B2:B4)'


@pytest.mark.parametrize("what", ["name", "column"])
def test_a_name_that_stands_twice_is_refused(what: str) -> None:
    cell = Cell("1", ONE, name="x" if what == "name" else None)
    table = Table((Column("n", ONE, name="n"),), (Row((cell,)),), "t")
    other = Table(table.columns, table.rows, "t" if what == "column" else "u")
    with pytest.raises(ValueError, match="stands twice"):
        lay_out((Sheet("s", "s", (table, other)),))


def test_a_formula_over_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        workbook_formulas(small(Row((Cell("1", ONE, parse("nowhere + 1")), Cell()))))


def test_sheet_titles_are_made_fit_and_unlike() -> None:
    sheets = [Sheet(str(n), title, ()) for n, title in enumerate(("a/b", "a b", "甲" * 40))]
    titles = [sheet.title for sheet in lay_out(sheets).sheets]
    assert len({title.casefold() for title in titles}) == 3
    assert all(len(title) <= 31 for title in titles)


def test_every_text_of_any_block_is_on_its_sheet() -> None:
    """What a workbook has no shape for stands there in words."""
    sheet = Sheet("all", "all", (*sample_blocks(), Together((Heading(2, "within"),))))
    texts = "\n".join(placed.cell.text for placed in lay_out((sheet,)).sheets[0].cells)
    for block in sheet.blocks:
        for figure in block.figures():
            assert figure.text in texts


def test_long_text_makes_its_row_higher_and_the_header_stays_in_view() -> None:
    document = small(Row((Cell("很长的文字" * 60), Cell("b"))), Row((Cell("短"), Cell("b"))))
    (sheet,) = lay_out(document.sheets).sheets
    assert sheet.heights[1] > 100
    assert 2 not in sheet.heights
    assert (sheet.header, sheet.frozen) == (0, 1)


def test_lists_and_fields_stand_line_by_line() -> None:
    blocks = (
        Listing((ListItem("one"), ListItem("two")), title="list"),
        KeyValues((Field("label", "text"),)),
    )
    (sheet,) = lay_out((Sheet("s", "s", blocks),)).sheets
    assert [placed.cell.text for placed in sheet.cells] == ["list", "one", "two", "label", "text"]


def test_a_file_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        written(small(Row((Cell("a"), Cell("b")))), tmp_path / "missing" / "report.xlsx")
