"""The log of committed steps inside the file: only ever added to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from assessor.canonical import canonical_json
from assessor.i18n import LANGUAGES, Localized, Message
from assessor.rubrics.base import LocalText
from assessor.storage.parts import Place, Rows


@dataclass(frozen=True)
class EditNote:
    """What is noted beside a committed step; `at` carries a time zone."""

    what: Message
    at: datetime
    author: str = ""


@dataclass(frozen=True)
class LoggedEdit:
    """A committed step as it stands in the file.

    `before` and `after` map section and key to JSON values, None where there was no entry.
    """

    sequence: int
    at: datetime
    author: str
    what: Message
    before: Mapping[Place, object]
    after: Mapping[Place, object]


def log(connection: sqlite3.Connection, note: EditNote, before: Rows, after: Rows) -> int:
    """Add a step that turned the rows `before` into `after`; return its number.

    Raises `ValueError` when the time has no zone: nobody could say later when it was.
    """
    if note.at.tzinfo is None:
        raise ValueError("the time of an edit needs a zone")
    places = sorted({*before, *after})
    said = canonical_json(_message_to_json(note.what))
    row = connection.execute(
        "INSERT INTO edit (at, author, what, before, after) VALUES (?, ?, ?, ?, ?)",
        (note.at.isoformat(), note.author, said, _list(places, before), _list(places, after)),
    ).lastrowid
    return row or 0


def history(connection: sqlite3.Connection) -> Iterator[LoggedEdit]:
    """Yield all steps from the first to the last; raises `ValueError` where one makes no sense."""
    rows = connection.execute(
        "SELECT sequence, at, author, what, before, after FROM edit ORDER BY sequence"
    )
    for sequence, at, author, what, before, after in rows:
        said = _message_from_json(_mapping(json.loads(what)))
        time = datetime.fromisoformat(at)
        yield LoggedEdit(sequence, time, author, said, _values(before), _values(after))


def _list(places: list[Place], rows: Rows) -> str:
    """Write the values of `places` as a list, in the same order before and after."""
    entries = [
        [section, key, json.loads(rows[section, key].value) if (section, key) in rows else None]
        for section, key in places
    ]
    return canonical_json(entries)


def _values(text: str) -> dict[Place, object]:
    return {(section, key): value for section, key, value in json.loads(text)}


def _message_to_json(what: Message) -> dict[str, object]:
    return {"key": what.key, "values": {name: _plain(value) for name, value in what.values.items()}}


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return _message_to_json(value)
    if isinstance(value, Localized):
        return {language: value.pick(language) for language in LANGUAGES}
    return value if isinstance(value, (str, int)) else str(value)


def _message_from_json(data: Mapping[str, object]) -> Message:
    named = _mapping(data.get("values"))
    return Message(str(data.get("key")), {name: _rich(value) for name, value in named.items()})


def _rich(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    return _message_from_json(value) if "key" in value else LocalText.model_validate(value)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ValueError("not a message")
    return value
