"""The library of rubrics: listed with their standing, read, checked, compared, exported."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assessor import paths
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.dialogs import files
from assessor.ui.dialogs.blank_form import BlankForm
from assessor.ui.navigation import Context
from assessor.ui.theme import Theme
from assessor.ui.views.rubrics import RubricsPage, RubricView, build
from assessor.ui.views.rubrics_text import sections
from assessor.ui.views.rubrics_versions import RubricVersions
from assessor.ui.words import Words
from assessor.workspace import rubric_library
from assessor.workspace.rubric_library import list_rubrics
from tests.strategies.visits import SHIPPED, shipped
from tests.ui.accessibility import nameless, outside, unreached, wheel_sensitive
from tests.ui.conftest import MakeContext, shown, sweep

WORKSHOP = "nb.digital_workshop"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def own_rubrics(tmp_path: Path, _own_folder: None) -> Path:
    """The person's own folder of rubrics, which lies in the test's folder."""
    folder = paths.user_folder() / "rubrics"
    assert tmp_path in folder.parents
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file of an earlier version, which lacks a criterion and has another line."""
    data = copy.deepcopy(shipped("digital_workshop").data)
    data["version"] = "0.9.0"
    criteria, outcomes = data["criteria"], data["outcomes"]
    assert isinstance(criteria, list)
    assert isinstance(outcomes, list)
    criteria.pop(5)
    outcomes[0]["readings"][0]["line"] = "51"
    path = tmp_path / "older.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


MakePage = Callable[..., RubricsPage]


@pytest.fixture
def make_page(make_context: MakeContext) -> Iterator[MakePage]:
    made: list[RubricsPage] = []

    def make(context: Context | None = None) -> RubricsPage:
        page = build(context or make_context())
        assert isinstance(page, RubricsPage)
        made.append(page)
        shown(page)
        return page

    yield make
    for page in made:
        page.close()
        page.deleteLater()
    sweep()


def read(page: RubricsPage, **where: str) -> RubricView:
    page.show_place(rubric=WORKSHOP, **where)
    assert page.view is not None
    return page.view


def versions_of(view: RubricView) -> RubricVersions:
    (found,) = view.findChildren(RubricVersions)
    return found


# --- the list -------------------------------------------------------------------------------------


def test_rubrics_are_listed_with_their_standing(make_page: MakePage) -> None:
    tiles = make_page().library.grid.tiles
    assert len(tiles) == len(list_rubrics()) > len(SHIPPED)
    assert all("1.0.0" in tile.accessibleName() for tile in tiles)
    said = [child.text() for child in tiles[0].findChildren(type(tiles[0]._chips()[0]))]
    assert "派生草案" in said


def test_a_file_that_cannot_be_used_says_why(make_page: MakePage, own_rubrics: Path) -> None:
    (own_rubrics / "broken.json").write_text('{"format_version": 1}', encoding="utf-8")
    page = make_page()
    tile = next(t for t in page.library.grid.tiles if "broken" in t.accessibleName())
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    view = page.view
    assert view is not None
    assert view.reader is None
    assert not view.export.isEnabled()
    view.checks.start()
    assert view.checks.cards
    assert "错误" in view.checks.summary.text


def test_a_tile_is_opened_and_left_with_the_keyboard(make_page: MakePage) -> None:
    page = make_page()
    tile = page.library.grid.tiles[0]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Return)
    assert page.view is not None
    page.view.back.setFocus()
    QTest.keyClick(page.view.back, Qt.Key.Key_Space)
    assert page.view is None
    assert page.stack.currentWidget() is page.library


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_section_can_be_read(name: str, language: str, plain: Theme) -> None:
    rubric = shipped(name).rubric
    words = Words("zh" if language == "zh" else "en")
    listed = sections(rubric, words, plain)
    whole = "".join(section.html() for section in listed)
    anchors = [anchor for section in listed for anchor, _ in section.anchors]
    assert sorted(anchors) == sorted(item.id for item in rubric.every_criterion)
    for item in rubric.every_criterion:
        assert f'name="{item.id}"' in whole
    for part in (*rubric.gates, *rubric.outcomes, *rubric.sources):
        assert f'name="{part.id}"' in whole


def test_descriptors_points_and_sources_are_there(make_page: MakePage) -> None:
    view = read(make_page())
    assert view.reader is not None
    item = next(c for c in shipped("digital_workshop").rubric.criteria if c.rule.kind == "levels")
    view.reader.show_part(f"dimension-{item.dimension}", item.id)
    text = view.reader.text.toPlainText()
    assert item.rule.kind == "levels"
    assert all(option.text.zh in text for option in item.rule.options)
    assert item.question.zh in text
    assert "出处：" in text


def test_gaps_and_notice_are_shown(make_page: MakePage) -> None:
    view = read(make_page())
    assert view.reader is not None
    rubric = shipped("digital_workshop").rubric
    view.reader.show_part("gaps")
    assert rubric.known_gaps[0].text.zh[:20] in view.reader.text.toPlainText()
    view.reader.show_part("overview")
    assert rubric.status.notice.zh[:10] in view.reader.text.toPlainText()


def test_text_of_a_foreign_rubric_is_never_markup(plain: Theme) -> None:
    data = copy.deepcopy(shipped("digital_workshop").data)
    data["summary"] = {"zh": '<img src="x">&', "en": "<b>bold</b>"}
    rubric = type(shipped("digital_workshop").rubric).model_validate_json(json.dumps(data))
    html = sections(rubric, Words("zh"), plain)[0].html()
    assert "<img" not in html
    assert "&lt;img" in html


def test_searching_leaves_the_parts_that_match(make_page: MakePage) -> None:
    view = read(make_page())
    assert view.reader is not None
    tree = view.reader.tree
    view.reader.search.setText("A1")
    tops = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    shown_tops = [top for top in tops if top is not None and not top.isHidden()]
    assert [top.text(0)[0] for top in shown_tops] == ["A"]
    assert shown_tops[0].isExpanded()
    children = [shown_tops[0].child(n) for n in range(shown_tops[0].childCount())]
    assert [child.text(0)[:2] for child in children if not child.isHidden()] == ["A1"]
    view.reader.search.clear()
    assert not any(top.isHidden() for top in tops if top is not None)


def test_the_place_is_found_again_in_another_language(
    make_page: MakePage, make_context: MakeContext
) -> None:
    view = read(make_page(), tab="read", section="gates")
    place = dict(view.place())
    again = make_page(make_context(language="en"))
    again.show_place(**place)
    assert again.view is not None
    assert again.view.reader is not None
    assert again.view.reader.shown_part() == ("gates", "")
    assert dict(again.place()) == place


# --- checking, comparing, exporting ---------------------------------------------------------------


def test_a_clean_rubric_is_told_so(make_page: MakePage) -> None:
    view = read(make_page(), tab="checks")
    QTest.mouseClick(view.checks.run, Qt.MouseButton.LeftButton)
    assert view.checks.summary.text.startswith("没有发现问题")
    assert view.checks.cards == []
    assert view.checks.run.isEnabled()


def test_faults_are_listed_with_place_and_remedy(make_page: MakePage, own_rubrics: Path) -> None:
    data = copy.deepcopy(shipped("digital_workshop").data)
    data["version"] = "9.0.0"
    criteria = data["criteria"]
    assert isinstance(criteria, list)
    criteria[0]["maximum"] = "99"
    (own_rubrics / "faulty.json").write_text(json.dumps(data), encoding="utf-8")
    page = make_page()
    view = read(page, tab="checks")
    view.checks.start()
    expected = rubric_library.check_file(own_rubrics / "faulty.json")
    assert len(view.checks.cards) == len(expected) > 0


def test_an_older_version_in_the_library_is_compared_at_once(
    make_page: MakePage, own_rubrics: Path, older: Path
) -> None:
    older.rename(own_rubrics / older.name)
    view = read(make_page())
    versions = versions_of(view)
    assert versions.summary.text == "从 0.9.0 到 1.0.0：新增 1，删去 0，改动 1"
    text = versions.text.toPlainText()
    assert shipped("digital_workshop").rubric.criteria[5].title.zh in text
    assert "51 →" in text


def test_a_version_from_a_file_is_compared(
    make_page: MakePage, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = versions_of(read(make_page(), tab="versions"))
    assert versions.summary.text.startswith("细则库里只有这一个版本")
    monkeypatch.setattr(files, "ask_rubric", lambda *_: older)
    QTest.mouseClick(versions.file, Qt.MouseButton.LeftButton)
    assert "新增 1" in versions.summary.text
    versions.other.key_chosen.emit("")
    assert versions.text.toPlainText() == ""


def test_another_rubric_is_compared_with_a_warning(
    make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = versions_of(read(make_page(), tab="versions"))
    other = next(e.path for e in rubric_library.list_rubrics() if e.id != WORKSHOP)
    monkeypatch.setattr(files, "ask_rubric", lambda *_: other)
    versions.file.click()
    assert not versions.warning.isHidden()


def test_the_form_is_written_for_what_was_chosen(
    make_context: MakeContext, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessor.sheets import read_workbook  # noqa: PLC0415 (only here)

    bridge.listen()
    notices: list[Notice] = []
    bridge.noticed.connect(notices.append)
    path = tmp_path / "form.xlsx"
    monkeypatch.setattr(files, "ask_workbook", lambda *_: path)
    dialog = BlankForm(make_context(), None)
    dialog.rubric.set_key(
        next(k for k, one in dialog._rubrics.items() if one.rubric.id == WORKSHOP)
    )
    dialog.rubric.key_chosen.emit(dialog.rubric.key() or "")
    dialog.profile.set_key("process")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    sheet = read_workbook(path).sheet("assessor_template")
    assert sheet is not None
    said = {cells[1].text: cells[2].text for cells in sheet.rows().values()}
    assert (said["rubric"], said["profile"]) == (WORKSHOP, "process")
    assert [notice.tone for notice in notices] == ["good"]
    dialog.deleteLater()


def test_thinking_better_of_it_writes_nothing(
    make_context: MakeContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ask_workbook", lambda *_: None)
    dialog = BlankForm(make_context(), shipped("future_factory"))
    dialog.save.click()
    assert not dialog.isHidden() or dialog.result() == 0
    assert dialog.target.key() == "future_factory"
    dialog.deleteLater()


@pytest.mark.parametrize("width", [776, 1200])
def test_everything_is_named_reached_and_inside(
    make_page: MakePage, make_context: MakeContext, width: int
) -> None:
    for language in ("zh", "en"):
        page = make_page(make_context(language=language))
        shown(page, width, 700)
        view = read(page)
        for tab in range(view.tabs.count()):
            view.tabs.setCurrentIndex(tab)
            assert nameless(page) == []
            assert unreached(page) == []
            assert outside(page) == []
            assert wheel_sensitive(page) == []
