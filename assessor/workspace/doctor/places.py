"""Folders: are they there, may they be written to, is there room, do others keep out."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assessor.i18n import message
from assessor.settings import load_settings
from assessor.workspace.doctor.line import Line, Machine, State, advised, fine

LITTLE = 1_000_000_000
"""Bytes below which a warning is due: a long visit has that many in photographs."""
NEXT_TO_NOTHING = 100_000_000
"""Bytes below which nothing more should be begun."""

_MB = 1_000_000


def own_folder(machine: Machine) -> Iterator[Line]:
    """Look at the folder of settings, keys and what is remembered."""
    yield _written("own_folder", machine.own, make=True)
    if _open_to_others(machine.own):
        said = message("doctor.exposed", folder=str(machine.own))
        yield advised("own_folder", "warning", said, "exposed")


def settings(machine: Machine) -> Iterator[Line]:
    """Look whether the settings can be read."""
    loaded = load_settings(machine.settings)
    for notice in loaded.notices:
        yield advised("settings", "warning", notice, "settings_reset")
    if not loaded.notices:
        chosen = loaded.settings
        facts = {"language": chosen.language, "theme": chosen.theme}
        yield fine("settings", message("doctor.settings_fine"), **facts)


def backup_folder(machine: Machine) -> Iterator[Line]:
    """Look at the folder of backups; one that is chosen and gone is a problem."""
    place = machine.backups()
    if place.chosen and not place.folder.is_dir():
        said = message("doctor.folder_gone", folder=str(place.folder))
        yield advised("backup_folder", "problem", said, "folder_gone")
    else:
        yield _written("backup_folder", place.folder, make=not place.chosen)


def temporary_folder(_: Machine) -> Iterator[Line]:
    """Look at the folder for files that are only needed for a moment."""
    try:
        folder = Path(tempfile.gettempdir())
    except OSError as error:
        yield _unwritable("temporary_folder", "-", error)
    else:
        yield _written("temporary_folder", folder, make=False)


def space(machine: Machine) -> Iterator[Line]:
    """Look how much room is left where visits, settings and backups are."""
    for folder in dict.fromkeys((machine.own, machine.backups().folder)):
        there = _existing(folder)
        try:
            free = shutil.disk_usage(there).free
        except OSError:
            # What keeps it from being looked at is said where the folder itself is.
            continue
        values = {"free": f"{free // _MB:,} MB", "folder": str(there)}
        if free < LITTLE:
            said = message("doctor.space_low", **values)
            state: State = "problem" if free < NEXT_TO_NOTHING else "warning"
            yield Line("space", state, said, message("doctor.space_low_advice"), _megabytes(free))
        else:
            yield fine("space", message("doctor.space", **values), **_megabytes(free))


def _megabytes(size: int) -> dict[str, str]:
    return {"free_mb": str(size // _MB)}


def _existing(folder: Path) -> Path:
    """Return the folder or the nearest one above it that is there."""
    return next(one for one in (folder, *folder.absolute().parents) if one.is_dir())


def _written(area: str, folder: Path, *, make: bool) -> Line:
    """Write a file into the folder, read it and take it away again."""
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".check-up-") as file:
            file.write(b"check")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return _unwritable(area, str(folder), error)
    return fine(area, message("doctor.writable", folder=str(folder)))


def _unwritable(area: str, folder: str, error: OSError) -> Line:
    kind = type(error).__name__
    said = message("doctor.unwritable", folder=folder, reason=error.strerror or kind)
    return advised(area, "problem", said, "unwritable", error=kind)


def _open_to_others(folder: Path) -> bool:
    if os.name == "nt":
        # There the rights of the profile's folder hold, which are not told by these bits.
        return False
    try:
        return bool(folder.stat().st_mode & stat.S_IWOTH)
    except OSError:
        return False
