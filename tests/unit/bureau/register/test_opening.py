"""Opening registers: of an earlier layout, in folders nobody may write to, after a crash."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from assessor.bureau.register import Filter, layout, merge, open_register
from assessor.bureau.register import opening as real
from assessor.storage import database
from assessor.storage.errors import DamagedError, ForeignError, ReadOnlyError
from tests.unit.bureau.register.records import accepted, visit

ROOT = Path(__file__).parents[4]
LAYOUT_1 = ROOT / "tests" / "data" / "bureau" / "layout-1.register"
"""Written by the program when layout 1 was the present one."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(LAYOUT_1, tmp_path / "old.register"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "city.register"
    with open_register(made, create=True) as register:
        register.add([accepted(visit(1))])
    return made


# --- earlier layouts ------------------------------------------------------------------------------


def content(path: Path, *, read_only: bool) -> tuple[object, ...]:
    with open_register(path, read_only=read_only) as register:
        rows = [(one.visit_id, one.revision, one.newest) for one in register.visits()]
        (expected,), (decision,), (target,) = (
            register.expected(),
            register.decisions(),
            register.plan_targets(),
        )
        score = register.record("visit-1").score
        assert register.published() == ()
    return rows, expected.due, decision.document, target.target, score


AS_WRITTEN = (
    [("visit-1", 2, True), ("visit-2", 1, True)],
    date(2026, 9, 30),
    "1号",
    1000,
    Decimal("80.00"),
)


def test_an_old_register_is_brought_up_to_date_and_kept(old: Path) -> None:
    before = old.read_bytes()
    assert content(old, read_only=False) == AS_WRITTEN
    assert old.with_name("old.register.v1-backup").read_bytes() == before
    assert len(list(old.parent.iterdir())) == 2
    with closing(sqlite3.connect(old)) as raw:
        assert layout.is_expected(raw)
        assert raw.execute("PRAGMA user_version").fetchone() == (layout.VERSION,)


def test_who_only_reads_an_old_register_leaves_it_alone(old: Path) -> None:
    before = old.read_bytes()
    assert content(old, read_only=True) == AS_WRITTEN
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


def test_an_old_register_can_be_merged(old: Path, path: Path) -> None:
    with open_register(path) as register:
        report = merge(register, old)
        assert (report.visits, report.entries, report.conflicts) == (2, 3, ())
        found = register.visits(Filter(all_revisions=True))
        assert [(one.visit_id, one.revision) for one in found] == [
            ("visit-1", 1),
            ("visit-1", 2),
            ("visit-2", 1),
        ]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER meddle AFTER INSERT ON log BEGIN DELETE FROM visit; END",
        "DROP TABLE roster",
        "PRAGMA user_version = 0",
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_an_old_register_that_was_meddled_with_is_refused(
    old: Path, sql: str, read_only: bool
) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as raw:
        raw.execute(sql)
    before = old.read_bytes()
    with pytest.raises(DamagedError, match=r"old\.register"):
        open_register(old, read_only=read_only)
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


def test_power_failing_before_the_swap_changes_nothing(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(draft: Path, path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(database, "put_in_place", fail)
    before = old.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        open_register(old)
    assert old.read_bytes() == before


# --- what cannot be written to --------------------------------------------------------------------


@pytest.mark.parametrize("what", ["readonly", "disk I/O error"])
def test_a_register_that_cannot_be_written_to_is_noticed_when_it_is_opened(
    path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system would say is said by a connection that refuses its first write."""

    class Refusing(sqlite3.Connection):
        def execute(self, sql: str, *more: object) -> sqlite3.Cursor:
            if sql.startswith("PRAGMA user_version ="):
                raise refusal(what)
            return super().execute(sql, *more)

    def refusing(path: Path, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(path, isolation_level=None, factory=Refusing)

    monkeypatch.setattr(real, "open_database", refusing)
    with pytest.raises(database.StorageError, match=r"city\.register"):
        open_register(path)
    monkeypatch.undo()
    open_register(path).close()


def refusal(what: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_READONLY if what == "readonly" else 10
    error.sqlite_errorname = what
    return error


if sys.platform != "win32":
    from tests.unit.storage.test_durability import without_privileges

    @pytest.fixture
    def shared(path: Path) -> Iterator[Path]:
        """A copy of the register in a folder that everybody can look into."""
        with TemporaryDirectory() as name:
            folder = Path(name)
            copy = Path(shutil.copy(path, folder / path.name))
            folder.chmod(0o755)
            yield copy
            folder.chmod(0o755)

    def test_a_read_only_folder_is_noticed_at_once(shared: Path) -> None:
        before = shared.read_bytes()
        shared.chmod(0o666)
        shared.parent.chmod(0o555)
        with without_privileges():
            with pytest.raises(ReadOnlyError) as refused:
                open_register(shared)
            for language in ("zh", "en"):
                assert str(shared) in refused.value.text(language)
            with open_register(shared, read_only=True) as register:
                assert [row.visit_id for row in register.visits()] == ["visit-1"]
        assert shared.read_bytes() == before
        assert list(shared.parent.iterdir()) == [shared]


# --- after a crash --------------------------------------------------------------------------------

CRASH = """
import os, sys
from pathlib import Path
from assessor.bureau.register import open_register
register = open_register(Path(sys.argv[1]))
register.connection.execute("PRAGMA cache_size = 1")
register.connection.execute("BEGIN")
register.connection.execute("UPDATE visit SET name = 'half'")
for number in range(200):
    register.connection.execute(
        "INSERT INTO roster VALUES (?, ?, 'x', 'y', '')", (str(number), "z" * 900)
    )
os._exit(9)
"""


@pytest.mark.parametrize("read_only", [True, False])
def test_a_journal_left_by_a_crash_is_rolled_back(path: Path, read_only: bool) -> None:
    before = path.read_bytes()
    done = subprocess.run([sys.executable, "-c", CRASH, str(path)], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert path.read_bytes() != before, "the crash came before anything was written"
    with open_register(path, read_only=read_only) as register:
        assert [row.name for row in register.visits()] == [visit(1).enterprise.name]
        assert register.expected() == ()


def test_what_a_deleted_register_left_is_not_taken_back_into_a_new_one(path: Path) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(path)], cwd=ROOT, check=False)
    path.unlink()
    assert path.with_name(f"{path.name}-journal").stat().st_size > 0
    with open_register(path, create=True) as register:
        register.add([accepted(visit(5))])
    with open_register(path) as register:
        assert [row.visit_id for row in register.visits()] == ["visit-5"]


# --- strange files --------------------------------------------------------------------------------


def test_what_is_no_register_is_called_one_in_words_about_registers(tmp_path: Path) -> None:
    path = tmp_path / "a.register"
    path.write_bytes(b"no database at all, but long enough to be one" * 40)
    with pytest.raises(ForeignError, match="登记库"):
        open_register(path)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_copy_that_broke_off_is_damaged(path: Path, read_only: bool) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-3000])
    with pytest.raises(DamagedError, match="登记库"):
        open_register(path, read_only=read_only)
