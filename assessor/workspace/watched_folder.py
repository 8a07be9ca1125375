"""A folder into which a phone or camera puts its pictures: what is new in it, once it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assessor.errors import AssessorError
from assessor.i18n import message

MOST_FILES = 20_000
TAKEN = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".bmp", ".tif", ".tiff"})
"""Endings of the files that are taken in by themselves; others are brought in by hand."""

Stamp = tuple[int, int]
"""Size and time of change (nanoseconds) of a file."""


@dataclass(frozen=True)
class FolderState:
    """What is known of a folder: files seen last time, and those already handed on.

    `None` for `handed` means that nothing is known yet: what lies there then is not new.
    """

    seen: Mapping[str, Stamp] = field(default_factory=dict)
    handed: Mapping[str, Stamp] | None = None


@dataclass(frozen=True)
class Scan:
    """New whole files, in order of their names, and the state for the next look.

    `earlier` are the files that lay there at the first look.
    """

    state: FolderState
    new: tuple[Path, ...] = ()
    earlier: tuple[Path, ...] = ()


def scan(folder: Path, state: FolderState) -> Scan:
    """Look into a folder (not below it). A file is whole when it stayed the same since last time.

    Raises `AssessorError` when the folder is not there or holds too many files.
    """
    stamps = _stamps(folder)
    if state.handed is None:
        files = tuple(folder / name for name in sorted(stamps))
        return Scan(FolderState(stamps, stamps), earlier=files)
    fresh = sorted(
        name
        for name, stamp in stamps.items()
        if state.handed.get(name) != stamp and state.seen.get(name) == stamp
    )
    handed = {name: stamp for name, stamp in state.handed.items() if name in stamps}
    handed |= {name: stamps[name] for name in fresh}
    return Scan(FolderState(stamps, handed), tuple(folder / name for name in fresh))


def _stamps(folder: Path) -> dict[str, Stamp]:
    found: dict[str, Stamp] = {}
    try:
        for entry in folder.iterdir():
            if entry.suffix.lower() not in TAKEN or entry.name.startswith("."):
                continue
            if (stamp := _stamp(entry)) is not None:
                found[entry.name] = stamp
            if len(found) > MOST_FILES:
                raise AssessorError(
                    message("ui_evidence.watch_too_many", folder=str(folder), limit=MOST_FILES)
                )
    except OSError as error:
        raise AssessorError(message("ui_evidence.watch_gone", folder=str(folder))) from error
    return found


def _stamp(path: Path) -> Stamp | None:
    """Return the stamp of a filled file; one that went meanwhile or is empty has none."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return (facts.st_size, facts.st_mtime_ns) if facts.st_size and path.is_file() else None
