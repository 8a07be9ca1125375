"""The record as the log tells it: every entry's rows laid over those before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessor.canonical import canonical_json
from assessor.storage.chain import Entry
from assessor.storage.history import rows_in
from assessor.storage.parts import Place, Row, Rows


@dataclass(frozen=True)
class Deviation:
    """A row of the record that is not what the log says.

    `entry` is the number of the entry that wrote or dropped it last, 0 where none ever did.
    """

    place: Place
    entry: int
    told: Row | None
    found: Row | None


class Replay:
    """Goes through the log from its beginning."""

    def __init__(self) -> None:
        self._values: dict[Place, tuple[object, int]] = {}
        self._written: dict[Place, int] = {}

    def add(self, entry: Entry) -> None:
        """Lay an entry over what is there; raises `ValueError` for one that makes no sense."""
        for place, value, position in rows_in(entry.after):
            self._written[place] = entry.sequence
            if value is None:
                self._values.pop(place, None)
            else:
                self._values[place] = value, position

    def rows(self) -> Rows:
        """Return the rows there should be."""
        return {
            place: Row(position, canonical_json(value))
            for place, (value, position) in self._values.items()
        }

    def deviations(self, found: Mapping[Place, Row]) -> Iterator[Deviation]:
        """Yield what is otherwise in the rows that were found."""
        told = self.rows()
        for place in sorted(told.keys() | found.keys()):
            if told.get(place) != found.get(place):
                yield Deviation(
                    place, self._written.get(place, 0), told.get(place), found.get(place)
                )
