"""The files to be taken in: folders walked to the bottom, links not followed, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assessor.bureau.intake.container import not_meant
from assessor.bureau.intake.reasons import skipped
from assessor.bureau.records import Finding


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that was found; with `passed_over` it is not even opened.

    `name` is its path below the folder it was found in, with `/` between the parts. `size` and
    `changed` (nanoseconds) are as they were when it was found.
    """

    path: Path
    name: str
    size: int
    changed: int
    passed_over: Finding | None = None


def files_in(places: Sequence[Path]) -> list[FoundFile]:
    """Return the files in folders (to the bottom) and those named themselves, sorted by name.

    With several places the names begin with that of the folder; no two files have the same name.
    Folders that cannot be read are entries of their own.
    """
    several = len(places) > 1
    found: list[FoundFile] = []
    for place in places:
        if place.is_dir():
            prefix = f"{place.resolve().name}/" if several else ""
            found += (_named(path, place, prefix) for path in _walked(place))
        else:
            found.append(_found(place, place.name))
    return list(_told_apart(sorted(found, key=lambda one: (one.name, str(one.path)))))


def _told_apart(found: list[FoundFile]) -> Iterator[FoundFile]:
    """Yield the files, those of a name that was there before with a number after it."""
    times = Counter(one.name for one in found)
    seen: Counter[str] = Counter()
    for one in found:
        seen[one.name] += 1
        number = seen[one.name]
        while number > 1 and times[f"{one.name} ({number})"]:
            number += 1
        name = one.name if number == 1 else f"{one.name} ({number})"
        times[name] += number > 1
        yield one if number == 1 else replace(one, name=name)


def _walked(folder: Path) -> Iterator[Path]:
    unreadable: list[str] = []

    def refused(error: OSError) -> None:
        unreadable.append(error.filename)

    for at, folders, files in os.walk(folder, onerror=refused):
        links = [name for name in folders if (Path(at) / name).is_symlink()]
        for name in (*files, *links):
            yield Path(at) / name
    yield from map(Path, unreadable)


def _named(path: Path, folder: Path, prefix: str) -> FoundFile:
    return _found(path, prefix + path.relative_to(folder).as_posix())


def _found(path: Path, given: str) -> FoundFile:
    # Some systems allow names that are no text; those are written with what they have instead.
    name = given.encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        status = path.lstat()
    except OSError:
        return FoundFile(path, name, 0, 0, skipped("container", "vanished"))
    return FoundFile(path, name, status.st_size, status.st_mtime_ns, _passed_over(status, name))


def _passed_over(status: os.stat_result, name: str) -> Finding | None:
    if stat.S_ISLNK(status.st_mode):
        return skipped("container", "symlink")
    if stat.S_ISDIR(status.st_mode):
        return skipped("container", "unreadable_folder")
    if not stat.S_ISREG(status.st_mode):
        return skipped("container", "other_file", suffix="-")
    return not_meant(name)
