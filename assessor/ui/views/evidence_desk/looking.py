"""Opening a piece of evidence large, and drawing marks over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from assessor.assessment import EvidenceItem
from assessor.ui.dialogs.annotate import AnnotateDialog
from assessor.ui.dialogs.viewer import ViewerDialog
from assessor.ui.views.evidence_desk.desk import Desk
from assessor.workspace.attaching import changing
from assessor.workspace.pictures import can_be_shown


def look_at_pieces(desk: Desk, items: Sequence[EvidenceItem], first: str, parent: QWidget) -> None:
    """Show pieces in the viewer, `first` to begin with; nothing when that one has no picture."""
    if any(item.id == first and can_be_shown(item.media_type) for item in items):
        ViewerDialog.ask(
            desk, items, first, lambda item: annotate_piece(desk, item, parent), parent
        )


def annotate_piece(desk: Desk, item: EvidenceItem, parent: QWidget) -> None:
    """Let the person draw over a picture and post the marks as one step."""
    marks = AnnotateDialog.ask(desk, item, parent)
    if marks is not None and marks != item.annotations:
        desk.visit.post(changing([item.id], annotations=marks))
