"""What Excel, WPS and LibreOffice let a person type into the open cells.

It is a help for the person, not a guard: whatever comes back is checked again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from openpyxl.worksheet.datavalidation import DataValidation

from assessor.exchange.form.rows import Entry, EntryKind
from assessor.i18n import Language, text
from assessor.rubrics.base import decimal_to_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LIST_LIMIT: Final = 255
"""The most characters a list written into a validation may have; a longer one is not offered."""
_LEAST: Final = "-999999999999"

_FORMATS: Final[dict[EntryKind, str]] = {
    "none": "General",
    "choice": "@",
    "yes": "@",
    "yes_no": "@",
    "number": "0.00####",
    "whole": "0",
    "date": "yyyy-mm-dd",
    "month": "@",
    "text": "@",
    "code": "@",
}


def number_format(entry: Entry) -> str:
    """Return the format of an open cell.

    Never the general one: with that a typed 45% turns into 0.45 and shows as 45%, a code of 18
    digits loses its last ones, and 2025-10 becomes a day.
    """
    return _FORMATS[entry.kind]


@dataclass
class Validations:
    """Collects the open cells of one sheet by what may stand in them."""

    language: Language
    confidence: Entry
    cells: dict[Entry, list[str]] = field(default_factory=dict)

    def add(self, entry: Entry, where: str) -> None:
        """Take note that `where` (a cell or a range) holds such an entry."""
        self.cells.setdefault(entry, []).append(where)

    def apply(self, sheet: Worksheet) -> None:
        """Add the validations to the sheet."""
        for entry, places in self.cells.items():
            validation = self._validation(entry)
            if validation is not None:
                for place in places:
                    validation.add(place)
                sheet.add_data_validation(validation)

    def _validation(self, entry: Entry) -> DataValidation | None:
        listed = ",".join(entry.choices)
        if entry.choices and len(listed) <= LIST_LIMIT:
            made = DataValidation(type="list", formula1=f'"{listed}"')
            return self._told(made, "choose", choices=" / ".join(entry.choices))
        if entry.kind in ("number", "whole"):
            least = _LEAST if entry.minimum is None else decimal_to_text(entry.minimum)
            made = DataValidation(
                type="whole" if entry.kind == "whole" else "decimal",
                operator="greaterThanOrEqual",
                formula1=least,
            )
            return self._told(made, "type_whole" if entry.kind == "whole" else "type_number")
        if entry.kind == "date":
            made = DataValidation(type="date", operator="greaterThan", formula1="1")
            return self._told(made, "type_date")
        if entry.kind == "month":
            made = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="10")
            return self._told(made, "type_month")
        return None

    def _told(self, made: DataValidation, name: str, **values: object) -> DataValidation:
        made.errorTitle = text("template.check", self.language)
        made.error = made.prompt = text(f"template.{name}", self.language, **values)[:LIST_LIMIT]
        made.showErrorMessage = made.showInputMessage = made.allow_blank = True
        return made
