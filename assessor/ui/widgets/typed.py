"""What fields one types in have in common: what was typed is not overwritten by its own echo."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

T = TypeVar("T")


class Echoes(Generic[T]):
    """Values on their way to disk.

    A field that announced 1, 12 and 123 is told 1, 12 and 123 some time later. Only the last of
    them, or a value it never announced (an undo), is to be shown.
    """

    def __init__(self) -> None:
        self._sent: list[T] = []

    def send(self, value: T) -> None:
        """Remember a value that was announced."""
        self._sent.append(value)

    def hear(self, value: T) -> bool:
        """Tell whether a value one is told is to be shown."""
        if value in self._sent:
            del self._sent[: self._sent.index(value) + 1]
        return not self._sent

    def forget(self) -> None:
        """Expect nothing any more."""
        self._sent.clear()


def is_undo(event: QEvent) -> bool:
    """Tell whether a key is about to be taken for undo or redo by a field.

    It is left to the window, where it undoes a step of the record.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(
        QKeySequence.StandardKey.Redo
    )
