"""The library of rubrics and the view of one: to read, to check, to compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from assessor.ui.dialogs.blank_form import BlankForm
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import XL, L, M
from assessor.ui.views.rubrics_checks import RubricChecks
from assessor.ui.views.rubrics_library import RubricLibrary
from assessor.ui.views.rubrics_reader import RubricReader
from assessor.ui.views.rubrics_versions import RubricVersions
from assessor.ui.views.start_tiles import CutLabel
from assessor.ui.widgets import Button, Chip, FlowLabel, ToolButton, named, row

if TYPE_CHECKING:
    from assessor.workspace.rubric_library import Entry

_TABS = ("read", "checks", "versions")


def build(context: Context) -> Page:
    """Make the screen and start looking for rubrics."""
    page = RubricsPage(context)
    page.refresh()
    return page


class RubricsPage(Page):
    """The list of rubrics and, on top of it, one of them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._entries: tuple[Entry, ...] = ()
        self._wanted: dict[str, str] = {}
        self.library = RubricLibrary(context)
        self.library.read_asked.connect(self.read)
        self.view: RubricView | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.library)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def show_place(self, **where: str) -> None:
        """Open the rubric with an id or digest, at a tab and a part, as soon as it is known."""
        self._wanted = where
        self._open_wanted()

    def place(self) -> Mapping[str, str]:
        """Say what is being read."""
        return self.view.place() if self.view is not None else dict(self._wanted)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Search in the parts of the rubric that is read."""
        if self.view is None or self.view.reader is None:
            return {}
        return {"search": self.view.reader.search.setFocus}

    def refresh(self) -> None:
        """Look for rubrics beside the window."""
        self._context.tasks.start(lambda _: _entries(), done=self._on_entries, owner=self)

    def read(self, entry: Entry) -> None:
        """Show one rubric."""
        self.close_view()
        view = RubricView(self._context, entry, self._entries)
        view.back.clicked.connect(lambda *_: self.close_view())
        self.view = view
        self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)
        self.library.setEnabled(False)

    def close_view(self) -> None:
        """Go back to the list."""
        view, self.view = self.view, None
        if view is not None:
            self.library.setEnabled(True)
            self.stack.setCurrentWidget(self.library)
            self.stack.removeWidget(view)
            view.deleteLater()

    def _on_entries(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self.library.show_entries(entries)
        self._open_wanted()

    def _open_wanted(self) -> None:
        wanted = self._wanted.get("rubric")
        found = (one for one in self._entries if wanted in (one.digest, one.id))
        entry = next(found, None) if wanted else None
        if entry is not None:
            self.read(entry)
            if self.view is not None:
                self.view.show_place(**self._wanted)
            self._wanted = {}


class RubricView(QWidget):
    """One rubric in three tabs; one that cannot be used only has its problems."""

    def __init__(
        self,
        context: Context,
        entry: Entry,
        entries: tuple[Entry, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._entry = context, entry
        self.reader: RubricReader | None = None
        self.tabs = named(QTabWidget(), context.words.tr("ui_rubric.views"))
        self.checks = RubricChecks(context, entry.path)
        self._build()
        self._add_tabs(entries)

    def show_place(self, **where: str) -> None:
        """Open a tab and a part of the text."""
        if where.get("tab") in self._names:
            self.tabs.setCurrentIndex(self._names.index(where["tab"]))
        if self.reader is not None and "section" in where:
            self.reader.show_part(where["section"], where.get("anchor", ""))

    def place(self) -> Mapping[str, str]:
        """Say what is open."""
        tab = self._names[self.tabs.currentIndex()]
        place = {"rubric": self._entry.digest or self._entry.id, "tab": tab}
        if self.reader is not None:
            section, anchor = self.reader.shown_part()
            place |= {"section": section, "anchor": anchor}
        return place

    def _add_tabs(self, entries: tuple[Entry, ...]) -> None:
        parts: dict[str, QWidget] = {"checks": self.checks}
        if self._entry.loaded is not None:
            self.reader = RubricReader(self._context, self._entry.loaded.rubric)
            parts["read"] = self.reader
            parts["versions"] = RubricVersions(self._context, self._entry, entries)
        self._names = [name for name in _TABS if name in parts]
        for name in self._names:
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, self._context.theme.px(M), 0, 0)
            column.addWidget(parts[name])
            self.tabs.addTab(holder, self._context.words.tr(f"ui_rubric.tab_{name}"))

    def _build(self) -> None:
        theme, words, entry = self._context.theme, self._context.words, self._entry
        self.back = ToolButton(theme, "arrow-left", words.tr("ui_rubric.back"))
        self.export = Button(theme, words.tr("ui_rubric.export"), "table")
        self.export.setEnabled(entry.loaded is not None)
        self.export.clicked.connect(lambda *_: BlankForm.ask(self._context, self, entry.loaded))
        title = words.pick(entry.title) if entry.title else entry.path.name
        chips = [Chip(entry.version)] if entry.version else []
        derived = entry.loaded is not None and entry.loaded.rubric.status.derived
        if derived:
            chips.append(Chip(words.tr("ui_rubric.derived"), "caution"))
        head = row(theme, self.back, CutLabel(title, "question"), *chips, self.export)
        head.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(L))
        column.addLayout(head)
        if derived and entry.loaded is not None:
            notice = words.pick(entry.loaded.rubric.status.notice)
            column.addWidget(FlowLabel(theme, notice, "caution", size=theme.sizes.table))
        column.addWidget(self.tabs, 1)


def _entries() -> tuple[Entry, ...]:
    from assessor.workspace.rubric_library import list_rubrics  # noqa: PLC0415 (heavy at start)

    return list_rubrics()
