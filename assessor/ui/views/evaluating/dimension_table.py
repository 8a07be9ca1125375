"""The dimensions with what is answered and what it gives, one line each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from assessor.rules.card import DimensionScore, ScoreCard
from assessor.scoring import shown_text
from assessor.ui.models.standings import is_open, main_dimensions, within
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, M
from assessor.ui.views.evaluating.sayings import HUNDRED, Sayings
from assessor.ui.widgets import LinkButton, ShareBar, label

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DimensionTable(QWidget):
    """Signals: `dimension_asked(str)` a dimension is to be worked on, by its first criterion that
    is still open, else its first."""

    dimension_asked = Signal(str)

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._say = theme, say
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(M))
        self._grid.setVerticalSpacing(theme.px(XS))
        self._grid.setColumnStretch(1, 1)
        self._made_for: tuple[str, ...] = ()
        self._lines: dict[str, _Line] = {}

    def show_card(self, card: ScoreCard) -> None:
        """Show the dimensions of a card."""
        dimensions = main_dimensions(card)
        about = tuple(entry.dimension.id for entry in dimensions)
        if about != self._made_for:
            self._make(dimensions)
            self._made_for = about
        for entry in dimensions:
            self._lines[entry.dimension.id].show_score(self._say, entry)

    def _make(self, dimensions: tuple[DimensionScore, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines.clear()
        heads = ("dimension", "share", "answered_head", "points_head")
        if self._say.rubric.collects:
            heads = ("dimension", "answered_share", "answered_head", "")
        for column, name in enumerate(heads):
            head = label(self._say.tr(name) if name else "", "caption")
            self._grid.addWidget(head, 0, column, _RIGHT if column > 1 else _LEFT)
        for at, entry in enumerate(dimensions, start=1):
            line = _Line(self._theme, self._say, entry)
            line.name.clicked.connect(lambda _=False, line=line: self._ask(line))
            self._lines[entry.dimension.id] = line
            self._grid.addWidget(line.name, at, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(line.bar, at, 1)
            self._grid.addWidget(line.answered, at, 2, _RIGHT)
            self._grid.addWidget(line.points, at, 3, _RIGHT)

    def _ask(self, line: _Line) -> None:
        if line.first:
            self.dimension_asked.emit(line.first)


class _Line:
    def __init__(self, theme: Theme, say: Sayings, entry: DimensionScore) -> None:
        name = f"{entry.dimension.number or ''} {say.pick(entry.dimension.name)}".strip()
        self.name = LinkButton(theme, name)
        self.bar = ShareBar(theme, name)
        self.answered = label("", "table")
        self.points = label("", "table")
        self.first = ""

    def show_score(self, say: Sayings, entry: DimensionScore) -> None:
        items = list(within(entry))
        waiting = [item for item in items if is_open(item)] or items
        self.first = waiting[0].criterion.id if waiting else ""
        share = say.share(entry)
        self.bar.set_share(share)
        self.bar.setToolTip(f"{shown_text(share * HUNDRED)} %")
        self.answered.setText(f"{entry.done}/{entry.asked}")
        points, maximum = say.points(entry.span.value), say.line(entry.span.maximum)
        self.points.setText("" if say.rubric.collects else f"{points} / {maximum}")
