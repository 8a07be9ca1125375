"""Checking the history of a file: at once, in slices beside other work, or its end alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from assessor.commands.entries import MAPPINGS, RECORDS, SEQUENCES
from assessor.errors import Problem
from assessor.i18n import Message, message
from assessor.storage import chain
from assessor.storage.chain import Entry, Head
from assessor.storage.content import stored_rows
from assessor.storage.errors import translated
from assessor.storage.replay import Deviation, Replay
from assessor.storage.tampering import Fault, Link, find_faults

SECTIONS = {"meta", *RECORDS, *MAPPINGS, *SEQUENCES}

SLICE = 500
"""Entries checked at a time: some 10 ms, so that somebody who waits for the file need not wait."""


class HistoryCheck:
    """Goes through the log of a file; steps that are committed meanwhile are checked as well.

    `faults` says what was done to the log, `deviations` where the record is not what the log says;
    those are looked for only where the log itself is whole.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._links: list[Link] = []
        self._replay = Replay()
        self.finished = False
        self.head: Head | None = None
        self.faults: tuple[Fault, ...] = ()
        self.deviations: tuple[Deviation, ...] = ()

    def step(self, most: int = SLICE) -> bool:
        """Check the next entries, at most so many; True when there are none left.

        Raises `StorageError` when they cannot be read.
        """
        first = self._links[-1].sequence + 1 if self._links else chain.LOWEST
        with translated(self._path):
            batch = chain.entries(self._connection, first, most)
            self._links += map(self._link, batch)
            if len(batch) < most and not self.finished:
                self._finish()
        return self.finished

    def run(self) -> tuple[Problem, ...]:
        """Check what is left and return what is wrong."""
        while not self.step():
            pass
        return self.problems()

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong, in words; each names the entry, the record's row by its place."""
        with translated(self._path):
            return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        file = str(self._path)
        if self.head is None:
            yield Problem(message("history.no_head"), file=file)
        for fault in self.faults:
            numbers = (
                str(fault.first) if fault.first == fault.last else f"{fault.first}-{fault.last}"
            )
            yield Problem(self._fault_words(fault, numbers), file=file, subject=numbers)
        for one in self.deviations:
            place = "/".join(one.place)
            yield Problem(
                self._deviation_words(one), file=file, place=place, subject=str(one.entry)
            )

    def _link(self, entry: Entry) -> Link:
        sound = entry.expected_digest() == entry.digest
        try:
            self._replay.add(entry)
        except (ValueError, TypeError, RecursionError):
            sound = False
        return Link(entry.sequence, entry.previous, entry.digest, sound)

    def _finish(self) -> None:
        self.finished = True
        self.head = chain.read_head(self._connection)
        if self.head is None:
            return
        self.faults = tuple(find_faults(self._links, self.head, self._fits_at))
        if not self.faults:
            self.deviations = tuple(self._replay.deviations(dict(stored_rows(self._connection))))

    def _fits_at(self, link: Link, number: int) -> bool:
        entry = self._entry(link.sequence)
        return entry is not None and entry.expected_digest(number) == entry.digest

    def _entry(self, sequence: int) -> Entry | None:
        found = chain.entries(self._connection, sequence, 1)
        return found[0] if found and found[0].sequence == sequence else None

    def _fault_words(self, fault: Fault, numbers: str) -> Message:
        entry = self._entry(fault.first)
        several = fault.first != fault.last
        return message(
            f"history.{fault.kind}_several" if several else f"history.{fault.kind}",
            number=numbers,
            now=fault.now,
            at=_moment(entry),
            author=entry.author if entry else "",
            before=fault.first - 1,
            before_at=_moment(self._entry(fault.first - 1)),
            count=fault.last - fault.first + 1,
        )

    def _deviation_words(self, deviation: Deviation) -> Message:
        section, key = deviation.place
        entry = self._entry(deviation.entry) if deviation.entry else None
        found = "gone" if deviation.found is None else "altered"
        return message(
            f"history.row_{'unknown' if entry is None else found}",
            section=message(f"session.section_{section}") if section in SECTIONS else section,
            key=key,
            number=deviation.entry,
            at=_moment(entry),
            author=entry.author if entry else "",
        )


def end_is_sound(connection: sqlite3.Connection) -> bool:
    """Whether the last entry is whole and the one the head names; costs the same in any file."""
    head, last = chain.read_head(connection), chain.last_entries(connection, 1)
    if head is None or not last:
        return False
    told = (last[0].sequence, last[0].digest, last[0].expected_digest())
    return told == (head.entries, head.digest, head.digest)


def _moment(entry: Entry | None) -> str:
    """Return the time of an entry to the minute, as it was noted where it was made."""
    if entry is None:
        return "-"
    try:
        return datetime.fromisoformat(entry.at).isoformat(" ", "minutes")[: len("2025-01-01 00:00")]
    except ValueError:
        return "-"
