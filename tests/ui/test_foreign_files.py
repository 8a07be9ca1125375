"""Files that are not what they seem, brought into the window by mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assessor.exchange.template import template_workbook
from assessor.rubrics.loader import loads
from assessor.ui.dialogs import files
from assessor.ui.main_window import MainWindow
from assessor.ui.views.evaluating.evidence_row import EvidenceRow
from assessor.ui.views.start import StartPage
from assessor.workspace.rubric_library import rubric_called
from tests.ui.conftest import MakeVisit, wait_until
from tests.ui.test_mishaps import show, strip
from tests.unit.storage.samples import noise_jpeg

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(64)


def test_what_is_no_photo_is_refused_on_the_criterion_and_the_photo_beside_it_is_taken(
    window: MainWindow, make_visit: MakeVisit, tmp_path: Path
) -> None:
    broken, huge, film, good = (
        tmp_path / name for name in ("broken.jpg", "huge.png", "film.jpg", "good.jpg")
    )
    broken.write_bytes(noise_jpeg(200, 200)[:900])
    Image.new("1", (14_200, 14_200)).save(huge)
    film.write_bytes(FILM)
    good.write_bytes(noise_jpeg(40, 30))
    show(window, make_visit())
    (row,) = window.shell.findChildren(EvidenceRow)
    row.strip.files_dropped.emit([broken, huge, film, good])
    told = strip(window, "broken.jpg")
    assert all(words in told.label.text for words in ("huge.png", "film.jpg", "视频", "百万像素"))
    visit = window.visit
    assert visit is not None
    wait_until(lambda: visit.latest is not None and bool(visit.latest.assessment.evidence))
    assert visit.latest is not None
    assert [piece.file_name for piece in visit.latest.assessment.evidence] == ["good.jpg"]


@pytest.fixture
def of_another_version(tmp_path: Path) -> Path:
    """A workbook to fill in that was made for an edition this program does not have."""
    data = dict(rubric_called("nb.digital_workshop").data)
    later = loads(json.dumps({**data, "version": "99.0.0"}).encode("utf-8"), "later.json")
    path = tmp_path / "self.xlsx"
    path.write_bytes(template_workbook(later, None, None, "zh"))
    return path


def test_a_self_assessment_for_another_version_is_refused_by_name(
    window: MainWindow, of_another_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ask_self_assessment", lambda *_: of_another_version)
    page = window.shell.page
    assert isinstance(page, StartPage)
    (tile,) = [one for one in page.home.actions_grid.tiles if one.objectName() == "import"]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    told = strip(window, "99.0.0")
    assert "nb.digital_workshop" in told.label.text
    assert page.new_visit is None
