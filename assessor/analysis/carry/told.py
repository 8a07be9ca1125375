"""What became of each part of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from assessor.errors import Problem
from assessor.i18n import Message, message

Part = Literal[
    "answer",
    "self_answer",
    "jotting",
    "gate",
    "indicator",
    "table",
    "unit",
    "platform",
    "finding",
    "evidence",
    "walked",
    "form",
    "application_type",
    "signature",
]
How = Literal["carried", "mapped", "listed"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the old record and what became of it.

    `key` is its name in the old record, `to` in the new one. `reason` says why it is listed and not
    carried, or what has to be looked at although it was. `said` is what it held, for people.
    """

    part: Part
    key: str
    how: How
    to: str = ""
    reason: Message | None = None
    said: str = ""


class LeftBehindError(Exception):
    """A part cannot be carried; says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.key)
        self.reason = reason


def left_behind(name: str, /, **values: object) -> LeftBehindError:
    """Return the refusal `carry.<name>`."""
    return LeftBehindError(message(f"carry.{name}", **values))


def refuse_first(problems: Iterable[Problem]) -> None:
    """Raise `LeftBehindError` with the first of some problems."""
    for problem in problems:
        raise left_behind("does_not_fit", problem=problem.message)


@dataclass(frozen=True)
class Moved(Generic[T]):
    """A part where it stands in the new record; `look` is what somebody has to look at."""

    to: str
    value: T
    look: Message | None = None


@dataclass
class Told:
    """Moves parts and tells of every one of them, once."""

    entries: list[Entry] = field(default_factory=list)

    def move(
        self,
        part: Part,
        given: Mapping[str, T],
        moving: Callable[[str, T], Moved[T]],
        said: Callable[[T], str] = str,
    ) -> dict[str, T]:
        """Return the parts by their new names; what cannot be moved is listed."""
        found: dict[str, T] = {}
        for key, value in given.items():
            try:
                moved = moving(key, value)
                if moved.to in found:
                    raise left_behind("place_taken", to=moved.to)
            except LeftBehindError as refusal:
                self.list(part, key, refusal.reason, said(value))
                continue
            found[moved.to] = moved.value
            how: How = "carried" if (moved.to, moved.value) == (key, value) else "mapped"
            self.entries.append(Entry(part, key, how, moved.to, moved.look, said(value)))
        return found

    def list(self, part: Part, key: str, reason: Message, said: str = "") -> None:
        """Tell of a part that stays behind."""
        self.entries.append(Entry(part, key, "listed", "", reason, said))
