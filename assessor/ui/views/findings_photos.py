"""The photographs of a finding: from the visit's evidence, from files, and one more as re-check."""

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
from assessor.ui.widgets import Button, FlowLabel, SectionTitle, Thumb, ThumbStrip, row
from assessor.workspace.attaching import LookedAt, look_at_files
from assessor.workspace.finding_edits import photographing, showing
from assessor.workspace.live import Published
from assessor.workspace.pictures import Wanted, can_be_shown, wanted_for

THUMB_SIDE = 240
BEFORE_AND_AFTER = 2
_CAPTION_LENGTH = 200


class FindingPhotos(QWidget):
    """A strip of what shows the finding, and the ways to add to it.

    Photographs from before and after stand in one row, in the order they were added; one added as
    re-check says so in its caption, which the report prints below it.
    """

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._finding: Finding | None = None
        self._wanted: dict[Wanted, str] = {}
        theme, words = context.theme, context.words
        self.pictures = PictureStore(visit, context.tasks, self)
        self.pictures.picture_arrived.connect(self._on_picture)
        self.title = SectionTitle(theme, "", "caption")
        self.strip = ThumbStrip(
            theme, words.tr("ui_findings.photos_name"), words.tr("ui_findings.photo_drop")
        )
        self.strip.add_requested.connect(lambda: self.pick_files(""))
        self.strip.files_dropped.connect(lambda paths: self.attach(paths, ""))
        self.strip.thumb_opened.connect(lambda item: context.go("evidence", item=item))
        self.choose = Button(theme, words.tr("ui_findings.from_visit"), "image")
        self.choose.clicked.connect(lambda *_: self.pick_evidence())
        self.recheck = Button(theme, words.tr("ui_findings.recheck"), "camera")
        self.recheck.clicked.connect(lambda *_: self.pick_files(self._recheck_caption()))
        self.advice = FlowLabel(theme, "", "caution", size=theme.sizes.caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(XS))
        column.addWidget(self.title)
        column.addWidget(self.strip)
        column.addLayout(row(theme, self.choose, self.recheck, stretch=True))
        column.addWidget(self.advice)

    def show_finding(self, published: Published | None, finding: Finding | None) -> None:
        """Show the photographs of a finding; without one, that they come later."""
        self._finding = finding
        words = self._context.words
        pieces = _shown(published, finding)
        self.title.set_text(words.tr("ui_findings.photos", count=len(pieces)))
        self.strip.set_thumbs([_thumb(piece) for piece in pieces])
        self._wanted = {}
        for piece in pieces:
            self._fetch(piece)
        if finding is None:
            advice = words.tr("ui_findings.photos_later")
        elif finding.state == "verified" and len(pieces) < BEFORE_AND_AFTER:
            advice = words.tr("ui_findings.recheck_wanted")
        else:
            advice = ""
        self.advice.set_text(advice)
        self.advice.setVisible(bool(advice))

    def pick_files(self, caption: str) -> None:
        """Let the person pick files and attach them."""
        title = self._context.words.tr("ui_findings.pick_files")
        names, _ = QFileDialog.getOpenFileNames(self, title)
        if names:
            self.attach([Path(name) for name in names], caption)

    def pick_evidence(self) -> None:
        """Let the person tick pieces of the visit's evidence."""
        finding, latest = self._finding, self._visit.latest
        if finding is None or latest is None:
            return
        pieces = latest.assessment.evidence
        chosen = PickEvidence.ask(
            self._context, pieces, finding.evidence, self.pictures, self.window()
        )
        if chosen is not None:
            self._visit.post(showing(finding.id, chosen))

    def attach(self, paths: Sequence[Path], caption: str) -> None:
        """Attach files, read beside the window; those that cannot be evidence are named."""
        finding = self._finding
        if finding is None or not paths:
            return
        said = caption or finding.text.strip().partition("\n")[0][:_CAPTION_LENGTH]

        def ready(looked: LookedAt) -> None:
            for error in looked.refused:
                self._context.bridge.complain(error)
            if looked.attachments:
                made = photographing(finding.id, looked, caption=said)
                self._visit.post(made, looked.sources)

        self._context.tasks.start(
            lambda monitor: look_at_files(paths, monitor.step), done=ready, owner=self
        )

    def _recheck_caption(self) -> str:
        if self._finding is None:
            return ""
        text = self._finding.text.strip().partition("\n")[0][:_CAPTION_LENGTH]
        return self._context.words.tr("ui_findings.recheck_caption", text=text)

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


def _shown(published: Published | None, finding: Finding | None) -> list[EvidenceItem]:
    if published is None or finding is None:
        return []
    known = {piece.id: piece for piece in published.assessment.evidence}
    return [known[name] for name in finding.evidence if name in known]


def _thumb(piece: EvidenceItem) -> Thumb:
    icon = "image" if can_be_shown(piece.media_type) else "file"
    return Thumb(piece.id, piece.caption.strip() or piece.file_name, icon)
