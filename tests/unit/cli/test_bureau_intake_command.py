"""`assessor bureau intake` and `simulate`: what they print, write and return."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assessor.cli.app import run
from tests.unit.bureau.intake.workbooks import SIGNER, TEN, exported, good, record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    books = tmp_path / "books"
    books.mkdir()
    (books / "a.xlsx").write_bytes(good())
    (books / "b.xlsx").write_bytes(b"")
    (books / "c.xlsx").write_bytes(exported(record(id="visit-0002"), None))
    shutil.copy(TEN, tmp_path)
    key = {"key_id": SIGNER.key_id, "name": "x", "public_key": SIGNER.public_key}
    (tmp_path / "keys.json").write_text(json.dumps([key]), encoding="utf-8")
    return tmp_path


def intake(folder: Path, *more: str) -> int:
    return run(
        [
            "bureau",
            "intake",
            str(folder / "bureau.register"),
            str(folder / "books"),
            "--jobs",
            "1",
            "--keys",
            str(folder / "keys.json"),
            "--rubrics",
            str(folder),
            "--today",
            "2026-11-20",
            *more,
        ]
    )


def test_a_folder_is_taken_in_and_only_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert intake(folder, "--json", "--quarantine", str(folder / "aside")) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["counts"] == {"accepted": 1, "rejected": 1, "warning": 1}
    assert [row["verdict"] for row in said["files"]] == ["accepted", "rejected", "warning"]
    assert said["files"][0]["visit"] == "visit-0001"
    assert said["files"][1]["findings"][0]["code"] == "container.empty"
    assert len(list((folder / "aside").iterdir())) == 1
    assert intake(folder) == 0
    assert "b.xlsx" not in capsys.readouterr().out


def test_a_place_that_is_not_there_is_bad_input(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder / "books")
    assert intake(folder) == 2
    assert "books" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{}", '[{"key_id": "a", "name": "b", "public_key": "c"}]'])
def test_keys_that_are_none_are_bad_input(content: str, folder: Path) -> None:
    (folder / "keys.json").write_text(content, encoding="utf-8")
    assert intake(folder) == 2


def test_a_region_is_made_in_an_empty_folder_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "region"
    arguments = ["bureau", "simulate", "--enterprises", "1", "--seed", "9", "-o", str(out)]
    assert run([*arguments, "--jobs", "1", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["verdicts"]
    assert sum(counts.values()) == len(list((out / "workbooks").rglob("*.xlsx")))
    assert run(arguments) == 2
