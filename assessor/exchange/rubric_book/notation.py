"""How one value is written in a cell so that it is read back as the same value.

Texts stand as they are, lists with semicolons, amounts by name line by line. Whatever that could
not be told apart from is written as JSON, which every cell may hold; an empty cell says nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence

from assessor.canonical import canonical_json
from assessor.errors import AssessorError
from assessor.exchange.rubric_book.shapes import Shape
from assessor.i18n import message
from assessor.rubrics.json_text import scan
from assessor.sheets import MAX_CELL_TEXT, safe_text

NULL = "null"
TRUE, FALSE = "true", "false"
_TEXT = Shape("text")
_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_MARKED_WHOLE = re.compile(r"int (-?[0-9]{1,18})", re.ASCII)
_NAMED = re.compile(r"([A-Za-z0-9_.\-@]+) = (\S(?:.*\S)?)")
_SPLIT = re.compile(r"\s*[;；\n]\s*")
_SPLIT_CLOSED = re.compile(r"\s*[;；\n,，、]\s*")
"""The separators people type; in texts that follow a pattern a comma can be nothing else."""


class TooLongError(AssessorError):
    """A text of a rubric is longer than a cell can be."""


def written(value: object, shape: Shape) -> str:
    """Return what stands in the cell of `value`, which JSON can hold.

    Raises `TooLongError` when no cell can hold it.
    """
    for words in _attempts(value, shape):
        if words.strip() and safe_text(words) == words and _same(read(words, shape), value):
            return words
    as_json = json.dumps(value, ensure_ascii=False)
    if safe_text(as_json) != as_json:
        as_json = json.dumps(value)
    if len(as_json) > MAX_CELL_TEXT:
        raise TooLongError(message("rubric_book.too_long", text=as_json[:40], limit=MAX_CELL_TEXT))
    return as_json


def read(words: str, shape: Shape) -> object:
    """Return the value that `words` mean where `shape` is expected.

    What cannot be read that way stays a text, so that the checks of the format can name it.
    """
    if words == NULL:
        return None
    if words[:1] in ('"', "[", "{"):
        found = _json(words)
        if found is not None:
            return found
    return _READERS[shape.kind](words, shape)


def _attempts(value: object, shape: Shape) -> Sequence[str]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, bool):
        return (TRUE if value else FALSE,)
    if isinstance(value, int):
        return (str(value), f"int {value}")
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        item = shape.item or _TEXT
        return ("; ".join(written(one, item) for one in value),)
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return ("\n".join(f"{name} = {one}" for name, one in value.items()),)
    return ()


def _same(one: object, other: object) -> bool:
    return canonical_json(one) == canonical_json(other)


def _json(words: str) -> object:
    """Return what blameless JSON says, `None` for anything else.

    Read as strictly as a rubric's file: no bare decimals, no key twice, nothing nested too deeply.
    """
    found = scan(words)
    return found.data if found.complete and not found.faults else None


def _as_it_stands(words: str, shape: Shape) -> object:
    return words


def _closed(words: str, shape: Shape) -> object:
    plain = words.strip()
    folded = {choice.casefold(): choice for choice in shape.choices}
    return folded.get(plain.casefold(), plain)


def _whole(words: str, shape: Shape) -> object:
    plain = words.strip()
    return int(plain) if _WHOLE.fullmatch(plain) else words


def _truth(words: str, shape: Shape) -> object:
    return {TRUE: True, FALSE: False}.get(words.strip().casefold(), words)


def _list(words: str, shape: Shape) -> object:
    item = shape.item or _TEXT
    split = _SPLIT_CLOSED if item.closed else _SPLIT
    return [read(one, item) for one in split.split(words.strip()) if one]


def _any(words: str, shape: Shape) -> object:
    marked = _MARKED_WHOLE.fullmatch(words)
    if marked:
        return int(marked[1])
    if words in (TRUE, FALSE):
        return words == TRUE
    named = [_NAMED.fullmatch(line) for line in words.split("\n")]
    pairs = [(one[1], one[2]) for one in named if one]
    whole = len(pairs) == len(named) and len(dict(pairs)) == len(pairs)
    return dict(pairs) if whole else words


_READERS: Mapping[str, Callable[[str, Shape], object]] = {
    "text": _as_it_stands,
    "number": _closed,
    "choice": _closed,
    "whole": _whole,
    "truth": _truth,
    "list": _list,
    "any": _any,
    "map": _as_it_stands,
    "record": _as_it_stands,
}
