"""Which number formats cells have, which of them show a date, and which date a serial number is.

The built-in formats are those of ECMA-376 part 1, 18.8.30, with the ones of East Asian Excel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_DATE_CODE = re.compile(r"[ymdhs]", re.IGNORECASE)
_SECONDS_A_DAY = 86_400
_LAST_SERIAL = 2_958_465
_FALSE_LEAP_DAY = 60
"""Serial 60 of the 1900 system is 29 February 1900, a day that never was (ECMA-376, 18.17.4.1)."""


def is_date_format(number: int, code: str) -> bool:
    """Return whether a number format, by its id or its own code, shows a date or a time."""
    if number in _BUILT_IN:
        return True
    return bool(_DATE_CODE.search(_NOT_CODE.sub("", code.partition(";")[0])))


def iso_date(serial: Decimal, from_1904: bool) -> str | None:
    """Return the ISO date of a serial number, with the time if it has one; `None` out of range."""
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    days, part = divmod(serial, 1)
    seconds = round(part * _SECONDS_A_DAY)
    if from_1904:
        start = datetime(1904, 1, 1, tzinfo=UTC)
    else:
        start = datetime(1899, 12, 30 + (serial < _FALSE_LEAP_DAY), tzinfo=UTC)
    try:
        moment = start + timedelta(days=int(days), seconds=seconds)
    except OverflowError:
        return None
    midnight = moment.hour == moment.minute == moment.second == 0
    return moment.date().isoformat() if midnight else moment.strftime("%Y-%m-%dT%H:%M:%S")


_CODES = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"}
"""The built-in formats that are met in reports; any other is called by its number."""


class CellStyles:
    """Reads the styles part: the number formats of cells, and which of them show dates."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._in_cell_formats = False

    def code(self, style: int) -> str:
        """Return the code of a cell format's number format, empty for the general one."""
        number = self._formats[style] if style < len(self._formats) else 0
        code = self._codes.get(number) or _CODES.get(number) or (f"[{number}]" if number else "")
        return "" if code.casefold() == "general" else code

    @property
    def dates(self) -> frozenset[int]:
        """The indexes of cell formats that show a date or a time."""
        return frozenset(
            index
            for index, number in enumerate(self._formats)
            if is_date_format(number, self._codes.get(number, ""))
        )

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of number formats and of the cell formats that use them."""
        if name == "numFmt":
            number = int(attributes.get("numFmtId", "0"))
            self._codes[number] = attributes.get("formatCode", "")[:255]
        elif name == "cellXfs":
            self._in_cell_formats = True
        elif name == "xf" and self._in_cell_formats:
            self._formats.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        """Leave the list of cell formats."""
        self._in_cell_formats = self._in_cell_formats and name != "cellXfs"

    def characters(self, text: str) -> None:
        """Styles carry no text."""
