"""Tables of a visit, such as the equipment ledger, taken from a workbook or a CSV file."""

from __future__ import annotations

from pathlib import Path

from assessor.commands.answers import set_table
from assessor.exchange.ledger import ImportedTable, read_ledger
from assessor.workspace.visits import OpenVisit


def import_table(visit: OpenVisit, path: Path, name: str | None = None) -> ImportedTable:
    """Replace a table of the visit with the rows of a file, in one durable step.

    `name` is needed only where the rubric has several tables. Raises `ProblemsError` with the cell
    of everything wrong; nothing is changed then.
    """
    imported = read_ledger(path, visit.loaded.rubric, name)
    visit.do(set_table(imported.table, imported.rows))
    return imported
