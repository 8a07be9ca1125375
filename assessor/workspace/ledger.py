"""Tables of a visit, such as the equipment ledger, taken from a workbook or a CSV file."""

from __future__ import annotations

from pathlib import Path

from assessor.assessment import TableRow
from assessor.commands.answers import set_table
from assessor.errors import AssessorError
from assessor.exchange.ledger import read_ledger
from assessor.i18n import message
from assessor.rubrics.criterion import Table
from assessor.workspace.visits import OpenVisit


def import_table(visit: OpenVisit, path: Path, name: str | None = None) -> tuple[TableRow, ...]:
    """Replace a table of the visit with the rows of a file, in one durable step.

    `name` is needed only where the rubric has several tables. Raises `ProblemsError` with the cell
    of everything wrong; nothing is changed then.
    """
    table = _table(visit, name)
    rows = read_ledger(path, table)
    visit.do(set_table(table.id, rows))
    return rows


def _table(visit: OpenVisit, name: str | None) -> Table:
    tables = visit.loaded.rubric.tables
    for table in tables:
        if name in (None, table.id):
            return table
    known = ", ".join(table.id for table in tables) or "-"
    raise AssessorError(message("visit.no_table", table=name or "-", known=known))
