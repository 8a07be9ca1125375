"""The shape of every table of the workbook in one place: its columns, which the dictionary lists.

A column's header is the catalogue's `col_<key>` and its meaning `col_<key>_means`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.reports.build.sheets_words import Words
from assessor.reports.table import Align, Cell, Column, Row, RowStyle, Table

SPACE = "space"
"""A column without a header."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One column: the catalogue's key, its width relative to the others, its alignment."""

    key: str
    weight: int
    align: Align = "left"


SHAPES: Mapping[str, tuple[Shape, ...]] = {
    "verdict": (
        Shape("part", 30),
        Shape("found", 20, "right"),
        Shape("most", 14, "right"),
        Shape("remark", 56),
    ),
    "dimensions": (
        Shape("dimension", 30),
        Shape("points", 20, "right"),
        Shape("maximum", 14, "right"),
        Shape("share", 56),
    ),
    "form_dimensions": (
        Shape("dimension", 30),
        Shape("answered", 20, "right"),
        Shape("asked", 14, "right"),
    ),
    "form": (
        Shape("number", 7),
        Shape("title", 34),
        Shape("answer", 11, "center"),
        Shape("choices", 16),
        Shape("figure", 14, "right"),
        Shape("unit", 12, "center"),
        Shape("baseline", 27),
        Shape("target", 28),
        Shape("distance", 14, "right"),
        Shape("way", 12, "right"),
        Shape("target_state", 12, "center"),
    ),
    "detail": (
        Shape("number", 7),
        Shape("title", 32),
        Shape("dimension", 18),
        Shape("answer", 11, "center"),
        Shape("choices", 19),
        Shape("points", 10, "right"),
        Shape("maximum", 10, "right"),
        Shape("lowest", 10, "right"),
        Shape("highest", 10, "right"),
        Shape("tier", 14, "center"),
    ),
    "live": (
        Shape(SPACE, 7),
        Shape("part", 34),
        Shape("result", 18),
        Shape("answered", 11, "center"),
        Shape("asked", 15, "center"),
        Shape("points", 10, "right"),
        Shape("maximum", 10, "right"),
        Shape("lowest", 10, "right"),
        Shape("highest", 10, "right"),
    ),
    "outcomes": (
        Shape(SPACE, 7),
        Shape("reading", 34),
        Shape("weighs", 18),
        Shape("state", 11, "center"),
        Shape("line", 15, "right"),
        Shape("current", 10, "right"),
        Shape("maximum", 10, "right"),
        Shape("lowest", 10, "right"),
        Shape("highest", 10, "right"),
    ),
    "inputs": (
        Shape("number", 7),
        Shape("title", 30),
        Shape("input", 44),
        Shape("value", 14, "right"),
        Shape("unit", 10, "center"),
        Shape("origin", 34),
    ),
    "gates": (
        Shape("gate", 24),
        Shape("question", 50),
        Shape("severity", 12, "center"),
        Shape("blocks", 12, "center"),
        Shape("gate_state", 10, "center"),
        Shape("reason", 34),
        Shape("basis", 12, "center"),
    ),
    "evidence": (
        Shape("evidence", 10),
        Shape("kind", 10, "center"),
        Shape("file_name", 28),
        Shape("caption", 34),
        Shape("criteria", 18),
        Shape("about", 12, "center"),
        Shape("person", 10),
        Shape("size", 10, "right"),
        Shape("sha256", 34),
    ),
    "findings": (
        Shape("finding", 10),
        Shape("number", 8),
        Shape("finding_text", 46),
        Shape("finding_severity", 10, "center"),
        Shape("clause", 18),
        Shape("owner", 12),
        Shape("due", 12, "center"),
        Shape("finding_state", 10, "center"),
        Shape("evidence_ids", 18),
        Shape("recheck_ids", 18),
    ),
    "explanation": (
        Shape("number", 7),
        Shape("title", 26),
        Shape("given", 12, "center"),
        Shape("descriptor", 44),
        Shape("why", 34),
        Shape("note", 30),
        Shape("pieces", 10, "right"),
        Shape("basis", 12, "center"),
    ),
    "words": (Shape("word", 18), Shape("means", 60)),
    "columns": (Shape("sheet", 18), Shape("column", 60), Shape("means", 60)),
    "sources": (Shape("source", 18), Shape("source_title", 60), Shape("source_kind", 60)),
}


def columns_of(table: str, words: Words, *, without: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return the columns of a table of `SHAPES`, some left out."""
    return tuple(
        Column(_header(shape.key, words), Decimal(shape.weight), shape.align)
        for shape in SHAPES[table]
        if shape.key not in without
    )


def _header(key: str, words: Words) -> str:
    return "" if key == SPACE else words(f"workbook.col_{key}")


def table_of(name: str, words: Words, rows: Sequence[Row], caption: str = "") -> Table:
    """Return a table of `SHAPES`."""
    return Table(columns_of(name, words), tuple(rows), name, caption)


def text_row(*texts: str, style: RowStyle = "body") -> Row:
    """Return a row of plain texts."""
    return Row(tuple(Cell(entry) for entry in texts), style)


def group_row(title: str) -> Row:
    """Return a heading across the whole table."""
    return Row((Cell(title, strong=True),), "group")
