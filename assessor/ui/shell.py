"""Everything inside the window in one language and look: navigation, bar, messages and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from assessor import __version__
from assessor.ui.actions import spec_of
from assessor.ui.navigation import Context, LazyScreen, Page, offered
from assessor.ui.widgets import EmptyState, StripStack, label, marked, row
from assessor.ui.widgets.rail import Rail
from assessor.ui.widgets.top_bar import ActionButton, TopBar, menu_button

if TYPE_CHECKING:
    from assessor.workspace.live import Published

_BAR_RIGHT = ("undo", "redo", "search", "toggle_language", "toggle_theme")
_REPORT = "report"
_HOME_FOOT = ("toggle_language", "toggle_theme", "shortcuts")


class Shell(QWidget):
    """The content of the window. Pages are built when they are first opened and then kept.

    Signals: `page_changed(str)` the id of the screen that is now open.
    """

    page_changed = Signal(str)

    def __init__(
        self,
        context: Context,
        actions: Mapping[str, QAction],
        menu: QMenu,
        screens: tuple[LazyScreen, ...],
    ) -> None:
        super().__init__()
        marked(self, "ground")
        self.context = context
        self._screens = {screen.id: screen for screen in screens}
        self._pages: dict[str, Page] = {}
        self.current_id = ""
        self.strips = StripStack(context.theme, context.words)
        self.stack = QStackedWidget()
        self.rail = Rail(context.theme, context.words, wide=context.visit is None)
        self.bar: TopBar | None = None
        self._fill_rail(actions, menu)
        content = QVBoxLayout()
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(0)
        content.addWidget(self.strips)
        content.addWidget(self.stack, 1)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.rail)
        beside.addLayout(content, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if context.visit is not None:
            column.addWidget(self._make_bar(actions, menu))
        column.addLayout(beside, 1)

    @property
    def first(self) -> str:
        """The id of the screen to begin with, empty when nothing is offered."""
        return next(iter(self._screens), "")

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        return self._pages.get(self.current_id)

    def open(self, screen_id: str, where: Mapping[str, str]) -> bool:
        """Show a screen; `False` when it is not offered here."""
        if screen_id not in self._screens:
            return False
        if self.page is not None and screen_id != self.current_id:
            self.page.leave()
        if screen_id not in self._pages and not self._built(screen_id):
            return False
        self.current_id = screen_id
        self.stack.setCurrentWidget(self._pages[screen_id])
        self.rail.show_current(screen_id)
        if where:
            self._pages[screen_id].show_place(**where)
        self.page_changed.emit(screen_id)
        return True

    def _built(self, screen_id: str) -> bool:
        """Build a page; one that cannot be built is reported, and the others stay usable."""
        try:
            page = self._screens[screen_id].build(self.context)
        except Exception as defect:
            del self._screens[screen_id]
            self.context.bridge.crash(defect)
            return False
        self._pages[screen_id] = page
        self.stack.addWidget(page)
        return True

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what the open page does for actions."""
        return self.page.handlers() if self.page is not None else {}

    def show_published(self, published: Published) -> None:
        """Show whose visit this is."""
        visit, words = self.context.visit, self.context.words
        if self.bar is None or visit is None:
            return
        rubric, record = visit.loaded.rubric, published.assessment
        profile = next(part.name for part in rubric.profiles if part.id == record.profile)
        target = next(part.name for part in rubric.targets if part.id == record.target)
        cycle = next(part.name for part in rubric.cycles if part.id == record.cycle)
        facts = [
            f"{words.pick(rubric.short_title)} · {words.pick(profile)}",
            words.pick(cycle),
            *([] if rubric.collects else [words.tr("ui.target", target=words.pick(target))]),
        ]
        self.bar.set_title(record.enterprise.name, facts)

    def leave(self) -> None:
        """Let every page hand in what is not yet posted."""
        for page in self._pages.values():
            page.leave()

    def place(self) -> tuple[str, Mapping[str, str]]:
        """Return what is shown, so that another shell can show it again."""
        return self.current_id, self.page.place() if self.page is not None else {}

    def show_nothing_offered(self) -> None:
        """Say that the installation has no screens."""
        text = self.context.words.tr("ui.no_screens")
        self.stack.addWidget(EmptyState(self.context.theme, "warning", text))

    def _make_bar(self, actions: Mapping[str, QAction], menu: QMenu) -> TopBar:
        self.bar = TopBar(self.context.theme, self.context.words)
        icons = {name: spec_of(name).icon for name in actions}
        icons |= {"close_visit": "arrow-left", "toggle_theme": self._theme_icon()}
        self.bar.fill(actions, icons, ("close_visit",), _BAR_RIGHT, menu)
        if _REPORT in self._screens:
            self.bar.add_report().clicked.connect(lambda *_: self.context.go(_REPORT))
        if self.context.visit is not None:
            self.bar.saved.follow(self.context.visit)
        return self.bar

    def _fill_rail(self, actions: Mapping[str, QAction], menu: QMenu) -> None:
        screens = tuple(self._screens.values())
        self.rail.screen_asked.connect(lambda screen_id, *_: self.context.go(screen_id))
        if self.context.visit is not None:
            self.rail.add_screens([screen for screen in screens if screen.group == "visit"])
            self.rail.column.addStretch(1)
            return
        self.rail.add_brand()
        self.rail.add_screens(screens)
        self.rail.column.addStretch(1)
        icons = {name: spec_of(name).icon for name in _HOME_FOOT}
        icons["toggle_theme"] = self._theme_icon()
        theme = self.context.theme
        buttons = [ActionButton(theme, actions[name], icons[name]) for name in _HOME_FOOT]
        more = menu_button(theme, self.context.words, menu)
        foot = row(theme, *buttons, more, spacing=4, stretch=True)
        foot.addWidget(label(__version__, "caption"))
        self.rail.column.addLayout(foot)

    def _theme_icon(self) -> str:
        return "sun" if self.context.theme.palette.dark else "moon"


def screens_for(visit_open: bool, screens: tuple[LazyScreen, ...]) -> tuple[LazyScreen, ...]:
    """Return the screens offered with or without an open visit; of home, inside a visit, all but
    the first, which would leave it."""
    home = offered("home", screens)
    return (*offered("visit", screens), *home[1:]) if visit_open else home
