"""The chain through the log of edits: every entry's digest covers the digest of the one before.

The digest of an entry is the SHA-256 of the canonical JSON of an object with the keys `after`,
`at`, `author`, `before`, `monotonic`, `previous`, `run`, `sequence`, `what`, and `reason` where one
was given. `previous` of the first entry is 64 zeros followed by the file's id, which binds the
chain to its file. The head, kept in a row of its own and written in the same transaction, says
where the chain ends; so an end that was cut off is noticed as well.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from dataclasses import dataclass, replace
from functools import cache

from assessor.canonical import canonical_json, digest_of_bytes

_ZEROS = "0" * 64

LOWEST, HIGHEST = -(2**63), 2**63 - 1
"""The numbers SQLite can give a row; ours begin at 1, but somebody may have put in others."""


@dataclass(frozen=True)
class Head:
    """Where a chain ends: the file's id, the number of entries, the digest of the last one."""

    file: str
    entries: int
    digest: str


@dataclass(frozen=True)
class Entry:
    """A row of the log, its fields in the order of the columns.

       `what`, `before` and `after` are canonical JSON.
    `at` is ISO 8601 with a zone. `monotonic` are microseconds of a clock nobody can set; they can
       be compared between entries of one `run` of the program only.
    """

    sequence: int
    at: str
    run: str
    monotonic: int
    author: str
    what: str
    reason: str
    before: str
    after: str
    previous: str
    digest: str

    def expected_digest(self, sequence: int | None = None) -> str:
        """Return the digest of the content, as if it stood at `sequence` where one is given."""
        fields = {
            "after": self.after,
            "at": _text(self.at),
            "author": _text(self.author),
            "before": self.before,
            "monotonic": str(self.monotonic),
            "previous": _text(self.previous),
            "reason": _text(self.reason) if self.reason else "",
            "run": _text(self.run),
            "sequence": str(self.sequence if sequence is None else sequence),
            "what": self.what,
        }
        # The parts are canonical already and the keys in order: so this is canonical JSON as well.
        told = ",".join(f'"{name}":{value}' for name, value in fields.items() if value)
        return digest_of_bytes(f"{{{told}}}".encode())

    def sealed(self) -> Entry:
        """Return the entry with the digest of its content."""
        return replace(self, digest=self.expected_digest())


def new_file_id() -> str:
    """Return an id no other file has."""
    return secrets.token_hex(16)


@cache
def run_id() -> str:
    """Return the id of this run of the program, within which monotonic times can be compared."""
    return secrets.token_hex(8)


def monotonic_time() -> int:
    """Return microseconds of the clock that only goes forward."""
    return time.monotonic_ns() // 1000


def first_previous(file: str) -> str:
    """Return what the first entry of a file follows on."""
    return _ZEROS + file


def start_chain(connection: sqlite3.Connection, file: str) -> None:
    """Begin the chain of a new file; inside the transaction of its first entry."""
    connection.execute("INSERT INTO head VALUES (1, ?, 0, ?)", (file, first_previous(file)))


def read_head(connection: sqlite3.Connection) -> Head | None:
    """Return where the chain ends, `None` when the row that says so is gone."""
    found = connection.execute("SELECT file, entries, digest FROM head").fetchone()
    return Head(*found) if found else None


def append(connection: sqlite3.Connection, entry: Entry) -> Head:
    """Add an entry to the chain inside the present transaction and return the new head.

    Number, previous digest and digest are filled in. An end that somebody has changed is not
    covered up: the entry follows the head that was noted, under a number not taken yet.
    """
    head = read_head(connection) or Head("", 0, first_previous(""))
    (highest,) = connection.execute("SELECT coalesce(max(sequence), 0) FROM edit").fetchone()
    number = max(head.entries, int(highest)) + 1
    if number > HIGHEST:
        raise sqlite3.OperationalError("no number is left for an entry of the log")
    sealed = replace(entry, sequence=number, previous=head.digest).sealed()
    connection.execute(
        "INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", tuple(vars(sealed).values())
    )
    connection.execute("UPDATE head SET entries = ?, digest = ?", (number, sealed.digest))
    return Head(head.file, number, sealed.digest)


def entries(connection: sqlite3.Connection, first: int, most: int) -> list[Entry]:
    """Return at most `most` stored entries in order, from number `first` on."""
    if first > HIGHEST:
        return []
    rows = connection.execute(
        "SELECT * FROM edit WHERE sequence >= ? ORDER BY sequence LIMIT ?",
        (max(first, LOWEST), most),
    )
    return [Entry(*row) for row in rows]


def stored_digests(connection: sqlite3.Connection) -> dict[int, str]:
    """Return number -> digest of all entries, as they stand there."""
    return dict(connection.execute("SELECT sequence, digest FROM edit").fetchall())


def last_entries(connection: sqlite3.Connection, most: int) -> list[Entry]:
    """Return the last `most` entries, the last one first."""
    rows = connection.execute("SELECT * FROM edit ORDER BY sequence DESC LIMIT ?", (most,))
    return [Entry(*row) for row in rows]


def _text(value: str) -> str:
    return canonical_json(value)
