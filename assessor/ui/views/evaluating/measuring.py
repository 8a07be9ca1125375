"""Answering with a measured quantity: the inputs, the result as it comes out, and the curve."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.formulas import columns
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import Measure, QuantityRule
from assessor.rules import names
from assessor.rules.quantity import table_formula
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.evaluating import edits
from assessor.ui.views.evaluating.curve_view import CurveView
from assessor.ui.views.evaluating.editor import AnswerEditor, Shown
from assessor.ui.views.evaluating.measure_form import Counted, Measured, MeasureForm
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Card, Chip, FlowLabel, label, row
from assessor.workspace.live import Published


def counted_inputs(
    say: Sayings, rubric: Rubric, measure: Measure, published: Published, key: str
) -> dict[str, Counted]:
    """Return the inputs of `key` that come from tables with rows, with where they come from."""
    tables = published.assessment.tables
    filled = frozenset(name for name, rows in tables.items() if rows)
    found = {}
    for item in measure.inputs:
        tree = table_formula(item, filled)
        if tree is None:
            continue
        used = sorted({column.table for column in columns(tree)})
        titles = [say.pick(table.name) for table in rubric.tables if table.id in used]
        value = published.card.figures.get(names.entry(key, item.id))
        number = value if isinstance(value, Decimal) else None
        rows = sum(len(tables[name]) for name in used)
        found[item.id] = Counted(number, say.tr("list").join(titles), rows)
    return found


class Quantity(AnswerEditor):
    """The form, the result and the curve. Signals: `table_asked()` to see the table behind."""

    table_asked = Signal()

    def __init__(
        self, theme: Theme, say: Sayings, shown: Shown, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        rule = shown.criterion.rule
        if not isinstance(rule, QuantityRule):
            raise TypeError("only a quantity is measured")
        self._theme, self._say, self._rule, self._key = theme, say, rule, shown.key
        profile = shown.published.assessment.profile
        self.form = MeasureForm(theme, say, rule.measure, profile)
        self.form.fields_edited.connect(self._on_fields)
        self.form.table_asked.connect(self.table_asked)
        self.result = label("", "score")
        self.points = Chip("")
        self.why = FlowLabel(theme, "", "muted", size=theme.sizes.table)
        self.curve = CurveView(theme, say.words, rule.curve) if rule.curve else None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(M))
        column.addWidget(self._inputs_card())
        column.addWidget(self._result_card())

    def show_answer(self, shown: Shown) -> None:
        """Show inputs, result and points."""
        self._key = shown.key
        answer, item = shown.answer, shown.item
        counted = counted_inputs(
            self._say, self._say.rubric, self._rule.measure, shown.published, shown.key
        )
        self.form.show_state(Measured(None if answer and answer.na else answer, counted))
        value = shown.published.card.figures.get(names.result(shown.key))
        result = value if isinstance(value, Decimal) else None
        self.result.setText(self._say.result(self._rule, result))
        self._show_points(shown, result)
        why = self._say.pick(item.why) if answer is not None else self._say.tr("type_inputs")
        self.why.set_text(self._say.tr("unproven") if item.unproven else why)
        self.why.setVisible(bool(self.why.text))

    def focus_home(self) -> None:
        """Go to the first input."""
        self.form.focus_home()

    def _inputs_card(self) -> Card:
        card = Card(self._theme)
        card.body.addWidget(self.form)
        return card

    def _result_card(self) -> Card:
        theme, measure = self._theme, self._rule.measure
        card = Card(theme)
        figures = QVBoxLayout()
        figures.setSpacing(theme.px(S))
        figures.addWidget(label(self._say.tr("result"), "caption"))
        figures.addLayout(row(theme, self.result, self.points, spacing=M, stretch=True))
        figures.addWidget(self.why)
        figures.addStretch(1)
        both = row(theme, spacing=M)
        both.addLayout(figures, 2)
        if self.curve is not None:
            both.addWidget(self.curve, 3)
        card.body.addLayout(both)
        small = theme.sizes.caption
        card.body.addWidget(
            FlowLabel(theme, self._say.pick(measure.formula_text), "muted", size=small)
        )
        for point in measure.reference_points:
            text = f"{self._say.words.number(point.x)}  {self._say.pick(point.text)}".strip()
            card.body.addWidget(FlowLabel(theme, f"· {text}", "muted", size=small))
        return card

    def _show_points(self, shown: Shown, result: Decimal | None) -> None:
        item, maximum = shown.item, shown.item.span.maximum
        points = item.points
        self.points.setVisible(points is not None and self.curve is not None)
        self.points.show_text(
            self._say.tr(
                "points_of", points=self._say.points(points), maximum=self._say.line(maximum)
            ),
            "caution" if item.unproven else "accent",
        )
        share = points / maximum if points is not None and maximum else None
        spoken = f"{self.result.text()} {self.points.text()}" if points is not None else ""
        shown_result = None if item.unproven else result
        if self.curve is not None:
            self.curve.set_result(shown_result, share, spoken or self._say.tr("curve"))

    def _on_fields(self, fields: dict[str, object]) -> None:
        self.edit_wanted.emit(edits.measure(self._key, **fields))
