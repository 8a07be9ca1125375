"""The options by which commands of the bureau choose visits, and how they print a grid."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import Console
from assessor.cli.table import table_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessor.workspace.bureau_statistics import Grid

Register = Annotated[Path, typer.Argument(help="cli.bureau_file", metavar="REGISTER")]
Rubric = Annotated[str, typer.Option("--rubric", help="cli.bureau_rubric")]
Cycle = Annotated[str, typer.Option("--cycle", help="cli.bureau_cycle")]
District = Annotated[str, typer.Option("--district", help="cli.bureau_district")]
Year = Annotated[int | None, typer.Option("--year", help="cli.bureau_year")]
Text = Annotated[str, typer.Option("--text", help="cli.bureau_text")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def show_grid(grid: Grid, console: Console) -> None:
    """Print a grid in columns that line up, figures to the right, then its notes."""
    from assessor.workspace.bureau_statistics import shown

    console.line(grid.title)
    rows = [[column.header for column in grid.columns]]
    for line in grid.lines:
        cells = zip(line.values, grid.columns, strict=True)
        rows.append(
            [
                shown(value, column.kind, console.language, hidden=at in line.hidden)
                for at, (value, column) in enumerate(cells)
            ]
        )
    right = frozenset(at for at, column in enumerate(grid.columns) if column.kind != "text")
    for words in table_lines(rows, right):
        console.line(words)
    for note in grid.notes:
        console.line(console.pick(note))


def grid_data(grid: Grid, ids: Mapping[int, str], console: Console) -> dict[str, object]:
    """Return a grid as data: figures as exact text, withheld ones absent, visits by id."""
    rows = [
        {
            **{
                column.key: str(value) if isinstance(value, Decimal) else value
                for at, (value, column) in enumerate(zip(line.values, grid.columns, strict=True))
                if at not in line.hidden
            },
            "withheld": [grid.columns[at].key for at in sorted(line.hidden)],
            "visit_ids": [] if line.hidden else [ids[one] for one in line.visits if one in ids],
        }
        for line in grid.lines
    ]
    notes = [console.pick(note) for note in grid.notes]
    return {"name": grid.name, "title": grid.title, "rows": rows, "notes": notes}
