"""What stands in the middle instead of a criterion: the gates, or the reported indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor.formulas import Scope, evaluate, parse
from assessor.rubrics.gates import Gate
from assessor.rubrics.models import Indicator
from assessor.rules.card import ScoreCard
from assessor.rules.trees import rounded
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, M
from assessor.ui.views.evaluating import edits
from assessor.ui.views.evaluating.gate_card import GateCard
from assessor.ui.views.evaluating.gate_summary import deciding
from assessor.ui.views.evaluating.measure_form import Measured, MeasureForm
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Badge, Card, Chip, FlowLabel, ScrollColumn, label, row
from assessor.workspace.live import Published


class GatesPage(ScrollColumn):
    """All gates with their answers. Signals: `edit_wanted(object)`."""

    edit_wanted = Signal(object)

    def __init__(self, context: Context, say: Sayings) -> None:
        super().__init__(context.theme, XL)
        self._context, self._say = context, say
        self.cards: dict[str, GateCard] = {}
        self._parts: list[QWidget] = []
        self._made_for: object = None

    def show_published(self, published: Published) -> None:
        """Show the gates as they stand."""
        card = published.card
        groups = tuple(_groups(card))
        about = (
            published.assessment.cycle,
            [(name, [g.id for g in gates]) for name, gates in groups],
        )
        if about != self._made_for:
            self._made_for = about
            self._make(groups, published.assessment.cycle)
        for found in card.gates:
            if shown := self.cards.get(found.gate.id):
                shown.show_gate(found, published.assessment.gates.get(found.gate.id))

    def show_gate(self, gate: str) -> None:
        """Bring one gate into view."""
        if card := self.cards.get(gate):
            self.ensureWidgetVisible(card)

    def flush(self) -> None:
        """Hand in what was typed."""
        for card in self.cards.values():
            card.flush()

    def _make(self, groups: Iterable[tuple[str, list[Gate]]], cycle: str) -> None:
        for part in self._parts:
            self.body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.cards.clear()
        theme, say = self._context.theme, self._say
        self._parts = [
            FlowLabel(theme, say.tr("gates_title"), size=theme.sizes.question, bold=True)
        ]
        for name, gates in groups:
            self._parts.append(label(say.told(f"ui_eval.gates_{name}"), "caption"))
            for gate in gates:
                card = GateCard(theme, say, gate, cycle)
                card.edit_wanted.connect(self.edit_wanted)
                self.cards[gate.id] = card
                self._parts.append(card)
        for at, part in enumerate(self._parts):
            self.body.insertWidget(at, part)
        if self.body.count() == len(self._parts):
            self.body.addStretch(1)


def _groups(card: ScoreCard) -> Iterator[tuple[str, list[Gate]]]:
    """Yield the gates that decide here, those that flag, and those for orientation."""
    decide = {found.gate.id for found in deciding(card)}
    groups: dict[str, list[Gate]] = {"deciding": [], "flagging": [], "reference": []}
    for found in card.gates:
        if found.gate.id in decide:
            groups["deciding"].append(found.gate)
        elif found.gate.default == "reference" or found.blocks:
            groups["reference"].append(found.gate)
        else:
            groups["flagging"].append(found.gate)
    yield from ((name, gates) for name, gates in groups.items() if gates)


class IndicatorsPage(ScrollColumn):
    """The figures that are reported and never scored. Signals: `edit_wanted(object)`."""

    edit_wanted = Signal(object)

    def __init__(self, context: Context, say: Sayings) -> None:
        super().__init__(context.theme, XL)
        self._context, self._say = context, say
        self.forms: dict[str, MeasureForm] = {}
        self.results: dict[str, Chip] = {}

    def show_published(self, published: Published) -> None:
        """Show the indicators as they are on record."""
        if not self.forms:
            self._make(published.assessment.profile)
        for indicator in self._say.rubric.indicators:
            answer = published.assessment.indicators.get(indicator.id)
            self.forms[indicator.id].show_state(Measured(answer))
            inputs = answer.inputs or {} if answer is not None else {}
            self.results[indicator.id].show_text(self._result(indicator, inputs))

    def _make(self, profile: str) -> None:
        theme, say = self._context.theme, self._say
        title = FlowLabel(theme, say.tr("indicators_title"), size=theme.sizes.question, bold=True)
        self.body.addWidget(title)
        self.body.addWidget(FlowLabel(theme, say.tr("indicators_lead"), "muted"))
        for indicator in say.rubric.indicators:
            self.body.addWidget(self._card(indicator, profile))
        self.body.addStretch(1)

    def _card(self, indicator: Indicator, profile: str) -> Card:
        theme, say = self._context.theme, self._say
        card = Card(theme)
        card.body.setSpacing(theme.px(M))
        form = MeasureForm(theme, say, indicator, profile)
        form.fields_edited.connect(lambda fields: self._on_fields(indicator.id, fields))
        self.forms[indicator.id] = form
        self.results[indicator.id] = Chip("", "accent")
        name = FlowLabel(theme, say.pick(indicator.name), size=theme.sizes.title, bold=True)
        source = Badge(say.basis(indicator.provenance), say.sources(indicator.provenance))
        head = row(theme, source, self.results[indicator.id])
        head.insertWidget(0, name, 1)
        card.body.addLayout(head)
        card.body.addWidget(FlowLabel(theme, say.pick(indicator.question)))
        if indicator.note is not None:
            small = theme.sizes.caption
            card.body.addWidget(FlowLabel(theme, say.pick(indicator.note), "muted", size=small))
        card.body.addWidget(form)
        return card

    def _result(self, indicator: Indicator, inputs: dict[str, Decimal]) -> str:
        tree = rounded(parse(indicator.formula), indicator.digits)
        found = evaluate(tree, Scope(values=dict(inputs)))
        value = f"{found:.{indicator.digits}f}" if isinstance(found, Decimal) else ""
        unit = self._say.pick(indicator.result_unit)
        return f"{value} {unit}" if value else self._say.tr("no_figure")

    def _on_fields(self, indicator: str, fields: dict[str, object]) -> None:
        self.edit_wanted.emit(edits.measure_indicator(indicator, **fields))
