"""What a person meant by a cell: numbers, choices and dates however a spreadsheet kept them.

Full-width digits, stray blanks, numbers kept as text, other ways to say yes: all are read. A
formula never is: what it shows can change after it was looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from assessor.i18n import LANGUAGES, Message, message, text
from assessor.rubrics.base import decimal_to_text
from assessor.sheets import Cell

MAX_SHOWN = 60
_SIGNIFICANT = 15
_LARGEST_EXPONENT = 17

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_NUMBER = re.compile(r"[-+]?[0-9]{1,18}(\.[0-9]{1,12})?", re.ASCII)
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,12})?", re.ASCII)
# Signs between the parts of a date, or the characters for year, month and day.
_BETWEEN = r"[-/.\u4e00-\u9fff]"
_DAY = re.compile(
    f"([0-9]{{4}}){_BETWEEN}([0-9]{{1,2}}){_BETWEEN}([0-9]{{1,2}})[\u4e00-\u9fff]?", re.ASCII
)
_MONTH = re.compile(f"([0-9]{{4}}){_BETWEEN}([0-9]{{1,2}})[\u4e00-\u9fff]?", re.ASCII)
_PLAIN_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)
_TIME = re.compile(r"[T ]00:00(:00)?$")


class EntryError(Exception):
    """A cell cannot be read as what it should hold: what is wrong, and what to do."""

    def __init__(self, text: Message, fix: Message) -> None:
        super().__init__(text)
        self.text = text
        self.fix = fix


def words_of(cell: Cell | None) -> str:
    """Return the text of a cell, outer blanks and invisible characters dropped.

    Raises `EntryError` for a formula or an error value.
    """
    if cell is None:
        return ""
    if cell.formula is not None or cell.kind == "uncomputed":
        raise EntryError(message("import.cell_formula"), message("import.cell_formula_fix"))
    if cell.kind == "error":
        text = message("import.cell_error", found=_short(cell.text))
        raise EntryError(text, message("import.cell_error_fix"))
    return _INVISIBLE.sub("", cell.text).strip().removeprefix("'")


def plain_of(cell: Cell | None) -> str:
    """Return the text of a cell with full-width letters, digits and signs made plain ones."""
    return unicodedata.normalize("NFKC", words_of(cell)).strip()


def number_of(cell: Cell | None) -> str:
    """Return a number as a plain decimal literal, empty for a blank cell.

    A spreadsheet keeps 0.1 as 0.10000000000000001; what a person can have typed has at most 15
    digits.
    """
    given = plain_of(cell)
    if not given:
        return ""
    if cell is not None and cell.number is not None:
        return _as_typed(cell.number, given)
    if _GROUPED.fullmatch(given):
        given = given.replace(",", "")
    if not _NUMBER.fullmatch(given):
        raise EntryError(
            message("import.cell_number", found=_short(given)), message("import.cell_number_fix")
        )
    return given.removeprefix("+")


def _as_typed(value: Decimal, given: str) -> str:
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise EntryError(
            message("import.cell_number", found=_short(given)), message("import.cell_number_fix")
        )
    if len(value.as_tuple().digits) > _SIGNIFICANT:
        value = value.quantize(Decimal(1).scaleb(value.adjusted() - _SIGNIFICANT + 1)).normalize()
    return decimal_to_text(value.quantize(Decimal(1)) if value == value.to_integral() else value)


def choice_of(cell: Cell | None, choices: Sequence[str]) -> str:
    """Return which of `choices` a cell names, whatever its case or width; empty for a blank."""
    given = plain_of(cell)
    if not given:
        return ""
    if cell is not None and cell.number is not None:
        given = _as_typed(cell.number, given)
    folded = given.rstrip(".\u3001: ").casefold()
    for choice in choices:
        if choice.casefold() == folded:
            return choice
    raise EntryError(
        message("import.cell_choice", found=_short(given)),
        message("answer.choose_from", choices=", ".join(choices)),
    )


YES_MARKS = frozenset("\u221a\u2713\u2714\u2611")
"""Signs people tick with: root sign and check marks."""
NO_MARKS = frozenset("\u00d7\u2717\u2718\u2610")
"""Signs people strike with: crosses and an empty box."""


def yes_no_of(cell: Cell | None) -> bool | None:
    """Return what a cell says: yes, no or (blank) nothing."""
    given = plain_of(cell).casefold()
    if not given:
        return None
    if given in _words("yes_words") | YES_MARKS:
        return True
    if given in _words("no_words") | NO_MARKS:
        return False
    raise EntryError(
        message("import.cell_yes_no", found=_short(given)), message("import.cell_yes_no_fix")
    )


def confidence_of(cell: Cell | None) -> str:
    """Return `high`, `medium`, `low` or nothing."""
    given = plain_of(cell).casefold()
    for level in ("high", "medium", "low"):
        known = {level, *(text(f"template.{level}", language).casefold() for language in LANGUAGES)}
        if given in known:
            return level
    if given:
        raise EntryError(
            message("import.cell_confidence", found=_short(given)),
            message("import.cell_confidence_fix"),
        )
    return ""


def date_of(cell: Cell | None) -> str:
    """Return an ISO date, empty for a blank cell."""
    given = _TIME.sub("", plain_of(cell))
    if not given:
        return ""
    found = _DAY.fullmatch(given) or _PLAIN_DAY.fullmatch(given)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        pass
    raise EntryError(message("import.cell_date", found=_short(given)), message("answer.write_date"))


def month_of(cell: Cell | None) -> str:
    """Return a month such as `2025-10`, empty for a blank cell; a whole date gives its month."""
    given = _TIME.sub("", plain_of(cell))
    if not given:
        return ""
    found = _MONTH.fullmatch(given) or _DAY.fullmatch(given)
    if found and 1 <= int(found[2]) <= 12:  # noqa: PLR2004 - months of a year
        return f"{found[1]}-{int(found[2]):02d}"
    raise EntryError(
        message("import.cell_month", found=_short(given)), message("answer.write_month")
    )


def code_of(cell: Cell | None) -> str:
    """Return a code or telephone number; a long one kept as a number has lost digits."""
    given = plain_of(cell)
    if cell is not None and cell.number is not None:
        digits = len(cell.number.as_tuple().digits)
        if digits > _SIGNIFICANT or abs(cell.number.adjusted()) >= _SIGNIFICANT:
            raise EntryError(
                message("import.cell_code_number", found=_short(given)),
                message("import.cell_code_number_fix"),
            )
        return _as_typed(cell.number, given)
    return given


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(
        unicodedata.normalize("NFKC", word).casefold()
        for language in LANGUAGES
        for word in text(f"import.{name}", language).split()
    )


def _short(given: str) -> str:
    return given if len(given) <= MAX_SHOWN else f"{given[:MAX_SHOWN]}…"


def is_total(given: str) -> bool:
    """Return whether a text names a row of totals."""
    plain = unicodedata.normalize("NFKC", given).strip(" :\u3000").casefold()
    return plain in _words("total_words")
