"""Copies of evidence for others: marks drawn in, and said where taken only when that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from assessor.assessment import EvidenceItem
from assessor.i18n import message
from assessor.ui.navigation import Context
from assessor.workspace.handing_on import export_evidence


def export_pieces(context: Context, items: Sequence[EvidenceItem], parent: QWidget) -> None:
    """Ask for a folder and write copies into it; nothing there is overwritten."""
    visit = context.visit
    if visit is None or not items:
        return
    name = QFileDialog.getExistingDirectory(parent, context.words.tr("ui_evidence.export_to"))
    if not name:
        return
    folder, listed = Path(name), tuple(items)
    keep = context.settings.value.keep_location

    def written(paths: tuple[Path, ...]) -> None:
        key = "ui_evidence.exported_located" if keep else "ui_evidence.exported"
        said = message(key, count=len(paths), folder=str(folder))
        context.bridge.say(said, "good")

    visit.run(lambda opened: export_evidence(opened, listed, folder, keep), written, owner=parent)
