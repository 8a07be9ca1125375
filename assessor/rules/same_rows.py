"""What two sequences of rows have in common: the very same objects at their start and end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import is_


def same_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """Return how many rows from the start, and how many of the others from the end, are the same.

    Nothing is compared but identity, without a step of the interpreter for each row.
    """
    head = _same(old, new)
    return head, _same(_backwards(old, head), _backwards(new, head))


def _same(one: Iterable[object], other: Iterable[object]) -> int:
    same = tuple(map(is_, one, other))
    return same.index(False) if False in same else len(same)


def _backwards(rows: Sequence[object], down_to: int) -> Sequence[object]:
    return rows[down_to:][::-1]
