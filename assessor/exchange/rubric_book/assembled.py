"""From rows that know what they hang on to the data of a rubric, and where each part stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessor.exchange.rubric_book.reading import ROOT_TABLE, ReadRow, SheetReader
from assessor.exchange.rubric_book.shapes import Shape, fields_of, waits
from assessor.exchange.rubric_book.tables import Steps, shape_at
from assessor.rubrics.json_text import MAX_DEPTH, Path, path_text


@dataclass
class Assembly:
    """The data being put together; `places` maps its JSON paths to sheets and cells."""

    reader: SheetReader
    data: dict[str, object] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    _below: dict[int, list[ReadRow]] = field(default_factory=dict)
    _placed: set[int] = field(default_factory=set)
    _deep: bool = False

    def build(self, root: ReadRow, rows: Mapping[str, list[ReadRow]]) -> None:
        """Put everything together; rows that hang on each other in a ring are a problem."""
        for those in rows.values():
            for row in those:
                self._below.setdefault(id(row.hangs_on or root), []).append(row)
        self._fill(self.data, root, ())
        for row in (row for those in rows.values() for row in those):
            if id(row) not in self._placed and row.path and not self._deep:
                self.reader.refuse(row.place, "own_ring", owner=row.own[:60])
        self.data = _ordered(self.data, ROOT_TABLE.item)

    def _fill(self, data: dict[str, object], row: ReadRow, at: Path) -> None:
        self._placed.add(id(row))
        if len(at) > MAX_DEPTH:
            self.reader.refuse(row.place, "too_deep", limit=MAX_DEPTH)
            self._deep = True
            return
        for path, where in row.places.items():
            self.places.setdefault(path_text((*at, *path)), where)
        for path, value in row.values.items():
            self._put(data, path, value, row.places[path])
        for child in self._below.get(id(row), []):
            if child.path:
                self._hang(data, child, at)

    def _put(self, data: dict[str, object], path: Steps, value: object, where: str) -> None:
        holder = self._holder(data, path, where)
        if holder is None:
            return
        if path[-1] in holder:
            self.reader.refuse(where, "collides", column=path_text(path))
        else:
            holder[path[-1]] = value

    def _holder(self, data: dict[str, object], path: Steps, where: str) -> dict[str, object] | None:
        """Return the object that holds the last step of a path, made as far as it is missing."""
        for step in path[:-1]:
            inner = data.setdefault(step, {})
            if not isinstance(inner, dict):
                self.reader.refuse(where, "collides", column=path_text(path))
                return None
            data = inner
        return data

    def _hang(self, data: dict[str, object], row: ReadRow, at: Path) -> None:
        holder = self._holder(data, row.path, row.place)
        if holder is None:
            return
        own: dict[str, object] = {}
        last = row.path[-1]
        place = self._entry(holder, last, row, own)
        if place is not None:
            here = (*at, *row.path, *place)
            self.places[path_text(here)] = row.place
            self.places.setdefault(path_text((*at, *row.path)), row.place)
            self._fill(own, row, here)

    def _entry(
        self, holder: dict[str, object], last: str, row: ReadRow, own: dict[str, object]
    ) -> Path | None:
        """Put a row's object where it belongs: into a list, a map, or a map of lists."""
        if not row.table.keyed:
            return self._append(holder, last, row, own)
        if not row.key:
            self.reader.refuse(row.place, "no_key")
            return None
        entries = holder.setdefault(last, {})
        if not isinstance(entries, dict) or (row.key in entries and not row.table.grouped):
            self.reader.refuse(row.place, "collides", column=row.key)
            return None
        if not row.table.grouped:
            entries[row.key] = own
            return (row.key,)
        found = self._append(entries, row.key, row, own)
        return (row.key, *found) if found else None

    def _append(
        self, holder: dict[str, object], last: str, row: ReadRow, own: dict[str, object]
    ) -> Path | None:
        entries = holder.setdefault(last, [])
        if not isinstance(entries, list):
            self.reader.refuse(row.place, "collides", column=last)
            return None
        entries.append(own)
        return (len(entries) - 1,)


def _ordered(data: dict[str, object], shape: Shape) -> dict[str, object]:
    """Return the data with its keys in the order of the format, as a person would write it.

    What must be said but may be nothing was left empty: it is still to be entered.
    """
    keys = list(data)
    if shape.kind == "record":
        fields = fields_of(shape.models)
        known = [name for name, entry in fields.items() if name in data or waits(entry)]
        keys = [*known, *(key for key in data if key not in known)]
    return {key: _ordered_value(data.get(key), shape_at(shape, (key,))) for key in keys}


def _ordered_value(value: object, shape: Shape | None) -> object:
    if shape is None:
        return value
    if isinstance(value, dict):
        return _ordered(value, shape)
    if isinstance(value, list) and shape.item is not None:
        return [_ordered_value(one, shape.item) for one in value]
    return value
