"""What the statistics are made from: the visits meant, with their packed figures."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from assessor.bureau.register import VisitRow
from assessor.bureau.register.figures import DIMENSION_BLOCKS, ITEM_BLOCKS, Shape

OWN = "self"
"""The role of a record an enterprise filled in itself."""


@dataclass(frozen=True)
class Block:
    """The packed figures of visits of one shape, visit after visit, in millionths of a point."""

    shape: Shape
    visits: tuple[int, ...]
    numbers: array[int]

    def item(self, kind: str, at: int) -> array[int]:
        """Return one kind of figure of the criterion at a place, for every visit."""
        return self._column(ITEM_BLOCKS.index(kind) * len(self.shape.items) + at)

    def dimension(self, kind: str, at: int) -> array[int]:
        """Return one kind of figure of the dimension at a place, for every visit."""
        before = len(ITEM_BLOCKS) * len(self.shape.items)
        return self._column(before + DIMENSION_BLOCKS.index(kind) * len(self.shape.dimensions) + at)

    def _column(self, at: int) -> array[int]:
        return self.numbers[at :: self.shape.size]


@dataclass(frozen=True)
class Facts:
    """The newest revisions of the visits meant, all scored with one rubric.

    `near` holds how near (millionths of a unit) a visit is to its nearest line, where one is near;
    `clusters` the industry clusters a visit names.
    """

    visits: tuple[VisitRow, ...]
    clusters: Mapping[int, tuple[str, ...]]
    near: Mapping[int, int]
    blocks: tuple[Block, ...]

    @cached_property
    def verified(self) -> tuple[VisitRow, ...]:
        """The visits that count in results: those not filled in by the enterprise itself."""
        return tuple(visit for visit in self.visits if visit.role != OWN)

    @cached_property
    def in_order(self) -> tuple[VisitRow, ...]:
        """The verified visits, those without a score first, then from the lowest score up."""
        bare = [visit for visit in self.verified if visit.score is None]
        scored = [(one.score, one.number, one) for one in self.verified if one.score is not None]
        return (*bare, *(visit for _, _, visit in sorted(scored, key=itemgetter(0, 1))))

    @cached_property
    def by_enterprise(self) -> Mapping[str, tuple[VisitRow, ...]]:
        """The verified visits of each enterprise."""
        found: dict[str, list[VisitRow]] = {}
        for visit in self.verified:
            found.setdefault(visit.enterprise, []).append(visit)
        return {name: tuple(visits) for name, visits in found.items()}

    @cached_property
    def by_number(self) -> Mapping[int, VisitRow]:
        """The visits by number."""
        return {visit.number: visit for visit in self.visits}

    @cached_property
    def verified_numbers(self) -> frozenset[int]:
        """The numbers of the visits that count in results."""
        return frozenset(visit.number for visit in self.verified)

    @cached_property
    def verified_blocks(self) -> tuple[Block, ...]:
        """The blocks without what enterprises filled in themselves."""
        return tuple(only(block, self.verified_numbers) for block in self.blocks)


def numbers_of(parts: Iterator[bytes] | list[bytes]) -> array[int]:
    """Return packed figures as whole numbers."""
    numbers = array("q")
    numbers.frombytes(b"".join(parts))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def only(block: Block, wanted: frozenset[int]) -> Block:
    """Return a block of the wanted visits alone."""
    if wanted.issuperset(block.visits):
        return block
    size = block.shape.size
    kept: array[int] = array("q")
    visits = []
    for at, visit in enumerate(block.visits):
        if visit in wanted:
            visits.append(visit)
            kept += block.numbers[at * size : (at + 1) * size]
    return Block(block.shape, tuple(visits), kept)
