"""The editor: parts at the left, the form of one in the middle, the checks at the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assessor.rubrics.json_text import Path as JsonPath
from assessor.rubrics.json_text import path_text
from assessor.rubrics.loader import LoadedRubric
from assessor.ui.dialogs.rubric_version import RubricVersionDialog
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import L, S
from assessor.ui.views.rubric_editor.form import PartForm, names_in
from assessor.ui.views.rubric_editor.standing import StandingPanel, all_found
from assessor.ui.widgets import (
    FlowLabel,
    PrimaryButton,
    SearchField,
    ToolButton,
    marked,
    named,
    row,
)
from assessor.workspace.rubric_draft import RubricDraft, Standing, standing_of
from assessor.workspace.rubric_parts import Part, PartKind, parts_of

if TYPE_CHECKING:
    from assessor.ui.tasks import Task

SETTLE = 500
"""Milliseconds without a change after which the draft is checked."""
_TREE_WIDTH, _STANDING_WIDTH = 220, 250
_PART = Qt.ItemDataRole.UserRole


class RubricEditor(QWidget):
    """Edits a rubric as a draft. Signals: `version_saved(object)` the file of a new version."""

    version_saved = Signal(object)

    def __init__(
        self, context: Context, loaded: LoadedRubric, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.draft = RubricDraft(loaded)
        self.standing: Standing | None = None
        self._task: Task | None = None
        self._seen = False
        self.form = PartForm(context, self.draft)
        self.form.edited.connect(self._on_edit)
        self.panel = StandingPanel(context)
        self.panel.place_asked.connect(self.show_place)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SETTLE)
        self._pause.timeout.connect(self.check)
        self._build()
        self._fill_tree()
        self._refresh_head()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Check for the first time when it is first looked at."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            self.check()

    def undo(self) -> None:
        """Take the last change back and show where it was."""
        self._step(self.draft.undo)

    def redo(self) -> None:
        """Do the change again that was taken back."""
        self._step(self.draft.redo)

    def check(self) -> None:
        """Have the present draft checked beside the window; an earlier check is given up."""
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()
        data, name = self.draft.data, self.draft.base.name
        self.panel.show_waiting()
        self._task = self._context.tasks.start(
            lambda monitor: standing_of(data, name, monitor.check),
            done=self._show_standing,
            owner=self,
        )

    def show_place(self, place: str) -> None:
        """Open the part and the field a problem is about."""
        parts = parts_of(self.draft.data)
        inside = [part for part in parts if place.startswith(path_text(part.path))]
        if inside:
            self._select(max(inside, key=lambda part: len(path_text(part.path))).path)
            self.form.focus_place(place)

    def save_version(self) -> None:
        """Ask for the number of the new version and show what differs."""
        self.form.flush()
        RubricVersionDialog.ask(self._context, self.draft, self._on_saved, self)

    def _on_saved(self, path: Path) -> None:
        self.version_saved.emit(path)

    def _step(self, move: Callable[[], JsonPath | None]) -> None:
        self.form.flush()
        path = move()
        if path is None:
            return
        holding = [p for p in parts_of(self.draft.data) if path[: len(p.path)] == p.path]
        part = max(holding, key=lambda one: len(one.path))
        self._select(part.path)
        self.form.refresh()
        self.form.focus_place(path_text(path))
        self._on_edit()

    def _on_edit(self) -> None:
        self._refresh_head()
        self._rename()
        self._pause.start()

    def _refresh_head(self) -> None:
        words = self._context.words
        self.undo_button.setEnabled(self.draft.can_undo)
        self.redo_button.setEnabled(self.draft.can_redo)
        usable = self.standing is None or self.standing.usable
        self.save.setEnabled(self.draft.changed and usable)
        key = "changed" if self.draft.changed else "unchanged"
        self.state.set_text(words.tr(f"ui_rubric_edit.{key}"))
        self.state.set_role("caution" if self.draft.changed else "muted")

    def _show_standing(self, standing: Standing) -> None:
        self.standing = standing
        self.panel.show_standing(standing)
        self.form.show_problems(all_found(standing))
        self._refresh_head()

    # --- the parts --------------------------------------------------------------------------------

    def _fill_tree(self) -> None:
        tops: dict[PartKind, QTreeWidgetItem] = {}
        for part in parts_of(self.draft.data):
            item = self._item(part)
            if part.kind == "about":
                self.tree.addTopLevelItem(item)
                continue
            if part.kind not in tops:
                words = self._context.words.tr(f"ui_rubric_edit.parts_{part.kind}")
                tops[part.kind] = QTreeWidgetItem([words])
                tops[part.kind].setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.tree.addTopLevelItem(tops[part.kind])
            tops[part.kind].addChild(item)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _item(self, part: Part) -> QTreeWidgetItem:
        item = QTreeWidgetItem([self._title(part)])
        item.setToolTip(0, item.text(0))
        item.setData(0, _PART, part)
        return item

    def _title(self, part: Part) -> str:
        words = self._context.words
        if part.kind == "about":
            return words.tr("ui_rubric_edit.parts_about")
        return f"{part.number} {names_in(part.names, words.language)}".strip()

    def _rename(self) -> None:
        """Let the open part be called as it now is."""
        item, part = self.tree.currentItem(), self.form.part
        if item is not None and part is not None:
            present = next(p for p in parts_of(self.draft.data) if p.path == part.path)
            item.setText(0, self._title(present))

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        below = [top.child(n) for top in tops if top for n in range(top.childCount())]
        return [item for item in (*tops, *below) if item is not None]

    def _select(self, path: JsonPath) -> None:
        for item in self._items():
            part = item.data(0, _PART)
            if isinstance(part, Part) and part.path == path:
                self.tree.setCurrentItem(item)
                return

    def _open(self, item: QTreeWidgetItem | None) -> None:
        part = item.data(0, _PART) if item is not None else None
        if isinstance(part, Part):
            self.form.show_part(part)

    def _filter(self, wanted: str) -> None:
        """Leave the parts whose title holds every word."""
        words = wanted.casefold().split()
        for number in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(number)
            if top is None or not top.childCount():
                continue
            left = 0
            for place in range(top.childCount()):
                child = top.child(place)
                hidden = not all(word in child.text(0).casefold() for word in words)
                child.setHidden(hidden)
                left += not hidden
            top.setHidden(not left)
            top.setExpanded(bool(words) and left > 0)

    # --- how it is laid out -----------------------------------------------------------------------

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        self.undo_button = ToolButton(theme, "undo", words.tr("ui.action_undo"))
        self.undo_button.clicked.connect(lambda *_: self.undo())
        self.redo_button = ToolButton(theme, "redo", words.tr("ui.action_redo"))
        self.redo_button.clicked.connect(lambda *_: self.redo())
        self.state = FlowLabel(theme, "", "muted")
        self.save = PrimaryButton(theme, words.tr("ui_rubric_edit.save"), "save")
        self.save.clicked.connect(lambda *_: self.save_version())
        head = row(theme, self.undo_button, self.redo_button)
        head.addWidget(self.state, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.save)
        body = QHBoxLayout()
        body.setSpacing(theme.px(L))
        body.addWidget(self._left())
        body.addWidget(self.form, 1)
        self.panel.setFixedWidth(theme.px(_STANDING_WIDTH))
        body.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(S))
        column.addLayout(head)
        column.addLayout(body, 1)

    def _left(self) -> QWidget:
        theme, words = self._context.theme, self._context.words
        self.search = SearchField(theme, words.tr("ui_rubric.search"))
        self.search.search_changed.connect(self._filter)
        self.tree = marked(QTreeWidget(), "tree")
        named(self.tree, words.tr("ui_rubric_edit.parts"))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(theme.px(L))
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.currentItemChanged.connect(lambda item, _: self._open(item))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(S))
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        holder.setFixedWidth(theme.px(_TREE_WIDTH))
        return holder
