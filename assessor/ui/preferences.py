"""The settings as the window uses them: the present value, its changes, who wants to know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from assessor.settings import Settings, SettingsError, load_settings, save_settings
from assessor.ui.bridge import Bridge

_LOOKS = ("language", "theme", "touch", "text_percent")


class Preferences(QObject):
    """The settings and the file they are kept in.

    Signals: `changed(object)` the new `Settings`; `look_changed()` when everything shown has to be
    built anew.
    """

    changed = Signal(object)
    look_changed = Signal()

    def __init__(self, path: Path, bridge: Bridge) -> None:
        super().__init__()
        self._path = path
        self._bridge = bridge
        loaded = load_settings(path)
        self.value: Settings = loaded.settings
        for notice in loaded.notices:
            bridge.say(notice, "caution")

    @property
    def folder(self) -> Path:
        """The folder the settings are kept in, which is the person's own."""
        return self._path.parent

    def change(self, **values: object) -> None:
        """Change some settings by name; raises `TypeError` for a name they lack, `ValueError` for a
        value that cannot be used."""
        changes: dict[str, Any] = values
        self.replace(replace(self.value, **changes))

    def replace(self, new: Settings) -> None:
        """Take new settings; they hold even when they could not be written, which is then said."""
        if new == self.value:
            return
        before, self.value = self.value, new
        try:
            save_settings(new, self._path)
        except SettingsError as error:
            self._bridge.complain(error)
        self.changed.emit(new)
        if any(getattr(before, name) != getattr(new, name) for name in _LOOKS):
            self.look_changed.emit()

    def remember(self, path: Path) -> None:
        """Put a visit first among the recent ones."""
        self.replace(self.value.with_recent(path))
