"""Findings: recorded, changed, photographed and re-checked; each step on disk and undoable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from assessor.assessment import Finding
from assessor.i18n import LANGUAGES, Language
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.models.findings_list import SEVERITIES, SEVERITY_LOOKS, is_overdue
from assessor.ui.models.row_tree import Role, RowLook
from assessor.ui.navigation import Context
from assessor.ui.theme import Sizes, Theme, apply_theme
from assessor.ui.views.findings import FindingsPage
from assessor.ui.views.findings_pick import PickEvidence
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.finding_edits import adding
from tests.ui.accessibility import (
    TOUCH_TARGET,
    clipped,
    nameless,
    outside,
    too_small,
    unreached,
    wheel_sensitive,
)
from tests.ui.conftest import MakeContext, Went, pause, shown, sweep, wait_until

WIDTH, HEIGHT = 952, 700
TODAY = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def page_of(context: Context, visit: VisitBridge) -> FindingsPage:
    page = FindingsPage(context, visit, clock=lambda: TODAY)
    shown(page, WIDTH, HEIGHT)
    page.activateWindow()
    return page


@pytest.fixture
def context(make_context: MakeContext, visit_bridge: VisitBridge) -> Context:
    return make_context(visit_bridge)


@pytest.fixture
def page(context: Context, visit_bridge: VisitBridge) -> Iterator[FindingsPage]:
    made = page_of(context, visit_bridge)
    yield made
    made.close()
    made.deleteLater()
    sweep()


def findings(visit: VisitBridge) -> tuple[Finding, ...]:
    assert visit.latest is not None
    return visit.latest.assessment.findings


def put(visit: VisitBridge, **fields: object) -> str:
    """Record a finding and wait until it is there; returns its id."""
    count = len(findings(visit))
    criterion = visit.loaded.rubric.criteria[0].id
    base = {"id": f"f{count + 1}", "criterion": criterion, "text": "安全门联锁被短接", **fields}
    visit.post(adding(Finding.model_validate(base)))
    wait_until(lambda: len(findings(visit)) == count + 1)
    return f"f{count + 1}"


def photo(folder: Path, name: str, shade: int) -> Path:
    path = folder / name
    Image.new("RGB", (40, 30), (shade, 90, 120)).save(path)
    return path


def looks(page: FindingsPage) -> list[RowLook]:
    rows = (page.model.index(row, 0) for row in range(page.model.rowCount()))
    return [row.data(Role.LOOK) for row in rows]


def test_every_severity_has_a_shape_of_its_own() -> None:
    assert set(SEVERITY_LOOKS) == set(SEVERITIES)
    assert len({icon for icon, _ in SEVERITY_LOOKS.values()}) == len(SEVERITIES)


def test_a_finding_is_recorded_by_keyboard_alone(
    page: FindingsPage, visit_bridge: VisitBridge
) -> None:
    page.add.setFocus()
    QTest.keyClick(page.add, Qt.Key.Key_Space)
    assert findings(visit_bridge) == ()
    assert page.editor.text.hasFocus()
    QTest.keyClicks(page.editor.text, "emergency stop blocked")
    QTest.keyClick(page.editor.text, Qt.Key.Key_Tab)
    wait_until(lambda: len(findings(visit_bridge)) == 1)
    found = findings(visit_bridge)[0]
    assert (found.id, found.text, found.severity) == ("f1", "emergency stop blocked", "minor")
    assert page.rows.current_key == "f1"
    visit_bridge.undo()
    wait_until(lambda: findings(visit_bridge) == ())


def test_what_was_chosen_before_the_text_is_recorded_with_it(
    page: FindingsPage, visit_bridge: VisitBridge
) -> None:
    criterion = visit_bridge.loaded.rubric.criteria[4].id
    page.show_place(criterion=criterion)
    QTest.mouseClick(page.editor.severity.buttons["major"], Qt.MouseButton.LeftButton)
    page.editor.owner.setFocus()
    QTest.keyClicks(page.editor.owner, "Zhou")
    page.editor.due.setFocus()
    QTest.keyClicks(page.editor.due, "2026-04-01")
    page.editor.text.setFocus()
    QTest.keyClicks(page.editor.text, "no guard")
    page.leave()
    wait_until(lambda: len(findings(visit_bridge)) == 1)
    found = findings(visit_bridge)[0]
    assert found.criterion == criterion
    assert (found.severity, found.owner, found.due) == ("major", "Zhou", date(2026, 4, 1))


def test_each_field_is_a_step_that_can_be_undone(
    page: FindingsPage, visit_bridge: VisitBridge
) -> None:
    page.show_place(finding=put(visit_bridge))
    editor = page.editor
    QTest.mouseClick(editor.state.buttons["rectified"], Qt.MouseButton.LeftButton)
    wait_until(lambda: findings(visit_bridge)[0].state == "rectified")
    editor.clause.setFocus()
    QTest.keyClicks(editor.clause, "GB 4053")
    QTest.keyClick(editor.clause, Qt.Key.Key_Return)
    wait_until(lambda: findings(visit_bridge)[0].clause == "GB 4053")
    visit_bridge.undo()
    wait_until(lambda: findings(visit_bridge)[0].clause == "")
    assert findings(visit_bridge)[0].state == "rectified"
    visit_bridge.undo()
    wait_until(lambda: findings(visit_bridge)[0].state == "open")
    wait_until(lambda: editor.state.key() == "open")


def test_an_emptied_text_is_refused_with_a_word_and_nothing_is_lost(
    page: FindingsPage, visit_bridge: VisitBridge
) -> None:
    page.show_place(finding=put(visit_bridge))
    page.editor.text.setFocus()
    page.editor.text.selectAll()
    QTest.keyClick(page.editor.text, Qt.Key.Key_Delete)
    page.editor.flush()
    assert page.editor.note.isVisible()
    wait_until(lambda: not visit_bridge.saving)
    assert findings(visit_bridge)[0].text == "安全门联锁被短接"


def test_what_is_overdue_comes_first_and_says_so(
    page: FindingsPage, visit_bridge: VisitBridge
) -> None:
    put(visit_bridge, severity="observation", text="late", due="2026-03-09")
    put(visit_bridge, severity="major", text="verified", due="2026-03-01", state="verified")
    put(visit_bridge, severity="major", text="today", due="2026-03-10")
    assert [look.title for look in looks(page)] == ["today", "late", "verified"]
    words = [look.aside for look in looks(page)]
    assert words[1] == "逾期未改"
    assert words[0] == "未整改"
    QTest.mouseClick(page.filters["overdue"], Qt.MouseButton.LeftButton)
    assert [look.title for look in looks(page)] == ["late"]
    page.show_place(finding="f1", filter="all")
    assert page.editor.overdue.isVisible()


def test_only_open_findings_whose_day_is_past_are_overdue() -> None:
    day = date(2026, 3, 9)
    found = Finding(id="f1", criterion="c", text="x", due=day)
    assert is_overdue(found, date(2026, 3, 10))
    assert not is_overdue(found, day)
    for state in ("rectified", "verified"):
        assert not is_overdue(found.model_copy(update={"state": state}), date(2027, 1, 1))
    assert not is_overdue(found.model_copy(update={"due": None}), date(2027, 1, 1))


def test_photos_come_from_files_and_the_second_one_is_the_recheck(
    page: FindingsPage, visit_bridge: VisitBridge, tmp_path: Path
) -> None:
    page.show_place(finding=put(visit_bridge))
    photos = page.editor.photos
    photos.before.strip.files_dropped.emit([photo(tmp_path, "before.png", 200)])
    wait_until(lambda: len(findings(visit_bridge)[0].evidence) == 1)
    QTest.mouseClick(page.editor.state.buttons["verified"], Qt.MouseButton.LeftButton)
    wait_until(lambda: findings(visit_bridge)[0].state == "verified")
    assert photos.advice.isVisible()
    photos.after.strip.files_dropped.emit([photo(tmp_path, "after.png", 20)])
    wait_until(lambda: bool(findings(visit_bridge)[0].recheck))
    assert not photos.advice.isVisible()
    assert visit_bridge.latest is not None
    pieces = visit_bridge.latest.assessment.evidence
    found = findings(visit_bridge)[0]
    assert [piece.id for piece in pieces] == [*found.evidence, *found.recheck]
    assert [piece.caption for piece in pieces] == [found.text, f"复核：{found.text}"]
    assert all(piece.criteria == (findings(visit_bridge)[0].criterion,) for piece in pieces)
    assert list(photos.before.strip.tiles) == list(found.evidence)
    assert list(photos.after.strip.tiles) == list(found.recheck)
    visit_bridge.undo()
    wait_until(lambda: not findings(visit_bridge)[0].recheck)
    assert photos.advice.isVisible()
    assert len(visit_bridge.latest.assessment.evidence) == 1


def test_the_same_photo_twice_is_stored_once_and_what_is_no_picture_is_refused(
    page: FindingsPage, visit_bridge: VisitBridge, bridge: Bridge, tmp_path: Path
) -> None:
    heard: list[Notice] = []
    bridge.noticed.connect(heard.append)
    bridge.listen()
    page.show_place(finding=put(visit_bridge))
    fake = tmp_path / "fake.png"
    fake.write_bytes(bytes(range(256)))
    one, same = photo(tmp_path, "one.png", 10), photo(tmp_path, "same.png", 10)
    page.editor.photos.before.attach([fake, one, same])
    wait_until(lambda: len(findings(visit_bridge)[0].evidence) == 1)
    assert visit_bridge.latest is not None
    assert len(visit_bridge.latest.assessment.evidence) == 1
    assert [notice.tone for notice in heard] == ["bad"]


def test_photos_are_picked_from_the_evidence_of_the_visit(
    page: FindingsPage,
    context: Context,
    visit_bridge: VisitBridge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = put(visit_bridge), put(visit_bridge, text="another")
    page.show_place(finding=first)
    page.editor.photos.before.attach([photo(tmp_path, "p.png", 99)])
    wait_until(lambda: bool(findings(visit_bridge)[0].evidence))
    page.show_place(finding=second)
    assert visit_bridge.latest is not None
    pieces = visit_bridge.latest.assessment.evidence
    dialog = PickEvidence(context, pieces, (), page.editor.photos.pictures, page)
    tester = QAbstractItemModelTester(
        dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    dialog.show()
    dialog.rows.choose(pieces[0].id)
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert dialog.chosen == [pieces[0].id]
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert dialog.chosen == []
    dialog.close()
    del tester
    dialog.deleteLater()
    monkeypatch.setattr(PickEvidence, "ask", lambda *_: (pieces[0].id,))
    QTest.mouseClick(page.editor.photos.before.choose, Qt.MouseButton.LeftButton)
    wait_until(lambda: findings(visit_bridge)[1].evidence == (pieces[0].id,))
    QTest.mouseClick(page.editor.photos.after.choose, Qt.MouseButton.LeftButton)
    wait_until(lambda: findings(visit_bridge)[1].recheck == (pieces[0].id,))


def test_a_finding_is_removed_and_comes_back_with_undo(
    page: FindingsPage, visit_bridge: VisitBridge
) -> None:
    page.show_place(finding=put(visit_bridge))
    QTest.mouseClick(page.editor.remove, Qt.MouseButton.LeftButton)
    wait_until(lambda: findings(visit_bridge) == ())
    assert page.editor.hint.isVisible()
    visit_bridge.undo()
    wait_until(lambda: len(findings(visit_bridge)) == 1)


def test_a_new_finding_can_be_given_up(page: FindingsPage, visit_bridge: VisitBridge) -> None:
    page.begin()
    QTest.mouseClick(page.editor.remove, Qt.MouseButton.LeftButton)
    assert findings(visit_bridge) == ()
    assert page.editor.hint.isVisible()


def test_it_leads_to_its_criterion(
    page: FindingsPage, visit_bridge: VisitBridge, context: Context
) -> None:
    page.show_place(finding=put(visit_bridge))
    QTest.mouseClick(page.editor.go, Qt.MouseButton.LeftButton)
    assert isinstance(context.go, Went)
    criterion = findings(visit_bridge)[0].criterion
    assert context.go.places == [("evaluation", {"criterion": criterion})]


def test_the_model_keeps_qts_rules(page: FindingsPage, visit_bridge: VisitBridge) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(page.model, mode)
    put(visit_bridge)
    put(visit_bridge, severity="major")
    page.set_filter("open")
    page.set_filter("verified")
    assert page.model.rowCount() == 0
    del tester


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
    page = page_of(make_context(visit_bridge, language, theme), visit_bridge)
    page.show_place(finding=put(visit_bridge, owner="周工", due="2026-03-01"))
    pause(50)
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
