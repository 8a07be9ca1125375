"""Pictures of evidence, made beside the window and kept within a bound of memory."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from assessor.ui.tasks import Tasks
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.pictures import Raster, Wanted, read_bytes, render

KEPT_BYTES = 96_000_000
"""Decoded pictures that are kept; some 400 thumbnails, or two large ones."""
AT_ONCE = 2
"""Pictures that are made at the same time."""


class PictureStore(QObject):
    """Gives pictures that are there and has the others made; the latest wish comes first.

    Signals: `picture_arrived(object)` the `Wanted` that is there now; `picture_failed(object)` one
    that cannot be shown.
    """

    picture_arrived = Signal(object)
    picture_failed = Signal(object)

    def __init__(
        self, visit: VisitBridge, tasks: Tasks, parent: QObject, kept_bytes: int = KEPT_BYTES
    ) -> None:
        super().__init__(parent)
        self._visit, self._tasks = visit, tasks
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[Wanted, QImage] = OrderedDict()
        self._failed: set[Wanted] = set()
        self._wishes: OrderedDict[Wanted, None] = OrderedDict()
        self._under_way: set[Wanted] = set()

    def picture(self, wanted: Wanted) -> QImage | None:
        """Return a picture at once, or `None` and announce it when it is there."""
        if (found := self._kept.get(wanted)) is not None:
            self._kept.move_to_end(wanted)
            return found
        if wanted not in self._failed and wanted not in self._under_way:
            self._wishes[wanted] = None
            self._wishes.move_to_end(wanted)
            self._next()
        return None

    def failed(self, wanted: Wanted) -> bool:
        """Tell whether a picture cannot be shown."""
        return wanted in self._failed

    def forget_wishes(self) -> None:
        """Make nothing more of what was asked for and not begun: other things are looked at now."""
        self._wishes.clear()

    @property
    def held_bytes(self) -> int:
        """The memory the kept pictures take."""
        return sum(image.sizeInBytes() for image in self._kept.values())

    def _next(self) -> None:
        while self._wishes and len(self._under_way) < AT_ONCE:
            wanted, _ = self._wishes.popitem()
            self._under_way.add(wanted)
            self._fetch(wanted)

    def _fetch(self, wanted: Wanted) -> None:
        self._visit.run(
            lambda visit: read_bytes(visit, wanted.sha256),
            done=lambda data: self._make(wanted, data),
            failed=lambda _: self._on_failed(wanted),
            owner=self,
        )

    def _make(self, wanted: Wanted, data: bytes) -> None:
        # The bytes go when they were used, however long the task itself is remembered.
        given = [data]
        self._tasks.start(
            lambda _: image_of(render(given.pop(), wanted)),
            done=lambda image: self._on_made(wanted, image),
            failed=lambda _: self._on_failed(wanted),
            owner=self,
        )

    def _on_made(self, wanted: Wanted, image: QImage) -> None:
        self._kept[wanted] = image
        held = self.held_bytes
        while held > self._kept_bytes and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            held -= oldest.sizeInBytes()
        self._over(wanted)
        self.picture_arrived.emit(wanted)

    def _on_failed(self, wanted: Wanted) -> None:
        self._failed.add(wanted)
        self._over(wanted)
        self.picture_failed.emit(wanted)

    def _over(self, wanted: Wanted) -> None:
        self._under_way.discard(wanted)
        self._next()


def image_of(raster: Raster) -> QImage:
    """Return a picture as Qt draws it fastest; to be called beside the window."""
    step = raster.width * 3
    loose = QImage(raster.data, raster.width, raster.height, step, QImage.Format.Format_RGB888)
    return loose.convertToFormat(QImage.Format.Format_RGB32)
