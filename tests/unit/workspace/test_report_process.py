"""The process that makes reports: the same files, an end at any moment, nothing left behind."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from PIL import Image

from assessor.assessment import Answer, Assessment, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.i18n import LANGUAGES, message
from assessor.reports.build import Logo, ReportOptions
from assessor.reports.pdf import write_pdf
from assessor.rubrics.base import LocalText
from assessor.workspace import report_process
from assessor.workspace.evidence import attach
from assessor.workspace.report_files import reports_in
from assessor.workspace.report_pipe import (
    BrokenOffError,
    Pipe,
    packed_error,
    packed_record,
    unpacked_error,
    unpacked_record,
)
from assessor.workspace.report_process import ReportDefectError, ReportMaker
from assessor.workspace.reports import document_of
from assessor.workspace.snapshot import Snapshot
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped, visits

ITEM = "a5-monitoring-visualisation"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Snapshot]:
    """A visit with one photograph, which is asked for while the PDF is being set."""
    file = tmp_path / "visit.assessment"
    new_visit(file, shipped("digital_workshop"), Enterprise(name="宁波甬示精密机械"), Visit())
    picture = tmp_path / "photo.jpg"
    Image.new("RGB", (400, 300), (90, 120, 30)).save(picture)
    with opened(file) as visit:
        visit.do(set_answer(ITEM, Answer(option="L2")))
        attach(visit, ITEM, [picture], caption="车间看板")
        yield Snapshot(visit.assessment, visit.loaded, visit.score(), visit.read_blob)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds something already."""
    made = tmp_path / "out"
    made.mkdir()
    (made / "older.txt").write_text("kept", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def maker() -> Iterator[ReportMaker]:
    """Its process is started once for all tests of this file, unless one of them ends it."""
    made = ReportMaker()
    made.warm()
    yield made
    made.close()


def reading(record: Snapshot, read: Callable[[str], bytes]) -> Snapshot:
    """The same record, whose photograph is fetched in another way."""
    return Snapshot(record.assessment, record.loaded, record.card, read)


def test_files_hold_the_same_as_those_of_this_process(
    maker: ReportMaker, record: Snapshot, folder: Path
) -> None:
    told: list[tuple[int, int]] = []
    files = maker.write(record, folder, "en", True, lambda *step: told.append(step))
    assert files.payload_digest == document_of(record, ReportOptions("en"))[2]
    assert (files.pdf, files.workbook) == reports_in(record, folder)
    assert told == [(done, 5) for done in range(6)]
    assert len(list(folder.iterdir())) == 3


def test_the_logo_comes_onto_the_cover_there(maker: ReportMaker, record: Snapshot) -> None:
    out = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, "PNG")
    logo = Logo(out.getvalue(), 40, 20)
    with_it = maker.preview(record, "zh", False, logo=logo)
    without = maker.preview(record, "zh", False)
    assert with_it.sizes == without.sizes
    assert with_it.pdf != without.pdf
    document, _, _ = document_of(record, ReportOptions("zh", photos=False, logo=logo))
    write_pdf(document, drawn := BytesIO(), {logo.sha256: logo.data}.__getitem__)
    assert with_it.pdf == drawn.getvalue()


Make = Callable[[ReportMaker, Snapshot, Path, Callable[[Callable[[], None]], None]], object]


@pytest.mark.parametrize(
    "make",
    [
        lambda maker, record, _, when: maker.preview(record, "zh", True, None, when),
        lambda maker, record, folder, when: maker.write(record, folder, "zh", True, None, when),
    ],
    ids=["preview", "files"],
)
def test_a_cancel_in_the_middle_of_a_pdf_leaves_nothing(
    maker: ReportMaker,
    record: Snapshot,
    folder: Path,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = folder / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    cancels: list[Callable[[], None]] = []

    def read(sha256: str) -> bytes:
        cancels[0]()
        return record.read(sha256)

    with pytest.raises(AssessorError):
        make(maker, reading(record, read), folder, cancels.append)
    assert list(place.iterdir()) == []
    assert sorted(path.name for path in folder.iterdir()) == ["older.txt", "temporary"]


def test_a_cancel_that_comes_after_the_end_harms_nobody(
    maker: ReportMaker, record: Snapshot
) -> None:
    cancels: list[Callable[[], None]] = []
    first = maker.preview(record, "zh", False, None, cancels.append)
    cancels[0]()
    assert maker.preview(record, "zh", False).sizes == first.sizes


def test_a_process_that_ends_is_said_so(
    record: Snapshot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_process, "own_command", lambda _: [sys.executable, "-c", "exit(3)"])
    with pytest.raises(AssessorError) as caught:
        ReportMaker().write(record, folder, "zh", True)
    assert caught.value.message.key == "report.process_ended"
    assert [path.name for path in folder.iterdir()] == ["older.txt"]


def test_what_the_reading_of_evidence_raises_is_passed_on(
    maker: ReportMaker, record: Snapshot, folder: Path
) -> None:
    def read(_: str) -> bytes:
        raise AssessorError(message("report.process_ended"))

    with pytest.raises(AssessorError):
        maker.write(reading(record, read), folder, "zh", True)
    assert [path.name for path in folder.iterdir()] == ["older.txt"]


def test_a_photograph_that_cannot_be_read_is_named(maker: ReportMaker, record: Snapshot) -> None:
    with pytest.raises(AssessorError) as caught:
        maker.preview(reading(record, lambda _: b"no picture"), "zh", True)
    assert "车间看板" in str(caught.value)


def test_a_defect_over_there_is_told_with_its_place(maker: ReportMaker, record: Snapshot) -> None:
    """A record that fits no rubric never comes out of a visit: scoring it is a defect."""
    unfit = record.assessment.model_copy(update={"profile": "nobody"})
    with pytest.raises(ReportDefectError) as caught:
        maker.preview(Snapshot(unfit, record.loaded, record.card, record.read), "zh", False)
    assert caught.value.places[0][0].endswith("report_child.py")


@given(record=visits("digital_workshop"))
def test_a_record_survives_the_pipe(record: Assessment) -> None:
    assert unpacked_record(packed_record(record)) == record


def test_a_refusal_survives_the_pipe() -> None:
    title = LocalText(zh="评价表", en="Rubric")
    inner = message("report.process_ended")
    problem = Problem(message("visit.not_a_folder", path=Path("a/b")), "f", "p", "s", inner)
    error = ProblemsError(message("visit.no_item", item=inner, rubric=title), (problem, problem))
    back = unpacked_error(packed_error(error))
    assert isinstance(back, ProblemsError)
    for language in LANGUAGES:
        assert back.text(language) == error.text(language)
        for one, other in zip(back.problems, error.problems, strict=True):
            assert one.message.pick(language) == other.message.pick(language)
            assert one.fix == other.fix
    assert (back.problems[0].file, back.problems[0].place) == ("f", "p")


def test_frames_carry_any_bytes_and_end_with_the_other_side() -> None:
    stream = BytesIO()
    pipe = Pipe(stream, stream)
    pipe.send({"a": ["宁波", 1]}, b"\x00\xff" * 1000)
    pipe.send({})
    stream.seek(0)
    first = pipe.receive()
    assert (first.head, first.body) == ({"a": ["宁波", 1]}, b"\x00\xff" * 1000)
    assert pipe.receive().body == b""
    with pytest.raises(BrokenOffError):
        pipe.receive()
    stream.seek(3)
    with pytest.raises(BrokenOffError):
        pipe.receive()
