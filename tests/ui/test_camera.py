"""The camera: offered where it is installed, a picture goes the way of every other evidence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from assessor.ui import camera
from assessor.ui.camera import CameraSource, open_camera
from assessor.ui.dialogs.camera import CameraDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.views.evidence import EvidencePage
from assessor.ui.views.evidence_desk import header
from tests.ui.conftest import MakeVisit, wait_until
from tests.ui.test_mishaps import show, strip


class FakeCamera(CameraSource):
    """Fails once, then takes a picture."""

    def __init__(self) -> None:
        super().__init__(QWidget())
        self.told: list[str] = []

    def start(self) -> None:
        self.told.append("start")
        QTimer.singleShot(0, self._person)

    def take(self) -> None:
        self.told.append("take")
        if self.told.count("take") == 1:
            self.failed.emit("busy")
            return
        image = QImage(40, 30, QImage.Format.Format_RGB888)
        image.fill(Qt.GlobalColor.darkCyan)
        self.taken.emit(image)

    def stop(self) -> None:
        self.told.append("stop")

    def _person(self) -> None:
        """Press the button of the dialog, read what it says, press it again."""
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CameraDialog)
        QTest.mouseClick(dialog.shoot, Qt.MouseButton.LeftButton)
        self.told.append(dialog.fault.text)
        QTest.mouseClick(dialog.shoot, Qt.MouseButton.LeftButton)


@pytest.fixture
def page(
    window: MainWindow, make_visit: MakeVisit, monkeypatch: pytest.MonkeyPatch
) -> EvidencePage:
    """The evidence screen of an installation that can speak to cameras."""
    monkeypatch.setattr(header, "camera_installed", lambda: True)
    show(window, make_visit()).go("evidence")
    made = window.shell.page
    assert isinstance(made, EvidencePage)
    return made


def test_a_picture_taken_is_evidence(
    window: MainWindow, page: EvidencePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = FakeCamera()
    monkeypatch.setattr(camera, "open_camera", lambda: source)
    assert page.header.camera.isVisible()
    QTest.mouseClick(page.header.camera, Qt.MouseButton.LeftButton)
    visit = window.visit
    assert visit is not None
    wait_until(lambda: visit.latest is not None and bool(visit.latest.assessment.evidence))
    assert visit.latest is not None
    (piece,) = visit.latest.assessment.evidence
    assert (piece.media_type, piece.width, piece.height) == ("image/png", 40, 30)
    assert source.told[:2] == ["start", "take"]
    assert "busy" in source.told[2]
    assert source.told[3:] == ["take", "stop"]


def test_without_a_camera_it_says_what_to_do(
    window: MainWindow, page: EvidencePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera, "open_camera", lambda: None)
    QTest.mouseClick(page.header.camera, Qt.MouseButton.LeftButton)
    assert "手机" in strip(window, "没有找到可用的摄像头").label.text


def test_where_it_is_not_installed_no_camera_is_offered(
    window: MainWindow, make_visit: MakeVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera, "_PARTS", ("PySide6.QtNowhere", "PySide6.QtNowhereElse"))
    show(window, make_visit()).go("evidence")
    made = window.shell.page
    assert isinstance(made, EvidencePage)
    assert not made.header.camera.isVisible()
    assert open_camera() is None
