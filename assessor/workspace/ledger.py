"""Tables of a visit, such as the equipment ledger, taken from a workbook or a CSV file."""

from __future__ import annotations

from pathlib import Path

from assessor.assessment import Answer, Assessment
from assessor.commands.answers import set_answers, set_table
from assessor.commands.edit import Edit
from assessor.exchange.ledger import ImportedTable, read_ledger
from assessor.formulas import columns, parse
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import QuantityRule
from assessor.workspace.visits import OpenVisit


def import_table(visit: OpenVisit, path: Path, name: str | None = None) -> ImportedTable:
    """Replace a table of the visit with the rows of a file, in one durable step.

    Items that are measured by this table alone and have no answer yet are answered by it. `name` is
    needed only where the rubric has several tables. Raises `ProblemsError` with the cell of
    everything wrong; nothing is changed then.
    """
    imported = read_ledger(path, visit.loaded.rubric, name)
    edit = set_table(imported.table, imported.rows)
    answered = answered_by(visit.loaded.rubric, visit.assessment, imported.table)
    if imported.rows and answered:
        answers = set_answers(dict.fromkeys(answered, Answer(inputs={})))
        edit = Edit((*edit.changes, *answers.changes), edit.description)
    visit.do(edit)
    return imported


def answered_by(rubric: Rubric, assessment: Assessment, table: str) -> tuple[str, ...]:
    """Return the open items asked in this visit whose inputs all come from `table`."""
    repeated = {item for repeat in rubric.repeats for item in repeat.criteria}
    return tuple(
        criterion.id
        for criterion in rubric.criteria_for(assessment.profile)
        if criterion.id not in assessment.answers
        and criterion.id not in repeated
        and assessment.target in criterion.asked
        and _measured_by(criterion, table)
    )


def _measured_by(criterion: Criterion, table: str) -> bool:
    rule = criterion.rule
    if not isinstance(rule, QuantityRule):
        return False
    formulas = [item.from_table for item in rule.measure.inputs]
    return all(
        formula is not None and {column.table for column in columns(parse(formula))} == {table}
        for formula in formulas
    )
