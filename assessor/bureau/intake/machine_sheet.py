"""The machine sheet as it was found: its rows of text and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessor.exchange.envelope import SHEET_NAME
from assessor.sheets import Sheet

_DIGEST, _FIRST_CHUNK = "digest", "chunk 1 of"
_LABELS, _VALUES = 1, 2


@dataclass(frozen=True, slots=True)
class MachineSheet:
    """Rows of label and value, and the number of the sheet's row each of them stands in."""

    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]

    @property
    def digest_cell(self) -> str:
        """The cell of the digest, empty when there is none."""
        return self._cell(_DIGEST)

    @property
    def payload_cell(self) -> str:
        """The cell in which the payload begins, empty when there is none."""
        return self._cell(_FIRST_CHUNK)

    def _cell(self, label: str) -> str:
        for row, number in zip(self.rows, self.numbers, strict=True):
            if row[0].strip().startswith(label):
                return f"B{number}"
        return ""


NO_SHEET = MachineSheet((), ())


def machine_sheet_of(sheets: Iterable[Sheet]) -> MachineSheet:
    """Return the machine sheet among the sheets of a workbook, an empty one when it is gone."""
    for sheet in sheets:
        if sheet.name == SHEET_NAME:
            found = sheet.rows()
            rows = [
                [row[at].text if at in row else "" for at in (_LABELS, _VALUES)]
                for row in found.values()
            ]
            return MachineSheet(rows, list(found))
    return NO_SHEET
