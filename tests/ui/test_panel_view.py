"""The panel screen: files brought in, answers side by side, decided and merged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from assessor.analysis.panel import PANEL, levels_of
from assessor.assessment import Answer, Calibration, Enterprise, PanelMember, Visit
from assessor.commands.answers import set_answers
from assessor.commands.record import set_fields
from assessor.i18n import LANGUAGES
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.models.panel_rows import PanelModel, rows_of
from assessor.ui.navigation import Context
from assessor.ui.tasks import Tasks
from assessor.ui.theme import Theme
from assessor.ui.views import panel as panel_view
from assessor.ui.views import panel_desk
from assessor.ui.views.panel import PanelPage, build
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.words import Words
from assessor.workspace.calibration import keep_result
from assessor.workspace.sign_off import Declaration, reopen, sign
from assessor.workspace.visits import new_visit, opened
from tests.ui.accessibility import clipped, nameless, outside, unreached, wheel_sensitive
from tests.ui.conftest import MakeContext, shown, wait_until

PEOPLE = (
    PanelMember(id="zhang", name="张伟", role="leader"),
    PanelMember(id="li", name="李娜"),
    PanelMember(id="wang", name="王芳"),
)


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


@pytest.fixture
def notices(bridge: Bridge) -> list[Notice]:
    found: list[Notice] = []
    bridge.noticed.connect(found.append)
    bridge.listen()
    return found


@pytest.fixture
def items(visit_bridge: VisitBridge) -> list[str]:
    """Criteria with levels."""
    rubric = visit_bridge.loaded.rubric
    return [one.id for one in rubric.every_criterion if one.rule.kind == "levels"]


@pytest.fixture
def levels(visit_bridge: VisitBridge, items: list[str]) -> tuple[str, ...]:
    return levels_of(visit_bridge.loaded.rubric.criterion_by_id[items[0]])


@pytest.fixture
def files(
    visit_bridge: VisitBridge, tmp_path: Path, items: list[str], levels: tuple[str, ...]
) -> list[Path]:
    """Two experts' files; the first two criteria differ, the third is agreed, the fourth single."""
    low, high = levels[0], levels[-1]
    post(visit_bridge, items, (high, low, low))
    first = copy_for(visit_bridge, tmp_path, "李娜", items, (low, low, low))
    second = copy_for(visit_bridge, tmp_path, "王芳", items, (low, levels[1], low, high))
    return [first, second]


def answers(items: list[str], options: tuple[str, ...]) -> dict[str, Answer]:
    return {
        item: Answer(option=option, note=f"note {option}")
        for item, option in zip(items, options, strict=False)
    }


def post(visit: VisitBridge, items: list[str], options: tuple[str, ...]) -> None:
    visit.post(lambda _: set_fields("visit", panel=PEOPLE))
    visit.post(lambda _: set_answers(answers(items, options)))
    wait_until(lambda: not visit.saving)


def copy_for(
    visit: VisitBridge, folder: Path, name: str, items: list[str], options: tuple[str, ...]
) -> Path:
    """An expert's file of the same visit."""
    path = folder / f"{name}.assessment"
    record = visit.latest.assessment if visit.latest else None
    assert record is not None
    new_visit(path, visit.loaded, record.enterprise, record.visit)
    with opened(path) as made:
        made.do(set_answers(answers(items, options)))
    return path


@pytest.fixture
def context(make_context: MakeContext, visit_bridge: VisitBridge) -> Context:
    return make_context(visit_bridge)


@pytest.fixture
def page(context: Context, tasks: Tasks, files: list[Path]) -> Iterator[PanelPage]:
    made = build(context)
    assert isinstance(made, PanelPage)
    shown(made)
    yield made
    made.close()
    tasks.close()
    made.deleteLater()


def bring(page: PanelPage, files: list[Path]) -> None:
    page.desk.bring(files)
    wait_until(lambda: not page.desk.reading)


def click(widget: Any) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def record(visit: VisitBridge) -> Any:
    assert visit.latest is not None
    return visit.latest.assessment


def keys(page: PanelPage) -> list[str]:
    found = (page.model.row_at(at) for at in range(page.model.rowCount()))
    return [row.key for row in found if row is not None]


# --- bringing in ----------------------------------------------------------------------------------


def test_files_are_asked_for_and_read_beside_the_window(
    page: PanelPage, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, seen, true = threading.get_ident(), list[int](), panel_desk.bring_in

    def watched(*args: Any) -> Any:
        seen.append(threading.get_ident())
        return true(*args)

    monkeypatch.setattr(panel_desk, "bring_in", watched)
    monkeypatch.setattr(panel_view, "ask_visits", lambda *_: files)
    assert page.stack.currentIndex() == 0
    click(page.side.bring)
    wait_until(lambda: len(page.desk.others) == 2)
    assert len(seen) == 2
    assert window not in seen
    assert [card.whose.currentText() for card in page.side.cards] == ["李娜", "王芳"]
    assert page.stack.currentIndex() == 1


def test_dropped_files_come_in(page: PanelPage, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in [*files, Path("x.pdf")]])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)
    wait_until(lambda: len(page.desk.others) == 2)


def test_a_file_of_another_enterprise_is_refused_and_the_others_come_in(
    page: PanelPage,
    files: list[Path],
    tmp_path: Path,
    notices: list[Notice],
    visit_bridge: VisitBridge,
) -> None:
    wrong = tmp_path / "wrong.assessment"
    firm = Enterprise(name="余姚某某有限公司")
    new_visit(wrong, visit_bridge.loaded, firm, Visit())
    bring(page, [wrong, *files])
    assert len(page.desk.others) == 2
    assert len(notices) == 1
    said = notices[0].message.pick("zh")
    assert "wrong.assessment" in said
    assert "余姚某某有限公司" in said


def test_a_file_is_put_away_and_given_to_somebody_else(page: PanelPage, files: list[Path]) -> None:
    bring(page, files[:1])
    card = page.side.cards[0]
    card.whose.setFocus()
    QTest.keyClick(card.whose, Qt.Key.Key_Down)
    wait_until(lambda: page.desk.others[0].member.id == "wang")
    click(page.side.cards[0].remove)
    assert page.desk.others == ()
    assert page.stack.currentIndex() == 0


def test_two_files_never_belong_to_one_expert(page: PanelPage, files: list[Path]) -> None:
    bring(page, files)
    page.desk.assign(files[1], "li")
    assert [one.member.id for one in page.desk.others] == ["li", "wang"]
    page.desk.assign(files[1], "zhang")
    assert [one.member.id for one in page.desk.others] == ["li", "wang"]


# --- side by side ---------------------------------------------------------------------------------


def test_disagreements_stand_first_the_widest_before_the_others(
    page: PanelPage, files: list[Path], items: list[str]
) -> None:
    bring(page, files)
    assert keys(page) == items[:2]
    assert page.filters["differs"].isChecked()
    click(page.filters["all"])
    assert keys(page) == [items[0], items[1], items[3], items[2]]
    row = page.model.row_at(0)
    assert row is not None
    assert len(row.cells) == 3
    click(page.filters["single"])
    assert keys(page) == [items[3]]


def test_arrows_choose_a_criterion_and_its_answers_are_shown_in_words(
    page: PanelPage, files: list[Path], items: list[str], visit_bridge: VisitBridge
) -> None:
    bring(page, files)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.place()["criterion"] == items[1]
    rule = visit_bridge.loaded.rubric.criterion_by_id[items[1]].rule
    words = [option.text.zh for option in rule.options]
    assert [card.name for card in page.detail.cards] == ["张伟", "李娜", "王芳"]
    assert [card.text.text for card in page.detail.cards] == [words[0], words[0], words[1]]


# --- deciding -------------------------------------------------------------------------------------


def test_taking_one_experts_answer_settles_the_criterion(
    page: PanelPage,
    files: list[Path],
    items: list[str],
    levels: tuple[str, ...],
    visit_bridge: VisitBridge,
) -> None:
    bring(page, files)
    take = next(card.take for card in page.detail.cards if card.name == "李娜")
    take.setFocus()
    QTest.keyClick(take, Qt.Key.Key_Space)
    wait_until(lambda: record(visit_bridge).answers[items[0]].by == "li")
    assert record(visit_bridge).answers[items[0]].option == levels[0]
    assert keys(page) == [items[1]]
    click(page.filters["settled"])
    row = page.model.row_at(0)
    assert row is not None
    assert row.settled_by == "李娜"
    # What the record itself had said is still beside it.
    wait_until(lambda: page.model.row_at(0) is not None and page_cell(page) == levels[-1])
    visit_bridge.undo()
    wait_until(lambda: record(visit_bridge).answers[items[0]].by is None)
    assert record(visit_bridge).answers[items[0]].option == levels[-1]


def page_cell(page: PanelPage) -> str:
    row = page.model.row_at(0)
    return row.cells[0] if row is not None else ""


def test_majority_and_median_decide_where_there_is_one(
    page: PanelPage,
    files: list[Path],
    items: list[str],
    levels: tuple[str, ...],
    visit_bridge: VisitBridge,
) -> None:
    bring(page, files)
    assert page.detail.rules["majority"].isEnabled()
    click(page.detail.rules["majority"])
    wait_until(lambda: record(visit_bridge).answers[items[0]].by is not None)
    assert record(visit_bridge).answers[items[0]].option == levels[0]
    click(page.detail.rules["median"])
    wait_until(lambda: record(visit_bridge).answers[items[1]].by is not None)
    assert record(visit_bridge).answers[items[1]].option == levels[0]


def test_without_a_majority_the_buttons_say_so(
    page: PanelPage, files: list[Path], items: list[str]
) -> None:
    bring(page, files[:1])
    assert keys(page) == [items[0]]
    assert not page.detail.rules["majority"].isEnabled()
    assert not page.detail.rules["median"].isEnabled()
    assert page.detail.rules["median"].text() == Words("zh").tr("ui_panel.no_median")


def test_what_nobody_disputes_is_taken_over_in_one_step(
    page: PanelPage, files: list[Path], items: list[str], visit_bridge: VisitBridge
) -> None:
    bring(page, files)
    assert "2" in page.side.merge.text()
    page.side.merge.setFocus()
    QTest.keyClick(page.side.merge, Qt.Key.Key_Space)
    wait_until(lambda: items[3] in record(visit_bridge).answers)
    found = record(visit_bridge).answers
    assert {item: found[item].by for item in items[:4]} == {
        items[0]: None,
        items[1]: None,
        items[2]: "zhang",
        items[3]: "wang",
    }
    assert not page.side.merge.isEnabled()
    visit_bridge.undo()
    wait_until(lambda: items[3] not in record(visit_bridge).answers)
    assert page.side.merge.isEnabled()


def test_a_signed_record_takes_nothing_over_and_says_why(
    page: PanelPage, files: list[Path], visit_bridge: VisitBridge
) -> None:
    bring(page, files)
    reason = Words("zh").tr("ui_panel.signed")
    assert page.side.merge.isEnabled()
    assert page.side.signed.isHidden()
    visit_bridge.post(sign(Declaration("张伟", "组长", "属实")).make_edit)
    wait_until(lambda: bool(record(visit_bridge).sign_offs))
    assert not page.side.merge.isEnabled()
    assert not page.side.signed.isHidden()
    assert page.side.signed.text == reason
    buttons = [*page.detail.rules.values(), *(card.take for card in page.detail.cards)]
    assert buttons
    assert not any(button.isEnabled() for button in buttons)
    assert {button.toolTip() for button in buttons} == {reason}
    visit_bridge.post(reopen("补评一项"))
    wait_until(lambda: not record(visit_bridge).sign_offs)
    assert page.side.merge.isEnabled()
    assert all(card.take.isEnabled() for card in page.detail.cards)


def test_another_language_of_the_window_keeps_the_files(
    page: PanelPage, files: list[Path], make_context: MakeContext, visit_bridge: VisitBridge
) -> None:
    bring(page, files)
    other = build(make_context(visit_bridge, "en"))
    assert isinstance(other, PanelPage)
    assert other.desk is page.desk
    assert other.model.rowCount() == page.model.rowCount()
    other.deleteLater()


# --- the model and everybody ----------------------------------------------------------------------


def test_the_model_keeps_to_the_rules(
    qtmodeltester: ModelTester, page: PanelPage, files: list[Path], visit_bridge: VisitBridge
) -> None:
    bring(page, files)
    model = PanelModel(Theme(), Words("zh"))
    qtmodeltester.check(model)
    comparisons = page.desk.outlook().comparisons
    rubric, experts = visit_bridge.loaded.rubric, page.desk.experts
    model.set_rows(rows_of(comparisons, rubric, experts, Words("en")), experts)
    qtmodeltester.check(model)
    assert model.columnCount() == 7
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(7)]
    assert heads[2:5] == ["张伟", "李娜", "王芳"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_named_reached_and_in_sight(
    page: PanelPage,
    files: list[Path],
    make_context: MakeContext,
    visit_bridge: VisitBridge,
    language: Any,
) -> None:
    bring(page, files)
    made = build(make_context(visit_bridge, language))
    assert isinstance(made, PanelPage)
    shown(made, 900, 600)
    for check in (nameless, unreached, clipped, outside, wheel_sensitive):
        assert check(made) == [], check.__name__
    made.close()
    made.deleteLater()


# --- agreement ------------------------------------------------------------------------------------


def test_the_agreement_is_worked_out_when_it_is_looked_at(
    page: PanelPage, files: list[Path]
) -> None:
    bring(page, files)
    assert page.agreement.found is None
    click(page.agreed)
    wait_until(lambda: page.agreement.found is not None)
    assert page.shown.currentWidget() is page.agreement
    # The first two criteria differ, the third is agreed; 1 + 1 + 3 of 9 pairs are alike.
    assert page.agreement.said["percent"] == "55.6 %"
    assert page.agreement.model.rowCount() >= 1
    assert "李娜" in page.agreement.experts.text
    click(page.filters["all"])
    assert page.shown.currentWidget() is not page.agreement


def test_the_agreement_stays_with_the_record_when_the_files_are_gone(
    page: PanelPage, files: list[Path], items: list[str], visit_bridge: VisitBridge
) -> None:
    bring(page, files)
    click(page.side.merge)
    wait_until(lambda: items[3] in record(visit_bridge).answers)
    for path in files:
        page.desk.remove(path)
    assert page.stack.currentIndex() == 1
    assert [expert.name for expert in page.desk.experts] == ["张伟", "李娜", "王芳"]
    click(page.agreed)
    wait_until(lambda: page.agreement.found is not None)
    assert page.agreement.said["percent"] == "55.6 %"


def test_the_mean_decides_with_a_level_nobody_gave(
    page: PanelPage,
    files: list[Path],
    items: list[str],
    levels: tuple[str, ...],
    visit_bridge: VisitBridge,
) -> None:
    bring(page, files[:1])
    assert not page.detail.rules["trimmed"].isEnabled()
    click(page.detail.rules["mean"])
    wait_until(lambda: record(visit_bridge).answers[items[0]].by is not None)
    found = record(visit_bridge).answers[items[0]]
    assert (found.by, found.option) == (PANEL, levels[len(levels) // 2])
    click(page.filters["settled"])
    row = page.model.row_at(0)
    assert row is not None
    assert row.settled_by == "专家组合议"


def test_a_calibration_of_this_installation_is_noted_in_the_visit(
    page: PanelPage,
    visit_bridge: VisitBridge,
    notices: list[Notice],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "user"))
    click(page.side.note)
    wait_until(lambda: bool(notices))
    assert notices[0].message.key == "calibration.nothing_to_note"
    told = record(visit_bridge)
    keep_result(
        Calibration(
            name="张伟",
            set_id="set",
            set_title="题集",
            set_digest="0" * 64,
            rubric_id=told.rubric.id,
            cycle=told.cycle,
            made_on=date(2025, 1, 1),
            items=4,
            alike=3,
            percent=Decimal("75.0"),
        )
    )
    click(page.side.note)
    wait_until(lambda: bool(record(visit_bridge).calibrations))
    wait_until(lambda: "75.0 %" in page.side.calibrations.text)
    visit_bridge.undo()
    wait_until(lambda: not record(visit_bridge).calibrations)
