"""What stands above an open visit: whose it is, whether it is saved, and what is always at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M, S
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets.buttons import PrimaryButton, ToolButton
from assessor.ui.widgets.chip import Chip
from assessor.ui.widgets.containers import label
from assessor.ui.widgets.marking import marked
from assessor.ui.widgets.state_icon import StateIcon
from assessor.ui.words import Words

_HEIGHT = 52
_ALSO_ELSEWHERE = ("search", "toggle_language", "toggle_theme")
"""Buttons that give way: the menu and a key do the same."""


class SavedMark(QWidget):
    """Says when the record was last made safe; it changes after the commit, never before."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._visit: VisitBridge | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        self._icon = StateIcon(theme, "good", "", theme.px(16))
        self._text = label("", "good")
        row.addWidget(self._icon)
        row.addWidget(self._text)

    def follow(self, visit: VisitBridge) -> None:
        """Show what becomes of this visit's edits."""
        self._visit = visit
        # Bound methods: what comes after this mark is gone reaches nobody.
        visit.published.connect(self._on_news)
        visit.saving_changed.connect(self._on_news)
        self.refresh(visit)

    def _on_news(self, _: object) -> None:
        if self._visit is not None:
            self.refresh(self._visit)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def refresh(self, visit: VisitBridge) -> None:
        """Say how it stands."""
        if visit.saving:
            text, state = self._words.tr("ui.saving"), "partial"
        elif visit.saved_at is not None:
            time = self._words.time(visit.saved_at)
            text, state = self._words.tr("ui.saved", time=time), "good"
        else:
            text, state = self._words.tr("ui.nothing_to_save"), "good"
        self._text.setText(text)
        self._icon.set_state("partial" if state == "partial" else "good", text)


class ActionButton(ToolButton):
    """A tool button that follows an action: its words, its keys, whether it can be used."""

    def __init__(self, theme: Theme, action: QAction, icon: str, parent: QWidget | None = None):
        super().__init__(theme, icon, action.text(), parent=parent)
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        keys = self._action.shortcut().toString()
        self.setEnabled(self._action.isEnabled())
        self.set_text(f"{self._action.text()} ({keys})" if keys else self._action.text())


def menu_button(theme: Theme, words: Words, menu: QMenu) -> ToolButton:
    """Return the button that opens everything else."""
    button = ToolButton(theme, "more", words.tr("ui.menu_more"))
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button


class TopBar(QFrame):
    """The bar; `buttons` are the actions it offers as icons, `menu` holds all others."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        marked(self, "panel", "bar")
        self._theme, self._words = theme, words
        self.setFixedHeight(max(theme.px(_HEIGHT), theme.sizes.control + theme.px(S)))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(M), 0, theme.px(M), 0)
        self.row.setSpacing(theme.px(4))
        self.title = label("", "title")
        self.title.setMinimumWidth(theme.px(60))
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._name = ""
        self.chips: list[Chip] = []
        self.spare: list[ActionButton] = []
        self.saved = SavedMark(theme, words)
        self._chip_place = QHBoxLayout()
        self._chip_place.setSpacing(theme.px(S))

    def fill(
        self,
        actions: Mapping[str, QAction],
        icons: Mapping[str, str],
        left: Sequence[str],
        right: Sequence[str],
        menu: QMenu,
    ) -> None:
        """Lay out the bar with buttons for the actions named in `left` and `right`."""
        for name in left:
            self.row.addWidget(ActionButton(self._theme, actions[name], icons[name]))
        self.row.addSpacing(self._theme.px(4))
        self.row.addWidget(self.title)
        self.row.addSpacing(self._theme.px(S))
        self.row.addLayout(self._chip_place)
        self.row.addStretch(1)
        self.row.addWidget(self.saved)
        self.row.addSpacing(self._theme.px(S))
        for name in right:
            button = ActionButton(self._theme, actions[name], icons[name])
            self.row.addWidget(button)
            if name in _ALSO_ELSEWHERE:
                self.spare.append(button)
        self.row.addWidget(menu_button(self._theme, self._words, menu))

    def add_report(self) -> PrimaryButton:
        """Add the button for what every visit ends with."""
        button = PrimaryButton(self._theme, self._words.tr("ui.make_report"))
        self.row.addSpacing(self._theme.px(S))
        self.row.addWidget(button)
        return button

    def set_title(self, title: str, facts: Sequence[str]) -> None:
        """Show whose visit this is and, as chips, what it is about."""
        self._name = title
        self.title.setToolTip(title)
        self.title.setAccessibleName(title)
        if [chip.text() for chip in self.chips] == list(facts):
            self._make_room()
            return
        for chip in self.chips:
            self._chip_place.removeWidget(chip)
            chip.deleteLater()
        self.chips = [Chip(fact, "" if place else "accent") for place, fact in enumerate(facts)]
        for chip in self.chips:
            self._chip_place.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Give way also when what stands in the bar grows, as the time of the last save does."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin with what there is room for."""
        super().showEvent(event)
        self._make_room()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Give way where the window is narrow: first the last chips, then buttons for what the
        menu has as well, at last the end of the name."""
        self._make_room()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The chips never keep the window wide."""
        return QSize(self._theme.px(480), self.height())

    def _make_room(self) -> None:
        if not self.isVisible():
            # It has no width of its own yet.
            self.title.setText(self._name)
            return
        gap = self.row.spacing()
        spare = [(button, button.sizeHint().width() + gap) for button in self.spare]
        chips = [(chip, chip.sizeHint().width() + self._theme.px(S)) for chip in self.chips]
        taken = sum(width for part, width in [*spare, *chips] if not part.isHidden())
        kept = self.row.sizeHint().width() - self.title.sizeHint().width() - taken
        # Two more than the letters take: a label cuts what fits it exactly.
        name = self.title.fontMetrics().horizontalAdvance(self._name) + 2
        room = _shown_within(self.width() - kept - name, spare)
        _shown_within(room, chips)
        short = self.title.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, name + min(room, 0)
        )
        if short != self.title.text():
            self.title.setText(short)


def _shown_within(room: int, parts: Sequence[tuple[QWidget, int]]) -> int:
    """Show the first of the parts, each with its width, that there is room for; returns what is
    left."""
    full = False
    for part, width in parts:
        full = full or width > room
        part.setVisible(not full)
        room -= 0 if full else width
    return room
