"""Who changed what and when in the open visit, to be read; nothing can be changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from assessor.errors import AssessorError, Problem
from assessor.ui.models.text_table import TextRow, TextTable
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, M, S
from assessor.ui.views.bureau.tables import hide_where_narrow, table_of
from assessor.ui.widgets import (
    Button,
    FlowLabel,
    PrimaryButton,
    SearchField,
    StateIcon,
    label,
    named,
    row,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from assessor.ui.visit_bridge import VisitBridge
    from assessor.workspace.history import ShownStep
    from assessor.workspace.history_words import Said
    from assessor.workspace.visits import OpenVisit

_SIZE = (860, 620)
_WIDTHS = (60, 150, 120, 260, 200)
_WHAT, _CHANGES = 3, 4
_ROOM = {2: 520, _CHANGES: 640}
"""Columns that are hidden where the table is narrower than this."""
_DETAILS = 150
FIRST_STEPS = 500
"""Steps that are read at first; one that was made long ago is seldom looked for."""


class HistoryDialog(QDialog):
    """Lists the steps of a visit, the last first, with what each changed, and checks them all."""

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._steps: tuple[ShownStep, ...] = ()
        self._limit: int | None = FIRST_STEPS
        theme, words = context.theme, context.words
        self.setWindowTitle(words.tr("ui_history.title"))
        self.resize(*(theme.px(edge) for edge in _SIZE))
        self.search = SearchField(theme, words.tr("ui_history.search"))
        self.search.textChanged.connect(lambda *_: self._list())
        heads = [words.tr(f"ui_history.{name}") for name in _HEADS]
        self.model = TextTable(theme, heads, len(heads), self)
        name = words.tr("ui_history.title")
        self.table = table_of(theme, name, self.model, _WIDTHS, _CHANGES)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.told = named(
            QPlainTextEdit(words.tr("ui_history.choose")), words.tr("ui_history.details")
        )
        self.told.setReadOnly(True)
        self.told.setTabChangesFocus(True)
        self.told.setFixedHeight(theme.px(_DETAILS))
        self.state = StateIcon(theme, "partial", "", theme.px(18))
        self.checked = FlowLabel(theme, words.tr("ui_history.checking"), "muted")
        self.earlier = Button(theme, words.tr("ui_history.all"), "clock")
        self.earlier.clicked.connect(lambda *_: self._read(None))
        self.earlier.setVisible(False)
        self._build()
        self._read(FIRST_STEPS)
        self._check(_checking())

    @classmethod
    def ask(cls, context: Context, visit: VisitBridge, parent: QWidget | None) -> None:
        """Show the history until it is closed."""
        dialog = cls(context, visit, parent)
        dialog.exec()
        dialog.deleteLater()

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        close = PrimaryButton(theme, words.tr("ui.close"))
        close.clicked.connect(lambda *_: self.accept())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.px(XL)] * 4)
        outer.setSpacing(theme.px(M))
        outer.addWidget(label(words.tr("ui_history.title"), "title"))
        outer.addWidget(FlowLabel(theme, words.tr("ui_history.text"), "muted"))
        outer.addWidget(self.search)
        outer.addWidget(self.table, 1)
        outer.addWidget(self.told)
        said = row(theme, self.state, spacing=S)
        said.addWidget(self.checked, 1)
        outer.addLayout(said)
        foot = row(theme, self.earlier, close)
        foot.insertStretch(1, 1)
        outer.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out what there is no room for; it is said below as well."""
        super().resizeEvent(event)
        hide_where_narrow(self.table, _ROOM, self._context.theme)

    # --- the steps --------------------------------------------------------------------------------

    def _read(self, limit: int | None) -> None:
        from assessor.workspace.history import last_steps  # noqa: PLC0415 (rarely needed)

        self._limit = limit
        self._visit.run(lambda visit: last_steps(visit, limit), self._show, self._fail, self)

    def _show(self, steps: tuple[ShownStep, ...]) -> None:
        self._steps = steps[::-1]
        self.earlier.setVisible(self._limit is not None and len(steps) == self._limit)
        self._list()

    def _list(self) -> None:
        wanted = self.search.text().strip().casefold()
        rows = (self._row(number, step) for number, step in enumerate(self._steps))
        self.model.set_rows([r for r in rows if wanted in "\n".join(r.cells).casefold()])
        self.told.setPlainText(self._context.words.tr("ui_history.choose"))

    def _row(self, number: int, step: ShownStep) -> TextRow:
        edit, words = step.edit, self._context.words
        changes = words.tr("ui_history.between").join(self._changes(step))
        at = words.moment(edit.at.astimezone())
        what = self._what(step)
        return TextRow(str(number), (str(edit.sequence), at, edit.author, what, changes))

    def _what(self, step: ShownStep) -> str:
        """Return what was done; a step of another version may have no words here."""
        try:
            return self._context.words.pick(step.what)
        except (KeyError, IndexError, ValueError):
            return step.what.key

    def _changes(self, step: ShownStep) -> list[str]:
        return [
            self._context.words.tr(
                "ui_history.change",
                place=f"{self._said(change.place)} {self._said(change.field)}".rstrip(),
                before=self._said(change.before) or "–",
                after=self._said(change.after) or "–",
            )
            for change in step.changes
        ]

    def _said(self, what: Said) -> str:
        return what if isinstance(what, str) else self._context.words.pick(what)

    def _tell(self, current: QModelIndex, _: QModelIndex) -> None:
        """Say everything about the step that is chosen."""
        found = self.model.row_at(current.row())
        if found is None:
            return
        step, words = self._steps[int(found.key)], self._context.words
        lines = [self._what(step), *self._changes(step)]
        if step.edit.reason:
            lines.append(words.tr("ui_history.reason", reason=step.edit.reason))
        if step.set_back is not None:
            minutes = round(step.set_back.total_seconds() / 60)
            lines.append(words.tr("ui_history.set_back", minutes=minutes))
        lines.append(words.tr("ui_history.digest", digest=step.edit.digest))
        self.told.setPlainText("\n".join(lines))

    def _fail(self, error: AssessorError) -> None:
        self._say("bad", error.text(self._context.words.language))

    # --- whether they hold ------------------------------------------------------------------------

    def _check(self, step: Callable[[OpenVisit], tuple[Problem, ...] | None]) -> None:
        """Check slice by slice on the visit's thread, so that no edit waits for more than one."""

        def done(problems: tuple[Problem, ...] | None) -> None:
            if problems is None:
                self._check(step)
            else:
                self._show_verdict(problems)

        self._visit.run(step, done, self._fail, self)

    def _show_verdict(self, problems: tuple[Problem, ...]) -> None:
        words = self._context.words
        if problems:
            told = [words.pick(one.message) for one in problems]
            self._say("bad", "\n".join([words.tr("history.broken_here"), *told]))
        else:
            self._say("good", words.tr("ui_history.whole"))

    def _say(self, state: str, text: str) -> None:
        self.state.set_state("good" if state == "good" else "bad", text)
        self.checked.set_text(text)


_HEADS = ("number", "at", "author", "what", "changes")


def _checking() -> Callable[[OpenVisit], tuple[Problem, ...] | None]:
    from assessor.workspace.history import SlicedCheck  # noqa: PLC0415 (rarely needed)

    return SlicedCheck().step
