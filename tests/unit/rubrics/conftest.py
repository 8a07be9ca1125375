"""The ten-item rubric, and ways to break it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

TEN_ITEMS = Path(__file__).parents[2] / "data" / "rubrics" / "ten_items.json"

REMOVE = "<remove>"

Change = Callable[[Mapping[str, Any]], bytes]


def _put(data: Any, place: str, value: Any) -> None:
    """Set what stands at a JSON path; `REMOVE` removes it, a path ending in `[+]` appends."""
    steps = [int(s) if s.isdigit() else s for s in re.findall(r"[^.\[\]]+", place)]
    for step in steps[:-1]:
        data = data[step]
    last = steps[-1]
    if value == REMOVE:
        del data[last]
    elif last == "+":
        data.append(deepcopy(value))
    else:
        data[last] = deepcopy(value)


@pytest.fixture(scope="session")
def ten_items() -> bytes:
    """The bytes of the ten-item rubric."""
    return TEN_ITEMS.read_bytes()


@pytest.fixture
def changed(ten_items: bytes) -> Change:
    """Return the rubric's bytes after changes: JSON path -> new value."""

    def change(changes: Mapping[str, Any]) -> bytes:
        data = json.loads(ten_items)
        for place, value in changes.items():
            _put(data, place, value)
        return json.dumps(data, ensure_ascii=False, indent=1).encode()

    return change
