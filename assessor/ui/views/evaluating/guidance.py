"""What helps to answer: what to look at, what proof to ask for, cautions, their own answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from assessor.rubrics.criterion import EvidenceContract, WantedEvidence
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Card, Chip, FlowLabel, StateIcon, label

_SIDE_BY_SIDE = 560


class Guidance(QWidget):
    """Two cards side by side, one below the other where there is no room."""

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._say = theme, say
        self.look = Card(theme)
        self.proof = Card(theme)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(theme.px(M))
        self._cards.addWidget(self.look, 1)
        self._cards.addWidget(self.proof, 1)
        self._below = QVBoxLayout()
        self._below.setSpacing(theme.px(XS))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(S))
        column.addLayout(self._cards)
        column.addLayout(self._below)
        self._made_for: object = None

    def show_criterion(self, shown: Shown) -> None:
        """Show what belongs to a criterion; made anew only when something in it changed."""
        pieces = shown.published.assessment.evidence_for(shown.criterion.id)
        kinds = frozenset(piece.kind for piece in pieces)
        about = (shown.criterion.id, kinds, len(pieces), shown.theirs, shown.item.unproven)
        if about == self._made_for:
            return
        self._made_for = about
        _empty(self.look.body)
        _empty(self.proof.body)
        _empty(self._below)
        self._fill_look(shown)
        self._fill_proof(shown, kinds)
        for caution in shown.criterion.cautions:
            self._below.addLayout(self._caution(self._say.pick(caution)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the cards below each other where they would be too narrow."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._theme.px(_SIDE_BY_SIDE)
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _fill_look(self, shown: Shown) -> None:
        say, body = self._say, self.look.body
        body.addWidget(label(say.tr("look_for"), "caption"))
        for text in shown.criterion.look_for:
            body.addWidget(
                FlowLabel(self._theme, f"•  {say.pick(text)}", size=self._theme.sizes.table)
            )
        self.look.setVisible(bool(shown.criterion.look_for))
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
        kind = say.tr(f"kind_{wanted.kind}")
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
        kinds = say.tr("list").join(say.tr(f"kind_{kind}") for kind in contract.kinds)
        what = kinds or say.tr("any_kind")
        if contract.from_option:
            return say.tr(
                "contract_from", option=contract.from_option, count=contract.minimum, kinds=what
            )
        return say.tr("contract", count=contract.minimum, kinds=what)

    def _caution(self, text: str) -> QBoxLayout:
        theme = self._theme
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(theme.px(S))
        icon = StateIcon(theme, "caution", self._say.tr("caution"), theme.px(15))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._small(text), 1)
        return line

    def _small(self, text: str) -> FlowLabel:
        return FlowLabel(self._theme, text, "muted", size=self._theme.sizes.caption)


def _empty(box: QBoxLayout) -> None:
    """Take everything out of a layout, also out of layouts inside it."""
    while (item := box.takeAt(0)) is not None:
        inner = item.layout()
        if isinstance(inner, QBoxLayout):
            _empty(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
