"""One file of the intake's log: its verdict, every reason with its cell, the way to the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.models.bureau_naming import VERDICT_LOOKS, place_of
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.widgets import (
    Button,
    FlowLabel,
    ScrollColumn,
    StateIcon,
    column,
    label,
    marked,
    row,
)

if TYPE_CHECKING:
    from assessor.bureau.records import Finding
    from assessor.bureau.register import LogRow
    from assessor.ui.widgets import State

_STATES: dict[str, State] = {
    "accepted": "good",
    "warning": "caution",
    "rejected": "bad",
    "skipped": "not_applicable",
}


class IntakeFile(QFrame):
    """What is known of a file. Signals: `visit_asked(str)` the id of the visit in it."""

    visit_asked = Signal(str)

    def __init__(self, context: Context, desk: BureauDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        marked(self, "card")
        self._context, self._desk = context, desk
        theme, words = context.theme, context.words
        self.line: LogRow | None = None
        self.setMinimumSize(theme.px(240), theme.px(150))
        self.page = ScrollColumn(theme, L)
        self.reveal = Button(theme, words.tr("ui_bureau.open_folder"), "folder")
        self.reveal.clicked.connect(lambda *_: self._reveal())
        self.to_visit = Button(theme, words.tr("ui_bureau.to_visit"), "table")
        self.to_visit.clicked.connect(lambda *_: self._ask_visit())
        self._content = QWidget()
        self.page.body.addWidget(self._content)
        self.page.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self.page, 1)
        foot = row(theme, self.reveal, self.to_visit, stretch=True)
        foot.setContentsMargins(*[theme.px(M)] * 4)
        outer.addLayout(foot)
        self.show_line(None)

    def show_line(self, line: LogRow | None) -> None:
        """Show a file, or what there would be to see."""
        self.line = line
        self.reveal.setVisible(line is not None)
        self.to_visit.setVisible(line is not None and bool(line.visit_id))
        old, self._content = self._content, QWidget()
        body = QVBoxLayout(self._content)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(self._context.theme.px(M))
        if line is None:
            text = self._context.words.tr("ui_bureau.no_file_chosen")
            body.addWidget(FlowLabel(self._context.theme, text, "muted"))
        else:
            self._fill(body, line)
        self.page.body.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()

    def _fill(self, body: QVBoxLayout, line: LogRow) -> None:
        theme, words = self._context.theme, self._context.words
        verdict = line.verdict.value
        said = words.tr(f"bureau_intake.verdict_{verdict}")
        icon = StateIcon(theme, _STATES[verdict], said, theme.px(18))
        head = row(theme, icon, label(said, _kind(verdict)), spacing=S, stretch=True)
        body.addLayout(head)
        name = FlowLabel(theme, line.name, bold=True, line_height=1.35)
        facts = words.tr(
            "ui_bureau.file_facts",
            size=words.file_size(line.size),
            seen=words.moment(line.first_seen.astimezone()),
            digest=line.sha256[:12] or "-",
        )
        about = FlowLabel(theme, facts, "muted", size=theme.sizes.caption)
        body.addLayout(column(theme, name, about))
        for finding in line.findings:
            body.addLayout(self._finding(finding))
        if not line.findings:
            body.addWidget(FlowLabel(theme, words.tr("ui_bureau.nothing_wrong"), "muted"))

    def _finding(self, finding: Finding) -> QVBoxLayout:
        theme, words = self._context.theme, self._context.words
        role = VERDICT_LOOKS[finding.verdict.value][1]
        place = place_of(finding) or words.tr("ui_bureau.whole_file")
        where = FlowLabel(theme, place, role, size=theme.sizes.caption, bold=True)
        why = FlowLabel(theme, words.pick(finding.reason), size=theme.sizes.table)
        return column(theme, where, why, spacing=2)

    def _ask_visit(self) -> None:
        if self.line is not None:
            self.visit_asked.emit(self.line.visit_id)

    def _reveal(self) -> None:
        if self.line is not None and self._desk.path is not None:
            reveal(self._context, self, self.line.name, self.line.sha256, self._desk.path)


def reveal(context: Context, owner: QWidget, name: str, sha256: str, register: Path) -> None:
    """Look for a file on a worker and show the folder it lies in; say when it is gone."""
    folders = tuple(Path(folder) for folder in context.settings.value.intake_folders)

    def look() -> Path:
        from assessor.workspace.bureau_register import file_behind  # noqa: PLC0415 (heavy)

        found = file_behind(name, sha256, folders, register)
        if found is None:
            raise AssessorError(message("ui_bureau.file_gone", name=name))
        return found

    context.tasks.start(lambda _: look(), done=show_folder, owner=owner)


def show_folder(path: Path) -> None:
    """Open the folder a file lies in with the system's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _kind(verdict: str) -> str:
    role = VERDICT_LOOKS[verdict][1]
    return role if role in {"good", "caution", "bad"} else "muted"
