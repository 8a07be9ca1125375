"""Blind answers beside the experts', with the experts' reasons."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.analysis.agreement.wording import coefficient_said, percentage_said
from assessor.analysis.answer_words import answer_said
from assessor.analysis.calibration import Marked, MarkedItem
from assessor.analysis.calibration.wording import result_said
from assessor.assessment import Calibration
from assessor.i18n import message
from assessor.ui.models.text_table import TextRow, TextTable
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.bureau.tables import table_of
from assessor.ui.widgets import Card, FlowLabel, label
from assessor.ui.words import Words

_WIDTHS = (200, 110, 110, 90)
_COLUMNS = ("item", "given", "wanted", "state")


class ResultView(QWidget):
    """What somebody reached: figures, dimensions, and each question with its reason."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._marked: Marked | None = None
        self.figure = FlowLabel(theme, "", size=theme.sizes.title, bold=True)
        self.dimensions = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        heads = [words.tr(f"ui_calibrate.column_{name}") for name in _COLUMNS]
        self.model = TextTable(theme, heads, len(heads), self)
        self.table = table_of(theme, words.tr("ui_calibrate.table"), self.model, _WIDTHS, 0)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.evidence = FlowLabel(theme, "", "muted")
        self.reason = FlowLabel(theme, "")
        card = Card(theme)
        card.body.addWidget(label(words.tr("ui_calibrate.evidence"), "caption"))
        card.body.addWidget(self.evidence)
        card.body.addWidget(label(words.tr("ui_calibrate.reason"), "caption"))
        card.body.addWidget(self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(M)] * 4)
        column.setSpacing(theme.px(S))
        for part in (self.figure, self.dimensions):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(card)

    def show_result(self, reached: Calibration, marked: Marked) -> None:
        """Show a result, the first question that differs chosen."""
        words = self._words
        self._marked = marked
        self.figure.set_text(words.pick(result_said(reached)))
        self.dimensions.set_text("\n".join(self._dimensions(marked)))
        rows = [self._row(number, one) for number, one in enumerate(marked.items)]
        self.model.set_rows(rows)
        differing = [number for number, one in enumerate(marked.items) if not one.alike]
        self.table.selectRow(next(iter(differing), 0))

    def _dimensions(self, marked: Marked) -> list[str]:
        return [
            self._words.pick(
                message(
                    "calibration.in_dimension",
                    name=entry.dimension.name,
                    percent=percentage_said(entry.agreement.percent),
                    kappa=coefficient_said(entry.agreement.kappa),
                )
            )
            for entry in marked.dimensions
        ]

    def _row(self, number: int, one: MarkedItem) -> TextRow:
        pick, criterion = self._words.pick, one.criterion
        state = "alike" if one.alike else "differs"
        look = ("check-circle", "good") if one.alike else ("warning", "caution")
        cells = (
            f"{criterion.number} {pick(criterion.title)}",
            pick(answer_said(criterion, one.given)),
            pick(answer_said(criterion, one.item.answer)),
            self._words.tr(f"ui_calibrate.state_{state}"),
        )
        return TextRow(str(number), cells, strong=not one.alike, looks=((3, *look),))

    def _on_row(self, current: QModelIndex, _: QModelIndex) -> None:
        if self._marked is not None and 0 <= current.row() < len(self._marked.items):
            one = self._marked.items[current.row()]
            self.evidence.set_text(self._words.pick(one.item.evidence))
            self.reason.set_text(self._words.pick(one.item.reason))
