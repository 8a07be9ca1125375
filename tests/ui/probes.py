"""Screens of the tests' own, to try the window around screens with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QLabel, QVBoxLayout

from assessor.ui.navigation import Context, LazyScreen, Page
from assessor.ui.widgets import LineField, NoteEdit


class Probe(Page):
    """A screen that shows where it is and carries out a few actions."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.shown, self.done, self.left = context, {}, [], 0
        column = QVBoxLayout(self)
        column.addWidget(QLabel(context.words.tr("ui.screen_evaluation")))
        self.line = LineField(context.theme, "line")
        self.note = NoteEdit(context.theme, "note")
        column.addWidget(self.line)
        column.addWidget(self.note)

    def show_place(self, **where: str) -> None:
        self.shown = where

    def place(self) -> Mapping[str, str]:
        return self.shown

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        return {name: lambda name=name: self.done.append(name) for name in ("flag", "option_3")}

    def leave(self) -> None:
        self.left += 1


class Plain(Page):
    def __init__(self, context: Context) -> None:
        super().__init__()


def faulty(context: Context) -> Page:
    raise ZeroDivisionError


PROBE_SCREENS = (
    LazyScreen("start", "home", "home", __name__, "Plain"),
    LazyScreen("settings", "home", "gear", __name__, "Plain"),
    LazyScreen("panel", "visit", "people", "assessor.ui.views.not_there"),
    LazyScreen("evaluation", "visit", "checklist", __name__, "Probe"),
    LazyScreen("evidence", "visit", "image", __name__, "Plain"),
    LazyScreen("ledger", "visit", "table", __name__, "faulty"),
)
