"""Making a visit, restoring a backup, sealing and unsealing, each with trouble at a chosen call.

What has to hold: under the new name stands the whole file or nothing, nothing begun is left beside
it, everything that was there before is as it was, and the same works once the trouble is over.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from assessor.assessment import Enterprise, GateAnswer, Visit
from assessor.exchange.sealing import Passphrase, Work, unseal_bytes
from assessor.storage.file import open_file
from assessor.workspace.backups import BackupPlace, back_up, find_backup, restore_backup
from assessor.workspace.evidence import attach
from assessor.workspace.new_visits import VisitPlan, create_visit
from assessor.workspace.sealing import seal, unseal
from assessor.workspace.visits import new_visit, opened
from tests.proofs.mishaps import LEVELS, LOADED, Task, contents
from tests.unit.storage.samples import noise_jpeg

FIRM = Enterprise(name="宁波甬示精密机械有限公司")
WORDS = Passphrase("correct horse battery")
QUICK = Work(8, 1, 1)
CONTENT = b"0123456789abcdef" * 10_000


@contextmanager
def _made_anew(
    place: Path,
    suffixes: tuple[str, ...],
    make: Callable[[Path], object],
    whole: Callable[[Path], str],
) -> Iterator[Task]:
    """Make one file after the other in `place`, each under a name of its own.

    `make` is given the name; it makes the files of that name with each of `suffixes`. `whole` says
    what is wrong with the first of them; where there are more it may stand alone, whole, after a
    failure, and is moved away then.
    """
    numbers, stem, before = itertools.count(1), place / "new-0", contents(place)

    def begin() -> None:
        nonlocal stem, before
        stem, before = place / f"new-{next(numbers)}", contents(place)

    def fault(done: bool) -> str:
        made = [stem.with_name(stem.name + suffix) for suffix in suffixes]
        after = contents(place)
        new = after.keys() - before.keys()
        alone = not done and len(made) > 1 and new == {made[0].name}
        if not alone and new != ({path.name for path in made} if done else set()):
            return f"files are left: {sorted(new)}"
        changed = [name for name in before if after.get(name) != before[name]]
        said = f"changed: {changed}" if changed else whole(made[0]) if new else ""
        if alone:
            made[0].unlink()
        return said

    yield Task(place, begin, lambda: make(stem), fault)


def _whole_visit(path: Path) -> str:
    with open_file(path, read_only=True) as file:
        damaged = file.check_whole() or file.verify_history()
        return "the visit is not whole" if damaged or file.assessment.enterprise != FIRM else ""


@contextmanager
def creating(folder: Path) -> Iterator[Task]:
    """A planned visit with a gate answered, beside an older one: its file is written twice."""
    place = folder / "visits"
    place.mkdir()
    new_visit(place / "older.assessment", LOADED, FIRM, Visit())
    declared = next(one for one in LOADED.rubric.gates if one.check.kind == "declared")
    gates = {declared.id: GateAnswer.model_validate({"pass": True})}
    plan = VisitPlan(LOADED, "", "", "", FIRM, gates=gates)

    def make(stem: Path) -> None:
        create_visit(plan, stem.with_name(f"{stem.name}.assessment"))

    def whole(path: Path) -> str:
        with open_file(path, read_only=True) as file:
            if dict(file.assessment.gates) != gates:
                return "the gates are not in the visit"
        return _whole_visit(path)

    with _made_anew(place, (".assessment",), make, whole) as task:
        yield task


@contextmanager
def restoring(folder: Path) -> Iterator[Task]:
    """The backup of a visit with two photographs."""
    path, place = folder / "visit.assessment", BackupPlace(folder / "backups", chosen=True)
    place.folder.mkdir()
    (folder / "restored").mkdir()
    new_visit(path, LOADED, FIRM, Visit())
    with opened(path) as visit:
        photos = [folder / "one.jpg", folder / "two.jpg"]
        for size, photo in enumerate(photos, 48):
            photo.write_bytes(noise_jpeg(64, size))
        attach(visit, LEVELS[0], photos)
        wanted = visit.assessment
    back_up(path, place)
    record = find_backup(place, wanted.id)

    def make(stem: Path) -> None:
        restore_backup(record, place, stem.with_name(f"{stem.name}.assessment"))

    def whole(target: Path) -> str:
        with open_file(target, read_only=True) as file:
            if file.assessment != wanted:
                return "the visit is not the one that was backed up"
        return _whole_visit(target)

    with _made_anew(folder / "restored", (".assessment",), make, whole) as task:
        yield task


@contextmanager
def sealing(folder: Path) -> Iterator[Task]:
    """A file with three chunks, sealed with a passphrase and a recovery sheet.

    Two files cannot get their names in one step: where the folder vanishes in between, the sealed
    file is there and whole, and has to be moved away before the same can be done again.
    """
    place, source = folder / "sealed", folder / "report.xlsx"
    place.mkdir()
    source.write_bytes(CONTENT)

    def make(stem: Path) -> None:
        target, sheet = (stem.with_name(stem.name + suffix) for suffix in (".sealed", ".pdf"))
        seal(source, target, passphrase=WORDS, recovery_sheet=sheet, work=QUICK)

    def whole(target: Path) -> str:
        good = unseal_bytes(target.read_bytes(), WORDS) == CONTENT
        return "" if good else "not what was sealed"

    with _made_anew(place, (".sealed", ".pdf"), make, whole) as task:
        yield task


@contextmanager
def unsealing(folder: Path) -> Iterator[Task]:
    """A sealed file, opened again and again."""
    place, source = folder / "opened", folder / "report.xlsx"
    place.mkdir()
    source.write_bytes(CONTENT)
    sealed = seal(source, passphrase=WORDS, work=QUICK).file

    def make(stem: Path) -> None:
        unseal(sealed, stem.with_name(f"{stem.name}.xlsx"), WORDS)

    def whole(target: Path) -> str:
        return "" if target.read_bytes() == CONTENT else "not what was sealed"

    with _made_anew(place, (".xlsx",), make, whole) as task:
        yield task


NEW_FILES: Mapping[str, Callable[[Path], AbstractContextManager[Task]]] = {
    "creating": creating,
    "restoring": restoring,
    "sealing": sealing,
    "unsealing": unsealing,
}
