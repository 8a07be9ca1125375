"""The history a report names, held against the visit: gone on, put back, rewritten, another's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assessor.assessment import Answer
from assessor.canonical import canonical_json
from assessor.commands.answers import set_answer
from assessor.errors import ProblemsError
from assessor.exchange.payload import HistoryRef
from assessor.i18n import message
from assessor.reports.build.source import ReportOptions
from assessor.reports.excel import write_workbook
from assessor.reports.verify import Verification
from assessor.reports.verify_history import history_problems
from assessor.storage.file import create, open_file
from assessor.storage.history import EditNote
from assessor.workspace.reports import document_of
from assessor.workspace.verification import source_of, verify_files
from assessor.workspace.visits import opened
from tests.hostile.test_history_tampering import run as run_behind_the_back
from tests.unit.reports.build.report_visits import WORKSHOP, visit
from tests.unit.reports.verify.exported import RUBRIC
from tests.unit.workspace.visit_files import clock

NOTE = EditNote(message("visit.created"), clock(), "test")
HEADS = {1: "1" * 64, 2: "2" * 64, 3: "3" * 64}


def ref(entries: int, file: str = "f", head: str = "") -> HistoryRef:
    return HistoryRef(file=file, entries=entries, head=head or HEADS[entries])


@pytest.mark.parametrize(
    ("found", "wanted", "entries", "expected"),
    [
        (ref(2), ref(3), HEADS, None),
        (ref(3), ref(3), HEADS, None),
        (None, ref(3), HEADS, None),
        (ref(3), None, {}, None),
        (ref(2, head="9" * 64), ref(3), HEADS, "verify.history_rewritten"),
        (ref(3, head="9" * 64), ref(3), {}, "verify.history_rewritten"),
        (ref(3), ref(2), {1: HEADS[1], 2: HEADS[2]}, "verify.history_rolled_back"),
        (ref(3), ref(2), {}, None),
        (ref(2, file="g"), ref(3), HEADS, "verify.history_other_file"),
    ],
)
def test_what_is_wrong_with_a_history(
    found: HistoryRef | None,
    wanted: HistoryRef | None,
    entries: dict[int, str],
    expected: str | None,
) -> None:
    problems = history_problems(found, wanted, entries)
    assert [problem.code for problem in problems] == ([expected] if expected else [])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "visit.assessment"
    create(place, visit(WORKSHOP, 7, rich=False), canonical_json(RUBRIC.data), NOTE).close()
    return place


def touched(path: Path, note: str) -> None:
    """Change an answer and back again: the record is as before, its history is not."""
    with open_file(path) as file:
        before = file.assessment
        key = next(iter(before.answers))
        changed = set_answer(key, Answer(na=True, reason=note)).apply(before)
        file.commit(changed, NOTE)
        file.commit(before, NOTE)


def exported(path: Path) -> Path:
    book = path.with_name("report.xlsx")
    with opened(path, read_only=True) as one:
        document, rows, _ = document_of(one, ReportOptions())
    write_workbook(document, book, rows)
    return book


def verified(book: Path, against: Path) -> Verification:
    (check,) = verify_files([book], against)
    assert check.verification is not None
    return check.verification


def codes(found: Verification) -> list[str]:
    return [problem.code for problem in found.problems]


def test_a_visit_that_went_on_to_the_same_record_still_fits(path: Path) -> None:
    book = exported(path)
    assert not verified(book, path).notes
    touched(path, "后来")
    found = verified(book, path)
    assert found.holds
    assert [note.code for note in found.notes] == ["verify.history_went_on"]


def test_a_visit_that_was_put_back_or_rewritten_is_told_apart(path: Path, tmp_path: Path) -> None:
    before = Path(shutil.copy(path, tmp_path / "before.assessment"))
    touched(path, "这一次")
    book = exported(path)
    assert codes(verified(book, before)) == ["verify.history_rolled_back"]
    touched(before, "另一次")
    assert codes(verified(book, before)) == ["verify.history_rewritten"]


def test_nothing_is_held_against_a_visit_whose_history_is_broken(path: Path) -> None:
    touched(path, "x")
    book = exported(path)
    run_behind_the_back(path, "UPDATE edit SET after = '[]' WHERE sequence = 2")
    with pytest.raises(ProblemsError, match=r"visit\.assessment") as refusal:
        verify_files([book], path)
    assert [problem.subject for problem in refusal.value.problems] == ["2"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_head_stands_in_the_report(path: Path, language: str) -> None:
    history = source_of(path).payload.history
    assert history is not None
    options = ReportOptions("en" if language == "en" else "zh")
    with opened(path, read_only=True) as one:
        document, _, _ = document_of(one, options)
    told = str(document)
    assert history.head in told
    assert ("End of the history" if language == "en" else "编辑记录末尾") in told
