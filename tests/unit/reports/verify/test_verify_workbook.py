"""Workbooks: untouched and re-saved ones verify; whatever is tampered with is named."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assessor.assessment import RubricRef
from assessor.errors import AssessorError
from assessor.exchange.envelope import SHEET_NAME, to_rows
from assessor.exchange.payload import payload_text
from assessor.i18n import Language, message
from assessor.reports.verify import Verification, source_of_workbook, verify_workbook
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.rule_models import LevelsRule
from assessor.sheets import Cell, read_xlsx
from tests.unit.exchange.office import resaved
from tests.unit.reports.verify.exported import (
    OPTIONS,
    RUBRIC,
    cells_of,
    find_rubric,
    record,
    saved,
    source,
    source_of,
    text_cell,
    with_cells,
    with_machine_rows,
    with_payload,
    with_value,
    workbook_bytes,
)

DETAIL, DICTIONARY = "评分明细", "数据字典"


def verified(folder: Path, content: bytes) -> Verification:
    return verify_workbook(saved(folder / "report.xlsx", content), find_rubric)


def codes(found: Verification) -> list[str]:
    return [problem.code for problem in found.problems]


def unlocked(path: Path, sheet: str) -> list[str]:
    book = openpyxl.load_workbook(path)
    cells = (cell for row in book[sheet].iter_rows() for cell in row)
    return [cell.coordinate for cell in cells if not cell.protection.locked and cell.value]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_untouched_workbook_verifies(language: Language, tmp_path: Path) -> None:
    found = verified(tmp_path, workbook_bytes(language))
    assert found.problems == found.notes == ()
    assert found.holds
    assert found.digest == source().digest
    assert found.payload == source().payload
    assert found.options == OPTIONS[language].as_pairs()
    assert found.tamper
    assert found.tamper.verdict == "unsigned"


def test_the_language_changes_no_figure(tmp_path: Path) -> None:
    numbers = []
    for language in ("zh", "en"):
        book = read_xlsx(saved(tmp_path / "book.xlsx", workbook_bytes(language)))
        figures = [cell.number for sheet in book.sheets for cell in sheet.cells.values()]
        numbers.append(sorted(figure for figure in figures if figure is not None))
    assert numbers[0] == numbers[1] != []


def test_what_libreoffice_saves_again_verifies(tmp_path: Path) -> None:
    again = resaved(saved(tmp_path / "report.xlsx", workbook_bytes()))
    found = verify_workbook(again, find_rubric)
    assert found.problems == ()
    assert found.options == OPTIONS["zh"].as_pairs()


def test_figures_that_libreoffice_reckons_anew_verify(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    openpyxl.load_workbook(path).save(path)  # it drops the values, so that all are reckoned
    found = verify_workbook(resaved(path), find_rubric)
    assert found.problems == ()
    assert "verify.values_gone" not in [note.code for note in found.notes]


def test_what_openpyxl_saves_again_verifies_though_the_values_are_lost(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    openpyxl.load_workbook(path).save(path)
    found = verify_workbook(path, find_rubric)
    assert found.problems == ()
    assert {note.code for note in found.notes} == {"verify.values_gone"}


def formulas(path: Path, sheet: str) -> dict[str, Cell]:
    """The computed numbers of a sheet."""
    cells = cells_of(path, sheet).items()
    return {name: cell for name, cell in cells if cell.formula and cell.number is not None}


def test_a_changed_figure_is_named_with_its_cell(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    name, cell = next(iter(formulas(path, DETAIL).items()))
    found = verified(tmp_path, with_value(workbook_bytes(), DETAIL, name, "99.5"))
    assert codes(found) == ["verify.cell_differs"]
    assert found.problems[0].place == f"{DETAIL}!{name}"
    assert found.problems[0].message.values == {"expected": cell.text, "found": "99.5"}


def test_every_computed_figure_of_the_detail_sheet_is_compared(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    names = list(formulas(path, DETAIL))
    book = workbook_bytes()
    for name in names:
        book = with_value(book, DETAIL, name, "77.125")
    found = verified(tmp_path, book)
    assert {problem.place for problem in found.problems} == {f"{DETAIL}!{name}" for name in names}
    assert len(names) > 100


def test_the_last_digits_of_a_double_do_not_count_but_the_next_ones_do(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    name, cell = next(iter(formulas(path, DETAIL).items()))
    assert cell.number is not None
    for apart, problems in (("1E-11", 0), ("1E-5", 1)):
        value = str(cell.number + Decimal(apart))
        found = verified(tmp_path, with_value(workbook_bytes(), DETAIL, name, value))
        assert len(found.problems) == problems


def test_a_changed_text_is_named(tmp_path: Path) -> None:
    enterprise = record().enterprise.name
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    name = next(name for name, cell in cells_of(path, "封面").items() if cell.text == enterprise)
    book = with_cells(workbook_bytes(), {("封面", name): text_cell("别的公司")})
    found = verified(tmp_path, book)
    assert codes(found) == ["verify.cell_differs"]
    assert found.problems[0].place == f"封面!{name}"
    assert found.problems[0].message.values["found"] == "别的公司"


def test_a_changed_answer_is_named_before_what_follows_from_it(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    answer = unlocked(path, DETAIL)[-1]
    other = next(iter(formulas(path, "封面")))
    book = with_value(workbook_bytes(), "封面", other, "1")
    book = with_cells(book, {(DETAIL, answer): text_cell("Z")})
    found = verified(tmp_path, book)
    assert codes(found) == ["verify.answer_differs", "verify.cell_differs"]
    assert found.problems[0].place == f"{DETAIL}!{answer}"
    assert found.problems[0].message.values["found"] == "Z"


def test_what_libreoffice_makes_of_a_changed_answer_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    answer = unlocked(path, DETAIL)[0]
    was = cells_of(path, DETAIL)[answer].text
    saved(path, with_cells(workbook_bytes(), {(DETAIL, answer): text_cell("Z")}))
    found = verify_workbook(resaved(path), find_rubric)
    assert found.problems[0].code == "verify.answer_differs"
    assert found.problems[0].message.values == {"expected": was, "found": "Z"}


def test_a_changed_formula_is_named_even_when_its_value_is_right(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    name, cell = next(iter(formulas(path, DETAIL).items()))
    book = with_cells(workbook_bytes(), {(DETAIL, name): f"<f>1+1</f><v>{cell.text}</v>"})
    found = verified(tmp_path, book)
    assert codes(found) == ["verify.formula_differs"]
    assert found.problems[0].place == f"{DETAIL}!{name}"
    assert found.problems[0].message.values["found"] == "=1+1"


def with_format(path: Path, sheet: str, cell: str, code: str) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell].number_format = code
    book.save(path)


@pytest.mark.parametrize("code", ['"95.00"', "0.00%", "0.00,", ";;;", '0.00;0.00;"1"', "[$-804]0"])
def test_a_number_format_that_shows_something_else_is_named(code: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    cells = cells_of(path, DETAIL)
    name = next(n for n, cell in cells.items() if cell.number is not None and not cell.formula)
    with_format(path, DETAIL, name, code)
    found = verify_workbook(path, find_rubric)
    assert [(one.code, one.place) for one in found.problems] == [
        ("verify.format_differs", f"{DETAIL}!{name}")
    ]
    assert found.problems[0].message.values["found"] == code


def test_a_text_hidden_behind_a_format_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    with_format(path, "封面", "A2", ';;;"别的文字"')
    found = verify_workbook(path, find_rubric)
    assert [(one.code, one.place) for one in found.problems] == [
        ("verify.format_differs", "封面!A2")
    ]


@pytest.mark.parametrize("code", ["0.0", "0", "General", "#,##0.000"])
def test_other_decimals_of_the_same_number_are_a_remark(code: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    cells = cells_of(path, DETAIL)
    name = next(n for n, c in cells.items() if c.number_format == "0.00" and not c.formula)
    with_format(path, DETAIL, name, code)
    found = verify_workbook(path, find_rubric)
    assert found.problems == ()
    places = {note.code: note.place for note in found.notes}
    assert places["verify.digits_differ"] == f"{DETAIL}!{name}"


@pytest.mark.parametrize("code", ["0.00_ ", "0.00_);-0.00", "#,##0.00"])
def test_the_same_decimals_written_another_way_are_the_same(code: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    cells = cells_of(path, DETAIL)
    name = next(n for n, c in cells.items() if c.number_format == "0.00" and not c.formula)
    with_format(path, DETAIL, name, code)
    found = verify_workbook(path, find_rubric)
    assert found.problems == ()
    assert "verify.digits_differ" not in [note.code for note in found.notes]


def test_a_change_far_inside_a_long_text_is_seen_in_the_sentence(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    sheet = cells_of(path, DICTIONARY).items()
    name, text = max(((n, cell.text) for n, cell in sheet), key=lambda pair: len(pair[1]))
    long = text + "，" + "说明" * 100
    for words in (long, long[:-3] + "改"):
        book = with_cells(workbook_bytes(), {(DICTIONARY, name): text_cell(words)})
        values = verified(tmp_path, book).problems[0].message.values
        assert values["expected"] != values["found"]
        assert len(str(values["found"])) < 100


def test_a_formula_where_a_text_belongs_is_named(tmp_path: Path) -> None:
    book = with_cells(workbook_bytes(), {(DICTIONARY, "A2"): '<f>"数据字典"</f><v>数据字典</v>'})
    found = verified(tmp_path, book)
    assert "verify.formula_added" in codes(found)


def test_a_formula_replaced_by_its_value_is_a_remark(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    name, cell = next(iter(formulas(path, DETAIL).items()))
    found = verified(
        tmp_path, with_cells(workbook_bytes(), {(DETAIL, name): f"<v>{cell.text}</v>"})
    )
    assert found.problems == ()
    assert [(note.code, note.place) for note in found.notes] == [
        ("verify.formulas_gone", f"{DETAIL}!{name}")
    ]


def test_an_emptied_cell_is_named(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    name = next(iter(formulas(path, DETAIL)))
    found = verified(tmp_path, with_cells(workbook_bytes(), {(DETAIL, name): ""}))
    assert codes(found) == ["verify.cell_differs"]
    assert found.problems[0].message.values["found"] == message("verify.nothing")


def test_a_removed_and_an_added_sheet_are_named(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    book = openpyxl.load_workbook(path)
    book.remove(book[DICTIONARY])
    book.create_sheet("备注")["A1"] = "2026-11-21 已阅"
    book[DETAIL].sheet_state = "hidden"
    book.save(path)
    found = verify_workbook(path, find_rubric)
    assert codes(found) == ["verify.sheet_missing"]
    assert found.problems[0].place == DICTIONARY
    places = {note.code: note.place for note in found.notes}
    assert (places["verify.sheet_added"], places["verify.sheet_hidden"]) == ("备注", DETAIL)


def test_remarks_beside_the_report_are_no_fault_but_inside_it_they_are(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    book = openpyxl.load_workbook(path)
    book[DICTIONARY].cell(500, 1, "已核对")
    book.save(path)
    found = verify_workbook(path, find_rubric)
    assert found.problems == ()
    assert f"{DICTIONARY}!A500" in [note.place for note in found.notes]
    book[DICTIONARY]["C20"] = "99.00"
    book.save(path)
    found = verify_workbook(path, find_rubric)
    assert [problem.place for problem in found.problems] == [f"{DICTIONARY}!C20"]


def test_rows_put_into_a_sheet_of_texts_are_a_remark(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    book = openpyxl.load_workbook(path)
    sheet = book[DICTIONARY]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(5, 2)
    sheet["A5"] = "审阅人：李四"
    book.save(path)
    found = verify_workbook(path, find_rubric)
    assert found.problems == ()
    notes = {note.code: note.place for note in found.notes}
    assert notes["verify.lines_moved"] == DICTIONARY
    assert notes["verify.cells_added"] == f"{DICTIONARY}!A5"


def shifted(formula: str, home: str, sheet: str, below: int, by: int) -> str:
    """Return a formula as a spreadsheet adjusts it when rows are put into `sheet`."""

    def moved(found: re.Match[str]) -> str:
        named = found[1].strip("'!") if found[1] else home
        row = int(found[3]) + (by if named == sheet and int(found[3]) >= below else 0)
        rest = found[4] or ""
        if rest:
            last = int(found[6]) + (by if named == sheet and int(found[6]) >= below else 0)
            rest = f":{found[5]}{last}"
        return f"{found[1] or ''}{found[2]}{row}{rest}"

    return re.sub(r"('[^']+'!)?\b([A-Z]{1,2})(\d+)\b(:([A-Z]{1,2})(\d+))?", moved, formula)


def test_rows_put_between_the_criteria_move_formulas_and_are_a_remark(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    book = openpyxl.load_workbook(path)
    for merged in list(book[DETAIL].merged_cells.ranges):
        book[DETAIL].unmerge_cells(str(merged))
    book[DETAIL].insert_rows(15, 2)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "f":
                    cell.value = shifted(cell.value, sheet.title, DETAIL, 15, 2)
    book[DETAIL].column_dimensions["C"].hidden = True
    book.save(path)
    found = verify_workbook(resaved(path), find_rubric)
    assert found.problems == ()
    assert [note.code for note in found.notes] == ["verify.lines_moved"]
    book[DETAIL]["F20"].value = "=1"
    book.save(path)
    found = verify_workbook(path, find_rubric)
    assert [problem.place for problem in found.problems] == [f"{DETAIL}!F20"]


# --- the machine sheet ----------------------------------------------------------------------------


def rows() -> list[list[str]]:
    text = payload_text(source().payload.to_json())
    return to_rows(text, options=OPTIONS["zh"].as_pairs())


def test_a_character_of_the_payload_is_found_by_the_digest(tmp_path: Path) -> None:
    changed = [[label, value.replace("DMU 65", "DMU 85")] for label, value in rows()]
    found = verified(tmp_path, with_machine_rows(workbook_bytes(), changed))
    assert codes(found) == ["exchange.digest_differs"]
    assert found.problems[0].place == SHEET_NAME
    assert found.payload is None


def test_a_changed_digest_is_found(tmp_path: Path) -> None:
    digest = source().digest
    changed = [[label, value.replace(digest, digest[::-1])] for label, value in rows()]
    found = verified(tmp_path, with_machine_rows(workbook_bytes(), changed))
    assert codes(found) == ["exchange.digest_differs"]


def test_a_lost_chunk_is_found(tmp_path: Path) -> None:
    found = verified(tmp_path, with_machine_rows(workbook_bytes(), rows()[:-1]))
    assert codes(found) == ["exchange.chunk_missing"]


def test_a_claimed_total_is_held_against_the_answers(tmp_path: Path) -> None:
    def claim(data: Any) -> None:
        data["result"]["total"] = "120.00"
        data["result"]["dimensions"][1]["total"] = "1.00"

    found = verified(tmp_path, with_payload(workbook_bytes(), claim))
    places = {problem.place: problem.message.values for problem in found.problems}
    assert found.problems[0].code == "verify.result_differs"
    assert places["result.total"]["found"] == "120.00"
    assert places["result.dimensions[1].total"]["found"] == "1.00"


def test_a_better_answer_in_the_payload_contradicts_result_and_sheets(tmp_path: Path) -> None:
    criterion, keys = next(
        (criterion, [option.key for option in criterion.rule.options])
        for criterion in RUBRIC.rubric.criteria
        if isinstance(criterion.rule, LevelsRule)
    )
    given = record().answers[criterion.id].option
    other = next(key for key in keys if key != given)

    def improve(data: Any) -> None:
        data["assessment"]["answers"][criterion.id]["option"] = other

    found = verified(tmp_path, with_payload(workbook_bytes(), improve))
    answers = [problem for problem in found.problems if problem.code == "verify.answer_differs"]
    assert [problem.message.values["found"] for problem in answers] == [given]
    assert "result.total" in [problem.place for problem in found.problems]


def test_an_answer_that_does_not_fit_the_rubric_is_refused(tmp_path: Path) -> None:
    def spoil(data: Any) -> None:
        name = next(k for k, a in record().answers.items() if a.option)
        data["assessment"]["answers"][name]["option"] = "ZZ"

    found = verified(tmp_path, with_payload(workbook_bytes(), spoil))
    assert not found.holds
    assert found.problems[0].place.startswith("answers.")


def test_another_version_of_the_rubric_is_not_guessed_at(tmp_path: Path) -> None:
    def none_here(wanted: RubricRef) -> LoadedRubric:
        raise AssessorError(message("rubric.no_rubric", id=wanted.id, known="-"))

    found = verify_workbook(saved(tmp_path / "report.xlsx", workbook_bytes()), none_here)
    assert codes(found) == ["verify.no_rubric"]
    assert found.problems[0].message.values["version"] == RUBRIC.rubric.version


def test_the_workbook_of_another_visit_or_state_is_told_apart(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    others = {
        "verify.other_visit": record().model_copy(update={"id": "visit-2"}),
        "verify.other_revision": record().model_copy(update={"revision": 2}),
        "verify.other_state": record().model_copy(update={"gates": {}}),
    }
    for code, other in others.items():
        found = verify_workbook(path, find_rubric, source_of(other))
        assert codes(found) == [code]
    assert verify_workbook(path, find_rubric, source()).holds


def test_a_file_without_machine_data_cannot_be_judged(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    book = openpyxl.load_workbook(path)
    book.remove(book[SHEET_NAME])
    book.save(path)
    with pytest.raises(AssessorError) as refusal:
        verify_workbook(path, find_rubric)
    assert refusal.value.message.key == "exchange.no_envelope"


def test_only_a_sound_workbook_is_compared_with(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", workbook_bytes())
    assert source_of_workbook(path, find_rubric) == source()

    def claim(data: Any) -> None:
        data["result"]["total"] = "120.00"

    saved(path, with_payload(workbook_bytes(), claim))
    with pytest.raises(AssessorError) as refusal:
        source_of_workbook(path, find_rubric)
    assert refusal.value.message.key == "verify.against_fails"
