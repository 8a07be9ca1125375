"""Which column of a file is which of the table, seen with its first rows before the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from assessor.rubrics.criterion import Table
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.widgets import (
    Button,
    ChoiceField,
    FlowLabel,
    PrimaryButton,
    ScrollColumn,
    label,
    marked,
    row,
)
from assessor.workspace.ledger_import import ForeignTable

LEFT_OUT = "-"
_SAMPLES = 3
_SIZE = (760, 600)


@dataclass(frozen=True)
class ImportChoice:
    """What the person decided: the sheet, its columns by number, whether the old rows go."""

    foreign: ForeignTable
    columns: Mapping[int, str]
    replace: bool


class ImportDialog(QDialog):
    """One line for each column of the file: heading, first cells, where it goes."""

    def __init__(
        self,
        context: Context,
        table: Table,
        tables: Sequence[ForeignTable],
        has_rows: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._table, self._tables = context, table, tuple(tables)
        self._foreign = self._tables[0]
        self.targets: dict[int, ChoiceField] = {}
        theme, words = context.theme, context.words
        self.setWindowTitle(words.tr("ui_ledger.import_title"))
        self.sheet = ChoiceField(theme, words.tr("ui_ledger.sheet"))
        self.sheet.set_choices({str(at): one.sheet for at, one in enumerate(self._tables)})
        self.sheet.set_key("0")
        self.sheet.key_chosen.connect(lambda key: self._show(self._tables[int(key)]))
        self.way = ChoiceField(theme, words.tr("ui_ledger.way"))
        self.way.set_choices(
            {way: words.tr(f"ui_ledger.way_{way}") for way in ("replace", "append")}
        )
        self.way.set_key("replace")
        self.lead = FlowLabel(theme, "")
        self.missing = FlowLabel(theme, "", "bad")
        self.column = ScrollColumn(theme, 0)
        self.cancel = Button(theme, words.tr("ui_ledger.cancel"))
        self.take = PrimaryButton(theme, words.tr("ui_ledger.take"), "check")
        self.cancel.clicked.connect(lambda *_: self.reject())
        self.take.clicked.connect(lambda *_: self.accept())
        self._lay_out()
        # Not before it has its place: until then it would be a window of its own.
        self.way.setVisible(has_rows)
        self._show(self._foreign)
        self.resize(*(theme.px(length) for length in _SIZE))

    @classmethod
    def ask(
        cls,
        context: Context,
        table: Table,
        tables: Sequence[ForeignTable],
        has_rows: bool,
        parent: QWidget,
    ) -> ImportChoice | None:
        """Let the person match the columns; `None` when nothing is to be imported."""
        dialog = cls(context, table, tables, has_rows, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.choice() if accepted else None

    def choice(self) -> ImportChoice:
        """Return what is chosen now."""
        columns = {
            number: key
            for number, field in self.targets.items()
            if (key := field.key()) is not None and key != LEFT_OUT
        }
        return ImportChoice(self._foreign, columns, self.way.key() != "append")

    def _lay_out(self) -> None:
        marked(self, "ground")
        theme = self._context.theme
        head = row(theme, self.sheet, self.way, stretch=True)
        foot = row(theme)
        foot.addWidget(self.missing, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        whole = QVBoxLayout(self)
        edge = theme.px(L)
        whole.setContentsMargins(edge, edge, edge, edge)
        whole.setSpacing(theme.px(M))
        whole.addWidget(self.lead)
        whole.addLayout(head)
        whole.addWidget(self.column, 1)
        whole.addLayout(foot)

    def _show(self, foreign: ForeignTable) -> None:
        self._foreign = foreign
        words = self._context.words
        self.lead.set_text(
            words.tr("ui_ledger.import_lead", file=foreign.file, count=len(foreign.rows))
        )
        self.sheet.setVisible(len(self._tables) > 1)
        while (entry := self.column.body.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.targets = {}
        self.column.body.addWidget(self._lines(foreign))
        self.column.body.addStretch(1)
        self._weigh()

    def _lines(self, foreign: ForeignTable) -> QWidget:
        theme, words = self._context.theme, self._context.words
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(L))
        grid.setVerticalSpacing(theme.px(S))
        for at, key in enumerate(("file_column", "first_rows", "goes_to")):
            grid.addWidget(label(words.tr(f"ui_ledger.{key}"), "caption"), 0, at)
        for line, column in enumerate(foreign.columns, 1):
            heading = column.heading or words.tr("ui_ledger.no_heading", number=column.number)
            sample = " · ".join(column.sample[:_SAMPLES])
            field = self._target(heading, column.guess)
            self.targets[column.number] = field
            cells = FlowLabel(theme, sample, "muted", size=theme.sizes.table)
            middle = Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(FlowLabel(theme, heading, bold=True), line, 0, middle)
            grid.addWidget(cells, line, 1, middle)
            grid.addWidget(field, line, 2, middle)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        return box

    def _target(self, heading: str, guess: str | None) -> ChoiceField:
        words = self._context.words
        field = ChoiceField(
            self._context.theme, words.tr("ui_ledger.goes_to_named", heading=heading)
        )
        names = {column.id: words.pick(column.name) for column in self._table.columns}
        field.set_choices({LEFT_OUT: words.tr("ui_ledger.left_out"), **names})
        field.set_key(guess or LEFT_OUT)
        field.key_chosen.connect(lambda _: self._weigh())
        return field

    def _weigh(self) -> None:
        """Say what keeps the import from making sense; it can then not be taken."""
        words = self._context.words
        chosen = [key for field in self.targets.values() if (key := field.key()) != LEFT_OUT]
        twice = next((key for key in chosen if chosen.count(key) > 1), None)
        names = {column.id: words.pick(column.name) for column in self._table.columns}
        required = [column.id for column in self._table.columns if column.required]
        missing = [names[one] for one in required if one not in chosen]
        said = ""
        if twice is not None:
            said = words.tr("ui_ledger.twice", column=names[twice])
        elif missing:
            said = words.tr("ui_ledger.not_matched", columns=", ".join(missing))
        self.missing.set_text(said)
        self.take.setEnabled(not said)
