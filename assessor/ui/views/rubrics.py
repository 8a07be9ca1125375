"""The library of rubrics and the view of one: to read, to check, to compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from assessor.ui.dialogs.blank_form import BlankForm
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import XL, L, M
from assessor.ui.views.rubric_editor.desk import RubricEditor
from assessor.ui.views.rubrics_checks import RubricChecks
from assessor.ui.views.rubrics_library import RubricLibrary
from assessor.ui.views.rubrics_reader import RubricReader
from assessor.ui.views.rubrics_versions import RubricVersions
from assessor.ui.views.start_tiles import CutLabel
from assessor.ui.widgets import Button, Chip, FlowLabel, ToolButton, named, row

if TYPE_CHECKING:
    from assessor.workspace.rubric_library import Entry

_TABS = ("read", "checks", "versions", "edit")


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
        """Search in the parts of the rubric; undo and redo what was edited of it."""
        steps = {name: partial(self._step, name) for name in ("undo", "redo")}
        if self.view is None or self.view.reader is None:
            return steps
        return {"search": self.view.search, **steps}

    def leave(self) -> None:
        """Hand in what was typed into the editor."""
        if self.view is not None and self.view.editor is not None:
            self.view.editor.form.flush()

    def _step(self, name: str) -> None:
        """Undo or redo in the editor where it is open, in the visit otherwise."""
        editor = self.view.editor if self.view is not None and self.view.edits else None
        step = getattr(editor or self._context.visit, name, None)
        if callable(step):
            step()

    def refresh(self) -> None:
        """Look for rubrics beside the window."""
        self._context.tasks.start(lambda _: _entries(), done=self._on_entries, owner=self)

    def read(self, entry: Entry) -> None:
        """Show one rubric."""
        self.close_view()
        view = RubricView(self._context, entry, self._entries)
        view.back.clicked.connect(lambda *_: self.close_view())
        view.version_saved.connect(lambda *_: self.refresh())
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
    """One rubric in four tabs; one that cannot be used only has its problems.

    Signals: `version_saved(object)` the file of a new version.
    """

    version_saved = Signal(object)

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
        self.editor: RubricEditor | None = None
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

    @property
    def edits(self) -> bool:
        """Whether the editor is what is looked at."""
        return self._names[self.tabs.currentIndex()] == "edit"

    def search(self) -> None:
        """Put the cursor where parts are searched for."""
        searched = self.editor if self.edits else self.reader
        if searched is not None:
            searched.search.setFocus()

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
            self.editor = RubricEditor(self._context, self._entry.loaded)
            self.editor.version_saved.connect(self.version_saved)
            parts["edit"] = self.editor
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
