"""Fill-in workbooks made to do harm: refused in a sentence, or read for what they are."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from assessor.errors import AssessorError, ProblemsError
from assessor.exchange.answers_workbook import read_answers_workbook
from assessor.exchange.imported import ImportedAnswers
from tests.unit.exchange.filling import filled, where
from tests.unit.exchange.samples import loaded, visit

RUBRIC = loaded()
ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return filled(tmp_path / "a.xlsx", RUBRIC, {"answers/planning/option": "C"})


def read(path: Path) -> ImportedAnswers:
    return read_answers_workbook(path, RUBRIC, visit(RUBRIC))


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], **more: bytes) -> Path:
    """Rewrite the parts of a workbook; a part changed to None is left out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            changed = change(name, content)
            if changed is not None:
                archive.writestr(name, changed)
        for name, content in more.items():
            archive.writestr(name, content)
    return path


def in_part(ending: str, change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    return lambda name, content: change(content) if name.endswith(ending) else content


def edited(path: Path, edit: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def test_the_untouched_workbook_is_read(workbook: Path) -> None:
    assert read(workbook).answers["planning"].option == "C"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"<html>", b"a,b\n1,2", b"SQLite format 3\x00"]
)
def test_other_files_are_named_for_what_they_are(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(AssessorError, match=r"a\.xlsx"):
        read(path)


def test_entity_bombs_are_refused(workbook: Path) -> None:
    def change(content: bytes) -> bytes:
        head, mark, rest = content.partition(b"<worksheet")
        return head + ENTITY.encode() + mark + rest

    with pytest.raises(AssessorError):
        read(rewritten(workbook, in_part("sheet3.xml", change)))


def test_zip_bombs_are_refused(workbook: Path) -> None:
    path = rewritten(
        workbook, lambda _, content: content, **{"xl/media/a.bin": b"\0" * (300 << 20)}
    )
    with pytest.raises(AssessorError):
        read(path)


def test_far_corner_cells_do_not_exhaust_anything(workbook: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    change = in_part("sheet3.xml", lambda c: c.replace(b"</sheetData>", far + b"</sheetData>"))
    assert read(rewritten(workbook, change)).answers["planning"].option == "C"


def test_a_wrong_dimension_hides_no_row(workbook: Path) -> None:
    def change(content: bytes) -> bytes:
        start = content.index(b"<dimension")
        end = content.index(b"/>", start) + 2
        return content[:start] + b'<dimension ref="A1"/>' + content[end:]

    assert (
        read(rewritten(workbook, in_part("sheet3.xml", change))).answers["planning"].option == "C"
    )


def test_macros_are_never_run_and_answers_are_read(workbook: Path) -> None:
    path = rewritten(workbook, lambda _, content: content, **{"xl/vbaProject.bin": b"x" * 100})
    assert read(path).answers["planning"].option == "C"


def test_missing_identity_sheet_is_said(workbook: Path) -> None:
    def drop(book: openpyxl.Workbook) -> None:
        del book["assessor_template"]

    with pytest.raises(AssessorError, match="assessor template"):
        read(edited(workbook, drop))


@pytest.mark.parametrize(
    ("row", "value", "said"),
    [
        (1, "99", "99"),
        (2, "../../etc", "ten-items"),
        (4, "sha256:" + "0" * 64, "000000000000"),
        (5, "none", "discrete"),
        (5, "x" * 30_000, "discrete"),
        (9, "nowhere", "nowhere"),
    ],
)
def test_a_forged_identity_is_refused(workbook: Path, row: int, value: str, said: str) -> None:
    def forge(book: openpyxl.Workbook) -> None:
        book["assessor_template"].cell(row, 2).value = value

    with pytest.raises(AssessorError, match=said) as caught:
        read(edited(workbook, forge))
    assert len(str(caught.value)) < 500


def test_rows_of_another_question_or_twice_are_refused(workbook: Path) -> None:
    place = where(workbook, "answers/planning/option")
    sheet, _, cell = place.partition("!")
    row = int(cell[1:])

    def forge(book: openpyxl.Workbook) -> None:
        book[sheet].cell(row + 1, 8).value = "answers/planning/option"
        book[sheet].cell(row + 2, 8).value = "answers/__class__/option"
        book[sheet].cell(500, 4).value = "C"

    with pytest.raises(ProblemsError) as caught:
        read(edited(workbook, forge))
    places = {problem.place for problem in caught.value.problems}
    assert {f"{sheet}!D{row + 1}", f"{sheet}!D{row + 2}", f"{sheet}!D500"} <= places


def test_formulas_are_refused_whatever_value_they_carry(workbook: Path) -> None:
    place = where(workbook, "answers/execution/option")
    sheet, _, cell = place.partition("!")

    def forge(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = '=WEBSERVICE("http://127.0.0.1/")'

    with pytest.raises(ProblemsError) as caught:
        read(edited(workbook, forge))
    assert [problem.place for problem in caught.value.problems] == [place]


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "\u202egnp.exe", "a\x0bb".replace("\x0b", " ")]
)
def test_dangerous_text_stays_text(tmp_path: Path, text: str) -> None:
    entries = {"answers/planning/option": "C", "answers/planning/option#remark": text}
    note = read(filled(tmp_path / "a.xlsx", RUBRIC, entries)).answers["planning"].note
    assert note == text.replace("\u202e", "")


def test_a_note_beyond_all_measure_is_refused_by_cell(tmp_path: Path) -> None:
    entries = {"answers/planning/option": "C", "answers/planning/option#remark": "长" * 30_000}
    path = filled(tmp_path / "a.xlsx", RUBRIC, entries)
    with pytest.raises(ProblemsError) as caught:
        read(path)
    assert caught.value.problems[0].place == where(path, "answers/planning/option")
