"""Which visits of a register are shown in which order: pure, for a worker to ask.

The order of each column is worked out once; after that a question costs one look at each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
_LOWEST = -(10**15)
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
        """Prepare what is looked for, and the order by name that all others begin with."""
        self._words = [
            f"{row.name}\n{row.credit_code}\n{row.file_name}\n{' '.join(row.assessors)}".casefold()
            for row in self.rows
        ]
        names = [_spoken(row.name) for row in self.rows]
        by_name = sorted(range(len(names)), key=names.__getitem__)
        self._orders: dict[Column, list[int]] = {"name": by_name}

    def arranged(self, wanted: Wanted) -> list[int]:
        """Return the places in `rows` of the visits meant, in their order."""
        if wanted.column not in self._orders:
            # Sorting keeps the order of what is equal: visits equal in a column stay by name.
            ranks = self._ranks(wanted.column)
            self._orders[wanted.column] = sorted(self._orders["name"], key=ranks.__getitem__)
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
