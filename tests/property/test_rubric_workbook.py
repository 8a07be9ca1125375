"""A rubric goes to its workbook and back without loss, whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from assessor.canonical import canonical_json
from assessor.exchange.rubric_book import book
from assessor.rubrics.loader import LoadedRubric, loads
from assessor.rubrics.schema import rubric_schema
from assessor.sheets import read_xlsx
from tests.strategies.rubrics import drawn_rubric, rubric_data
from tests.strategies.visits import shipped

FEW = settings(
    max_examples=4,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
SHIPPED = ("digital_workshop", "future_factory")
"""Every rubric that comes with the program goes the same way in `benchmarks.rubric_round_trip`."""


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read here: the killable reader costs a start of the interpreter each time."""
    monkeypatch.setattr(book, "read_workbook", read_xlsx)


def loaded_of(data: dict[str, Any]) -> LoadedRubric:
    return loads(json.dumps(data).encode(), "drawn.json")


def read_back(loaded: LoadedRubric, path: Path) -> dict[str, object]:
    path.write_bytes(book.rubric_workbook(loaded))
    return book.read_rubric_workbook(path).loaded.data


@FEW
@given(data=rubric_data())
def test_drawn_rubrics_come_back(data: dict[str, Any], tmp_path: Path) -> None:
    loaded = loaded_of(data)
    assert canonical_json(read_back(loaded, tmp_path / "a.xlsx")) == canonical_json(loaded.data)


@FEW
@given(data=rubric_data(whole=True))
def test_rubrics_with_every_field_come_back(data: dict[str, Any], tmp_path: Path) -> None:
    loaded = loaded_of(data)
    assert canonical_json(read_back(loaded, tmp_path / "a.xlsx")) == canonical_json(loaded.data)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_rubrics_come_back(name: str, tmp_path: Path) -> None:
    loaded = shipped(name)
    assert canonical_json(read_back(loaded, tmp_path / "a.xlsx")) == canonical_json(loaded.data)


def _fields(data: object) -> set[str]:
    """Every key of the format that occurs anywhere in the data."""
    if isinstance(data, dict):
        return set(data).union(*(_fields(value) for value in data.values()))
    return set().union(*(_fields(value) for value in data)) if isinstance(data, list) else set()


def _with_every_field(wanted: set[str]) -> list[dict[str, Any]]:
    """Return a few rubrics in which each of these fields occurs."""
    kept: list[dict[str, Any]] = []
    missing = set(wanted)
    for seed in range(100):
        data = drawn_rubric(seed, whole=True)
        if missing & _fields(data):
            kept.append(data)
            missing -= _fields(data)
    assert missing == set()
    return kept


def test_every_field_of_every_model_is_carried(tmp_path: Path) -> None:
    """A field the models gain occurs in these rubrics at once, and has to travel with them."""
    schema: Any = rubric_schema()
    wanted = set(schema["properties"])
    for node in schema["$defs"].values():
        wanted |= set(node.get("properties", ()))
    for data in _with_every_field(wanted):
        loaded = loaded_of(data)
        assert canonical_json(read_back(loaded, tmp_path / "a.xlsx")) == canonical_json(loaded.data)
