"""Asking for a file or a folder; each a function so that a test can answer in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from assessor.ui.words import Words

VISIT_SUFFIX = ".assessment"


def ask_visit(parent: QWidget, words: Words, near: Path | None = None) -> Path | None:
    """Ask which visit to open; `None` when the person thinks better of it."""
    kinds = words.tr("ui_start.kind_visit", pattern=f"*{VISIT_SUFFIX}")
    return _open(parent, words.tr("ui_start.open_title"), near, kinds)


def ask_self_assessment(parent: QWidget, words: Words) -> Path | None:
    """Ask which file an enterprise's own assessment is in."""
    kinds = words.tr("ui_start.kind_self", pattern=f"*.xlsx *.xlsm *{VISIT_SUFFIX}")
    return _open(parent, words.tr("ui_start.import_title"), None, kinds)


def ask_rubric(parent: QWidget, words: Words) -> Path | None:
    """Ask for the file of a rubric."""
    kinds = words.tr("ui_rubric.kind_rubric", pattern="*.json")
    return _open(parent, words.tr("ui_rubric.compare_with"), None, kinds)


def ask_workbook(parent: QWidget, words: Words, name: str) -> Path | None:
    """Ask where to write a workbook; the dialog itself asks before anything is replaced."""
    kinds = words.tr("ui_start.kind_workbook", pattern="*.xlsx")
    path, _ = QFileDialog.getSaveFileName(
        parent, words.tr("ui_rubric.export_title"), str(documents() / name), kinds
    )
    if not path:
        return None
    chosen = Path(path)
    return chosen if chosen.suffix else chosen.with_suffix(".xlsx")


def ask_copy(parent: QWidget, words: Words, name: str) -> Path | None:
    """Ask where to save a copy of a visit; the dialog itself asks before anything is replaced."""
    kinds = words.tr("ui_start.kind_visit", pattern=f"*{VISIT_SUFFIX}")
    path, _ = QFileDialog.getSaveFileName(
        parent, words.tr("ui_care.copy_title"), str(documents() / name), kinds
    )
    if not path:
        return None
    chosen = Path(path)
    return chosen if chosen.suffix else chosen.with_suffix(VISIT_SUFFIX)


def ask_folder(parent: QWidget, title: str, near: Path | None = None) -> Path | None:
    """Ask for a folder."""
    path = QFileDialog.getExistingDirectory(parent, title, str(near or documents()))
    return Path(path) if path else None


def documents() -> Path:
    """Return the person's folder of documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()


def _open(parent: QWidget, title: str, near: Path | None, kinds: str) -> Path | None:
    path, _ = QFileDialog.getOpenFileName(parent, title, str(near or documents()), kinds)
    return Path(path) if path else None
