"""Samples built into visits, and the demonstration that reports them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from assessor.assessment import Answer, Assessment
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError
from assessor.i18n import render
from assessor.workspace import demo as demonstration
from assessor.workspace.demo import build_sample, demo
from assessor.workspace.sample_pictures import DRAWINGS, PICTURE_HEIGHT, PICTURE_WIDTH, Scene, draw
from assessor.workspace.visits import opened


def built(slug: str, folder: Path) -> Assessment:
    with opened(build_sample(slug, folder), read_only=True) as visit:
        return visit.assessment


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_a_drawing_is_the_same_each_time_and_carries_nothing_but_pixels(name: str) -> None:
    scene = Scene(
        drawing=name, title="示例", words=("甲", "乙"), figures=(3, 2), taken="2025-09-16"
    )
    picture = draw(scene, "示意图")
    assert picture == draw(scene, "示意图")
    with Image.open(io.BytesIO(picture)) as image:
        assert (image.format, image.size) == ("JPEG", (PICTURE_WIDTH, PICTURE_HEIGHT))
        assert image.mode == "RGB"
        assert len(image.getexif()) == 0
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        colours = image.resize((80, 60)).getcolors(4800)
    assert colours
    assert len(colours) > 20


def test_another_seed_or_another_mark_is_another_picture() -> None:
    scene = Scene(drawing="dashboard", title="示例")
    other = scene.model_copy(update={"seed": 2})
    assert len({draw(scene, "甲"), draw(other, "甲"), draw(scene, "乙")}) == 3


def test_a_sample_is_built_whole_and_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    assert built("unfinished-visit", first) == built("unfinished-visit", second)
    with opened(first / "unfinished-visit.assessment") as visit:
        assert visit.file.check_whole() == ()
        states = {entry.outcome.id: entry.state for entry in visit.score().outcomes}
        assert states["smart_factory"] == "undecided"
        finding = visit.assessment.findings[0]
        assert finding.criterion == "cloud_edge_network"
        shown = {item.id: item.file_name for item in visit.assessment.evidence}
        assert [shown[piece] for piece in finding.evidence] == ["screen.jpg"]
        assert next(visit.file.history()).what is not None


def test_the_rich_sample_has_all_that_a_report_shows(tmp_path: Path) -> None:
    path = build_sample("fine-chemicals", tmp_path)
    with opened(path, read_only=True) as visit:
        record, card = visit.assessment, visit.score()
    assert record.self_assessment
    assert record.self_assessment.by == "董拟舟"
    assert len(record.evidence) == 25
    assert len(record.tables["ledger"]) == 41
    assert len(record.findings) == 6
    served = {key for item in record.evidence for key in item.criteria}
    short = {key for found in card.evidence_shortfalls for key in found.criteria}
    assert short
    assert served - short
    assert all(item.about and item.caption for item in record.evidence)


def test_an_unknown_sample_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(AssessorError) as refusal:
        build_sample("nowhere", tmp_path)
    said = render(refusal.value.message, "en")
    assert "nowhere" in said
    assert "precision-mould" in said
    assert list(tmp_path.iterdir()) == []


def test_the_demonstration_writes_reports_and_keeps_what_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "SHOWN", ("unfinished-visit",))
    folder = tmp_path / "out"
    (first,) = demo(folder)
    assert first.visit.name == "unfinished-visit.assessment"
    assert [path.suffix for path in first.files] == [".assessment", ".pdf", ".xlsx"]
    assert all(path.is_file() for path in first.files)
    assert first.card.result is None
    before = first.visit.read_bytes()
    (again,) = demo(folder, "en")
    assert again.visit == first.visit
    assert first.visit.read_bytes() == before
    with opened(first.visit) as visit:
        visit.do(set_answer("ai_adoption", Answer(option="D")))
    (kept,) = demo(folder)
    assert kept.visit.name == "unfinished-visit-2.assessment"
    with opened(first.visit, read_only=True) as visit:
        assert visit.assessment.answers["ai_adoption"].option == "D"
    assert {path.name for path in folder.iterdir() if path.name.startswith(".")} == set()


def test_a_build_without_samples_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demonstration, "samples", tuple)
    with pytest.raises(AssessorError) as refusal:
        demo(tmp_path / "out")
    assert refusal.value.message.key == "demo.no_samples"
    assert not (tmp_path / "out").exists()
