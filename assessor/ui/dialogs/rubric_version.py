"""Keeping an edited rubric as a new version: its number, and everything that differs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from assessor.analysis.rubric_diff import RubricDiff, compare_rubrics
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.loader import LoadedRubric
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, L, M
from assessor.ui.views.rubrics_diff import DiffText
from assessor.ui.widgets import Button, FlowLabel, LineField, PrimaryButton, label, named, row
from assessor.workspace.rubric_draft import RubricDraft, next_version, save_version, with_version

_WIDTH, _HEIGHT = 640, 520


class RubricVersionDialog(QDialog):
    """Shows what differs and asks for the number; writes beside the window and closes when done.

    `saved` is called with the new file.
    """

    def __init__(
        self,
        context: Context,
        draft: RubricDraft,
        saved: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._draft, self._saved = context, draft, saved
        theme, words = context.theme, context.words
        self.setWindowTitle(words.tr("ui_rubric_edit.version_title"))
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        self.refused = FlowLabel(theme, "", "bad")
        self.refused.hide()
        self.version = LineField(theme, words.tr("ui_rubric_edit.version"))
        self.version.setText(next_version(draft.base.rubric.version))
        self.version.setFixedWidth(theme.px(140))
        self.version.textChanged.connect(lambda *_: self.refused.hide())
        self.summary = FlowLabel(theme, "", "muted")
        self.text = named(QTextBrowser(), words.tr("ui_rubric.differences"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(theme.px(L))
        self.save = PrimaryButton(theme, words.tr("ui_rubric_edit.version_save"), "save")
        self.save.clicked.connect(lambda *_: self._save())
        self._build()
        self._compare()

    @classmethod
    def ask(
        cls,
        context: Context,
        draft: RubricDraft,
        saved: Callable[[Path], None],
        parent: QWidget | None,
    ) -> None:
        """Show the dialog until the version is written or the person thinks better of it."""
        dialog = cls(context, draft, saved, parent)
        dialog.exec()
        dialog.deleteLater()

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        close = Button(theme, words.tr("ui_new.cancel"))
        close.clicked.connect(lambda *_: self.reject())
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(label(words.tr("ui_rubric_edit.version_title"), "title"))
        column.addWidget(FlowLabel(theme, words.tr("ui_rubric_edit.version_text"), "muted"))
        number = row(theme, label(words.tr("ui_rubric_edit.version")), self.version)
        number.addStretch(1)
        column.addLayout(number)
        column.addWidget(self.summary)
        column.addWidget(self.text, 1)
        column.addWidget(self.refused)
        foot = row(theme, close, self.save)
        foot.insertStretch(0, 1)
        column.addLayout(foot)

    def _compare(self) -> None:
        try:
            after = with_version(self._draft, self.version.text())
        except AssessorError as error:
            self._refuse(error)
            return
        before = self._draft.base.rubric
        self._context.tasks.start(
            lambda _: compare_rubrics(before, after.rubric), done=self._show, owner=self
        )

    def _show(self, diff: RubricDiff) -> None:
        told = DiffText(self._context.theme, self._context.words)
        self.summary.set_text(told.summary(diff))
        self.text.setHtml(told.html(diff))

    def _save(self) -> None:
        try:
            made = with_version(self._draft, self.version.text())
        except AssessorError as error:
            self._refuse(error)
            return
        self.save.setEnabled(False)
        self._context.tasks.start(
            lambda _: _written(made), done=self._on_saved, failed=self._refuse, owner=self
        )

    def _refuse(self, error: AssessorError) -> None:
        self.save.setEnabled(True)
        self.refused.set_text(self._context.words.pick(error.message))
        self.refused.show()

    def _on_saved(self, path: Path) -> None:
        said = message("ui_rubric_edit.saved", file=path.name, folder=str(path.parent))
        self._context.bridge.say(said, "good")
        self._saved(path)
        self.accept()


def _written(loaded: LoadedRubric) -> Path:
    return save_version(loaded)
