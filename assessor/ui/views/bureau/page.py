"""Screen 13, the bureau: a register is chosen, then worked with in five tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout

from assessor.ui.dialogs import bureau_files
from assessor.ui.navigation import Context, Page
from assessor.ui.views.bureau.chooser import RegisterChooser
from assessor.ui.views.bureau.desk import ENTRIES, BureauDesk, Entry
from assessor.ui.views.bureau.intake_file import show_folder
from assessor.ui.views.bureau.workbench import Workbench
from assessor.ui.widgets import marked


def build(context: Context) -> Page:
    """Make the screen; a register that is open stays open."""
    return BureauPage(context)


class BureauPage(Page):
    """The chooser and, with a register, the workbench."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        marked(self, "ground")
        self._context = context
        self.desk = BureauDesk.of(context)
        self.chooser = RegisterChooser(context)
        self.workbench: Workbench | None = None
        self._wanted: dict[str, str] = {}
        self.stack = QStackedWidget()
        self.stack.addWidget(self.chooser)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.chooser.open_asked.connect(self.desk.open)
        self.chooser.browse_asked.connect(self.browse)
        self.chooser.make_asked.connect(self.make)
        self.desk.opened.connect(self._on_opened)
        if self.desk.path is not None:
            self._on_opened()

    # --- its part of the window -------------------------------------------------------------------

    def show_place(self, **where: str) -> None:
        """Show a tab, and open a register if one is named."""
        self._wanted = where
        register = where.get("register", "")
        if register and Path(register) != self.desk.path:
            self.desk.open(Path(register))
        elif self.workbench is not None:
            self.workbench.show_tab(where.get("tab", ""))

    def place(self) -> Mapping[str, str]:
        """The tab; the register itself is kept beside the screens."""
        return {"tab": self.workbench.tab} if self.workbench is not None else {}

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Search in the register, open another one."""
        own: dict[str, Callable[[], None]] = {"open": self.browse}
        if self.workbench is not None:
            own["search"] = self.workbench.search
        return own

    # --- registers --------------------------------------------------------------------------------

    def browse(self) -> None:
        """Ask for a register and open it."""
        path = bureau_files.ask_register(self, self._context.words)
        if path is not None:
            self.desk.open(path)

    def make(self) -> None:
        """Ask where to make a register, and open it."""
        path = bureau_files.ask_new_register(self, self._context.words)
        if path is not None:
            self.desk.make(path)

    def _enters(self, what: Entry) -> Callable[[], None]:
        """Return what asks for a file and has it entered."""

        def run() -> None:
            words = self._context.words
            asks = bureau_files.ask_register if what == "merge" else bureau_files.ask_table
            path = asks(self, words)
            if path is not None:
                self.desk.enter(what, path)

        return run

    def _on_opened(self) -> None:
        old, self.workbench = self.workbench, None
        if self.desk.path is not None:
            self.workbench = Workbench(self._context, self.desk)
            self.workbench.set_menu(self._menu(self.workbench))
            self.workbench.show_tab(self._wanted.get("tab", ""))
            self.stack.addWidget(self.workbench)
            self.stack.setCurrentWidget(self.workbench)
        else:
            self.stack.setCurrentWidget(self.chooser)
        self.chooser.refresh()
        self.chooser.setEnabled(self.workbench is None)
        if old is not None:
            self.stack.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _menu(self, parent: Workbench) -> QMenu:
        menu, path = QMenu(parent), self.desk.path
        tr = self._context.words.tr
        for text, run in (
            (tr("ui_bureau.menu_open"), self.browse),
            (tr("ui_bureau.menu_make"), self.make),
            (tr("ui_bureau.menu_folder"), lambda: show_folder(path) if path is not None else None),
            *((tr(f"ui_bureau.menu_{what}"), self._enters(what)) for what in ENTRIES),
            (tr("ui_bureau.menu_close"), self.desk.close),
        ):
            action = QAction(text, menu)
            action.triggered.connect(lambda *_, run=run: run())
            menu.addAction(action)
        menu.aboutToShow.connect(lambda: _allow(menu, not self.desk.busy))
        return menu


def _allow(menu: QMenu, allowed: bool) -> None:
    """Let a register be left only while no intake writes it."""
    for action in menu.actions():
        action.setEnabled(allowed)
