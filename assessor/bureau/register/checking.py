"""Whether a register is what it should be: its layout, its pages."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from assessor.bureau.register import layout
from assessor.i18n import message
from assessor.storage.errors import DamagedError


def check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a register whose layout or pages are not as they should be."""
    if not layout.is_expected(connection):
        raise DamagedError(message("bureau_register.damaged", path=str(path), detail="schema"))
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise DamagedError(message("bureau_register.damaged", path=str(path), detail="quick_check"))
