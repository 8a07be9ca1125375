"""How far the experts agree: the figures, by dimension, two by two, and who is stricter."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.analysis.agreement import Agreement, InDimension
from assessor.analysis.agreement.wording import (
    coefficient_said,
    leaning_said,
    percentage_said,
    reason_said,
)
from assessor.i18n import Localized, message
from assessor.ui.models.text_table import TextRow, TextTable
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import M
from assessor.ui.views.bureau.tables import table_of
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.views.panel_desk import PanelDesk
from assessor.ui.widgets import Card, FlowLabel, ScrollColumn, label
from assessor.workspace.agreement import ExpertAgreement, agreement_with

FIGURES = ("percent", "kappa", "fleiss", "nominal", "ordinal", "interval")
_INDENT = "　"
_WIDTHS = (140, 80, 86, 70, 78, 74, 76)
_MOST_ROWS = 12
_NUMBER = "-"


class AgreementView(QWidget):
    """Worked out beside the window when it is looked at; what was asked before is let go of."""

    def __init__(self, context: Context, desk: PanelDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        theme, tr = context.theme, context.words.tr
        self.found: ExpertAgreement | None = None
        self._asked: object = None
        self.lead = FlowLabel(theme, "", "muted")
        self.cards = FlowRow(theme)
        self.said: dict[str, str] = {}
        heads = [tr("agreement.by_dimension"), *(tr(f"ui_panel.short_{name}") for name in FIGURES)]
        self.model = TextTable(theme, heads, 1, self)
        self.table = table_of(theme, tr("agreement.by_dimension"), self.model, _WIDTHS, 0)
        self.pairs = FlowLabel(theme, "")
        self.experts = FlowLabel(theme, "")
        self._lay_out()

    def show_desk(self) -> None:
        """Show the agreement of those who are at the desk now."""
        desk = self._desk
        asked = (desk.record, desk.own, desk.others)
        if asked == self._asked:
            return
        self._asked = asked
        rubric, (record, own, others) = desk.rubric, asked
        self._context.tasks.start(
            lambda _: (asked, agreement_with(rubric, record, own, others)),
            done=self._on_found,
            owner=self,
        )

    def _on_found(self, result: tuple[object, ExpertAgreement | None]) -> None:
        asked, found = result
        if asked is self._asked:
            self.found = found
            self._show(found)

    # --- showing ----------------------------------------------------------------------------------

    def _show(self, found: ExpertAgreement | None) -> None:
        words = self._context.words
        self.cards.clear()
        self.said = {}
        if found is None:
            self.lead.set_text(words.pick(reason_said("one_rater")))
            self.model.set_rows(())
            self.pairs.set_text("")
            self.experts.set_text("")
            return
        shown, overall = found.agreement, found.agreement.overall
        counts = {"shared": overall.shared, "alike": overall.alike}
        self.lead.set_text(words.tr("agreement.lead", experts=len(shown.experts), **counts))
        for name, said in zip(FIGURES, self._said(overall), strict=True):
            self.said[name] = said
            self.cards.add(self._card(name, said))
        self.model.set_rows([self._row(entry) for entry in shown.dimensions])
        self.pairs.set_text("\n".join(words.pick(one) for one in _pairs(found)))
        self.experts.set_text("\n".join(words.pick(one) for one in _leanings(found)))
        rows = min(self.model.rowCount(), _MOST_ROWS) + 1
        self.table.setMinimumHeight(rows * self._context.theme.sizes.control + 4)

    def _said(self, one: Agreement) -> tuple[str, ...]:
        coefficients = (one.kappa, one.fleiss, one.nominal, one.ordinal, one.interval)
        said = (percentage_said(one.percent), *map(coefficient_said, coefficients))
        return tuple(map(self._context.words.pick, said))

    def _card(self, name: str, said: str) -> QWidget:
        theme, words = self._context.theme, self._context.words
        card = Card(theme)
        card.body.addWidget(label(words.tr(f"agreement.name_{name}"), "caption"))
        figure = said[:1].isdigit() or said[:1] == _NUMBER
        card.body.addWidget(label(said, "title" if figure else "muted"))
        return card

    def _row(self, entry: InDimension) -> TextRow:
        dimension, words = entry.dimension, self._context.words
        name = f"{dimension.number or ''} {words.pick(dimension.name)}".strip()
        said = self._said(entry.agreement)
        short = (one if one[:1].isdigit() or one[:1] == _NUMBER else "—" for one in said)
        tips = tuple(enumerate(said, start=1))
        return TextRow(dimension.id, (_INDENT * entry.depth + name, *short), tips=tips)

    def _lay_out(self) -> None:
        theme, tr = self._context.theme, self._context.words.tr
        scroll = ScrollColumn(theme, M)
        for part in (self.lead, self.cards, self.table):
            scroll.body.addWidget(part)
        for key, text in (("by_pair", self.pairs), ("by_expert", self.experts)):
            card = Card(theme)
            card.body.addWidget(label(tr(f"agreement.{key}"), "caption"))
            card.body.addWidget(text)
            scroll.body.addWidget(card)
        scroll.body.addWidget(FlowLabel(theme, tr("ui_panel.agreement_note"), "muted"))
        scroll.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)


def _pairs(found: ExpertAgreement) -> Iterator[Localized]:
    for pair in found.agreement.pairs:
        yield message(
            "agreement.pair",
            one=found.name_of(pair.one),
            other=found.name_of(pair.other),
            percent=percentage_said(pair.percent),
            kappa=coefficient_said(pair.kappa),
        )


def _leanings(found: ExpertAgreement) -> Iterator[Localized]:
    for one in found.agreement.leanings:
        yield message(
            "agreement.expert",
            name=found.name_of(one.expert),
            said=leaning_said(one.difference),
            units=one.units,
        )
