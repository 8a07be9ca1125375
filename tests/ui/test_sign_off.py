"""The sign-off screen: signing in every way, what is refused afterwards, and reopening."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QImage,
    QInputDevice,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.assessment import Answer, PanelMember
from assessor.commands.answers import set_answer
from assessor.commands.record import set_field
from assessor.i18n import LANGUAGES
from assessor.ui.bridge import Bridge
from assessor.ui.navigation import Context
from assessor.ui.tasks import Tasks
from assessor.ui.theme import Theme
from assessor.ui.views import sign_off
from assessor.ui.views.sign_draft import ENTERPRISE
from assessor.ui.views.sign_off import SignOffPage, build
from assessor.ui.views.sign_pad import SignaturePad, drawing_of
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.live import Refused
from tests.ui.accessibility import clipped, nameless, outside, unreached, wheel_sensitive
from tests.ui.conftest import MakeContext, pause, shown, wait_until

ITEM = "a5-monitoring-visualisation"
PANEL = (
    PanelMember(id="zhang", name="张伟", role="leader"),
    PanelMember(id="li", name="李娜"),
    PanelMember(id="chen", name="陈强", role="observer"),
)


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


@pytest.fixture
def context(make_context: MakeContext, visit_bridge: VisitBridge) -> Context:
    visit_bridge.post(lambda _: set_field("visit", "panel", PANEL))
    wait_until(lambda: not visit_bridge.saving)
    return make_context(visit_bridge)


@pytest.fixture
def page(context: Context, tasks: Tasks) -> Iterator[SignOffPage]:
    made = build(context)
    assert isinstance(made, SignOffPage)
    shown(made)
    yield made
    made.close()
    tasks.close()
    made.deleteLater()


def click(widget: Any) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(widget: Any, key: Qt.Key = Qt.Key.Key_Space) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key)


def draw(pad: SignaturePad) -> None:
    """Draw with the mouse, half of it outside the field."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 60))
    for x in range(40, 240, 20):
        QTest.mouseMove(pad, QPoint(x, 60 + (x % 40)))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(240, 60))


def record(visit: VisitBridge) -> Any:
    assert visit.latest is not None
    return visit.latest.assessment


def sign_on_paper(page: SignOffPage, visit: VisitBridge) -> None:
    """Sign without a mouse."""
    count = len(record(visit).sign_offs)
    press(page.form.truthful)
    if page.form.recusal.isVisible():
        press(page.form.recusal)
    press(page.form.on_paper)
    press(page.form.sign)
    wait_until(lambda: len(record(visit).sign_offs) == count + 1)


# --- signing --------------------------------------------------------------------------------------


def test_a_drawn_signature_is_stored_with_name_role_declarations_and_time(
    page: SignOffPage, visit_bridge: VisitBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, seen = threading.get_ident(), list[int]()

    def watched(strokes: Any) -> Any:
        seen.append(threading.get_ident())
        return drawing_of(strokes)

    monkeypatch.setattr(sign_off, "drawing_of", watched)
    form = page.form
    assert (form.name.text(), form.role.text()) == ("张伟", "组长")
    assert not form.sign.isEnabled()
    click(form.truthful)
    click(form.recusal)
    assert not form.sign.isEnabled()
    draw(form.pad)
    assert form.sign.isEnabled()
    click(form.sign)
    wait_until(lambda: bool(record(visit_bridge).sign_offs))
    (entry,) = record(visit_bridge).sign_offs
    assert (entry.name, entry.role) == ("张伟", "组长")
    assert len(entry.statement.splitlines()) == 3
    assert entry.signed_at.tzinfo is not None
    (piece,) = record(visit_bridge).evidence
    assert (piece.id, piece.kind, piece.criteria) == (entry.signature, "document", ())
    assert len(seen) == 1
    assert window not in seen
    wait_until(page.signatures.cards[0].picture.isVisible)


def test_the_picture_is_dark_ink_on_white() -> None:
    stroke = tuple((float(x), 50.0, 1.0) for x in range(20, 120, 5))
    made = drawing_of([stroke])
    image = QImage.fromData(made.png)
    assert (image.width(), image.height()) == (made.width, made.height)
    assert image.pixelColor(0, 0).lightness() == 255
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle.lightness() < 60


def test_signing_by_keyboard_alone_and_on_paper(
    page: SignOffPage, visit_bridge: VisitBridge
) -> None:
    sign_on_paper(page, visit_bridge)
    assert record(visit_bridge).sign_offs[0].signature is None
    assert record(visit_bridge).evidence == ()
    assert page.form.name.text() == "李娜"
    assert not page.form.truthful.isChecked()


def test_the_enterprise_signs_its_own_declaration(
    page: SignOffPage, visit_bridge: VisitBridge
) -> None:
    page.form.person.set_key(ENTERPRISE)
    page.form.person_chosen.emit(ENTERPRISE)
    assert not page.form.recusal.isVisible()
    assert not page.form.name.text()
    QTest.keyClicks(page.form.name, "Wang Fang")
    sign_on_paper(page, visit_bridge)
    (entry,) = record(visit_bridge).sign_offs
    assert (entry.name, entry.role) == ("Wang Fang", "企业代表")
    assert "评估结论" not in entry.statement


def test_a_reservation_needs_its_reason(page: SignOffPage) -> None:
    form = page.form
    for tick in (form.truthful, form.recusal, form.on_paper):
        press(tick)
    assert form.sign.isEnabled()
    press(form.opinion, Qt.Key.Key_Down)
    assert form.opinion.key() == "reserve"
    assert not form.sign.isEnabled()
    assert form.need.text
    form.remark.setFocus()
    QTest.keyClicks(form.remark, "5.3")
    form.remark.flush()
    assert form.sign.isEnabled()


def test_observers_do_not_sign(page: SignOffPage) -> None:
    offered = [page.form.person.itemText(at) for at in range(page.form.person.count())]
    assert any("张伟" in name for name in offered)
    assert not any("陈强" in name for name in offered)


def test_another_language_of_the_window_keeps_what_is_being_signed(
    page: SignOffPage, make_context: MakeContext, visit_bridge: VisitBridge
) -> None:
    click(page.form.truthful)
    draw(page.form.pad)
    page.form.remark.setPlainText("同意")
    page.leave()
    other = build(make_context(visit_bridge, "en"))
    assert isinstance(other, SignOffPage)
    assert other.form.truthful.isChecked()
    assert other.form.pad.strokes == page.form.pad.strokes
    assert other.form.remark.text() == "同意"
    other.deleteLater()


# --- afterwards -----------------------------------------------------------------------------------


def test_a_signed_visit_refuses_edits_in_words(
    page: SignOffPage, visit_bridge: VisitBridge
) -> None:
    refused: list[Refused] = []
    visit_bridge.refused.connect(refused.append)
    assert not page.reopening.isVisible()
    sign_on_paper(page, visit_bridge)
    assert "只读" in page.status.text()
    visit_bridge.post(lambda _: set_answer(ITEM, Answer(option="L2")))
    visit_bridge.undo()
    wait_until(lambda: len(refused) == 2)
    assert all("张伟" in one.message.pick("zh") for one in refused)
    assert record(visit_bridge).answers == {}


def test_reopening_needs_a_reason_and_is_remembered(
    page: SignOffPage, visit_bridge: VisitBridge
) -> None:
    sign_on_paper(page, visit_bridge)
    assert page.reopening.isVisible()
    assert not page.reopening.button.isEnabled()
    page.reopening.reason.setFocus()
    QTest.keyClicks(page.reopening.reason, "5.3 was wrong")
    press(page.reopening.button)
    wait_until(lambda: record(visit_bridge).revision == 2)
    assert record(visit_bridge).sign_offs == ()
    wait_until(lambda: page.revisions.texts == ["5.3 was wrong"])
    assert not page.reopening.isVisible()
    assert not page.signatures.isVisible()
    visit_bridge.post(lambda _: set_answer(ITEM, Answer(option="L2")))
    wait_until(lambda: ITEM in record(visit_bridge).answers)


# --- the field ------------------------------------------------------------------------------------


@pytest.fixture
def pad(qapp: QApplication) -> Iterator[SignaturePad]:
    made = SignaturePad(Theme(), "name", "hint")
    shown(made, 400, 150)
    yield made
    made.close()
    made.deleteLater()


def test_a_slip_of_the_mouse_is_no_signature(pad: SignaturePad) -> None:
    click(pad)
    assert len(pad.strokes) == 1
    assert not pad.signed
    draw(pad)
    assert pad.signed
    press(pad, Qt.Key.Key_Delete)
    assert pad.strokes == ()


def test_strokes_stay_inside_the_field(pad: SignaturePad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.mouseMove(pad, QPoint(9000, -300))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(9000, -300))
    assert {(x, y) for x, y, _ in pad.strokes[0]} == {(10.0, 10.0), (float(pad.width()), 0.0)}


def test_a_finger_draws_and_the_heel_of_the_hand_does_not(pad: SignaturePad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(20, 50), pad).commit()
    for x in (60, 100, 140):
        QTest.touchEvent(pad, device).move(0, QPoint(x, 60), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(140, 60), pad).commit()
    assert [x for x, _, _ in pad.strokes[0]] == [20, 60, 100, 140]


@pytest.fixture
def pen() -> QPointingDevice:
    """A pen that feels pressure; it has to outlive its events."""
    return QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure,
        1,
        3,
        "",
        QPointingDeviceUniqueId(),
    )


def test_a_pen_draws_with_its_pressure(pad: SignaturePad, pen: QPointingDevice) -> None:
    nothing, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    for kind, x, pressure in (
        (QEvent.Type.TabletPress, 10, 0.2),
        (QEvent.Type.TabletMove, 60, 0.9),
        (QEvent.Type.TabletRelease, 60, 0.0),
    ):
        where = QPointF(x, 40)
        event = QTabletEvent(kind, pen, where, where, pressure, 0, 0, 0, 0, 0, nothing, left, left)
        pad.tabletEvent(event)
        assert event.isAccepted()
    assert [(x, round(p, 1)) for x, _, p in pad.strokes[0]] == [(10, 0.2), (60, 0.9)]


# --- for everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_named_reached_and_in_sight(
    context: Context, make_context: MakeContext, visit_bridge: VisitBridge, language: Any
) -> None:
    made = build(make_context(visit_bridge, language))
    assert isinstance(made, SignOffPage)
    shown(made, 900, 600)
    sign_on_paper(made, visit_bridge)
    pause(50)
    for check in (nameless, unreached, clipped, outside, wheel_sensitive):
        assert check(made) == [], check.__name__
    made.close()
    made.deleteLater()
