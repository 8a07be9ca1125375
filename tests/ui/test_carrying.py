"""A visit whose rubric has a newer version: told on the overview, carried into a new file."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from assessor import paths
from assessor.storage.file import open_file
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.dialogs import files
from assessor.ui.dialogs.carrying import CarryDialog
from assessor.ui.views.newer_rubric import NewerRubric
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.carrying import newer_version
from tests.strategies.visits import shipped
from tests.ui.conftest import MakeContext, shown, sweep, wait_until


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A later version in the person's own folder, without the first criterion."""
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    data: Any = copy.deepcopy(shipped("digital_workshop").data)
    data["version"] = "3.0.0"
    del data["criteria"][0]
    folder = paths.user_folder() / "rubrics"
    assert tmp_path in folder.parents
    folder.mkdir(parents=True)
    path = folder / "newer.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    (folder / "broken.json").write_text('{"id": "nb.digital_workshop", "version": "9.0.0"}')
    return path


def test_only_a_newer_usable_version_is_found(newer: Path) -> None:
    base = shipped("digital_workshop")
    found = newer_version(base)
    assert found is not None
    assert found.rubric.version == "3.0.0"
    assert newer_version(found) is None
    assert newer_version(shipped("future_factory")) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_overview_tells_of_it(
    make_context: MakeContext, visit_bridge: VisitBridge, newer: Path, language: str
) -> None:
    widget = NewerRubric(make_context(visit_bridge, language=language), visit_bridge)
    shown(widget)
    assert "3.0.0" in widget.text.text
    assert not widget.open.isHidden()
    widget.close()
    widget.deleteLater()


def test_nothing_is_told_without_one(make_context: MakeContext, visit_bridge: VisitBridge) -> None:
    widget = NewerRubric(make_context(visit_bridge), visit_bridge)
    shown(widget)
    assert widget.open.isHidden()
    widget.close()
    widget.deleteLater()


def test_the_table_comes_first_and_the_file_after(
    make_context: MakeContext,
    visit_bridge: VisitBridge,
    newer: Path,
    bridge: Bridge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notices: list[Notice] = []
    bridge.noticed.connect(notices.append)
    bridge.listen()
    target = tmp_path / "carried.assessment"
    answers = [None, target]
    monkeypatch.setattr(files, "ask_copy", lambda *_: answers.pop(0))
    later = newer_version(visit_bridge.loaded)
    assert later is not None
    dialog = CarryDialog(make_context(visit_bridge), visit_bridge, later)
    wait_until(lambda: dialog.plan is not None)
    dialog.write.click()
    assert not target.exists()
    dialog.reason.setText("换表")
    dialog.write.click()
    wait_until(lambda: bool(notices))
    assert notices[0].tone == "good"
    with open_file(target, read_only=True) as file:
        assert file.assessment.rubric.version == "3.0.0"
        assert file.assessment.revision == 2
    dialog.deleteLater()
    sweep()
