"""`assessor verify` and the check every report passes before it gets its name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from assessor.assessment import Assessment
from assessor.canonical import canonical_json
from assessor.cli.app import run
from assessor.errors import AssessorError
from assessor.exchange.envelope import to_rows
from assessor.exchange.payload import payload_text
from assessor.i18n import message
from assessor.reports.build.source import ReportOptions
from assessor.reports.excel import write_workbook
from assessor.reports.pdf import write_pdf
from assessor.storage.file import create
from assessor.storage.history import EditNote
from assessor.workspace.reports import write_report
from assessor.workspace.verification import (
    require_verified,
    source_of,
    source_of_visit,
    verify_files,
)
from assessor.workspace.visits import OpenVisit, opened
from tests.unit.reports.build.report_visits import WORKSHOP, visit
from tests.unit.reports.verify.exported import RUBRIC, with_figure, with_payload, with_value

NOTE = EditNote(what=message("visit.created"), at=datetime(2026, 1, 2, tzinfo=UTC), author="test")


def plain_visit(skill: int = 7, **fields: object) -> Assessment:
    return visit(WORKSHOP, skill, rich=False).model_copy(update=fields)


def visit_file(path: Path, assessment: Assessment) -> Path:
    create(path, assessment, canonical_json(RUBRIC.data), NOTE).close()
    return path


@contextmanager
def one(folder: Path) -> Iterator[OpenVisit]:
    with opened(visit_file(folder / "visit.assessment", plain_visit())) as found:
        yield found


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a visit, its workbook and its PDF."""
    folder = tmp_path_factory.mktemp("exported")
    with one(folder) as found:
        files = write_report(found, folder)
    assert files.pdf
    assert files.workbook
    files.pdf.rename(folder / "report.pdf")
    files.workbook.rename(folder / "report.xlsx")
    return folder


def test_what_was_written_verifies_against_the_visit(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(exported / "report.xlsx"), str(exported / "report.pdf")]
    assert run(["verify", *files, "--against", str(exported / "visit.assessment")]) == 0
    said = capsys.readouterr().out
    assert said.count("核验通过") == 2
    assert "未签名" in said
    assert "只能发现无意改动，不能防伪造" in said
    assert plain_visit().enterprise.name in said


def test_a_pdf_is_held_against_the_workbook_beside_it(exported: Path) -> None:
    checks = verify_files([exported / "report.pdf", exported / "report.xlsx"])
    assert [check.verification and check.verification.holds for check in checks] == [True, True]


def test_a_pdf_alone_says_what_it_needs(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--ui-lang", "en", "verify", str(exported / "report.pdf")]) == 2
    assert "--against" in capsys.readouterr().out


def test_a_finding_gives_1_and_names_the_cell(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = with_value((exported / "report.xlsx").read_bytes(), "评分明细", "F11", "99.5")
    (tmp_path / "changed.xlsx").write_bytes(book)
    assert run(["verify", str(tmp_path / "changed.xlsx")]) == 1
    said = capsys.readouterr().out
    assert "核验不通过" in said
    assert "评分明细!F11" in said
    assert "99.5" in said


def test_programs_get_all_of_it_as_json(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.xlsx").write_text("a,b\n1,2\n", encoding="utf-8")
    files = [str(exported / "report.xlsx"), str(tmp_path / "notes.xlsx")]
    assert run(["verify", *files, "--json"]) == 2
    data = json.loads(capsys.readouterr().out)
    good, bad = data["files"]
    assert (good["holds"], good["kind"], good["visit"]) == (True, "workbook", "visit-1")
    assert (good["problems"], good["notes"], good["signature"]) == ([], [], "unsigned")
    assert bad["holds"] is False
    assert "CSV" in bad["error"]
    assert "未签名" in data["limits"]


def test_one_bad_file_does_not_keep_the_others_from_it(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    paths = [tmp_path / "photo.jpg", tmp_path / "missing.xlsx", exported / "report.xlsx"]
    checks = verify_files(paths)
    assert [check.error is None for check in checks] == [False, False, True]
    assert checks[0].error is not None
    assert checks[0].error.message.key == "verify.unknown_kind"


def test_a_visit_that_went_on_is_told_apart(exported: Path, tmp_path: Path) -> None:
    later = visit_file(tmp_path / "later.assessment", plain_visit(revision=2))
    checks = verify_files([exported / "report.xlsx", exported / "report.pdf"], later)
    found = [check.verification.problems[0].code for check in checks if check.verification]
    assert found == ["verify.other_revision", "verify.pdf_other_state"]


@pytest.mark.parametrize("name", ["nothing.json", "missing.assessment", "missing.xlsx"])
def test_what_cannot_be_compared_with_is_refused(name: str, exported: Path, tmp_path: Path) -> None:
    assert run(["verify", str(exported / "report.pdf"), "--against", str(tmp_path / name)]) == 2


def test_a_rubric_nobody_has_is_taken_from_the_visit(
    exported: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("assessor.rubrics.catalog.rubric_folders", lambda: (tmp_path,))
    book = exported / "report.xlsx"
    alone = verify_files([book])[0].verification
    beside = verify_files([book], exported / "visit.assessment")[0].verification
    assert alone is not None
    assert [problem.code for problem in alone.problems] == ["verify.no_rubric"]
    assert beside is not None
    assert beside.holds


def test_the_data_of_visit_and_workbook_are_the_same(exported: Path) -> None:
    from_visit = source_of(exported / "visit.assessment")
    from_book = source_of(exported / "report.xlsx")
    assert (from_visit.payload, from_visit.digest) == (from_book.payload, from_book.digest)


def test_another_version_of_the_program_is_named_before_its_wording(
    exported: Path, tmp_path: Path
) -> None:
    def age(data: Any) -> None:
        data["program"]["version"] = "0.0.1"

    payload = source_of(exported / "visit.assessment")
    book = with_payload((exported / "report.xlsx").read_bytes(), age, payload)
    (tmp_path / "old.xlsx").write_bytes(book)
    found = verify_files([tmp_path / "old.xlsx"])[0].verification
    assert found is not None
    assert found.problems[0].code == "verify.other_version"
    assert found.problems[0].message.values["found"] == "0.0.1"


# --- before a report gets its name ----------------------------------------------------------------


def test_a_draft_that_says_something_else_is_refused(tmp_path: Path) -> None:
    options = ReportOptions()
    draft, final = tmp_path / ".draft.part", tmp_path / "report.xlsx"
    with one(tmp_path) as found:
        source = source_of_visit(found)
        rows = to_rows(payload_text(source.payload.to_json()), options=options.as_pairs())
        write_workbook(source.document(options), draft, rows)
        require_verified(draft, final, found, options)
        draft.write_bytes(with_value(draft.read_bytes(), "评分明细", "F11", "99.5"))
        with pytest.raises(AssessorError) as refusal:
            require_verified(draft, final, found, options)
    assert refusal.value.message.key == "verify.written_wrongly"
    assert refusal.value.message.values["place"] == "评分明细!F11"
    assert "report.xlsx" in refusal.value.text("zh")


def test_a_draft_that_forgot_its_options_is_refused(tmp_path: Path) -> None:
    options = ReportOptions()
    draft, final = tmp_path / ".draft.part", tmp_path / "report.xlsx"
    with one(tmp_path) as found:
        source = source_of_visit(found)
        rows = to_rows(payload_text(source.payload.to_json()))
        write_workbook(source.document(options), draft, rows)
        with pytest.raises(AssessorError) as refusal:
            require_verified(draft, final, found, options)
    assert refusal.value.message.values["reason"] == message("verify.options_lost")


def test_a_pdf_that_says_something_else_never_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(document: Any, target: BytesIO, images: Any) -> None:
        write_pdf(document, target, images)
        figure = f"{source_of_visit(found).card.total.value:.2f}"
        changed = with_figure(target.getvalue(), 2, figure, "1" * len(figure))
        target.seek(0)
        target.truncate()
        target.write(changed)

    monkeypatch.setattr("assessor.reports.pdf.write_pdf", wrong)
    out = tmp_path / "out"
    with one(tmp_path) as found, pytest.raises(AssessorError) as refusal:
        write_report(found, out, workbook=False)
    assert refusal.value.message.key == "verify.written_wrongly"
    assert list(out.iterdir()) == []
