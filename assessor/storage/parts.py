"""The record taken apart into rows and put together again.

A row is named by section and key like the entries of `assessor.commands.entries`; of a table every
row is one of ours, named `<table>/<number>`, beside one for the table itself. Rows that stand in an
order also have a position; only its order means something, so that one more or one less leaves the
others alone.

Taking a changed record apart costs what has changed: parts that are the same object as before, or
equal to it, are not looked into.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.assessment import Assessment, TableRow, assessment_from_json
from assessor.canonical import canonical_json
from assessor.commands.entries import MAPPINGS, RECORDS, SEQUENCES
from assessor.rubrics.base import Model
from assessor.storage.order import arranged, paired

Place = tuple[str, str]
"""Section and key."""

TABLES = "tables"
IN_TABLE = "/"
"""Between a table and the number of its row; no id of a table holds it."""

_HEADING = "[]"
"""The row of a table itself, which tells an empty table from none."""

_NUMBER = re.compile("[0-9]{1,15}", re.ASCII)
_ABSENT = object()
_META = frozenset(Assessment.model_fields) - {"format_version", *RECORDS, *MAPPINGS, *SEQUENCES}


@dataclass(frozen=True)
class Row:
    """One stored entry: its place in the order (0 where there is none) and its canonical JSON."""

    position: int
    value: str


Rows = dict[Place, Row]


@dataclass(frozen=True)
class Parts:
    """A record and the rows it stands in; `order` has the keys of each sequence and table.

    `None` for the record and no rows are the parts of a file that is still empty.
    """

    assessment: Assessment | None
    rows: Mapping[Place, Row]
    order: Mapping[Place, tuple[str, ...]]

    @property
    def record(self) -> Assessment:
        """The record; raises `ValueError` where there is none yet."""
        if self.assessment is None:
            raise ValueError("no record")
        return self.assessment


NOTHING = Parts(None, {}, {})


@dataclass(frozen=True)
class Difference:
    """What a change of the record does to its rows.

    `before` has the rows that were changed or go, `after` those that are changed or come; `parts`
    are those of the record afterwards.
    """

    before: Rows
    after: Rows
    parts: Parts


def difference(old: Parts, new: Assessment) -> Difference:
    """Return what leads from the rows of `old` to those of `new`.

    Raises `ValueError` when two items of a sequence have one id: they could not be told apart.
    """
    work = _Work(old)
    work.fields("meta", _META, old.assessment, new)
    for section in RECORDS:
        was = getattr(old.assessment, section, None)
        work.fields(section, None, was, getattr(new, section))
    for section in MAPPINGS:
        was = getattr(old.assessment, section, None) or {}
        if section == TABLES:
            work.tables(was, new.tables)
        else:
            work.mapping(section, was, getattr(new, section))
    for section in SEQUENCES:
        work.sequence(section, getattr(old.assessment, section, ()), getattr(new, section))
    return work.done(new)


def parts_from(rows: Mapping[Place, Row]) -> Parts:
    """Put the record together from its rows.

    Raises `ValueError` for a section that does not exist or a record that does not fit the model.
    """
    data: dict[str, object] = {}
    mappings: dict[str, dict[str, object]] = {name: {} for name in (*RECORDS, *MAPPINGS)}
    ordered = _Ordered(rows)
    for (section, key), row in ordered.others:
        value = json.loads(row.value)
        if section == "meta":
            data[key] = value
        elif section in mappings:
            mappings[section][key] = value
        else:
            raise ValueError(f"unknown section {section}")
    mappings[TABLES] = ordered.tables(mappings[TABLES])
    sequences = {name: ordered.values(name, "") for name in SEQUENCES}
    assessment = assessment_from_json({**mappings, **sequences, **data})
    return Parts(assessment, rows, ordered.order)


def table_of(key: str) -> str:
    """Return the table that a key of the section `tables` belongs to."""
    return key.partition(IN_TABLE)[0]


class _Ordered:
    """Rows sorted by the groups they stand in: `order` has the keys of each, `others` the rest."""

    def __init__(self, rows: Mapping[Place, Row]) -> None:
        self._rows = rows
        self.others: list[tuple[Place, Row]] = []
        groups: dict[Place, list[str]] = {}
        for (section, key), row in sorted(rows.items(), key=lambda item: item[1].position):
            table, inside, _ = key.partition(IN_TABLE)
            if section in SEQUENCES:
                groups.setdefault((section, ""), []).append(key)
            elif section == TABLES and inside:
                groups.setdefault((section, table), []).append(key)
            else:
                self.others.append(((section, key), row))
        self.order = {place: tuple(keys) for place, keys in groups.items()}

    def values(self, section: str, group: str) -> list[object]:
        keys = self.order.get((section, group), ())
        return [json.loads(self._rows[section, key].value) for key in keys]

    def tables(self, headings: Mapping[str, object]) -> dict[str, object]:
        tables = {group for section, group in self.order if section == TABLES}
        if tables - headings.keys() or any(heading != [] for heading in headings.values()):
            raise ValueError("a table without heading, or a heading with rows")
        return {name: self.values(TABLES, name) for name in headings}


class _Work:
    """Gathers the rows that differ while the sections of a record are gone through."""

    def __init__(self, old: Parts) -> None:
        self._old = old
        self._order = dict(old.order)
        self._gone: set[Place] = set()
        self._after: Rows = {}

    def fields(
        self, section: str, names: frozenset[str] | None, old: Model | None, new: Model
    ) -> None:
        """Compare the fields of a record, all of them or those of `names`."""
        known = names or frozenset(type(new).model_fields)
        wanted = {
            name for name in known if not _same(getattr(old, name, _ABSENT), getattr(new, name))
        }
        if not wanted:
            return
        told = new.model_dump(mode="json", by_alias=True, exclude_defaults=True, include=wanted)
        for name in wanted:
            self._put(section, name, canonical_json(told[name]) if name in told else None)

    def mapping(self, section: str, old: Mapping[str, object], new: Mapping[str, object]) -> None:
        """Compare the entries of a mapping."""
        for key in old.keys() - new.keys():
            self._put(section, key, None)
        for key, value in new.items():
            if not _same(old.get(key), value):
                self._put(section, key, canonical_json(_plain(value)))

    def sequence(self, section: str, old: Sequence[Model], new: Sequence[Model]) -> None:
        """Compare the items of a sequence, known by their ids."""
        if old is new:
            return
        known, items = _by_id(old), _by_id(new)
        if len(items) != len(new):
            raise ValueError(f"an id is used twice in {section}")
        changed = {
            key: canonical_json(_plain(item))
            for key, item in items.items()
            if not _same(known.get(key), item)
        }
        self._ordered((section, ""), tuple(items), changed)

    def tables(
        self, old: Mapping[str, Sequence[TableRow]], new: Mapping[str, Sequence[TableRow]]
    ) -> None:
        """Compare the tables row by row."""
        for name in old.keys() - new.keys():
            self._put(TABLES, name, None)
            self._ordered((TABLES, name), (), {})
        for name, rows in new.items():
            if name not in old:
                self._put(TABLES, name, _HEADING)
            before = old.get(name, ())
            if before != rows:
                self._table(name, before, rows)

    def done(self, new: Assessment) -> Difference:
        """Return what was gathered."""
        old = self._old.rows
        before = {place: old[place] for place in (*self._gone, *self._after) if place in old}
        rows = {**old, **self._after}
        for place in self._gone:
            rows.pop(place, None)
        return Difference(before, self._after, Parts(new, rows, self._order))

    def _table(self, name: str, old: Sequence[TableRow], new: Sequence[TableRow]) -> None:
        known = self._old.order.get((TABLES, name), ())
        if len(old) == len(new):
            other = [at for at, row in enumerate(new) if old[at] != row]
            if len(other) == 1:
                # A cell was edited, as it mostly is: nothing need be looked for.
                self._ordered(
                    (TABLES, name), known, {known[other[0]]: canonical_json(new[other[0]])}
                )
                return
        pairs = paired(old, new)
        highest = max((_number(key) for key in known), default=0)
        keys: list[str] = []
        changed: dict[str, str] = {}
        for at, row in zip(pairs, new, strict=True):
            if at is None:
                highest += 1
            key = f"{name}{IN_TABLE}{highest}" if at is None else known[at]
            keys.append(key)
            if at is None or old[at] != row:
                changed[key] = canonical_json(row)
        self._ordered((TABLES, name), tuple(keys), changed)

    def _ordered(self, group: Place, keys: tuple[str, ...], changed: Mapping[str, str]) -> None:
        """Note rows that stand in an order: values that changed, places that had to."""
        section, old = group[0], self._old.rows
        known = self._old.order.get(group, ())
        if keys == known:
            for key, value in changed.items():
                self._put(section, key, value, old[section, key].position)
            return
        self._order.pop(group, None)
        if keys:
            self._order[group] = keys
        for key in set(known) - set(keys):
            self._put(section, key, None)
        for key, position in arranged(keys, {k: old[section, k].position for k in known}).items():
            value = changed[key] if key in changed else old[section, key].value
            self._put(section, key, value, position)

    def _put(self, section: str, key: str, value: str | None, position: int = 0) -> None:
        place = section, key
        if value is None:
            if place in self._old.rows:
                self._gone.add(place)
        elif self._old.rows.get(place) != (row := Row(position, value)):
            self._after[place] = row


def _same(old: object, new: object) -> bool:
    return old is new or old == new


def _by_id(items: Iterable[Model]) -> dict[str, Model]:
    return {str(getattr(item, "id", "")): item for item in items}


def _plain(value: object) -> object:
    if isinstance(value, Model):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return [_plain(item) for item in value] if isinstance(value, (tuple, list)) else value


def _number(key: str) -> int:
    number = key.partition(IN_TABLE)[2]
    return int(number) if _NUMBER.fullmatch(number) else 0
