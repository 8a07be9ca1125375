"""Saving, attaching, exporting and backing up, each with trouble at a chosen write call.

What has to hold: success, or an error in words of both languages that name the file or its folder;
what was there before is as it was; doing it again works once the trouble is over.
"""

from __future__ import annotations

import itertools
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assessor.assessment import Answer, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError
from assessor.storage.backups.library import BackupFolder
from assessor.storage.backups.reading import open_record
from assessor.storage.file import open_file
from assessor.workspace.backups import BackupPlace, back_up
from assessor.workspace.evidence import attach
from assessor.workspace.reports import write_report
from assessor.workspace.visits import new_visit, opened
from tests.proofs.faults import KINDS, Kind, Switch, Trouble, in_trouble, under_databases
from tests.strategies.visits import shipped
from tests.unit.storage.samples import noise_jpeg

LOADED = shipped("digital_workshop")
LEVELS = [one.id for one in LOADED.rubric.every_criterion if one.rule.kind == "levels"]
FILE = "visit.assessment"
ABOUT = "about.json"
"""Names a visit in the list of backups, and is written anew with each."""


@dataclass(frozen=True)
class Task:
    """Something to be done again and again.

    `begin` prepares one turn, `do` is what meets the trouble, `fault` says what is wrong afterwards
    (nothing when all is well); `done` tells it whether the turn succeeded. `folder` may vanish.
    """

    folder: Path
    begin: Callable[[], None]
    do: Callable[[], object]
    fault: Callable[[bool], str]


def contents(folder: Path) -> dict[str, bytes]:
    """Return everything below a folder, by its path there."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _visit(folder: Path) -> Path:
    place = folder / "visits"
    place.mkdir()
    firm = Enterprise(name="宁波甬示精密机械有限公司")
    return new_visit(place / FILE, LOADED, firm, Visit())


@contextmanager
def _edited(folder: Path, attaching: bool) -> Iterator[Task]:
    """An open visit: what a copy of its folder says is what was acknowledged."""
    path, count = _visit(folder), itertools.count(1)
    photo, aside = folder / "photo.jpg", folder / "aside"
    with opened(path) as visit:
        before, entries = visit.assessment, 0

        def begin() -> None:
            nonlocal before, entries
            before, head = visit.assessment, visit.file.history_head()
            entries = head.entries if head else 0
            photo.write_bytes(noise_jpeg(64, 48) + f"{next(count)}".encode())

        def do() -> None:
            if attaching:
                attach(visit, LEVELS[0], [photo])
            else:
                number = next(count)
                answer = Answer(option="L2", note=str(number))
                visit.do(set_answer(LEVELS[number % len(LEVELS)], answer))

        def fault(done: bool) -> str:
            if (visit.assessment == before) == done:
                return "the record in memory is not what was acknowledged"
            shutil.copytree(path.parent, aside)
            try:
                with open_file(aside / FILE) as file:
                    head = file.history_head()
                    # A step may be in the file although its last confirmation failed: whole then.
                    more = not done and head is not None and head.entries == entries + 1
                    if file.check_whole() or not (more or file.assessment == visit.assessment):
                        return "the file is not what was acknowledged"
            finally:
                shutil.rmtree(aside)
            return ""

        yield Task(path.parent, begin, do, fault)


def saving(folder: Path) -> AbstractContextManager[Task]:
    """An answer after the other."""
    return _edited(folder, attaching=False)


def attaching(folder: Path) -> AbstractContextManager[Task]:
    """A photo after the other."""
    return _edited(folder, attaching=True)


@contextmanager
def exporting(folder: Path, *, pdf: bool = True) -> Iterator[Task]:
    """A report over older ones: they stay byte for byte until all new files are complete."""
    out = folder / "out"
    with opened(_visit(folder)) as visit:
        write_report(visit, out, pdf=pdf)
        before = contents(out)

        def begin() -> None:
            nonlocal before
            before = contents(out)

        def fault(done: bool) -> str:
            after = contents(out)
            if after.keys() != before.keys():
                return f"files are left or gone: {sorted(after.keys() ^ before.keys())}"
            changed = [name for name in before if after[name] != before[name]]
            return f"changed: {changed}" if changed and not done else ""

        yield Task(out, begin, lambda: write_report(visit, out, pdf=pdf), fault)


@contextmanager
def backing_up(folder: Path) -> Iterator[Task]:
    """A backup of a visit that was edited since the last one."""
    path, place = _visit(folder), BackupPlace(folder / "backups", chosen=True)
    place.folder.mkdir()
    count, before = itertools.count(1), dict[str, bytes]()
    library = BackupFolder(place.folder)

    def begin() -> None:
        nonlocal before
        with opened(path) as visit:
            photo = folder / "photo.jpg"
            photo.write_bytes(noise_jpeg(64, 48) + f"{next(count)}".encode())
            attach(visit, LEVELS[0], [photo])
        before = contents(place.folder)

    def fault(done: bool) -> str:
        records = [one for visit in library.visits() for one in visit.records()]
        if any(open_record(one.path).missing(library.evidence) for one in records):
            return "a backup lacks evidence"
        after = contents(place.folder)
        kept = {name for name in before if not name.endswith(ABOUT)}
        # Older ones are thinned out, but only once a new one is there.
        thinned = set() if done or after.keys() - before.keys() else kept - after.keys()
        changed = [name for name in kept & after.keys() if after[name] != before[name]]
        return f"changed: {changed}, gone: {thinned}" if changed or thinned else ""

    yield Task(place.folder, begin, lambda: back_up(path, place), fault)


TASKS: Mapping[str, Callable[[Path], AbstractContextManager[Task]]] = {
    "saving": saving,
    "attaching": attaching,
    "exporting": exporting,
    "backing up": backing_up,
}


# --- meeting the trouble --------------------------------------------------------------------------


@dataclass
class Figures:
    """What came of trouble at many calls."""

    calls: int = 0
    troubles: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    endured: int = 0
    wrong: list[str] = field(default_factory=list)


def meet(switch: Switch, task: Task, trouble: Trouble) -> AssessorError | None:
    """Do the task in trouble; return what was said, `None` when it was done all the same."""
    task.begin()
    with in_trouble(switch, trouble):
        try:
            task.do()
        except AssessorError as error:
            return error
    return None


def sweep(
    make: Callable[[Path], AbstractContextManager[Task]],
    folder: Path,
    choose: Callable[[int], Iterable[int]],
    kinds: Iterable[Kind] = KINDS,
) -> Figures:
    """Let a task meet every kind of trouble at the calls that `choose` picks of so many."""
    figures = Figures()
    folder.mkdir()
    with under_databases() as switch, make(folder) as task:
        counting = Trouble("EIO", 0, task.folder)
        meet(switch, task, counting)
        figures.calls = counting.calls
        for kind, at in itertools.product(kinds, choose(counting.calls)):
            _one(switch, task, Trouble(kind, at, task.folder), figures)
    return figures


def _one(switch: Switch, task: Task, trouble: Trouble, figures: Figures) -> None:
    where = f"{trouble.kind} at call {trouble.at}"
    figures.troubles += 1
    error = meet(switch, task, trouble)
    faults = [task.fault(error is None)]
    if error is None:
        figures.endured += 1
    else:
        figures.refused[error.message.key] += 1
        faults.append(_unclear(error, task))
        faults.append(_again(task))
    figures.wrong += [f"{where}: {fault}" for fault in faults if fault]


def _unclear(error: AssessorError, task: Task) -> str:
    zh, en = error.text("zh"), error.text("en")
    named = all(task.folder.name in said or FILE in said for said in (zh, en))
    return "" if zh and en and zh != en and named else f"unclear: {zh} / {en}"


def _again(task: Task) -> str:
    try:
        task.do()
    except AssessorError as error:
        return f"not possible again: {error.text('en')}"
    return task.fault(True)
