"""The way through the factory: the criteria by where they are seen, or by who is asked.

Pure. Each criterion stands in exactly one stop, so that minutes add up to the whole visit: by
person it belongs to the first person its rubric names, the others are told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from assessor.rubrics.criterion import Criterion, Person, Place

WalkOrder = Literal["place", "person"]
NOBODY = "nobody"
"""The stop of criteria for which no person is named."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One place, or one person, with what is done there, in the rubric's order.

    `key` is a `Place`, a `Person` or `NOBODY`.
    """

    key: str
    criteria: tuple[Criterion, ...]

    @property
    def minutes(self) -> int:
        """The minutes of all its criteria."""
        return minutes_of(self.criteria)

    def done(self, ticked: Iterable[str]) -> int:
        """Return how many of its criteria are among the ticked ids."""
        seen = frozenset(ticked)
        return sum(criterion.id in seen for criterion in self.criteria)


def walk_stops(criteria: Sequence[Criterion], order: WalkOrder) -> tuple[Stop, ...]:
    """Return the stops at which something is to be seen or asked, in the order of walking."""
    keys = (*get_args(Place),) if order == "place" else (*get_args(Person), NOBODY)
    stops = (Stop(key, tuple(c for c in criteria if stop_of(c, order) == key)) for key in keys)
    return tuple(stop for stop in stops if stop.criteria)


def stop_of(criterion: Criterion, order: WalkOrder) -> str:
    """Return the key of the stop a criterion belongs to."""
    if order == "place":
        return criterion.place
    return criterion.people[0] if criterion.people else NOBODY


def minutes_of(criteria: Iterable[Criterion]) -> int:
    """Return the minutes criteria take one after the other."""
    return sum(criterion.minutes for criterion in criteria)
