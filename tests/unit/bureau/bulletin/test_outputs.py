"""What is given out: the same bytes again, nothing withheld in it, no text that acts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from assessor.bureau.bulletin.book import Chart, parts_of, write_book
from assessor.bureau.bulletin.docx_file import docx_texts
from assessor.bureau.bulletin.grid import Column, Grid, Line
from assessor.bureau.bulletin.open_data import write_csv, write_parquet
from assessor.bureau.bulletin.period import parse_period
from assessor.bureau.bulletin.reread import (
    NotAsWrittenError,
    check_book,
    check_csv,
    check_docx,
)
from assessor.errors import AssessorError
from assessor.reports.pdf_text import page_texts
from assessor.workspace.bureau_outputs import Wanted, export, write_bulletin
from assessor.workspace.bureau_statistics import Question
from tests.unit.bureau.bulletin.city import FORMULA, SMALL_PLACE, SMALL_SCORE, city

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def published(register: Path) -> tuple[Path, Path]:
    pdf, docx = write_bulletin(register, "2026-Q3", register.parent / "bulletin", Question())
    return pdf, docx


@pytest.fixture(scope="module")
def exported(register: Path) -> Path:
    folder = register.parent / "export"
    export(register, folder, "zh", today=DAY)
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_equal_registers_give_equal_bytes(
    register: Path, published: tuple[Path, Path], exported: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    again.mkdir()
    second = city(again)
    write_bulletin(second, "2026-Q3", tmp_path / "bulletin", Question())
    export(second, tmp_path / "export", "zh", today=DAY)
    assert digests(tmp_path / "bulletin") == digests(published[0].parent)
    assert digests(tmp_path / "export") == digests(exported)


def test_the_bulletin_says_the_same_on_paper_and_in_the_editable_file(
    published: tuple[Path, Path],
) -> None:
    paper = "".join("".join(page_texts(published[0])).split())
    texts = docx_texts(published[1])
    assert any("得分中位数" in text for text in texts)
    # 15 scores: 33.33 and 61 to 74; the eighth of them in order is 67.
    assert any("67.00" in text for text in texts)
    assert "67.00" in paper
    for words in ("未设目标", "4／8", "50.00%", "350", "≥400", "≥1000"):
        assert words.replace("／", "") in paper.replace("／", "").replace("/", "")


def test_no_small_group_is_published_nor_anybody_named(published: tuple[Path, Path]) -> None:
    paper = "".join("".join(page_texts(published[0])).split())
    edited = "".join(docx_texts(published[1]))
    for words in (SMALL_SCORE, "HYPERLINK", "企业02", "陆核明"):
        assert words not in paper
        assert words not in edited
    assert SMALL_PLACE in paper
    assert "不公布" in paper


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_periods(text: str, start: date, end: date) -> None:
    period = parse_period(text)
    assert (period.start, period.end) == (start, end)
    assert period.year_before().end.year == end.year - 1


@pytest.mark.parametrize("text", ["", "2026-Q5", "2026-13", "26-Q1", "2026-Q3-1", "0000"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(AssessorError):
        parse_period(text)


def test_an_empty_period_says_so(register: Path, tmp_path: Path) -> None:
    _, docx = write_bulletin(register, "2020-Q1", tmp_path, Question())
    assert "本期没有核定评估。" in docx_texts(docx)


def test_the_summary_holds_every_enterprise_its_verdict_and_the_log(exported: Path) -> None:
    book = load_workbook(exported / "summary.xlsx")
    try:
        names = [str(row[0].value) for row in book["企业与结论"].iter_rows(min_row=3)]
        assert len(names) == 21
        assert FORMULA in names
        assert not [
            cell
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        assert "bad.xlsx" in {str(row[1].value) for row in book["收件日志"].iter_rows()}
        assert [chart for sheet in book for chart in sheet._charts]
    finally:
        book.close()


def test_csv_opens_in_a_spreadsheet_and_nothing_in_it_acts(exported: Path) -> None:
    content = (exported / "visits.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    with (exported / "visits.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 21
    assert f"'{FORMULA}" in {row["enterprise"] for row in rows}
    assert not any(value[:1] in "=+@\t" for row in rows for value in row.values() if value)


def test_parquet_is_parted_by_year_and_district_and_exact(exported: Path) -> None:
    pattern = (exported / "visits.parquet" / "*" / "*" / "*.parquet").as_posix()
    with duckdb.connect() as database:
        found = database.execute(
            "SELECT year, count(*), sum(score) FROM read_parquet(?,"
            " hive_types_autocast = false) GROUP BY year ORDER BY year",
            [pattern],
        ).fetchall()
    # 61 to 66 in 2025; 61 to 74 and 33.33 in 2026.
    assert found == [("2025", 6, Decimal("381.000000")), ("2026", 15, Decimal("978.330000"))]


# --- long tables, spoiled files -------------------------------------------------------------------

HEADS = (Column("name", "名称"), Column("count", "数", "count"))


def long_grid(rows: int) -> Grid:
    return Grid("long", "长表", HEADS, tuple(Line((f"n{at}", at)) for at in range(rows)))


def test_too_many_rows_are_split_loudly(tmp_path: Path) -> None:
    parts = parts_of([long_grid(25)], {"long": Chart("bar", 0, 1)}, "zh", most_rows=12)
    assert [len(part.grid.lines) for part in parts] == [9, 9, 7]
    path = tmp_path / "split.xlsx"
    write_book("汇总", parts, path, "zh")
    check_book(path, parts, "zh")
    book = load_workbook(path, read_only=True)
    try:
        sheets = {sheet.title: list(sheet.values) for sheet in book}
    finally:
        book.close()
    assert list(sheets) == ["目录", "长表", "长表 (2)", "长表 (3)"]
    assert all(len(rows) <= 12 for rows in sheets.values())
    for rows in sheets.values():
        assert "12" in str(rows[1][0])
        assert "25" in str(rows[1][0])
    found = [row[0] for name in list(sheets)[1:] for row in sheets[name][3:]]
    assert found == [f"n{at}" for at in range(25)]


def test_a_table_that_fits_is_not_split() -> None:
    (part,) = parts_of([long_grid(9)], {}, "zh", most_rows=12)
    assert part.split == ""


def spoiled(grid: Grid) -> Iterator[Grid]:
    yield replace(grid, lines=(Line(("other", 0)), *grid.lines[1:]))
    yield replace(grid, lines=grid.lines[:-1])
    yield replace(grid, lines=(*grid.lines, Line(("more", 1))))


def test_a_csv_that_reads_back_otherwise_is_no_success(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    grid = long_grid(3)
    check_csv(path, grid, write_csv(grid, path))
    for other in spoiled(grid):
        with pytest.raises(NotAsWrittenError):
            check_csv(path, grid, write_csv(other, tmp_path / "b.csv"))


def test_a_workbook_that_reads_back_otherwise_is_no_success(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    grid = long_grid(3)
    write_book("汇总", parts_of([grid], {}, "zh"), path, "zh")
    for other in (one for one in spoiled(grid) if len(one.lines) >= len(grid.lines)):
        with pytest.raises(NotAsWrittenError):
            check_book(path, parts_of([other], {}, "zh"), "zh")


def test_a_document_that_reads_back_otherwise_is_no_success(published: tuple[Path, Path]) -> None:
    texts = docx_texts(published[1])
    check_docx(published[1], texts)
    for wrong in (texts[:-1], (*texts, "x"), ("x", *texts[1:])):
        with pytest.raises(NotAsWrittenError):
            check_docx(published[1], wrong)


def test_parquet_of_nothing_still_tells_its_columns(tmp_path: Path) -> None:
    grid = Grid("none", "空", (Column("year", "年"), *HEADS), ())
    write_parquet(grid, tmp_path / "none", ("year",))
    pattern = (tmp_path / "none" / "*.parquet").as_posix()
    with duckdb.connect() as database:
        found = database.execute("SELECT * FROM read_parquet(?)", [pattern]).description
    assert [row[0] for row in found] == ["year", "name", "count"]


def test_only_what_is_asked_for_is_written(register: Path, tmp_path: Path) -> None:
    export(register, tmp_path, "en", Wanted(csv=True), DAY)
    assert {path.name for path in tmp_path.iterdir()} == {"visits.csv", "items.csv", "log.csv"}
