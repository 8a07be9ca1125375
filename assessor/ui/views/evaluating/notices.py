"""What has to be known before answering: a linked answer, a contradiction, too little proof."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assessor.i18n import Localized
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import FlowLabel, LinkButton, StateIcon, marked
from assessor.ui.widgets.state_icon import State

_TONES: dict[State, str] = {"info": "info", "flagged": "caution", "no_evidence": "caution"}


class Notices(QWidget):
    """Signals: `place_asked(str)` a criterion that is named is to be shown."""

    place_asked = Signal(str)

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._say = theme, say
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(S))
        self._told: tuple[object, ...] = ()
        self.texts: list[str] = []
        self.hide()

    def show_criterion(self, shown: Shown) -> None:
        """Say what concerns a criterion; made anew only when it changed."""
        found = tuple(self._found(shown))
        if found == self._told:
            return
        self._told = found
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.texts = [text for _, text, _ in found]
        for state, text, other in found:
            self._column.addWidget(self._notice(state, text, other))
        self.setVisible(bool(found))

    def _found(self, shown: Shown) -> Iterator[tuple[State, str, str]]:
        """Yield icon, text and the other criterion concerned."""
        say, card, own = self._say, shown.published.card, shown.criterion.id
        by_id = say.rubric.criterion_by_id
        if shown.item.forced_by is not None:
            link = shown.item.forced_by
            other = by_id[link.when]
            text = say.tr("linked_by", number=other.number, title=other.title, option=link.then)
            yield "info", text, other.id
        for contradiction in card.contradictions:
            if own in contradiction.criteria:
                others = [name for name in contradiction.criteria if name != own]
                yield "flagged", self._pick(contradiction.text), (others or [""])[0]
        for shortfall in card.evidence_shortfalls:
            if own in shortfall.criteria:
                yield "no_evidence", self._pick(shortfall.text), ""
        for finding in shown.published.assessment.findings:
            if finding.criterion == own and finding.state == "open":
                yield "flagged", say.tr("finding", text=finding.text), ""

    def _pick(self, text: Localized) -> str:
        return self._say.pick(text)

    def _notice(self, state: State, text: str, other: str) -> QFrame:
        theme = self._theme
        frame = marked(QFrame(), "strip", _TONES[state])
        line = QHBoxLayout(frame)
        line.setContentsMargins(theme.px(M), theme.px(S), theme.px(S), theme.px(S))
        line.setSpacing(theme.px(S))
        icon = StateIcon(theme, state, self._say.told(f"ui_eval.notice_{state}"))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(FlowLabel(theme, text, size=theme.sizes.table), 1)
        if other:
            number = self._say.rubric.criterion_by_id[other].number
            link = LinkButton(theme, self._say.tr("go_to", number=number))
            link.clicked.connect(lambda: self.place_asked.emit(other))
            line.addWidget(link)
        return frame
