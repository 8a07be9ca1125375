"""The machine sheet: nothing is lost in it, and nothing damaged gets out of it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.canonical import canonical_json
from assessor.errors import AssessorError
from assessor.exchange.envelope import CHUNK_UNITS, SHEET_NAME, from_rows, rows_of, to_rows
from assessor.exchange.signature import UNSIGNED, Signed, sm3_of_bytes
from assessor.sheets import read_workbook
from tests.unit.exchange.office import resaved

NASTY = canonical_json(
    {
        "text": "=1+1\n'x\t_x0041_ \u2028\u202e\x7f\x85\ufeff\U00020000\\u005f\\ " * 3000,
        "控制": "\x00\x01\x08\x1f",
    }
)
ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("_x\\u005f\"'=[] \u2028\x85"),
    max_size=200,
)


def written(path: Path, rows: list[list[str]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(SHEET_NAME)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(at, column, text)
    book.close()
    return path


def read(path: Path) -> str:
    sheet = read_workbook(path, sheets=[SHEET_NAME]).sheet(SHEET_NAME)
    assert sheet is not None
    return from_rows(rows_of(sheet)).payload_text


@given(ANY_TEXT)
@settings(max_examples=200)
def test_any_payload_comes_back(value: str) -> None:
    text = canonical_json({value: value})
    assert from_rows(to_rows(text)).payload_text == text


@given(ANY_TEXT)
@settings(max_examples=200)
def test_no_cell_begins_like_a_formula_or_holds_what_is_fragile(value: str) -> None:
    for row in to_rows(canonical_json({"": value})):
        for cell in row:
            assert not cell or cell[0].isalnum() or cell[0] == "["
            assert cell == cell.strip()
            assert cell.isprintable() or all(
                character.isprintable() or ord(character) > 0x9F for character in cell
            )
            assert "_x" not in cell


def test_cells_stay_within_what_a_cell_holds() -> None:
    rows = to_rows(canonical_json({"a": "\U00020000" * 40_000}))
    sizes = [len(cell.encode("utf-16-le")) // 2 for row in rows for cell in row]
    assert max(sizes) <= CHUNK_UNITS + 2
    assert len(rows) == 7 + 3


def test_signature_and_key_have_their_room() -> None:
    signed = Signed("ed25519:c2ln", "ed25519:a2V5", "0123-4567")
    assert from_rows(to_rows('{"a":"b"}', signed)).signed == signed
    assert from_rows(to_rows("{}")).signed == UNSIGNED


def test_both_digests_stand_beside_the_text_and_are_compared() -> None:
    rows = to_rows("{}")
    cells = {row[0]: row[1] for row in rows}
    assert cells["digest"] == f"sha256:{sha256(b'{}').hexdigest()}"
    assert cells["sm3"] == f"sm3:{sm3_of_bytes(b'{}')}"
    for label in ("digest", "sm3"):
        kind = cells[label].partition(":")[0]
        changed = [[name, f"{kind}:{'0' * 64}" if name == label else text] for name, text in rows]
        with pytest.raises(AssessorError) as refusal:
            from_rows(changed)
        assert refusal.value.message.key == "exchange.digest_differs"
    assert from_rows([row for row in rows if row[0] != "sm3"]).payload_text == "{}"


def test_a_workbook_written_and_read_keeps_it(tmp_path: Path) -> None:
    assert read(written(tmp_path / "a.xlsx", to_rows(NASTY))) == NASTY


def test_openpyxl_saving_it_again_keeps_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", to_rows(NASTY))
    openpyxl.load_workbook(path).save(path)
    assert read(path) == NASTY


def test_libreoffice_saving_it_again_keeps_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", to_rows(NASTY))
    assert read(resaved(path)) == NASTY


def test_order_apostrophes_and_blank_rows_do_not_matter() -> None:
    rows = [["'" + label, f"'{value} "] for label, value in reversed(to_rows(NASTY))]
    assert from_rows([["", ""], *rows, [], ["", "", "x"]]).payload_text == NASTY


ROWS = to_rows(canonical_json({"a": "x" * 70_000}))


def without(label: str) -> list[list[str]]:
    return [row for row in ROWS if not row[0].startswith(label)]


def altered(label: str, value: str) -> list[list[str]]:
    return [[row[0], value] if row[0].startswith(label) else row for row in ROWS]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "没有本程序"),
        ([["name", "value"]], "没有本程序"),
        (altered("assessor", "2"), "升级"),
        (altered("assessor", "x" * 90), "升级"),
        (without("chunks"), "分段数"),
        (altered("chunks", "99999"), "分段数"),
        (altered("chunks", "2"), "共 2 段"),
        (without("chunk 2"), "缺第 2 段"),
        (altered("chunk 2", ROWS[8][1][:-1]), "第 2 段"),
        (altered("chunk 2", ""), "第 2 段"),
        (altered("chunk 2", "[]"), "与其摘要不符"),
        (altered("chunk 2", ROWS[8][1].replace("xx", "xy", 1)), "与其摘要不符"),
        (altered("digest", "sha256:" + "0" * 64), "0000000000000000"),
        (without("digest"), "没有摘要"),
        ([*ROWS, ROWS[-1]], "两次"),
    ],
)
def test_damage_is_named(rows: list[list[str]], said: str) -> None:
    with pytest.raises(AssessorError, match=said):
        from_rows(rows)
