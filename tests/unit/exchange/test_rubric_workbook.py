"""What authors do to the workbook of a rubric, and what they are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assessor.errors import AssessorError, ProblemsError
from assessor.exchange.rubric_book import book
from assessor.exchange.rubric_book.book import ReadBook
from assessor.rubrics.checks import check
from assessor.rubrics.criterion import Dimension
from assessor.rubrics.loader import load, loads
from assessor.rubrics.to_enter import to_enter
from assessor.sheets import SheetError, foreign_formulas, read_xlsx
from tests.strategies.visits import ROOT

TEN = ROOT / "tests" / "data" / "rubrics" / "ten_items.json"
Edit = Callable[[Any], None]


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read here: the killable reader costs a start of the interpreter each time."""
    monkeypatch.setattr(book, "read_workbook", read_xlsx)


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Edit], ReadBook]:
    """Return what is read after an edit of the ten-item rubric's workbook (English sheets)."""
    path = tmp_path / "ten.xlsx"
    path.write_bytes(book.rubric_workbook(load(TEN), "en"))

    def edit(change: Edit) -> ReadBook:
        workbook = openpyxl.load_workbook(path)
        change(workbook)
        workbook.save(path)
        workbook.close()
        return book.read_rubric_workbook(path)

    return edit


def cell_of(workbook: Any, sheet: str, column: str, row: int) -> Any:
    """The cell of a column by its name for the program; rows count from the first of content."""
    page = workbook[sheet]
    names = [cell.value for cell in page[3]]
    return page.cell(row + 3, names.index(column) + 1)


def refusals(edit: Callable[[Edit], ReadBook], change: Edit) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        edit(change)
    assert caught.value.text("zh") != caught.value.text("en")
    return [(problem.place, problem.message.pick("en")) for problem in caught.value.problems]


def test_an_untouched_workbook_is_the_rubric(edited: Callable[[Edit], ReadBook]) -> None:
    found = edited(lambda _: None)
    assert found.loaded.data == load(TEN).data
    assert loads(found.content, "x.json").digest == load(TEN).digest


def test_typed_numbers_and_texts_arrive(edited: Callable[[Edit], ReadBook]) -> None:
    def change(workbook: Any) -> None:
        cell_of(workbook, "Criteria", "maximum", 1).value = 7.25
        cell_of(workbook, "Criteria", "title.zh", 1).value = "=计划"
        cell_of(workbook, "Criteria", "title.zh", 1).data_type = "s"
        cell_of(workbook, "Criteria", "minutes", 1).value = 12

    first = edited(change).loaded.rubric.criteria[0]
    assert (str(first.maximum), first.title.zh, first.minutes) == ("7.25", "=计划", 12)


def test_rows_may_be_added_and_moved(edited: Callable[[Edit], ReadBook]) -> None:
    def change(workbook: Any) -> None:
        page = workbook["Texts"]
        page.append(["Criterion.cautions", "planning", "看原始记录", "Look at the records"])

    planning = edited(change).loaded.rubric.criterion_by_id["planning"]
    assert planning.cautions[-1].en == "Look at the records"


def test_empty_cells_that_wait_stay_to_be_entered(edited: Callable[[Edit], ReadBook]) -> None:
    def change(workbook: Any) -> None:
        cell_of(workbook, "Readings", "line", 1).value = None

    found = edited(change).loaded
    assert found.rubric.outcomes[0].readings[0].line is None
    outcomes: Any = found.data["outcomes"]
    assert outcomes[0]["readings"][0]["line"] is None


def written_nodes(tree: tuple[Dimension, ...]) -> dict[str, Dimension]:
    found = {node.id: node for node in tree}
    for node in tree:
        found |= written_nodes(node.children)
    return found


def test_weights_of_a_standard_are_entered_in_the_workbook(tmp_path: Path) -> None:
    """What is not entered stays open; what is, arrives, for all profiles or for one."""
    base = load(ROOT / "rubrics" / "cmmm.json")
    path = tmp_path / "cmmm.xlsx"
    path.write_bytes(book.rubric_workbook(base, "en"))
    workbook = openpyxl.load_workbook(path)
    page = workbook["Dimensions"]
    names = [cell.value for cell in page[3]]
    page.cell(3, len(names) + 1).value = "weight_by_profile.process"
    waiting = to_enter(base.rubric).weights
    rows = {row[names.index("id")].value: row for row in page.iter_rows(min_row=4)}
    assert rows[waiting[0]][names.index("weight")].fill.fgColor.rgb == "FFFFF9E0"
    rows[waiting[0]][names.index("weight")].value = 20
    number = rows[waiting[1]][0].row
    page.cell(number, len(names) + 1).value = "12.5"
    workbook.save(path)
    workbook.close()
    found = book.read_rubric_workbook(path).loaded.rubric
    nodes = written_nodes(found.dimensions)
    assert nodes[waiting[0]].weight == Decimal(20)
    assert nodes[waiting[1]].weight_by_profile == {"process": Decimal("12.5")}
    assert set(to_enter(found).weights) == set(waiting) - {waiting[0]}


def test_faults_name_sheet_and_cell(edited: Callable[[Edit], ReadBook]) -> None:
    places: dict[str, str] = {}

    def change(workbook: Any) -> None:
        for column, wrong in (("maximum", "many"), ("place", "moon"), ("question.en", None)):
            cell = cell_of(workbook, "Criteria", column, 2)
            cell.value, places[column] = wrong, f"Criteria {cell.coordinate}"
        cell = cell_of(workbook, "Options", "#owner", 1)
        cell.value = "plannin"

    found = dict(refusals(edited, change))
    assert set(places.values()) <= set(found)
    assert "many" in found[places["maximum"]]
    assert "moon" in found[places["place"]]
    assert 'no row called "plannin"' in found["Options A4"]


def test_formulas_and_errors_are_refused_where_they_stand(
    edited: Callable[[Edit], ReadBook],
) -> None:
    def change(workbook: Any) -> None:
        cell_of(workbook, "Criteria", "maximum", 1).value = "=1+1"
        cell_of(workbook, "Criteria", "maximum", 2).value = "#DIV/0!"

    places = [place for place, _ in refusals(edited, change)]
    assert len(places) == 2
    assert all(place.startswith("Criteria ") and place[-1] in "45" for place in places)


def test_columns_nobody_knows_and_columns_that_stand_twice(
    edited: Callable[[Edit], ReadBook],
) -> None:
    def change(workbook: Any) -> None:
        page = workbook["Profiles"]
        page.cell(3, 7).value, page.cell(3, 8).value = "titel", "id"

    said = dict(refusals(edited, change))
    assert 'no column "titel"' in said["Profiles G3"]
    assert "twice" in said["Profiles H3"]


def test_what_the_checks_find_is_placed_in_the_workbook(
    edited: Callable[[Edit], ReadBook],
) -> None:
    place = []

    def change(workbook: Any) -> None:
        cell = cell_of(workbook, "Criteria", "dimension", 1)
        cell.value = "nowhere"
        place.append(f"Criteria {cell.coordinate}")

    found = edited(change)
    problems = found.locate(check(found.loaded.rubric))
    assert (place[0], "ten.xlsx") in [(problem.place, problem.file) for problem in problems]


def test_parts_in_a_ring_are_refused(edited: Callable[[Edit], ReadBook]) -> None:
    def change(workbook: Any) -> None:
        for row in (1, 2):
            cell_of(workbook, "Dimensions", "#part", row).value = "Dimension.children"
        first = cell_of(workbook, "Dimensions", "id", 1).value
        second = cell_of(workbook, "Dimensions", "id", 2).value
        cell_of(workbook, "Dimensions", "#owner", 1).value = second
        cell_of(workbook, "Dimensions", "#owner", 2).value = first

    said = dict(refusals(edited, change))
    assert all("belongs to itself" in said[f"Dimensions A{row}"] for row in (4, 5))


def test_parts_that_hang_too_deep_are_refused(edited: Callable[[Edit], ReadBook]) -> None:
    def change(workbook: Any) -> None:
        page = workbook["Dimensions"]
        names = [cell.value for cell in page[3]]
        for number in range(2000):
            row = [""] * len(names)
            row[names.index("#part")] = "Dimension.children"
            row[names.index("#owner")] = f"deep{number - 1}" if number else "equipment"
            row[names.index("id")] = f"deep{number}"
            page.append(row)

    said = [words for place, words in refusals(edited, change) if place.startswith("Dimensions")]
    assert said
    assert all("deep" in words for words in said)


@pytest.mark.parametrize(
    "words",
    ["[" * 5000, "[" * 90 + "]" * 90, "[1.5]", '{"a": 1, "a": 2}', f"[{'9' * 5000}]", '"\\ud800"'],
)
def test_broken_json_in_a_cell_stays_text(edited: Callable[[Edit], ReadBook], words: str) -> None:
    def change(workbook: Any) -> None:
        cell_of(workbook, "Criteria", "people", 1).value = words

    assert [place for place, _ in refusals(edited, change) if place.startswith("Criteria ")]


def test_other_files_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    workbook = openpyxl.Workbook()
    workbook.save(other)
    workbook.close()
    with pytest.raises(AssessorError) as caught:
        book.read_rubric_workbook(other)
    assert "other.xlsx" in caught.value.text("en")
    other.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(SheetError):
        book.read_rubric_workbook(other)


def test_a_text_longer_than_a_cell_is_refused_and_not_cut() -> None:
    data: Any = json.loads(TEN.read_bytes())
    data["summary"]["en"] = "long " * 8000
    with pytest.raises(AssessorError, match="32767"):
        book.rubric_workbook(loads(json.dumps(data).encode(), "long.json"))


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    data: Any = json.loads(TEN.read_bytes())
    data["title"]["zh"] = '=HYPERLINK("http://x.example","y")'
    data["criteria"][0]["title"]["en"] = "+SUM(A1)"
    path = tmp_path / "a.xlsx"
    path.write_bytes(book.rubric_workbook(loads(json.dumps(data).encode(), "a.json")))
    assert foreign_formulas(path, {}) == ()
    assert book.read_rubric_workbook(path).loaded.data == data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_equal_rubrics_give_equal_workbooks(language: Any) -> None:
    assert book.rubric_workbook(load(TEN), language) == book.rubric_workbook(load(TEN), language)
