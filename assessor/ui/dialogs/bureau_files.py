"""Asking for a register; each a function so that a test can answer in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from assessor.ui.dialogs.files import documents
from assessor.ui.words import Words

SUFFIX = ".register"


def ask_register(parent: QWidget, words: Words) -> Path | None:
    """Ask which register to open; `None` when the person thinks better of it."""
    kinds = words.tr("ui_bureau.kind", pattern=f"*{SUFFIX}")
    title = words.tr("ui_bureau.open")
    path, _ = QFileDialog.getOpenFileName(parent, title, str(documents()), kinds)
    return Path(path) if path else None


def ask_table(parent: QWidget, words: Words) -> Path | None:
    """Ask for a workbook with what the bureau enters itself."""
    kinds = words.tr("ui_bureau.kind_table", pattern="*.xlsx")
    title = words.tr("ui_bureau.take_files")
    path, _ = QFileDialog.getOpenFileName(parent, title, str(documents()), kinds)
    return Path(path) if path else None


def ask_new_register(parent: QWidget, words: Words) -> Path | None:
    """Ask where to make a register."""
    kinds = words.tr("ui_bureau.kind", pattern=f"*{SUFFIX}")
    near = documents() / f"{words.tr('ui_bureau.new_name')}{SUFFIX}"
    path, _ = QFileDialog.getSaveFileName(parent, words.tr("ui_bureau.make"), str(near), kinds)
    if not path:
        return None
    chosen = Path(path)
    return chosen if chosen.suffix else chosen.with_suffix(SUFFIX)
