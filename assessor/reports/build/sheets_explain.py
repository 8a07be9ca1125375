"""Every item in words: what was answered, which descriptor that is, why it gives what it gives."""

from __future__ import annotations

from decimal import Decimal

from assessor.assessment import Answer
from assessor.reports.build.sheets_answers import title_of
from assessor.reports.build.sheets_cells import WHOLE, constant
from assessor.reports.build.sheets_tables import table_of
from assessor.reports.build.sheets_words import Words
from assessor.reports.build.source import ReportSource
from assessor.reports.table import Cell, Row, Table
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    Option,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules.card import ItemScore
from assessor.rules.explain import explain_item
from assessor.rules.run import answer_token


def explanation_table(source: ReportSource, words: Words) -> Table:
    """Return the table; it tells the state of the export and does not follow changes."""
    rows = [row for item in source.card.items for row in _rows(item, source, words)]
    return table_of("explanation", words, rows)


def _rows(item: ItemScore, source: ReportSource, words: Words) -> list[Row]:
    explained = explain_item(source.rubric, source.card, item)
    basis = words(f"workbook.basis_{explained.basis}")
    repeated = item.keys != (item.criterion.id,)
    parts = explained.children if repeated else (explained,)
    visit, rows = source.assessment, []
    for key, answer, part in zip(item.keys, item.answers, parts, strict=True):
        rows.append(
            Row(
                (
                    Cell(item.criterion.number),
                    Cell(title_of(visit, item.criterion, key, words)),
                    Cell(words.token(answer_token(answer)) if answer else ""),
                    Cell(descriptor(item.criterion, answer, visit.profile, words)),
                    Cell(words.of(part.rule)),
                    Cell(note_of(answer, words)),
                    constant(Decimal(len(item.evidence)), WHOLE),
                    Cell(basis, tone="muted"),
                )
            )
        )
    return rows


def descriptor(criterion: Criterion, answer: Answer | None, profile: str, words: Words) -> str:
    """Return the words of the rubric for what was answered, one line for each option."""
    if answer is None or answer.na:
        return ""
    match criterion.rule:
        case LevelsRule() | LookupRule() as rule:
            chosen = [option for option in rule.options if option.key == answer.option]
            return "\n".join(_option(option, profile, words) for option in chosen)
        case SelectionRule() as rule:
            several = [option for option in rule.options if option.key in (answer.options or ())]
            return "\n".join(
                f"{option.key} {_option(option, profile, words)}" for option in several
            )
        case ChecklistRule() as rule:
            ticked = [entry for entry in rule.items if entry.key in (answer.options or ())]
            return "\n".join(f"{entry.key} {words.of(entry.text)}" for entry in ticked)
        case YesNoRule() as rule:
            return words.of(rule.yes if answer.option == "yes" else rule.no)
        case QuantityRule() as rule:
            return words.of(rule.measure.formula_text)


def _option(option: Option, profile: str, words: Words) -> str:
    return words.of(option.text_by_profile.get(profile, option.text))


def note_of(answer: Answer | None, words: Words) -> str:
    """Return what was noted beside an answer, a line for each thing; empty for none."""
    if answer is None:
        return ""
    lines = [
        words("workbook.note_reason", text=answer.reason) if answer.reason else "",
        words("workbook.note_other", text=answer.other) if answer.other else "",
        answer.note,
        words(f"workbook.confidence_{answer.confidence}") if answer.confidence else "",
    ]
    return "\n".join(line for line in lines if line)
