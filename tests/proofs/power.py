"""A power cut at any moment of a session, as a disk with a cache leaves the files behind.

While the storage code works, every write, sync and deletion that its SQLite asks for is recorded,
and when each step was acknowledged. From that record the folder is put together as it may be found
after the power failed at some moment: what was synced is there; of what was not, any part may be,
in any order, down to single sectors, torn ones among them. A new name is sure once its file was
synced, a deletion once it was asked to be durable.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.commands.proofs import add_evidence
from assessor.errors import AssessorError
from assessor.storage.file import AssessmentFile, open_file
from tests.proofs.vfs import OK, Layer, layered
from tests.unit.storage.samples import evidence, new_file, note, photo_source

SECTOR = 512
FILE = "a.assessment"


@dataclass(frozen=True)
class Op:
    """Something not yet on the disk: bytes at an offset, or a new length (`data` is `None`)."""

    offset: int
    data: bytes | None


@dataclass
class Inode:
    """A file without its name: what is on the disk for sure, and what is only in the cache."""

    content: bytearray = field(default_factory=bytearray)
    waiting: list[Op] = field(default_factory=list)


def apply(content: bytearray, op: Op) -> None:
    end = op.offset + len(op.data or b"")
    if op.data is None:
        del content[end:]
    content.extend(bytes(max(0, end - len(content))))
    if op.data is not None:
        content[op.offset : end] = op.data


Change = Callable[["Disk"], None]


@dataclass
class Disk:
    """Files by name, as the program sees them (`now`) and as the disk has them for sure."""

    now: dict[str, Inode] = field(default_factory=dict)
    sure: dict[str, Inode] = field(default_factory=dict)
    acknowledged: int = 0

    def make(self, name: str) -> None:
        self.now[name] = Inode()

    def add(self, name: str, op: Op) -> None:
        self.now[name].waiting.append(op)

    def sync(self, name: str) -> None:
        inode = self.now[name]
        for op in inode.waiting:
            apply(inode.content, op)
        inode.waiting.clear()
        self.sure[name] = inode

    def delete(self, name: str, *, durably: bool) -> None:
        self.now.pop(name, None)
        if durably:
            self.sure.pop(name, None)

    def acknowledge(self) -> None:
        self.acknowledged += 1


class Recorder(Layer):
    """Keeps what is asked of the disk as changes that can be made again."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def opening(self, path: str, *, makes: bool) -> int:
        if makes:
            self.changes.append(lambda disk: disk.make(Path(path).name))
        return OK

    def writing(self, path: str, data: bytes, offset: int) -> int:
        op = Op(offset, data)
        self.changes.append(lambda disk: disk.add(Path(path).name, op))
        return OK

    def cutting(self, path: str, size: int) -> int:
        self.changes.append(lambda disk: disk.add(Path(path).name, Op(size, None)))
        return OK

    def syncing(self, path: str) -> int:
        self.changes.append(lambda disk: disk.sync(Path(path).name))
        return OK

    def deleting(self, path: str, *, durably: bool) -> int:
        self.changes.append(lambda disk: disk.delete(Path(path).name, durably=durably))
        return OK

    def acknowledged(self) -> None:
        self.changes.append(lambda disk: disk.acknowledge())


@dataclass(frozen=True)
class Session:
    """A file as it was before, and everything that was asked of the disk afterwards.

    `fault` says what is wrong with the file found after so many acknowledged steps, nothing when
    all is well.
    """

    file: str
    before: bytes
    changes: Sequence[Change]
    fault: Callable[[Path, int], str]


def photo(number: int, size: int) -> bytes:
    return hashlib.shake_128(str(number).encode()).digest(size)


def record_session(folder: Path, edits: int, sizes: Sequence[int]) -> Session:
    """Edit a file; every third step brings a photo, of each of `sizes` in turn."""
    path = folder / FILE
    new_file(path).close()
    before = path.read_bytes()
    recorder = Recorder()
    photos: list[bytes] = []
    with layered(recorder), open_file(path) as file:
        for number in range(edits):
            if number % 3 == 2:
                data = photo(number, sizes[number // 3 % len(sizes)])
                photos.append(data)
                step, sources = add_evidence([evidence(f"e{number}", data)]), [photo_source(data)]
            else:
                step = set_answer(f"k{number % 7}", Answer(option="A", note=str(number)))
                sources = []
            file.commit(step.apply(file.assessment), note(number), sources)
            recorder.acknowledged()
    return Session(FILE, before, recorder.changes, partial(_fault, photos))


# --- the moment after -----------------------------------------------------------------------------


def left_behind(disk: Disk, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents as they may be found after a power cut now."""
    kept = chance.choice((0.0, 1.0, 0.5, 0.9, 0.1))
    for name in {**disk.sure, **disk.now}:
        sure, now = disk.sure.get(name), disk.now.get(name)
        found = sure if sure is now else chance.choice((sure, now))
        if found is not None:
            yield name, _survived(found, kept, chance)


def _survived(inode: Inode, kept: float, chance: random.Random) -> bytes:
    content = bytearray(inode.content)
    pieces = [piece for op in inode.waiting for piece in _sectors(op)]
    if chance.random() < 0.5:
        chance.shuffle(pieces)
    for piece in pieces:
        if chance.random() < kept:
            apply(content, piece)
        elif piece.data and chance.random() < 0.1:
            torn = chance.randrange(len(piece.data))
            apply(content, Op(piece.offset, piece.data[:torn]))
    return bytes(content)


def _sectors(op: Op) -> Iterator[Op]:
    if op.data is None:
        yield op
        return
    start = 0
    while start < len(op.data):
        end = start + SECTOR - (op.offset + start) % SECTOR
        yield Op(op.offset + start, op.data[start:end])
        start = end


def cut_often(session: Session, times: int, folder: Path, seed: int) -> list[str]:
    """Cut the power at `times` moments of a session; return what was wrong afterwards."""
    chance = random.Random(seed)  # noqa: S311 (no secret: what a cut leaves)
    moments = sorted(chance.randrange(len(session.changes) + 1) for _ in range(times))
    disk, done, wrong = _at_start(session), 0, []
    for turn, moment in enumerate(moments):
        for change in session.changes[done:moment]:
            change(disk)
        done = moment
        place = folder / f"cut-{turn}"
        place.mkdir()
        for name, content in left_behind(disk, chance):
            (place / name).write_bytes(content)
        if fault := session.fault(place / session.file, disk.acknowledged):
            wrong.append(f"cut {turn} at change {moment} of {len(session.changes)}: {fault}")
        shutil.rmtree(place)
    return wrong


def _at_start(session: Session) -> Disk:
    inode = Inode(bytearray(session.before))
    return Disk({session.file: inode}, {session.file: inode})


def _fault(photos: Sequence[bytes], path: Path, acknowledged: int) -> str:
    """Return what is wrong with a visit after the cut, nothing when all is well."""
    try:
        with open_file(path) as file:
            if problems := file.check_whole():
                return f"broken: {problems}"
            return _missing(file, photos, acknowledged)
    except AssessorError as error:
        return f"does not open: {error}"


def _missing(file: AssessmentFile, made: Sequence[bytes], acknowledged: int) -> str:
    head = file.history_head()
    if head is None or head.entries - 1 not in {acknowledged, acknowledged + 1}:
        return f"{head} after {acknowledged} acknowledged steps"
    photos = acknowledged // 3
    for item, data in zip(file.assessment.evidence[:photos], made, strict=False):
        if file.read_blob(item.sha256) != data:
            return f"{item.id} has other bytes"
    if len(file.assessment.evidence) < photos:
        return f"{len(file.assessment.evidence)} of {photos} photos"
    return ""
