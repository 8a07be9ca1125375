"""Earlier layouts: converted on a copy, checked, the old file kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from assessor.storage import migrations as real
from assessor.storage.errors import DamagedError, ReadOnlyError
from assessor.storage.file import open_file
from assessor.storage.migrations import Migration
from tests.unit.storage.samples import full_record, new_file

ENTRY = """CREATE TABLE entry (
  section TEXT NOT NULL,
  key TEXT NOT NULL,
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (section, key)
) STRICT, WITHOUT ROWID"""


def add_positions(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE entry RENAME TO former")
    connection.execute(ENTRY)
    connection.execute(
        "INSERT INTO entry SELECT section, key, row_number() OVER (ORDER BY key), value FROM former"
    )
    connection.execute("DROP TABLE former")


def forget_the_record(connection: sqlite3.Connection) -> None:
    add_positions(connection)
    connection.execute("DELETE FROM entry WHERE section = 'enterprise'")


def run_out_of_luck(connection: sqlite3.Connection) -> None:
    add_positions(connection)
    raise sqlite3.DatabaseError("stopped half-way")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of a layout 0 whose entries had no positions."""
    path = tmp_path / "old.assessment"
    new_file(path, full_record()).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript(
            "CREATE TABLE former (section TEXT, key TEXT, value TEXT);"
            "INSERT INTO former SELECT section, key, value FROM entry;"
            "DROP TABLE entry; ALTER TABLE former RENAME TO entry; PRAGMA user_version = 0;"
        )
    return path


def test_an_old_file_opens_and_is_kept(old: Path) -> None:
    before = old.read_bytes()
    with open_file(old, migrations={0: add_positions}) as file:
        assert file.assessment == full_record()
        assert file.check_whole() == ()
    assert old.with_name("old.assessment.v0-backup").read_bytes() == before
    assert len(list(old.parent.iterdir())) == 2
    with open_file(old) as file:
        assert file.assessment == full_record()


def test_an_earlier_backup_is_not_overwritten(old: Path) -> None:
    earlier = old.with_name("old.assessment.v0-backup")
    earlier.write_bytes(b"precious")
    open_file(old, migrations={0: add_positions}).close()
    assert earlier.read_bytes() == b"precious"
    assert old.with_name("old.assessment.v0-backup-2").is_file()


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ({}, DamagedError),
        ({0: forget_the_record}, DamagedError),
        ({0: lambda _: None}, DamagedError),
        ({0: run_out_of_luck}, sqlite3.DatabaseError),
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
        open_file(old, migrations={0: add_positions})
    assert old.read_bytes() == before


def test_an_old_file_is_not_converted_for_a_reader(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(ReadOnlyError, match=r"old\.assessment"):
        open_file(old, read_only=True, migrations={0: add_positions})
    assert old.read_bytes() == before
