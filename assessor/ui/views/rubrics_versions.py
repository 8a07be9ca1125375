"""What differs between two rubrics of the library, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from assessor.analysis.rubric_diff import RubricDiff, compare_rubrics
from assessor.rubrics.loader import LoadedRubric
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import L
from assessor.ui.views.rubrics_diff import DiffText
from assessor.ui.widgets import Button, ChoiceField, FlowLabel, label, named, row

if TYPE_CHECKING:
    from assessor.workspace.rubric_library import Entry


class RubricVersions(QWidget):
    """Compares a rubric with another one of the library, by preference an older version of it."""

    def __init__(
        self,
        context: Context,
        entry: Entry,
        entries: Sequence[Entry],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._entry = context, entry
        self._theme, self._words = context.theme, context.words
        self._others = {
            one.digest: one.loaded
            for one in entries
            if one.loaded and one.id == entry.id and one.digest != entry.digest
        }
        self.other = ChoiceField(self._theme, self._words.tr("ui_rubric.compare_with"))
        self.other.key_chosen.connect(self.compare)
        self.file = Button(self._theme, self._words.tr("ui_rubric.compare_file"), "folder")
        self.file.clicked.connect(lambda *_: self._choose_file())
        self.summary = FlowLabel(self._theme, "", "muted")
        self.warning = FlowLabel(self._theme, "", "caution")
        self.warning.hide()
        self.text = QTextBrowser()
        named(self.text, self._words.tr("ui_rubric.differences"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(self._theme.px(L))
        head = row(
            self._theme, label(self._words.tr("ui_rubric.compare_with")), self.other, self.file
        )
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(L))
        column.addLayout(head)
        column.addWidget(self.warning)
        column.addWidget(self.summary)
        column.addWidget(self.text, 1)
        column.addStretch(0)
        self._offer(next(iter(self._others), ""))

    def compare(self, digest: str) -> None:
        """Show the differences from the rubric with this digest; nothing for none."""
        other = self._others.get(digest)
        if other is None or self._entry.loaded is None:
            key = "compare_choose" if self._others else "compare_alone"
            self.summary.set_text(self._words.tr(f"ui_rubric.{key}"))
            self.text.clear()
            self.text.hide()
            return
        before, after = other.rubric, self._entry.loaded.rubric
        self.warning.setVisible(before.id != after.id)
        title = self._words.pick(before.title)
        self.warning.set_text(self._words.tr("ui_rubric.compare_other", title=title))
        self._context.tasks.start(
            lambda _: compare_rubrics(before, after), done=self._show, owner=self
        )

    def _offer(self, digest: str) -> None:
        """Offer what there is to compare with, and compare with one."""
        names = {name: self._name(one) for name, one in self._others.items()}
        self.other.set_choices({"": self._words.tr("ui_rubric.compare_none"), **names})
        self.other.set_key(digest)
        self.compare(digest)

    def _choose_file(self) -> None:
        path = files.ask_rubric(self, self._words)
        if path is not None:
            self._context.tasks.start(lambda _: _load(path), done=self._add, owner=self)

    def _add(self, loaded: LoadedRubric) -> None:
        if loaded.digest != self._entry.digest:
            self._others[loaded.digest] = loaded
        self._offer(loaded.digest)

    def _show(self, diff: RubricDiff) -> None:
        told = DiffText(self._theme, self._words)
        self.summary.set_text(told.summary(diff))
        self.text.setHtml(told.html(diff))
        self.text.setVisible(bool(diff.changes))

    def _name(self, loaded: LoadedRubric) -> str:
        rubric = loaded.rubric
        return f"{self._words.pick(rubric.short_title)} {rubric.version} ({loaded.digest[:8]})"


def _load(path: Path) -> LoadedRubric:
    from assessor.workspace.rubric_library import rubric_called  # noqa: PLC0415 (heavy at start)

    return rubric_called(str(path))
