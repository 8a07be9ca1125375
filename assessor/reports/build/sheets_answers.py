"""Answer cells: what may be chosen, and what stands in them."""

from __future__ import annotations

from assessor.assessment import Answer, Assessment
from assessor.reports.build.sheets_cells import Cells
from assessor.reports.build.sheets_words import Words
from assessor.reports.table import Cell
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.rules.item import ItemProgram
from assessor.rules.run import answer_token


def answer_cell(cells: Cells, leaf: ItemProgram, answer: Answer | None) -> Cell:
    """Return the changeable cell of one answer."""
    value = cells.words.token(answer_token(answer)) if answer else None
    choices = () if takes_several(leaf.criterion) else tuple(allowed(leaf, cells.words))
    return cells.answer(names.answer(leaf.key), value, choices)


def unit_name(visit: Assessment, key: str) -> str:
    """Return the name of the workshop or line an answer's key is about, empty for none."""
    _, _, unit = key.partition("@")
    known = [one for units in visit.units.values() for one in units]
    return next((one.name for one in known if one.id == unit), unit)


def title_of(visit: Assessment, criterion: Criterion, key: str, words: Words) -> str:
    """Return a criterion's title, with the unit's name where it is answered for several."""
    title, unit = words.of(criterion.title), unit_name(visit, key)
    return words("workbook.of_unit", title=title, unit=unit) if unit else title


def takes_several(criterion: Criterion) -> bool:
    """Return whether several options can be given together."""
    return isinstance(criterion.rule, SelectionRule | ChecklistRule)


def allowed(leaf: ItemProgram, words: Words) -> list[str]:
    """Return the words the answer cell may hold; of several options, each by itself."""
    match leaf.criterion.rule:
        case LevelsRule() | LookupRule() as rule:
            tokens = [option.key for option in rule.options]
        case SelectionRule() as rule:
            tokens = [*(option.key for option in rule.options), names.NONE]
        case ChecklistRule() as rule:
            tokens = [*(item.key for item in rule.items), names.NONE]
        case YesNoRule():
            tokens = [names.YES, names.NO]
        case QuantityRule() as rule:
            tokens = [names.MEASURED]
            tokens += [names.NO_BASELINE] if rule.measure.baseline else []
    tokens += [names.NOT_APPLICABLE] if leaf.exclusion else []
    return [words.token(token) for token in tokens]


def allowed_text(leaf: ItemProgram, words: Words) -> str:
    """Return what may be answered, for people."""
    listed = "/".join(allowed(leaf, words))
    return words("workbook.several", choices=listed) if takes_several(leaf.criterion) else listed
