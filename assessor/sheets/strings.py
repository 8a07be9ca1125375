"""Texts of a workbook: escapes, and the part that holds those shared between cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)


class TooMuchTextError(Exception):
    """The texts that are needed come to more than the limit."""


def unescape(text: str) -> str:
    """Return `text` with escapes like `_x000D_` resolved, half a surrogate pair as U+FFFD."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "\ufffd" if code in _SURROGATES else chr(code)


class SharedStrings:
    """Reads the shared strings part and keeps only those `wanted`, whatever counts it claims."""

    def __init__(self, wanted: Set[int], characters: int) -> None:
        self._wanted = wanted
        self._left = characters
        self._index = -1
        self._pieces: list[str] = []
        self._in_text = self._in_phonetic = False
        self.found: dict[int, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Count the strings and find their texts; phonetic hints are no text."""
        if name == "si":
            self._index += 1
            self._pieces = []
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "t":
            self._in_text = not self._in_phonetic and self._index in self._wanted

    def end(self, name: str) -> None:
        """Keep a string that has ended."""
        if name == "si" and self._index in self._wanted:
            self.found[self._index] = unescape("".join(self._pieces))
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "t":
            self._in_text = False

    def characters(self, text: str) -> None:
        """Collect the text of a wanted string; raises `TooMuchTextError` above the limit."""
        if not self._in_text:
            return
        self._left -= len(text)
        if self._left < 0:
            raise TooMuchTextError
        self._pieces.append(text)
