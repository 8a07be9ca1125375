"""The register: nothing twice, the newest counts, nothing lost, nothing strange let in."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.bureau.records import Verdict
from assessor.bureau.register import (
    Decision,
    DecisionKind,
    Expected,
    Filter,
    PlanTarget,
    Register,
    merge,
    open_register,
)
from assessor.storage.errors import (
    DamagedError,
    DiskFullError,
    ForeignError,
    InUseError,
    MissingError,
    NewerError,
)
from tests.unit.bureau.register.records import accepted, rejected, visit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "city.register"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    with closing(open_register(path, create=True)) as made:
        yield made


def test_what_is_added_comes_back(register: Register) -> None:
    record = visit()
    assert register.add([accepted(record), rejected()]) == 1
    assert register.record("visit-1") == record
    (row,) = register.visits()
    assert (row.name, row.score, row.self_score, row.tier) == (
        record.enterprise.name,
        Decimal("76.2"),
        Decimal(81),
        "good",
    )
    lines = list(register.log())
    assert [line.verdict for line in lines] == [Verdict.ACCEPTED, Verdict.REJECTED]
    assert lines[1].findings == rejected().findings
    assert register.info().by_verdict == {"accepted": 1, "rejected": 1}


def test_the_same_again_changes_nothing(register: Register) -> None:
    register.add([accepted(visit()), rejected()])
    before = (list(register.log()), list(register.visits()))
    assert register.add([accepted(visit()), rejected()]) == 0
    assert (list(register.log()), list(register.visits())) == before


def test_bytes_are_known_whatever_came_of_them(register: Register) -> None:
    register.add([rejected()])
    assert register.known(rejected().sha256)
    assert not register.known("0" * 64)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_the_newest_revision_counts_whenever_it_comes(
    register: Register, order: tuple[int, int]
) -> None:
    for revision in order:
        register.add([accepted(visit(revision=revision, score=f"{70 + revision}.00"))])
    (row,) = register.visits()
    assert (row.revision, row.score) == (2, Decimal(72))
    older = register.visits(Filter(all_revisions=True))
    assert [one.revision for one in older] == [1, 2]
    assert register.record("visit-1", 1).score == Decimal("71.00")
    assert [seen.revision for seen in register.seen_visits()] == list(order)


def test_filters_narrow_down(register: Register) -> None:
    other = visit(2, cycle="2025", tier="pass", visit_date=None)
    register.add([accepted(visit(1)), accepted(other)])

    def found(**wanted: object) -> list[str]:
        return [row.visit_id for row in register.visits(Filter(**wanted))]

    assert found(cycle="2025") == ["visit-2"]
    assert found(tier="good", district="海曙区") == ["visit-1"]
    assert found(industry="35") == ["visit-1", "visit-2"]
    assert found(industry="36") == []
    assert found(cluster="模具") == ["visit-1", "visit-2"]
    assert found(year=0) == ["visit-2"]
    assert found(text="示例2号") == ["visit-2"]
    assert found(text="%") == []
    assert found(district="' OR 1=1 --") == []


def test_what_the_bureau_enters_is_kept_and_corrected(register: Register) -> None:
    expected = Expected("2026", "code-0001", "甲", "海曙区", date(2026, 9, 30))
    decision = Decision(
        "2026",
        "code-0001",
        "甲",
        "海曙区",
        "nb",
        "good",
        DecisionKind.RECOGNISED,
        date(2026, 12, 1),
        "甬经信〔2026〕1号",
    )
    target = PlanTarget("nb", "good", 2026, "", 1000, "plan")
    register.expect([expected])
    register.decide([decision])
    register.plan([target])
    assert register.expected("2026") == (expected,)
    assert register.expected("2025") == ()
    assert register.decisions() == (decision,)
    register.plan([PlanTarget("nb", "good", 2026, "", 900, "plan")])
    assert [one.target for one in register.plan_targets()] == [900]


def test_merging_loses_nothing_and_doing_it_again_changes_nothing(
    register: Register, tmp_path: Path
) -> None:
    other = tmp_path / "district.register"
    with closing(open_register(other, create=True)) as there:
        there.add([accepted(visit(1)), accepted(visit(2, 2)), rejected("there.xlsx")])
        there.expect([Expected("2026", "", "乙", "慈溪市")])
    register.add([accepted(visit(1, payload_digest="f" * 64), "own.xlsx"), accepted(visit(2, 1))])
    report = merge(register, other)
    assert [(one.subject, one.here) for one in report.conflicts] == [("visit-1, 1", "f" * 64)]
    assert report.visits == 1
    assert {(row.visit_id, row.revision) for row in register.visits()} == {
        ("visit-1", 1),
        ("visit-2", 2),
    }
    assert register.record("visit-1").payload_digest == "f" * 64
    assert [one.name for one in register.expected()] == ["乙"]
    names = {line.name for line in register.log()}
    assert {"there.xlsx", "own.xlsx", "visit-1-r1.xlsx"} <= names
    again = merge(register, other)
    assert (again.lines, again.visits, again.conflicts) == (0, 0, report.conflicts)


def test_an_addition_is_whole_or_absent(register: Register) -> None:
    def verdicts() -> Iterator[object]:
        yield accepted(visit(1))
        raise RuntimeError("the intake broke off")

    with pytest.raises(RuntimeError):
        register.add(verdicts())
    assert list(register.visits()) == []
    assert list(register.log()) == []


def test_a_full_disk_changes_nothing(register: Register) -> None:
    register.add([accepted(visit(1))])
    (pages,) = register.connection.execute("PRAGMA page_count").fetchone()
    register.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFullError):
        register.add([accepted(visit(number)) for number in range(2, 400)])
    assert [row.visit_id for row in register.visits()] == ["visit-1"]
    register.connection.execute("PRAGMA max_page_count = 1000000")
    assert register.add([accepted(visit(2))]) == 1


def test_a_backup_is_whole_and_opens(register: Register, tmp_path: Path) -> None:
    register.add([accepted(visit(1))])
    copy = tmp_path / "copy.register"
    register.backup(copy)
    with closing(open_register(copy, read_only=True)) as found:
        assert found.record("visit-1") == visit(1)


# --- strange files --------------------------------------------------------------------------------


def test_a_missing_one_is_not_made_by_the_way(path: Path) -> None:
    with pytest.raises(MissingError):
        open_register(path)
    assert not path.exists()


def test_a_second_writer_is_told(register: Register, path: Path) -> None:
    with pytest.raises(InUseError):
        open_register(path)


def spoilt(path: Path, sql: str) -> None:
    with closing(open_register(path, create=True)):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("PRAGMA application_id = 7", ForeignError),
        ("PRAGMA user_version = 99", NewerError),
        ("DROP TABLE roster", DamagedError),
        ("CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM visit; END", DamagedError),
        ("CREATE VIEW v AS SELECT 1", DamagedError),
    ],
)
def test_another_kind_of_file_is_refused(path: Path, sql: str, error: type[Exception]) -> None:
    spoilt(path, sql)
    content = path.read_bytes()
    with pytest.raises(error):
        open_register(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\x00" + b"\xff" * 600])
def test_no_database_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises((ForeignError, DamagedError)):
        open_register(path)


# --- killed in the middle -------------------------------------------------------------------------

ADDER = """
import sys
from pathlib import Path
from assessor.bureau.register import open_register
from tests.unit.bureau.register.records import accepted, visit

register = open_register(Path(sys.argv[1]), create=True)
for number in range(int(sys.argv[2]), 10**6):
    register.add([accepted(visit(number))])
    print(number, flush=True)
"""


def test_no_acknowledged_visit_is_lost_when_the_program_is_killed(path: Path) -> None:
    acknowledged = -1
    for _ in range(4):
        adder = subprocess.Popen(
            [sys.executable, "-c", ADDER, str(path), str(acknowledged + 2)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert adder.stdout is not None
        with adder.stdout:
            for _ in range(7):
                acknowledged = int(adder.stdout.readline())
            adder.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            acknowledged = max([acknowledged, *map(int, adder.stdout.read().split())])
        adder.wait()
        with closing(open_register(path)) as register:
            found = {row.visit_id for row in register.visits()}
        assert f"visit-{acknowledged}" in found
        assert len(found) >= 7
