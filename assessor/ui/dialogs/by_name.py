"""The dialogs that the window itself opens, each imported when it is asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from assessor.ui.bridge import CrashReport
from assessor.ui.navigation import Context


def show_crash(report: CrashReport, context: Context, parent: QWidget) -> None:
    """Say that the program failed."""
    from assessor.ui.dialogs.crash import CrashDialog  # noqa: PLC0415 (rarely needed)

    CrashDialog.ask(report, context.theme, context.words, parent)


def show_shortcuts(context: Context, parent: QWidget) -> None:
    """Show the sheet of shortcuts."""
    from assessor.ui.dialogs.shortcuts import ShortcutSheet  # noqa: PLC0415 (rarely needed)

    ShortcutSheet.ask(context.theme, context.words, parent)


def show_backups(context: Context, parent: QWidget) -> None:
    """Show the backups, those of the open visit first."""
    from assessor.ui.dialogs.backups import BackupsDialog  # noqa: PLC0415 (rarely needed)

    path: Path | None = context.visit.path if context.visit is not None else None
    BackupsDialog.ask(context, parent, path)


def show_verifying(context: Context, parent: QWidget) -> None:
    """Let a report be verified."""
    from assessor.ui.dialogs.verifying import VerifyDialog  # noqa: PLC0415 (rarely needed)

    VerifyDialog.ask(context, parent)


def show_sealing(context: Context, parent: QWidget) -> None:
    """Let a file be sealed for somebody."""
    from assessor.ui.dialogs.sealing import SealDialog  # noqa: PLC0415 (rarely needed)

    SealDialog.ask(context, parent)


def show_unsealing(context: Context, parent: QWidget) -> None:
    """Let a sealed file be opened."""
    from assessor.ui.dialogs.unsealing import ask_unseal  # noqa: PLC0415 (rarely needed)

    ask_unseal(context, parent)


def show_doctor(context: Context, parent: QWidget) -> None:
    """Show the check-up."""
    from assessor.ui.dialogs.doctor import DoctorDialog  # noqa: PLC0415 (rarely needed)

    DoctorDialog.ask(context, parent)


def show_history(context: Context, parent: QWidget) -> None:
    """Show who changed what in the open visit; nothing happens without one."""
    from assessor.ui.dialogs.history import HistoryDialog  # noqa: PLC0415 (rarely needed)

    if context.visit is not None:
        HistoryDialog.ask(context, context.visit, parent)
