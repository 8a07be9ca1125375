"""A signed PDF of a visit that went on: what is the same, what differs, whose signature it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from assessor.assessment import Answer
from assessor.canonical import canonical_json
from assessor.cli.app import run
from assessor.commands.answers import set_answer
from assessor.exchange import payload
from assessor.exchange.envelope import SHEET_NAME
from assessor.reports import verify_state
from assessor.reports.build import ReportOptions
from assessor.reports.verify import Verification
from assessor.reports.verify_pages import read_pdf
from assessor.reports.verify_words import limits_of
from assessor.storage.file import create, open_file
from assessor.workspace.identity import Keys, own_keys
from assessor.workspace.reports import write_report
from assessor.workspace.verification import FileCheck, source_of, verify_files
from assessor.workspace.visits import opened
from tests.unit.reports.build.report_visits import WORKSHOP, visit
from tests.unit.reports.verify.exported import RUBRIC
from tests.unit.reports.verify.test_verify_history import NOTE, touched

OTHER_VERSION = "0.0.9"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A visit as it was when its signed report was made, and the report."""
    place = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(place / "user"))
        patch.setenv("APPDATA", str(place / "user"))
        Keys(own_keys().folder).make("甬江评估所")
        record = visit(WORKSHOP, 7, rich=False)
        create(place / "visit.assessment", record, canonical_json(RUBRIC.data), NOTE).close()
        with opened(place / "visit.assessment", read_only=True) as one:
            made = write_report(one, place)
        assert made.pdf
        assert made.workbook
        made.pdf.rename(place / "report.pdf")
        made.workbook.rename(place / "report.xlsx")
        yield place


@pytest.fixture
def now(folder: Path, tmp_path: Path) -> Path:
    """The visit, to be changed."""
    path = tmp_path / "visit.assessment"
    path.write_bytes((folder / "visit.assessment").read_bytes())
    return path


def checked(folder: Path, against: Path | None = None) -> FileCheck:
    (check,) = verify_files([folder / "report.pdf"], against)
    return check


def found_in(check: FileCheck) -> Verification:
    assert check.verification is not None
    return check.verification


def edited(path: Path) -> None:
    with open_file(path) as file:
        record = set_answer(next(iter(file.assessment.answers)), Answer(na=True, reason="x"))
        file.commit(record.apply(file.assessment), NOTE)


def test_an_edit_that_was_undone_changes_the_history_alone(folder: Path, now: Path) -> None:
    touched(now, "后来")
    found = found_in(checked(folder, now))
    assert found.problems == ()
    assert [note.code for note in found.notes] == ["verify.history_went_on"]
    assert "第 1 条" in found.notes[0].message.pick("zh")
    assert "同" in found.notes[0].message.pick("zh")
    assert (found.tamper.verdict, found.tamper.over) == ("enrolled", "")


def test_it_is_found_out_in_english_too(folder: Path, now: Path, tmp_path: Path) -> None:
    with opened(now, read_only=True) as one:
        made = write_report(one, tmp_path / "en", ReportOptions(language="en")).pdf
    assert made is not None
    touched(now, "later")
    (check,) = verify_files([made], now)
    assert found_in(check).problems == ()
    assert [note.code for note in found_in(check).notes] == ["verify.history_went_on"]


def test_numbers_without_end_are_not_tried_without_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []
    real = verify_state.payload_digest
    monkeypatch.setattr(
        verify_state, "payload_digest", lambda data: tried.append(data) or real(data)
    )
    found = read_pdf(folder / "report.pdf")
    many = "".join(f"{number}: {number:064x} " for number in range(1, 5000))
    source = source_of(folder / "visit.assessment")
    hostile = replace(found, drawn=(many,), digest="0" * 64)
    assert verify_state.state_of(hostile, source) == verify_state.Then()
    assert len(tried) < 30


def test_the_same_record_in_another_file_is_another_state(folder: Path, tmp_path: Path) -> None:
    record = visit(WORKSHOP, 7, rich=False)
    other = tmp_path / "again.assessment"
    create(other, record, canonical_json(RUBRIC.data), NOTE).close()
    found = found_in(checked(folder, other))
    assert [problem.code for problem in found.problems] == ["verify.pdf_other_state"]


def test_a_signed_pdf_of_an_earlier_state_says_so_and_whose_signature_it_bears(
    folder: Path, now: Path
) -> None:
    edited(now)
    check = checked(folder, now)
    found = found_in(check)
    assert [problem.code for problem in found.problems] == ["verify.pdf_earlier_state"]
    assert (found.tamper.verdict, found.tamper.name) == ("enrolled", "甬江评估所")
    assert len(found.tamper.over) == 64
    assert "未签名" not in limits_of([found.tamper]).pick("zh")


def test_a_signature_that_does_not_fit_the_named_data_is_altered(
    folder: Path, now: Path, tmp_path: Path
) -> None:
    edited(now)
    content = (folder / "report.pdf").read_bytes()
    at = content.index(b"signature=ed25519:") + len(b"signature=ed25519:")
    other = b"0" if content[at : at + 1] != b"0" else b"1"
    (tmp_path / "report.pdf").write_bytes(content[:at] + other + content[at + 1 :])
    found = found_in(checked(tmp_path, now))
    codes = [problem.code for problem in found.problems]
    assert codes == ["verify.signature_altered", "verify.pdf_earlier_state"]
    assert found.tamper.verdict == "altered"


def test_a_pdf_alone_tells_its_signature(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = checked(folder)
    assert check.error is not None
    assert check.error.message.key == "verify.against_needed"
    assert check.alone is not None
    assert check.alone.verdict == "enrolled"
    assert run(["verify", str(folder / "report.pdf")]) == 2
    said = capsys.readouterr().out
    assert "防篡改校验：有效，密钥已登记（甬江评估所" in said
    assert "页面文字未能与这份数据比对" in said
    assert "未签名" not in said


def test_against_altered_data_the_signature_is_told_all_the_same(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(folder / "report.xlsx")
    for label, value in book[SHEET_NAME].iter_rows(max_col=2):
        if str(label.value).startswith("chunk 1 of"):
            value.value = str(value.value).replace("宁波", "甬城", 1)
    book.save(tmp_path / "altered.xlsx")
    book.close()
    altered = str(tmp_path / "altered.xlsx")
    assert run(["verify", str(folder / "report.pdf"), "--against", altered]) == 2
    said = capsys.readouterr().out
    assert "本身核验不通过" in said
    assert "防篡改校验：有效" in said
    assert "未签名" not in said
    assert run(["verify", altered]) == 1
    assert "防篡改校验：已被改动" in capsys.readouterr().out


def test_another_version_of_the_program_is_no_other_state(
    folder: Path, now: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payload, "__version__", OTHER_VERSION)
    touched(now, "后来")
    checks = verify_files([folder / "report.pdf", folder / "report.xlsx"], now)
    for check in checks:
        found = found_in(check)
        assert found.problems == ()
        codes = [note.code for note in found.notes]
        assert codes == ["verify.history_went_on", "verify.version_went_on"]
