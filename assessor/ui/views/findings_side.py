"""One side of a finding's photographs: those from the visit, or those of the re-check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from assessor.assessment import EvidenceItem, Finding
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.views.findings_pick import PickEvidence
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Button, Thumb, ThumbStrip, label, row
from assessor.workspace.attaching import LookedAt, look_at_files
from assessor.workspace.finding_edits import Part, photographing, showing
from assessor.workspace.live import Published
from assessor.workspace.pictures import Wanted, can_be_shown, wanted_for

THUMB_SIDE = 240
_CAPTION_LENGTH = 200


class PhotoSide(QWidget):
    """A strip of one part of a finding's photographs, and the ways to add to it."""

    def __init__(
        self,
        context: Context,
        visit: VisitBridge,
        pictures: PictureStore,
        part: Part,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._visit, self._part, self.pictures = context, visit, part, pictures
        self._finding: Finding | None = None
        self._wanted: dict[Wanted, str] = {}
        theme, words = context.theme, context.words
        pictures.picture_arrived.connect(self._on_picture)
        self.title = label("", "caption")
        drop = words.tr(f"ui_findings.{part}_drop")
        self.strip = ThumbStrip(theme, words.tr(f"ui_findings.{part}_name"), drop)
        self.strip.add_requested.connect(self.pick_files)
        self.strip.files_dropped.connect(self.attach)
        self.strip.thumb_opened.connect(lambda item: context.go("evidence", item=item))
        self.choose = Button(theme, words.tr("ui_findings.from_visit"), "image")
        self.choose.clicked.connect(lambda *_: self.pick_evidence())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(XS))
        column.addWidget(self.title)
        column.addWidget(self.strip)
        column.addLayout(row(theme, self.choose, stretch=True))

    def show_finding(self, published: Published | None, finding: Finding | None) -> None:
        """Show this part of a finding's photographs, none without a finding."""
        self._finding = finding
        pieces = self._shown(published)
        title = f"ui_findings.{self._part}_title"
        self.title.setText(self._context.words.tr(title, count=len(pieces)))
        self.strip.set_thumbs([_thumb(piece) for piece in pieces])
        self._wanted = {}
        for piece in pieces:
            self._fetch(piece)

    def pick_files(self) -> None:
        """Let the person pick files and attach them."""
        title = self._context.words.tr("ui_findings.pick_files")
        names, _ = QFileDialog.getOpenFileNames(self, title)
        self.attach([Path(name) for name in names])

    def pick_evidence(self) -> None:
        """Let the person tick pieces of the visit's evidence."""
        finding, latest = self._finding, self._visit.latest
        if finding is None or latest is None:
            return
        present = _ids(finding, self._part)
        chosen = PickEvidence.ask(
            self._context, latest.assessment.evidence, present, self.pictures, self.window()
        )
        if chosen is not None:
            self._visit.post(showing(finding.id, chosen, self._part))

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files, read beside the window; those that cannot be evidence are named."""
        finding = self._finding
        if finding is None or not paths:
            return
        text = finding.text.strip().partition("\n")[0][:_CAPTION_LENGTH]
        said = self._context.words.tr(f"ui_findings.{self._part}_caption", text=text)

        def ready(looked: LookedAt) -> None:
            for error in looked.refused:
                self._context.bridge.complain(error)
            if looked.attachments:
                made = photographing(finding.id, looked, caption=said, part=self._part)
                self._visit.post(made, looked.sources)

        self._context.tasks.start(
            lambda monitor: look_at_files(paths, monitor.step), done=ready, owner=self
        )

    def _shown(self, published: Published | None) -> list[EvidenceItem]:
        if published is None or self._finding is None:
            return []
        known = {piece.id: piece for piece in published.assessment.evidence}
        return [known[name] for name in _ids(self._finding, self._part) if name in known]

    def _fetch(self, piece: EvidenceItem) -> None:
        if not can_be_shown(piece.media_type):
            return
        wanted = wanted_for(piece, THUMB_SIDE)
        self._wanted[wanted] = piece.id
        image = self.pictures.picture(wanted)
        if image is not None:
            self.strip.set_picture(piece.id, QPixmap.fromImage(image))

    def _on_picture(self, wanted: Wanted) -> None:
        item_id, image = self._wanted.get(wanted), self.pictures.picture(wanted)
        if item_id is not None and image is not None:
            self.strip.set_picture(item_id, QPixmap.fromImage(image))


def _ids(finding: Finding, part: Part) -> tuple[str, ...]:
    return finding.recheck if part == "recheck" else finding.evidence


def _thumb(piece: EvidenceItem) -> Thumb:
    icon = "image" if can_be_shown(piece.media_type) else "file"
    return Thumb(piece.id, piece.caption.strip() or piece.file_name, icon)
