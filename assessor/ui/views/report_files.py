"""Writing the report: the button, how far it is, what is in the way, and the files in the end."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.ui.dialogs.files import ask_folder
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.views.report_desk import ReportDesk
from assessor.ui.widgets import (
    Button,
    Card,
    FlowLabel,
    LinkButton,
    PrimaryButton,
    ShareBar,
    StateIcon,
    label,
    row,
)
from assessor.ui.words import Words

_DIGEST_SHOWN = 16
_BAR = 8
_ICON = 20


class FilesPanel(QWidget):
    """Everything about writing the files of a desk. Signals: `folder_chosen(object)` a `Path`."""

    folder_chosen = Signal(object)

    def __init__(
        self, theme: Theme, words: Words, desk: ReportDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._desk = theme, words, desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(S))
        self.write_button = PrimaryButton(theme, words.tr("ui_report.write"), "export")
        self.write_button.clicked.connect(lambda *_: self.ask())
        self.progress = _Progress(theme, words)
        self.progress.cancel.clicked.connect(lambda *_: desk.cancel())
        self.question = _Question(theme, words)
        self.question.replace.clicked.connect(lambda *_: self._replace())
        self.question.keep.clicked.connect(lambda *_: desk.leave_as_it_is())
        self.result = _Result(theme, words)
        self.removed = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.cancelled = FlowLabel(theme, words.tr("ui_report.cancelled"), "muted")
        for widget in (
            self.write_button,
            self.progress,
            self.question,
            self.result,
            self.removed,
            self.cancelled,
        ):
            column.addWidget(widget)
        desk.changed.connect(self.refresh)
        self.refresh()

    def ask(self) -> None:
        """Ask for a folder and write there."""
        if self._desk.writing:
            return
        folder = ask_folder(self, self._words.tr("ui_report.write_title"), self._desk.folder)
        if folder is not None:
            self.folder_chosen.emit(folder)
            self._desk.write(folder)

    def refresh(self) -> None:
        """Show how things stand."""
        desk = self._desk
        self.write_button.setEnabled(not desk.writing)
        self.progress.setVisible(desk.writing)
        self.progress.show_progress(desk.progress, desk.cancelling)
        self.question.setVisible(bool(desk.in_the_way))
        self.question.show_files(desk.folder, desk.in_the_way)
        self.result.setVisible(desk.written is not None)
        if desk.written is not None:
            files = tuple(path for path in (desk.written.pdf, desk.written.workbook) if path)
            self.result.show_files(files, desk.written.payload_digest)
        self.removed.setVisible(bool(desk.removed) and desk.written is not None)
        self.removed.set_text("\n".join(desk.removed))
        self.cancelled.setVisible(desk.cancelled)

    def _replace(self) -> None:
        if self._desk.folder is not None:
            self._desk.write(self._desk.folder, replace=True)


class _Progress(Card):
    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, "sunken")
        self._words = words
        self.text = FlowLabel(theme, "", size=theme.sizes.table)
        self.bar = ShareBar(theme, words.tr("ui_report.progress_name"), _BAR)
        self.cancel = Button(theme, words.tr("ui_report.cancel"))
        for widget in (self.text, self.bar, self.cancel):
            self.body.addWidget(widget)

    def show_progress(self, progress: tuple[int, int], cancelling: bool) -> None:
        done, total = progress
        key = "ui_report.cancelling" if cancelling else "ui_report.writing"
        self.text.set_text(self._words.tr(key, done=done, total=total))
        self.bar.set_share(Decimal(done) / max(total, 1))
        self.cancel.setEnabled(not cancelling)


class _Question(Card):
    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, "accent")
        self._words = words
        self.text = FlowLabel(theme, "", size=theme.sizes.table)
        self.replace = Button(theme, words.tr("ui_report.replace"))
        self.keep = Button(theme, words.tr("ui_report.keep"))
        self.body.addWidget(self.text)
        self.body.addLayout(row(theme, self.replace, self.keep, stretch=True))

    def show_files(self, folder: Path | None, files: tuple[Path, ...]) -> None:
        names = ", ".join(path.name for path in files)
        place = folder.name or str(folder) if folder else ""
        self.text.set_text(self._words.tr("ui_report.in_the_way", folder=place, files=names))


class _Result(Card):
    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, "accent")
        self._theme, self._words = theme, words
        self._files: list[Path] = []
        head = row(theme, StateIcon(theme, "good", words.tr("ui.tone_good"), theme.px(_ICON)))
        head.addWidget(FlowLabel(theme, words.tr("ui_report.written"), bold=True), 1)
        self.body.addLayout(head)
        self.names = FlowLabel(theme, "", size=theme.sizes.table)
        self.digest = label("", "caption")
        self.open_folder = Button(theme, words.tr("ui_report.open_folder"), "folder")
        self.open_folder.clicked.connect(lambda *_: self._open(self._files[0].parent))
        self.open_pdf = LinkButton(theme, words.tr("ui_report.open_pdf"))
        self.open_pdf.clicked.connect(lambda *_: self._open(self._files[0]))
        self.body.addWidget(self.names)
        self.body.addWidget(self.digest)
        self.body.addLayout(row(theme, self.open_folder, self.open_pdf, stretch=True))

    def show_files(self, files: tuple[Path, ...], digest: str) -> None:
        self._files = list(files)
        self.names.set_text("\n".join(path.name for path in files))
        shown = f"{digest[:_DIGEST_SHOWN]}…"
        self.digest.setText(self._words.tr("ui_report.digest", digest=shown))
        self.digest.setToolTip(digest)

    @staticmethod
    def _open(path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
