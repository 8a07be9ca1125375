"""A message across the screen, with what to do about it; it stands in for most dialogs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assessor.ui.bridge import Notice, Tone
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.widgets.buttons import Button, ToolButton
from assessor.ui.widgets.flow_label import FlowLabel
from assessor.ui.widgets.marking import marked
from assessor.ui.widgets.state_icon import State, StateIcon
from assessor.ui.words import Words

_STATES: dict[Tone, State] = {"info": "info", "good": "good", "caution": "caution", "bad": "bad"}
MOST_PROBLEMS = 5
MOST_STRIPS = 3


class Strip(QFrame):
    """One message. Signals: `dismissed()` when the person closed it or its action was taken."""

    dismissed = Signal()

    def __init__(
        self,
        theme: Theme,
        words: Words,
        text: str,
        tone: Tone = "info",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        marked(self, "strip", tone)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(L), theme.px(S), theme.px(S), theme.px(S))
        row.setSpacing(theme.px(M))
        icon = StateIcon(theme, _STATES[tone], words.tr(f"ui.tone_{tone}"), theme.px(20))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self.label = FlowLabel(theme, text)
        row.addWidget(self.label, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row = row
        close = ToolButton(theme, "close", words.tr("ui.dismiss"))
        close.clicked.connect(self.dismissed)
        row.addWidget(close)

    def add_action(self, text: str, action: Callable[[], None], stays: bool = False) -> Button:
        """Offer something to do; the strip is dismissed when it is done, unless it `stays`."""
        button = Button(self._theme, text)
        if not stays:
            button.clicked.connect(self.dismissed)
        button.clicked.connect(lambda *_: action())
        self._row.insertWidget(self._row.count() - 1, button)
        return button


class StripStack(QWidget):
    """The latest messages, one below the other; the oldest gives way."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(L), theme.px(S), theme.px(L), 0)
        self._column.setSpacing(theme.px(S))
        self._shown: list[tuple[Notice, Strip]] = []
        self.hide()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is shown."""
        return tuple(notice for notice, _ in self._shown)

    @property
    def strips(self) -> tuple[Strip, ...]:
        """The strips that show it."""
        return tuple(strip for _, strip in self._shown)

    def show_notice(self, notice: Notice) -> Strip:
        """Show a notice in words; one that is shown already comes up anew, with what it offered."""
        for known, shown in tuple(self._shown):
            if known == notice and known.offers and not notice.offers:
                notice = known
            if known == notice or (notice.topic and known.topic == notice.topic):
                self.remove(shown)
        strip = Strip(self._theme, self._words, notice_text(notice, self._words), notice.tone)
        if notice.action is not None and notice.action_text is not None:
            strip.add_action(self._words.pick(notice.action_text), notice.action)
        for offer in notice.offers:
            strip.add_action(self._words.pick(offer.text), offer.do, offer.stays)
        strip.dismissed.connect(lambda: self.remove(strip))
        self._shown.append((notice, strip))
        self._column.addWidget(strip)
        for _, oldest in tuple(self._shown[:-MOST_STRIPS]):
            self.remove(oldest)
        self.show()
        return strip

    def drop(self, topic: str) -> None:
        """Take away what is shown about a topic."""
        for known, shown in tuple(self._shown):
            if known.topic == topic:
                self.remove(shown)

    def remove(self, strip: Strip) -> None:
        """Take a message away."""
        if strip in self.strips:
            self._shown = [pair for pair in self._shown if pair[1] is not strip]
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(bool(self._shown))


def notice_text(notice: Notice, words: Words) -> str:
    """Return the words of a notice: the message, then its first problems with how to mend them."""
    lines = [words.pick(notice.message)]
    for problem in notice.problems[:MOST_PROBLEMS]:
        fix = f" {words.pick(problem.fix)}" if problem.fix else ""
        lines.append(f"• {words.pick(problem.message)}{fix}")
    left = len(notice.problems) - MOST_PROBLEMS
    if left > 0:
        lines.append(words.tr("ui.more_problems", count=left))
    return "\n".join(lines)
