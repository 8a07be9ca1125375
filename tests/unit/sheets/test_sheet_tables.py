"""Tables in text files, as spreadsheets in China and elsewhere write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.sheets import Cell, Limits, SheetError, read_workbook
from assessor.sheets.delimited import read_csv

TABLE = '编号,名称,备注\nm1,车床,"两台，""新"""\nm2,,"跨\n行"\n'
FOUND = {
    (1, 1): "编号",
    (1, 2): "名称",
    (1, 3): "备注",
    (2, 1): "m1",
    (2, 2): "车床",
    (2, 3): '两台，"新"',
    (3, 1): "m2",
    (3, 3): "跨\n行",
}


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(SheetError) as caught:
        read_csv(path, limits)
    return caught.value.message.key.removeprefix("sheets.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(TABLE.replace(",", delimiter).encode(encoding))
    (sheet,) = read_csv(path).sheets
    assert sheet.name == "台账"
    assert {at: cell.text for at, cell in sheet.cells.items()} == FOUND


def test_every_field_stays_the_text_it_is(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("code,rate\n0042,=1+1\n", encoding="utf-8")
    (sheet,) = read_workbook(path).sheets
    assert sheet.at("A2") == Cell("text", "0042")
    assert sheet.at("B2") == Cell("text", "=1+1")


def test_tables_that_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n\xff\xff\xff\n")
    assert refusal(path) in ("bad_encoding", "foreign")
    path.write_bytes(b"a,b\n" + b"x," * 3000 + b"\xff\xff")
    assert refusal(path) == "bad_encoding"
    path.write_text('a,b\n1,"never closed\n', encoding="utf-8")
    assert refusal(path) == "bad_table"
    path.write_text("a,b\n" + "1,2\n" * 10, encoding="utf-8")
    assert refusal(path, Limits(cells=9)) == "too_many_cells"
    assert refusal(path, Limits(text_characters=9)) == "too_much_text"
    path.write_text("x" * 40_000, encoding="utf-8")
    assert refusal(path) == "cell_too_long"
    path.write_bytes(b"PK\x03\x04")
    assert refusal(path) == "foreign"
