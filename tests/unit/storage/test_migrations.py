"""Earlier layouts: converted on a copy, checked, the old file kept."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from assessor.assessment import Assessment, assessment_from_json
from assessor.storage import database as real
from assessor.storage.database import Migration
from assessor.storage.errors import DamagedError, ReadOnlyError
from assessor.storage.file import open_file
from assessor.storage.layout_2 import to_layout_2

SAMPLES = Path(__file__).parents[2] / "data" / "storage"
LAYOUT_1 = SAMPLES / "layout-1.assessment"
"""Written by the program when layout 1 was the present one: a full record, and five edits."""


def record_of_the_sample() -> Assessment:
    """Return the record as that program told it."""
    told = (SAMPLES / "layout-1.json").read_text(encoding="utf-8")
    return assessment_from_json(json.loads(told))


def forget_the_record(connection: sqlite3.Connection) -> None:
    to_layout_2(connection)
    connection.execute("DELETE FROM entry WHERE section = 'enterprise'")


def run_out_of_luck(connection: sqlite3.Connection) -> None:
    to_layout_2(connection)
    raise sqlite3.DatabaseError("stopped half-way")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(LAYOUT_1, tmp_path / "old.assessment"))


def test_an_old_file_opens_and_is_kept(old: Path) -> None:
    before = old.read_bytes()
    with open_file(old) as file:
        assert file.assessment == record_of_the_sample()
        assert file.check_whole() == ()
    assert old.with_name("old.assessment.v1-backup").read_bytes() == before
    assert len(list(old.parent.iterdir())) == 2
    with open_file(old, read_only=True) as file:
        assert file.assessment == record_of_the_sample()


def test_the_steps_of_an_old_file_are_taken_over_and_the_conversion_is_one(old: Path) -> None:
    with open_file(old) as file:
        *steps, conversion = file.history()
    with closing(sqlite3.connect(LAYOUT_1)) as raw:
        told = raw.execute("SELECT at, author FROM edit ORDER BY sequence").fetchall()
    assert [(step.at.isoformat(), step.author) for step in steps] == told
    assert steps[1].after == {("answers", "7"): {"option": "C"}}
    assert conversion.what.key == "storage.converted"
    assert conversion.after["tables", "ledger/3"] == {"name": "AGV"}


def test_an_earlier_backup_is_not_overwritten(old: Path) -> None:
    earlier = old.with_name("old.assessment.v1-backup")
    earlier.write_bytes(b"precious")
    open_file(old).close()
    assert earlier.read_bytes() == b"precious"
    assert old.with_name("old.assessment.v1-backup-2").is_file()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER meddle AFTER INSERT ON entry BEGIN DELETE FROM blob; END",
        "CREATE TABLE more (a)",
        "UPDATE entry SET value = '{' WHERE section = 'tables'",
        "INSERT INTO edit VALUES (99, 'noon', '', '[', '[]', '[]')",
    ],
)
def test_an_old_file_that_was_meddled_with_is_refused(old: Path, sql: str) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as raw:
        raw.execute(sql)
    before = old.read_bytes()
    with pytest.raises(DamagedError, match=r"old\.assessment"):
        open_file(old)
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ({}, DamagedError),
        ({1: forget_the_record}, DamagedError),
        ({1: lambda _: None}, DamagedError),
        ({1: run_out_of_luck}, sqlite3.DatabaseError),
    ],
)
def test_a_conversion_that_fails_changes_nothing(
    old: Path, steps: Mapping[int, Migration], error: type[Exception]
) -> None:
    before = old.read_bytes()
    with pytest.raises(error):
        open_file(old, migrations=steps)
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


def test_power_failing_before_the_swap_changes_nothing(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(draft: Path, path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(real, "put_in_place", fail)
    before = old.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        open_file(old)
    assert old.read_bytes() == before


def test_an_old_file_is_not_converted_for_a_reader(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(ReadOnlyError, match=r"old\.assessment"):
        open_file(old, read_only=True)
    assert old.read_bytes() == before
