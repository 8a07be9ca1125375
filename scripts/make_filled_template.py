"""Make the filled-in workbook of the samples anew; needed whenever a rubric has changed.

Fills the generated template with a sample's enterprise, own answers, gates and ledger, as an
enterprise would do by hand, and writes it as `self-assessment.xlsx` into the sample's folder.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from assessor.exchange.form.rows import (
    CONFIDENCE_COLUMN,
    ENTRY_COLUMN,
    KEY_COLUMN,
    REMARK_COLUMN,
)
from assessor.exchange.template import template_workbook
from assessor.rubrics.catalog import get
from assessor.rubrics.rule_models import ChecklistRule

Entry = str | int | Decimal | date

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "auto-parts"
CONFIDENCES = {"high": "高", "medium": "中", "low": "低"}
YES, NO = "是", "否"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def main() -> None:
    """Write the workbook."""
    frame, own = _json("sample.json"), _json("self.json")
    loaded = get(frame["rubric"])
    content = template_workbook(loaded, frame["profile"], frame["target"], "zh")
    book = load_workbook(BytesIO(content))
    checklists = {
        item.id: [entry.key for entry in item.rule.items]
        for item in loaded.rubric.every_criterion
        if isinstance(item.rule, ChecklistRule)
    }
    cells = dict(_answers(own["answers"], checklists)) | dict(_records(frame))
    for sheet in book.worksheets:
        for row in range(1, sheet.max_row + 1):
            key = str(sheet.cell(row, KEY_COLUMN).value)
            for column, value in cells.pop(key, {}).items():
                sheet.cell(row, column).value = value
    if cells:
        raise SystemExit(f"no cell for {sorted(cells)}")
    _fill_ledger(book["设备台账"])
    book.save(SAMPLE / "self-assessment.xlsx")


def _json(name: str) -> Any:
    return json.loads((SAMPLE / name).read_text(encoding="utf-8"))


def _answers(
    answers: Mapping[str, Any], checklists: Mapping[str, list[str]]
) -> Iterator[tuple[str, dict[int, Entry]]]:
    for item, answer in answers.items():
        key = f"answers/{item}"
        remarks: dict[int, Entry] = {}
        if "note" in answer:
            remarks[REMARK_COLUMN] = answer["note"]
        if "confidence" in answer:
            remarks[CONFIDENCE_COLUMN] = CONFIDENCES[answer["confidence"]]
        if "option" in answer:
            word = {"yes": YES, "no": NO}.get(answer["option"], answer["option"])
            yield f"{key}/option", {ENTRY_COLUMN: word, **remarks}
            continue
        if remarks:
            yield f"{key}/note", remarks
        for name, value in answer.get("inputs", {}).items():
            yield f"{key}/inputs/{name}", {ENTRY_COLUMN: Decimal(value)}
        if answer.get("no_baseline"):
            yield f"{key}/no_baseline", {ENTRY_COLUMN: YES}
        for entry in checklists.get(item, ()):
            word = YES if entry in answer["options"] else NO
            yield f"{key}/items/{entry}", {ENTRY_COLUMN: word}


def _records(frame: Mapping[str, Any]) -> Iterator[tuple[str, dict[int, Entry]]]:
    visit, made = _json("visit.json"), frame["self_assessment"]
    for name, value in visit["enterprise"].items():
        if isinstance(value, dict):
            for part, words in value.items():
                yield f"enterprise/{name}/{part}", {ENTRY_COLUMN: words}
        else:
            yield f"enterprise/{name}", {ENTRY_COLUMN: value}
    yield "visit/project_name", {ENTRY_COLUMN: visit["visit"]["project_name"]}
    yield "visit/workshop", {ENTRY_COLUMN: visit["visit"]["workshop"]}
    yield "filled/by", {ENTRY_COLUMN: made["by"]}
    yield "filled/on", {ENTRY_COLUMN: date.fromisoformat(made["made_on"])}
    for gate, answer in visit["gates"].items():
        if answer.get("pass"):
            yield f"gates/{gate}/pass", {ENTRY_COLUMN: YES}


def _fill_ledger(sheet: Any) -> None:
    heads = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[3] if cell.value}
    with (SAMPLE / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 4):
            for head, value in row.items():
                sheet.cell(number, heads[head]).value = _cell(value)


def _cell(text: str) -> Entry:
    try:
        return Decimal(text)
    except InvalidOperation:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else text


if __name__ == "__main__":
    main()
