"""A foreign file that cannot be read, said in a sentence that names what it is and what to do."""

from __future__ import annotations

from assessor.errors import AssessorError
from assessor.i18n import message


class SheetError(AssessorError):
    """A workbook or table was refused; nothing of it has been used."""


def refused(name: str, /, **values: object) -> SheetError:
    """Return the error for the entry `name` of the catalogue `sheets`."""
    return SheetError(message(f"sheets.{name}", **values))
