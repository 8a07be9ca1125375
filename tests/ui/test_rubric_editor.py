"""The editor of a rubric: forms, live checks and golden cases, undo, a new version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assessor.rubrics.json_text import path_text
from assessor.rubrics.loader import LoadedRubric, load
from assessor.ui.dialogs.rubric_version import RubricVersionDialog
from assessor.ui.navigation import Context
from assessor.ui.views.rubric_editor.desk import RubricEditor
from assessor.ui.views.rubric_editor.fields import FieldRow
from assessor.ui.views.rubrics import RubricsPage, build
from assessor.ui.widgets import ChoiceField, LineField, NoteEdit
from assessor.workspace.rubric_draft import at
from tests.strategies.visits import ROOT, shipped
from tests.ui.accessibility import nameless, outside, unreached, wheel_sensitive
from tests.ui.conftest import MakeContext, shown, sweep

TEN = ROOT / "tests" / "data" / "rubrics" / "ten_items.json"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


MakeEditor = Callable[..., RubricEditor]


@pytest.fixture
def make_editor(make_context: MakeContext) -> Iterator[MakeEditor]:
    made: list[RubricEditor] = []

    def make(context: Context | None = None, rubric: LoadedRubric | None = None) -> RubricEditor:
        editor = RubricEditor(context or make_context(), rubric or load(TEN))
        made.append(editor)
        shown(editor, 976, 600)
        return editor

    yield make
    for editor in made:
        editor.close()
        editor.deleteLater()
    sweep()


def open_part(editor: RubricEditor, place: str) -> None:
    editor.show_place(place)
    assert editor.form.part is not None
    assert place.startswith(path_text(editor.form.part.path))


def row_of(editor: RubricEditor, place: str) -> FieldRow:
    (found,) = (one for one in editor.form.rows if path_text(one.field.path) == place)
    return found


def type_into(row: FieldRow, words: str, which: int = 0) -> None:
    entry = row.inputs[which]
    entry.setFocus()
    assert isinstance(entry, NoteEdit | LineField)
    entry.selectAll()
    QTest.keyClicks(entry, words)
    entry.flush()


def test_typing_changes_the_draft_and_the_checks_follow(make_editor: MakeEditor) -> None:
    editor = make_editor()
    assert editor.standing is not None
    assert editor.standing.usable
    open_part(editor, "criteria[0].maximum")
    row = row_of(editor, "criteria[0].maximum")
    type_into(row, "1")
    assert at(editor.draft.data, ("criteria", 0, "maximum")) == "1"
    editor.check()
    assert not editor.standing.usable
    assert editor.panel.list.count() == len(editor.standing.problems) > 0
    assert not editor.save.isEnabled()


def test_a_wrong_figure_is_said_at_its_field(make_editor: MakeEditor) -> None:
    editor = make_editor()
    open_part(editor, "criteria[0].maximum")
    row = row_of(editor, "criteria[0].maximum")
    type_into(row, "many")
    editor.check()
    assert not row.said.isHidden()
    type_into(row, "15")
    editor.check()
    assert row.said.isHidden()
    assert editor.standing is not None
    assert editor.standing.usable


def test_golden_cases_that_differ_are_named(make_editor: MakeEditor) -> None:
    editor = make_editor(rubric=shipped("digital_workshop"))
    before = editor.panel.golden.text
    open_part(editor, "outcomes[2].readings[0].line")
    type_into(row_of(editor, "outcomes[2].readings[0].line"), "95")
    editor.check()
    assert editor.standing is not None
    wrong = [case.id for case in editor.standing.cases if case.differs]
    assert wrong
    assert editor.panel.golden.text != before
    assert all(name in editor.panel.golden.text for name in wrong)


def test_undo_shows_the_place_and_redo_does_it_again(make_editor: MakeEditor) -> None:
    editor = make_editor()
    open_part(editor, "criteria[0].title")
    before = at(editor.draft.data, ("criteria", 0, "title", "en"))
    type_into(row_of(editor, "criteria[0].title"), "New title", which=1)
    open_part(editor, "criteria[3].title")
    editor.undo()
    assert at(editor.draft.data, ("criteria", 0, "title", "en")) == before
    row = row_of(editor, "criteria[0].title")
    entry = row.inputs[1]
    assert isinstance(entry, NoteEdit)
    assert entry.text() == before
    editor.redo()
    assert at(editor.draft.data, ("criteria", 0, "title", "en")) == "New title"
    assert editor.draft.can_undo


def test_evidence_is_added_filled_and_taken_away(make_editor: MakeEditor) -> None:
    editor = make_editor()
    open_part(editor, "criteria[3].title")
    listed: Any = at(editor.draft.data, ("criteria", 3, "evidence")) or []
    path = ("criteria", 3, "evidence")
    editor.form._add(path)
    place = f"criteria[3].evidence[{len(listed)}]"
    kind = row_of(editor, f"{place}.kind").inputs[0]
    assert isinstance(kind, ChoiceField)
    kind.set_key("photo")
    kind.key_chosen.emit("photo")
    for which, words in enumerate(("zhao pian", "a photograph")):
        type_into(row_of(editor, f"{place}.text"), words, which)
    found: Any = at(editor.draft.data, path)
    assert found[-1] == {"kind": "photo", "text": {"zh": "zhao pian", "en": "a photograph"}}
    row_of(editor, f"{place}.text").remove_asked.emit((*path, len(listed)))
    left: Any = at(editor.draft.data, path)
    assert len(left or []) == len(listed)


def test_an_optional_text_goes_when_both_languages_are_empty(make_editor: MakeEditor) -> None:
    editor = make_editor()
    open_part(editor, "dimensions[0].name")
    row = row_of(editor, "dimensions[0].why")
    had = at(editor.draft.data, ("dimensions", 0, "why"))
    for which in (0, 1):
        type_into(row, "x", which)
    for which in (0, 1):
        entry = row.inputs[which]
        assert isinstance(entry, NoteEdit)
        entry.setPlainText("")
        entry.flush()
    assert at(editor.draft.data, ("dimensions", 0, "why")) is None or had is None


def test_a_problem_leads_to_its_field(make_editor: MakeEditor) -> None:
    editor = make_editor()
    open_part(editor, "criteria[0].maximum")
    type_into(row_of(editor, "criteria[0].maximum"), "many")
    editor.check()
    open_part(editor, "gates[0].title")
    editor.panel.list.itemActivated.emit(editor.panel.list.item(0))
    assert editor.form.part is not None
    assert editor.form.part.path == ("criteria", 0)
    assert row_of(editor, "criteria[0].maximum").inputs[0].hasFocus()


def test_a_version_shows_what_differs_and_is_written(
    make_editor: MakeEditor, make_context: MakeContext, tmp_path: Path
) -> None:
    editor = make_editor()
    open_part(editor, "criteria[0].title")
    type_into(row_of(editor, "criteria[0].title"), "New title", which=1)
    saved: list[Path] = []
    dialog = RubricVersionDialog(make_context(language="en"), editor.draft, saved.append)
    assert "New title" in dialog.text.toPlainText()
    dialog.version.setText("1.0.0")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert saved == []
    assert not dialog.refused.isHidden()
    dialog.version.setText("1.1.0")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert [path.name for path in saved] == ["ten-items-1.1.0.json"]
    assert tmp_path in saved[0].parents
    assert load(saved[0]).rubric.criteria[0].title.en == "New title"
    dialog.deleteLater()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_named_reached_and_inside(
    make_editor: MakeEditor, make_context: MakeContext, language: str
) -> None:
    editor = make_editor(make_context(language=language))
    for place in ("criteria[0].title", "gates[0].title", "outcomes[0].name"):
        open_part(editor, place)
        assert nameless(editor) == []
        assert unreached(editor) == []
        assert outside(editor) == []
        assert wheel_sensitive(editor) == []


def test_the_page_undoes_in_the_editor_while_it_is_open(make_context: MakeContext) -> None:
    page = build(make_context())
    assert isinstance(page, RubricsPage)
    shown(page)
    page.show_place(rubric="nb.digital_workshop", tab="edit")
    assert page.view is not None
    editor = page.view.editor
    assert editor is not None
    assert page.view.edits
    editor.draft.put(("short_title", "zh"), "改过")
    page.handlers()["undo"]()
    assert not editor.draft.changed
    page.handlers()["redo"]()
    assert editor.draft.changed
    page.handlers()["search"]()
    assert editor.search.hasFocus()
    page.close()
    page.deleteLater()
