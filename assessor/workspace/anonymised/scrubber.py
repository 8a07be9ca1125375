"""Taking names, numbers and places out of free text, and counting what went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "enterprise",
    "person",
    "phone",
    "code",
    "address",
    "place",
    "mail",
    "file_name",
    "signature",
    "statement",
    "application",
    "pixelated",
    "left_out",
]
"""What something taken out was; each has its words in the catalogue."""

SHORTEST: Final = 2
"""Letters a known name needs to be looked for inside other text: one would hit everything."""

_BETWEEN: Final = r"[\s\-\u2010-\u2015\u00b7._]*"
"""What people put between the parts of a number or name."""
_BETWEEN_PARTS = re.compile(_BETWEEN)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?%?", re.ASCII)
_CODE: Final = "0-9A-HJ-NPQRTUWXY"

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (
        "file_name",
        re.compile(
            r"[\w\u3400-\u9fff()\-.]+\.(?:jpe?g|png|heic|heif|webp|tiff?|pdf|docx?|xlsx?|pptx?|mp4|mov)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "place",
        re.compile(
            r"[0-9]{1,3}\.[0-9]{3,}\u00b0?\s*[NSEW]?\s*[,;\uff0c\s/]\s*[0-9]{1,3}\.[0-9]{3,}"
        ),
    ),
    (
        "code",
        re.compile(rf"(?<![0-9A-Za-z])[{_CODE}]{{2}}[0-9]{{6}}[{_CODE}]{{10}}(?![0-9A-Za-z])"),
    ),
    ("code", re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")),
    ("phone", re.compile(r"(?<![0-9.])(?:\+?86[\s-]?)?1[3-9][0-9](?:[\s-]?[0-9]{4}){2}(?![0-9])")),
    ("phone", re.compile(r"(?<![0-9.])0[0-9]{2,3}[\s-]?[0-9]{7,8}(?![0-9])")),
    ("phone", re.compile(r"(?<![0-9.])[48]00[\s-]?[0-9]{3,4}[\s-]?[0-9]{3,4}(?![0-9])")),
)


@dataclass(frozen=True)
class Known:
    """Something the record names in a field of its own, to be looked for everywhere."""

    kind: Kind
    original: str
    instead: str


class Scrubber:
    """Replaces what is known, longest first, then what looks like a number or place of a person.

    `removed` counts by kind. `instead` gives the words that stand for something unknown.
    """

    def __init__(self, known: Iterable[Known], instead: Callable[[Kind], str]) -> None:
        self.removed: Counter[Kind] = Counter()
        self._instead = instead
        usable = [one for one in known if len(_bare(one.original)) >= SHORTEST]
        usable.sort(key=lambda one: len(one.original), reverse=True)
        self._known = [(one, _loose(one.original)) for one in usable]

    def text(self, words: str) -> str:
        """Return free text without anything that is known or looks personal."""
        scrubbed = self.known(words)
        if _NUMBER.fullmatch(scrubbed.strip()):
            return scrubbed
        for kind, pattern in _PATTERNS:
            scrubbed, count = pattern.subn(self._instead(kind), scrubbed)
            self.removed[kind] += count
        return scrubbed

    def known(self, words: str) -> str:
        """Return text without what is known; figures that only look personal stay."""
        for one, pattern in self._known:
            words, count = pattern.subn(one.instead.replace("\\", ""), words)
            self.removed[one.kind] += count
        return words

    def gone(self, kind: Kind, *values: str) -> None:
        """Count fields that are taken out as a whole; empty ones are nothing."""
        self.removed[kind] += sum(bool(value.strip()) for value in values)


def _bare(words: str) -> str:
    return _BETWEEN_PARTS.sub("", words)


def _loose(words: str) -> re.Pattern[str]:
    """Return what finds `words` however its parts are set off; a number only as a whole."""
    body = _BETWEEN.join(re.escape(letter) for letter in _bare(words))
    if _bare(words).isdecimal():
        body = rf"(?<![0-9]){body}(?![0-9])"
    return re.compile(body, re.IGNORECASE)
