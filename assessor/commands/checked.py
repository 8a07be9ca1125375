"""A changed record held against its model; what was not changed stays the very same objects.

A record can hold thousands of rows of a table. Those that were checked before are not checked
again, and whoever compares two records finds at once what is the same in both.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from assessor.assessment import Assessment, TableRow
from assessor.rules.same_rows import same_ends

_TABLES = "tables"
Tables = Mapping[str, tuple[TableRow, ...]]


def checked(before: Assessment, fields: Mapping[str, object]) -> Assessment:
    """Return `before` with other `fields`, each checked by the record's model.

    The fields of a record do not depend on each other, so those that are as before need no check.
    Raises pydantic's `ValidationError`.
    """
    touched = {name for name, value in fields.items() if value is not getattr(before, name)}
    tables = fields[_TABLES] if _TABLES in touched else None
    apart = {_TABLES} if isinstance(tables, Mapping) else set()
    given = {
        name: value
        for name, value in fields.items()
        if (name in touched or _required(name)) and name not in apart
    }
    model = Assessment.model_validate(given)
    new: dict[str, object] = {name: getattr(model, name) for name in touched - apart}
    if isinstance(tables, Mapping):
        new[_TABLES] = _checked_tables(before, tables)
    return before.model_copy(update=new)


def _required(name: str) -> bool:
    return Assessment.model_fields[name].is_required()


def _checked_tables(before: Assessment, tables: Mapping[str, object]) -> Tables:
    """Return tables whose rows have been checked, those between the ones that stayed."""
    ends = {
        name: same_ends(before.tables.get(name, ()), rows)
        for name, rows in tables.items()
        if isinstance(rows, tuple)
    }
    new = {name: _between(rows, *ends.get(name, (0, 0))) for name, rows in tables.items()}
    try:
        read = _validated(before, new)
    except ValidationError:
        # Once more as a whole: the refusal then names the row by its place in the table.
        return _validated(before, tables)
    return {
        name: _around(tables[name], rows, *ends.get(name, (0, 0))) for name, rows in read.items()
    }


def _validated(before: Assessment, tables: Mapping[str, object]) -> Tables:
    required = {name: value for name, value in before if _required(name)}
    return Assessment.model_validate({**required, _TABLES: tables}).tables


def _between(rows: object, head: int, tail: int) -> object:
    return rows[head : len(rows) - tail] if isinstance(rows, tuple) else rows


def _around(rows: object, read: tuple[TableRow, ...], head: int, tail: int) -> tuple[TableRow, ...]:
    """Return the rows that stayed around those that were read."""
    if not isinstance(rows, tuple):
        return read
    return (*rows[:head], *read, *rows[len(rows) - tail :])
