"""The figures computed from the table; a click points out the rows behind one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, S
from assessor.ui.views.evaluating.flow_row import FlowLayout
from assessor.ui.widgets import Card, FilterButton, FlowLabel, label, named
from assessor.workspace.ledger_rates import CountedInput, Rate


class RateCard(Card):
    """One rate: its value, what it is made of, and a switch for its rows.

    Signals: `rows_asked(bool)`.
    """

    rows_asked = Signal(bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent=parent)
        self._words = context.words
        theme = context.theme
        self.body.setSpacing(theme.px(XS))
        self.title = label("", "caption")
        self.value = label("", "question")
        self.rows = FilterButton(theme, "", "list")
        self.rows.clicked.connect(self.rows_asked)
        self.parts = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        line = FlowLayout(theme.px(S))
        line.addWidget(self.value)
        line.addWidget(self.rows)
        self.body.addWidget(self.title)
        self.body.addLayout(line)
        self.body.addWidget(self.parts)
        self.body.addStretch(1)

    def show_rate(self, rate: Rate) -> None:
        """Show a rate."""
        words = self._words
        name = f"{rate.criterion.number} {words.pick(rate.criterion.title)}"
        unit = words.pick(rate.unit)
        value = "–"
        if rate.value is not None:
            value = f"{words.number(rate.value, rate.digits)} {unit}"
        self.title.setText(name)
        self.title.setToolTip(name)
        self.value.setText(value)
        rows = words.tr("ui_ledger.rows_behind", count=len(rate.rows))
        self.rows.setText(rows)
        named(self.rows, f"{name} {value} {rows}", words.tr("ui_ledger.rows_behind_hint"))
        self.rows.setToolTip(words.tr("ui_ledger.rows_behind_hint"))
        self.rows.setEnabled(bool(rate.rows))
        parts = words.tr("ui_ledger.part_join").join(self._part(one) for one in rate.inputs)
        self.parts.set_text(parts)
        self.setToolTip(f"{name}\n{parts}")

    def _part(self, one: CountedInput) -> str:
        words = self._words
        value = words.number(one.value) or "–"
        return words.tr("ui_ledger.part", name=one.name, value=value, count=len(one.rows))


class RateCards(QWidget):
    """The cards in a row. Signals: `rows_chosen(object)` the rows to point out, a tuple."""

    rows_chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rates: tuple[Rate, ...] = ()
        self._chosen: str | None = None
        self._low = False
        self.cards: list[RateCard] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(context.theme.px(S))

    def show_rates(self, rates: Sequence[Rate]) -> None:
        """Show other rates; the rows of the chosen one stay pointed out."""
        self._rates = tuple(rates)
        while len(self.cards) < len(rates):
            self._add(len(self.cards))
        for at, card in enumerate(self.cards):
            card.setVisible(at < len(rates))
            if at < len(rates):
                card.show_rate(rates[at])
        self.setVisible(bool(rates))
        self._announce()

    @property
    def chosen(self) -> str:
        """The criterion whose rows are pointed out, empty for none."""
        return self._chosen or ""

    def choose(self, criterion: str) -> None:
        """Point out the rows behind a criterion's figure."""
        self._chosen = criterion
        self._announce()

    def set_low(self, low: bool) -> None:
        """Leave the table more room: what a rate is made of is then said on hovering only."""
        self._low = low
        for card in self.cards:
            card.parts.setVisible(not low)

    def _add(self, at: int) -> None:
        card = RateCard(self._context)
        card.parts.setVisible(not self._low)
        card.rows_asked.connect(lambda wanted: self._choose(at, wanted))
        self.cards.append(card)
        self._row.addWidget(card, 1)

    def _choose(self, at: int, wanted: bool) -> None:
        self._chosen = self._rates[at].criterion.id if wanted else None
        self._announce()

    def _announce(self) -> None:
        chosen = next((rate for rate in self._rates if rate.criterion.id == self._chosen), None)
        for rate, card in zip(self._rates, self.cards, strict=False):
            card.rows.setChecked(rate is chosen)
            card.set_tone("accent" if rate is chosen else "")
        self.rows_chosen.emit(chosen.rows if chosen is not None else ())
