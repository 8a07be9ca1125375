"""One criterion with every expert's answer, and the ways to decide it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.analysis.panel import (
    Comparison,
    Opinion,
    majority,
    mean,
    median,
    trimmed_mean,
)
from assessor.rubrics.criterion import Criterion
from assessor.ui.models.panel_rows import PanelRow
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import L, S
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.views.panel_answers import answer_words
from assessor.ui.widgets import (
    Button,
    Card,
    Chip,
    FlowLabel,
    KeyCap,
    ScrollColumn,
    label,
    marked,
    row,
)
from assessor.ui.words import Words
from assessor.workspace.panel_edits import Rule, short


class PanelDetail(ScrollColumn):
    """The answers to one criterion. Signals: `decided(object, object, str)` the comparison, the
    chosen opinion and the rule it was chosen by."""

    decided = Signal(object, object, str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, L, parent)
        self._theme, self._words = theme, words
        self.cards: list[OpinionCard] = []
        self.rules: dict[Rule, Button] = {}
        self._shown: object = None
        self._inner = QWidget()
        self.body.addWidget(self._inner)
        self.body.addStretch(1)
        self.clear()

    def clear(self) -> None:
        """Show that nothing is chosen."""
        column = self._anew()
        column.addWidget(FlowLabel(self._theme, self._words.tr("ui_panel.choose_row"), "muted"))
        self._shown = None

    def show_row(
        self,
        found: PanelRow,
        criterion: Criterion | None,
        profile: str,
        names: Mapping[str, str],
        *,
        fixed: bool = False,
    ) -> None:
        """Show a criterion and its answers; `names` are the experts' by id. With `fixed` the record
        is signed and nothing can be decided any more."""
        if criterion is None:
            self.clear()
            return
        shown = (found, profile, tuple(names.items()), fixed)
        if shown == self._shown:
            return
        column = self._anew()
        self._shown = shown
        column.addLayout(self._head(found, criterion))
        column.addWidget(FlowLabel(self._theme, self._words.pick(criterion.question), "muted"))
        one = found.comparison
        order = list(names)
        for opinion in sorted(one.opinions, key=lambda said: _place(said.by, order)):
            card = OpinionCard(self._theme, self._words, opinion, names.get(opinion.by, opinion.by))
            card.say(answer_words(criterion, opinion.answer, profile, self._words))
            settled = one.settled is not None and one.settled.by == opinion.by
            card.set_settled(settled)
            card.take.clicked.connect(self._chooses(one, opinion, "expert"))
            self.cards.append(card)
            column.addWidget(card)
        if len(one.opinions) > 1:
            column.addWidget(self._rules(one, criterion))
        if fixed:
            self._fix()

    def _fix(self) -> None:
        """Let nothing be decided, and say why where a button is pointed at."""
        for button in (*self.rules.values(), *(card.take for card in self.cards)):
            button.setEnabled(False)
            button.setToolTip(self._words.tr("ui_panel.signed"))

    def _anew(self) -> QVBoxLayout:
        """Throw away what is shown and return the column for something else."""
        old = self._inner
        self._inner = QWidget()
        self.cards, self.rules = [], {}
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(S))
        self.body.replaceWidget(old, self._inner)
        old.hide()
        old.deleteLater()
        return column

    def _head(self, found: PanelRow, criterion: Criterion) -> QVBoxLayout:
        tr, theme = self._words.tr, self._theme
        head = QVBoxLayout()
        line = row(theme, label(found.number, "caption"))
        if found.comparison.apart and criterion.rule.kind in ("levels", "yes_no"):
            text = tr("ui_panel.levels_apart", count=found.comparison.apart)
            line.addWidget(Chip(text, "caution"))
        line.addStretch(1)
        head.addLayout(line)
        head.addWidget(FlowLabel(theme, found.title, size=theme.sizes.title, bold=True))
        return head

    def _rules(self, one: Comparison, criterion: Criterion) -> FlowRow:
        buttons: list[QWidget] = []
        ways: tuple[tuple[Rule, Opinion | None], ...] = (
            ("majority", majority(one.opinions)),
            ("median", median(criterion, one.opinions)),
            ("mean", mean(criterion, one.opinions)),
            ("trimmed", trimmed_mean(criterion, one.opinions)),
        )
        for rule, found in ways:
            key = f"ui_panel.take_{rule}" if found else f"ui_panel.no_{rule}"
            answer = short(found.answer) if found else ""
            button = Button(self._theme, self._words.tr(key, answer=answer), "scale")
            button.setEnabled(found is not None)
            if found is not None:
                button.clicked.connect(self._chooses(one, found, rule))
            self.rules[rule] = button
            buttons.append(button)
        flow = FlowRow(self._theme)
        flow.add(*buttons)
        return flow

    def _chooses(self, one: Comparison, opinion: Opinion, rule: Rule) -> _Choice:
        return _Choice(self, one, opinion, rule)


def _place(expert: str, order: list[str]) -> int:
    return order.index(expert) if expert in order else len(order)


class _Choice:
    """Announces a choice when its button is clicked."""

    def __init__(
        self, detail: PanelDetail, comparison: Comparison, opinion: Opinion, rule: Rule
    ) -> None:
        self._say = (comparison, opinion, rule)
        self._detail = detail

    def __call__(self, *_: object) -> None:
        self._detail.decided.emit(*self._say)


class OpinionCard(Card):
    """One expert's answer with its reasons and a button to take it."""

    def __init__(self, theme: Theme, words: Words, opinion: Opinion, name: str) -> None:
        super().__init__(theme)
        self._words = words
        self.name = name
        self.take = Button(theme, words.tr("ui_panel.take", name=name))
        self.chip = Chip(words.tr("ui_panel.taken"), "good")
        self.text = FlowLabel(theme, "")
        head = row(theme, KeyCap(short(opinion.answer)), label(name, "strong"), self.chip)
        head.addStretch(1)
        head.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self.text)
        if opinion.answer.note.strip():
            said = words.tr("ui_panel.note", note=opinion.answer.note.strip())
            self.body.addWidget(FlowLabel(theme, said, "muted", size=theme.sizes.table))
        marked(self, "card")

    def say(self, text: str) -> None:
        """Show what the answer says."""
        self.text.set_text(text)

    def set_settled(self, settled: bool) -> None:
        """Show whether this is the panel's answer."""
        self.chip.setVisible(settled)
        self.take.setVisible(not settled)
        self.set_tone("accent" if settled else "")
