"""Whether the rows of a table fit: types, required cells, parts within their whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.errors import Problem
from assessor.formulas import Scope, evaluate, parse
from assessor.i18n import message
from assessor.rubrics.base import decimal_from_text
from assessor.rubrics.criterion import Table
from assessor.rubrics.models import Rubric
from assessor.rules import names
from assessor.rules.gates import comparable


def check_table(
    rubric: Rubric, table_id: str, rows: tuple[dict[str, str], ...]
) -> Iterator[Problem]:
    """Yield what is wrong with the rows of a table, each with its row number from 1."""
    table = next((table for table in rubric.tables if table.id == table_id), None)
    if table is None:
        choices = ", ".join(table.id for table in rubric.tables) or "-"
        text = message("answer.unknown_table", table=table_id)
        place = f"tables.{table_id}"
        yield Problem(text, "", place, table_id, message("answer.choose_from", choices=choices))
        return
    conditions = [(parse(check.condition), check) for check in table.row_checks]
    for index, row in enumerate(rows):
        place = f"tables.{table_id}[{index}]"
        cells = _CellReader(table, row, place, index + 1)
        yield from cells.problems()
        for tree, check in conditions:
            found = evaluate(tree, Scope(values=dict(cells.values)))
            if found is False:
                text = message("answer.row_check", row=index + 1, text=check.text)
                yield Problem(text, "", place, table_id, message("answer.check_figure"))


class _CellReader:
    """One row, read column by column."""

    def __init__(self, table: Table, row: dict[str, str], place: str, number: int) -> None:
        self.table = table
        self.row = row
        self.place = place
        self.number = number
        self.values: dict[str, Decimal | str] = {}

    def problems(self) -> Iterator[Problem]:
        known = {column.id for column in self.table.columns}
        for name in self.row:
            if name not in known:
                text = message("answer.unknown_column", row=self.number, name=name)
                choices = message("answer.choose_from", choices=", ".join(sorted(known)))
                yield Problem(text, "", f"{self.place}.{name}", self.table.id, choices)
        for column in self.table.columns:
            given = self.row.get(column.id, "").strip()
            fault = self._fault(given, column.type, required=column.required)
            if fault:
                yield Problem(
                    message(f"answer.{fault}", row=self.number, name=column.name, given=given),
                    place=f"{self.place}.{column.id}",
                    subject=self.table.id,
                    fix=message("answer.check_figure"),
                )
            elif given:
                number = column.type in ("count", "number")
                self.values[column.id] = decimal_from_text(given) if number else given

    @staticmethod
    def _fault(text: str, kind: str, *, required: bool) -> str:
        if not text:
            return "cell_missing" if required else ""
        if kind == "yes_no":
            return "" if text in (names.YES, names.NO) else "cell_yes_no"
        if kind == "date":
            return "" if _is_date(text) else "cell_date"
        if kind == "text":
            return ""
        return _number_fault(text, whole=kind == "count")


def _number_fault(text: str, *, whole: bool) -> str:
    try:
        value = decimal_from_text(text)
    except ValueError:
        return "cell_number"
    if value < 0:
        return "cell_negative"
    return "cell_whole" if whole and value != value.to_integral_value() else ""


def _is_date(text: str) -> bool:
    try:
        comparable(text, "date")
    except ValueError:
        return False
    return True
