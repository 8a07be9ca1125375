"""Registers under bad luck: killed programs, troubled disks, power cuts.

The work is that of a bureau: verdicts are added, tables entered, registers merged and converted,
real workbooks taken in. `JOBS` are for `killing`, `TASKS` for `mishaps`, `record_register` is for
`power`.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from assessor.bureau.register import (
    Decision,
    DecisionKind,
    Expected,
    PlanTarget,
    Published,
    Register,
    merge,
    open_register,
)
from assessor.bureau.register.layout import VERSION
from assessor.errors import AssessorError
from assessor.workspace.bureau_intake import IntakeRequest, Plan, simulate_region, take_in_files
from tests.proofs.killing import Acknowledge, Job, require
from tests.proofs.mishaps import Task, contents
from tests.proofs.power import Recorder, Session
from tests.proofs.vfs import layered
from tests.unit.bureau.register.records import accepted, rejected, visit

ROOT = Path(__file__).parents[2]
LAYOUT_1 = ROOT / "tests" / "data" / "bureau" / "layout-1.register"
FILE = "city.register"
RUBRIC = "nb.digital_workshop"
TODAY = date(2026, 11, 20)
DISTRICTS = 40
ENTERPRISES, FOLDERS = 4, 3


Has = Callable[[int], bool]


def add_some(register: Register, number: int) -> None:
    """One step of an intake: two good files, one of them a later revision, and a bad one."""
    verdicts = [
        accepted(visit(number)),
        accepted(visit(number // 2, 2)),
        rejected(f"{number}.xlsx"),
    ]
    register.add(verdicts)


def some_in(register: Register) -> Has:
    """Return what tells whether everything of such a step is there."""
    names = {line.name for line in register.log()}
    found = {(one.visit_id, one.revision) for one in register.seen_visits()}

    def has(number: int) -> bool:
        visits = {(f"visit-{number}", 1), (f"visit-{number // 2}", 2)}
        return f"{number}.xlsx" in names and visits <= found

    return has


def enter(register: Register, number: int) -> None:
    """One step of a bureau: roster, decision, target and publication, durable together."""
    code = f"code-{number}"
    decided = date(2026, 12, 1)
    kind = DecisionKind.RECOGNISED
    with register.together():
        register.expect([Expected("2026", code, "甲", "海曙区", decided)])
        register.decide([Decision("2026", code, "甲", "海曙区", RUBRIC, "good", kind, decided)])
        register.plan([PlanTarget(RUBRIC, "good", 2000 + number, "", number, code)])
        register.publish([Published(RUBRIC, "2026", "district", code, frozenset({code}))])


def entered_in(register: Register) -> Has:
    """Return what tells whether everything of such a step is there."""
    everywhere = [
        {one.credit_code for one in register.expected()},
        {one.credit_code for one in register.decisions()},
        {one.source for one in register.plan_targets()},
        {one.name for one in register.published()},
    ]
    return lambda number: all(f"code-{number}" in codes for codes in everywhere)


def merged_in(register: Register) -> Has:
    """Return what tells whether another register, filled with both, was merged."""
    some, entered = some_in(register), entered_in(register)
    return lambda number: some(number) and entered(number)


def check_whole(register: Register) -> None:
    (verdict,) = register.connection.execute("PRAGMA integrity_check(1)").fetchone()
    require(verdict == "ok", f"the register is broken: {verdict}")
    require(not register.connection.execute("PRAGMA foreign_key_check").fetchall(), "rows dangle")
    (visits,) = register.connection.execute("SELECT count(*) FROM visit").fetchone()
    (figures,) = register.connection.execute("SELECT count(*) FROM figures").fetchone()
    require(visits == figures == len(list(register.accepted())), "a visit is not whole")


# --- killed ---------------------------------------------------------------------------------------


def prepare(folder: Path) -> None:
    open_register(folder / FILE, create=True).close()


def steps_done(register: Register) -> int:
    """How many steps of adding are there, so that a new child goes on."""
    return sum(line.name.endswith(".xlsx") and not line.visit_id for line in register.log())


def add(folder: Path, acknowledge: Acknowledge) -> None:
    with open_register(folder / FILE) as register:
        for number in itertools.count(steps_done(register)):
            add_some(register, number)
            acknowledge(number)


def decide(folder: Path, acknowledge: Acknowledge) -> None:
    with open_register(folder / FILE) as register:
        for number in itertools.count(len(register.plan_targets())):
            enter(register, number)
            acknowledge(number)


def check(folder: Path, numbers: list[int], steps_in: Callable[[Register], Has]) -> None:
    with open_register(folder / FILE) as register:
        check_whole(register)
        has = steps_in(register)
        for number in numbers:
            require(has(number), f"step {number} is lost")


def prepare_merging(folder: Path) -> None:
    prepare(folder)
    for number in range(DISTRICTS):
        with open_register(folder / f"{number}.register", create=True) as register:
            add_some(register, number)
            enter(register, number)


def merge_all(folder: Path, acknowledge: Acknowledge) -> None:
    with open_register(folder / FILE) as register:
        for number in itertools.count(len(register.plan_targets())):
            # Once all are in, merging goes on without bringing anything.
            merge(register, folder / f"{number % DISTRICTS}.register")
            acknowledge(number % DISTRICTS)


def prepare_converting(folder: Path) -> None:
    folder.mkdir(exist_ok=True)


def convert(folder: Path, acknowledge: Acknowledge) -> None:
    for number in itertools.count(len(list(folder.glob("*.register")))):
        path = folder / f"{number}.register"
        shutil.copyfile(LAYOUT_1, folder / "copy")
        (folder / "copy").rename(path)
        open_register(path).close()
        acknowledge(number)


def check_converted(folder: Path, numbers: list[int]) -> None:
    for path in folder.glob("[!.]*.register"):
        done = int(path.stem) in numbers
        if done:
            require(path.with_name(f"{path.name}.v1-backup").is_file(), "the old file is gone")
        with open_register(path, read_only=True) as register:
            check_whole(register)
            require(len(list(register.visits())) == 2, "a visit is lost")
            require(len(register.decisions()) == 1, "the decision is lost")
        with path.open("rb") as file:
            version = int.from_bytes(file.read(64)[60:64], "big")
        require(version == VERSION or not done, "a conversion is lost")


def prepare_intake(folder: Path) -> None:
    """Workbooks of a region in a few folders, written once and shared by all rounds."""
    region = folder.parent / "region"
    if not region.exists():
        simulate_region(Plan(ENTERPRISES, 7, folder.parent / "simulated"), 1)
        books = sorted((folder.parent / "simulated").rglob("*.xlsx"))
        for at, book in enumerate(books):
            place = region / str(at % FOLDERS)
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(book, place / f"{at}-{book.name}")
            (place / f"{at}-bad.xlsx").write_bytes(book.read_bytes()[: 2000 + at])
    prepare(folder)


def take_in(folder: Path, acknowledge: Acknowledge) -> None:
    for number in itertools.count():
        at = number % FOLDERS
        take_in_files(request(folder, at))
        acknowledge(at)


def request(folder: Path, at: int) -> IntakeRequest:
    place = folder.parent / "region" / str(at)
    return IntakeRequest(folder / FILE, (place,), jobs=1, today=TODAY)


def check_intake(folder: Path, numbers: list[int]) -> None:
    with open_register(folder / FILE) as register:
        check_whole(register)
        seen = [line.sha256 for line in register.log() if line.verdict.value != "skipped"]
        require(len(seen) == len(set(seen)), "a file was taken in twice")
        names = {line.name.rsplit("/", 1)[-1] for line in register.log()}
    for at in set(numbers):
        books = {book.name for book in (folder.parent / "region" / str(at)).iterdir()}
        require(books <= names, f"verdicts of folder {at} are lost")


JOBS = {
    "adding": Job(prepare, add, partial(check, steps_in=some_in), 0.06),
    "deciding": Job(prepare, decide, partial(check, steps_in=entered_in), 0.04),
    "merging": Job(prepare_merging, merge_all, partial(check, steps_in=merged_in), 0.15),
    "converting": Job(prepare_converting, convert, check_converted, 0.08),
    "taking in": Job(prepare_intake, take_in, check_intake, 2.0, 12),
}


# --- troubled disks -------------------------------------------------------------------------------

Work = Callable[[Register, int], None]


@contextmanager
def changing(
    folder: Path,
    work: Work,
    steps_in: Callable[[Register], Has],
    prepare: Callable[[int], None] = lambda _: None,
) -> Iterator[Task]:
    """A register that is open while one step of work after the other meets trouble."""
    place, aside = folder / "bureau", folder / "aside"
    place.mkdir()
    path, count, now = place / FILE, itertools.count(1), 0
    with open_register(path, create=True) as register:
        add_some(register, 0)

        def begin() -> None:
            nonlocal now
            now = next(count)
            prepare(now)

        def fault(done: bool) -> str:
            shutil.copytree(place, aside)
            try:
                with open_register(aside / FILE) as found:
                    check_whole(found)
                    has = steps_in(found)
                    # A step may be in the file although its last confirmation failed: whole then.
                    if done and not has(now):
                        return "an acknowledged step is not there"
                    if not all(map(has, range(1, now))):
                        return "an earlier step is gone"
            finally:
                shutil.rmtree(aside)
            return ""

        yield Task(place, begin, lambda: work(register, now), fault)


def adding(folder: Path) -> AbstractContextManager[Task]:
    return changing(folder, add_some, some_in)


def deciding(folder: Path) -> AbstractContextManager[Task]:
    return changing(folder, enter, entered_in)


def merging(folder: Path) -> AbstractContextManager[Task]:
    """Another register for every turn; it lies elsewhere and is only read."""

    def prepare(number: int) -> None:
        with open_register(folder / f"{number}.register", create=True) as other:
            add_some(other, number)
            enter(other, number)

    def work(register: Register, number: int) -> None:
        merge(register, folder / f"{number}.register")

    return changing(folder, work, merged_in, prepare)


@contextmanager
def making(folder: Path) -> Iterator[Task]:
    """A register that is not there yet: it is made whole or not at all."""
    place = folder / "bureau"
    place.mkdir()
    (place / "other").write_bytes(b"precious")
    path = place / FILE

    def begin() -> None:
        # What SQLite left to be taken back stays behind, as when somebody deletes a register.
        path.unlink(missing_ok=True)

    def fault(done: bool) -> str:
        left = contents(place).keys() - {"other"}
        # An emptied journal stays where it could not be deleted; it says nothing.
        if left - {FILE, f"{FILE}-journal"} or (done and FILE not in left):
            return f"left behind or missing: {sorted(left)}"
        if FILE in left:
            with open_register(path) as register:
                check_whole(register)
        return ""

    yield Task(place, begin, lambda: open_register(path, create=True).close(), fault)


@contextmanager
def converting(folder: Path) -> Iterator[Task]:
    """A register of layout 1 brought up to date: as it was, or whole with the old one kept."""
    place = folder / "bureau"
    place.mkdir()
    path, old = place / FILE, LAYOUT_1.read_bytes()
    backup = f"{FILE}.v1-backup"

    def begin() -> None:
        for one in place.iterdir():
            one.unlink()
        path.write_bytes(old)

    def fault(done: bool) -> str:
        found = contents(place)
        if found[FILE] == old:
            return "not converted" if done else ""
        kept = [name for name, data in found.items() if data == old and name.startswith(backup)]
        if not kept or any(name.startswith(".") for name in found):
            return f"the old file is not kept, or something is left: {sorted(found)}"
        with open_register(path) as register:
            check_whole(register)
        return ""

    yield Task(place, begin, lambda: open_register(path).close(), fault)


TASKS: Mapping[str, Callable[[Path], AbstractContextManager[Task]]] = {
    "adding": adding,
    "deciding": deciding,
    "merging": merging,
    "making": making,
    "converting": converting,
}


# --- power cuts -----------------------------------------------------------------------------------


def record_register(folder: Path, steps: int, many: int = 1) -> Session:
    """Work on a register: `many` steps of adding, then one of deciding, and so on."""
    path = folder / FILE
    open_register(path, create=True).close()
    before = path.read_bytes()
    recorder = Recorder()
    with layered(recorder), open_register(path) as register:
        for number in range(steps):
            if number % 2:
                enter(register, number)
            else:
                with register.together():
                    for one in range(many):
                        add_some(register, number * many + one)
            recorder.acknowledged()
    return Session(FILE, before, recorder.changes, partial(_fault, many))


def _fault(many: int, path: Path, acknowledged: int) -> str:
    try:
        with open_register(path) as register:
            check_whole(register)
            some, entered = some_in(register), entered_in(register)
        for number in range(acknowledged):
            ends = (number * many, number * many + many - 1)
            if not (entered(number) if number % 2 else all(map(some, ends))):
                return f"step {number} of {acknowledged} is lost"
    except (AssessorError, AssertionError) as error:
        return f"broken, or does not open: {error}"
    return ""
