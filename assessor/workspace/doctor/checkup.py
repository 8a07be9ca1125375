"""All that is looked at, in its order, and the archive for support."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assessor.i18n import message
from assessor.paths import user_folder
from assessor.settings import settings_path
from assessor.storage.atomic import aside, ensure_new, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.doctor import database, own_keys, places, software, time, trial
from assessor.workspace.doctor.line import Line, Machine, advised

Check = Callable[[Machine], Iterator[Line]]
Step = Callable[[int, int], None]

CHECKS: Sequence[tuple[str, Check]] = (
    ("program", software.program),
    ("libraries", software.libraries),
    ("fonts", software.fonts),
    ("rubrics", software.rubrics),
    ("own_folder", places.own_folder),
    ("settings", places.settings),
    ("backup_folder", places.backup_folder),
    ("temporary_folder", places.temporary_folder),
    ("space", places.space),
    ("sqlite", database.sqlite),
    ("pragmas", database.pragmas),
    ("keys", own_keys.keys),
    ("clock", time.clock),
    ("time_zone", time.time_zone),
    ("export", trial.trial),
)
"""By the area that is blamed when the check itself fails."""

DEFECTS = "defects"
_MOST_DEFECTS = 20
_DEFECT_NAME = re.compile(r"[0-9]{8}-[0-9]{6}", re.ASCII)
_KIND = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,80}", re.ASCII)
_FRAME = re.compile(r"assessor/[a-z_/]{1,80}\.py:[0-9]{1,6} [A-Za-z_<>]{1,80}", re.ASCII)


def this_machine() -> Machine:
    """Return the machine as the program finds it."""
    return Machine(user_folder(), settings_path())


def check_up(machine: Machine, step: Step = lambda _done, _total: None) -> tuple[Line, ...]:
    """Look at everything; a check that fails itself is a line too. `step` may end it by raising."""
    lines: list[Line] = []
    for number, (area, check) in enumerate(CHECKS):
        step(number, len(CHECKS))
        try:
            lines += check(machine)
        except Exception as defect:
            kind = type(defect).__name__
            said = message("doctor.crashed", kind=kind)
            lines.append(advised(area, "problem", said, "reinstall", crashed=kind))
    step(len(CHECKS), len(CHECKS))
    return tuple(lines)


def write_bundle(lines: Sequence[Line], machine: Machine, target: Path) -> None:
    """Write the archive for support; raises `StorageError`, also when `target` is there already.

    It holds states, message keys and facts of the lines and where the program failed, in its own
    files alone: no words that could quote a visit, a path or a person.
    """
    ensure_new(target)
    data = [
        {
            "area": line.area,
            "state": line.state,
            "found": line.said.key,
            "facts": dict(line.facts),
        }
        for line in lines
    ]
    with translated(target), aside(target) as draft:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("check-up.json", json.dumps(data, indent=2) + "\n")
            for path in _defects(machine.own / DEFECTS):
                archive.writestr(f"{DEFECTS}/{path.name}", "\n".join(_told(path)) + "\n")
        put_in_place(draft, target)


def _defects(folder: Path) -> list[Path]:
    """Return the latest notes of failures, by their own kind of name only."""
    found = [path for path in folder.glob("*.txt") if _DEFECT_NAME.fullmatch(path.stem)]
    return sorted(found)[-_MOST_DEFECTS:]


def _told(path: Path) -> Iterator[str]:
    """Yield the kind of error and the places in our own files, and nothing that is neither."""
    head, *frames = path.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
    yield head if _KIND.fullmatch(head) else "-"
    yield from (frame for frame in frames if _FRAME.fullmatch(frame))
