"""How evidence comes in: looked at beside the window, posted as one edit, refusals in a strip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from assessor.assessment import EvidenceItem
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.i18n import message
from assessor.ui.navigation import Context
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.attaching import (
    LookedAt,
    attaching,
    known_already,
    look_at_files,
    pasted_picture,
)
from assessor.workspace.clock import now
from assessor.workspace.pictures import taken_outside

_NAMED = 3


class Intake(QObject):
    """Takes files and pictures into the visit.

    Signals: `progressed(int, int)` files looked at and in all, both 0 at the end;
    `came_in(object)` the SHA-256 of everything that was posted or was there already.
    """

    progressed = Signal(int, int)
    came_in = Signal(object)

    def __init__(self, context: Context, visit: VisitBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit

    def take_files(self, paths: Sequence[Path], criteria: Sequence[str] = ()) -> None:
        """Look at files and attach those that can be; `criteria` are answer keys."""
        listed = tuple(paths)
        if not listed:
            return
        self._context.tasks.start(
            lambda monitor: look_at_files(_files(listed), monitor.step),
            done=lambda looked: self._post(looked, criteria),
            progress=self.progressed.emit,
            owner=self,
        )

    def take_mime(self, mime: QMimeData | None, criteria: Sequence[str] = ()) -> bool:
        """Take what was pasted or dropped; `False` when it holds neither files nor a picture."""
        if mime is None:
            return False
        if paths := local_files(mime):
            self.take_files(paths, criteria)
            return True
        image = mime.imageData() if mime.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.take_image(image, criteria)
            return True
        return False

    def take_image(self, image: QImage, criteria: Sequence[str] = ()) -> None:
        """Attach a picture that is in memory."""
        moment: datetime = now()
        name = self._context.words.tr(
            "ui_evidence.pasted_name", moment=moment.strftime("%Y-%m-%d %H%M%S")
        )
        self._context.tasks.start(
            lambda _: pasted_picture(png_of(image), image.width(), image.height(), name),
            done=lambda looked: self._post(looked, criteria),
            owner=self,
        )

    def _post(self, looked: LookedAt, criteria: Sequence[str]) -> None:
        self.progressed.emit(0, 0)
        self._complain(looked.refused)
        if not looked.attachments:
            return
        latest = self._visit.latest
        if latest is not None:
            self._point_out(looked, known_already(latest.assessment, looked))
        self._visit.post(attaching(looked, criteria), looked.sources)
        self.came_in.emit(frozenset(source.sha256 for source in looked.sources))

    def _complain(self, refused: Sequence[AssessorError]) -> None:
        if len(refused) == 1:
            self._context.bridge.complain(refused[0])
        elif refused:
            problems = tuple(Problem(error.message) for error in refused)
            said = message("ui_evidence.refused_many", count=len(refused))
            self._context.bridge.complain(ProblemsError(said, problems))

    def _point_out(self, looked: LookedAt, known: Sequence[EvidenceItem]) -> None:
        """Say what was there already, and which pictures are not of the days of the visit."""
        if known:
            said = message("ui_evidence.known_already", count=len(known), names=_names(known))
            self._context.bridge.say(said, "caution")
        latest = self._visit.latest
        there = {item.sha256 for item in known}
        if latest is None:
            return
        days = latest.assessment.visit
        strangers = [
            attachment.item("e0", now())
            for attachment in looked.attachments
            if attachment.source.sha256 not in there
        ]
        outside = [item for item in strangers if taken_outside(item, days)]
        if outside:
            words = self._context.words
            said = message(
                "ui_evidence.outside_visit",
                count=len(outside),
                names=_names(outside),
                first=words.day(days.date_from),
                last=words.day(days.date_to or days.date_from),
            )
            self._context.bridge.say(said, "caution")


def local_files(mime: QMimeData) -> list[Path]:
    """Return the files of this machine that were dropped or copied."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def can_take(mime: QMimeData) -> bool:
    """Tell whether something that is dragged or copied could be evidence."""
    return mime.hasUrls() or mime.hasImage()


def png_of(image: QImage) -> bytes:
    """Return a picture as PNG; to be called beside the window."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(store.data())


def _files(paths: Sequence[Path]) -> list[Path]:
    """Return the files, those of a dropped folder (not below it) in place of the folder."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if one.is_file())
        else:
            found.append(path)
    return found


def _names(items: Sequence[EvidenceItem]) -> str:
    names = ", ".join(item.file_name for item in items[:_NAMED])
    return f"{names} …" if len(items) > _NAMED else names
