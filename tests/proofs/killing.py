"""Programs that work on files until they are killed, and what has to be true of the files then.

Each kind of work runs in a forked child that writes one number a line into a pipe as soon as the
step with that number was acknowledged. The parent kills it with SIGKILL at a random moment and
checks. Needs `fork`, so not for Windows; to be run in a process that has no other threads.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import select
import signal
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from assessor.assessment import Answer, Enterprise, PanelMember, Visit
from assessor.commands.answers import set_answer
from assessor.commands.proofs import add_evidence
from assessor.storage.backups.library import BackupFolder
from assessor.storage.backups.reading import open_record
from assessor.storage.evidence import read_evidence
from assessor.storage.file import open_file
from assessor.storage.writer import Writer
from assessor.workspace.backups import BackupPlace, back_up
from assessor.workspace.panel_edits import merge_files
from assessor.workspace.panel_files import bring_in, own_member
from assessor.workspace.reports import write_report
from assessor.workspace.verification import verify_files
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped
from tests.unit.storage.samples import NOW, evidence, new_file, noise_jpeg, note, photo_source

Acknowledge = Callable[[int], None]
LOADED = shipped("digital_workshop")
LEVELS = [one.id for one in LOADED.rubric.every_criterion if one.rule.kind == "levels"]
PHOTO_SIZE = 60_000
AT_OPENING = 0.1
"""Share of the kills that do not wait until a first step was acknowledged."""
PATIENCE = 60.0
FILE = "visit.assessment"
FIRM = Enterprise(name="宁波甬示精密机械有限公司")


class LostError(AssertionError):
    """Something acknowledged is not there, or a file is broken."""


def require(true: object, what: str) -> None:
    if not true:
        raise LostError(what)


def rest(acknowledge: Acknowledge) -> None:
    """Everything is done: wait for the kill."""
    acknowledge(len(LEVELS) - 1)
    signal.pause()


def photo_bytes(number: int) -> bytes:
    return hashlib.shake_128(str(number).encode()).digest(PHOTO_SIZE)


# --- editing: answers, and evidence that is in memory already -------------------------------------


def prepare_editing(folder: Path) -> None:
    new_file(folder / FILE).close()


def edit(folder: Path, acknowledge: Acknowledge) -> None:
    with Writer(folder / FILE) as writer:
        record = writer.assessment
        for number in itertools.count(len(record.answers) + len(record.evidence)):
            if number % 5 == 4:
                data = photo_bytes(number)
                step, sources = add_evidence([evidence(f"e{number}", data)]), [photo_source(data)]
            else:
                step = set_answer(f"k{number}", Answer(option="A", note=str(number)))
                sources = []
            record = step.apply(record)
            writer.commit(record, note(number), sources).result()
            acknowledge(number)


def check_editing(folder: Path, numbers: list[int]) -> None:
    with open_file(folder / FILE) as file:
        require(file.check_whole() == (), "the file is broken")
        pictures = {item.id: item.sha256 for item in file.assessment.evidence}
        for number in numbers:
            if number % 5 == 4:
                require(f"e{number}" in pictures, f"photo {number} is lost")
            else:
                answer = file.assessment.answers.get(f"k{number}")
                require(answer and answer.note == str(number), f"answer {number} is lost")
        head = file.history_head()
        require(head and head.entries >= len(numbers) + 1, "steps of the history are lost")


# --- attaching: pictures looked at and stored from files ------------------------------------------


def prepare_attaching(folder: Path) -> None:
    prepare_editing(folder)
    for number in range(4):
        (folder / f"IMG_{number}.jpg").write_bytes(noise_jpeg(160, 120, number))


def attach(folder: Path, acknowledge: Acknowledge) -> None:
    with Writer(folder / FILE) as writer:
        record = writer.assessment
        base = (folder / "IMG_0.jpg").read_bytes()
        for number in itertools.count(len(record.evidence)):
            photo = folder / "new.jpg"
            photo.write_bytes(base + photo_bytes(number))
            found = read_evidence(photo)
            record = add_evidence([found.item(f"e{number}", NOW)]).apply(record)
            writer.commit(record, note(number), [found.source]).result()
            acknowledge(number)


def check_attaching(folder: Path, numbers: list[int]) -> None:
    base = (folder / "IMG_0.jpg").read_bytes()
    with open_file(folder / FILE) as file:
        require(file.check_whole() == (), "the file is broken")
        pictures = {item.id: item.sha256 for item in file.assessment.evidence}
        require({f"e{number}" for number in numbers} <= pictures.keys(), "a photo is lost")
        for number in numbers[-2:]:
            data = file.read_blob(pictures[f"e{number}"])
            require(data == base + photo_bytes(number), f"photo {number} has other bytes")


# --- merging: another expert's file taken over again and again ------------------------------------


def prepare_merging(folder: Path) -> None:
    people = (
        PanelMember(id="zhang", name="张伟", role="leader"),
        PanelMember(id="li", name="李娜"),
    )
    for name in (FILE, "李娜.assessment"):
        path = new_visit(folder / name, LOADED, FIRM, Visit(panel=people))
        os.utime(path)


def merge(folder: Path, acknowledge: Acknowledge) -> None:
    with opened(folder / FILE) as own:
        start = len(own.assessment.answers)
    for number in range(start, len(LEVELS)):
        with opened(folder / "李娜.assessment") as other:
            other.do(set_answer(LEVELS[number], Answer(option="L2", note=str(number))))
        with opened(folder / FILE) as own:
            brought = bring_in(folder / "李娜.assessment", own.assessment)
            posting = merge_files(own.assessment, own_member(own.assessment, "x"), [brought])
            step = posting.make_edit(own.assessment)
            require(step and own.do(step, posting.sources), "merging changed nothing")
        acknowledge(number)
    rest(acknowledge)


def check_merging(folder: Path, numbers: list[int]) -> None:
    for name in (FILE, "李娜.assessment"):
        with open_file(folder / name) as file:
            require(file.check_whole() == (), f"{name} is broken")
            answers = file.assessment.answers
            for number in numbers:
                answer = answers.get(LEVELS[number])
                require(answer and answer.note == str(number), f"merged answer {number} is lost")


# --- exporting: an edit, then PDF and workbook over the older ones --------------------------------


def prepare_exporting(folder: Path) -> None:
    # Here already, or every child would load them anew.
    for module in ("build.document", "excel", "pdf", "verify"):
        import_module(f"assessor.reports.{module}")
    new_visit(folder / FILE, LOADED, FIRM, Visit())


def export(folder: Path, acknowledge: Acknowledge) -> None:
    with opened(folder / FILE) as visit:
        start = len(visit.assessment.answers)
        for number in range(start, len(LEVELS)):
            visit.do(set_answer(LEVELS[number], Answer(option="L2", note=str(number))))
            acknowledge(number)
            write_report(visit, folder / "out", pdf=number % 4 == 3)
    rest(acknowledge)


def check_exporting(folder: Path, numbers: list[int]) -> None:
    with open_file(folder / FILE) as file:
        require(file.check_whole() == (), "the file is broken")
        answers = file.assessment.answers
        require({LEVELS[number] for number in numbers} <= answers.keys(), "an answer is lost")
    # Only a workbook has its data inside; a PDF is read to its last page.
    for book in (folder / "out").glob("[!.]*.xlsx"):
        (check,) = verify_files([book])
        require(check.verification and check.verification.holds, f"{book.name} does not hold")
    for pdf in (folder / "out").glob("[!.]*.pdf"):
        require(pdf.read_bytes().rstrip().endswith(b"%%EOF"), f"{pdf.name} is cut off")


# --- backups: every one that has a name opens -----------------------------------------------------


def back_up_often(folder: Path, acknowledge: Acknowledge) -> None:
    place = BackupPlace(folder, chosen=True)
    with open_file(folder / FILE) as file:
        start = len(file.assessment.answers) + len(file.assessment.evidence)
    for number in itertools.count(start):
        with open_file(folder / FILE) as file:
            data = photo_bytes(number)
            step = add_evidence([evidence(f"e{number}", data)])
            file.commit(step.apply(file.assessment), note(number), [photo_source(data)])
        made = back_up(folder / FILE, place)
        require(not made.missing, "the backup lacks evidence")
        acknowledge(number)


def check_backups(folder: Path, numbers: list[int]) -> None:
    library = BackupFolder(folder)
    kept: set[str] = set()
    for visit in library.visits():
        for record in visit.records():
            found = open_record(record.path)
            require(not found.missing(library.evidence), "a backup lacks evidence")
            kept |= {item.id for item in found.assessment.evidence}
    require({f"e{number}" for number in numbers} <= kept, "a backup that was announced is lost")


# --- killing --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """A kind of work: its files, what it does until killed, how it is checked, its pace."""

    prepare: Callable[[Path], None]
    work: Callable[[Path, Acknowledge], None]
    check: Callable[[Path, list[int]], None]
    window: float
    """Seconds within which the kill comes, after the first step was acknowledged."""
    fresh_after: int = 25
    """Kills after which new files are begun, or checking them would take longer and longer."""


JOBS = {
    "editing": Job(prepare_editing, edit, check_editing, 0.05),
    "attaching": Job(prepare_attaching, attach, check_attaching, 0.08),
    "merging": Job(prepare_merging, merge, check_merging, 0.5, 6),
    "exporting": Job(prepare_exporting, export, check_exporting, 1.5, 6),
    "backups": Job(prepare_editing, back_up_often, check_backups, 0.15),
}


@dataclass
class Figures:
    """What came of killing one kind of work so many times."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)


def kill_often(
    name: str,
    times: int,
    folder: Path,
    chance: random.Random,
    jobs: Mapping[str, Job] = JOBS,
) -> Figures:
    """Kill one kind of work `times` times and check after each; what was lost is in the figures."""
    job, figures = jobs[name], Figures()
    place, numbers = folder, []
    for turn in range(times):
        if turn % job.fresh_after == 0:
            place, numbers = folder / f"{name}-{turn}", []
            place.mkdir()
            job.prepare(place)
        # Now and then the kill comes while the files are still being opened.
        first = 0.0 if chance.random() < AT_OPENING else PATIENCE
        figures.kills += 1
        try:
            new = acknowledged_until_killed(job, place, first, chance.uniform(0, job.window))
            numbers += new
            figures.acknowledged += len(new)
            job.check(place, numbers)
        except Exception:  # whatever it is, it is the finding
            figures.lost.append(f"{name}, kill {turn + 1}: {traceback.format_exc()}")
            numbers = []
    return figures


def acknowledged_until_killed(job: Job, place: Path, first: float, more: float) -> list[int]:
    """Let a child work and kill it: at most `first` seconds for its first step, `more` after it.

    Return the numbers it said were done.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work_until_killed(job, place, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        select.select([pipe], [], [], first)
        time.sleep(more)
        os.kill(child, signal.SIGKILL)
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    require(os.WIFSIGNALED(status), "the child ended by itself")
    return [int(line) for line in said.splitlines(keepends=True) if line.endswith(b"\n")]


def _work_until_killed(job: Job, place: Path, pipe: int) -> None:
    try:
        job.work(place, lambda number: (os.write(pipe, f"{number}\n".encode()), None)[1])
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(3)
