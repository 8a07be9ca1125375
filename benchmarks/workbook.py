"""How long the workbook takes, against XlsxWriter given the same cells with nothing to work out.

    python -m benchmarks.workbook

Both write the same texts, numbers, formulas and values; the bare side is handed finished formulas
and draws no look. Prints medians of one run and their ratio, and fails above the limit.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter

from assessor.assessment import Answer, Assessment, Enterprise, RubricRef
from assessor.reports.build import ReportOptions, ReportSource
from assessor.reports.build.sheets import build_sheets
from assessor.reports.document import Document, Meta
from assessor.reports.excel import write_workbook
from assessor.reports.excel_formulas import workbook_formulas
from assessor.reports.excel_layout import lay_out
from assessor.rubrics.loader import LoadedRubric, load
from assessor.rubrics.rule_models import LevelsRule, SelectionRule
from assessor.scoring import score

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.5
ROUNDS = 15
MACHINE_ROWS = [["assessor payload", "1"], ["chunk 1 of 1", "[" + "x" * 30_000 + "]"]]


def full_visit(loaded: LoadedRubric) -> Assessment:
    """A visit for the highest target with every level and selection answered."""
    rubric = loaded.rubric
    answers = {}
    for at, criterion in enumerate(rubric.every_criterion):
        rule = criterion.rule
        if isinstance(rule, LevelsRule):
            answers[criterion.id] = Answer(option=rule.options[at % len(rule.options)].key)
        elif isinstance(rule, SelectionRule):
            answers[criterion.id] = Answer(options=(rule.options[0].key,))
    return Assessment(
        id="benchmark",
        rubric=RubricRef(id=rubric.id, version=rubric.version, digest=loaded.digest),
        cycle=rubric.cycles[0].id,
        profile="discrete",
        target=rubric.targets[-1].id,
        enterprise=Enterprise(name="宁波示例精密机械有限公司"),
        answers=answers,
    )


def document(name: str) -> tuple[Document, float]:
    """The report of a full visit, and the seconds it took to word it."""
    loaded = load(ROOT / "rubrics" / f"{name}.json")
    visit = full_visit(loaded)
    card = score(loaded.rubric, visit)
    source = ReportSource(loaded.rubric, loaded.digest, visit, card, "0" * 64, "benchmark")
    started = time.process_time()
    sheets = build_sheets(source, ReportOptions())
    taken = time.process_time() - started
    meta = Meta("report", "enterprise", "zh", "0" * 64, name, "1.0.0", loaded.digest)
    return Document(meta, (), sheets), taken


def bare_cells(report: Document) -> dict[str, list[tuple[int, int, str | Decimal, Any]]]:
    """Every cell as row, column, what is written and, for a formula, its value."""
    formulas = workbook_formulas(report)
    cells: dict[str, list[tuple[int, int, str | Decimal, Any]]] = {}
    for sheet, reference, placed in lay_out(report.sheets).placed():
        cell, at = placed.cell, (placed.row, placed.column)
        if cell.formula is not None:
            entry = (*at, "=" + formulas[sheet, reference], cell.value or "")
        else:
            number = isinstance(cell.value, Decimal)
            entry = (*at, cell.value if number else cell.text, None)
        cells.setdefault(sheet, []).append(entry)
    return cells


def write_bare(cells: dict[str, list[tuple[int, int, str | Decimal, Any]]]) -> None:
    """Write the cells and the machine rows with XlsxWriter alone."""
    book = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
    for title, entries in cells.items():
        sheet = book.add_worksheet(title)
        for row, column, content, value in entries:
            if value is not None:
                sheet.write_formula(row, column, content, None, value)
            elif isinstance(content, Decimal):
                sheet.write_number(row, column, content)
            elif content:
                sheet.write_string(row, column, content)
    machine = book.add_worksheet("machine")
    for number, texts in enumerate(MACHINE_ROWS):
        for column, text in enumerate(texts):
            machine.write_string(number, column, text)
    book.close()


def seconds(work: Callable[[], None]) -> float:
    """How long one call keeps a processor busy; others on the machine do not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> int:
    """Print the ratio for both rubrics; 1 when one is above the limit."""
    worst = 0.0
    for name in ("digital_workshop", "future_factory"):
        report, wording = document(name)
        cells = bare_cells(report)
        write, beside = partial(write_workbook, report), partial(write_bare, cells)
        ours, bare = [], []
        for _ in range(ROUNDS):  # in turns, so that both meet the same machine
            ours.append(seconds(partial(write, BytesIO(), MACHINE_ROWS)))
            bare.append(seconds(beside))
        ratio = median(ours) / median(bare)
        worst = max(worst, ratio)
        count = sum(len(entries) for entries in cells.values())
        formulas = sum(entry[3] is not None for part in cells.values() for entry in part)
        print(
            f"{name}: {count} cells, {formulas} formulas; written {median(ours) * 1000:.0f} ms,"
            f" bare {median(bare) * 1000:.0f} ms, ratio {ratio:.2f} (limit {LIMIT});"
            f" worded before in {wording * 1000:.0f} ms"
        )
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
