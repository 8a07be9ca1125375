"""Which criteria and gates the chosen evidence serves: found by words, ticked with one click."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from assessor.assessment import EvidenceItem
from assessor.rubrics.models import Rubric
from assessor.ui.models.criteria_choice import Choosable, CriteriaChoice, Served
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS
from assessor.ui.views.evidence_desk.tick_delegate import TickDelegate
from assessor.ui.widgets import SearchField, label, named
from assessor.ui.words import Words

_ROWS = 6


class TickList(QListView):
    """A list in which Space or Enter, or a click anywhere on a row, asks for its tick."""

    def __init__(self, model: CriteriaChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._ask)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take Space and Enter for the tick of the current row."""
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys and self.currentIndex().isValid():
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _ask(self, index: QModelIndex) -> None:
        self.model().setData(index, None, Qt.ItemDataRole.CheckStateRole)


class CriteriaPicker(QWidget):
    """A search field above the list of criteria, the gates after them.

    Signals: `tie_asked(object, bool)` a `Choosable`, and whether it is to be served.
    """

    tie_asked = Signal(object, bool)

    def __init__(self, context: Context, rubric: Rubric, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, words = context.theme, context.words
        named(self, words.tr("ui_evidence.criteria"))
        self.model = CriteriaChoice(list(choosable(rubric, words)), self)
        self.model.tie_asked.connect(self.tie_asked)
        self.search = SearchField(theme, words.tr("ui_evidence.criteria_search"))
        self.search.search_changed.connect(self.model.set_search)
        self.list = TickList(self.model)
        named(self.list, words.tr("ui_evidence.criteria"))
        self.list.setItemDelegate(TickDelegate(theme, self.list))
        self.list.setFixedHeight(_ROWS * theme.sizes.control + 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(XS))
        whole.addWidget(label(words.tr("ui_evidence.criteria"), "caption"))
        whole.addWidget(self.search)
        whole.addWidget(self.list)

    def show_items(self, items: Sequence[EvidenceItem], anew: bool) -> None:
        """Show what these pieces serve; `anew` when they are others than before."""
        self.model.set_items(items, anew)
        if anew:
            self.list.scrollToTop()


def choosable(rubric: Rubric, words: Words) -> Iterator[Choosable]:
    """Yield the criteria in their order, then the gates; one that is switched off is left out."""
    for one in rubric.criteria:
        text = f"{one.number}  {words.pick(one.title)}"
        yield Choosable(Served("criterion", one.id), text, one.number)
    for gate in rubric.gates:
        if gate.default != "off":
            text = words.tr("ui_evidence.gate_entry", title=words.pick(gate.title))
            yield Choosable(Served("gate", gate.id), text, gate.title)
