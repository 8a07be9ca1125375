"""Reading JSON strictly, remembering where everything stands.

The standard library's reader is quick but forgets positions, takes the last of two equal keys and
turns decimals into floats. It is used while a text is blameless; `scan` reads the same language
slowly and says where it is broken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assessor.i18n import Message, message

MAX_DEPTH = 64
MAX_DIGITS = 18
MAX_VALUES = 500_000
MAX_ITEMS = 5_000
"""Values in a file and entries in a list; a rubric of 2,000 criteria stays below both."""
MAX_FAULTS = 200

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"-?[A-Za-z]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_PLAIN_KEY = re.compile(r"[^.\[\]\s\"]+")


@dataclass(frozen=True)
class Fault:
    """Something in a text that strict JSON does not allow."""

    path: Path
    offset: int
    message: Message
    fix: Message


@dataclass(frozen=True)
class Scan:
    """What a text holds: its data, where each path begins, and what is wrong with it.

    A value at fault is replaced by a plain stand-in, so that reading can go on after it. `complete`
    is false when the text breaks off or cannot be read further.
    """

    data: object
    offsets: dict[Path, int]
    faults: tuple[Fault, ...]
    complete: bool


def path_text(path: Path) -> str:
    """Return a JSON path as people read it: `criteria[3].rule.options[1].value`."""
    parts = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        elif _PLAIN_KEY.fullmatch(step):
            parts.append(f".{step}" if parts else step)
        else:
            parts.append(f"[{json.dumps(step, ensure_ascii=False)}]")
    return "".join(parts)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column (in characters), both from 1, of a place in `text`."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def read_plain(text: str) -> object:
    """Return the data of a blameless text quickly; raises `ValueError` for any other."""
    try:
        data: object = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_short_int,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if "\\u" in text or not _is_modest(data):
        raise ValueError("needs the careful reader")
    return data


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(literal: str) -> object:
    raise ValueError(literal)


def _short_int(literal: str) -> int:
    if len(literal.lstrip("-")) > MAX_DIGITS:
        raise ValueError("too long")
    return int(literal)


def _is_modest(data: object) -> bool:
    """Whether nesting, number of values and lists stay within the limits."""
    level, depth, count = [data], 0, 0
    while level:
        count += len(level)
        containers = [value for value in level if isinstance(value, dict | list)]
        depth += bool(containers)
        if any(isinstance(value, list) and len(value) > MAX_ITEMS for value in containers):
            return False
        level = [child for value in containers for child in _inside(value)]
    return depth <= MAX_DEPTH and count <= MAX_VALUES


def _inside(value: dict[str, object] | list[object]) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value


class _BrokenError(Exception):
    """The text cannot be read beyond the last fault."""


@dataclass
class _Scanner:
    text: str
    at: int = 0
    offsets: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, offset: int, name: str, **values: object) -> None:
        if len(self.faults) >= MAX_FAULTS:
            raise _BrokenError
        self.faults.append(
            Fault(
                path,
                offset,
                message(f"rubric.{name}", **values),
                message(f"rubric.{name}_fix", **values),
            )
        )

    def stop(self, path: Path, name: str, **values: object) -> _BrokenError:
        self.fault(path, self.at, name, **values)
        return _BrokenError()

    def peek(self) -> str:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def expect(self, symbols: str, path: Path) -> str:
        found = self.peek()
        if found == "" or found not in symbols:
            wanted = " / ".join(symbols)
            raise self.stop(path, "json_syntax", wanted=wanted, found=found or "EOF")
        self.at += 1
        return found

    def value(self, path: Path) -> object:
        first = self.peek()
        self.offsets[path] = self.at
        if len(self.offsets) > MAX_VALUES:
            raise self.stop(path, "json_many", limit=MAX_VALUES)
        if first and first in "{[":
            if len(path) >= MAX_DEPTH:
                raise self.stop(path, "json_deep", limit=MAX_DEPTH)
            return self.read_object(path) if first == "{" else self.read_array(path)
        return self.string(path) if first == '"' else self.scalar(path)

    def read_object(self, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        self.at += 1
        if self.peek() == "}":
            self.at += 1
            return found
        while True:
            self.peek()
            start, key = self.at, self.string(path)
            if key in found:
                self.fault((*path, key), start, "duplicate_key", key=key)
            self.expect(":", path)
            found[key] = self.value((*path, key))
            if self.expect(",}", path) == "}":
                return found

    def read_array(self, path: Path) -> list[object]:
        found: list[object] = []
        self.at += 1
        if self.peek() == "]":
            self.at += 1
            return found
        while True:
            if len(found) >= MAX_ITEMS:
                raise self.stop((*path, len(found)), "json_many", limit=MAX_ITEMS)
            found.append(self.value((*path, len(found))))
            if self.expect(",]", path) == "]":
                return found

    def string(self, path: Path) -> str:
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise self.stop(path, "json_syntax", wanted='"', found=self.peek() or "EOF")
        self.at, start = found.end(), self.at
        if "\\" not in found[0]:
            return found[0][1:-1]
        decoded: str = json.loads(found[0])
        if _SURROGATE.search(decoded):
            self.fault(path, start, "json_surrogate")
            decoded = _SURROGATE.sub("?", decoded)
        return decoded

    def scalar(self, path: Path) -> object:
        found = _WORD.match(self.text, self.at)
        if found is not None and found[0] in _WORDS:
            self.at = found.end()
            return _WORDS[found[0]]
        number = _NUMBER.match(self.text, self.at)
        if number is None or found is not None:
            return self.no_value(path, found)
        start, self.at = self.at, number.end()
        if number[1] or number[2] or len(number[0].lstrip("-")) > MAX_DIGITS:
            self.fault(path, start, "bare_decimal", value=number[0][:40])
            return number[0]
        return int(number[0])

    def no_value(self, path: Path, word: re.Match[str] | None) -> object:
        if word is None:
            raise self.stop(path, "json_no_value", found=self.peek() or "EOF")
        name = "json_not_finite" if word[0].lstrip("-") in ("NaN", "Infinity") else "json_no_value"
        self.fault(path, self.at, name, found=word[0][:40])
        self.at = word.end()
        return "0"


def scan(text: str) -> Scan:
    """Read `text` with positions; never raises, everything wrong is among the faults."""
    scanner = _Scanner(text)
    try:
        data = scanner.value(())
        if scanner.peek():
            raise scanner.stop((), "json_after_end", found=scanner.peek())
    except _BrokenError:
        return Scan(None, scanner.offsets, tuple(scanner.faults), complete=False)
    return Scan(data, scanner.offsets, tuple(scanner.faults), complete=True)
