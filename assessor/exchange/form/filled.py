"""From the cells of filled-in rows to data in the answer format, remembering every cell.

The rubric says what a row's cell holds, never the workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from assessor.errors import Problem
from assessor.exchange.form import other_rows
from assessor.exchange.form.entries import (
    EntryError,
    choice_of,
    code_of,
    confidence_of,
    date_of,
    month_of,
    number_of,
    words_of,
    yes_no_of,
)
from assessor.exchange.form.rows import (
    CONFIDENCE_COLUMN,
    ENTRY_COLUMN,
    KEY_COLUMN,
    REMARK_COLUMN,
    EntryKind,
)
from assessor.i18n import message
from assessor.rubrics.gates import FormulaCheck
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    Measure,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.sheets import Cell, Sheet, cell_name

Read = Callable[[Cell | None], object]
Slots = dict[str, Read]

_BY_KIND: Final[dict[EntryKind, Read]] = {
    "yes": yes_no_of,
    "yes_no": yes_no_of,
    "number": number_of,
    "whole": number_of,
    "date": date_of,
    "month": month_of,
    "text": words_of,
    "code": code_of,
}


def slots_of(rubric: Rubric) -> Slots:
    """Return how the entry cell of each row a rubric can have is read, by the row's key."""
    slots: Slots = {}
    for item in rubric.every_criterion:
        slots |= _rule_slots(item.rule, f"answers/{item.id}")
        slots[f"answers/{item.id}/na"] = yes_no_of
    for indicator in rubric.indicators:
        slots |= _measure_slots(indicator, f"indicators/{indicator.id}")
    for gate in rubric.gates:
        key = f"gates/{gate.id}"
        slots |= {f"{key}/pass": yes_no_of, f"{key}/note": _nothing}
        if isinstance(gate.check, FormulaCheck):
            kinds = {entry.id: entry.type for entry in gate.check.inputs}
            slots |= {f"{key}/inputs/{name}": _BY_KIND[kind] for name, kind in kinds.items()}
    return slots | _record_slots(rubric)


def _rule_slots(rule: object, key: str) -> Slots:
    match rule:
        case LevelsRule() | LookupRule():
            keys = [option.key for option in rule.options]
            return {f"{key}/option": lambda cell: choice_of(cell, keys)}
        case YesNoRule():
            return {f"{key}/option": _yes_no_option}
        case ChecklistRule():
            items = [item.key for item in rule.items]
        case SelectionRule():
            items = [option.key for option in rule.options]
        case QuantityRule():
            return _measure_slots(rule.measure, key)
    return {f"{key}/note": _nothing, **{f"{key}/items/{item}": yes_no_of for item in items}}


def _yes_no_option(cell: Cell | None) -> object:
    said = yes_no_of(cell)
    return "" if said is None else names.YES if said else names.NO


def _nothing(cell: Cell | None) -> object:
    """Read the cell beside a question that is answered in the rows below."""
    if words_of(cell):
        raise EntryError(message("import.cell_locked"), message("import.cell_locked_fix"))
    return ""


def _measure_slots(measure: Measure, key: str) -> Slots:
    slots: Slots = {f"{key}/inputs/{entry.id}": number_of for entry in measure.inputs}
    return slots | {
        f"{key}/note": _nothing,
        f"{key}/no_baseline": yes_no_of,
        f"{key}/industry": yes_no_of,
    }


def _record_slots(rubric: Rubric) -> Slots:
    kinds: dict[str, EntryKind] = {
        **{f"enterprise/{name}": kind for name, kind in other_rows.ENTERPRISE_FIELDS.items()},
        **{f"visit/{name}": kind for name, kind in other_rows.VISIT_FIELDS.items()},
        **{f"filled/{name}": kind for name, kind in other_rows.FILLED_FIELDS.items()},
    }
    types = [one.id for one in rubric.application_types]
    slots: Slots = {key: _BY_KIND[kind] for key, kind in kinds.items() if kind in _BY_KIND}
    slots["visit/application_type"] = lambda cell: choice_of(cell, types)
    for name, (_, kind) in other_rows.form_fields(rubric).items():
        slots[f"enterprise/form/{name}"] = _yes_no_option if kind == "yes_no" else _BY_KIND[kind]
    return slots


@dataclass(frozen=True)
class Filled:
    """One row that was filled in: its entry, confidence and remark, and the cells they stand in."""

    entry: object
    confidence: str
    remark: str
    cells: Mapping[int, str]

    @property
    def blank(self) -> bool:
        """Whether nothing was entered."""
        return self.entry == "" and not self.confidence and not self.remark


@dataclass
class FilledForm:
    """The filled rows of a workbook by key; faults of single cells are in `problems`."""

    rubric: Rubric
    rows: dict[str, Filled] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._slots = slots_of(self.rubric)
        self._seen: dict[str, str] = {}

    def read(self, sheet: Sheet) -> None:
        """Read the rows of a sheet; sheets without keys are none of ours and say nothing."""
        rows = sheet.rows()
        keyed = [at for at, cells in rows.items() if KEY_COLUMN in cells]
        if not keyed:
            return
        for at, cells in rows.items():
            if at >= min(keyed):
                self._row(sheet.name, at, cells)

    def _row(self, sheet: str, at: int, cells: Mapping[int, Cell]) -> None:
        key = cells[KEY_COLUMN].text if KEY_COLUMN in cells else ""
        where = {
            column: f"{sheet}!{cell_name(at, column)}"
            for column in (ENTRY_COLUMN, CONFIDENCE_COLUMN, REMARK_COLUMN)
        }
        if key not in self._slots:
            if key or any(cells[column].text for column in where if column in cells):
                self._fault("row_unknown", where[ENTRY_COLUMN], key=key[:60])
            return
        if key in self._seen:
            self._fault("row_repeated", where[ENTRY_COLUMN], first=self._seen[key])
            return
        self._seen[key] = where[ENTRY_COLUMN]
        entry = self._read(self._slots[key], cells, ENTRY_COLUMN, where)
        row = Filled(
            "" if entry is None else entry,
            str(self._read(confidence_of, cells, CONFIDENCE_COLUMN, where) or ""),
            str(self._read(words_of, cells, REMARK_COLUMN, where) or ""),
            where,
        )
        self.rows[key] = row

    def _read(
        self, read: Read, cells: Mapping[int, Cell], column: int, where: Mapping[int, str]
    ) -> object:
        try:
            return read(cells.get(column))
        except EntryError as fault:
            self.problems.append(Problem(fault.text, place=where[column], fix=fault.fix))
            return None

    def _fault(self, name: str, place: str, **values: object) -> None:
        text = message(f"import.{name}", **values)
        self.problems.append(Problem(text, place=place, fix=message("import.row_unknown_fix")))
