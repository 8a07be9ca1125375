"""Which visits of a register are shown in which order: pure, for a worker to ask.

The order of each column is worked out once; after that a question costs one look at each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from assessor.bureau.register import VisitRow

Column = Literal[
    "name", "district", "industry", "score", "tier", "gap", "signature", "verdict", "visit_date"
]
COLUMNS: tuple[Column, ...] = (
    "name",
    "district",
    "industry",
    "score",
    "tier",
    "gap",
    "signature",
    "verdict",
    "visit_date",
)
Field = Literal["rubric", "cycle", "district", "tier", "verdict", "signature"]
FIELDS: tuple[Field, ...] = ("rubric", "cycle", "district", "tier", "verdict", "signature")
"""What a register can be filtered by, beside a text."""
_LOWEST = Decimal("-1E9")
_SIGNATURES = ("valid", "unknown_key", "unsigned", "altered")


@dataclass(frozen=True)
class Wanted:
    """Which visits are meant and how they are ordered; what is empty does not restrict.

    `text` is looked for in names, credit codes, file names and assessors, whatever the case.
    `visits` are numbers of visits, `None` for all. Older revisions are never among them.
    """

    text: str = ""
    rubric: str = ""
    cycle: str = ""
    district: str = ""
    tier: str = ""
    verdict: str = ""
    signature: str = ""
    visits: frozenset[int] | None = None
    column: Column = "name"
    descending: bool = False

    def with_value(self, name: Field, value: str) -> Wanted:
        """Return the same with another value wanted in a column."""
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)


@dataclass
class VisitTable:
    """The newest revisions of the visits of a register, ready to be filtered and sorted.

    `tier_rank` orders outcomes from the lowest, by rubric and id.
    """

    rows: tuple[VisitRow, ...]
    tier_rank: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare what is looked for."""
        self._words = [
            f"{row.name}\n{row.credit_code}\n{row.file_name}\n{' '.join(row.assessors)}".casefold()
            for row in self.rows
        ]
        self._orders: dict[Column, list[int]] = {}

    def arranged(self, wanted: Wanted) -> list[int]:
        """Return the places in `rows` of the visits meant, in their order."""
        if wanted.column not in self._orders:
            key = self._key(wanted.column)
            keys = [key(row) for row in self.rows]
            self._orders[wanted.column] = sorted(range(len(keys)), key=keys.__getitem__)
        order: Iterable[int] = self._orders[wanted.column]
        for name in FIELDS:
            value = getattr(wanted, name)
            if value:
                order = [at for at in order if getattr(self.rows[at], name) == value]
        if wanted.visits is not None:
            order = [at for at in order if self.rows[at].number in wanted.visits]
        if wanted.text:
            text = wanted.text.casefold()
            order = [at for at in order if text in self._words[at]]
        found = list(order)
        return found[::-1] if wanted.descending else found

    def choices(self, name: Field) -> tuple[str, ...]:
        """Return what there is in a column, in order, for a list to choose from."""
        return tuple(sorted({getattr(row, name) for row in self.rows} - {""}, key=_spoken))

    def _key(self, column: Column) -> Callable[[VisitRow], tuple[object, ...]]:
        """Return what a column is sorted by; visits that are equal in it are sorted by name."""

        def tier(row: VisitRow) -> int:
            return self.tier_rank.get((row.rubric, row.tier), -1)

        special: dict[str, Callable[[VisitRow], object]] = {
            "score": lambda row: _number(row.score),
            "gap": lambda row: _number(gap_of(row)),
            "tier": tier,
            "signature": lambda row: _SIGNATURES.index(row.signature),
        }

        def words(row: VisitRow) -> bytes:
            return _spoken(getattr(row, column))

        first = special.get(column, words)
        return lambda row: (first(row), _spoken(row.name), row.number)


def newest(rows: Sequence[VisitRow]) -> tuple[VisitRow, ...]:
    """Return the rows that count: of each visit the newest revision."""
    return tuple(row for row in rows if row.newest)


def gap_of(row: VisitRow) -> Decimal | None:
    """Return by how many points the enterprise's own answers score more than those checked."""
    if row.self_score is None or row.score is None:
        return None
    return row.self_score - row.score


def _spoken(text: str) -> bytes:
    """Return what puts Chinese words into the order of their sounds, as this code does for most."""
    return text.encode("gb18030", "replace")


def _number(value: Decimal | None) -> Decimal:
    return _LOWEST if value is None else value
