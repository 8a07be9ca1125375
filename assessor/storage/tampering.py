"""What was done to a chain of edits behind the program's back: found, and named."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assessor.storage.chain import Head, first_previous

Kind = Literal["altered", "rewritten", "moved", "inserted", "missing", "cut", "foreign"]
"""`altered`: the content is not what the digest was taken of; `rewritten`: the digest fits the
content, but is not the one that was followed on; `cut`: missing at the end; `foreign`: the chain
began in another file."""


@dataclass(frozen=True)
class Link:
    """What is kept of an entry while the chain is checked; `sound` when content and digest fit."""

    sequence: int
    previous: str
    digest: str
    sound: bool


@dataclass(frozen=True)
class Fault:
    """Entries `first` to `last` and what happened to them; `now` is where moved ones begin now."""

    kind: Kind
    first: int
    last: int
    now: int = 0


FitsAt = Callable[[Link, int], bool]
"""Tells whether the digest of an entry fits its content if it stood at another number."""


def find_faults(links: Sequence[Link], head: Head, fits_at: FitsAt) -> list[Fault]:
    """Return everything that is wrong with the chain, in the order of the entries."""
    numbers = _numbers(links, head, fits_at)
    altered = [link.sequence for link in links if link.sequence not in numbers]
    strangers = list(_strangers(links, numbers, head))
    known = {
        now: was for now, was in numbers.items() if now not in {one.first for one in strangers}
    }
    faults = [
        *(Fault("altered", number, number) for number in altered),
        *strangers,
        *_moved(known),
        *_missing({*numbers.values(), *altered}, head.entries),
    ]
    return sorted(faults, key=lambda fault: (fault.first, fault.kind))


def _numbers(links: Sequence[Link], head: Head, fits_at: FitsAt) -> dict[int, int]:
    """Return where an entry stands -> where it was written, for all whose digest fits.

    An entry that fits nowhere by itself is tried behind the one it follows on, before the one that
    follows on it, and at the end.
    """
    by_digest = {link.digest: link for link in links}
    following: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        following[link.previous].append(link)
    numbers = {link.sequence: link.sequence for link in links if link.sound}
    tries = deque((link, 1) for link in following[first_previous(head.file)])
    if head.digest in by_digest:
        tries.append((by_digest[head.digest], head.entries))
    settled = deque(link for link in links if link.sound)
    while tries or settled:
        if settled:
            link = settled.popleft()
            number = numbers[link.sequence]
            tries += ((one, number + 1) for one in following[link.digest])
            tries += ((one, number - 1) for one in [by_digest.get(link.previous)] if one)
            continue
        link, number = tries.popleft()
        if link.sequence not in numbers and fits_at(link, number):
            numbers[link.sequence] = number
            settled.append(link)
    return numbers


def _strangers(links: Iterable[Link], numbers: Mapping[int, int], head: Head) -> Iterator[Fault]:
    """Go back from the head and yield the entries that nobody follows on."""
    groups: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        if link.sequence in numbers:
            groups[numbers[link.sequence]].append(link)
    wanted = {head.entries: head.digest}
    for number in sorted(groups, reverse=True):
        group = groups[number]
        digest = wanted.get(number, group[0].digest if number < head.entries else "")
        genuine = _genuine(group, digest, number)
        surplus = genuine is not None or number > head.entries
        for link in group:
            if link is not genuine:
                kind: Kind = "inserted" if surplus else "rewritten"
                yield Fault(kind, link.sequence, link.sequence)
        if genuine is not None:
            wanted[number - 1] = genuine.previous
    if 0 in wanted and wanted[0] != first_previous(head.file):
        yield Fault("foreign", 1, 1)


def _genuine(group: Sequence[Link], digest: str, number: int) -> Link | None:
    """Return the one with that digest; of copies the one that stands where it was written."""
    fitting = [link for link in group if link.digest == digest]
    at_home = [link for link in fitting if link.sequence == number]
    return next(iter([*at_home, *fitting]), None)


def _moved(numbers: Mapping[int, int]) -> Iterator[Fault]:
    """Yield runs of entries that stand a number of places away from where they were written."""
    moved = sorted((was, now) for now, was in numbers.items() if was != now)
    for run in _runs(moved, lambda one, other: (other[0] - one[0], other[1] - one[1]) == (1, 1)):
        yield Fault("moved", run[0][0], run[-1][0], run[0][1])


def _missing(found: set[int], entries: int) -> Iterator[Fault]:
    known = sorted({0, *(number for number in found if 0 < number <= entries), entries + 1})
    for before, after in pairwise(known):
        if after - before > 1:
            yield Fault("cut" if after > entries else "missing", before + 1, after - 1)


def _runs(
    values: Iterable[tuple[int, int]],
    goes_on: Callable[[tuple[int, int], tuple[int, int]], bool],
) -> list[list[tuple[int, int]]]:
    runs: list[list[tuple[int, int]]] = []
    for value in values:
        if runs and goes_on(runs[-1][-1], value):
            runs[-1].append(value)
        else:
            runs.append([value])
    return runs
