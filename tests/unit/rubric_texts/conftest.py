"""The shipped rubrics and the facts they were written from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assessor.rubrics.loader import load
from assessor.rubrics.models import Rubric

_ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Pair:
    """A shipped rubric, the facts behind it (numbers as decimals) and the text of its file."""

    rubric: Rubric
    facts: dict[str, Any]
    text: str


def _pair(name: str) -> Pair:
    path = _ROOT / "rubrics" / f"{name}.json"
    facts = (_ROOT / "tests" / "data" / "facts" / f"{name}.json").read_text(encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    return Pair(load(path).rubric, json.loads(facts, parse_float=Decimal, parse_int=Decimal), text)


@pytest.fixture(scope="session")
def future_factory() -> Pair:
    """The provincial rubric."""
    return _pair("future_factory")


@pytest.fixture(scope="session")
def digital_workshop() -> Pair:
    """The municipal rubric."""
    return _pair("digital_workshop")


@pytest.fixture(params=["future_factory", "digital_workshop"])
def pair(request: pytest.FixtureRequest) -> Pair:
    """Each of the two."""
    found: Pair = request.getfixturevalue(request.param)
    return found
