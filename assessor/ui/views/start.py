"""The screen at the start: recent visits, and on the way to a new one the pages that plan it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from assessor.ui.dialogs import files
from assessor.ui.navigation import Context, Page
from assessor.ui.views.start_home import StartHome

if TYPE_CHECKING:
    from assessor.ui.views.new_visit.page import NewVisitPage
    from assessor.workspace.explore import SampleTitle
    from assessor.workspace.recents import RecentVisit
    from assessor.workspace.recovery import LeftOpen

READ_AGAIN, MOST_TRIES = 1500, 4
"""Milliseconds until files that were in use are looked at again, one of which may just be closing;
and how often."""


def build(context: Context) -> Page:
    """Make the screen and start reading what it shows."""
    page = StartPage(context)
    page.refresh()
    return page


class StartPage(Page):
    """The start screen and, on top of it, a new visit being planned."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.home = StartHome(context)
        self.stack.addWidget(self.home)
        self.new_visit: NewVisitPage | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(READ_AGAIN)
        self._again.timeout.connect(self._read_files)
        self._tries = 0
        self.home.new_asked.connect(self.plan)
        self.home.import_asked.connect(self._import)
        self.home.blank_asked.connect(self._blank)
        self.home.browse_asked.connect(self._browse)
        self.home.visit_asked.connect(context.open_visit)
        self.home.locate_asked.connect(self._locate)
        self.home.backups_asked.connect(self._backups)
        self.home.sample_asked.connect(self._explore)

    # --- its part of the window -------------------------------------------------------------------

    def show_place(self, **where: str) -> None:
        """Begin a new visit, go on planning one, or ask for a file to open."""
        action = where.get("action")
        if action == "new":
            self.plan(where.get("draft", ""))
        elif action == "open":
            self._browse()
        elif action == "import":
            self._import()

    def place(self) -> Mapping[str, str]:
        """Say what is being planned, so that a change of language or look does not lose it."""
        if self.new_visit is None:
            return {}
        return {"action": "new", "draft": self.new_visit.draft.model_dump_json()}

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Search among the recent visits."""
        own: dict[str, Callable[[], None]] = {
            "new": lambda: self.plan() if self.new_visit is None else None,
            "open": self._browse,
        }
        if self.new_visit is None and self.home.search.isVisible():
            own["search"] = self.home.search.setFocus
        return own

    # --- reading beside the window ----------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything that is shown, what is remembered first."""
        recent = self._recent()
        self._context.tasks.start(lambda _: _known(recent), done=self._show, owner=self)
        self._read_files()
        self._context.tasks.start(
            lambda _: _left_open(recent), done=self.home.show_left_open, owner=self
        )
        self._context.tasks.start(lambda _: _samples(), done=self.home.show_samples, owner=self)

    def _read_files(self) -> None:
        recent = self._recent()
        self._context.tasks.start(lambda _: _read(recent), done=self._show_read, owner=self)

    def _recent(self) -> tuple[Path, ...]:
        return tuple(Path(path) for path in self._context.settings.value.recent)

    def _show(self, visits: tuple[RecentVisit, ...]) -> None:
        if self.home.model.empty:
            self.home.model.set_visits(visits)

    def _show_read(self, visits: tuple[RecentVisit, ...]) -> None:
        self.home.model.set_visits(visits)
        if any(visit.state == "in_use" for visit in visits) and self._tries < MOST_TRIES:
            self._tries += 1
            self._again.start()

    # --- what is asked for ------------------------------------------------------------------------

    def plan(self, draft: str = "", received: Path | None = None) -> None:
        """Show the pages that plan a visit, beginning with a draft as `place` told it, or with the
        file of a self-assessment."""
        from assessor.ui.views.new_visit.draft import Draft  # noqa: PLC0415 (heavy at start)
        from assessor.ui.views.new_visit.page import NewVisitPage  # noqa: PLC0415 (as above)

        if self.new_visit is not None:
            self._end_planning()
        begun = Draft.model_validate_json(draft) if draft else Draft()
        if received is not None:
            begun = begun.with_(received=str(received))
        page = NewVisitPage(self._context, begun)
        page.created.connect(self._on_created)
        page.given_up.connect(self._end_planning)
        self.new_visit = page
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.home.setEnabled(False)

    def _end_planning(self) -> None:
        page, self.new_visit = self.new_visit, None
        if page is not None:
            self.home.setEnabled(True)
            self.stack.setCurrentWidget(self.home)
            self.stack.removeWidget(page)
            page.deleteLater()

    def _on_created(self, path: Path) -> None:
        self._end_planning()
        self._context.open_visit(path)

    def _browse(self) -> None:
        path = files.ask_visit(self, self._context.words)
        if path is not None:
            self._context.open_visit(path)

    def _locate(self, gone: Path) -> None:
        """Put the file that was found in the place of the one that is gone, and open it."""
        path = files.ask_visit(self, self._context.words, gone.parent)
        if path is not None:
            settings = self._context.settings
            settings.replace(settings.value.without_recent(gone).with_recent(path))
            self._context.open_visit(path)

    def _backups(self, path: Path) -> None:
        from assessor.ui.dialogs.backups import BackupsDialog  # noqa: PLC0415 (rarely needed)

        BackupsDialog.ask(self._context, self, path)

    def _import(self) -> None:
        path = files.ask_self_assessment(self, self._context.words)
        if path is not None:
            self.plan(received=path)

    def _blank(self) -> None:
        from assessor.ui.dialogs.blank_form import BlankForm  # noqa: PLC0415 (heavy at start)

        BlankForm.ask(self._context, self)

    def _explore(self, slug: str) -> None:
        self._context.tasks.start(
            lambda _: _sample(slug), done=self._context.open_visit, owner=self
        )


def _known(recent: tuple[Path, ...]) -> tuple[RecentVisit, ...]:
    from assessor.workspace.recents import RecentVisits  # noqa: PLC0415 (heavy at start)

    return RecentVisits().known(recent)


def _read(recent: tuple[Path, ...]) -> tuple[RecentVisit, ...]:
    from assessor.workspace.recents import RecentVisits  # noqa: PLC0415 (heavy at start)

    return RecentVisits().read(recent)


def _left_open(recent: tuple[Path, ...]) -> tuple[LeftOpen, ...]:
    from assessor.workspace.recovery import left_open  # noqa: PLC0415 (heavy at start)

    return left_open(recent)


def _samples() -> tuple[SampleTitle, ...]:
    from assessor.workspace.explore import sample_titles  # noqa: PLC0415 (heavy at start)

    return sample_titles()


def _sample(slug: str) -> Path:
    from assessor.workspace.explore import sample_visit  # noqa: PLC0415 (heavy at start)

    return sample_visit(slug)
