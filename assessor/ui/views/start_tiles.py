"""Tiles of the start screen: large buttons that hold more than a word, and text that is cut."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import RADIUS, XL, XS, L, M
from assessor.ui.widgets import FlowLabel, column, marked, named

_ICON_BOX, _ICON = 40, 22


class Tile(QAbstractButton):
    """A button as large as a card; put its content into `body`. Enter presses it like Space."""

    def __init__(
        self, theme: Theme, name: str, *, dashed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dashed = dashed
        named(self, name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.body = QVBoxLayout(self)
        across, along = theme.px(L), theme.px(M)
        self.body.setContentsMargins(across, along, across, along)
        self.body.setSpacing(theme.px(XS))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as its content."""
        return self.body.sizeHint()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Its height follows from its width where a text in it wraps."""
        return self.body.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height its content needs at a width."""
        return self.body.totalHeightForWidth(width)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As narrow as its content can be."""
        return QSize(self._theme.px(120), self.body.minimumSize().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take Enter like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the ground and the edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.hasFocus() else 1
        quiet = "strong_line" if self._dashed else "line"
        hovered = self.underMouse() and self.isEnabled()
        edge = self._theme.colour("accent" if self.hasFocus() or hovered else quiet)
        style = Qt.PenStyle.DashLine if self._dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(edge, width, style))
        painter.setBrush(self._theme.colour("window" if self._dashed else "panel"))
        half = width / 2
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)


class ActionTile(Tile):
    """A tile that begins something: an icon, what it is, and a few words on it."""

    def __init__(
        self, theme: Theme, icon: str, title: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, title, parent=parent)
        self.setAccessibleDescription(text)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(M))
        grid.setContentsMargins(0, theme.px(XS), 0, theme.px(XS))
        grid.addWidget(_Emblem(theme, icon), 0, 0, Qt.AlignmentFlag.AlignVCenter)
        about = FlowLabel(theme, text, "muted", size=theme.sizes.table, line_height=1.35)
        # Aligned by springs: an alignment would keep the text from growing with its lines.
        heading = FlowLabel(theme, title, bold=True, line_height=1.35)
        words = column(theme, heading, about, spacing=2)
        words.insertStretch(0, 1)
        words.addStretch(1)
        grid.addLayout(words, 0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        through_mouse(self)


class _Emblem(QWidget):
    """An icon on a soft ground."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setFixedSize(theme.px(_ICON_BOX), theme.px(_ICON_BOX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        size = self._theme.px(_ICON)
        edge = (self.width() - size) // 2
        painter.drawPixmap(edge, edge, self._theme.pixmap(self._icon, "accent", size))


class CutLabel(QLabel):
    """One line that is cut where it does not fit; the whole of it is said on hovering."""

    def __init__(
        self,
        text: str,
        kind: str = "",
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole, self._cut = text, cut
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if kind:
            marked(self, kind)
        self.setText(text)

    @property
    def whole(self) -> str:
        """The text without a cut."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cut for the new width."""
        super().resizeEvent(event)
        shown = QFontMetrics(self.font()).elidedText(self._whole, self._cut, self.width())
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class TileGrid(QWidget):
    """Tiles in as many columns as fit; with `even` every row is full."""

    def __init__(
        self,
        theme: Theme,
        least_width: int,
        most: int = 3,
        parent: QWidget | None = None,
        *,
        even: bool = False,
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._even = theme.px(least_width), most, even
        self._columns = 0
        self.tiles: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(L))
        self.setMinimumWidth(theme.px(XL))

    def set_tiles(self, tiles: list[QWidget]) -> None:
        """Show other tiles; the former go."""
        for old in self.tiles:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = tiles
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Use the width there is now."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        gap = self._grid.horizontalSpacing()
        fitting = (self.width() + gap) // (self._least + gap)
        columns = max(min(fitting, self._most), 1)
        while self._even and len(self.tiles) % columns:
            columns -= 1
        if columns == self._columns:
            return
        for place in range(self._grid.columnCount()):
            self._grid.setColumnStretch(place, 0)
        self._columns = columns
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for place in range(columns):
            self._grid.setColumnStretch(place, 1)


def through_mouse(tile: QWidget) -> None:
    """Let clicks on the words of a tile reach the tile; buttons on it keep theirs."""
    for child in tile.findChildren(QWidget):
        if not isinstance(child, QAbstractButton):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
