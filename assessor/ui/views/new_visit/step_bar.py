"""Where one is in a row of steps; those already reached can be gone back to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS
from assessor.ui.widgets import GhostButton, label, named
from assessor.ui.words import Words

_MARK = 16


class StepBar(QWidget):
    """The steps by number and name. Signals: `step_asked(int)` counted from 0."""

    step_asked = Signal(int)

    def __init__(
        self, theme: Theme, words: Words, names: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._names = theme, words, tuple(names)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(XS))
        self.buttons: list[GhostButton] = []
        for place, name in enumerate(names):
            if place:
                line.addWidget(label("›", "muted"))
            button = GhostButton(theme, f"{place + 1}  {name}")
            button.setCheckable(True)
            button.setIconSize(QSize(theme.px(_MARK), theme.px(_MARK)))
            button.clicked.connect(self._asks_for(place))
            self.buttons.append(button)
            line.addWidget(button)
        line.addStretch(1)

    def rename(self, place: int, name: str) -> None:
        """Call a step otherwise."""
        self._names = (*self._names[:place], name, *self._names[place + 1 :])
        self.buttons[place].setText(f"{place + 1}  {name}")

    def show_step(self, current: int, reachable: int) -> None:
        """Show which step is open and up to which one can go; a finished one has a mark."""
        for place, button in enumerate(self.buttons):
            done = place < current
            button.setChecked(place == current)
            button.setEnabled(place <= reachable)
            button.setIcon(self._theme.icon("check", "good") if done else QIcon())
            key = "step_current" if place == current else "step_done" if done else "step_ahead"
            named(
                button, self._words.tr(f"ui_new.{key}", number=place + 1, name=self._names[place])
            )

    def _asks_for(self, place: int) -> object:
        def ask() -> None:
            # A click turns the mark itself; only being told does.
            self.buttons[place].setChecked(not self.buttons[place].isChecked())
            self.step_asked.emit(place)

        return ask
