"""Where the points of a criterion come from: rule, inputs and result, one line each."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from assessor.rules.card import ItemScore, ScoreCard
from assessor.rules.explain import Explained, explain_item
from assessor.ui.theme import Theme
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Card, FlowLabel, label


class Explanation(Card):
    """A card that is shown when it is asked for."""

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(theme, "sunken", parent)
        self._say = say
        self.text = FlowLabel(theme, "", size=theme.sizes.table)
        self.head = label(say.tr("explanation"), "caption")
        self.body.addWidget(self.head)
        self.body.addWidget(self.text)
        self.hide()

    def show_criterion(self, shown: Shown) -> None:
        """Explain the criterion as it stands."""
        self.head.setText(self._say.tr("explanation"))
        self._show(shown.published.card, shown.item)

    def show_alternative(self, criterion: str, name: str, then: ScoreCard) -> None:
        """Explain a criterion as it would be under another answer, which is said to be none."""
        if (item := then.item(criterion)) is not None:
            self.head.setText(self._say.tr("if_explanation", name=name))
            self._show(then, item)

    def _show(self, card: ScoreCard, item: ItemScore) -> None:
        explained = explain_item(self._say.rubric, card, item)
        self.text.set_text("\n".join(self._lines(explained, 0)))

    def _lines(self, part: Explained, depth: int) -> Iterator[str]:
        say = self._say
        figure = say.tr("no_figure") if part.value is None else say.words.number(part.value)
        if part.maximum is not None:
            figure = f"{figure} / {say.line(part.maximum)}"
        rule = say.pick(part.rule)
        yield "\u2003" * depth + say.tr("explained", label=part.label, figure=figure, rule=rule)
        for child in part.children:
            yield from self._lines(child, depth + 1)
