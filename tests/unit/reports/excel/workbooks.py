"""Visits, their workbooks, and the changes a reader makes in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assessor.assessment import Assessment, PlatformResult, Unit
from assessor.exchange.envelope import to_rows
from assessor.i18n import Language
from assessor.reports.build import ReportOptions, ReportSource
from assessor.reports.build.sheets import build_sheets
from assessor.reports.document import Document, Meta
from assessor.reports.excel import write_workbook
from assessor.reports.excel_layout import Placed, lay_out
from assessor.rubrics.criterion import Repeat
from assessor.rubrics.gates import DimensionFloorCheck, ResultFloorCheck
from assessor.rubrics.models import Rubric
from assessor.rubrics.provenance import Provenance
from assessor.scoring import score, shown
from assessor.sheets import Cell, read_xlsx
from assessor.sheets.cells import position_of
from tests.strategies.visits import shipped, visits

MACHINE_TEXT = '{"note":"=1+1","visit":"甲"}'
CLOSE = Decimal("1e-9")
_NINE = Decimal("1e-9")


Variant = Literal["shipped", "floors", "units"]
"""A rubric as it is; with its floors switched on; with some criteria answered for two lines."""


@cache
def rubric_of(name: str, variant: Variant) -> Rubric:
    rubric = shipped(name).rubric
    if variant == "floors":
        floors = DimensionFloorCheck | ResultFloorCheck
        gates = tuple(
            gate.model_copy(update={"default": "on"}) if isinstance(gate.check, floors) else gate
            for gate in rubric.gates
        )
        return rubric.model_copy(update={"gates": gates})
    if variant == "units":
        return rubric.model_copy(update={"repeats": (repeat_of(rubric),)})
    return rubric


def repeat_of(rubric: Rubric) -> Repeat:
    """Every third criterion that nothing else hangs on."""
    linked = {link.when for criterion in rubric.criteria for link in criterion.links}
    free = [c.id for c in rubric.criteria if not c.links and c.id not in linked]
    return Repeat(
        id="lines",
        name=rubric.short_title,
        criteria=tuple(free[::3]),
        combine="mean",
        provenance=Provenance(basis="derived"),
    )


def with_units(visit: Assessment, rubric: Rubric) -> Assessment:
    """Return the visit with two lines: the second has what the next criterion's order leaves."""
    repeated = set(rubric.repeats[0].criteria)
    answers = {key: answer for key, answer in visit.answers.items() if key not in repeated}
    for at, (key, answer) in enumerate(visit.answers.items()):
        if key in repeated:
            answers[f"{key}@a"] = answer
            if at % 3:
                answers[f"{key}@b"] = answer
    units = (Unit(id="a", name="=一号线"), Unit(id="b", name="二号线"))
    return visit.model_copy(update={"answers": answers, "units": {"lines": units}})


def source_of(name: str, visit: Assessment, variant: Variant = "shipped") -> ReportSource:
    rubric = rubric_of(name, variant)
    card = score(rubric, visit)
    return ReportSource(rubric, shipped(name).digest, visit, card, "ab" * 32, "assessor test")


def document_of(source: ReportSource, language: Language = "zh") -> Document:
    meta = Meta("评价报告", "企业", language, "ab" * 32, source.rubric.id, "1.0.0", "cd" * 32)
    return Document(meta, (), build_sheets(source, ReportOptions(language=language)))


def report(
    name: str, visit: Assessment, language: Language = "zh", variant: Variant = "shipped"
) -> Document:
    return document_of(source_of(name, visit, variant), language)


def written(document: Document, path: Path) -> Path:
    write_workbook(document, path, to_rows(MACHINE_TEXT))
    return path


# --- visits and changes ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A visit, and the same visit with other answers, gates and figures."""

    rubric: str
    before: Assessment
    after: Assessment
    language: Language
    variant: Variant

    def documents(self) -> tuple[Document, Document]:
        """The reports of both."""
        before = report(self.rubric, self.before, self.language, self.variant)
        return before, report(self.rubric, self.after, self.language, self.variant)


@st.composite
def changes(draw: st.DrawFn, name: str) -> Change:
    """Return two visits that differ in what can be changed in a workbook, nothing else."""
    before, other = draw(visits(name)), draw(visits(name, complete=draw(st.booleans())))
    rows = draw(st.integers(0, 4))
    tables = [draw(ledgers(rows)) if name == "digital_workshop" and rows else {} for _ in "ab"]
    before = before.model_copy(update={"tables": tables[0]})
    fitting = {
        key: answer
        for key, answer in other.answers.items()
        if before.profile in shipped(name).rubric.criterion_by_id[key].profiles
        and not (answer.na and other.profile != before.profile)
    }
    update = {"answers": fitting, "gates": other.gates, "tables": tables[1]}
    if draw(st.booleans()):
        update["platform_results"] = platform_results(name, draw(st.integers(60, 90)))
    after = before.model_copy(update=update)
    variant: Variant = draw(st.sampled_from(["shipped", "floors", "units"]))
    if variant == "units":
        before, after = (with_units(visit, rubric_of(name, variant)) for visit in (before, after))
    return Change(name, before, after, draw(st.sampled_from(["zh", "en"])), variant)


def platform_results(name: str, points: int) -> dict[str, PlatformResult]:
    result = PlatformResult(score=Decimal(points), issued=date(2025, 5, 1), evidence=("e1",))
    return {
        outcome.id: result
        for outcome in shipped(name).rubric.outcomes
        if outcome.platform_score is not None
    }


@st.composite
def ledgers(draw: st.DrawFn, rows: int) -> dict[str, tuple[dict[str, str], ...]]:
    """Return an equipment ledger of so many rows."""
    return {"ledger": tuple(draw(ledger_row()) for _ in range(rows))}


@st.composite
def ledger_row(draw: st.DrawFn) -> dict[str, str]:
    quantity, points = draw(st.integers(0, 9)), draw(st.integers(0, 40))
    row = {
        "asset_no": "SB-01",
        "name": draw(st.sampled_from(["=1+1", "@机床", "yes", "注塑机"])),
        "quantity": str(quantity),
        "key": draw(st.sampled_from(["yes", "no"])),
        "nc_quantity": str(draw(st.integers(0, quantity))),
        "online_quantity": str(draw(st.integers(0, quantity))),
        "required_points": str(points),
        "auto_points": str(draw(st.integers(0, points))),
    }
    return {key: value for key, value in row.items() if key == "quantity" or draw(st.booleans())}


def drawn(strategy: st.SearchStrategy[Change], count: int) -> list[Change]:
    """Return `count` examples, always the same ones."""
    found: list[Change] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(change: Change) -> None:
        found.append(change)

    collect()
    return found[:count]


# --- in the file ----------------------------------------------------------------------------------


def placed_cells(document: Document) -> Iterator[tuple[str, str, Placed]]:
    return lay_out(document.sheets).placed()


def change_answers(path: Path, after: Document, target: Path) -> Path:
    """Save a copy of the workbook in which a reader has typed the answers of `after`."""
    book = load_workbook(path)
    tables = {sheet.title for sheet in after.sheets if sheet.key.startswith("table:")}
    for sheet, reference, placed in placed_cells(after):
        cell = placed.cell
        typed = cell.answer or (sheet in tables and placed.look == "body")
        if typed and cell.formula is None:
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.text or None
            book[sheet][reference].value = value
            if isinstance(value, str):
                book[sheet][reference].data_type = "s"
    book.save(target)
    return target


def differences(path: Path, expected: Document) -> list[tuple[str, str, object, object]]:
    """Return every formula cell of the file that does not show what `expected` says."""
    book = read_xlsx(path)
    wrong: list[tuple[str, str, object, object]] = []
    for sheet, reference, placed in placed_cells(expected):
        if placed.cell.formula is None:
            continue
        known = book.sheet(sheet)
        found = known.cells.get(position_of(reference)) if known else None
        if not shows(found, placed.cell.value):
            wrong.append((sheet, placed.cell.name or reference, placed.cell.value, found))
    return wrong


def shows(found: Cell | None, value: object) -> bool:
    """Return whether a cell shows a value: nothing, a text, or a number to the same two digits."""
    if value is None:
        return found is None or found.text == ""
    if found is None:
        return False
    if not isinstance(value, Decimal):
        return found.kind == "text" and found.text == value
    number = found.number
    if number is None or abs(number - value) > CLOSE * max(1, abs(value)):
        return False
    return shown(number.quantize(_NINE)) == shown(value)
