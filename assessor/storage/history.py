"""The log of committed steps inside the file: only ever added to, each chained to the last."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from assessor.canonical import canonical_json
from assessor.i18n import LANGUAGES, Localized, Message
from assessor.rubrics.base import LocalText
from assessor.storage import chain
from assessor.storage.chain import Entry
from assessor.storage.parts import Place, Rows

_BATCH = 200
"""Entries fetched at a time: a step of somebody's with a whole ledger in it may be large."""

_WITH_POSITION = 4
"""Members of a row in the log that stands in an order: section, key, value, position."""


@dataclass(frozen=True)
class EditNote:
    """What is noted beside a committed step; `at` carries a time zone.

    `reason` is why a record that was signed already was opened again.
    """

    what: Message
    at: datetime
    author: str = ""
    reason: str = ""


@dataclass(frozen=True)
class LoggedEdit:
    """A committed step as it stands in the file.

    `before` and `after` map section and key to JSON values, None where there was no entry.
    `monotonic` are microseconds that can be compared between steps of one `run` only.
    """

    sequence: int
    at: datetime
    author: str
    what: Message
    reason: str
    run: str
    monotonic: int
    before: Mapping[Place, object]
    after: Mapping[Place, object]
    digest: str


def log(connection: sqlite3.Connection, note: EditNote, before: Rows, after: Rows) -> int:
    """Add a step that turned the rows `before` into `after`; return its number.

    Raises `ValueError` when the time has no zone: nobody could say later when it was.
    """
    if note.at.tzinfo is None:
        raise ValueError("the time of an edit needs a zone")
    places = sorted({*before, *after})
    entry = Entry(
        sequence=0,
        at=note.at.isoformat(),
        run=chain.run_id(),
        monotonic=chain.monotonic_time(),
        author=note.author,
        what=canonical_json(_message_to_json(note.what)),
        reason=note.reason,
        before=rows_text(places, before),
        after=rows_text(places, after),
        previous="",
        digest="",
    )
    return chain.append(connection, entry).entries


def history(connection: sqlite3.Connection) -> Iterator[LoggedEdit]:
    """Yield all steps from the first to the last; raises `ValueError` where one makes no sense."""
    first = chain.LOWEST
    while batch := chain.entries(connection, first, _BATCH):
        yield from map(logged, batch)
        first = batch[-1].sequence + 1


def logged(entry: Entry) -> LoggedEdit:
    """Return a stored entry as what it means; raises `ValueError` where it makes no sense."""
    return LoggedEdit(
        sequence=entry.sequence,
        at=datetime.fromisoformat(entry.at),
        author=entry.author,
        what=_message_from_json(_mapping(json.loads(entry.what))),
        reason=entry.reason,
        run=entry.run,
        monotonic=entry.monotonic,
        before={place: value for place, value, _ in rows_in(entry.before)},
        after={place: value for place, value, _ in rows_in(entry.after)},
        digest=entry.digest,
    )


def rows_text(places: list[Place], rows: Rows) -> str:
    """Write the rows of `places` as a list, in the same order before and after.

    An item is section, key, value or null, and the position where there is one.
    """
    return f"[{','.join(_row_text(place, rows) for place in places)}]"


def rows_in(text: str) -> Iterator[tuple[Place, object, int]]:
    """Yield place, value and position of what `rows_text` wrote; raises `ValueError`."""
    for item in json.loads(text):
        section, key, value, position = item if len(item) == _WITH_POSITION else (*item, 0)
        if not (isinstance(section, str) and isinstance(key, str) and isinstance(position, int)):
            raise ValueError("not a row of the log")
        yield (section, key), value, position


def _row_text(place: Place, rows: Rows) -> str:
    named = canonical_json(place)[:-1]
    if place not in rows:
        return f"{named},null]"
    row = rows[place]
    return f"{named},{row.value},{row.position}]" if row.position else f"{named},{row.value}]"


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
