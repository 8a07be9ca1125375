"""The evidence of the criterion: what there is, and the ways to add more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPixmap
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from assessor.assessment import EvidenceItem
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.i18n import message
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import SectionTitle, Thumb, ThumbStrip
from assessor.workspace.attaching import (
    LookedAt,
    attaching,
    look_at_files,
    pasted_picture,
)
from assessor.workspace.pictures import (
    Raster,
    Wanted,
    can_be_shown,
    read_bytes,
    render,
    wanted_for,
)

_LONGEST = 240


class EvidenceRow(QWidget):
    """A count and a strip of tiles; files can be dropped, or picked by the last tile."""

    def __init__(self, context: Context, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._say, self._key = context, say, ""
        theme = context.theme
        self.title = SectionTitle(theme, "", "caption")
        self.strip = ThumbStrip(theme, say.tr("evidence"), say.tr("add_evidence"))
        self.strip.add_requested.connect(self.pick)
        self.strip.files_dropped.connect(self.attach)
        self.strip.thumb_opened.connect(lambda item_id: context.go("evidence", item=item_id))
        self._asked: set[Wanted] = set()
        self._pictures: dict[Wanted, QPixmap] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(XS))
        column.addWidget(self.title)
        column.addWidget(self.strip)

    def show_criterion(self, shown: Shown) -> None:
        """Show the evidence of a criterion."""
        self._key = shown.key
        pieces = shown.published.assessment.evidence_for(shown.criterion.id)
        self.title.set_text(self._say.tr("evidence_count", count=len(pieces)))
        self.strip.set_thumbs([_thumb(piece) for piece in pieces])
        for piece in pieces:
            self._fetch(piece)

    def pick(self) -> None:
        """Let the person pick files."""
        chosen, _ = QFileDialog.getOpenFileNames(self, self._say.tr("pick_files"))
        if chosen:
            self.attach([Path(name) for name in chosen])

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files to the criterion that is shown; they are read beside the window.

        What cannot be evidence is told and hinders no other file.
        """
        key = self._key
        if key:
            self._context.tasks.start(
                lambda _: look_at_files(paths),
                done=lambda looked: self._post_looked(looked, key),
                owner=self,
            )

    def paste(self) -> None:
        """Attach the picture on the clipboard, or the files that were copied."""
        clipboard = QGuiApplication.clipboard()
        data = clipboard.mimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        image = clipboard.image()
        if paths:
            self.attach(paths)
        elif not image.isNull():
            name, key = self._say.tr("pasted_name"), self._key
            self._context.tasks.start(
                lambda _: pasted_picture(_png(image), image.width(), image.height(), name),
                done=lambda looked: self._post_looked(looked, key),
                owner=self,
            )

    def _post_looked(self, looked: LookedAt, key: str) -> None:
        if len(looked.refused) == 1:
            self._context.bridge.complain(looked.refused[0])
        elif looked.refused:
            problems = tuple(Problem(error.message) for error in looked.refused)
            said = message("ui_evidence.refused_many", count=len(looked.refused))
            self._context.bridge.complain(ProblemsError(said, problems))
        if self._context.visit is not None and looked.attachments:
            self._context.visit.post(attaching(looked, [key]), looked.sources)

    def _fetch(self, piece: EvidenceItem) -> None:
        """Show the picture of a tile, asking for it once; what cannot be shown keeps its icon."""
        visit, wanted = self._context.visit, wanted_for(piece, _LONGEST)
        if picture := self._pictures.get(wanted):
            self.strip.set_picture(piece.id, picture)
        if visit is None or wanted in self._asked or not can_be_shown(piece.media_type):
            return
        self._asked.add(wanted)

        def read(data: bytes) -> None:
            self._context.tasks.start(
                lambda _: render(data, wanted), done=drawn, failed=_keep_icon, owner=self
            )

        def drawn(raster: Raster) -> None:
            self._pictures[wanted] = _pixmap(raster)
            self.strip.set_picture(piece.id, self._pictures[wanted])

        visit.run(
            lambda opened: read_bytes(opened, piece.sha256), read, failed=_keep_icon, owner=self
        )


def _thumb(piece: EvidenceItem) -> Thumb:
    icon = "image" if piece.width else "file"
    return Thumb(piece.id, piece.caption or piece.file_name, icon)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _pixmap(raster: Raster) -> QPixmap:
    line = 3 * raster.width
    image = QImage(raster.data, raster.width, raster.height, line, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)


def _keep_icon(_: AssessorError) -> None:
    """Leave the tile as it is: the file is there and can be opened, it has no picture."""
