"""Review: counts, remarks that lead somewhere, every figure explained down to its photograph."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from assessor.analysis.review import KINDS, counted, review
from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.i18n import LANGUAGES, Language
from assessor.ui.bridge import Bridge
from assessor.ui.models.review_list import KIND_LOOKS
from assessor.ui.models.review_tree import SEPARATOR
from assessor.ui.models.row_tree import Role, RowLook
from assessor.ui.navigation import Context
from assessor.ui.theme import Sizes, Theme, apply_theme
from assessor.ui.views.review import ReviewPage, build
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.demo import build_sample
from assessor.workspace.live import LiveVisit
from tests.ui.accessibility import (
    TOUCH_TARGET,
    clipped,
    nameless,
    outside,
    too_small,
    unreached,
    wheel_sensitive,
)
from tests.ui.conftest import MakeContext, Went, shown, sweep, wait_until

WIDTH, HEIGHT = 952, 700


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample("precision-mould", tmp_path_factory.mktemp("sample"))


@pytest.fixture
def visit_bridge(
    sample: Path, tmp_path: Path, bridge: Bridge, qtbot: object
) -> Iterator[VisitBridge]:
    """The sample of a discrete enterprise: answers, photographs, findings."""
    path = shutil.copy(sample, tmp_path / "visit.assessment")
    made = VisitBridge(bridge)
    made.attach(LiveVisit(path, made.hear))
    wait_until(lambda: made.latest is not None)
    yield made
    made.close()
    sweep()


@pytest.fixture
def context(make_context: MakeContext, visit_bridge: VisitBridge) -> Context:
    return make_context(visit_bridge)


@pytest.fixture
def page(context: Context) -> Iterator[ReviewPage]:
    made = build(context)
    assert isinstance(made, ReviewPage)
    shown(made, WIDTH, HEIGHT)
    yield made
    made.close()
    made.deleteLater()
    sweep()


def look(page: ReviewPage, key: str) -> RowLook:
    found = page.explained.model.index_of(key).data(Role.LOOK)
    assert isinstance(found, RowLook)
    return found


def test_every_kind_has_a_shape_of_its_own() -> None:
    assert set(KIND_LOOKS) == set(KINDS)
    assert len({icon for icon, _ in KIND_LOOKS.values()}) == len(KINDS)


def test_the_chips_count_what_the_list_holds(page: ReviewPage, visit_bridge: VisitBridge) -> None:
    assert visit_bridge.latest is not None
    remarks = review(visit_bridge.latest.card)
    assert remarks
    assert page.model.rowCount() == len(remarks)
    for kind, count in counted(remarks).items():
        assert str(count) in page.filters[kind].text()
        assert page.filters[kind].isEnabled() is (count > 0)
        if count:
            QTest.mouseClick(page.filters[kind], Qt.MouseButton.LeftButton)
            assert page.model.rowCount() == count
            assert page.place()["kind"] == kind


def test_a_remark_leads_to_its_criterion_by_mouse_and_by_key(
    page: ReviewPage, context: Context
) -> None:
    page.show_place(kind="no_evidence")
    assert not page.go.isEnabled()
    key = page.model.row_keys()[0]
    criterion = key.split("|")[1]
    page.rows.choose(key)
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    page.rows.setFocus()
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    assert isinstance(context.go, Went)
    assert context.go.places == [("evaluation", {"criterion": criterion})] * 2
    assert page.explained.tree.current_key.split(SEPARATOR)[-1] == criterion


def test_an_answer_taken_back_appears_as_unanswered_and_leads_there(
    page: ReviewPage, visit_bridge: VisitBridge
) -> None:
    assert visit_bridge.latest is not None
    key = next(iter(visit_bridge.latest.assessment.answers))
    before = page.model.rowCount()
    visit_bridge.post(lambda _: set_answer(key, None))
    wait_until(lambda: f"unanswered|{key}" in {k.rstrip("|") for k in page.model.row_keys()})
    assert page.model.rowCount() > 0
    visit_bridge.undo()
    wait_until(lambda: page.model.rowCount() == before)


def test_low_confidence_is_listed_with_its_note(
    page: ReviewPage, visit_bridge: VisitBridge
) -> None:
    assert visit_bridge.latest is not None
    answers = visit_bridge.latest.assessment.answers
    key, answer = next((k, a) for k, a in answers.items() if a.option and a.confidence != "low")
    doubtful = Answer.model_validate(
        {**answer.model_dump(exclude_none=True), "confidence": "low", "note": "只看了样机"}
    )
    visit_bridge.post(lambda _: set_answer(key, doubtful))
    page.show_place(kind="low_confidence")
    wait_until(lambda: any(k.split("|")[1] == key for k in page.model.row_keys()))
    row = next(k for k in page.model.row_keys() if k.split("|")[1] == key)
    notes = page.model.index_of(row).data(Role.LOOK).notes
    assert any("只看了样机" in note for note in notes)


def test_the_tree_goes_from_the_total_to_the_photograph(
    page: ReviewPage, visit_bridge: VisitBridge, context: Context
) -> None:
    assert visit_bridge.latest is not None
    card = visit_bridge.latest.card
    keys = page.explained.model.row_keys()
    assert keys[0] == "total"
    assert {item.criterion.id for item in card.items if item.role == "required"} <= {
        part for key in keys if key.startswith("total") for part in key.split(SEPARATOR)
    }
    proven = next(item for item in card.items if item.evidence)
    assert page.explained.show_figure(proven.criterion.id)
    above = page.explained.tree.current_key
    photo = f"{above}{SEPARATOR}evidence{SEPARATOR}{proven.evidence[0]}"
    assert look(page, photo).evidence == proven.evidence[0]
    wait_until(lambda: page.explained._picture(proven.evidence[0]) is not None)
    page.explained.tree.choose(photo)
    page.explained.tree.setFocus()
    QTest.keyClick(page.explained.tree, Qt.Key.Key_Return)
    assert isinstance(context.go, Went)
    assert context.go.places == [("evidence", {"item": proven.evidence[0]})]


def test_outcomes_are_explained_with_their_readings_and_gates(
    page: ReviewPage, visit_bridge: VisitBridge
) -> None:
    assert visit_bridge.latest is not None
    assessed = [o for o in visit_bridge.latest.card.outcomes if o.state != "not_assessed"]
    assert set(page.outcomes) == {entry.outcome.id for entry in assessed}
    for entry in assessed:
        assert page.explained.show_figure(entry.outcome.id)
        for reading in entry.readings:
            row = f"{entry.outcome.id}{SEPARATOR}{reading.reading.id}"
            assert look(page, row).title == reading.reading.name.zh
    page.show_place(explain="total")
    assert page.explained.tree.current_key == "total"


def test_what_an_undecided_outcome_still_waits_for_is_below_it(
    page: ReviewPage, visit_bridge: VisitBridge
) -> None:
    assert visit_bridge.latest is not None
    for key in list(visit_bridge.latest.assessment.answers):
        visit_bridge.post(lambda _, key=key: set_answer(key, None))
    wait_until(lambda: visit_bridge.latest is not None and not visit_bridge.latest.card.done)
    wait_until(lambda: not visit_bridge.saving)
    entry = next(o for o in visit_bridge.latest.card.outcomes if o.missing)
    for name in entry.missing:
        row = f"{entry.outcome.id}{SEPARATOR}missing{SEPARATOR}{name}"
        assert page.explained.model.index_of(row).isValid()


def test_arrows_open_and_close_the_tree(page: ReviewPage) -> None:
    tree = page.explained.tree
    tree.choose("total")
    tree.setFocus()
    tree.collapseAll()
    assert not tree.isExpanded(page.explained.model.index_of("total"))
    QTest.keyClick(tree, Qt.Key.Key_Right)
    assert tree.isExpanded(page.explained.model.index_of("total"))
    QTest.keyClick(tree, Qt.Key.Key_Left)
    assert not tree.isExpanded(page.explained.model.index_of("total"))


def test_what_was_open_stays_open_when_an_answer_changes(
    page: ReviewPage, visit_bridge: VisitBridge
) -> None:
    assert visit_bridge.latest is not None
    proven = next(item for item in visit_bridge.latest.card.items if item.evidence)
    page.explained.show_figure(proven.criterion.id)
    key = page.explained.tree.current_key
    wait_until(lambda: not visit_bridge.saving)
    other = next(k for k in visit_bridge.latest.assessment.answers if k != proven.criterion.id)
    before = visit_bridge.latest
    visit_bridge.post(lambda _: set_answer(other, None))
    wait_until(lambda: visit_bridge.latest is not before)
    assert page.explained.tree.current_key == key
    assert page.explained.tree.isExpanded(page.explained.model.index_of(key))


def test_the_models_keep_qts_rules(page: ReviewPage, visit_bridge: VisitBridge) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(m, mode) for m in (page.model, page.explained.model)]
    page.set_filter("no_evidence")
    page.set_filter("all")
    page.explained.open_dimensions()
    assert visit_bridge.latest is not None
    before = visit_bridge.latest
    key = next(iter(before.assessment.answers))
    visit_bridge.post(lambda _: set_answer(key, None))
    wait_until(lambda: visit_bridge.latest is not before)
    assert testers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("touch", [False, True])
def test_it_is_usable_by_everyone(
    make_context: MakeContext,
    visit_bridge: VisitBridge,
    qapp: QApplication,
    language: Language,
    touch: bool,
) -> None:
    theme = Theme(sizes=Sizes(touch=touch))
    apply_theme(qapp, theme)
    page = build(make_context(visit_bridge, language, theme))
    shown(page, WIDTH, HEIGHT)
    assert nameless(page) == []
    assert unreached(page) == []
    assert clipped(page) == []
    assert outside(page) == []
    assert wheel_sensitive(page) == []
    if touch:
        assert too_small(page, TOUCH_TARGET) == []
    page.close()
    page.deleteLater()
    apply_theme(qapp, Theme())
