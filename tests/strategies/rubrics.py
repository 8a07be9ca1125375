"""Random rubrics that fit the format, drawn from its published schema; new fields are drawn too.

They fit the format and need not make sense: ids lead nowhere, weights add up to nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from hypothesis import strategies as st

from assessor.rubrics.schema import rubric_schema

Node = Mapping[str, Any]

_NASTY = (
    "=1+1",
    "+86",
    "@name",
    "-1",
    "null",
    "[]",
    "{}",
    "true",
    '"quoted"',
    "{broken",
    "A; B",
    "甲；乙，丙",
    "orders = 3",
    " both ends ",
    "one\ntwo\r\nthree",
    "tab\there",
    "bell\x07",
    "_x0041_ \x85 \ufffe",
    "12",
    "int 3",
    "'apostrophe",
    "🏭 factory",
)
_WORDS = (*_NASTY, "车间设备联网", "Equipment on the network")
_DECIMALS = ("0", "5", "5.0", "1.67", "-0.500", "100000000000000000")
_NAMES = ("a", "b", "c1", "A", "B", "1", "x_1", "a.b", "2025", "x-y", "1.0.0", "2.13.7")
_DEEP, _DEEP_WHOLE = 7, 11
"""Below so many records and lists inside each other, only what must be there is."""
_FLAT = 4
"""Down to here lists have up to two entries, so that order matters."""


def rubric_data(*, whole: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Return the data of rubrics; with `whole` every field of every model is there.

    Drawn from a number, so that a failing case is made smaller quickly.
    """
    return st.integers(0, 10**9).map(lambda seed: drawn_rubric(seed, whole=whole))


def drawn_rubric(seed: int, *, whole: bool = False) -> dict[str, Any]:
    """Return the data of one rubric."""
    random = Random(seed)  # noqa: S311 (nothing secret)
    drawing = _Drawing(random, whole=whole)
    drawing.turn = seed
    found = drawing.value(rubric_schema(), 0)
    assert isinstance(found, dict)
    return found


class _Drawing:
    """Follows the schema."""

    def __init__(self, random: Random, *, whole: bool) -> None:
        self.random = random
        self.whole = whole
        self.turn = 0
        self.turns = Counter[str]()
        self.deep = _DEEP_WHOLE if whole else _DEEP

    def value(self, node: Node, depth: int) -> Any:
        if "$ref" in node:
            found: Any = rubric_schema()["$defs"]
            return self.value(found[node["$ref"].rpartition("/")[2]], depth)
        for choice in ("anyOf", "oneOf"):
            if choice in node:
                return self._one_of(node[choice], depth)
        if "const" in node:
            return node["const"]
        if "enum" in node:
            return self.random.choice(node["enum"])
        return self._typed(node, depth)

    def _one_of(self, nodes: list[Node], depth: int) -> Any:
        said = [node for node in nodes if node.get("type") != "null"]
        chosen = self.random.choice(nodes)
        if self.whole and depth < self.deep:
            # In turn, so that a few rubrics hold every kind.
            name = str(said)
            chosen = said[(self.turn + self.turns[name]) % len(said)]
            self.turns[name] += 1
        return None if chosen.get("type") == "null" else self.value(chosen, depth)

    def _typed(self, node: Node, depth: int) -> Any:
        if "properties" in node:
            return self._record(node, depth + 1)
        kinds: dict[Any, Callable[[], Any]] = {
            "object": lambda: self._map(node, depth),
            "array": lambda: self._list(node, depth),
            "string": lambda: self._text(node),
            "integer": lambda: self.random.randint(node.get("minimum", 0), node.get("maximum", 9)),
            "boolean": lambda: self.random.random() < 0.5,
        }
        return kinds.get(node.get("type"), self._anything)()

    def _record(self, node: Node, depth: int) -> dict[str, Any]:
        required = set(node.get("required", ()))
        return {
            name: self.value(below, depth)
            for name, below in node["properties"].items()
            if name in required
            or (depth <= self.deep and (self.whole or self.random.random() < 0.5))
        }

    def _said(self) -> bool:
        """Whether something that need not be said is said."""
        return self.whole or self.random.random() < 0.5

    def _map(self, node: Node, depth: int) -> dict[str, Any]:
        patterns = node.get("patternProperties")
        below = next(iter(patterns.values())) if patterns else node.get("additionalProperties")
        keys = ["a", "a.b", "2025", *([] if patterns else ["键", 'a"b'])]
        keys = node.get("propertyNames", {}).get("enum", keys)
        chosen = self.random.sample(keys, self.random.randint(int(self.whole), 2))
        return {
            key: self.value(below, depth + 1) if isinstance(below, Mapping) else self._anything()
            for key in chosen
        }

    def _list(self, node: Node, depth: int) -> list[Any]:
        least = max(node.get("minItems", 0), int(self.whole and depth < self.deep))
        most = max(least, 2 if depth < _FLAT else int(depth < self.deep))
        return [
            self.value(node["items"], depth + 1) for _ in range(self.random.randint(least, most))
        ]

    def _text(self, node: Node) -> str:
        pattern = node.get("pattern")
        if pattern is None:
            return self.random.choice(_WORDS)
        fitting = [word for word in (*_DECIMALS, *_NAMES) if re.search(pattern, word)]
        return self.random.choice(fitting)

    def _anything(self, depth: int = 0) -> Any:
        kind = self.random.randint(0, 3 if depth > 1 else 5)
        if kind == 4:
            return [self._anything(depth + 1) for _ in range(self.random.randint(0, 2))]
        if kind == 5:
            return {
                self.random.choice(_WORDS): self._anything(depth + 1)
                for _ in range(self.random.randint(0, 2))
            }
        return self.random.choice([self.random.choice(_WORDS), True, None, -3])
