"""Sealing a file in the window: for whom, with which passphrase, with a recovery sheet or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.i18n import Language, message
from assessor.ui.dialogs import files
from assessor.ui.dialogs.flowing import FlowingDialog
from assessor.ui.dialogs.passphrase import PassphrasePair
from assessor.ui.dialogs.working import PARTS, WorkBar, in_parts
from assessor.ui.navigation import Context
from assessor.ui.tasks import Monitor, Task
from assessor.ui.theme.sizes import XL, M
from assessor.ui.views.new_visit.forms import under
from assessor.ui.widgets import Button, CheckField, FlowLabel, PrimaryButton, label, row

if TYPE_CHECKING:
    from assessor.workspace.sealing import SealedFile

_WIDTH = 520


class SealDialog(FlowingDialog):
    """Chooses a file and how it is sealed, and seals it beside the window."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme.px(_WIDTH), parent)
        self._context = context
        theme, words = context.theme, context.words
        self.setWindowTitle(words.tr("ui_trust.seal_title"))
        self.file: Path | None = None
        self.recipient: Path | None = None
        self._task: Task | None = None
        self.file_name = FlowLabel(theme, words.tr("ui_trust.seal_no_file"), "muted")
        self.choose_file = Button(theme, words.tr("ui_trust.seal_choose_file"), "file")
        self.choose_file.clicked.connect(lambda *_: self._ask_file())
        self.to_name = FlowLabel(theme, words.tr("ui_trust.seal_nobody"), "muted")
        self.choose_to = Button(theme, words.tr("ui_trust.seal_choose_key"), "person")
        self.choose_to.clicked.connect(lambda *_: self._ask_recipient())
        self.protect = CheckField(theme, words.tr("ui_trust.seal_passphrase"))
        self.pair = PassphrasePair(context)
        self.sheet = CheckField(theme, words.tr("ui_trust.seal_sheet"))
        self.said = FlowLabel(theme, "", size=theme.sizes.table)
        self.progress = WorkBar(theme, words.tr("ui_trust.sealing"))
        self.cancel = Button(theme, words.tr("ui_new.cancel"))
        self.cancel.clicked.connect(lambda *_: self.reject())
        self.seal = PrimaryButton(theme, words.tr("ui_trust.seal"), "lock")
        self.seal.clicked.connect(lambda *_: self._seal())
        self._build()
        self.protect.toggled.connect(lambda *_: self.refresh())
        for line in (self.pair.first, self.pair.second):
            line.textChanged.connect(lambda *_: self.refresh())
        self.refresh()

    @classmethod
    def ask(cls, context: Context, parent: QWidget | None) -> None:
        """Show the dialog until the file is sealed or the person thinks better of it."""
        dialog = cls(context, parent)
        dialog.exec()
        dialog.deleteLater()

    def refresh(self) -> None:
        """Show what is chosen and how far it is; sealing waits until everything is chosen."""
        working = self._task is not None
        self.progress.setVisible(working)
        self.said.setVisible(not working)
        for widget in (self.choose_file, self.choose_to, self.protect, self.pair, self.sheet):
            widget.setEnabled(not working)
        self.pair.setVisible(self.protect.isChecked())
        if self.file is not None:
            self.file_name.set_text(self.file.name)
        if self.recipient is not None:
            self.to_name.set_text(self.recipient.name)
        fits = not self.protect.isChecked() or self.pair.words() is not None
        somebody = self.recipient is not None or self.protect.isChecked()
        self.seal.setEnabled(self.file is not None and somebody and fits and not working)

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(label(words.tr("ui_trust.seal_title"), "title"))
        column.addWidget(FlowLabel(theme, words.tr("ui_trust.seal_text"), "muted"))
        for name, said, button in (
            ("seal_file", self.file_name, self.choose_file),
            ("seal_to", self.to_name, self.choose_to),
        ):
            line = row(theme, button)
            line.insertWidget(0, said, 1)
            column.addLayout(under(theme, words.tr(f"ui_trust.{name}"), _holder(line)))
        for widget in (self.protect, self.pair, self.sheet, self.said, self.progress):
            column.addWidget(widget)
        foot = row(theme, self.cancel, self.seal)
        foot.insertStretch(0, 1)
        column.addLayout(foot)

    def _ask_file(self) -> None:
        self.file = files.ask_any(self, self._context.words) or self.file
        self.refresh()

    def _ask_recipient(self) -> None:
        self.recipient = files.ask_key(self, self._context.words) or self.recipient
        self.refresh()

    def _seal(self) -> None:
        file, recipient = self.file, self.recipient
        if file is None:
            return
        passphrase = self.pair.words() if self.protect.isChecked() else None
        sheet, language = self.sheet.isChecked(), self._context.words.language
        self.said.set_text("")
        self.progress.show_part(0, PARTS)
        found: list[SealedFile] = []
        task = self._context.tasks.start(
            lambda monitor: found.append(
                _sealed(file, recipient, passphrase, sheet, language, monitor)
            ),
            failed=self._fail,
            progress=self.progress.show_part,
            owner=self,
        )
        if task.over:
            self._ended(found)
            return
        self._task = task
        task.ended.connect(lambda: self._ended(found))
        self.refresh()

    def reject(self) -> None:
        """End what is under way; without that, close."""
        if self._task is None:
            super().reject()
        else:
            self._task.cancel()
            self.cancel.setEnabled(False)
            self.said.set_text(self._context.words.tr("ui_trust.sealing_cancelled"))

    def _ended(self, found: list[SealedFile]) -> None:
        """What was finished before a cancel reached it is there, and is said to be."""
        self._task = None
        self.cancel.setEnabled(True)
        self.refresh()
        if found:
            self._done(found[0])

    def _done(self, made: SealedFile) -> None:
        key = "ui_trust.sealed_with_sheet" if made.sheet else "ui_trust.sealed"
        sheet = made.sheet.name if made.sheet else ""
        self._context.bridge.say(message(key, file=made.file.name, sheet=sheet), "good")
        self.accept()

    def _fail(self, error: AssessorError) -> None:
        self.said.set_text(error.text(self._context.words.language))


def _holder(line: QHBoxLayout) -> QWidget:
    line.setContentsMargins(0, 0, 0, 0)
    made = QWidget()
    made.setLayout(line)
    return made


def _sealed(
    file: Path,
    recipient: Path | None,
    words: str | None,
    sheet: bool,
    language: Language,
    monitor: Monitor,
) -> SealedFile:
    from assessor.exchange.sealing import Passphrase  # noqa: PLC0415 (heavy at start)
    from assessor.workspace.sealing import seal  # noqa: PLC0415 (heavy at start)

    return seal(
        file,
        to=() if recipient is None else (recipient,),
        passphrase=None if words is None else Passphrase(words),
        recovery_sheet=file.with_name(f"{file.name}.recovery.pdf") if sheet else None,
        language=language,
        step=in_parts(monitor),
    )
