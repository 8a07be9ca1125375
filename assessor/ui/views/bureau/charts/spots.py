"""What all charts have in common: figures one can point at, reach by keys, and ask what is behind.

A chart says where its figures are; moving among them, choosing one and saying it is done here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from assessor.ui.theme import Theme
from assessor.ui.widgets import named

_WAYS: dict[int, QPointF] = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_ASIDE = 3.0
"""How much farther something beside the way seems than something on it."""


@dataclass(frozen=True)
class Spot:
    """A figure in a chart: where it is, what it says, and the numbers of the visits behind it."""

    area: QRectF
    told: str
    visits: tuple[int, ...]


class SpotChart(QWidget):
    """A chart. Arrows move among its figures, Enter, Space or a click asks for one.

    Signals: `chosen(str, object)` what the figure is, and the numbers of the visits behind it.
    """

    chosen = Signal(str, object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.current = -1
        named(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    # --- what a chart says ------------------------------------------------------------------------

    def spots(self) -> Sequence[Spot]:
        """Return the figures, laid out in the present size."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """Draw the chart."""
        raise NotImplementedError

    def figures_changed(self) -> None:
        """Show other figures; none of them is current any more."""
        self.current = -1
        self.updateGeometry()
        self.update()

    # --- what charts draw with --------------------------------------------------------------------

    @property
    def metrics(self) -> QFontMetricsF:
        """The measures of the font that charts are lettered in."""
        return QFontMetricsF(self.theme.font(self.theme.sizes.caption))

    @property
    def line(self) -> int:
        """The height of a row."""
        return max(self.theme.px(28), self.theme.sizes.control - self.theme.px(4))

    def widest(self, texts: Sequence[str]) -> float:
        """Return the width of the longest of some texts."""
        return max(map(self.metrics.horizontalAdvance, texts), default=0.0)

    def write(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        role: str = "text",
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Write a line, shortened where it does not fit."""
        cut = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 1)
        painter.setPen(self.theme.colour(role))
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, cut)

    def mixed(self, share: float, role: str = "accent") -> QColor:
        """Return a colour between the ground and a role's."""
        ground, colour = self.theme.colour("panel"), self.theme.colour(role)

        def between(one: int, other: int) -> int:
            return round(one + share * (other - one))

        return QColor(
            between(ground.red(), colour.red()),
            between(ground.green(), colour.green()),
            between(ground.blue(), colour.blue()),
        )

    # --- being used -------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as it has to be."""
        return QSize(self.theme.px(360), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for one row."""
        return QSize(self.theme.px(200), self.line)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the chart and which figure is current."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.theme.font(self.theme.sizes.caption))
        self.paint(painter)
        spots = self.spots()
        if self.hasFocus() and 0 <= self.current < len(spots):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.colour("text"), 2))
            painter.drawRoundedRect(spots[self.current].area.adjusted(1, 1, -1, -1), 3, 3)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Begin with the first figure."""
        super().focusInEvent(event)
        if self.current < 0 and self.spots():
            self._move_to(0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move among the figures, or ask for the current one."""
        if event.key() in _WAYS and self._step(_WAYS[event.key()]):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Ask for the figure that is pressed."""
        at = self._at(event.position())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._move_to(at)
            self._choose(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show what can be pressed."""
        hand = self._at(event.position()) >= 0
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        """Say the figure that is pointed at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.spots()[at].told if at >= 0 else "", self)
            return True
        return super().event(event)

    def _at(self, place: QPointF) -> int:
        found = (at for at, spot in enumerate(self.spots()) if spot.area.contains(place))
        return next(found, -1)

    def _step(self, way: QPointF) -> bool:
        spots = self.spots()
        if not 0 <= self.current < len(spots):
            if spots:
                self._move_to(0)
            return bool(spots)
        here = spots[self.current].area.center()
        best, least = -1, 0.0
        for at, spot in enumerate(spots):
            go = spot.area.center() - here
            along = go.x() * way.x() + go.y() * way.y()
            if at == self.current or along <= 1:
                continue
            aside = abs(go.x() * way.y()) + abs(go.y() * way.x())
            far = hypot(along, _ASIDE * aside)
            if best < 0 or far < least:
                best, least = at, far
        if best >= 0:
            self._move_to(best)
        return best >= 0

    def _move_to(self, at: int) -> None:
        self.current = at
        self.setAccessibleDescription(self.spots()[at].told)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        self.update()

    def _choose(self, at: int) -> None:
        spots = self.spots()
        if 0 <= at < len(spots):
            self.chosen.emit(spots[at].told, frozenset(spots[at].visits))
