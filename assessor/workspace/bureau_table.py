"""Which visits of a register are shown in which order: pure, for a worker to ask.

The order of each column is worked out once; after that a question costs one look at each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import zip_longest
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
_LOWEST = -(10**15)
_PIECE = 4096
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

    `tier_rank` orders outcomes from the lowest, by rubric and id. `places` are the places in `rows`
    by id of visit, `days` the days of visits.
    """

    rows: tuple[VisitRow, ...]
    tier_rank: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare what is looked for, and the order by name that all others begin with."""
        self._words = [
            f"{row.name}\n{row.credit_code}\n{row.file_name}\n{' '.join(row.assessors)}".casefold()
            for row in self.rows
        ]
        names = [_spoken(row.name) for row in self.rows]
        by_name = calmly_sorted(range(len(names)), names.__getitem__)
        self._orders: dict[Column, list[int]] = {"name": by_name}
        self.places = {row.visit_id: at for at, row in enumerate(self.rows)}
        self.days = frozenset(row.visit_date for row in self.rows)
        # The first row of each value: lists of choices are made by a thread that must not wait.
        self._found = {name: self._first_rows(name) for name in FIELDS}

    def arranged(self, wanted: Wanted) -> list[int]:
        """Return the places in `rows` of the visits meant, in their order."""
        if wanted.column not in self._orders:
            # Sorting keeps the order of what is equal: visits equal in a column stay by name.
            ranks = self._ranks(wanted.column)
            self._orders[wanted.column] = calmly_sorted(self._orders["name"], ranks.__getitem__)
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
        return tuple(sorted(self._found[name], key=_spoken))

    def rubric_of(self, name: Field, key: str) -> str:
        """Return the rubric of a visit that has a value in a column; raises `KeyError`."""
        return self._found[name][key].rubric

    def _first_rows(self, name: Field) -> dict[str, VisitRow]:
        found = {getattr(row, name): row for row in reversed(self.rows)}
        found.pop("", None)
        return found

    def _ranks(self, column: Column) -> list[int]:
        """Return a number for each row by which a column is sorted."""
        match column:
            case "score":
                return [_millionths(row.score) for row in self.rows]
            case "gap":
                return [_millionths(gap_of(row)) for row in self.rows]
            case "tier":
                rank = self.tier_rank
                return [rank.get((row.rubric, row.tier), -1) for row in self.rows]
            case "signature":
                return [_SIGNATURES.index(row.signature) for row in self.rows]
            case _:
                values = [str(getattr(row, column)) for row in self.rows]
                places = {one: at for at, one in enumerate(sorted(set(values), key=_spoken))}
                return [places[one] for one in values]


def calmly_sorted(places: Sequence[int], rank: Callable[[int], Any]) -> list[int]:
    """Return places sorted by rank, equal ones as they were.

    Sorted in pieces that are put together two by two: one call over everything would keep all other
    threads waiting until it is through.
    """
    runs = [
        sorted(places[start : start + _PIECE], key=rank) for start in range(0, len(places), _PIECE)
    ]
    while len(runs) > 1:
        pairs = zip_longest(runs[::2], runs[1::2], fillvalue=())
        runs = [sorted((*one, *other), key=rank) for one, other in pairs]
    return runs[0] if runs else []


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


def _millionths(value: Decimal | None) -> int:
    return _LOWEST if value is None else int(value.scaleb(6))
