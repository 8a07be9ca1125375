"""Further fields: search, a choice from a list, a check mark, a date. None obeys the wheel."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.widgets.marking import marked, named, retone
from assessor.ui.words import Words

_DAY = re.compile(r"(\d{4})[-/.\u5e74]?(\d{1,2})[-/.\u6708]?(\d{1,2})\u65e5?")
_BOX = 18


class SearchField(QLineEdit):
    """A field that filters as one types. Signals: `search_changed(str)`, trimmed."""

    search_changed = Signal(str)

    def __init__(
        self, theme: Theme, placeholder: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        marked(self, "search")
        named(self, placeholder, hint)
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(True)
        if (clear := self.findChild(QAction)) is not None:
            clear.setIcon(theme.icon("close", "muted"))
        self._icon = theme.pixmap("search", "muted", theme.px(16))
        self._air = theme.px(S)
        self.setTextMargins(theme.px(16) + self._air, 0, 0, 0)
        self.textChanged.connect(lambda text: self.search_changed.emit(text.strip()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Add the icon."""
        super().paintEvent(event)
        size = self._icon.deviceIndependentSize()
        top = (self.height() - size.height()) / 2
        QPainter(self).drawPixmap(QPointF(self._air, top), self._icon)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Empty the field on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ChoiceField(QComboBox):
    """One of a few, from a list that opens; each entry has a key.

    Signals: `key_chosen(str)` when the person chooses, not when it is told.
    """

    key_chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        named(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda index: self.key_chosen.emit(str(self.itemData(index))))

    def set_choices(self, choices: dict[str, str]) -> None:
        """Offer entries: key to text, in this order."""
        self.clear()
        for key, text in choices.items():
            self.addItem(text, key)

    def set_key(self, key: str | None) -> None:
        """Show the entry with a key, none for `None` or an unknown one."""
        self.setCurrentIndex(-1 if key is None else self.findData(key))

    def key(self) -> str | None:
        """Return the key of the entry that is shown."""
        data = self.currentData()
        return None if data is None else str(data)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to what scrolls around it."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Add the arrow, which a style sheet could only take from a file."""
        super().paintEvent(event)
        size = self._theme.px(14)
        painter = QPainter(self)
        pixmap = self._theme.pixmap("chevron-down", "muted", size)
        left = self.width() - size - self._theme.px(S)
        painter.drawPixmap(QPointF(left, (self.height() - size) / 2), pixmap)


class CheckField(QCheckBox):
    """A box to tick, drawn to the theme and high enough for a finger."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The box, the text, and air for the edge of the focus."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        width = self._theme.px(_BOX) + 3 * self._theme.px(S) + words
        return QSize(width, self._theme.sizes.control)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The whole text is always shown."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        """Take clicks anywhere on it."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw box, mark and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, size = self._theme, self._theme.px(_BOX)
        box = QRectF(theme.px(S) / 2, (self.height() - size) / 2, size, size)
        ticked = self.isChecked()
        edge = "accent" if ticked or self.hasFocus() else "strong_line"
        painter.setPen(QPen(theme.colour(edge), 1.4))
        painter.setBrush(theme.colour("accent" if ticked else "panel"))
        painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 4, 4)
        if ticked:
            painter.drawPixmap(box.topLeft(), theme.pixmap("check", "on_accent", size))
        painter.setPen(theme.colour("text" if self.isEnabled() else "muted"))
        words = QRectF(box.right() + theme.px(S), 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class DateField(QLineEdit):
    """A date as text, written in any usual way.

    Signals: `date_edited(object)` a `date`, or `None` for an emptied field, when Enter is
    pressed or the field is left.
    """

    date_edited = Signal(object)

    def __init__(
        self, theme: Theme, words: Words, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._value: date | None = None
        named(self, name, words.tr("ui.date_wanted"))
        self.setPlaceholderText(words.tr("ui.date_placeholder"))
        self.setMinimumWidth(theme.px(130))
        self.setMaximumWidth(theme.px(170))
        self.editingFinished.connect(self._on_finished)

    def value(self) -> date | None:
        """Return the last usable date."""
        return self._value

    def set_value(self, value: date | None) -> None:
        """Show a date, unless one is just being typed."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self.setText(self._words.day(value))
            retone(self, "invalid", False)

    def _on_finished(self) -> None:
        usable, value = parse_day(self.text())
        retone(self, "invalid", not usable)
        self.setToolTip("" if usable else self._words.tr("ui.date_wanted"))
        if not usable:
            return
        self.setText(self._words.day(value))
        self.setModified(False)
        if value != self._value:
            self._value = value
            self.date_edited.emit(value)


def parse_day(text: str) -> tuple[bool, date | None]:
    """Return whether `text` is a date or empty, and the date: year, month, day in this order."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain:
        return True, None
    if not (found := _DAY.fullmatch(plain)):
        return False, None
    try:
        return True, date(*(int(part) for part in found.groups()))
    except ValueError:
        return False, None
