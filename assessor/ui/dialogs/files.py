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
    kinds = words.tr("ui_start.kind_self", pattern=f"*.xlsx *.xlsm *.json *{VISIT_SUFFIX}")
    return _open(parent, words.tr("ui_start.import_title"), None, kinds)


def ask_compared(parent: QWidget, words: Words) -> Path | None:
    """Ask which visit or exported workbook to compare with."""
    kinds = words.tr("ui_compare.kind_record", pattern=f"*{VISIT_SUFFIX} *.xlsx *.xlsm")
    return _open(parent, words.tr("ui_compare.choose_title"), None, kinds)


def ask_comparison_target(parent: QWidget, words: Words, name: str) -> Path | None:
    """Ask where to write a comparison; the dialog itself asks before anything is replaced."""
    kinds = ";;".join(
        (
            words.tr("ui_compare.kind_pdf", pattern="*.pdf"),
            words.tr("ui_compare.kind_workbook", pattern="*.xlsx"),
        )
    )
    path, chosen = QFileDialog.getSaveFileName(
        parent, words.tr("ui_compare.write_title"), str(documents() / name), kinds
    )
    if not path:
        return None
    ending = ".xlsx" if "*.xlsx" in chosen else ".pdf"
    return Path(path) if Path(path).suffix else Path(path).with_suffix(ending)


def ask_diagnosis_target(parent: QWidget, words: Words, name: str) -> Path | None:
    """Ask where the diagnosis report is to be written, as PDF and workbook; `None` when nowhere."""
    kind = words.tr("ui_outlook.report_kind")
    chosen, _ = QFileDialog.getSaveFileName(
        parent, words.tr("ui_outlook.report"), f"{name}.pdf", f"{kind} (*.pdf)"
    )
    return Path(chosen) if chosen else None


def ask_gold(parent: QWidget, words: Words) -> Path | None:
    """Ask for the file of a gold set."""
    kinds = words.tr("ui_calibrate.kind_gold", pattern=f"*.json *{VISIT_SUFFIX}")
    return _open(parent, words.tr("ui_calibrate.choose_title"), None, kinds)


def ask_logo(parent: QWidget, words: Words) -> Path | None:
    """Ask for a picture to put on the covers of reports."""
    pattern = "*.png *.jpg *.jpeg *.webp *.heic *.bmp *.tif *.tiff"
    kinds = words.tr("ui_report.kind_picture", pattern=pattern)
    return _open(parent, words.tr("ui_report.logo_title"), None, kinds)


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


def ask_key(parent: QWidget, words: Words) -> Path | None:
    """Ask for a file of somebody's public keys."""
    kinds = words.tr("ui_trust.kind_key", pattern="*.assessor-key")
    return _open(parent, words.tr("ui_trust.enrol_title"), None, kinds)


def ask_key_target(parent: QWidget, words: Words, name: str) -> Path | None:
    """Ask where to write the public keys."""
    kinds = words.tr("ui_trust.kind_key", pattern="*.assessor-key")
    path, _ = QFileDialog.getSaveFileName(
        parent, words.tr("ui_trust.export_title"), str(documents() / name), kinds
    )
    return Path(path) if path else None


def ask_any(parent: QWidget, words: Words) -> Path | None:
    """Ask for a file of any kind."""
    kinds = words.tr("ui_trust.kind_any", pattern="*")
    return _open(parent, words.tr("ui_trust.seal_choose_title"), None, kinds)


def ask_sealed(parent: QWidget | None, words: Words) -> Path | None:
    """Ask for a sealed file."""
    kinds = words.tr("ui_trust.kind_sealed", pattern="*.sealed")
    return _open(parent, words.tr("ui_trust.unseal_title"), None, kinds)


def ask_exports(parent: QWidget, words: Words) -> list[Path]:
    """Ask for exported workbooks and PDFs; none when the person thinks better of it."""
    kinds = words.tr("ui_trust.kind_export", pattern="*.xlsx *.xlsm *.pdf")
    title = words.tr("ui_trust.verify_title")
    paths, _ = QFileDialog.getOpenFileNames(parent, title, str(documents()), kinds)
    return [Path(path) for path in paths]


def ask_folder(parent: QWidget, title: str, near: Path | None = None) -> Path | None:
    """Ask for a folder."""
    path = QFileDialog.getExistingDirectory(parent, title, str(near or documents()))
    return Path(path) if path else None


def documents() -> Path:
    """Return the person's folder of documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()


def _open(parent: QWidget | None, title: str, near: Path | None, kinds: str) -> Path | None:
    path, _ = QFileDialog.getOpenFileName(parent, title, str(near or documents()), kinds)
    return Path(path) if path else None
