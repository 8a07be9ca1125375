"""The window: one visit at a time, built anew in another language or look; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from assessor.errors import AssessorError
from assessor.ui.actions import ACTIONS, make_action
from assessor.ui.backing_up import BackingUp
from assessor.ui.bridge import Bridge, CrashReport, Notice
from assessor.ui.care import Care, Window
from assessor.ui.dialogs import by_name
from assessor.ui.menus import make_menu
from assessor.ui.navigation import SCREENS, Context, LazyScreen
from assessor.ui.preferences import Preferences
from assessor.ui.readiness import get_ready
from assessor.ui.shell import Shell, screens_for
from assessor.ui.tasks import Tasks
from assessor.ui.theme import Sizes, Theme, apply_theme, choose_palette
from assessor.ui.visit_bridge import VisitBridge, open_live
from assessor.ui.words import Words

if TYPE_CHECKING:
    from assessor.i18n import Message
    from assessor.workspace.live import Published

STANDARD_SIZE = (1280, 820)
SMALLEST_SIZE = (960, 600)
HOME, EVALUATION = "start", "evaluation"
READY_AFTER = 300
"""Milliseconds from opening a visit until the other pages are made ready."""
Opener = Callable[[Path, VisitBridge], VisitBridge]


class MainWindow(QMainWindow):
    """The window and the visit that is open in it."""

    def __init__(
        self,
        preferences: Preferences,
        bridge: Bridge,
        tasks: Tasks,
        opener: Opener = open_live,
        screens: tuple[LazyScreen, ...] = SCREENS,
    ) -> None:
        super().__init__()
        self._preferences, self._bridge, self._tasks = preferences, bridge, tasks
        self._opener, self._screens = opener, screens
        self._visits: list[VisitBridge] = []
        self.visit: VisitBridge | None = None
        self._keeper: BackingUp | None = None
        self.actions_by_id: dict[str, QAction] = {}
        door = Window(self, lambda: self.shell, self._open, lambda: self.go(HOME), self._is_open)
        self.care = Care(door, tasks, preferences)
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*STANDARD_SIZE)
        self.shell = self._build()
        self._begin(HOME, {})
        preferences.look_changed.connect(self.rebuild)
        bridge.noticed.connect(self._on_notice)
        bridge.crashed.connect(self._on_crash)
        bridge.listen()
        self.care.closed()

    # --- screens ----------------------------------------------------------------------------------

    def go(self, screen_id: str, **where: str) -> None:
        """Open a screen; the first screen leaves an open visit, an unknown one is ignored."""
        if screen_id == HOME and self.visit is not None:
            self._leave_visit()
            self._replace_shell(HOME, where)
        else:
            self.shell.open(screen_id, where)

    def rebuild(self) -> None:
        """Build everything anew from the settings and show the same place again."""
        self.shell.leave()
        self._replace_shell(*self.shell.place())

    def _replace_shell(self, screen_id: str, where: Mapping[str, str]) -> None:
        old = self.shell
        self.shell = self._build()
        for notice in old.strips.notices:
            self.shell.strips.show_notice(notice)
        old.deleteLater()
        self._begin(screen_id, where)

    def _begin(self, screen_id: str, where: Mapping[str, str]) -> None:
        self._show_title("")
        if self.visit is not None and self.visit.latest is not None:
            self._show_published(self.visit.latest)
        opened = self.shell.open(screen_id, where) or self.shell.open(self.shell.first, {})
        if not opened:
            self.shell.show_nothing_offered()
        self._refresh_actions()

    def _build(self) -> Shell:
        context = self._context()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, context.theme)
        for old in self.actions_by_id.values():
            self.removeAction(old)
            old.deleteLater()
        self.actions_by_id = {
            spec.id: make_action(spec, context.words, self._runner(spec.id), self)
            for spec in ACTIONS
        }
        self.addActions(list(self.actions_by_id.values()))
        menu = make_menu(self.actions_by_id, context.theme, context.words, self)
        shell = Shell(context, self.actions_by_id, menu, self._offered())
        menu.setParent(shell, menu.windowFlags())
        shell.page_changed.connect(lambda *_: self._refresh_actions())
        self.setCentralWidget(shell)
        return shell

    def _offered(self) -> tuple[LazyScreen, ...]:
        return screens_for(self.visit is not None, self._screens)

    def _context(self) -> Context:
        chosen = self._preferences.value
        sizes = Sizes(chosen.text_percent, chosen.touch)
        return Context(
            bridge=self._bridge,
            tasks=self._tasks,
            words=Words(chosen.language),
            theme=Theme(choose_palette(chosen.theme), sizes),
            settings=self._preferences,
            visit=self.visit,
            go=self.go,
            open_visit=self.open_visit,
            close_visit=lambda: self.go(HOME),
        )

    # --- the visit --------------------------------------------------------------------------------

    def open_visit(self, path: Path) -> None:
        """Open a visit's file beside the window and show it when it is there."""
        if self.visit is not None and self.visit.path == path and self.visit.look is None:
            self.go(EVALUATION)
        else:
            self._open(path, False)

    def _open(self, path: Path, to_look: bool) -> None:
        visit = VisitBridge(self._bridge, who=self._author)
        visit.to_look = to_look
        self._visits.append(visit)
        self._tasks.start(
            lambda _: self._opener(self.care.place_of(path, to_look), visit),
            done=self._on_opened,
            failed=lambda error: self._on_unopened(path, visit, error),
        )

    def _is_open(self, path: Path) -> bool:
        return any(visit.attached and visit.path == path for visit in self._visits)

    def _author(self) -> str:
        """The name beside each step: the one of the settings, else the account's."""
        from assessor.workspace.clock import named_or_account  # noqa: PLC0415 (heavy at start)

        return named_or_account(self._preferences.value.author)

    def _on_opened(self, visit: VisitBridge) -> None:
        if self.visit is not None:
            self._leave_visit()
        self.visit = visit
        visit.published.connect(self._show_published)
        visit.refused.connect(self.care.refused)
        self._keeper = BackingUp(visit, self._tasks, self._bridge, self._preferences, self)
        self._preferences.remember(visit.path)
        self._replace_shell(EVALUATION, {})
        self.care.opened(visit)
        pages = [screen for screen in self._offered() if screen.group == "visit"]
        # Once the first of them has been painted.
        QTimer.singleShot(READY_AFTER, self, lambda: self._make_ready(pages))

    def _make_ready(self, pages: Sequence[LazyScreen]) -> None:
        self._tasks.start(lambda _: get_ready(pages))

    def _on_unopened(self, path: Path, visit: VisitBridge, error: AssessorError) -> None:
        self._visits.remove(visit)
        visit.deleteLater()
        self.care.not_opened(path, error, visit.to_look)

    def _leave_visit(self) -> None:
        """Hand in what was typed and close the file beside the window."""
        visit, self.visit = self.visit, None
        if visit is None:
            return
        self.shell.leave()
        self.care.left()
        visit.published.disconnect(self._show_published)
        visit.refused.disconnect(self.care.refused)
        if self._keeper is not None:
            self._keeper.stop()
        self._tasks.start(lambda _: visit.close(), done=lambda _: self._on_closed(visit))

    def _on_closed(self, visit: VisitBridge) -> None:
        self._visits.remove(visit)
        # Left to the collector it would end on whichever thread that runs.
        visit.deleteLater()
        self.care.closed()

    def _show_published(self, published: Published) -> None:
        self.shell.show_published(published)
        self._show_title(published.assessment.enterprise.name)
        self._refresh_actions()

    # --- actions ----------------------------------------------------------------------------------

    def _runner(self, action_id: str) -> Callable[[], None]:
        return lambda: self.run_action(action_id)

    def run_action(self, action_id: str) -> None:
        """Do what an action stands for: the open page first, else the window."""
        handler = self.shell.handlers().get(action_id) or self._own_handlers().get(action_id)
        if handler is not None:
            handler()

    def _own_handlers(self) -> Mapping[str, Callable[[], None]]:
        chosen = self._preferences.value
        other = "en" if chosen.language == "zh" else "zh"
        opposite = "light" if self.shell.context.theme.palette.dark else "dark"
        own: dict[str, Callable[[], None]] = {
            "new": lambda: self.go(HOME, action="new"),
            "open": lambda: self.go(HOME, action="open"),
            "quit": lambda: (self.close(), None)[1],
            "settings": lambda: self.go("settings"),
            "bureau": lambda: self.go("bureau"),
            "toggle_language": lambda: self._preferences.change(language=other),
            "toggle_theme": lambda: self._preferences.change(theme=opposite),
            "shortcuts": lambda: by_name.show_shortcuts(self.shell.context, self),
            "restore": lambda: by_name.show_backups(self.shell.context, self),
            "verify": lambda: by_name.show_verifying(self.shell.context, self),
            "seal": lambda: by_name.show_sealing(self.shell.context, self),
            "unseal": lambda: by_name.show_unsealing(self.shell.context, self),
            "doctor": lambda: by_name.show_doctor(self.shell.context, self),
        }
        if self.visit is not None:
            own |= {"close_visit": lambda: self.go(HOME)}
            own |= {"history": lambda: by_name.show_history(self.shell.context, self)}
            own |= {f"go_{screen.id}": self._opens(screen.id) for screen in self._offered()}
            latest = self.visit.latest
            if latest is not None and latest.undo is not None:
                own["undo"] = self.visit.undo
            if latest is not None and latest.redo is not None:
                own["redo"] = self.visit.redo
        return own

    def _opens(self, screen_id: str) -> Callable[[], None]:
        return lambda: self.go(screen_id)

    def _refresh_actions(self) -> None:
        """Let only those actions be used that do something now."""
        usable = {*self._own_handlers(), *self.shell.handlers()}
        for action_id, action in self.actions_by_id.items():
            action.setEnabled(action_id in usable)
        latest = self.visit.latest if self.visit is not None else None
        self._name_step("undo", latest.undo if latest else None)
        self._name_step("redo", latest.redo if latest else None)

    def _name_step(self, action_id: str, step: Message | None) -> None:
        words = self.shell.context.words
        text = words.tr(f"ui.action_{action_id}")
        if step is not None and self.visit is not None:
            from assessor.workspace.step_names import in_words  # noqa: PLC0415 (needed with a visit only)

            told = in_words(self.visit.loaded.rubric, step)
            text = words.tr(f"ui.action_{action_id}_step", step=told)
        self.actions_by_id[action_id].setText(text)

    # --- messages and the end ---------------------------------------------------------------------

    def _show_title(self, name: str) -> None:
        program = self.shell.context.words.tr("ui.app_name")
        self.setWindowTitle(f"{name} - {program}" if name else program)

    def _on_notice(self, notice: Notice) -> None:
        self.shell.strips.show_notice(notice)

    def _on_crash(self, report: CrashReport) -> None:
        by_name.show_crash(report, self.shell.context, self)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Hand in what was typed, vanish, and end when everything is on disk."""
        self._leave_visit()
        self.hide()
        self._tasks.close()
        for visit in self._visits:
            visit.close()
        self._visits.clear()
        event.accept()
