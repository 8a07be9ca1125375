"""The published schema: current, and as strict as the loader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assessor.rubrics.schema import SCHEMA_ID, known_keys, rubric_schema, schema_text

Change = Callable[[Mapping[str, Any]], bytes]
PUBLISHED = Path(__file__).parents[3] / "rubrics" / "schema.json"
VALIDATOR = jsonschema.Draft202012Validator(rubric_schema())


def test_the_published_file_is_current() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_valid_and_says_what_it_is() -> None:
    jsonschema.Draft202012Validator.check_schema(rubric_schema())
    assert rubric_schema()["$id"] == SCHEMA_ID
    assert all(definition["description"] for definition in rubric_schema()["$defs"].values())


def test_the_sample_fits(ten_items: bytes) -> None:
    VALIDATOR.validate(json.loads(ten_items))


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"criteria[3].rule.options[1].points": "1"},
        {"criteria[3].rule.options[1].value": 1},
        {"criteria[3].rule.kind": "level"},
        {"outcomes": "<remove>"},
        {"dimensions[0].children[0].name.fr": "x"},
    ],
)
def test_what_the_loader_refuses_does_not_fit(changed: Change, changes: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(json.loads(changed(changes)))


def test_known_keys_follow_the_kind_that_is_written(ten_items: bytes) -> None:
    data = json.loads(ten_items)
    assert "curve" in known_keys(("criteria", 0, "rule"), data)
    assert "options" in known_keys(("criteria", 3, "rule"), data)
    assert "options" not in known_keys(("criteria", 0, "rule"), data)
    assert known_keys(("criteria", 3, "title"), data) == ("zh", "en")
    assert known_keys(("criteria", 3, "asked"), data) == ()


def test_the_description_names_every_key_and_kind() -> None:
    words = (PUBLISHED.parents[1] / "docs" / "rubric-format.md").read_text(encoding="utf-8")
    kinds = re.findall(r'"const": "([a-z_]+)"', schema_text())
    named = [*rubric_schema()["properties"], *kinds]
    assert len(kinds) > 10
    assert [name for name in named if f"`{name}`" not in words] == []
