"""The report before and while it is written: nothing half-made, nothing left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from assessor.assessment import Answer, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError
from assessor.reports.build import ReportOptions
from assessor.workspace import reports
from assessor.workspace.evidence import attach
from assessor.workspace.live import Event, LiveVisit, Published
from assessor.workspace.report_files import reports_in
from assessor.workspace.report_process import ReportMaker
from assessor.workspace.reports import write_report
from assessor.workspace.snapshot import Snapshot, snapshot_of
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped

ITEM = "a5-monitoring-visualisation"
A4 = (595, 842)


class StoppedError(Exception):
    """What a watcher raises to end the work."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "visit.assessment"
    enterprise = Enterprise(name="宁波甬示精密机械有限公司")
    new_visit(file, shipped("digital_workshop"), enterprise, Visit())
    picture = tmp_path / "photo.jpg"
    Image.new("RGB", (400, 300), (90, 120, 30)).save(picture)
    with opened(file) as visit:
        visit.do(set_answer(ITEM, Answer(option="L2")))
        attach(visit, ITEM, [picture], caption="车间看板")
    return file


@pytest.fixture
def snapshot(path: Path) -> Iterator[Snapshot]:
    events: list[Event] = []
    visit = LiveVisit(path, events.append)
    visit.run(lambda _: None).result()
    first = events[0]
    assert isinstance(first, Published)
    yield snapshot_of(first, visit)
    visit.close()


@pytest.fixture(scope="module")
def maker() -> Iterator[ReportMaker]:
    """Its process is started once for all tests of this file."""
    made = ReportMaker()
    made.warm()
    yield made
    made.close()


def test_a_preview_has_pages_that_can_be_drawn_at_any_size(
    snapshot: Snapshot, maker: ReportMaker
) -> None:
    told: list[tuple[int, int]] = []
    preview = maker.preview(snapshot, "zh", True, lambda *step: told.append(step))
    assert {(round(w), round(h)) for w, h in preview.sizes} == {A4}
    assert len(preview.sizes) > 5
    for longest in (300, 1200):
        page = preview.page(1, longest)
        assert abs(page.height - longest) <= 1
        assert len(page.pixels) == page.width * page.height * 3
        assert len(set(page.pixels)) > 10
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_page_that_is_not_there_is_said_so(snapshot: Snapshot, maker: ReportMaker) -> None:
    preview = maker.preview(snapshot, "zh", False)
    with pytest.raises(AssessorError):
        preview.page(len(preview.sizes), 100)


def test_a_preview_leaves_nothing_on_the_disk(
    snapshot: Snapshot, maker: ReportMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    seen: list[int] = []

    def read(sha256: str) -> bytes:
        seen.append(len(list(place.iterdir())))
        return snapshot.read(sha256)

    watched = Snapshot(snapshot.assessment, snapshot.loaded, snapshot.card, read)
    maker.preview(watched, "zh", True)
    assert seen == [1]
    assert list(place.iterdir()) == []


def test_photographs_are_in_the_preview_only_when_wanted(
    snapshot: Snapshot, maker: ReportMaker
) -> None:
    with_them = maker.preview(snapshot, "zh", True)
    without = maker.preview(snapshot, "zh", False)
    assert len(with_them.pdf) > len(without.pdf)


def test_a_snapshot_does_not_see_later_edits(path: Path) -> None:
    events: list[Event] = []
    visit = LiveVisit(path, events.append)
    visit.run(lambda _: None).result()
    first = events[0]
    assert isinstance(first, Published)
    taken = snapshot_of(first, visit)
    visit.post(lambda _: set_answer(ITEM, Answer(option="L4"))).result()
    assert taken.assessment.answers[ITEM].option == "L2"
    assert taken.read_blob(taken.assessment.evidence[0].sha256)
    visit.close()


def test_both_files_are_written_and_named_beforehand(snapshot: Snapshot, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    told: list[tuple[int, int]] = []
    assert reports_in(snapshot, folder) == ()
    files = write_report(
        snapshot, folder, ReportOptions("en"), step=lambda *step: told.append(step)
    )
    assert sorted(folder.iterdir()) == sorted(reports_in(snapshot, folder))
    assert (files.pdf, files.workbook) == reports_in(snapshot, folder)
    assert told == [(done, 5) for done in range(6)]


@pytest.mark.parametrize("last", [0, 1, 3])
def test_work_that_is_stopped_leaves_the_folder_as_it_was(
    snapshot: Snapshot, tmp_path: Path, last: int
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    older = folder / "older.txt"
    older.write_text("kept", encoding="utf-8")

    def step(done: int, _: int) -> None:
        if done == last:
            raise StoppedError

    with pytest.raises(StoppedError):
        write_report(snapshot, folder, ReportOptions(photos=False), step=step)
    assert list(folder.iterdir()) == [older]


def test_a_file_that_does_not_hold_keeps_the_other_out_too(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "_pages", lambda *_: b"%PDF-1.4")
    with pytest.raises(AssessorError):
        write_report(snapshot, tmp_path / "out", ReportOptions(photos=False))
    assert list((tmp_path / "out").iterdir()) == []
