"""Which sheets a rubric has: one for every kind of thing that comes in lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from assessor.exchange.rubric_book.shapes import ROOT, Shape, fields_of, waits
from assessor.rubrics.json_text import path_text

Steps = tuple[str, ...]
_STEP = re.compile(r'\.?([^.\[\]\s"]+)|\["((?:[^"\\]|\\.)*)"\]')
ANY_KEY = "*"
"""Stands in the path of a place for the keys of a map."""
_NAMES = ("id", "key")
"""The fields by which a row is named, the first a model has."""


@dataclass(frozen=True)
class Table:
    """A sheet of rows of one kind.

    `keyed`: the rows are the entries of a map, each with its key; `grouped`: of a map of lists.
    """

    name: str
    item: Shape
    keyed: bool = False
    grouped: bool = False

    @property
    def naming(self) -> str:
        """The field that names a row, empty when none does."""
        if self.keyed:
            return ""
        names = fields_of(self.item.models)
        return next((name for name in _NAMES if name in names), "")


@dataclass(frozen=True)
class Place:
    """Where rows of `table` hang: at `path` of a row of `owner`, or of the rubric itself."""

    owner: str
    path: Steps
    table: str


@dataclass
class _Walk:
    """The lists found so far, and the models each sheet holds."""

    groups: list[tuple[str, ...]] = field(default_factory=list)
    keyed: dict[str, Table] = field(default_factory=dict)
    places: dict[Place, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """All sheets a rubric can have, by name and in order, and where their rows hang."""

    tables: dict[str, Table]
    places: tuple[Place, ...]

    def of_shape(self, owner: str, path: Steps, shape: Shape) -> Table | None:
        """Return the sheet in which what stands at `path` has its rows, `None` for a cell."""
        if shape.kind == "list" and shape.item is not None and shape.item.kind == "record":
            return self._holding(shape.item.models)
        return self.tables.get(_keyed_name(owner, path)) if _is_keyed(shape) else None

    def _holding(self, models: tuple[str, ...]) -> Table:
        return next(
            table
            for table in self.tables.values()
            if not table.keyed and set(models) <= set(table.item.models)
        )

    def homes(self, table: str) -> tuple[Place, ...]:
        """Return where the rows of a sheet may hang."""
        return tuple(place for place in self.places if place.table == table)


def part_text(owner: str, path: Steps) -> str:
    """Return how a workbook writes down where a row hangs: `Criterion.rule.options`."""
    return path_text((owner, *path))


def read_part(text: str) -> tuple[str, Steps] | None:
    """Return owner and path of such a text, `None` when it is none."""
    steps = steps_of(text.strip())
    return (steps[0], steps[1:]) if steps and len(steps) > 1 else None


def steps_of(text: str) -> Steps | None:
    """Return the keys of a path as `path_text` writes it, `None` when it is none."""
    steps, at = [], 0
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            return None
        quoted = found[2]
        steps.append(found[1] if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
        at = found.end()
    return tuple(steps)


@cache
def layout() -> Layout:
    """Return the sheets of the format."""
    walk = _Walk()
    _explore(walk, Shape("record", models=(ROOT,)), ROOT, (), set())
    groups = _joined(walk.groups)
    tables = {group[0]: Table(group[0], Shape("record", models=group)) for group in groups}
    ordered = {name: tables[name] for name in sorted(tables, key=_rank)} | walk.keyed
    return Layout(ordered, tuple(_named(place, groups) for place in walk.places))


def _named(place: Place, groups: list[tuple[str, ...]]) -> Place:
    names = {model: group[0] for group in groups for model in group}
    return Place(
        names.get(place.owner, place.owner), place.path, names.get(place.table, place.table)
    )


def _rank(name: str) -> bool:
    """Sheets of bare texts come last: they say least when read on their own."""
    return set(fields_of((name,))) == {"zh", "en"}


def _explore(walk: _Walk, shape: Shape, owner: str, path: Steps, done: set[str]) -> None:
    """Follow everything below a record that has rows or cells of its own."""
    for name, entry in fields_of(shape.models).items():
        _enter(walk, entry.shape, owner, (*path, name), done)


def _enter(walk: _Walk, shape: Shape, owner: str, path: Steps, done: set[str]) -> None:
    item = shape.item
    if shape.kind == "record":
        if not is_deep(shape, path):
            _explore(walk, shape, owner, path, done)
    elif shape.kind == "list" and item is not None and item.kind == "record":
        walk.places[Place(owner, path, item.models[0])] = None
        _group(walk, item.models, done)
    elif _is_keyed(shape) and item is not None:
        name = _keyed_name(owner, path)
        inner = item.item if item.kind == "list" else item
        walk.keyed[name] = Table(name, inner or item, keyed=True, grouped=item.kind == "list")
        walk.places[Place(owner, path, name)] = None
    elif shape.kind == "map" and item is not None:
        _enter(walk, item, owner, (*path, ANY_KEY), done)


def _group(walk: _Walk, models: tuple[str, ...], done: set[str]) -> None:
    if models not in walk.groups:
        walk.groups.append(models)
    for model in models:
        if model not in done:
            done.add(model)
            _explore(walk, Shape("record", models=(model,)), model, (), done)


MAX_NESTED = 6


def is_deep(shape: Shape, path: Steps) -> bool:
    """Whether a record stands so deep inside its row that it is written as one cell.

    Records that contain themselves would otherwise have columns without end.
    """
    return shape.kind == "record" and len(path) > MAX_NESTED


def _is_keyed(shape: Shape) -> bool:
    """Whether the entries of a map are rows: they hold things without a form of their own."""
    item = shape.item
    if shape.kind != "map" or item is None:
        return False
    if item.kind == "map":
        return item.item is not None and item.item.kind == "any"
    inner = item.item
    return item.kind == "list" and inner is not None and inner.kind in ("map", "record")


def _keyed_name(owner: str, path: Steps) -> str:
    return "-".join((owner, *path))


def _joined(groups: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Put groups with a model in common together; each keeps the name of its first model."""
    joined: list[tuple[str, ...]] = []
    for group in groups:
        touching = [known for known in joined if set(known) & set(group)]
        together = tuple(dict.fromkeys(model for known in (*touching, group) for model in known))
        at = joined.index(touching[0]) if touching else len(joined)
        joined = [known for known in joined if known not in touching]
        joined.insert(at, together)
    return joined


def columns_of(table: Table) -> Iterator[tuple[Steps, Shape, bool]]:
    """Yield the columns of every sheet of this kind: path, shape, whether it waits when empty."""
    if table.item.kind == "record":
        yield from _columns(table.item, ())


def _columns(record: Shape, path: Steps) -> Iterator[tuple[Steps, Shape, bool]]:
    for name, entry in fields_of(record.models).items():
        shape, here = entry.shape, (*path, name)
        if shape.kind == "record" and not is_deep(shape, here):
            yield from _columns(shape, here)
        elif in_cell(shape):
            yield here, shape, waits(entry)


def in_cell(shape: Shape) -> bool:
    """Whether a value of this shape stands in one cell."""
    if shape.kind == "list":
        return shape.item is None or shape.item.single
    return shape.single


def shape_at(record: Shape, path: Steps) -> Shape | None:
    """Return the shape at a path below a record or map, `None` where nothing may stand."""
    shape = record
    for step in path:
        if shape.kind == "record":
            entry = fields_of(shape.models).get(step)
            if entry is None:
                return None
            shape = entry.shape
        elif shape.kind == "map" and shape.item is not None:
            shape = shape.item
        else:
            return None
    return shape
