"""The evidence screen: brought in every way, sorted, captioned, pointed out, refused in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assessor.assessment import Assessment, EvidenceItem
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.dialogs.viewer import ViewerDialog
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks
from assessor.ui.views.evidence import EvidencePage, build
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.pictures import wanted_for
from tests.ui.accessibility import nameless, unreached, wheel_sensitive
from tests.ui.conftest import PATIENCE, MakeContext, shown, sweep
from tests.unit.storage.samples import noise_jpeg
from tests.unit.workspace.test_pictures import pdf

ITEM, OTHER = "a1-key-equipment-nc-rate", "a2-equipment-network-rate"
PHONE = Path(__file__).parents[1] / "data" / "pictures" / "phone.heic"


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


class Desk:
    """The screen on a real visit, and what a person does with it."""

    def __init__(self, page: EvidencePage, visit: VisitBridge, qtbot: QtBot) -> None:
        self.page, self.visit, self.qtbot = page, visit, qtbot
        self.notices: list[Notice] = []

    @property
    def record(self) -> Assessment:
        assert self.visit.latest is not None
        return self.visit.latest.assessment

    @property
    def items(self) -> tuple[EvidenceItem, ...]:
        return self.record.evidence

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=PATIENCE)

    def bring(self, *paths: Path) -> None:
        before = len(self.items)
        self.page.intake.take_files(paths)
        self.until(lambda: len(self.items) == before + len(paths))

    def said(self) -> list[str]:
        return [notice.message.key for notice in self.notices]


@pytest.fixture
def desk(
    visit_bridge: VisitBridge, make_context: MakeContext, bridge: Bridge, qtbot: QtBot
) -> Iterator[Desk]:
    page = build(make_context(visit_bridge))
    assert isinstance(page, EvidencePage)
    shown(page)
    page.activateWindow()
    made = Desk(page, visit_bridge, qtbot)
    crashes: list[object] = []
    bridge.noticed.connect(made.notices.append)
    bridge.crashed.connect(crashes.append)
    bridge.listen()
    yield made
    assert crashes == []
    qtbot.waitUntil(lambda: not visit_bridge.saving, timeout=PATIENCE)
    page.close()
    page.deleteLater()
    sweep()


def photo(folder: Path, name: str = "IMG_1.jpg", seed: int = 1, **more: object) -> Path:
    path = folder / name
    path.write_bytes(noise_jpeg(80, 60, seed, **more))
    return path


def urls(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_a_dropped_file_goes_to_the_inbox_and_is_chosen(desk: Desk, tmp_path: Path) -> None:
    assert desk.page.stack.currentWidget() is desk.page.empty
    mime = urls(photo(tmp_path))
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), actions, mime, button, none)
    desk.page.dragEnterEvent(enter)
    assert enter.isAccepted()
    desk.page.dropEvent(QDropEvent(QPointF(5, 5), actions, mime, button, none))
    desk.until(lambda: [piece.item.id for piece in desk.page.grid.chosen()] == ["e1"])
    assert desk.page.stack.currentWidget() is desk.page.grid
    assert desk.page.details.title.text == "IMG_1.jpg"
    assert "1" in desk.page.header.filters["inbox"].text()


def test_a_drop_on_the_grid_is_taken_too(desk: Desk, tmp_path: Path) -> None:
    desk.bring(photo(tmp_path))
    mime = urls(photo(tmp_path, "IMG_2.jpg", 2))
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.page.grid.dropEvent(event)
    desk.until(lambda: len(desk.items) == 2)


def test_a_picture_on_the_clipboard_is_pasted(desk: Desk) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    desk.page.handlers()["paste"]()
    desk.until(lambda: len(desk.items) == 1)
    assert (desk.items[0].width, desk.items[0].height) == (40, 30)
    assert desk.items[0].media_type == "image/png"


def test_copied_files_are_pasted_and_text_is_not(desk: Desk, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setText("only words")
    desk.page.paste()
    assert desk.said() == ["ui_evidence.nothing_to_paste"]
    QGuiApplication.clipboard().setMimeData(urls(photo(tmp_path)))
    desk.page.paste()
    desk.until(lambda: len(desk.items) == 1)


def test_phone_pictures_come_in_by_themselves(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    photo(folder, "old.jpg")
    watcher = desk.page.watcher
    watcher._timer.setInterval(30)
    watcher.watch(folder)
    desk.until(lambda: desk.said() == ["ui_evidence.watch_earlier"])
    (folder / "IMG_7.HEIC").write_bytes(PHONE.read_bytes())
    desk.until(lambda: len(desk.items) == 1)
    assert desk.items[0].media_type == "image/heic"
    action = desk.notices[0].action
    assert action is not None
    action()
    desk.until(lambda: len(desk.items) == 2)
    watcher.watch(None)


def test_a_watched_folder_that_goes_is_said_once(desk: Desk, tmp_path: Path) -> None:
    watcher = desk.page.watcher
    watcher._timer.setInterval(20)
    watcher.watch(tmp_path / "gone")
    desk.until(lambda: watcher.folder is None)
    desk.qtbot.wait(80)
    assert desk.said() == ["ui_evidence.watch_gone"]
    assert not desk.page.header.watch.isChecked()


def test_refused_files_are_said_and_change_nothing(desk: Desk, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(64))
    desk.page.intake.take_files([film])
    desk.until(lambda: desk.said() == ["storage.evidence_video"])
    broken, huge = tmp_path / "broken.jpg", tmp_path / "huge.png"
    broken.write_bytes(noise_jpeg(200, 200)[:900])
    Image.new("1", (14_200, 14_200)).save(huge)
    desk.page.intake.take_files([film, broken, huge])
    desk.until(lambda: desk.said()[1:] == ["ui_evidence.refused_many"])
    keys = [problem.message.key for problem in desk.notices[1].problems]
    assert keys == [
        "storage.evidence_video",
        "storage.picture_unreadable",
        "storage.picture_too_large",
    ]
    assert desk.items == ()


def test_what_is_there_already_and_what_is_of_another_day_is_pointed_out(
    desk: Desk, tmp_path: Path
) -> None:
    def dated(record: Assessment) -> object:
        from assessor.commands.record import set_field  # noqa: PLC0415

        return set_field("visit", "date_from", date(2026, 3, 2))

    desk.visit.post(dated)
    one = photo(tmp_path)
    desk.bring(one)
    desk.page.intake.take_files([one])
    desk.until(lambda: "ui_evidence.known_already" in desk.said())
    assert len(desk.items) == 1
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2025:01:05 10:00:00"
    desk.bring(photo(tmp_path, "old.jpg", 2, exif=exif))
    desk.until(lambda: "ui_evidence.outside_visit" in desk.said())
    desk.page.header.filters["doubtful"].click()
    assert [piece.item.file_name for piece in desk.page.model.pieces] == ["old.jpg"]


def test_pieces_are_tied_by_searching_and_ticking(desk: Desk, tmp_path: Path) -> None:
    desk.bring(photo(tmp_path), photo(tmp_path, "IMG_2.jpg", 2))
    desk.page.grid.choose(frozenset({"e1", "e2"}))
    picker = desk.page.details.fields.picker
    desk.qtbot.keyClicks(picker.search, "A2")
    assert picker.model.rowCount() == 1
    picker.list.setCurrentIndex(picker.model.index(0))
    desk.qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    desk.until(lambda: all(item.criteria == (OTHER,) for item in desk.items))
    assert "0" in desk.page.header.filters["inbox"].text()
    desk.visit.undo()
    desk.until(lambda: all(item.criteria == () for item in desk.items))


def test_a_click_on_a_row_ticks_it(desk: Desk, tmp_path: Path) -> None:
    desk.bring(photo(tmp_path))
    desk.until(lambda: bool(desk.page.grid.chosen()))
    picker = desk.page.details.fields.picker
    spot = picker.list.visualRect(picker.model.index(0)).center()
    desk.qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desk.until(lambda: desk.items[0].criteria == (ITEM,))
    state = picker.model.index(0).data(Qt.ItemDataRole.CheckStateRole)
    assert Qt.CheckState(state) == Qt.CheckState.Checked


def test_caption_kind_day_and_person_are_kept(desk: Desk, tmp_path: Path) -> None:
    desk.bring(photo(tmp_path))
    desk.until(lambda: bool(desk.page.grid.chosen()))
    fields = desk.page.details.fields
    desk.qtbot.keyClicks(fields.caption, "line 3")
    desk.qtbot.keyClicks(fields.person, "Wang")
    fields.kind.setCurrentIndex(fields.kind.findData("screenshot"))
    fields.kind.activated.emit(fields.kind.currentIndex())
    desk.qtbot.keyClicks(fields.about, "2026-03-02")
    desk.qtbot.keyClick(fields.about, Qt.Key.Key_Return)
    desk.page.leave()
    wanted = ("line 3", "Wang", "screenshot", date(2026, 3, 2))
    desk.until(
        lambda: (
            (
                (item := desk.items[0]).caption,
                item.person,
                item.kind,
                item.about,
            )
            == wanted
        )
    )


def test_what_was_typed_goes_to_the_piece_it_was_typed_for(desk: Desk, tmp_path: Path) -> None:
    desk.bring(photo(tmp_path), photo(tmp_path, "IMG_2.jpg", 2))
    desk.page.grid.choose(frozenset({"e1"}))
    desk.qtbot.keyClicks(desk.page.details.fields.caption, "first")
    desk.page.grid.choose(frozenset({"e2"}))
    assert desk.page.details.fields.caption.text() == ""
    desk.until(lambda: [item.caption for item in desk.items] == ["first", ""])
    desk.page.grid.choose(frozenset({"e1"}))
    assert desk.page.details.fields.caption.text() == "first"


def test_delete_removes_and_undo_brings_back(desk: Desk, tmp_path: Path) -> None:
    desk.bring(photo(tmp_path), photo(tmp_path, "IMG_2.jpg", 2))
    desk.page.grid.choose(frozenset({"e1", "e2"}))
    desk.qtbot.keyClick(desk.page.grid, Qt.Key.Key_Delete)
    desk.until(lambda: desk.items == ())
    assert desk.page.stack.currentWidget() is desk.page.empty
    desk.visit.undo()
    desk.until(lambda: len(desk.items) == 2)


def test_search_and_views_narrow_the_list(desk: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "plan.pdf"
    paper.write_bytes(pdf())
    desk.bring(photo(tmp_path), paper)
    desk.page.header.filters["documents"].click()
    assert [piece.item.file_name for piece in desk.page.model.pieces] == ["plan.pdf"]
    desk.page.header.filters["all"].click()
    desk.qtbot.keyClicks(desk.page.header.search, "img")
    assert [piece.item.file_name for piece in desk.page.model.pieces] == ["IMG_1.jpg"]
    desk.qtbot.keyClicks(desk.page.header.search, "nothing")
    assert desk.page.stack.currentWidget() is desk.page.none_found


def test_a_place_is_shown_again(desk: Desk, tmp_path: Path) -> None:
    desk.bring(photo(tmp_path), photo(tmp_path, "IMG_2.jpg", 2))
    desk.page.show_place(item="e2")
    assert desk.page.place() == {"view": "all", "item": "e2"}
    desk.page.show_place(view="inbox")
    assert desk.page.place()["view"] == "inbox"


def test_pictures_are_never_made_on_the_windows_thread(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()

    def watched(path: str) -> None:
        module, _, name = path.rpartition(".")
        real = getattr(__import__(module, fromlist=[name]), name)

        def work(*args: object, **more: object) -> object:
            threads.add(f"{name} {threading.current_thread() is threading.main_thread()}")
            return real(*args, **more)

        monkeypatch.setattr(path, work)

    desk_modules = "assessor.ui.views.evidence_desk"
    for name in ("picture_store.render", "picture_store.image_of", "picture_store.read_bytes"):
        watched(f"{desk_modules}.{name}")
    for name in ("intake.look_at_files", "intake.png_of", "watcher.scan", "details.has_location"):
        watched(f"{desk_modules}.{name}")
    desk.page.watcher.watch(tmp_path)
    desk.bring(photo(tmp_path))
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    QGuiApplication.clipboard().setImage(image)
    desk.page.paste()
    desk.until(lambda: len(desk.items) == 2)
    desk.until(lambda: len(threads) == 7)
    assert {what.rpartition(" ")[2] for what in threads} == {"False"}
    desk.page.watcher.watch(None)


def test_kept_pictures_stay_within_their_bound(desk: Desk, tmp_path: Path) -> None:
    store = desk.page.store
    store._kept_bytes = 60_000
    desk.bring(*(photo(tmp_path, f"{n}.jpg", n) for n in range(1, 8)))
    for item in desk.items:
        wanted = wanted_for(item, 80)
        desk.until(lambda wanted=wanted: store.picture(wanted) is not None)
        assert store.held_bytes <= 60_000


def test_the_viewer_zooms_turns_pages_and_goes_on(desk: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "plan.pdf"
    paper.write_bytes(pdf(3))
    desk.bring(photo(tmp_path), paper)
    viewer = ViewerDialog(desk.page.desk, desk.items, "e1", lambda _: None, desk.page)
    viewer.show()
    picture = viewer.picture
    desk.until(lambda: picture.image() is not None)
    picture.actual()
    assert picture.scale == pytest.approx(1 / picture.devicePixelRatioF())
    desk.qtbot.keyClick(picture, Qt.Key.Key_Plus)
    assert picture.scale > 1 / picture.devicePixelRatioF()
    desk.qtbot.keyClick(picture, Qt.Key.Key_0)
    assert picture.fitting
    viewer.next.click()
    desk.until(viewer.page_on.isVisible)
    desk.until(lambda: picture.image() is not None)
    first = picture.image()
    viewer.page_on.click()
    desk.until(lambda: picture.image() is not None and picture.image() != first)
    assert not viewer.marks.isEnabled()
    assert nameless(viewer) == []
    viewer.close()
    viewer.deleteLater()


def test_what_cannot_be_shown_is_said_in_the_viewer(desk: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "locked.pdf"
    paper.write_bytes(b"%PDF-1.7 nothing more")
    desk.bring(paper)
    viewer = ViewerDialog(desk.page.desk, desk.items, "e1", lambda _: None, desk.page)
    viewer.show()
    desk.until(viewer.failed.isVisible)
    viewer.close()
    viewer.deleteLater()


def test_the_models_keep_the_rules_of_qt(
    desk: Desk, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(desk.page.model)
    qtmodeltester.check(desk.page.details.fields.picker.model)
    desk.bring(photo(tmp_path), photo(tmp_path, "IMG_2.jpg", 2))
    qtmodeltester.check(desk.page.model)
    assert desk.page.model.rowCount() == 2


def test_everything_has_a_name_is_reached_and_ignores_the_wheel(desk: Desk, tmp_path: Path) -> None:
    desk.bring(photo(tmp_path))
    desk.until(lambda: bool(desk.page.grid.chosen()))
    assert nameless(desk.page) == []
    assert unreached(desk.page) == []
    assert wheel_sensitive(desk.page) == []


def test_pieces_are_tied_to_a_gate(desk: Desk, tmp_path: Path) -> None:
    desk.bring(photo(tmp_path), photo(tmp_path, "IMG_2.jpg", 2))
    gate = next(one for one in desk.visit.loaded.rubric.gates if one.default != "off")
    desk.page.grid.choose(frozenset({"e1", "e2"}))
    picker = desk.page.details.fields.picker
    picker.search.setText(gate.title.zh)
    picker.list.setCurrentIndex(picker.model.index(0))
    desk.qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    desk.until(lambda: all(item.gates == (gate.id,) for item in desk.items))
    assert "0" in desk.page.header.filters["inbox"].text()
    told = desk.page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert gate.title.zh in told
    desk.qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    desk.until(lambda: all(item.gates == () for item in desk.items))
    desk.visit.undo()
    desk.until(lambda: all(item.gates == (gate.id,) for item in desk.items))


@pytest.mark.parametrize("kept", [False, True])
def test_copies_say_where_a_photo_was_taken_only_when_the_settings_say_so(
    desk: Desk,
    preferences: Preferences,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kept: bool,
) -> None:
    preferences.change(keep_location=kept)
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    desk.bring(photo(tmp_path, exif=exif))
    desk.until(lambda: bool(desk.page.grid.chosen()))
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    desk.page.details.export_button.click()
    key = "ui_evidence.exported_located" if kept else "ui_evidence.exported"
    desk.until(lambda: key in desk.said())
    (copy,) = folder.iterdir()
    with Image.open(copy) as picture:
        assert bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)) is kept
