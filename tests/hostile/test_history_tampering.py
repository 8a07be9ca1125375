"""A history somebody changed with other tools: what was done is found, and the entry named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assessor.assessment import Answer
from assessor.commands.answers import set_answer, set_table
from assessor.errors import Problem
from assessor.i18n import LANGUAGES
from assessor.storage import chain, schema
from assessor.storage.chain import Entry
from assessor.storage.file import open_file
from tests.unit.storage.samples import NOW, full_record, new_file, note

EDITS = 8
ENTRIES = EDITS + 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "a.assessment"
    with new_file(place, full_record()) as file:
        for number in range(2, ENTRIES + 1):
            record = set_answer(f"k{number}", Answer(option="A", note="走访")).apply(
                file.assessment
            )
            at = NOW + timedelta(minutes=number)
            file.commit(record, replace(note(number), at=at))
    return place


@contextmanager
def behind_the_back(path: Path) -> Iterator[sqlite3.Connection]:
    """Give the database without the triggers that guard its log, and put them back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript("DROP TRIGGER edit_is_not_changed; DROP TRIGGER edit_is_not_deleted")
        yield raw
        for statement in schema.APPEND_ONLY:
            raw.execute(statement)


def run(path: Path, sql: str, *values: object) -> None:
    with behind_the_back(path) as raw:
        raw.execute(sql, values)


def verdict(path: Path) -> tuple[Problem, ...]:
    with open_file(path, read_only=True) as file:
        problems = file.verify_history()
    for problem in problems:
        assert all(problem.message.pick(language) for language in LANGUAGES)
    return problems


def found(path: Path) -> list[tuple[str, str]]:
    return [(one.code.removeprefix("history."), one.subject) for one in verdict(path)]


def written(raw: sqlite3.Connection, sequence: int) -> Entry:
    return chain.entries(raw, sequence, 1)[0]


def overwrite(raw: sqlite3.Connection, entry: Entry) -> None:
    sql = "INSERT OR REPLACE INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    raw.execute(sql, tuple(vars(entry).values()))


def shift(raw: sqlite3.Connection, first: int, by: int) -> None:
    """Move the entries from `first` on by some places, through numbers nobody has."""
    raw.execute("UPDATE edit SET sequence = sequence + 1000 WHERE sequence >= ?", (first,))
    raw.execute("UPDATE edit SET sequence = sequence - 1000 + ? WHERE sequence >= 1000", (by,))


def test_a_history_nobody_touched_is_whole(path: Path) -> None:
    assert found(path) == []
    with open_file(path, read_only=True) as file:
        assert file.history_ends_well()
        assert file.history_head().entries == ENTRIES


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE edit SET author = 'x' WHERE sequence = ?",
        "UPDATE edit SET at = '2025-11-03T09:00:00+00:00' WHERE sequence = ?",
        "UPDATE edit SET at = 'noon' WHERE sequence = ?",
        "UPDATE edit SET run = 'x' WHERE sequence = ?",
        "UPDATE edit SET monotonic = monotonic + 1 WHERE sequence = ?",
        "UPDATE edit SET what = '{}' WHERE sequence = ?",
        "UPDATE edit SET reason = 'x' WHERE sequence = ?",
        "UPDATE edit SET before = '[]' WHERE sequence = ?",
        "UPDATE edit SET after = '[]' WHERE sequence = ?",
        "UPDATE edit SET after = 'x' WHERE sequence = ?",
        "UPDATE edit SET previous = digest WHERE sequence = ?",
        "UPDATE edit SET digest = previous WHERE sequence = ?",
    ],
)
@pytest.mark.parametrize("number", [1, 5, ENTRIES])
def test_an_altered_entry_is_named(path: Path, change: str, number: int) -> None:
    run(path, change, number)
    assert found(path) == [("altered", str(number))]


def test_an_altered_entry_is_named_with_time_and_author(path: Path) -> None:
    run(path, "UPDATE edit SET after = '[]' WHERE sequence = 5")
    words = verdict(path)[0].message
    assert words.pick("en") == "Entry 5 of the history (2025-11-03 09:46, 王工) was altered"
    assert "第 5 条" in words.pick("zh")


@pytest.mark.parametrize("number", [1, 4, ENTRIES])
def test_an_entry_altered_with_its_digest_is_named(path: Path, number: int) -> None:
    with behind_the_back(path) as raw:
        overwrite(raw, replace(written(raw, number), author="x").sealed())
    assert found(path) == [("rewritten", str(number))]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("DELETE FROM edit WHERE sequence = 1", [("missing", "1")]),
        ("DELETE FROM edit WHERE sequence = 4", [("missing", "4")]),
        (
            "DELETE FROM edit WHERE sequence IN (3, 4, 7)",
            [("missing_several", "3-4"), ("missing", "7")],
        ),
        ("DELETE FROM edit WHERE sequence = 9", [("cut", f"{ENTRIES}")]),
        ("DELETE FROM edit WHERE sequence > 6", [("cut_several", f"{ENTRIES - 2}-{ENTRIES}")]),
        ("DELETE FROM edit", [("cut_several", f"1-{ENTRIES}")]),
    ],
)
def test_deleted_entries_are_named(path: Path, sql: str, expected: list[tuple[str, str]]) -> None:
    run(path, sql)
    assert found(path) == expected


def test_a_deletion_that_closes_the_gap_is_seen_through(path: Path) -> None:
    with behind_the_back(path) as raw:
        raw.execute("DELETE FROM edit WHERE sequence = 4")
        shift(raw, 5, -1)
    assert found(path) == [("missing", "4"), ("moved_several", f"5-{ENTRIES}")]


def test_entries_that_changed_places_are_named(path: Path) -> None:
    with behind_the_back(path) as raw:
        for start, end in ((3, 1000), (4, 3), (1000, 4)):
            raw.execute("UPDATE edit SET sequence = ? WHERE sequence = ?", (end, start))
    assert found(path) == [("moved", "3"), ("moved", "4")]
    assert "now stands as number 4" in verdict(path)[0].message.pick("en")


def test_an_entry_put_in_between_is_named(path: Path) -> None:
    with behind_the_back(path) as raw:
        shift(raw, 5, 1)
        overwrite(
            raw, replace(written(raw, 4), sequence=5, previous=written(raw, 4).digest).sealed()
        )
    assert found(path) == [("inserted", "5"), ("moved_several", f"5-{ENTRIES}")]


def test_an_entry_put_at_the_end_is_named(path: Path) -> None:
    with behind_the_back(path) as raw:
        last = written(raw, ENTRIES)
        overwrite(raw, replace(last, sequence=ENTRIES + 1, previous=last.digest).sealed())
    assert found(path) == [("inserted", str(ENTRIES + 1))]


@pytest.mark.parametrize("sequence", [chain.LOWEST, 0, chain.HIGHEST])
def test_an_entry_under_a_strange_number_is_named(path: Path, sequence: int) -> None:
    with behind_the_back(path) as raw:
        entry = replace(written(raw, 3), sequence=sequence)
        overwrite(raw, entry)
    assert found(path) == [("inserted", str(sequence))]
    with behind_the_back(path) as raw:
        overwrite(raw, replace(entry, author="x"))
    assert found(path) == [("altered", str(sequence))]


def test_a_new_end_and_a_new_head_leave_the_record_unlike_its_history(path: Path) -> None:
    run(path, "DELETE FROM edit WHERE sequence = ?", ENTRIES)
    run(path, "UPDATE head SET entries = ?", ENTRIES - 1)
    run(path, "UPDATE head SET digest = (SELECT digest FROM edit WHERE sequence = entries)")
    assert found(path) == [("row_unknown", "0")]
    assert verdict(path)[0].place == f"answers/k{ENTRIES}"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE head SET digest = 'x'", [("rewritten", str(ENTRIES))]),
        ("UPDATE head SET entries = 11", [("cut_several", "10-11")]),
        ("UPDATE head SET file = 'another'", [("foreign", "1")]),
        ("DELETE FROM head", [("no_head", "")]),
    ],
)
def test_a_head_that_was_changed_is_noticed(
    path: Path, sql: str, expected: list[tuple[str, str]]
) -> None:
    run(path, sql)
    assert expected[0] in found(path)
    with open_file(path, read_only=True) as file:
        assert file.history_ends_well() == ("file =" in sql)


CELL = "UPDATE entry SET value = '{\"option\":\"D\"}' WHERE key = 'k5'"


@pytest.mark.parametrize(
    ("sql", "expected", "place"),
    [
        (CELL, ("row_altered", "5"), "answers/k5"),
        ("DELETE FROM entry WHERE key = 'k6'", ("row_gone", "6"), "answers/k6"),
        (
            "INSERT INTO entry VALUES ('answers', 'k99', 0, '{\"option\":\"A\"}')",
            ("row_unknown", "0"),
            "answers/k99",
        ),
        (
            "UPDATE entry SET value = '{\"name\":\"机器人\"}' WHERE key = 'ledger/1'",
            ("row_altered", "1"),
            "tables/ledger/1",
        ),
        (
            "UPDATE entry SET position = 9000 WHERE key = 'e1'",
            ("row_altered", "1"),
            "evidence/e1",
        ),
    ],
)
def test_a_record_that_is_not_what_its_history_says_is_named(
    path: Path, sql: str, expected: tuple[str, str], place: str
) -> None:
    run(path, sql)
    assert found(path) == [expected]
    assert verdict(path)[0].place == place


def test_a_row_dropped_long_ago_and_put_back_is_named_with_the_step_that_dropped_it(
    path: Path,
) -> None:
    with open_file(path) as file:
        file.commit(set_table("ledger", []).apply(file.assessment), note())
    run(path, "INSERT INTO entry VALUES ('tables', 'ledger/1', 1024, '{\"name\":\"x\"}')")
    assert found(path) == [("row_altered", str(ENTRIES + 1))]


TAMPERING: dict[str, Callable[[Path], None]] = {
    "cut": lambda path: run(path, "DELETE FROM edit WHERE sequence = ?", ENTRIES),
    "altered": lambda path: run(path, "UPDATE edit SET at = '' WHERE sequence = ?", ENTRIES),
    "no head": lambda path: run(path, "DELETE FROM head"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_going_on_working_covers_nothing_up(path: Path, name: str) -> None:
    TAMPERING[name](path)
    with open_file(path) as file:
        assert not file.history_ends_well()
        file.commit(set_answer("later", Answer(option="B")).apply(file.assessment), note())
    with open_file(path) as file:
        assert file.assessment.answers["later"].option == "B"
        assert file.verify_history()


def test_a_full_log_is_said_not_overrun(path: Path) -> None:
    run(path, "UPDATE head SET entries = ?", chain.HIGHEST)
    with open_file(path) as file:
        record = set_answer("later", Answer(option="B")).apply(file.assessment)
        with pytest.raises(Exception, match=r"a\.assessment"):
            file.commit(record, note())


def test_slices_find_the_same_and_see_steps_made_meanwhile(path: Path) -> None:
    with open_file(path) as file:
        check = file.history_check()
        assert not check.step(4)
        file.commit(set_answer("meanwhile", Answer(option="B")).apply(file.assessment), note())
        while not check.step(4):
            pass
        assert check.problems() == ()
        assert check.head == file.history_head()
