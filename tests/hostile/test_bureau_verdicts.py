"""The verdict table, second part: saved again, tampered with, odd values, codes, rubrics."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assessor.bureau.intake.bench import Bench
from assessor.bureau.intake.editions import editions_of
from assessor.bureau.intake.judging import judge
from assessor.bureau.intake.setting import Setting, setting_from_data
from assessor.bureau.records import Verdict
from assessor.exchange.envelope import SHEET_NAME, to_rows
from assessor.exchange.signature import digests_of
from assessor.rubrics.loader import LoadedRubric, loads
from tests.unit.bureau.intake.spoiling import (
    changed_named,
    changed_part,
    resaved,
    with_row_inserted,
    without_sheet,
)
from tests.unit.bureau.intake.workbooks import (
    CODE,
    COVER,
    DETAIL,
    EVIDENCE,
    LIMITS,
    SIGNER,
    STRANGER,
    TEN,
    TODAY,
    Change,
    bench_of,
    exported,
    good,
    judged,
    record,
    rubric,
    said,
    source_of,
    with_data,
)
from tests.unit.reports.verify.exported import (
    text_cell,
    with_cells,
    with_machine_rows,
    with_value,
)

PAYLOAD = "B9"
CALCULATION = "计算"
MACHINE = SHEET_NAME


def warned(book: bytes, folder: Path) -> list[tuple[str, str, str]]:
    found = judged(book, folder)
    assert found.record is not None
    assert all(one.verdict is Verdict.WARNING for one in found.findings)
    return said(found)


def refused(book: bytes, folder: Path) -> list[tuple[str, str, str]]:
    found = judged(book, folder)
    assert found.record is None
    return [
        (one.code, one.sheet, one.cell) for one in found.findings if one.verdict is Verdict.REJECTED
    ]


# --- saved again ----------------------------------------------------------------------------------


def test_a_workbook_saved_by_another_program_is_accepted(tmp_path: Path) -> None:
    """openpyxl drops the values of formulas; only the look of the sheets is another."""
    assert judged(resaved(good()), tmp_path).record is not None
    assert judged(resaved(good()), tmp_path).findings == ()


def test_a_sheet_that_was_lost_is_worth_a_warning(tmp_path: Path) -> None:
    assert warned(without_sheet(good(), "解释"), tmp_path) == [
        ("resaved.sheet_missing", "解释", "")
    ]


def test_formulas_turned_into_values_are_worth_a_warning(tmp_path: Path) -> None:
    book = changed_part(good(), COVER, lambda xml: re.sub("<f>[^<]*</f>", "", xml))
    assert warned(book, tmp_path) == [("resaved.formulas_gone", COVER, "B7")]


def test_without_the_machine_sheet_it_is_no_export(tmp_path: Path) -> None:
    found = judged(without_sheet(good(), SHEET_NAME), tmp_path)
    assert said(found) == [("payload.missing", "", "")]
    assert "机器数据表" in found.findings[0].reason.pick("zh")


def test_copied_cells_are_no_export(tmp_path: Path) -> None:
    path = tmp_path / "copied.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "得分"])
    book.save(path)
    book.close()
    assert refused(path.read_bytes(), tmp_path) == [("payload.missing", "", "")]


def test_dates_counted_from_1904_do_not_matter(tmp_path: Path) -> None:
    from_1904 = b'<workbookPr date1904="1"'
    book = changed_named(
        good(), "xl/workbook.xml", lambda xml: xml.replace(b"<workbookPr", from_1904)
    )
    assert judged(book, tmp_path).findings == ()


def test_formulas_without_values_do_not_matter(tmp_path: Path) -> None:
    book = changed_part(good(), COVER, lambda xml: re.sub("(</f>)<v>[^<]*</v>", r"\1", xml))
    assert judged(book, tmp_path).findings == ()


# --- tampered with --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        (COVER, "B8", "90"),
        (DETAIL, "F12", "14"),
        (DETAIL, "F10", "29.68"),
        (CALCULATION, "B19", "1"),
    ],
)
def test_another_visible_figure_is_refused_by_its_cell(
    sheet: str, cell: str, value: str, tmp_path: Path
) -> None:
    book = with_value(good(), sheet, cell, value)
    assert refused(book, tmp_path)[0] == ("tamper.figure", sheet, cell)


def test_another_answer_is_refused_by_its_cell(tmp_path: Path) -> None:
    book = with_cells(good(), {(DETAIL, "D18"): text_cell("L0")})
    assert refused(book, tmp_path) == [("tamper.figure", DETAIL, "D18")]


def test_another_formula_is_refused_by_its_cell(tmp_path: Path) -> None:
    book = changed_part(
        good(), DETAIL, lambda xml: xml.replace("<f>SUM(F11,F14)</f>", "<f>SUM(F11,F14)+5</f>")
    )
    assert refused(book, tmp_path) == [("tamper.figure", DETAIL, "F10")]


def with_fixed_words(xml: bytes) -> bytes:
    """Styles in which every figure of two digits is shown as 95.00."""
    return xml.replace(b'formatCode="0.00"', b'formatCode="&quot;95.00&quot;"')


def test_a_number_format_that_says_something_else_is_refused(tmp_path: Path) -> None:
    book = changed_named(good(), "xl/styles.xml", with_fixed_words)
    assert refused(book, tmp_path)[0] == ("tamper.figure", COVER, "B7")


def test_a_payload_unlike_its_digest_is_refused(tmp_path: Path) -> None:
    rows = to_rows(source_of(record()).text)
    rows[-1][1] = rows[-1][1].replace('"L2"', '"L0"')
    book = with_machine_rows(good(), rows)
    assert refused(book, tmp_path) == [("tamper.digest", MACHINE, "B3")]


def test_a_chunk_that_is_cut_is_refused(tmp_path: Path) -> None:
    rows = to_rows(source_of(record()).text)
    rows[-1][1] = rows[-1][1][:200]
    assert refused(with_machine_rows(good(), rows), tmp_path)[0][0] == "payload.broken"


def _total(data: dict[str, Any]) -> None:
    data["result"]["total"] = "99.00"


def test_a_score_the_answers_do_not_give_is_refused(tmp_path: Path) -> None:
    found = judged(with_data(_total), tmp_path)
    assert said(found) == [("tamper.result", MACHINE, PAYLOAD)]
    assert "result.total" in found.findings[0].reason.pick("en")
    assert "99.00" in found.findings[0].reason.pick("en")


def _veto(data: dict[str, Any]) -> None:
    data["assessment"]["gates"]["entity"]["pass"] = False


def test_a_veto_passed_over_is_refused(tmp_path: Path) -> None:
    found = judged(with_data(_veto), tmp_path)
    assert said(found) == [("tamper.veto_ignored", MACHINE, PAYLOAD)]


def test_another_digest_of_evidence_than_the_manifest_is_refused(tmp_path: Path) -> None:
    book = with_cells(good(), {(EVIDENCE, "I5"): text_cell("6" * 64)})
    assert refused(book, tmp_path) == [("tamper.evidence", EVIDENCE, "I5")]


def test_a_cover_of_another_enterprise_is_refused(tmp_path: Path) -> None:
    book = with_cells(good(), {(COVER, "A3"): text_cell("宁波另一家有限公司")})
    assert refused(book, tmp_path)[0] == ("tamper.other_enterprise", COVER, "A3")


def test_another_code_on_the_cover_is_refused(tmp_path: Path) -> None:
    book = with_cells(good(), {(COVER, "B25"): text_cell("91330206MA2AF3QX4A")})
    assert refused(book, tmp_path) == [("tamper.other_enterprise", COVER, "B25")]


def test_a_signature_of_other_data_is_refused(tmp_path: Path) -> None:
    signed = SIGNER.sign(digests_of(source_of(record()).text))
    later = record(revision=2)
    book = with_machine_rows(exported(later), to_rows(source_of(later).text, signed))
    assert refused(book, tmp_path)[0] == ("tamper.signature", MACHINE, "")


def test_no_signature_is_worth_a_warning(tmp_path: Path) -> None:
    assert warned(exported(record(), None), tmp_path) == [("tamper.unsigned", MACHINE, "")]


def test_a_key_nobody_enrolled_is_worth_a_warning(tmp_path: Path) -> None:
    found = judged(exported(record(), STRANGER), tmp_path)
    assert said(found) == [("tamper.key_not_enrolled", MACHINE, "")]
    assert STRANGER.key_id in found.findings[0].reason.pick("en")
    assert found.record is not None
    assert found.record.signature == "unknown_key"


def test_a_key_that_was_replaced_is_worth_a_warning(tmp_path: Path) -> None:
    setting = Setting(
        TODAY,
        keys=((STRANGER.key_id, "一所", STRANGER.public_key),),
        replaced=((STRANGER.key_id, "2026-06-07T12:00:00+00:00"),),
    )
    keys = setting_from_data(setting.to_data()).bench().keys
    path = tmp_path / "file.xlsx"
    path.write_bytes(exported(record(), STRANGER))
    found = judge(path, Bench(editions_of([rubric()]), keys), TODAY, LIMITS)
    assert said(found) == [("tamper.key_replaced", MACHINE, "")]
    assert "2026-06-07" in found.findings[0].reason.pick("zh")
    assert found.record is not None
    assert found.record.signature == "valid"


# --- sheets arranged in another way ---------------------------------------------------------------


def test_a_row_put_in_is_worth_a_warning(tmp_path: Path) -> None:
    book = changed_part(good(), "数据字典", lambda xml: with_row_inserted(xml, 8))
    assert [code for code, _, _ in warned(book, tmp_path)] == ["layout.lines_moved"]


def test_merged_cells_are_worth_a_warning(tmp_path: Path) -> None:
    more = '<mergeCell ref="A12:B12"/></mergeCells>'
    book = changed_part(good(), DETAIL, lambda xml: xml.replace("</mergeCells>", more))
    assert warned(book, tmp_path) == [("layout.merged", DETAIL, "A12")]


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        (lambda xml: xml.replace('<row r="12"', '<row r="12" hidden="1"'), "A12"),
        (lambda xml: re.sub('(<col min="6" max=".")', r'\1 hidden="1"', xml), "F1"),
        (lambda xml: re.sub('(<col min="6" max="." width=)"[^"]*"', r'\1"0"', xml), "F1"),
    ],
)
def test_hidden_lines_are_worth_a_warning(
    change: Callable[[str], str], cell: str, tmp_path: Path
) -> None:
    book = changed_part(good(), DETAIL, change)
    assert warned(book, tmp_path) == [("layout.hidden", DETAIL, cell)]


def test_a_hidden_sheet_is_worth_a_warning(tmp_path: Path) -> None:
    name = f'name="{DETAIL}"'.encode()
    book = changed_named(
        good(), "xl/workbook.xml", lambda xml: xml.replace(name, name + b' state="hidden"')
    )
    assert warned(book, tmp_path) == [("layout.sheet_hidden", DETAIL, "")]


# --- values ---------------------------------------------------------------------------------------


def _set(*path: str, to: object) -> Change:
    def change(data: dict[str, Any]) -> None:
        place = data["assessment"]
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


def _measured(part: str, whole: str) -> Change:
    return _set("answers", "nc_rate", "inputs", to={"nc": part, "total": whole})


PLATFORM = {"good": {"score": "101", "issued": "2026-10-01"}}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_measured("-1", "40"), "values.negative"),
        (_measured("41", "40"), "values.contradiction"),
        (_measured("很多", "40"), "values.not_a_number"),
        (_measured("#DIV/0!", "40"), "values.error_value"),
        (_set("platform_results", to=PLATFORM), "values.above_maximum"),
        (_set("visit", "date_to", to="2026-02-30"), "values.impossible_date"),
        (_set("visit", "date_to", to="2026-01-01"), "values.dates_reversed"),
        (_set("answers", "execution", "option", to="L9"), "values.misfit"),
    ],
)
def test_a_value_that_cannot_be_is_refused(change: Change, code: str, tmp_path: Path) -> None:
    found = judged(with_data(change), tmp_path)
    assert said(found)[0] == (code, MACHINE, PAYLOAD)
    assert found.findings[0].verdict is Verdict.REJECTED


VISIT = record().visit.model_dump(mode="json")
LONG_AGO = {"date_from": "2020-01-01", "date_to": "2020-01-02"}
OLD_CODE = "91330206MA2AF3QX74"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"visit": {**VISIT, "date_to": "2027-01-01"}}, "values.future_date"),
        (
            {"visit": {**VISIT, "date_from": "2020-01-01", "date_to": "2020-01-02"}},
            "values.long_past",
        ),
        ({"visit": {**VISIT, "date_from": None, "date_to": None}}, "values.no_date"),
        ({"visit": {**VISIT, "panel": []}}, "values.no_assessor"),
        ({"visit": {**VISIT, "workshop": "一\u202e车间"}}, "values.odd_characters"),
        ({"visit": {**VISIT, "workshop": "一\x1b车间"}}, "values.odd_characters"),
    ],
)
def test_an_odd_value_is_worth_a_warning(
    changes: dict[str, object], code: str, tmp_path: Path
) -> None:
    assert warned(exported(record(**changes)), tmp_path) == [(code, MACHINE, PAYLOAD)]


def test_the_place_of_an_odd_character_is_named(tmp_path: Path) -> None:
    found = judged(exported(record(visit={**VISIT, "workshop": "一\u202e车间"})), tmp_path)
    assert "assessment.visit.workshop" in found.findings[0].reason.pick("en")
    assert found.record is not None
    assert found.record.enterprise.workshop == "一车间"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_text_that_looks_like_a_formula_is_accepted_as_text(start: str, tmp_path: Path) -> None:
    name = f"{start}cmd|'/c calc'!A1"
    found = judged(exported(record(visit={**VISIT, "workshop": name})), tmp_path)
    assert found.findings == ()
    assert found.record is not None
    assert found.record.enterprise.workshop == name.strip()


# --- codes of enterprises -------------------------------------------------------------------------


def of_code(code: str) -> bytes:
    return exported(record(enterprise={"name": "甲", "credit_code": code, "district": "北仑区"}))


@pytest.mark.parametrize(
    ("code", "reason", "verdict", "kept"),
    [
        (CODE[:-1] + "4", "identity.check_digit", Verdict.REJECTED, ""),
        ("91350100M000100Y4Z", "identity.check_digit", Verdict.REJECTED, ""),
        (
            "91330206MA2AF3QX74",
            "identity.organisation_check",
            Verdict.WARNING,
            "91330206MA2AF3QX74",
        ),
        (CODE.lower(), "identity.written_oddly", Verdict.WARNING, CODE),
        (CODE.replace("0", "O"), "identity.written_oddly", Verdict.WARNING, CODE),
        ("９" + CODE[1:], "identity.written_oddly", Verdict.WARNING, CODE),
        ("9.13302063E+17", "identity.code_as_number", Verdict.REJECTED, ""),
        ("913302063215467000", "identity.code_as_number", Verdict.REJECTED, ""),
        ("12345", "identity.no_code", Verdict.REJECTED, ""),
        ("", "identity.code_missing", Verdict.WARNING, ""),
    ],
)
def test_a_faulty_code(code: str, reason: str, verdict: Verdict, kept: str, tmp_path: Path) -> None:
    found = judged(of_code(code), tmp_path)
    assert said(found) == [(reason, MACHINE, PAYLOAD)]
    assert found.findings[0].verdict is verdict
    assert (found.record.enterprise.credit_code if found.record else "") == kept


def test_the_likely_code_is_said(tmp_path: Path) -> None:
    found = judged(of_code("91350100M000100Y4Z"), tmp_path)
    assert "91350100M000100Y43" in found.findings[0].reason.pick("zh")


def test_a_code_stored_as_a_number_on_the_cover_is_refused(tmp_path: Path) -> None:
    book = with_cells(of_code(CODE), {(COVER, "B25"): "<v>9.1330206321546701E+17</v>"})
    assert refused(book, tmp_path) == [("identity.code_as_number", COVER, "B25")]


# --- rubrics --------------------------------------------------------------------------------------


def edition(version: str, title: str = "") -> LoadedRubric:
    text = TEN.read_text(encoding="utf-8")
    changed = text.replace('"version": "1.0.0"', f'"version": "{version}"')
    if title:
        changed = changed.replace("十项示例评价标准", title)
    return loads(changed.encode(), "edition.json")


@pytest.mark.parametrize(
    ("known", "code"),
    [
        (["1.0.0", "1.1.0"], "rubric.older"),
        (["0.9.0"], "rubric.newer"),
        (["2.0.0"], "rubric.not_kept"),
        ([], "rubric.unknown"),
    ],
)
def test_the_version_of_the_rubric(known: list[str], code: str, tmp_path: Path) -> None:
    bench = bench_of(editions_of([edition(version) for version in known]))
    path = tmp_path / "file.xlsx"
    path.write_bytes(good())
    found = judge(path, bench, TODAY, LIMITS)
    assert said(found) == [(code, MACHINE, "")]
    assert (found.record is not None) == (code == "rubric.older")
    words = found.findings[0].reason.pick("zh")
    assert "1.0.0" in words
    assert not known or known[-1] in words


def test_an_altered_rubric_is_refused(tmp_path: Path) -> None:
    bench = bench_of(editions_of([edition("1.0.0", "另一份")]))
    path = tmp_path / "file.xlsx"
    path.write_bytes(good())
    assert said(judge(path, bench, TODAY, LIMITS)) == [("rubric.altered", MACHINE, "")]


def test_an_export_without_names_is_refused(tmp_path: Path) -> None:
    assert refused(exported(record(id="anonymised-1")), tmp_path) == [
        ("payload.anonymised", MACHINE, PAYLOAD)
    ]
