"""The window's words: the catalogue in one language, and figures and dates as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from assessor.i18n import DEFAULT_LANGUAGE, Language, Localized, Message, render

_UNITS = ("B", "KB", "MB", "GB")
_STEP = 1024


@dataclass(frozen=True)
class Words:
    """Words in one language. Another language means another `Words` and screens built anew."""

    language: Language = DEFAULT_LANGUAGE

    def tr(self, key: str, /, **values: object) -> str:
        """Return the catalogue's words; raises `KeyError` for a key or value that is missing."""
        return render(Message(key, values), self.language)

    def pick(self, what: Localized) -> str:
        """Return a message or a rubric's text in this language."""
        return what.pick(self.language)

    def number(self, value: Decimal | None, digits: int | None = None) -> str:
        """Return a figure with `digits` decimals, or as exact as it is; empty for None."""
        if value is None:
            return ""
        if digits is not None:
            return f"{value:.{digits}f}"
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text

    def day(self, value: date | None) -> str:
        """Return a date, empty for None."""
        return "" if value is None else value.isoformat()

    def moment(self, value: datetime | None) -> str:
        """Return date and time to the minute, empty for None."""
        return "" if value is None else value.strftime("%Y-%m-%d %H:%M")

    def time(self, value: datetime | None) -> str:
        """Return the time of day to the second, empty for None."""
        return "" if value is None else value.strftime("%H:%M:%S")

    def file_size(self, size: int) -> str:
        """Return a size in bytes in the largest unit that keeps it above 1."""
        amount, unit = float(size), 0
        while amount >= _STEP and unit < len(_UNITS) - 1:
            amount, unit = amount / _STEP, unit + 1
        digits = 1 if _UNITS[unit] in ("MB", "GB") else 0
        return f"{amount:.{digits}f} {_UNITS[unit]}"
