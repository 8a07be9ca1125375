"""CSV for spreadsheets and Parquet for query engines, both from the same grids.

CSV cells that a spreadsheet would take for a formula get an apostrophe in front. Parquet figures
are decimals, texts stay as they are; the files are partitioned by year and district.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from assessor.bureau.bulletin.grid import Grid, Kind, Value
from assessor.bureau.bulletin.reread import NotAsWrittenError
from assessor.sheets import is_formula_like, safe_text

_duckdb: Any = import_module("duckdb")  # imported by name, it carries no usable types

_TYPES: Mapping[Kind, str] = {
    "text": "VARCHAR",
    "count": "BIGINT",
    "points": "DECIMAL(18,6)",
    "difference": "DECIMAL(18,6)",
    "percent": "DECIMAL(18,6)",
}
_EXACT = Decimal("0.000001")
_BATCH = 2_000


def csv_rows(grid: Grid) -> list[list[str]]:
    """Return the rows of a grid as CSV cells: exact figures, no text that acts as a formula."""
    return [
        ["" if at in line.hidden else csv_cell(value) for at, value in enumerate(line.values)]
        for line in grid.lines
    ]


def csv_cell(value: Value) -> str:
    """Return one value as a CSV cell."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    text = safe_text(value)
    return f"'{text}" if is_formula_like(text) else text


def write_csv(grid: Grid, path: Path) -> list[list[str]]:
    """Write a grid with its keys as headings, in UTF-8 with a mark; return the rows.

    Raises `OSError` when the file cannot be written.
    """
    rows = csv_rows(grid)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.key for column in grid.columns])
        writer.writerows(rows)
    return rows


def write_parquet(grid: Grid, folder: Path, by: Sequence[str]) -> None:
    """Write a grid into `folder` (not there yet), partitioned by the columns named.

    It is read again and compared. Raises `NotAsWrittenError`, or `OSError` when the folder cannot
    be written.
    """
    with _database() as database:
        _fill(database, grid)
        order = ", ".join(_name(column.key) for column in grid.columns)
        # Without rows there is nothing to part, but the columns are told all the same.
        parts = ", ".join(_name(one) for one in by) if grid.lines else ""
        how = f", PARTITION_BY ({parts})" if parts else ""
        if not parts:
            folder.mkdir()
        target = str(folder if parts else folder / "data_0.parquet").replace("'", "''")
        database.execute(
            f"COPY (SELECT * FROM wanted ORDER BY {order}) TO '{target}'"  # noqa: S608 (own names)
            f" (FORMAT parquet, COMPRESSION zstd{how})"
        )
        _compare(database, grid, folder)


@contextmanager
def _database() -> Iterator[Any]:
    """Give a database in memory that loads no extensions and asks no network."""
    settings = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "threads": "1",
    }
    database = _duckdb.connect(":memory:", config=settings)
    try:
        yield database
    finally:
        database.close()


def _fill(database: Any, grid: Grid) -> None:
    columns = ", ".join(f"{_name(one.key)} {_TYPES[one.kind]}" for one in grid.columns)
    database.execute(f"CREATE TABLE wanted ({columns})")
    for start in range(0, len(grid.lines), _BATCH):
        rows = [_row(grid, at) for at in range(start, min(start + _BATCH, len(grid.lines)))]
        marks = ", ".join(f"({', '.join('?' * len(grid.columns))})" for _ in rows)
        flat = [value for row in rows for value in row]
        database.execute(f"INSERT INTO wanted VALUES {marks}", flat)  # noqa: S608 (marks only)


def _row(grid: Grid, at: int) -> list[Value]:
    line = grid.lines[at]
    return [
        None if place in line.hidden else _kept(value) for place, value in enumerate(line.values)
    ]


def _kept(value: Value) -> Value:
    return value.quantize(_EXACT) if isinstance(value, Decimal) else value


def _compare(database: Any, grid: Grid, folder: Path) -> None:
    pattern = str(folder / "**" / "*.parquet").replace("'", "''")
    columns = ", ".join(f"{_name(one.key)}::{_TYPES[one.kind]}" for one in grid.columns)
    found = (
        f"SELECT {columns} FROM"  # noqa: S608 (own names)
        f" read_parquet('{pattern}', hive_partitioning = true, hive_types_autocast = false)"
    )
    for one, other in (("SELECT * FROM wanted", found), (found, "SELECT * FROM wanted")):
        (left,) = database.execute(
            f"SELECT count(*) FROM ({one} EXCEPT ALL {other})"  # noqa: S608 (own names)
        ).fetchone()
        if left:
            raise NotAsWrittenError(folder, str(left))


def _name(key: str) -> str:
    return '"' + key.replace('"', '""') + '"'
