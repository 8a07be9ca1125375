"""Files that are not ours, not whole, or made to do harm: refused with a sentence, left alone."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assessor.i18n import LANGUAGES
from assessor.storage.errors import DamagedError, ForeignError, NewerError, StorageError
from assessor.storage.file import open_file
from assessor.storage.owner import note_path, read_owner
from assessor.storage.schema import VERSION
from tests.unit.storage.samples import full_record, new_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "a.assessment"
    new_file(place, full_record()).close()
    return place


def check_refused(path: Path, error: type[StorageError]) -> None:
    """Opening fails with the path in both languages and leaves every byte alone."""
    before = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(error) as refusal:
            open_file(path, read_only=read_only)
        assert all(str(path) in refusal.value.text(language) for language in LANGUAGES)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"PK\x03\x04" + bytes(5000), b"SQLite format 3\x00" + bytes(84), bytes(10_000)],
)
def test_other_files_are_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    check_refused(path, StorageError)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE entry (a)")
    check_refused(path, ForeignError)


def test_a_file_of_a_later_version_is_refused(path: Path) -> None:
    tamper(path, f"PRAGMA user_version = {VERSION + 1}")
    check_refused(path, NewerError)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_a_truncated_file_is_refused(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    check_refused(path, StorageError)


def test_a_file_format_that_sqlite_does_not_know_is_damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    # The number of the schema's format, in the header of every database.
    data[44:48] = (99).to_bytes(4, "big")
    path.write_bytes(data)
    check_refused(path, DamagedError)


def test_overwritten_pages_are_noticed_at_opening(path: Path) -> None:
    data = bytearray(path.read_bytes())
    at = data.rindex("宁波".encode()) if "宁波".encode() in data else data.index(b'"option"')
    data[at - 200 : at + 200] = bytes(400)
    path.write_bytes(data)
    check_refused(path, DamagedError)


def damaged(whole: bytes, seed: int) -> bytes:
    """Return the bytes with up to 40 of them replaced, the same ones for the same seed."""
    chance = hashlib.shake_128(str(seed).encode()).digest(6 * 40)
    data = bytearray(whole)
    for at in range(0, 6 * (1 + chance[0] % 40), 6):
        place = int.from_bytes(chance[at : at + 5], "big") % len(data)
        data[place] = chance[at + 5]
    return bytes(data)


@pytest.mark.parametrize("seed", range(0, 120, 20))
def test_random_damage_never_escapes_as_another_error(path: Path, seed: int) -> None:
    whole = path.read_bytes()
    for number in range(seed, seed + 20):
        path.write_bytes(damaged(whole, number))
        try:
            with open_file(path, read_only=True) as file:
                file.check_whole()
                list(file.history())
        except StorageError:
            continue


def tamper(path: Path, *statements: str | tuple[str, ...]) -> None:
    """Change a file behind the program's back; a tuple is a row to be put in."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in statements:
            if isinstance(statement, str):
                raw.execute(statement)
            else:
                raw.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, 0, ?)", statement)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER meddle AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
        "CREATE VIEW more AS SELECT 1",
        "CREATE TABLE more (a)",
        "DROP TRIGGER edit_is_not_deleted",
        "ALTER TABLE entry ADD COLUMN more TEXT",
        "DROP TABLE blob",
    ],
)
def test_anything_else_in_the_database_is_refused(path: Path, sql: str) -> None:
    tamper(path, sql)
    check_refused(path, DamagedError)


DEEP = "[" * 100_000
ENTRIES: dict[str, str | tuple[str, ...]] = {
    "not JSON": ("answers", "1.1", "{"),
    "too deep": ("answers", "1.1", DEEP),
    "a huge number": ("meta", "revision", "9" * 5000),
    "two answers in one": ("answers", "1.1", json.dumps({"option": "A", "none": True})),
    "an unknown key": ("answers", "1.1", json.dumps({"option": "A", "script": "x"})),
    "an unknown section": ("macros", "1", "1"),
    "an unknown field": ("meta", "macro", "1"),
    "an unknown format": ("meta", "format_version", "2"),
    "a float": ("platform_results", "workshop", json.dumps({"score": 81.2})),
    "a list for an answer": ("answers", "1.1", "[]"),
    "no enterprise": "DELETE FROM entry WHERE section = 'enterprise'",
    "a text that is no text": "UPDATE entry SET value = CAST(x'80ff' AS TEXT) WHERE key = '1.1'",
    "another rubric": "UPDATE rubric SET body = '{}'",
    "no rubric": "DELETE FROM rubric",
}


@pytest.mark.parametrize("name", ENTRIES)
def test_a_record_that_makes_no_sense_is_refused(path: Path, name: str) -> None:
    tamper(path, ENTRIES[name])
    check_refused(path, DamagedError)


LARGE = "UPDATE entry SET value = hex(zeroblob(40000000)) WHERE key = '1.1'"


def test_a_row_too_large_for_memory_is_refused(path: Path) -> None:
    tamper(path, ("answers", "1.1", ""), LARGE)
    with pytest.raises(DamagedError, match="TOOBIG"):
        open_file(path)


BLOB_DAMAGE: dict[str, Callable[[bytes], str]] = {
    "other bytes": lambda _: "UPDATE blob SET bytes = zeroblob(size)",
    "fewer bytes": lambda _: "UPDATE blob SET bytes = zeroblob(1)",
    "none": lambda _: "DELETE FROM blob",
}


@pytest.mark.parametrize("name", BLOB_DAMAGE)
def test_damaged_evidence_is_named_and_the_rest_still_opens(path: Path, name: str) -> None:
    tamper(path, BLOB_DAMAGE[name](b""))
    with open_file(path) as file:
        assert file.assessment == full_record()
        problems = file.check_whole()
        assert [problem.subject for problem in problems] == ["e1", "e2", "e3", "e4"]
        assert "e1.jpg" in problems[0].message.pick("en")
        with pytest.raises((DamagedError, KeyError)):
            file.read_blob(file.assessment.evidence[0].sha256)


def test_a_log_that_makes_no_sense_is_refused(path: Path) -> None:
    tamper(path, "INSERT INTO edit VALUES (9, 'noon', '', 0, '', '[]', '', '[]', '[]', '', '')")
    with open_file(path) as file, pytest.raises(DamagedError):
        list(file.history())


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"[" * 3000, b'{"user": 1}', b'"' + b"x" * 9000, b"{}" * 4000],
)
def test_a_hostile_note_beside_a_file_names_nobody(path: Path, content: bytes) -> None:
    note_path(path).write_bytes(content)
    assert read_owner(path) is None


def test_what_a_note_says_is_kept_short_and_plain(path: Path) -> None:
    words = {"user": "x" * 500, "host": "a\x1b[2Jb\nc", "since": 5}
    note_path(path).write_text(json.dumps(words), encoding="utf-8")
    owner = read_owner(path)
    assert owner is not None
    assert (len(owner.user), owner.host, owner.since) == (60, "a[2Jbc", "5")
