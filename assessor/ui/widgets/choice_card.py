"""One option as a large card: key, wrapped text, tier and points."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import RADIUS, RADIUS_SMALL, XS, L, M, S
from assessor.ui.widgets.text_layout import LaidText, lay_out

_KEY_BOX = 26
_POINTS_CHARACTERS = 5
_TEXT_WIDTH = 480
_KEPT_WIDTHS = 4
_RING = 3
_NOTICED = (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut)


@dataclass(frozen=True)
class Choice:
    """One option: its key, text, points and tier as they are printed.

    `detail` stands smaller below the text; `shown_key` is what the box says, the key without.
    """

    key: str
    text: str
    points: str = ""
    tier: str = ""
    detail: str = ""
    shown_key: str = ""


@dataclass(frozen=True)
class _Tag:
    text: str
    width: float
    outlined: bool


class ChoiceCard(QAbstractButton):
    """A card that asks to be chosen; it is shown as chosen only when it is told so.

    Signals: `asked(str)` its key, by click, Space or Enter; `noticed()` the pointer or the focus
    came or went.
    """

    asked = Signal(str)
    noticed = Signal()

    def __init__(
        self,
        theme: Theme,
        choice: Choice,
        multiple: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.choice = choice
        self.key = choice.key
        self._shown_key = choice.shown_key or choice.key
        self._multiple = multiple
        self._theirs = ""
        self._laid: dict[int, tuple[LaidText, LaidText | None]] = {}
        self.setText(choice.text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name()

    def set_theirs(self, label: str) -> None:
        """Mark it as the enterprise's own choice; an empty label takes the mark away."""
        if label != self._theirs:
            self._theirs = label
            self._laid.clear()
            self._name()
            self.updateGeometry()
            self.update()

    def nextCheckState(self) -> None:  # noqa: N802
        """Do not change by itself: ask, and wait to be told."""
        self.asked.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take Enter like Space, and leave arrows and digits to the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Tell when the pointer or the focus comes or goes."""
        done = super().event(event)
        if event.type() in _NOTICED:
            self.noticed.emit()
        return done

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height the texts need at a width."""
        text, detail = self._texts(width)
        inside = text.height + (detail.height if detail else 0)
        least = max(self._theme.px(_KEY_BOX), self._theme.sizes.control - self._theme.px(L))
        return ceil(max(inside, least)) + 2 * self._theme.px(M - 2)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A comfortable width of text."""
        width = self._theme.px(_TEXT_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrow, the text then wraps."""
        width = self._theme.px(_TEXT_WIDTH // 2)
        return QSize(width, self._theme.sizes.control)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_key(painter)
        text, detail = self._texts(self.width())
        inside = text.height + (detail.height if detail else 0)
        at = QPointF(self._text_left(), (self.height() - inside) / 2)
        painter.setPen(self._theme.colour("text" if self.isEnabled() else "muted"))
        text.draw(painter, at)
        if detail:
            painter.setPen(self._theme.colour("muted"))
            detail.draw(painter, at + QPointF(0, text.height))
        self._paint_right(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        chosen, focused = self.isChecked(), self.hasFocus()
        hovered = self.underMouse() and self.isEnabled()
        ground = "accent_soft" if chosen else "sunken" if hovered else "panel"
        edge = "accent" if chosen or focused else "line"
        width = 2 if chosen or focused else 1
        painter.setBrush(self._theme.colour(ground))
        painter.setPen(QPen(self._theme.colour(edge), width))
        half = width / 2
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if chosen and focused:
            # A second line inside tells the focus from the choice without shouting.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            inside = rect.adjusted(_RING, _RING, -_RING, -_RING)
            painter.drawRoundedRect(inside, RADIUS_SMALL, RADIUS_SMALL)

    def _paint_key(self, painter: QPainter) -> None:
        size, chosen = self._theme.px(_KEY_BOX), self.isChecked()
        box = QRectF(self._theme.px(M), (self.height() - size) / 2, size, size)
        painter.setBrush(self._theme.colour("accent" if chosen else "panel"))
        painter.setPen(QPen(self._theme.colour("accent" if chosen else "strong_line"), 1.2))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_SMALL, RADIUS_SMALL)
        if chosen and self._multiple:
            icon = self._theme.pixmap("check", "on_accent", self._theme.px(18))
            edge = (size - self._theme.px(18)) / 2
            painter.drawPixmap(box.topLeft() + QPointF(edge, edge), icon)
            return
        painter.setFont(self._theme.font(self._theme.sizes.text, bold=True))
        painter.setPen(self._theme.colour("on_accent" if chosen else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._shown_key)

    def _paint_right(self, painter: QPainter) -> None:
        right = float(self.width() - self._theme.px(M))
        middle = self.height() / 2
        if self.choice.points:
            painter.setFont(self._theme.font(self._theme.sizes.text, bold=self.isChecked()))
            painter.setPen(self._theme.colour("text" if self.isChecked() else "muted"))
            box = QRectF(right - self._points_width(), 0, self._points_width(), self.height())
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, align, self.choice.points)
            right -= self._points_width() + self._theme.px(S)
        height = self._theme.sizes.chip
        painter.setFont(self._theme.font(self._theme.sizes.caption))
        for tag in self._tags():
            box = QRectF(right - tag.width, middle - height / 2, tag.width, height)
            self._paint_tag(painter, tag, box)
            right -= tag.width + self._theme.px(S)

    def _paint_tag(self, painter: QPainter, tag: _Tag, box: QRectF) -> None:
        if tag.outlined:
            painter.setBrush(self._theme.colour("panel"))
            painter.setPen(QPen(self._theme.colour("strong_line"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, 99)
        painter.setPen(self._theme.colour("muted" if tag.outlined else "accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag.text)

    def _tags(self) -> list[_Tag]:
        """The tags from right to left: the tier, then the enterprise's own choice."""
        metrics = QFontMetricsF(self._theme.font(self._theme.sizes.caption))
        chosen = self.isChecked()
        given = [(self.choice.tier, not chosen), (self._theirs, True)]
        air = 2 * self._theme.px(S)
        return [
            _Tag(text, metrics.horizontalAdvance(text) + air, outlined)
            for text, outlined in given
            if text
        ]

    def _points_width(self) -> float:
        metrics = QFontMetricsF(self._theme.font(self._theme.sizes.text, bold=True))
        widest = metrics.horizontalAdvance("0" * _POINTS_CHARACTERS)
        return max(widest, metrics.horizontalAdvance(self.choice.points))

    def _text_left(self) -> int:
        return 2 * self._theme.px(M) + self._theme.px(_KEY_BOX)

    def _texts(self, width: int) -> tuple[LaidText, LaidText | None]:
        if width not in self._laid:
            if len(self._laid) > _KEPT_WIDTHS:
                self._laid.clear()
            right = sum(tag.width + self._theme.px(S) for tag in self._tags())
            if self.choice.points:
                right += self._points_width() + self._theme.px(S)
            room = width - self._text_left() - right - self._theme.px(M + XS)
            theme, sizes = self._theme, self._theme.sizes
            text = lay_out(self.text(), theme.font(), room)
            small = (
                lay_out(self.choice.detail, theme.font(sizes.caption), room)
                if self.choice.detail
                else None
            )
            self._laid[width] = (text, small)
        return self._laid[width]

    def _name(self) -> None:
        parts = (self._shown_key, self.text(), self.choice.tier, self.choice.points, self._theirs)
        self.setAccessibleName(" ".join(part for part in parts if part))
        self.setAccessibleDescription(self.choice.detail)
