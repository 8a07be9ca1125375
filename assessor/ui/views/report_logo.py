"""The organisation's logo on the report's cover: chosen once, kept, left out where not wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.ui.dialogs.files import ask_logo
from assessor.ui.tasks import Monitor, Tasks
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS
from assessor.ui.widgets import Button, CheckField, FlowLabel, LinkButton, row
from assessor.ui.words import Words

if TYPE_CHECKING:
    from assessor.reports.build import Logo


class LogoKeeper(QObject):
    """Keeps the logo beside the settings, on other threads than the window's.

    `state` is another one whenever covers look different. Signals: `changed()`.
    """

    changed = Signal()

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.kept = False
        self.wanted = True
        self._version = 0
        self._tasks.start(lambda _: found_logo(True), self._on_found, owner=self)

    @property
    def state(self) -> int:
        """What covers look like: 0 without the logo."""
        return self._version + 1 if self.wanted else 0

    def want(self, wanted: bool) -> None:
        """Put the logo that is kept on covers, or not."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.changed.emit()

    def keep(self, path: Path) -> None:
        """Keep a picture as the logo and put it on covers; what cannot be one is refused in the
        message strip, and all stays as it was."""

        def work(_: Monitor) -> Logo:
            from assessor.workspace.logo import keep_logo  # noqa: PLC0415 (after the start)

            return keep_logo(path)

        self._tasks.start(work, self._on_new, owner=self)

    def drop(self) -> None:
        """Forget the logo."""

        def work(_: Monitor) -> None:
            from assessor.workspace.logo import drop_logo  # noqa: PLC0415 (after the start)

            drop_logo()

        self._tasks.start(work, self._on_new, owner=self)

    def _on_found(self, logo: Logo | None) -> None:
        self.kept = logo is not None
        self.changed.emit()

    def _on_new(self, logo: Logo | None) -> None:
        self.wanted = True
        self._version += 1
        self._on_found(logo)


class LogoChoice(QWidget):
    """Whether covers carry the logo, and which."""

    def __init__(self, theme: Theme, words: Words, keeper: LogoKeeper) -> None:
        super().__init__()
        self._words, self._keeper = words, keeper
        self.check = CheckField(theme, words.tr("ui_report.logo"))
        self.choose = Button(theme, words.tr("ui_report.logo_choose"))
        self.remove = LinkButton(theme, words.tr("ui_report.logo_remove"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(XS))
        column.addWidget(self.check)
        column.addLayout(row(theme, self.choose, self.remove, stretch=True))
        hint = words.tr("ui_report.logo_hint")
        column.addWidget(FlowLabel(theme, hint, "muted", size=theme.sizes.caption))
        self.check.toggled.connect(keeper.want)
        self.choose.clicked.connect(lambda *_: self.ask())
        self.remove.clicked.connect(lambda *_: keeper.drop())
        keeper.changed.connect(self.refresh)
        self._anonymised = False
        self.refresh()

    def ask(self) -> None:
        """Ask for a picture and keep it."""
        path = ask_logo(self, self._words)
        if path is not None:
            self._keeper.keep(path)

    def set_anonymised(self, anonymised: bool) -> None:
        """Say whether the report is to name nobody: it carries no logo then."""
        self._anonymised = anonymised
        self.refresh()

    def refresh(self) -> None:
        """Show how things stand."""
        keeper = self._keeper
        self.check.setEnabled(keeper.kept and not self._anonymised)
        self.check.blockSignals(True)
        self.check.setChecked(keeper.kept and keeper.wanted and not self._anonymised)
        self.check.blockSignals(False)
        key = "ui_report.logo_change" if keeper.kept else "ui_report.logo_choose"
        self.choose.setText(self._words.tr(key))
        self.remove.setVisible(keeper.kept)


def found_logo(wanted: bool) -> Logo | None:
    """Return the logo that is kept, where it is wanted; not to be called on the window's thread."""
    if not wanted:
        return None
    from assessor.workspace.logo import own_logo  # noqa: PLC0415 (after the start)

    return own_logo()
