"""What helps to answer: what to look at, what proof to ask for, cautions, their own answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from assessor.rubrics.criterion import EvidenceContract, WantedEvidence
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Card, Chip, FlowLabel, LinkButton, StateIcon, label
from assessor.ui.widgets.containers import refilled

_SIDE_BY_SIDE = 560
_HEAD = 2
"""What a card holds even if nothing is said: its heading and what stretches below."""


class Guidance(QWidget):
    """Two cards side by side, one below the other where there is no room; they fold to one line.

    The page puts the button `fold` above it.

    Signals: `folded_changed(bool)` by hand.
    """

    folded_changed = Signal(bool)

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._say = theme, say
        self.look = Card(theme)
        self.proof = Card(theme)
        self.summary = FlowLabel(theme, "", "muted", size=theme.sizes.table)
        self.fold = LinkButton(theme, "", "chevron-up")
        self.fold.clicked.connect(self._on_fold)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(theme.px(M))
        self._cards.addWidget(self.look, 1)
        self._cards.addWidget(self.proof, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(XS))
        column.addLayout(self._cards)
        column.addWidget(self.summary)
        self._made_for: object = None
        self.folded = False
        self._show_fold()

    def set_folded(self, folded: bool) -> None:
        """Show one line, or the cards."""
        if folded != self.folded:
            self.folded = folded
            self._show_fold()

    def show_criterion(self, shown: Shown) -> None:
        """Show what belongs to a criterion; made anew only when something in it changed."""
        pieces = shown.published.assessment.evidence_for(shown.criterion.id)
        kinds = frozenset(piece.kind for piece in pieces)
        about = (shown.criterion.id, kinds, shown.theirs)
        if about == self._made_for:
            return
        self._made_for = about
        with refilled(self.look), refilled(self.proof):
            _empty(self.look.body)
            _empty(self.proof.body)
            self._fill_look(shown)
            self._fill_proof(shown, kinds)
        self.summary.set_text(self._summary(shown, kinds))
        self._show_fold()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the cards below each other where they would be too narrow."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._theme.px(_SIDE_BY_SIDE)
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _show_fold(self) -> None:
        has_look = self.look.body.count() > _HEAD
        self.look.setVisible(not self.folded and has_look)
        self.proof.setVisible(not self.folded)
        self.summary.setVisible(self.folded)
        self.fold.setText(self._say.tr("unfold_guidance" if self.folded else "fold_guidance"))
        icon = "chevron-down" if self.folded else "chevron-up"
        self.fold.setIcon(self._theme.icon(icon, "accent"))

    def _on_fold(self) -> None:
        self.set_folded(not self.folded)
        self.folded_changed.emit(self.folded)

    def _summary(self, shown: Shown, kinds: frozenset[str]) -> str:
        say, criterion = self._say, shown.criterion
        there = sum(wanted.kind in kinds for wanted in criterion.evidence)
        parts = [
            say.tr("look_in_short", count=len(criterion.look_for)),
            say.tr("proof_in_short", there=there, count=len(criterion.evidence)),
        ]
        if shown.published.assessment.self_assessment is not None:
            parts.append(say.tr("their_answer", answer=say.answer(criterion, shown.theirs)))
        return say.tr("dot").join(parts)

    def _fill_look(self, shown: Shown) -> None:
        say, body = self._say, self.look.body
        body.addWidget(label(say.tr("look_for"), "caption"))
        for text in shown.criterion.look_for:
            body.addLayout(bullet(self._theme, say.pick(text)))
        body.addStretch(1)

    def _fill_proof(self, shown: Shown, kinds: frozenset[str]) -> None:
        say, body, criterion = self._say, self.proof.body, shown.criterion
        body.addWidget(label(say.tr("proof"), "caption"))
        for wanted in criterion.evidence:
            body.addLayout(self._wanted(wanted, wanted.kind in kinds))
        if criterion.contract is not None:
            body.addWidget(self._small(self._contract(criterion.contract)))
        own = shown.published.assessment.self_assessment
        if own is not None:
            told = say.tr("their_answer", answer=say.answer(criterion, shown.theirs))
            body.addWidget(
                FlowLabel(self._theme, told, "accent", size=self._theme.sizes.table, bold=True)
            )
            if shown.theirs is not None and shown.theirs.note:
                body.addWidget(self._small(shown.theirs.note))
        body.addStretch(1)

    def _wanted(self, wanted: WantedEvidence, found: bool) -> QBoxLayout:
        say, theme = self._say, self._theme
        kind = say.told(f"ui_eval.kind_{wanted.kind}")
        icon = StateIcon(
            theme,
            "good" if found else "unanswered",
            say.tr("proof_there" if found else "proof_wanted", kind=kind),
            theme.px(15),
        )
        chip = Chip(kind, "good" if found else "")
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(theme.px(S))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(FlowLabel(theme, say.pick(wanted.text), size=theme.sizes.table), 1)
        line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _contract(self, contract: EvidenceContract) -> str:
        """How much proof the answer needs, in a sentence."""
        say = self._say
        kinds = say.tr("list").join(say.told(f"ui_eval.kind_{kind}") for kind in contract.kinds)
        what = kinds or say.tr("any_kind")
        if contract.from_option:
            return say.tr(
                "contract_from", option=contract.from_option, count=contract.minimum, kinds=what
            )
        key = "contract_any" if say.rubric.collects else "contract"
        return say.told(f"ui_eval.{key}", count=contract.minimum, kinds=what)

    def _small(self, text: str) -> FlowLabel:
        return FlowLabel(self._theme, text, "muted", size=self._theme.sizes.caption)


class Cautions(QWidget):
    """What to beware of, one line each."""

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._say, self._made_for = theme, say, ""
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(XS))

    def show_criterion(self, shown: Shown) -> None:
        """Show the cautions of a criterion."""
        if shown.criterion.id == self._made_for:
            return
        self._made_for = shown.criterion.id
        self.hide()
        _empty(self._lines)
        for caution in shown.criterion.cautions:
            self._lines.addLayout(self._line(self._say.pick(caution)))
        self.setVisible(bool(shown.criterion.cautions))

    def _line(self, text: str) -> QBoxLayout:
        theme = self._theme
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(theme.px(S))
        icon = StateIcon(theme, "caution", self._say.tr("caution"), theme.px(15))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(FlowLabel(theme, text, "muted", size=theme.sizes.caption), 1)
        return line


def bullet(theme: Theme, text: str, role: str = "text") -> QBoxLayout:
    """Return a text behind a bullet, its further lines below its first."""
    line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    line.setSpacing(theme.px(S))
    dot = FlowLabel(theme, "•", role, size=theme.sizes.table)
    dot.setFixedWidth(theme.px(S))
    line.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(FlowLabel(theme, text, role, size=theme.sizes.table), 1)
    return line


def _empty(box: QBoxLayout) -> None:
    """Take everything out of a layout, also out of layouts inside it."""
    while (item := box.takeAt(0)) is not None:
        inner = item.layout()
        if isinstance(inner, QBoxLayout):
            _empty(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
