"""The reading process: it tells the same as a direct reading and trusts nothing around it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from assessor.sheets import Limits, SheetError, Workbook, read_workbook, read_xlsx
from assessor.sheets.child import child_command
from assessor.sheets.own_process import READING
from assessor.sheets.wire import (
    WireError,
    answer_lines,
    read_answer,
    read_request,
    request_line,
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    made.worksheets[0].title = "第一"
    for row in range(1, 3001):
        made.worksheets[0].append([row, f"文本 {row}", "=A1*2", True])
    made.create_sheet("第二")["C7"] = 1.1
    made.save(tmp_path / "书 1.xlsx")
    return tmp_path / "书 1.xlsx"


def test_the_process_tells_what_a_direct_reading_finds(book: Path) -> None:
    told = read_workbook(book)
    assert told == read_xlsx(book)
    assert len(told.sheets[0].cells) == 12_000
    assert told.sheets[1].at("C7") is not None
    assert read_workbook(book, sheets=["第二"]).sheets == told.sheets[1:]


def test_a_folder_full_of_traps_is_not_imported_from(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "csv", "zipfile", "assessor"):
        (book.parent / f"{name}.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(book.parent)
    assert read_workbook(Path(book.name)).sheet("第一") is not None


def test_the_process_may_not_write_files(tmp_path: Path) -> None:
    if sys.platform == "win32":
        return
    target = tmp_path / "written"
    code = (
        "from assessor.sheets.confine import confine_self; confine_self(10**9, 5);"
        f"import pathlib; pathlib.Path({str(target)!r}).write_bytes(b'x' * 100)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"OSError" in done.stderr
    assert target.stat().st_size == 0


def test_a_frozen_app_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command() == [sys.executable, READING]


def test_a_process_that_dies_is_a_refusal(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "assessor.sheets.child.child_command", lambda: [sys.executable, "-c", "raise SystemExit(3)"]
    )
    with pytest.raises(SheetError) as caught:
        read_workbook(book)
    assert caught.value.message.key == "sheets.reading_failed"


def test_a_request_survives_the_wire() -> None:
    limits = Limits(cells=7, seconds=1.5)
    path = Path("/tmp/年 \udce9.xlsx")  # noqa: S108 - never opened
    assert read_request(request_line(path, limits, {"b", "a"})) == (path, limits, ["a", "b"])
    assert read_request(request_line(path, limits, None))[2] is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["not json"],
        ['{"sheet": "a", "state": "visible"}'],
        ['{"cells": [[1]]}', '{"end": []}'],
        ["[1, 2]"],
        ["{}"],
        ['{"error": {"key": "sheets.empty"}}'],
    ],
)
def test_an_answer_that_makes_no_sense_is_not_believed(lines: list[str]) -> None:
    with pytest.raises(WireError):
        read_answer(lines)


def test_an_empty_workbook_survives_the_wire() -> None:
    assert read_answer(answer_lines(Workbook(()))) == Workbook(())
    assert json.loads(next(answer_lines(Workbook(())))) == {"end": []}
