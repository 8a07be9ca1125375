"""What another answer would change, computed beside the window and never put on record."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from assessor.rubrics.models import Rubric
from assessor.rules.card import ScoreCard
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.evaluating.considering import Alternative, consequences
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Card, FlowLabel, LinkButton, label, row
from assessor.workspace.live import Published
from assessor.workspace.what_if import WhatIf

PAUSE = 60
"""Milliseconds something is looked at before it is computed, so that passing by costs nothing."""


class WhatIfCard(Card):
    """One alternative at a time; hidden without one.

    Signals: `why_asked(object, object)` an `Alternative` and the `ScoreCard` it would give are to
    be explained; `told(str)` the first line that is shown, empty for none.
    """

    why_asked = Signal(object, object)
    told = Signal(str)

    def __init__(
        self, context: Context, say: Sayings, rubric: Rubric, parent: QWidget | None = None
    ) -> None:
        super().__init__(context.theme, "sunken", parent)
        self._context, self._say, self._what_if = context, say, WhatIf(rubric)
        self._published: Published | None = None
        self._alternative: Alternative | None = None
        self._then: ScoreCard | None = None
        self.text = FlowLabel(context.theme, "", size=context.theme.sizes.table)
        self.why = LinkButton(context.theme, say.tr("if_why"), "arrow-right")
        self.why.clicked.connect(self._on_why)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._compute)
        self.body.setSpacing(0)
        side, edge = context.theme.px(M), context.theme.px(S)
        self.body.setContentsMargins(side, edge, side, edge)
        head = row(context.theme, label(say.tr("if_panel"), "caption"))
        head.addStretch(1)
        head.addWidget(self.why)
        self.body.addLayout(head)
        self.body.addWidget(self.text)
        self.hide()

    def consider(self, published: Published, alternative: Alternative | None) -> None:
        """Show what an alternative to the record as published would change, nothing for `None`."""
        self._published, self._alternative = published, alternative
        if alternative is None:
            self._pause.stop()
            self._say_nothing()
        else:
            self._pause.start()

    def _compute(self) -> None:
        published, alternative = self._published, self._alternative
        if published is None or alternative is None:
            return
        record = alternative.record(published.assessment)
        if record is None:
            self._say_nothing()
            return
        what_if = self._what_if
        self._context.tasks.start(
            lambda _: what_if.card(record),
            done=lambda then: self._on_computed(published, alternative, then),
            owner=self,
        )

    def _on_computed(self, published: Published, alternative: Alternative, then: ScoreCard) -> None:
        if self._published is not published or self._alternative is not alternative:
            return
        lines = consequences(self._say, alternative, published.card, then)
        if not lines:
            self._say_nothing()
            return
        self._then = then
        self.text.set_text("\n".join(lines))
        self.show()
        self.told.emit(lines[0])

    def _say_nothing(self) -> None:
        self._then = None
        self.hide()
        self.told.emit("")

    def _on_why(self) -> None:
        if self._alternative is not None and self._then is not None:
            self.why_asked.emit(self._alternative, self._then)
