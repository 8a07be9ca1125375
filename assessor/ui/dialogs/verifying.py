"""Verifying files in the window: chosen or dragged in, each with its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor.errors import AssessorError, Problem
from assessor.i18n import Message, message
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, L, M, S
from assessor.ui.widgets import (
    Button,
    FlowLabel,
    PrimaryButton,
    ScrollColumn,
    StateIcon,
    column,
    label,
    row,
)
from assessor.ui.widgets.containers import refilled

if TYPE_CHECKING:
    from assessor.ui.widgets import State
    from assessor.workspace.verification import FileCheck

_SIZE = (680, 560)
_SHOWN = 5
_ICON = 18
_ENDINGS = {".xlsx", ".xlsm", ".pdf"}


class VerifyDialog(QDialog):
    """Verifies workbooks and PDFs beside the window and says what came of each."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme, words = context.theme, context.words
        self.checks: tuple[FileCheck, ...] = ()
        self.setWindowTitle(words.tr("ui_trust.verify_title"))
        self.resize(*(theme.px(edge) for edge in _SIZE))
        self.setAcceptDrops(True)
        self.said = FlowLabel(theme, words.tr("ui_trust.verify_text"), "muted")
        self.list = ScrollColumn(theme, L)
        self._results = QWidget()
        self.list.body.addWidget(self._results)
        self.list.body.addStretch(1)
        self.choose = Button(theme, words.tr("ui_trust.verify_choose"), "folder")
        self.choose.clicked.connect(lambda *_: self._ask())
        self._build()

    @classmethod
    def ask(cls, context: Context, parent: QWidget | None) -> None:
        """Show the dialog until it is closed."""
        dialog = cls(context, parent)
        dialog.exec()
        dialog.deleteLater()

    def verify(self, paths: Sequence[Path]) -> None:
        """Verify files; those of a kind that cannot be are said to be."""
        self.choose.setEnabled(False)
        self.said.set_text(self._context.words.tr("ui_trust.verifying", count=len(paths)))
        self._context.tasks.start(lambda _: _checked(paths), self._show, self._fail, owner=self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files that can be verified."""
        if self.choose.isEnabled() and _dragged(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Verify what was dropped."""
        event.acceptProposedAction()
        self.verify(_dragged(event))

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        close = PrimaryButton(theme, words.tr("ui.close"))
        close.clicked.connect(lambda *_: self.accept())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.px(XL)] * 4)
        outer.setSpacing(theme.px(M))
        outer.addWidget(label(words.tr("ui_trust.verify_title"), "title"))
        outer.addWidget(self.said)
        outer.addWidget(self.list, 1)
        foot = row(theme, self.choose, close)
        foot.insertStretch(1, 1)
        outer.addLayout(foot)

    def _ask(self) -> None:
        paths = files.ask_exports(self, self._context.words)
        if paths:
            self.verify(paths)

    def _show(self, checks: tuple[FileCheck, ...]) -> None:
        self.checks = checks
        self.choose.setEnabled(True)
        words = self._context.words
        from assessor.reports.verify_words import limits_of  # noqa: PLC0415 (heavy at start)

        found = [check.tamper for check in checks if check.tamper]
        self.said.set_text(words.pick(limits_of(found)))
        old, self._results = self._results, QWidget()
        filled = QVBoxLayout(self._results)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(self._context.theme.px(L))
        for check in checks:
            filled.addLayout(self._entry(check))
        with refilled(self.list):
            self.list.body.replaceWidget(old, self._results)
            old.deleteLater()

    def _entry(self, check: FileCheck) -> QVBoxLayout:
        theme, words = self._context.theme, self._context.words
        state, lines = told(check)
        icon = StateIcon(theme, state, words.tr(f"ui_trust.state_{state}"), theme.px(_ICON))
        head = row(theme, icon, spacing=S)
        head.addWidget(FlowLabel(theme, check.path.name, bold=True), 1)
        texts = [FlowLabel(theme, words.pick(line), size=theme.sizes.table) for line in lines]
        made = column(theme, *texts, spacing=2)
        made.insertLayout(0, head)
        return made

    def _fail(self, error: AssessorError) -> None:
        self.choose.setEnabled(True)
        self.said.set_text(error.text(self._context.words.language))


def told(check: FileCheck) -> tuple[State, list[Message]]:
    """Return how a file came off and the sentences that say so."""
    from assessor.reports.verify_words import tamper_message  # noqa: PLC0415 (heavy at start)

    found = check.verification
    if found is None:
        reason = check.error.message if check.error else message("verify.nothing")
        return "bad", [reason, *([tamper_message(check.tamper)] if check.tamper else [])]
    lines = [message("ui_trust.holds" if found.holds else "ui_trust.fails")]
    lines.append(tamper_message(found.tamper))
    lines += [_line(problem) for problem in (*found.problems, *found.notes)[:_SHOWN]]
    if not found.holds:
        return "bad", lines
    enrolled = found.tamper.verdict == "enrolled"
    return ("good" if enrolled and not found.notes else "caution"), lines


def _line(problem: Problem) -> Message:
    if not problem.place:
        return problem.message
    return message("ui_trust.at_place", place=problem.place, what=problem.message)


def _dragged(event: QDropEvent) -> list[Path]:
    """Return the local files that are dragged and can be verified."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in _ENDINGS]


def _checked(paths: Sequence[Path]) -> tuple[FileCheck, ...]:
    from assessor.workspace.verification import verify_files  # noqa: PLC0415 (heavy at start)

    return verify_files(paths)
