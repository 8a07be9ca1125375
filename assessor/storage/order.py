"""Which item of an order is which after a change, and positions that leave most of them alone."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

GAP = 1024
"""Between the positions of neighbours, so that an item can come back between them."""


def arranged(keys: Sequence[str], known: Mapping[str, int]) -> dict[str, int]:
    """Return rising positions for `keys` in order, changing as few of `known` as can be.

    Without room between two neighbours all are numbered anew.
    """
    staying = _rising([(at, known[key]) for at, key in enumerate(keys) if known.get(key, 0) > 0])
    found: list[int] = []
    for (start, low), (end, high) in pairwise([(-1, 0), *staying, (len(keys), 0)]):
        count = end - start - 1
        step = GAP if end == len(keys) else (high - low) // (count + 1)
        if count and not step:
            return {key: GAP * number for number, key in enumerate(keys, start=1)}
        found += [low + step * number for number in range(1, count + 1)]
        found += [high] if end < len(keys) else []
    return dict(zip(keys, found, strict=True))


def paired(old: Sequence[object], new: Sequence[object]) -> list[int | None]:
    """Return for each of `new` the index of the one of `old` it goes on from, `None` if it is new.

    Equal ones go together first, each once; what is left of both goes together where it stands
    between the same neighbours, for there it was changed.
    """
    found: list[int | None] = [None] * len(new)
    head = _common(old, new)
    most = min(len(old), len(new)) - head
    tail = min(most, _common(old[::-1], new[::-1]))
    found[:head] = range(head)
    found[len(new) - tail :] = range(len(old) - tail, len(old))
    _pair_equal(old, new, range(head, len(old) - tail), range(head, len(new) - tail), found)
    _pair_changed(len(old), found)
    return found


def _common(old: Sequence[object], new: Sequence[object]) -> int:
    """How many are equal from the front on."""
    both = enumerate(zip(old, new, strict=False))
    return next((at for at, (was, now) in both if was != now), min(len(old), len(new)))


def _pair_equal(
    old: Sequence[object],
    new: Sequence[object],
    left: range,
    right: range,
    found: list[int | None],
) -> None:
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for at in reversed(left):
        waiting[_name(old[at])].append(at)
    for at in right:
        if known := waiting[_name(new[at])]:
            found[at] = known.pop()


def _pair_changed(count: int, found: list[int | None]) -> None:
    """Give those without partner the free old one right behind the partner of their neighbour."""
    free = set(range(count)) - set(found)
    before = -1
    for at, known in enumerate(found):
        partner = before + 1 if known is None and before + 1 in free else known
        free.discard(count if partner is None else partner)
        found[at] = partner
        before = count if partner is None else partner


def _name(value: object) -> str:
    """Return the same text for equal values; a row is a mapping and cannot be a key itself."""
    return repr(sorted(value.items())) if isinstance(value, Mapping) else repr(value)


def _rising(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest selection of pairs whose second parts rise."""
    ends: list[int] = []
    last: list[int] = []
    earlier: list[int] = []
    for at, (_, position) in enumerate(found):
        length = bisect_left(ends, position)
        earlier.append(last[length - 1] if length else -1)
        # What ends higher is replaced: a lower end can be gone on from more often.
        del ends[length : length + 1], last[length : length + 1]
        ends.insert(length, position)
        last.insert(length, at)
    chosen: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chosen.append(found[at])
        at = earlier[at]
    return chosen[::-1]
