"""What a person has chosen for this machine; it never changes a score.

Kept as JSON in the person's folder. A file with unknown keys or bad values is not obeyed blindly:
what is wrong falls back to the default, the file as it was is kept beside it, and whoever loads it
is told.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from assessor.errors import AssessorError
from assessor.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, Message, message
from assessor.paths import user_folder

FILE_NAME = "settings.json"
MOST_RECENT = 20
MOST_FOLDERS = 50
LARGEST_FILE = 1_000_000
TEXT_PERCENTS = (90, 100, 115, 130, 150, 175, 200)

ThemeChoice = Literal["system", "light", "dark"]
THEME_CHOICES: tuple[ThemeChoice, ...] = ("system", "light", "dark")
_LONGEST_NAME, _LONGEST_PATH = 120, 4096


class SettingsError(AssessorError):
    """The settings could not be written."""


@dataclass(frozen=True)
class Settings:
    """The settings of one person; `text_percent` is the size of text against the standard.

    `author` is the name that stands beside what this person does. Folders are absolute paths, None
    where none was chosen; `recent` are visit files, the latest first. With `keep_location` copies
    of photographs say where they were taken. `stay_folders` are synchronised folders whose visits
    are worked on where they are, `local_folders` those whose visits are worked on as a local copy.
    `registers` are a bureau's register files and `intake_folders` what it took workbooks from, both
    the latest first.
    Raises `ValueError` for values that cannot be used.

    A plain dataclass and not one of the record's models: it is read before the window is shown,
    and loading the library of those models would take longer than everything else till then.
    """

    language: Language = DEFAULT_LANGUAGE
    theme: ThemeChoice = "system"
    touch: bool = False
    text_percent: int = 100
    author: str = ""
    backup_folder: str | None = None
    watched_folder: str | None = None
    keep_location: bool = False
    recent: tuple[str, ...] = ()
    stay_folders: tuple[str, ...] = ()
    local_folders: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    intake_folders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be used."""
        if wrong := faulty({field.name: getattr(self, field.name) for field in fields(self)}):
            raise ValueError(f"not usable: {', '.join(wrong)}")

    def with_recent(self, path: Path) -> Settings:
        """Return the settings with `path` as the latest visit."""
        others = [known for known in self.recent if known != str(path)]
        return replace(self, recent=(str(path), *others)[:MOST_RECENT])

    def without_recent(self, path: Path) -> Settings:
        """Return the settings with `path` no longer among the recent visits."""
        return replace(self, recent=tuple(known for known in self.recent if known != str(path)))

    def with_register(self, path: Path) -> Settings:
        """Return the settings with `path` as the latest register."""
        others = [known for known in self.registers if known != str(path)]
        return replace(self, registers=(str(path), *others)[:MOST_RECENT])

    def without_register(self, path: Path) -> Settings:
        """Return the settings with `path` no longer among the registers."""
        others = tuple(known for known in self.registers if known != str(path))
        return replace(self, registers=others)

    def with_intake(self, folders: Sequence[Path]) -> Settings:
        """Return the settings with `folders` as the latest that workbooks were taken from."""
        new = [str(folder) for folder in folders]
        others = [known for known in self.intake_folders if known not in new]
        return replace(self, intake_folders=(*new, *others)[:MOST_FOLDERS])

    def with_folder(self, folder: Path, local: bool) -> Settings:
        """Return the settings with what was said about a synchronised folder."""
        stay = tuple(known for known in self.stay_folders if known != str(folder))
        copied = tuple(known for known in self.local_folders if known != str(folder))
        if local:
            copied = (str(folder), *copied)[:MOST_FOLDERS]
        else:
            stay = (str(folder), *stay)[:MOST_FOLDERS]
        return replace(self, stay_folders=stay, local_folders=copied)


def _is_path(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_PATH


def _is_folder(value: object) -> bool:
    return value is None or _is_path(value)


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


def _is_percent(value: object) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return TEXT_PERCENTS[0] <= value <= TEXT_PERCENTS[-1]


def _are_paths(value: object, most: int) -> bool:
    return isinstance(value, tuple) and len(value) <= most and all(map(_is_path, value))


_USABLE: dict[str, Callable[[object], bool]] = {
    "language": lambda value: value in LANGUAGES,
    "theme": lambda value: value in THEME_CHOICES,
    "touch": _is_switch,
    "text_percent": _is_percent,
    "author": lambda value: isinstance(value, str) and len(value) <= _LONGEST_NAME,
    "backup_folder": _is_folder,
    "watched_folder": _is_folder,
    "keep_location": _is_switch,
    "recent": lambda value: _are_paths(value, MOST_RECENT),
    "stay_folders": lambda value: _are_paths(value, MOST_FOLDERS),
    "local_folders": lambda value: _are_paths(value, MOST_FOLDERS),
    "registers": lambda value: _are_paths(value, MOST_RECENT),
    "intake_folders": lambda value: _are_paths(value, MOST_FOLDERS),
}


def faulty(values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names among `values` that are unknown or whose value cannot be used, sorted."""
    good = (name for name, value in values.items() if name in _USABLE and _USABLE[name](value))
    return tuple(sorted(set(values) - set(good)))


@dataclass(frozen=True)
class LoadedSettings:
    """Settings as they hold, and what had to be put right (empty when all was well)."""

    settings: Settings
    notices: tuple[Message, ...] = ()


def settings_path() -> Path:
    """Return where the settings of this person lie; the file need not exist."""
    return user_folder() / FILE_NAME


def load_settings(path: Path) -> LoadedSettings:
    """Return the settings in `path`, the defaults when there is no such file.

    Never fails: what cannot be used is reset, kept in a backup beside the file, and named in the
    notices.
    """
    try:
        raw = _read(path)
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        told = message("settings.unreadable", path=str(path), reason=reason)
        return LoadedSettings(Settings(), (told,))
    given = _object(raw)
    if given is None:
        return LoadedSettings(Settings(), (_kept(path, raw, message("settings.no_settings")),))
    settings, wrong = _usable(given)
    if not wrong:
        return LoadedSettings(settings)
    what = message("settings.values_reset", names=", ".join(wrong))
    return LoadedSettings(settings, (_kept(path, raw, what),))


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings in one step; raises `SettingsError` when that is not possible."""
    data = json.dumps(asdict(settings), ensure_ascii=False, indent=2) + "\n"
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(draft, data.encode("utf-8"))
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise SettingsError(
            message("settings.unwritable", path=str(path), reason=reason)
        ) from error


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _object(raw: bytes) -> dict[str, object] | None:
    """Return the JSON object in `raw`, None when it is none or too large to be ours."""
    if len(raw) > LARGEST_FILE:
        return None
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _usable(given: dict[str, object]) -> tuple[Settings, tuple[str, ...]]:
    """Return what can be used of the values, and the names of those that cannot."""
    given = {
        name: tuple(value) if isinstance(value, list) else value for name, value in given.items()
    }
    wrong = faulty(given)
    kept: dict[str, Any] = {name: value for name, value in given.items() if name not in wrong}
    return Settings(**kept), wrong


def _kept(path: Path, raw: bytes, what: Message) -> Message:
    """Keep the file as it was, under a name of its own for each content, and say so."""
    backup = path.with_name(f"{path.stem}.{zlib.crc32(raw):08x}.backup{path.suffix}")
    try:
        if not backup.exists():
            shutil.copyfile(path, backup)
    except OSError:
        return message("settings.reset_unkept", what=what, path=str(path))
    return message("settings.reset_kept", what=what, path=str(path), backup=str(backup))
