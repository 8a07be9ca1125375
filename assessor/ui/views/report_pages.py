"""The pages of a PDF, one below the other; drawn lazily and anew at every size, so always sharp."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import L
from assessor.ui.widgets import named
from assessor.ui.words import Words

POINTS = 96 / 72
"""Logical pixels a point takes at 100 %."""
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
LONGEST = 6000
"""Pixels of the longer side of a page; beyond that it is enlarged."""
FIT = 0.0
"""As wide as the window allows."""
_KEPT_BYTES = 96 * 1024 * 1024
"""Of drawn pages; those not looked at for longest are dropped first."""
_CALM = 120
"""Milliseconds to wait before pages are drawn anew while the size is still changing."""
_LINE = 60


class PageView(QAbstractScrollArea):
    """Shows pages whose pictures it asks for; until one comes, the page is empty or blurred.

    Signals: `page_wanted(int, int)` a page and the pixels of its longer side; `place_changed()`
    another page or zoom is shown.
    """

    page_wanted = Signal(int, int)
    place_changed = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._tops: list[int] = []
        # The picture of a page, and the longer side it was asked in.
        self._pictures: OrderedDict[int, tuple[int, QImage]] = OrderedDict()
        self._asked: tuple[int, int] | None = None
        self.zoom = FIT
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setBackgroundRole(self.backgroundRole())
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self.ask)
        self.verticalScrollBar().valueChanged.connect(lambda *_: self._on_scroll())
        self._name()

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page in the middle of what is seen, counted from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        above = [number for number, top in enumerate(self._tops) if top <= middle]
        return above[-1] if above else 0

    @property
    def scale(self) -> float:
        """Logical pixels a point takes now."""
        if self.zoom != FIT or not self._sizes:
            return (self.zoom or 1.0) * POINTS
        widest = max(width for width, _ in self._sizes)
        return max(self.viewport().width() - 2 * self._gap, 120) / max(widest, 1.0)

    @property
    def percent(self) -> int:
        """The zoom in percent of paper."""
        return round(self.scale / POINTS * 100)

    def set_pages(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show another document; widths and heights are in points. The place is kept."""
        self._sizes = tuple(sizes)
        self._pictures.clear()
        self._asked = None
        self._arrange()
        self.ask()

    def set_picture(self, number: int, picture: QImage) -> None:
        """Take the picture of a page (-1: of no page any more) and ask for the next."""
        asked, self._asked = self._asked, None
        if asked is not None and asked[0] == number:
            self._pictures[number] = (asked[1], picture)
            self._pictures.move_to_end(number)
            self._drop_old()
            self.viewport().update()
        self.ask()

    def set_zoom(self, zoom: float) -> None:
        """Show pages at a zoom (1: as large as paper) or `FIT`, around the same middle."""
        if zoom == self.zoom:
            return
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        middles = [_middle(bar) for bar in bars]
        self.zoom = zoom
        self._arrange()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(round(middle * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))
        self._calm.start()
        self.viewport().update()
        self._moved()

    def step_zoom(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) zoom."""
        now = self.scale / POINTS
        larger = [zoom for zoom in ZOOMS if zoom > now * 1.01]
        smaller = [zoom for zoom in ZOOMS if zoom < now * 0.99]
        if step > 0 and larger:
            self.set_zoom(larger[0])
        elif step < 0 and smaller:
            self.set_zoom(smaller[-1])

    def go_to(self, number: int) -> None:
        """Show the top of a page, the nearest there is."""
        if self._tops:
            number = min(max(number, 0), self.count - 1)
            self.verticalScrollBar().setValue(self._tops[number] - self._gap // 2)

    def ask(self) -> None:
        """Ask for the first page in sight, or next to it, that is not there at this size."""
        if self._asked is not None or not self._sizes or not self.isVisible():
            return
        for number in self._in_sight(beyond=1):
            kept, longest = self._pictures.get(number), self._longest(number)
            if kept is None or kept[0] != longest:
                self._asked = (number, longest)
                self.page_wanted.emit(number, longest)
                return

    # --- events -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the pages in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in self._in_sight():
            sheet = self._sheet(number)
            painter.fillRect(sheet, Qt.GlobalColor.white)
            kept = self._pictures.get(number)
            if kept is not None:
                # A picture of a page may be a pixel wider than its place.
                painter.setClipRect(sheet)
                self._draw(painter, sheet, kept[1])
                painter.setClipping(False)
            painter.setPen(self._theme.colour("line"))
            painter.drawRect(sheet.adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay the pages out for the new width."""
        super().resizeEvent(event)
        page = self.page
        self._arrange()
        if self.zoom == FIT and event.oldSize().width() != event.size().width():
            self.go_to(page) if page else None
        self._calm.start()
        self._moved()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Page by page, line by line, nearer and farther."""
        keys = {
            Qt.Key.Key_PageDown: lambda: self.go_to(self.page + 1),
            Qt.Key.Key_PageUp: lambda: self.go_to(self.page - 1),
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(self.count - 1),
            Qt.Key.Key_Plus: lambda: self.step_zoom(1),
            Qt.Key.Key_Equal: lambda: self.step_zoom(1),
            Qt.Key.Key_Minus: lambda: self.step_zoom(-1),
            Qt.Key.Key_0: lambda: self.set_zoom(FIT),
        }
        act = keys.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a page one can read."""
        return QSize(self._theme.sizes.centre, self._theme.px(600))

    # --- geometry ---------------------------------------------------------------------------------

    @property
    def _gap(self) -> int:
        return self._theme.px(L)

    def _arrange(self) -> None:
        top, self._tops = self._gap, []
        for _, height in self._sizes:
            self._tops.append(top)
            top += ceil(height * self.scale) + self._gap
        view = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(top - view.height(), 0))
        down.setPageStep(view.height())
        down.setSingleStep(self._theme.px(_LINE))
        width = max((w for w, _ in self._sizes), default=0) * self.scale + 2 * self._gap
        across.setRange(0, max(ceil(width) - view.width(), 0) if self.zoom != FIT else 0)
        across.setPageStep(view.width())
        self.viewport().update()

    def _sheet(self, number: int) -> QRect:
        """Where a page lies in the viewport."""
        width, height = (ceil(side * self.scale) for side in self._sizes[number])
        free = self.viewport().width() - width
        across = self.horizontalScrollBar()
        left = free // 2 if free > 0 and not across.maximum() else self._gap - across.value()
        return QRect(left, self._tops[number] - self.verticalScrollBar().value(), width, height)

    def _in_sight(self, beyond: int = 0) -> list[int]:
        """The pages one sees, then those up to `beyond` pages away."""
        view = QRect(QPoint(0, 0), self.viewport().size())
        seen = [n for n in range(self.count) if self._sheet(n).intersects(view)]
        if not seen:
            return []
        after = range(seen[-1] + 1, min(seen[-1] + 1 + beyond, self.count))
        before = range(max(seen[0] - beyond, 0), seen[0])
        return [*seen, *after, *before]

    def _longest(self, number: int) -> int:
        side = max(self._sizes[number]) * self.scale * self.viewport().devicePixelRatioF()
        return min(ceil(side), LONGEST)

    def _draw(self, painter: QPainter, sheet: QRect, picture: QImage) -> None:
        ratio = self.viewport().devicePixelRatioF()
        exact = QSize(round(picture.width() / ratio), round(picture.height() / ratio))
        if abs(exact.width() - sheet.width()) <= 1 and abs(exact.height() - sheet.height()) <= 1:
            # Pixel on pixel: no smoothing in between.
            width, height = picture.width() / ratio, picture.height() / ratio
            painter.drawImage(QRectF(sheet.x(), sheet.y(), width, height), picture)
        else:
            painter.drawImage(sheet, picture)

    def _drop_old(self) -> None:
        held = sum(picture.sizeInBytes() for _, picture in self._pictures.values())
        wanted = set(self._in_sight(beyond=1))
        for number in [number for number in self._pictures if number not in wanted]:
            if held > _KEPT_BYTES:
                held -= self._pictures.pop(number)[1].sizeInBytes()

    def _on_scroll(self) -> None:
        self.viewport().update()
        self._calm.start()
        self._moved()

    def _moved(self) -> None:
        self._name()
        self.place_changed.emit()

    def _name(self) -> None:
        place = self._words.tr("ui_report.page_of", page=self.page + 1, count=self.count)
        named(self, self._words.tr("ui_report.pages_name", place=place))


def _middle(bar: QScrollBar) -> float:
    """Where the middle of what is seen lies in the whole, 0 to 1."""
    return (bar.value() + bar.pageStep() / 2) / max(bar.maximum() + bar.pageStep(), 1)
