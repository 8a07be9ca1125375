"""The open record of a visit: its present value, what can be undone, who wants to know.

The session never shows what is not safe: an edit is given to `commit` first, and only when that
returns does the new value appear and do the listeners hear of it. It knows neither files nor
threads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assessor.assessment import Assessment
from assessor.commands.edit import Edit
from assessor.i18n import Message, message

Commit = Callable[[Assessment, Edit], None]
"""Makes a new value safe, or raises; the edit says what was done."""

Listener = Callable[[Assessment, Edit], None]
"""Hears of every new value and the edit that led to it."""


@dataclass(frozen=True)
class _Step:
    forward: Edit
    backward: Edit


class Session:
    """One record, edited step by step. To be used from one thread."""

    def __init__(self, assessment: Assessment, commit: Commit) -> None:
        self._assessment = assessment
        self._commit = commit
        self._listeners: list[Listener] = []
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._publishing = False

    @property
    def assessment(self) -> Assessment:
        """The record as it was last made safe."""
        return self._assessment

    @property
    def next_undo(self) -> Message | None:
        """What `undo` would take back, None when nothing can be."""
        return self._done[-1].forward.description if self._done else None

    @property
    def next_redo(self) -> Message | None:
        """What `redo` would do again, None when nothing can be."""
        return self._undone[-1].forward.description if self._undone else None

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def do(self, edit: Edit, commit: Commit | None = None) -> bool:
        """Make an edit safe and then visible; False when it changes nothing.

        `commit` stands in for the session's own this once, to store bytes in the same step.
        Whatever it raises is passed on and the old value stays; so for `EditRefusedError`.
        """
        before = self._assessment
        if not self._move(edit, commit or self._commit):
            return False
        self._remember(_Step(edit, edit.inverse(before)))
        self._publish(edit)
        return True

    def undo(self) -> bool:
        """Take the last step back; False when there is none."""
        if not self._done:
            return False
        step = self._done[-1]
        edit = _named(step.backward, "session.undone", step)
        self._move(edit, self._commit)
        self._undone.append(self._done.pop())
        self._publish(edit)
        return True

    def redo(self) -> bool:
        """Do the step again that was taken back last; False when there is none."""
        if not self._undone:
            return False
        step = self._undone[-1]
        edit = _named(step.forward, "session.redone", step)
        self._move(edit, self._commit)
        self._done.append(self._undone.pop())
        self._publish(edit)
        return True

    def _move(self, edit: Edit, commit: Commit) -> bool:
        if self._publishing:
            raise RuntimeError("a listener must not edit the record it is being told about")
        new = edit.apply(self._assessment)
        if new == self._assessment:
            return False
        commit(new, edit)
        self._assessment = new
        return True

    def _remember(self, step: _Step) -> None:
        merges = bool(self._done) and not self._undone
        if merges and step.forward.merges_with(self._done[-1].forward):
            step = _Step(step.forward, self._done.pop().backward)
        self._done.append(step)
        self._undone.clear()

    def _publish(self, edit: Edit) -> None:
        self._publishing = True
        try:
            for listener in tuple(self._listeners):
                listener(self._assessment, edit)
        finally:
            self._publishing = False


def _named(edit: Edit, key: str, step: _Step) -> Edit:
    return replace(edit, description=message(key, what=step.forward.description), merge_key="")
