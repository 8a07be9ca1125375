"""What the format allows at a place, worked out from the published JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from assessor.rubrics.base import DecimalText
from assessor.rubrics.schema import rubric_schema

Kind = Literal["text", "number", "whole", "truth", "choice", "any", "list", "map", "record"]
Node = Mapping[str, object]

ROOT = "Rubric"
_PLAIN: dict[object, Kind] = {"integer": "whole", "boolean": "truth", "string": "text"}


@dataclass(frozen=True)
class Shape:
    """What may stand at a place.

    `choices` are the words of a choice, `item` the shape of a list's or map's entries, `models` the
    models a record may be (several for a union). A `closed` text follows a pattern, so that no
    separator can be part of it. `nullable`: nothing at all may be said expressly.
    """

    kind: Kind
    choices: tuple[str, ...] = ()
    item: Shape | None = None
    models: tuple[str, ...] = ()
    closed: bool = False
    nullable: bool = False

    @property
    def single(self) -> bool:
        """Whether a value of this shape has no parts."""
        return self.kind not in ("list", "map", "record")


ANY = Shape("any")


@dataclass(frozen=True)
class Field:
    """A key of a record."""

    shape: Shape
    required: bool


def waits(entry: Field) -> bool:
    """Whether an empty cell of this field means: to be entered."""
    return entry.required and entry.shape.nullable and entry.shape.single


@dataclass(frozen=True)
class _Union:
    fields: dict[str, Field] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)


@cache
def fields_of(models: tuple[str, ...]) -> Mapping[str, Field]:
    """Return the keys of a record by name; of a union, those of all its models.

    A key is required when every model has and requires it.
    """
    union = _Union()
    for model in models:
        node = _definition(model)
        required = node.get("required")
        names = required if isinstance(required, list) else []
        for name, below in _mapping(node.get("properties")).items():
            found = Field(_shape(below), name in names)
            known = union.fields.get(name)
            union.fields[name] = _both(known, found) if known else found
            union.seen[name] = union.seen.get(name, 0) + 1
    everywhere = len(models)
    return {
        name: one if union.seen[name] == everywhere else replace(one, required=False)
        for name, one in union.fields.items()
    }


def _both(one: Field, other: Field) -> Field:
    return Field(merged(one.shape, other.shape), one.required and other.required)


def merged(one: Shape, other: Shape) -> Shape:
    """Return the shape that allows what either allows."""
    nullable = one.nullable or other.nullable
    if one.kind != other.kind:
        textual = {one.kind, other.kind} <= {"text", "choice"}
        return Shape("text" if textual else "any", nullable=nullable)
    item = merged(one.item, other.item) if one.item and other.item else None
    return Shape(
        one.kind,
        _joined(one.choices, other.choices),
        item,
        _joined(one.models, other.models),
        one.closed and other.closed,
        nullable,
    )


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _shape(node: object) -> Shape:
    found = _mapping(node)
    reference = found.get("$ref")
    if isinstance(reference, str):
        return _named(reference.rpartition("/")[2])
    for key in ("anyOf", "oneOf"):
        choices = found.get(key)
        if isinstance(choices, list):
            return _choice(choices)
    if "const" in found or "enum" in found:
        return _words(found)
    return _typed(found)


def _named(name: str) -> Shape:
    node = _definition(name)
    return Shape("record", models=(name,)) if "properties" in node else _shape(node)


def _choice(nodes: list[object]) -> Shape:
    shapes = [_shape(node) for node in nodes if _mapping(node).get("type") != "null"]
    found = shapes[0]
    for shape in shapes[1:]:
        found = merged(found, shape)
    return replace(found, nullable=len(shapes) < len(nodes) or found.nullable)


def _words(node: Node) -> Shape:
    listed = node.get("enum")
    words = listed if isinstance(listed, list) else [node.get("const")]
    if all(isinstance(word, str) for word in words):
        return Shape("choice", tuple(str(word) for word in words), closed=True)
    return Shape("truth" if all(isinstance(word, bool) for word in words) else "whole")


def _typed(node: Node) -> Shape:
    kind = node.get("type")
    if kind == "array" and "items" in node:
        return Shape("list", item=_shape(node["items"]))
    if kind == "object":
        return Shape("map", item=_entries(node))
    if kind == "string" and node.get("pattern") == _decimal_pattern():
        return Shape("number", closed=True)
    return Shape(_PLAIN.get(kind, "any"), closed="pattern" in node)


def _entries(node: Node) -> Shape:
    patterns = [*_mapping(node.get("patternProperties")).values()]
    allowed = patterns[0] if patterns else node.get("additionalProperties")
    return _shape(allowed) if isinstance(allowed, Mapping) else ANY


@cache
def _decimal_pattern() -> object:
    return TypeAdapter(DecimalText).json_schema()["pattern"]


@cache
def _definition(name: str) -> Node:
    schema = rubric_schema()
    return schema if name == ROOT else _mapping(_mapping(schema["$defs"])[name])


def _mapping(value: object) -> Node:
    return value if isinstance(value, Mapping) else {}
