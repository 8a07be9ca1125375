"""What is remembered from file to file saves work and decides nothing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from assessor.assessment import Answer
from assessor.bureau.intake import templates
from assessor.bureau.intake.answers_met import AnswersMet
from assessor.bureau.intake.bench import Bench
from assessor.bureau.intake.dialect import PlainSheet
from assessor.bureau.intake.editions import editions_of
from assessor.bureau.intake.judging import Judged, judge
from assessor.bureau.intake.plans import SheetPlan
from assessor.bureau.intake.reasons import verdict_of
from assessor.bureau.records import Verdict
from assessor.exchange.envelope import SHEET_NAME
from assessor.scoring import score, shown
from tests.unit.bureau.intake.spoiling import changed_part
from tests.unit.bureau.intake.workbooks import (
    LIMITS,
    TODAY,
    bench_of,
    exported,
    good,
    record,
    rubric,
    with_data,
)
from tests.unit.reports.verify.exported import part_of

ANSWERS = record().model_dump(mode="json", exclude_defaults=True)["answers"]
SHEETS = ("封面", "评分明细", "指标数据", "数据字典", "计算", "门槛", "佐证清单", "解释")


def fresh() -> Bench:
    return bench_of(editions_of([rubric()]))


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench that has found a good workbook right."""
    bench = fresh()
    assert verdict_on(good(), tmp_path_factory.mktemp("used"), bench).findings == ()
    return bench


def verdict_on(content: bytes, folder: Path, bench: Bench) -> Judged:
    path = folder / "file.xlsx"
    path.write_bytes(content)
    return judge(path, bench, TODAY, LIMITS)


def other_visit(**answers: object) -> bytes:
    return exported(record(id="visit-0002", answers={**ANSWERS, **answers}))


def test_the_next_visit_is_not_compared_cell_by_cell(
    used: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    careful = templates._planned

    def watched(plan: SheetPlan, found: PlainSheet, *more: Any) -> bool:
        compared.extend([plan.title] if plan.live else [])
        return careful(plan, found, *more)

    monkeypatch.setattr(templates, "_planned", watched)
    another = other_visit(dispatch={"option": "L0"}, planning={"option": "B"})
    found = verdict_on(another, tmp_path, used)
    assert (found.findings, compared) == ((), [])
    assert found.record == verdict_on(another, tmp_path, fresh()).record


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_changed_value_gets_past_a_template(sheet: str, used: Bench, tmp_path: Path) -> None:
    for number in changeable(sheet):
        found = verdict_on(spoiled(sheet, number), tmp_path, used)
        assert verdict_of(found.findings) is not Verdict.ACCEPTED, number


def changeable(sheet: str) -> Sequence[int]:
    """The numbers of a few of the values of a sheet, spread over it."""
    with zipfile.ZipFile(BytesIO(good())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    values = len(re.findall(b"<v>[^<]+</v>", parts[part_of(parts, sheet)]))
    return range(values // 8, values, max(values // 4, 1))


def spoiled(sheet: str, number: int) -> bytes:
    """The good workbook with one value of a sheet replaced by another."""
    place = iter(range(10_000))

    def other(found: re.Match[str]) -> str:
        return "<v>1</v>" if next(place) == number and found[0] != "<v>1</v>" else found[0]

    def change(xml: str) -> str:
        changed = re.sub("<v>[^<]*</v>", other, xml)
        return changed if changed != xml else xml.replace("<v>1</v>", "<v>2</v>", 1)

    return changed_part(good(), sheet, change)


def test_visits_that_differ_in_notes_and_evidence_alone_are_both_right(tmp_path: Path) -> None:
    bench = fresh()
    noted = {"option": "C", "confidence": "low", "note": "排程系统 <A&B> 已上线"}
    for content in (good(), other_visit(planning=noted), good()):
        assert verdict_on(content, tmp_path, bench).findings == ()


def test_a_gate_with_a_note_is_another_row(tmp_path: Path) -> None:
    bench = fresh()
    noted = exported(
        record(id="visit-0003", gates={"entity": {"pass": True, "note": "见营业执照"}})
    )
    for content in (good(), noted, good()):
        assert verdict_on(content, tmp_path, bench).findings == ()


def test_the_own_answers_have_the_points_a_card_gives(tmp_path: Path) -> None:
    own = {"planning": {"option": "D"}, "dispatch": {"option": "L2"}, "backup": {"option": "no"}}
    mine = record(self_assessment={"answers": own})
    found = verdict_on(exported(mine), tmp_path, fresh()).record
    assert mine.self_assessment is not None
    told = mine.model_copy(update={"answers": mine.self_assessment.answers})
    card = score(rubric().rubric, told)
    assert found is not None
    assert found.self_score == (None if card.total.value is None else shown(card.total.value))
    assert found.self_scores == {
        item.criterion.id: shown(item.points) for item in card.items if item.points is not None
    }


# --- answers --------------------------------------------------------------------------------------


def test_equal_answers_become_one_but_their_digits_count() -> None:
    met = AnswersMet()
    first, second, padded = (
        met.shared(record(answers={"nc_rate": {"inputs": {"nc": nc, "total": "40"}}})).answers
        for nc in ("30", "30", "30.0")
    )
    assert first["nc_rate"] is second["nc_rate"]
    assert first["nc_rate"] is not padded["nc_rate"]
    assert padded["nc_rate"].inputs == {"nc": Decimal("30.0"), "total": Decimal(40)}


def test_an_answer_fits_where_it_was_checked_alone() -> None:
    met, visit = AnswersMet(), record(answers={"planning": {"option": "C"}})
    visit = met.shared(visit)
    met.fit("a" * 64, visit, visit.answers)
    assert met.unchecked("a" * 64, visit, visit.answers) == {}
    assert met.unchecked("b" * 64, visit, visit.answers) == visit.answers
    other = visit.model_copy(update={"profile": "process"})
    assert met.unchecked("a" * 64, other, visit.answers) == visit.answers
    elsewhere = {"execution": visit.answers["planning"]}
    assert met.unchecked("a" * 64, visit, elsewhere) == elsewhere


def test_long_notes_are_not_kept() -> None:
    met = AnswersMet()
    long = {"planning": Answer(option="C", note="很长" * 200)}
    visit = met.shared(record().model_copy(update={"answers": long}))
    met.fit("a" * 64, visit, visit.answers)
    assert met.unchecked("a" * 64, visit, visit.answers) == long


def test_a_misfitting_answer_is_refused_as_often_as_it_comes(tmp_path: Path) -> None:
    bench = fresh()

    def wrong(data: dict[str, Any]) -> None:
        data["assessment"]["answers"]["planning"]["option"] = "Z"

    for _ in range(2):
        found = verdict_on(with_data(wrong), tmp_path, bench)
        assert [(one.code, one.sheet) for one in found.findings] == [("values.misfit", SHEET_NAME)]


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("12.50", b"12.5"),
        ("1E+2", b"100"),
        ("-0.125", b"-0.125"),
        ("80.477179", b"80.477179"),
        ("0.3333333333333333333333", b"0.3333333333333333"),
        ("123456789012345678", b"1.234567890123457E+17"),
    ],
)
def test_numbers_are_written_as_files_have_them(value: str, written: bytes) -> None:
    numbers = templates.Numbers()
    assert numbers[Decimal(value)] == written
    assert numbers[Decimal(value)] is numbers[Decimal(value)]
