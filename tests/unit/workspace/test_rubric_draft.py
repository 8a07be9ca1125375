"""A rubric being edited: steps, parts and fields, what is said of it, kept as a version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assessor import paths
from assessor.errors import AssessorError
from assessor.rubrics.loader import LoadedRubric, load
from assessor.workspace.rubric_draft import (
    REMOVED,
    RubricDraft,
    at,
    next_version,
    save_version,
    standing_of,
    with_version,
)
from assessor.workspace.rubric_parts import groups_of, parts_of
from assessor.workspace.rubric_versions import versions_of
from tests.strategies.visits import ROOT, shipped

TEN = ROOT / "tests" / "data" / "rubrics" / "ten_items.json"
TITLE = ("criteria", 0, "title", "zh")


@pytest.fixture(scope="module")
def ten() -> LoadedRubric:
    return load(TEN)


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return paths.user_folder() / "rubrics"


def stand(draft: RubricDraft) -> Any:
    return standing_of(draft.data, "draft.json", lambda: None)


def test_steps_are_taken_back_and_done_again(ten: LoadedRubric) -> None:
    draft = RubricDraft(ten)
    assert not draft.put(TITLE, at(ten.data, TITLE))
    for words in ("计", "计划", "计划排产"):
        draft.put(TITLE, words)
    draft.put(("criteria", 1, "maximum"), "3")
    assert draft.undo() == ("criteria", 1, "maximum")
    assert draft.undo() == TITLE
    assert draft.data == ten.data
    assert (draft.can_undo, draft.changed) == (False, False)
    assert draft.redo() == TITLE
    assert at(draft.data, TITLE) == "计划排产"
    draft.put(TITLE, "别的")
    assert not draft.can_redo


def test_the_rubric_it_began_with_stays(ten: LoadedRubric) -> None:
    before = load(TEN).data
    draft = RubricDraft(ten)
    draft.put(TITLE, "改过")
    draft.append(("criteria", 0, "cautions"), {"zh": "一", "en": "one"})
    draft.put(("criteria", 0, "cautions", 0), REMOVED)
    assert ten.data == before


def test_wrong_drafts_are_told_and_never_raise(ten: LoadedRubric) -> None:
    draft = RubricDraft(ten)
    draft.put(("criteria", 0, "maximum"), "abc")
    standing = stand(draft)
    assert standing.loaded is None
    assert [problem.place for problem in standing.problems] == ["criteria[0].maximum"]
    draft.put(("criteria", 0, "maximum"), "1")
    standing = stand(draft)
    assert standing.loaded is not None
    assert not standing.usable
    assert not standing.ran


def test_golden_cases_are_run_live(ten: LoadedRubric) -> None:
    assert all(case.differs == () for case in stand(RubricDraft(ten)).cases)
    draft = RubricDraft(shipped("digital_workshop"))
    draft.put(("outcomes", 2, "readings", 0, "line"), "95")
    standing = stand(draft)
    assert standing.ran
    assert any(case.differs for case in standing.cases)
    assert not standing.usable


def test_a_check_ends_when_nobody_wants_it(ten: LoadedRubric) -> None:
    class UnwantedError(Exception):
        pass

    def give_up() -> None:
        raise UnwantedError

    with pytest.raises(UnwantedError):
        standing_of(ten.data, "draft.json", give_up)


@pytest.mark.parametrize("name", ["digital_workshop", "future_factory"])
def test_every_text_weight_line_and_evidence_can_be_edited(name: str) -> None:
    data: Any = shipped(name).data
    reached = {
        field.path
        for part in parts_of(data)
        for group in groups_of(data, part)
        for field in group.fields
    }
    wanted: set[tuple[object, ...]] = {("title",), ("summary",), ("status", "notice")}
    for number, one in enumerate(data["criteria"]):
        here = ("criteria", number)
        wanted |= {(*here, key) for key in ("title", "question", "maximum")}
        wanted |= {
            (*here, "evidence", at_, key)
            for at_ in range(len(one.get("evidence", ())))
            for key in ("kind", "text")
        }
        for at_, _ in enumerate(one["rule"].get("options", ())):
            wanted |= {(*here, "rule", "options", at_, key) for key in ("text", "value")}
    for number, outcome in enumerate(data["outcomes"]):
        wanted |= {
            ("outcomes", number, "readings", at_, "line") for at_ in range(len(outcome["readings"]))
        }
    assert wanted <= reached
    assert all(at(data, path[:-1]) is not None for path in reached)


def test_a_version_is_written_beside_and_never_over(ten: LoadedRubric, own_folder: Path) -> None:
    base = shipped("digital_workshop")
    draft = RubricDraft(base)
    draft.put(("short_title", "zh"), "数字化车间（修订）")
    made = with_version(draft, next_version(base.rubric.version))
    path = save_version(made)
    assert path.parent == own_folder
    found = load(path).rubric
    assert (found.version, found.short_title.zh) == ("1.1.0", "数字化车间（修订）")
    assert [number for number, _ in versions_of(base.rubric.id)] == [(1, 0, 0), (1, 1, 0)]
    before = path.read_bytes()
    with pytest.raises(AssessorError):
        save_version(made)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", ["", "2", "1.0", "1.0.0", "0.9.0", "x.y.z", "1.2.3.4"])
def test_versions_that_are_none_or_not_newer(ten: LoadedRubric, version: str) -> None:
    draft = RubricDraft(ten)
    draft.put(TITLE, "改过")
    with pytest.raises(AssessorError):
        with_version(draft, version)


def test_what_does_not_make_sense_is_not_kept(ten: LoadedRubric, own_folder: Path) -> None:
    draft = RubricDraft(ten)
    draft.put(("criteria", 0, "maximum"), "1")
    with pytest.raises(AssessorError):
        save_version(with_version(draft, "1.1.0"))
    assert not own_folder.exists()
