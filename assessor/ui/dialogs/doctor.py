"""The check-up in the window: each line with its state and what to do, and the support archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.i18n import message
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

if TYPE_CHECKING:
    from assessor.ui.tasks import Monitor
    from assessor.ui.widgets import State
    from assessor.workspace.doctor.line import Line

_SIZE = (640, 620)
_STATES: dict[str, State] = {"ok": "good", "warning": "caution", "problem": "bad"}
_BUNDLE = "assessor-check-up.zip"


class DoctorDialog(QDialog):
    """Looks at this machine beside the window and shows what it found, the worst first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme, words = context.theme, context.words
        self.lines: tuple[Line, ...] = ()
        self.setWindowTitle(words.tr("doctor.title"))
        self.resize(*(theme.px(edge) for edge in _SIZE))
        self.said = FlowLabel(theme, words.tr("doctor.looking"), "muted")
        self.list = ScrollColumn(theme, L)
        self.bundle = Button(theme, words.tr("doctor.bundle"), "save")
        self.bundle.setEnabled(False)
        self.bundle.clicked.connect(lambda *_: self._ask_bundle())
        self._build()
        context.tasks.start(_checked, self._show, self._fail, owner=self)

    @classmethod
    def ask(cls, context: Context, parent: QWidget | None) -> None:
        """Show the dialog until it is closed."""
        dialog = cls(context, parent)
        dialog.exec()
        dialog.deleteLater()

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        close = PrimaryButton(theme, words.tr("ui.close"))
        close.clicked.connect(lambda *_: self.accept())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.px(XL)] * 4)
        outer.setSpacing(theme.px(M))
        outer.addWidget(label(words.tr("doctor.title"), "title"))
        outer.addWidget(FlowLabel(theme, words.tr("doctor.text"), "muted"))
        outer.addWidget(self.said)
        outer.addWidget(self.list, 1)
        foot = row(theme, self.bundle, close)
        foot.insertStretch(1, 1)
        outer.addLayout(foot)

    def _show(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines
        words = self._context.words
        counts = {state: sum(line.state == state for line in lines) for state in _STATES}
        values = {"problems": counts["problem"], "warnings": counts["warning"]}
        self.said.set_text(words.tr("doctor.summary", count=len(lines), **values))
        order = list(_STATES)
        for line in sorted(lines, key=lambda line: -order.index(line.state)):
            self._add(line)
        self.list.body.addStretch(1)
        self.bundle.setEnabled(True)

    def _add(self, line: Line) -> None:
        theme, words = self._context.theme, self._context.words
        state = words.tr(f"doctor.{line.state}")
        icon = StateIcon(theme, _STATES[line.state], state, theme.px(18))
        told = [label(words.pick(line.title), "strong"), FlowLabel(theme, words.pick(line.said))]
        if line.advice is not None:
            advice = words.pick(line.advice)
            told.append(FlowLabel(theme, advice, "muted", size=theme.sizes.table))
        beside = row(theme, icon, spacing=S)
        beside.addLayout(column(theme, *told, spacing=2), 1)
        self.list.body.addLayout(beside)

    def _fail(self, error: AssessorError) -> None:
        self.said.set_text(error.text(self._context.words.language))

    # --- the archive ------------------------------------------------------------------------------

    def _ask_bundle(self) -> None:
        folder = files.ask_folder(self, self._context.words.tr("doctor.bundle_title"))
        if folder is None:
            return
        lines, bridge = self.lines, self._context.bridge
        self._context.tasks.start(
            lambda _: _bundled(lines, folder),
            lambda path: bridge.say(message("doctor.bundle_written", file=str(path)), "good"),
            self._fail,
            owner=self,
        )


def _checked(monitor: Monitor) -> tuple[Line, ...]:
    from assessor.workspace.doctor.checkup import (  # noqa: PLC0415 (heavy at start)
        check_up,
        this_machine,
    )

    return check_up(this_machine(), monitor.step)


def _bundled(lines: tuple[Line, ...], folder: Path) -> Path:
    """Write the archive under a name that is free."""
    from assessor.workspace.doctor.checkup import (  # noqa: PLC0415 (heavy at start)
        this_machine,
        write_bundle,
    )

    target, number = folder / _BUNDLE, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(_BUNDLE).stem}-{number}.zip"
    write_bundle(lines, this_machine(), target)
    return target
