"""The photographs of a finding: what was found at the left, what was put right beside it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from assessor.assessment import Finding
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, M
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.views.findings_side import PhotoSide
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import FlowLabel
from assessor.workspace.live import Published

NARROW = 460
"""Below this width the two stand below each other."""


class FindingPhotos(QWidget):
    """Before and after, and a word where the one from after the rectification is missing."""

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme = context.theme
        self.pictures = PictureStore(visit, context.tasks, self)
        self.before = PhotoSide(context, visit, self.pictures, "evidence")
        self.after = PhotoSide(context, visit, self.pictures, "recheck")
        self.advice = FlowLabel(theme, "", "caution", size=theme.sizes.caption)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(theme.px(M))
        self._beside.addWidget(self.before, 1)
        self._beside.addWidget(self.after, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(XS))
        column.addLayout(self._beside)
        column.addWidget(self.advice)

    def show_finding(self, published: Published | None, finding: Finding | None) -> None:
        """Show the photographs of a finding; without one, that they come later."""
        self.before.show_finding(published, finding)
        self.after.show_finding(published, finding)
        words = self._context.words
        if finding is None:
            advice = words.tr("ui_findings.photos_later")
        elif finding.state == "verified" and not finding.recheck:
            advice = words.tr("ui_findings.recheck_wanted")
        else:
            advice = ""
        self.advice.set_text(advice)
        self.advice.setVisible(bool(advice))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the two below each other where there is no room beside each other."""
        super().resizeEvent(event)
        narrow = self.width() < self._context.theme.px(NARROW)
        way = QBoxLayout.Direction
        self._beside.setDirection(way.TopToBottom if narrow else way.LeftToRight)
