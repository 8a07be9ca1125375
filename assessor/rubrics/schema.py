"""The published JSON Schema of the rubric format, made from the models."""

from __future__ import annotations

import json
from functools import cache

from assessor.rubrics.models import FORMAT_VERSION, Rubric

SCHEMA_ID = f"urn:assessor:rubric:{FORMAT_VERSION}"
SCHEMA_FILE = "schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def rubric_schema() -> dict[str, object]:
    """Return the schema as JSON-ready data; it refuses unknown keys as the loader does."""
    schema = Rubric.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": _DIALECT, "$id": SCHEMA_ID, **schema}


def schema_text() -> str:
    """Return the schema as it is published in `rubrics/schema.json`."""
    return json.dumps(rubric_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def known_keys(path: tuple[str | int, ...], data: object) -> tuple[str, ...]:
    """Return the keys the format knows at `path` of `data`, none where any key may stand.

    `data` is needed because the kind written in it (`levels`, `quantity` ...) chooses the model.
    """
    node = rubric_schema()
    for step in path:
        node = _chosen(node, data)
        data = _inside(data, step)
        node = _below(node, step)
    properties = _chosen(node, data).get("properties")
    return tuple(properties) if isinstance(properties, dict) else ()


def _inside(data: object, step: str | int) -> object:
    if isinstance(data, dict):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) else None


def _below(node: dict[str, object], step: str | int) -> dict[str, object]:
    properties = node.get("properties")
    if isinstance(step, int):
        found = node.get("items")
    elif isinstance(properties, dict) and step in properties:
        found = properties[step]
    else:
        found = node.get("additionalProperties")
    return found if isinstance(found, dict) else {}


def _chosen(node: dict[str, object], data: object) -> dict[str, object]:
    """Follow references and choices down to the schema of one object or list."""
    reference = node.get("$ref")
    if isinstance(reference, str):
        return _chosen(_definition(reference), data)
    discriminator = node.get("discriminator")
    if isinstance(discriminator, dict) and isinstance(data, dict):
        target = discriminator["mapping"].get(data.get("kind"))
        return _chosen(_definition(target), data) if isinstance(target, str) else {}
    choices = node.get("anyOf")
    if isinstance(choices, list):
        others = [choice for choice in choices if choice.get("type") != "null"]
        return _chosen(others[0], data)
    return node


def _definition(reference: str) -> dict[str, object]:
    definitions = rubric_schema()["$defs"]
    found = definitions[reference.rpartition("/")[2]] if isinstance(definitions, dict) else None
    return found if isinstance(found, dict) else {}
