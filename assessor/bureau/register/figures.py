"""The figures of a visit packed into one row, so that a whole city is summed in one pass.

A visit has a figure for every criterion and dimension of its rubric. Kept as rows of their own,
ten thousand visits make a million rows that take longer to read than everything else together;
packed, a visit is one row of whole numbers (millionths of a point) in the order of its `Shape`,
which visits of one rubric share.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from decimal import Decimal

from assessor.bureau.records import VisitRecord
from assessor.bureau.register.queries import millionths
from assessor.canonical import canonical_json

NONE = -(2**63)
"""Stands for a figure that does not exist."""
ITEM_BLOCKS = ("points", "maximum", "self_points", "required")
"""What is packed of every criterion, block after block; then the dimensions follow."""
DIMENSION_BLOCKS = ("points", "maximum")


@dataclass(frozen=True, slots=True)
class Shape:
    """Which criteria and dimensions the packed figures are of, in this order."""

    items: tuple[str, ...]
    dimensions: tuple[str, ...]

    def to_text(self) -> str:
        """Return the shape as text; equal shapes have equal texts."""
        return canonical_json({"items": list(self.items), "dimensions": list(self.dimensions)})

    @property
    def size(self) -> int:
        """How many numbers a visit of this shape has."""
        items = len(ITEM_BLOCKS) * len(self.items)
        return items + len(DIMENSION_BLOCKS) * len(self.dimensions)


def shape_of(record: VisitRecord) -> Shape:
    """Return the shape of a record."""
    return Shape(tuple(sorted(record.items)), tuple(sorted(record.dimensions)))


def shape_from_text(text: str) -> Shape:
    """Return the shape in `text`; raises `ValueError`, `KeyError` or `TypeError` for others."""
    data = json.loads(text)
    return Shape(tuple(data["items"]), tuple(data["dimensions"]))


def packed(record: VisitRecord, shape: Shape) -> bytes:
    """Return the figures of a record in the order of its shape."""
    items = [record.items[name] for name in shape.items]
    dimensions = [record.dimensions[name] for name in shape.dimensions]
    numbers = [
        *(_kept(item.points) for item in items),
        *(_kept(item.maximum) for item in items),
        *(_kept(record.self_scores.get(name)) for name in shape.items),
        *(int(item.required) for item in items),
        *(_kept(one.points) for one in dimensions),
        *(_kept(one.maximum) for one in dimensions),
    ]
    return struct.pack(f"<{len(numbers)}q", *numbers)


def nearest(record: VisitRecord) -> int | None:
    """Return how near the nearest line is, in millionths; `None` when no line is near."""
    return min((millionths(abs(one.distance)) or 0 for one in record.near_lines), default=None)


def _kept(value: Decimal | None) -> int:
    kept = millionths(value)
    return NONE if kept is None else kept
