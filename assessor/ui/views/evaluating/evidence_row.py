"""The evidence of the criterion: what there is, and the ways to add more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from assessor.assessment import EvidenceItem
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import SectionTitle, Thumb, ThumbStrip
from assessor.workspace.attaching import Prepared, prepare
from assessor.workspace.visits import OpenVisit

_THUMB = QSize(208, 140)


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
        self._asked: set[str] = set()
        self._pictures: dict[str, QPixmap] = {}
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
        """Attach files to the criterion that is shown; they are read beside the window."""
        visit, key = self._context.visit, self._key
        if visit is None or not key:
            return

        def ready(prepared: Prepared) -> None:
            visit.post(prepared.edit, prepared.sources)

        visit.run(lambda _: prepare(paths, [key]), ready, owner=self)

    def _fetch(self, piece: EvidenceItem) -> None:
        """Show the picture of a tile, asking for it once; what is no picture keeps its icon."""
        visit, sha256 = self._context.visit, piece.sha256
        if picture := self._pictures.get(sha256):
            self.strip.set_picture(piece.id, picture)
        if visit is None or sha256 in self._asked or not piece.width:
            return
        self._asked.add(sha256)

        def ready(image: QImage) -> None:
            if not image.isNull():
                self._pictures[sha256] = QPixmap.fromImage(image)
                self.strip.set_picture(piece.id, self._pictures[sha256])

        visit.run(lambda opened: _picture(opened, sha256), ready, owner=self)


def _thumb(piece: EvidenceItem) -> Thumb:
    icon = "image" if piece.width else "file"
    return Thumb(piece.id, piece.caption or piece.file_name, icon)


def _picture(visit: OpenVisit, sha256: str) -> QImage:
    """Read a small version of a picture, the right way up; null when it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(visit.file.read_blob(sha256)))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(_THUMB, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()
