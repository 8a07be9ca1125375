"""What of a rubric can be edited one by one: its parts, and the fields of each.

Fields follow from the models: every bilingual text and every figure, with the few choices that
stand beside them. Ids, kinds and formulas are not among them: changing those is a matter for the
workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assessor.exchange.rubric_book.shapes import ROOT, Field, Shape, fields_of, waits
from assessor.exchange.rubric_book.tables import Steps
from assessor.rubrics.json_text import Path as JsonPath
from assessor.workspace.rubric_draft import at

PartKind = Literal["about", "dimension", "criterion", "gate", "outcome"]
FieldKind = Literal["words", "number", "choice", "list", "line"]

_CHOICES = frozenset({"severity", "default", "basis", "policy", "combine", "place"})
_LINES = frozenset({"from_option", "value", "stage"})
_WHOLES = frozenset({"minimum", "minutes"})
_TEXT, _WANTED = "LocalText", "WantedEvidence"
_ABOUT = ("title", "short_title", "summary", "status", "total", "per_level", "bonus", "deductions")
_LEFT_OUT = frozenset({"children", "criteria"})
ADDABLE: Mapping[str, object] = {
    "look_for": {"zh": "", "en": ""},
    "cautions": {"zh": "", "en": ""},
    "official_parts": {"zh": "", "en": ""},
    "evidence": {"kind": "document", "text": {"zh": "", "en": ""}},
}
"""Lists entries can be added to and taken from, with a fresh entry."""


@dataclass(frozen=True)
class Part:
    """A part of a rubric with a form of its own. `names` are its titles, by language."""

    kind: PartKind
    path: JsonPath
    number: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class EditField:
    """One thing that can be typed or chosen.

    `steps` are its label's keys; `words` has `zh` and `en` below its path. `remove` is the entry of
    a list that goes with it. A field that `waits` is still to be entered while it is empty; an
    `optional` one may go altogether.
    """

    path: JsonPath
    kind: FieldKind
    steps: Steps
    shape: Shape
    waits: bool = False
    optional: bool = False
    remove: JsonPath | None = None


@dataclass(frozen=True)
class FieldGroup:
    """Fields under one heading; `add` is the list a fresh entry can be put into."""

    steps: Steps
    fields: tuple[EditField, ...]
    add: JsonPath | None = None


_MODELS: Mapping[PartKind, str] = {
    "about": ROOT,
    "dimension": "Dimension",
    "criterion": "Criterion",
    "gate": "Gate",
    "outcome": "Outcome",
}


def parts_of(data: Mapping[str, object]) -> tuple[Part, ...]:
    """Return the parts of a rubric in its order."""
    return tuple(_parts(data))


def _parts(data: Mapping[str, object]) -> Iterator[Part]:
    yield Part("about", (), "", _names(data))
    yield from _dimensions(data, ("dimensions",))
    for path in (("criteria",), ("bonus", "criteria"), ("deductions", "criteria")):
        yield from _listed("criterion", data, path)
    yield from _listed("gate", data, ("gates",))
    yield from _listed("outcome", data, ("outcomes",))


def _listed(kind: PartKind, data: object, path: JsonPath) -> Iterator[Part]:
    entries = at(data, path)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        yield _part(kind, (*path, number), entry)


def _dimensions(data: object, path: JsonPath) -> Iterator[Part]:
    for part in _listed("dimension", data, path):
        yield part
        yield from _dimensions(data, (*part.path, "children"))


def _part(kind: PartKind, path: JsonPath, entry: object) -> Part:
    number = at(entry, ("number",))
    return Part(kind, path, number if isinstance(number, str) else "", _names(entry))


def _names(entry: object) -> Mapping[str, str]:
    for name in ("title", "name"):
        found = at(entry, (name,))
        if isinstance(found, dict):
            return {key: str(words) for key, words in found.items()}
    return {}


def groups_of(data: Mapping[str, object], part: Part) -> tuple[FieldGroup, ...]:
    """Return the fields of a part, its own first, then list by list."""
    walk = _Walk(data, part)
    own = tuple(walk.record(Shape("record", models=(_MODELS[part.kind],)), part.path, ()))
    return tuple(group for group in (FieldGroup((), own), *walk.lists) if group.fields or group.add)


class _Walk:
    """Goes through one part; lists become groups."""

    def __init__(self, data: Mapping[str, object], part: Part) -> None:
        self.data, self.part = data, part
        self.lists: list[FieldGroup] = []

    def record(self, shape: Shape, path: JsonPath, steps: Steps) -> Iterator[EditField]:
        """Yield the fields of a record; one that is not there has none below the part itself."""
        for name, entry in fields_of(shape.models).items():
            if name in _LEFT_OUT or (path == () and name not in _ABOUT):
                continue
            here, value = (*path, name), at(self.data, (*path, name))
            if value is None and not self._offered(name, entry, path):
                continue
            yield from self._field(name, entry, here, (*steps, name), shape)

    def _offered(self, name: str, entry: Field, path: JsonPath) -> bool:
        """Whether a field is shown although nothing stands there."""
        if waits(entry):
            return True
        if path != self.part.path:
            return False
        texts = entry.shape.kind == "record" and entry.shape.models == (_TEXT,)
        return texts or entry.shape.kind == "number" or name in ADDABLE

    def _field(
        self, name: str, entry: Field, path: JsonPath, steps: Steps, record: Shape
    ) -> Iterator[EditField]:
        shape = entry.shape
        kind = _kind(name, shape, record)
        if kind is not None:
            yield EditField(path, kind, steps, shape, waits(entry), not entry.required)
        elif shape.kind == "record":
            yield from self.record(shape, path, steps)
        elif shape.kind == "map" and shape.item is not None:
            yield from self._map(shape.item, path, steps)
        elif shape.kind == "list" and shape.item is not None and shape.item.kind == "record":
            self._list(name, shape.item, path, steps)

    def _map(self, item: Shape, path: JsonPath, steps: Steps) -> Iterator[EditField]:
        entries = at(self.data, path)
        for key in entries if isinstance(entries, dict) else ():
            kind = _kind("", item, item)
            if kind is not None:
                yield EditField((*path, key), kind, (*steps, key), item)

    def _list(self, name: str, item: Shape, path: JsonPath, steps: Steps) -> None:
        entries = at(self.data, path)
        found: list[EditField] = []
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            called = at(entry, ("key",)) or at(entry, ("id",)) or str(number + 1)
            remove = (*path, number) if name in ADDABLE else None
            found += self._entry(item, (*path, number), (str(called),), remove)
        add = path if name in ADDABLE else None
        self.lists.append(FieldGroup(steps, tuple(found), add))

    def _entry(
        self, item: Shape, path: JsonPath, steps: Steps, remove: JsonPath | None
    ) -> list[EditField]:
        if item.models == (_TEXT,):
            return [EditField(path, "words", steps, item, remove=remove)]
        fields = list(self.record(item, path, steps))
        if remove is not None and fields:
            fields[-1] = replace(fields[-1], remove=remove)
        return fields


def _kind(name: str, shape: Shape, record: Shape) -> FieldKind | None:
    """Return how a value is edited, `None` for one that is not or that has parts."""
    if shape.kind == "record":
        return "words" if shape.models == (_TEXT,) else None
    if shape.kind == "number" or (shape.kind == "whole" and name in _WHOLES):
        return "number"
    if shape.kind == "choice" and (name in _CHOICES or record.models == (_WANTED,)):
        return "choice"
    if shape.kind == "truth" and name.endswith("_to_enter"):
        return "choice"
    if shape.kind == "list" and shape.item is not None:
        return "list" if shape.item.kind in ("number", "choice") else None
    return "line" if name in _LINES and shape.kind == "text" else None
