"""An open register: its name and tabs above, one tab below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.views.bureau.bulletin import BulletinTab
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.inspection import InspectionTab
from assessor.ui.views.bureau.intake import IntakeTab
from assessor.ui.views.bureau.register import RegisterTab
from assessor.ui.views.bureau.statistics import StatisticsTab
from assessor.ui.views.start_tiles import CutLabel
from assessor.ui.widgets import marked, named
from assessor.ui.widgets.top_bar import menu_button

TABS = ("intake", "register", "statistics", "inspection", "bulletin")
_HEIGHT, _NAME = 52, 130


class Workbench(QWidget):
    """The tabs of a register; each is made when it is first opened."""

    def __init__(self, context: Context, desk: BureauDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        theme, words = context.theme, context.words
        self._made: dict[str, QWidget] = {}
        self.register: RegisterTab | None = None
        self.tabs = named(QTabBar(), words.tr("ui_bureau.tabs"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for name in TABS:
            self.tabs.addTab(words.tr(f"ui_bureau.tab_{name}"))
        name_of = desk.path.stem if desk.path is not None else ""
        self.name = CutLabel(name_of, "title")
        self.name.setFixedWidth(theme.px(_NAME))
        self.name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.stack = QStackedWidget()
        self.bar = self._bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(lambda at: self._open(TABS[at]))
        self._open(self.tab)

    @property
    def tab(self) -> str:
        """The name of the tab that is open."""
        return TABS[self.tabs.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Open a tab; a name that there is not is ignored."""
        if name in TABS:
            self.tabs.setCurrentIndex(TABS.index(name))

    def set_menu(self, menu: QMenu) -> None:
        """Give the button at the right its menu."""
        button = menu_button(self._context.theme, self._context.words, menu)
        self.row.addWidget(button)

    def search(self) -> None:
        """Search in the register."""
        self.show_tab("register")
        self.register_tab().focus_search()

    def register_tab(self) -> RegisterTab:
        """Return the register's tab, made if need be."""
        made = self._tab("register")
        if not isinstance(made, RegisterTab):
            raise TypeError(made)
        return made

    def _bar(self) -> QFrame:
        theme = self._context.theme
        bar = marked(QFrame(), "panel", "bar")
        bar.setFixedHeight(max(theme.px(_HEIGHT), theme.sizes.control + theme.px(S)))
        self.row = QHBoxLayout(bar)
        self.row.setContentsMargins(theme.px(L), 0, theme.px(M), 0)
        self.row.setSpacing(theme.px(M))
        self.row.addWidget(self.name)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.row.addWidget(self.tabs)
        self.row.addStretch(1)
        return bar

    def _open(self, name: str) -> None:
        self.stack.setCurrentWidget(self._tab(name))

    def _tab(self, name: str) -> QWidget:
        if name not in self._made:
            makers: dict[str, Callable[[], QWidget]] = {
                "intake": self._make_intake,
                "register": lambda: RegisterTab(self._context, self._desk),
                "statistics": self._make_statistics,
                "inspection": self._make_inspection,
                "bulletin": lambda: BulletinTab(self._context, self._desk),
            }
            self._made[name] = makers[name]()
            self.stack.addWidget(self._made[name])
        return self._made[name]

    def _make_intake(self) -> IntakeTab:
        tab = IntakeTab(self._context, self._desk)
        tab.visit_asked.connect(self._show_visit)
        return tab

    def _make_statistics(self) -> StatisticsTab:
        tab = StatisticsTab(self._context, self._desk)
        tab.behind_asked.connect(self._show_behind)
        return tab

    def _make_inspection(self) -> InspectionTab:
        tab = InspectionTab(self._context, self._desk)
        tab.visit_asked.connect(self._show_visit)
        return tab

    def _show_behind(self, what: str, visits: frozenset[int]) -> None:
        self.show_tab("register")
        self.register_tab().show_behind(what, visits)

    def _show_visit(self, visit_id: str) -> None:
        self.show_tab("register")
        self.register_tab().show_visit(visit_id)
