"""The unified social credit code (统一社会信用代码) of Chinese organisations.

Source: GB 32100-2015 for the 18 characters and the last check character, GB 11714 for the
organisation code in positions 9 to 17. Some genuine old codes fail the inner check, so that one
only warns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = tuple(pow(3, position, 31) for position in range(LENGTH - 1))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FULL_WIDTH_OFFSET = 0xFEE0
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"})
_CONFUSED = (
    "0D",
    "0Q",
    "1L",
    "1T",
    "17",
    "27",
    "35",
    "3B",
    "38",
    "49",
    "4A",
    "56",
    "6G",
    "8B",
    "UY",
)
"""Characters of the alphabet that are taken for each other when they are read or keyed in."""

Fault = Literal["length", "character", "check", "organisation_check", "written_oddly"]


@dataclass(frozen=True)
class CreditCodeCheck:
    """What is to be said of a code; `code` is the likely right form, empty if it cannot be told.

    `fault` is `None` for a good code, `written_oddly` when only the writing (case, width,
    look-alike letters) had to be mended; `organisation_check` is a warning, the others are errors.
    """

    given: str
    code: str
    fault: Fault | None

    @property
    def acceptable(self) -> bool:
        """Whether the code as given may stand, perhaps with a warning."""
        return self.fault in (None, "organisation_check", "written_oddly")


def check_character(first_17: str) -> str:
    """Return the last character that belongs to the first 17 (all of the alphabet)."""
    total = sum(
        ALPHABET.index(character) * weight
        for character, weight in zip(first_17, _WEIGHTS, strict=True)
    )
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check_character(first_8: str) -> str:
    """Return the check character of an organisation code's first eight (digits and A to Z)."""
    total = sum(
        int(character, 36) * weight
        for character, weight in zip(first_8, _ORGANISATION_WEIGHTS, strict=True)
    )
    remainder = 11 - total % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def check_credit_code(given: str) -> CreditCodeCheck:
    """Check a code as a person typed it and say what is wrong, with the likely correction."""
    code = _tidied(given)
    if len(code) != LENGTH:
        return CreditCodeCheck(given, "", "length")
    if any(character not in ALPHABET for character in code):
        return CreditCodeCheck(given, "", "character")
    if not _checks(code):
        return CreditCodeCheck(given, _likely(code), "check")
    if code != given:
        return CreditCodeCheck(given, code, "written_oddly")
    if not _organisation_checks(code):
        return CreditCodeCheck(given, code, "organisation_check")
    return CreditCodeCheck(given, code, None)


def _checks(code: str) -> bool:
    return check_character(code[:-1]) == code[-1]


def _organisation_checks(code: str) -> bool:
    return organisation_check_character(code[8:16]) == code[16]


def _likely(code: str) -> str:
    """Return the likely right form of a code whose last character does not fit.

    Where the organisation's own check fails too the slip is in there: the first usual slip that
    passes both checks. Else, and where there is none, the first 17 characters are taken as meant:
    a slip before the organisation code cannot be told from one in the last character.
    """
    by_last = code[:-1] + check_character(code[:-1])
    if _organisation_checks(code):
        return by_last
    slips = (*_swapped(code), *_misread(code))
    good = (slip for slip in slips if _checks(slip) and _organisation_checks(slip))
    return next(good, by_last)


def _swapped(code: str) -> Iterator[str]:
    """Yield `code` with two neighbours changed places."""
    for at in range(LENGTH - 1):
        yield code[:at] + code[at + 1] + code[at] + code[at + 2 :]


def _misread(code: str) -> Iterator[str]:
    """Yield `code` with one character taken for another that looks like it."""
    for at, character in enumerate(code):
        for pair in _CONFUSED:
            if character in pair:
                yield code[:at] + pair.replace(character, "") + code[at + 1 :]


def _tidied(given: str) -> str:
    narrow = "".join(
        chr(ord(character) - _FULL_WIDTH_OFFSET) if "！" <= character <= "～" else character
        for character in given
    )
    return "".join(narrow.split()).replace("-", "").upper().translate(_LOOK_ALIKES)
