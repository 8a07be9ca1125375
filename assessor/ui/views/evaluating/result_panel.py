"""The panel on the right: what is decided, what is still open, and what the last step changed."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from assessor.rules.card import OutcomeScore, ScoreCard
from assessor.rules.tally import tally_of
from assessor.ui.models.standings import main_dimensions
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.views.evaluating import changes
from assessor.ui.views.evaluating.gate_summary import GateSummary
from assessor.ui.views.evaluating.outcome_card import OutcomeCard
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.views.evaluating.what_if_card import WhatIfCard
from assessor.ui.widgets import (
    CollapsiblePanel,
    FilterButton,
    FlowLabel,
    Radar,
    ScrollColumn,
    label,
    row,
)
from assessor.workspace.live import Published

FEWEST_CORNERS = 3


class ResultPanel(CollapsiblePanel):
    """Signals: `gates_asked()`; `filter_asked(str)` the criteria behind a count are to be shown."""

    gates_asked = Signal()
    filter_asked = Signal(str)

    def __init__(self, context: Context, say: Sayings) -> None:
        theme = context.theme
        super().__init__(theme, context.words, say.tr("result_panel"), "right")
        self._theme, self._say = theme, say
        self.verdict = FlowLabel(theme, "", size=theme.px(19), bold=True)
        self.standing = label("", "caption")
        self.outcomes: list[OutcomeCard] = []
        self._outcome_column = QVBoxLayout()
        self._outcome_column.setSpacing(theme.px(S))
        self.answered = label("", "caption")
        self.possible = label("", "caption")
        self.score = label("", "score")
        self.maximum = label("", "muted")
        self.targets = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.targets.hide()
        self.radar = Radar(theme, say.tr("radar"))
        self.gates = GateSummary(theme, say)
        self.counts = {name: self._count(name) for name in ("flagged", "no_evidence")}
        self.what_if = WhatIfCard(context, say, say.rubric)
        self.change = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self._lay_out()
        self.gates.gates_asked.connect(self.gates_asked)

    def show_published(
        self, published: Published, before: Published | None, theirs: ScoreCard | None
    ) -> None:
        """Show a state of the record; `before` is the one it came from, `theirs` the score of the
        enterprise's own answers."""
        card = published.card
        self._show_verdict(card)
        self._show_outcomes(card)
        self._show_score(card)
        self._show_radar(card, theirs)
        self.gates.show_card(card)
        self.gates.setVisible(bool(card.gates) or not self._say.rubric.collects)
        self._show_counts(card)
        self._show_change(published, before)

    # --- layout -----------------------------------------------------------------------------------

    def _count(self, name: str) -> FilterButton:
        button = FilterButton(self._theme, "", "flag" if name == "flagged" else "paperclip-struck")
        button.setCheckable(False)
        button.clicked.connect(lambda: self.filter_asked.emit(name))
        return button

    def _lay_out(self) -> None:
        theme = self._theme
        scroll = ScrollColumn(theme, 0)
        column = scroll.body
        column.setSpacing(theme.px(S))
        column.setContentsMargins(0, 0, theme.px(XS), 0)
        column.addWidget(self.standing)
        column.addWidget(self.verdict)
        column.addLayout(self._outcome_column)
        heads = QHBoxLayout()
        heads.addWidget(self.answered)
        heads.addStretch(1)
        heads.addWidget(self.possible)
        column.addLayout(heads)
        column.addLayout(row(theme, self.score, self.maximum, stretch=True))
        column.addWidget(self.targets)
        column.addWidget(self.radar)
        column.addWidget(self.gates)
        column.addLayout(row(theme, *self.counts.values(), stretch=True))
        column.addStretch(1)
        self.body.addWidget(scroll, 1)
        below = QVBoxLayout()
        below.setSpacing(theme.px(S))
        below.setContentsMargins(0, 0, theme.px(XS), 0)
        below.addWidget(self.change)
        below.addWidget(self.what_if)
        self.body.addLayout(below)
        self.body.setContentsMargins(theme.px(M), 0, theme.px(S), theme.px(M))

    # --- what is shown ----------------------------------------------------------------------------

    def _show_verdict(self, card: ScoreCard) -> None:
        say = self._say
        self.standing.setText(say.tr("verdict_final" if card.complete else "verdict_open"))
        if say.rubric.collects:
            self.standing.setText("")
            self.verdict.set_text(say.told("form.not_scored_short"))
            return
        best = card.outcome(card.result) if card.result else None
        ahead = focus_of(card)
        if best is not None:
            self.verdict.set_text(say.tr("verdict_reached", outcome=best.outcome.name))
        elif ahead is not None:
            self.verdict.set_text(
                say.told(f"ui_eval.verdict_{ahead.state}", outcome=ahead.outcome.name)
            )

    def _show_outcomes(self, card: ScoreCard) -> None:
        while len(self.outcomes) < len(card.outcomes):
            made = OutcomeCard(self._theme, self._say)
            self.outcomes.append(made)
            self._outcome_column.addWidget(made)
        ahead = focus_of(card)
        for shown, outcome in zip(self.outcomes, card.outcomes, strict=True):
            shown.set_score(card, outcome, focus=outcome is ahead)

    def _show_score(self, card: ScoreCard) -> None:
        say = self._say
        self.answered.setText(say.tr("score_answered", done=card.done, asked=card.asked))
        if say.rubric.collects:
            self.answered.setText("")
            self.targets.set_text(say.pick(tally_of(card).said()))
            self.targets.show()
            self.score.setText(str(card.done))
            self.maximum.setText(say.told("form.of_asked", asked=card.asked))
            return
        span = card.total
        open_ = span.lowest != span.highest
        self.possible.setText(say.tr("still_possible", range=say.between(span)) if open_ else "")
        self.score.setText(say.points(span.value))
        self.maximum.setText(say.tr("out_of", maximum=say.line(span.maximum)))

    def _show_radar(self, card: ScoreCard, theirs: ScoreCard | None) -> None:
        shown = main_dimensions(card)
        self.radar.setVisible(len(shown) >= FEWEST_CORNERS)
        names = [self._say.pick(entry.dimension.name) for entry in shown]
        own = (
            {entry.dimension.id: self._say.share(entry) for entry in main_dimensions(theirs)}
            if theirs
            else {}
        )
        reference = [own.get(entry.dimension.id, Decimal(0)) for entry in shown] if own else []
        self.radar.set_axes(names, [self._say.share(entry) for entry in shown], reference)

    def _show_counts(self, card: ScoreCard) -> None:
        found = {"flagged": card.contradictions, "no_evidence": card.evidence_shortfalls}
        for name, button in self.counts.items():
            count = len(found[name])
            button.setText(self._say.told(f"ui_eval.count_{name}", count=count))
            button.setVisible(bool(count))

    def _show_change(self, published: Published, before: Published | None) -> None:
        self.change.setVisible(before is not None and published.description is not None)
        if before is None or published.description is None:
            return
        told = changes.lines(self._say, changes.difference(before.card, published.card))
        step = self._say.step(published.description)
        self.change.set_text(self._say.tr("last_change", step=step, what="\n".join(told)))


def focus_of(card: ScoreCard) -> OutcomeScore | None:
    """Return the lowest outcome above the best one that is not reached, else the highest."""
    assessed = [entry for entry in card.outcomes if entry.state != "not_assessed"]
    reached = [at for at, entry in enumerate(assessed) if entry.outcome.id == card.result]
    start = reached[-1] + 1 if reached else 0
    ahead = [entry for entry in assessed[start:] if entry.state != "reached"]
    return next(iter(ahead or assessed[-1:]), None)
