"""The industry of GB/T 4754, searched by code or name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from assessor.ui.models.industries import CODE_ROLE, IndustryModel, path_text
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS
from assessor.ui.widgets import FlowLabel, SearchField, marked, named
from assessor.ui.words import Words

_ROWS = 6


class IndustryField(QWidget):
    """Finds a four-digit code.

    Arrow down goes into what was found, Enter takes the first or the marked one. Signals:
    `code_chosen(str)` a code of the standard, empty when the field is emptied.
    """

    code_chosen = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._code = ""
        name = words.tr("ui_new.industry")
        self.search = SearchField(
            theme, words.tr("ui_new.industry_search"), words.tr("ui_new.industry_hint")
        )
        self.search.textEdited.connect(self._on_typed)
        self.search.textChanged.connect(self._on_text)
        self.search.returnPressed.connect(self._take_first)
        self.search.installEventFilter(self)
        self.model = IndustryModel()
        self.model.setParent(self)
        self.found = marked(QListView(), "list")
        named(self.found, words.tr("ui_new.industry_found"))
        self.found.setModel(self.model)
        self.found.setUniformItemSizes(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.activated.connect(self._take)
        self.found.clicked.connect(self._take)
        self.found.hide()
        self.said = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(XS))
        column.addWidget(self.search)
        column.addWidget(self.found)
        column.addWidget(self.said)
        self.setFocusProxy(self.search)
        self.setAccessibleName(name)

    def set_code(self, code: str) -> None:
        """Show a code; one the standard does not have is shown and doubted."""
        from assessor.workspace.reference_data import find_industry  # noqa: PLC0415 (a large list)

        self._code = code
        industry = find_industry(code) if code else None
        self.found.hide()
        self.search.setText(f"{code} {industry.name}" if industry else code)
        if code and industry is None:
            self.said.set_text(self._words.tr("ui_new.industry_unknown", code=code))
            self.said.set_role("caution")
        else:
            words = path_text(industry) if industry else self._words.tr("ui_new.industry_hint")
            self.said.set_text(words)
            self.said.set_role("muted")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Lead the arrow from the field into the list."""
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if down and event.type() == QEvent.Type.KeyPress and self.found.isVisible():
            self.found.setFocus(Qt.FocusReason.TabFocusReason)
            self.found.setCurrentIndex(self.model.index(0))
            return True
        return super().eventFilter(watched, event)

    def _on_text(self, text: str) -> None:
        """Notice that the field was emptied, also by its button."""
        if not text:
            self._choose("")

    def _on_typed(self, text: str) -> None:
        from assessor.workspace.reference_data import search_industries  # noqa: PLC0415 (as above)

        if text.strip():
            self._code = ""
        hits = search_industries(text)
        self.model.set_found(hits)
        self.found.setVisible(bool(hits))
        rows = min(len(hits), _ROWS)
        self.found.setFixedHeight(rows * (self._theme.sizes.control + 2) + self._theme.px(XS))
        key = "ui_new.industry_hint" if hits or not text.strip() else "ui_new.industry_none"
        self.said.set_text(self._words.tr(key))
        self.said.set_role("muted")

    def _take_first(self) -> None:
        if self.found.isVisible():
            self._take(self.model.index(0))

    def _take(self, index: QModelIndex) -> None:
        code = index.data(CODE_ROLE)
        if code:
            self.set_code(str(code))
            self.search.setFocus()
            self.code_chosen.emit(str(code))

    def _choose(self, code: str) -> None:
        self._code = code
        self.found.hide()
        self.code_chosen.emit(code)
