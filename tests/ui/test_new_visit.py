"""Planning a visit by keyboard and by mouse: what is checked on the way, and what file it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from assessor.assessment import Answer, GateAnswer
from assessor.commands.answers import set_answer
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.dialogs import files
from assessor.ui.models.industries import CODE_ROLE, IndustryModel
from assessor.ui.navigation import Context
from assessor.ui.theme import Theme
from assessor.ui.views.new_visit.credit_field import CreditField
from assessor.ui.views.new_visit.draft import Draft, Member
from assessor.ui.views.new_visit.industry_field import IndustryField
from assessor.ui.views.new_visit.page import NewVisitPage
from assessor.ui.words import Words
from assessor.workspace.reference_data import search_industries
from assessor.workspace.rubric_library import list_rubrics
from assessor.workspace.visits import opened
from tests.ui.accessibility import nameless, outside, unreached, wheel_sensitive
from tests.ui.conftest import MakeContext, MakeVisit, pause, shown, sweep

NAME, CODE = "宁波甬示精密模具有限公司", "913302260000010A55"
ITEM = "a5-monitoring-visualisation"


@pytest.fixture(autouse=True)
def _documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "documents", lambda: tmp_path / "documents")


MakePage = Callable[..., NewVisitPage]


@pytest.fixture
def make_page(make_context: MakeContext) -> Iterator[MakePage]:
    made: list[NewVisitPage] = []

    def make(draft: Draft | None = None, context: Context | None = None) -> NewVisitPage:
        page = NewVisitPage(context or make_context(), draft or Draft())
        made.append(page)
        shown(page)
        return page

    yield make
    for page in made:
        page.close()
        page.deleteLater()
    sweep()


@pytest.fixture
def page(make_page: MakePage) -> NewVisitPage:
    return make_page()


def typed(page: NewVisitPage, step: int) -> None:
    """Fill in what a step needs."""
    if step == 2:
        page.enterprise_step.lines["name"].insert(NAME)


def go_to(page: NewVisitPage, step: int) -> None:
    while page.draft.step < step:
        typed(page, page.draft.step)
        QTest.mouseClick(page.next, Qt.MouseButton.LeftButton)


# --- the way through ------------------------------------------------------------------------------


def test_a_rubric_that_leads_to_a_verdict_as_it_is_comes_first(page: NewVisitPage) -> None:
    assert page.loaded is not None
    assert page.loaded.rubric.id == "nb.digital_workshop"
    assert not page.loaded.rubric.collects


def test_a_visit_is_made_with_the_mouse(page: NewVisitPage, tmp_path: Path) -> None:
    made: list[Path] = []
    page.created.connect(made.append)
    go_to(page, 1)
    entity = next(card for card in page.gates_step.cards if card.gate.id == "g-entity")
    assert entity.choice is not None
    QTest.mouseClick(entity.choice.buttons["yes"], Qt.MouseButton.LeftButton)
    go_to(page, 3)
    QTest.mouseClick(page.visit_step.add_member, Qt.MouseButton.LeftButton)
    page.visit_step.rows[0].name.insert("沈评安")
    QTest.mouseClick(page.visit_step.statement, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.next, Qt.MouseButton.LeftButton)
    (path,) = made
    assert path.parent.parent == tmp_path / "documents"
    with opened(path, read_only=True) as visit:
        record = visit.assessment
    assert record.enterprise.name == NAME
    assert record.gates == {"g-entity": GateAnswer.model_validate({"pass": True})}
    assert [(m.id, m.name, m.role) for m in record.visit.panel] == [("p1", "沈评安", "leader")]
    assert record.visit.recusal.startswith("专家组成员")


def test_a_visit_is_made_with_the_keyboard_alone(page: NewVisitPage) -> None:
    made: list[Path] = []
    page.created.connect(made.append)

    def key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        pause(1)
        QTest.keyClick(page.focusWidget() or page, key, modifier)

    alt = Qt.KeyboardModifier.AltModifier
    page.activateWindow()
    pause(1)
    digests = {entry.id: entry.digest for entry in list_rubrics()}
    listed = [card.key for card in page.rubric_step.rubrics.cards]
    key(Qt.Key(Qt.Key.Key_1.value + listed.index(digests["zj.future_factory"])))
    assert page.loaded is not None
    assert page.loaded.rubric.id == "zj.future_factory"
    key(Qt.Key.Key_Right, alt)
    key(Qt.Key.Key_Right, alt)
    pause(1)
    assert page.focusWidget() is page.enterprise_step.lines["name"]
    QTest.keyClicks(page.focusWidget(), "Yongshi Moulds")
    key(Qt.Key.Key_Tab)
    QTest.keyClicks(page.focusWidget(), CODE)
    key(Qt.Key.Key_Tab)
    QTest.keyClicks(page.focusWidget(), "352")
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Right, alt)
    pause(1)
    assert page.draft.step == 3
    key(Qt.Key.Key_Right, alt)
    (path,) = made
    with opened(path, read_only=True) as visit:
        enterprise = visit.assessment.enterprise
    assert (enterprise.name, enterprise.credit_code) == ("Yongshi Moulds", CODE)
    assert enterprise.industry_code == "3522"


def test_what_is_missing_is_said_and_holds_one_back(page: NewVisitPage) -> None:
    go_to(page, 2)
    QTest.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert page.draft.step == 2
    assert page.fault.text == "请填写企业名称。"
    page.enterprise_step.lines["name"].insert(NAME)
    assert page.fault.text == ""
    page.enterprise_step.credit.line.insert("913302260000010A5A")
    QTest.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert page.draft.step == 2
    assert page.fault.text.startswith("统一社会信用代码有误")


def test_steps_passed_can_be_gone_back_to_and_nothing_is_lost(page: NewVisitPage) -> None:
    go_to(page, 3)
    QTest.mouseClick(page.bar.buttons[0], Qt.MouseButton.LeftButton)
    assert page.draft.step == 0
    assert page.bar.buttons[3].isEnabled()
    QTest.mouseClick(page.bar.buttons[2], Qt.MouseButton.LeftButton)
    assert page.enterprise_step.lines["name"].text() == NAME
    assert page.bar.buttons[2].isChecked()
    assert not page.bar.buttons[0].isChecked()


def test_giving_up_makes_nothing(page: NewVisitPage, tmp_path: Path) -> None:
    given_up: list[bool] = []
    page.given_up.connect(lambda: given_up.append(True))
    go_to(page, 3)
    QTest.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
    assert given_up == [True]
    assert not (tmp_path / "documents").exists()


def test_a_name_that_is_taken_gives_way_unless_one_chose_it(
    page: NewVisitPage, tmp_path: Path
) -> None:
    made: list[Path] = []
    page.created.connect(made.append)
    go_to(page, 3)
    QTest.mouseClick(page.next, Qt.MouseButton.LeftButton)
    page.next.setEnabled(True)
    QTest.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert made[1].stem == f"{made[0].stem}-2"
    page.next.setEnabled(True)
    page.visit_step.file_name.setText("")
    page.visit_step.file_name.insert(made[0].name)
    QTest.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert len(made) == 2
    assert made[0].name in page.fault.text
    assert page.next.isEnabled()


# --- gates ----------------------------------------------------------------------------------------


def test_gates_say_at_once_what_follows(page: NewVisitPage) -> None:
    go_to(page, 1)
    cards = {card.gate.id: card for card in page.gates_step.cards}
    running, entity = cards["g-running"], cards["g-entity"]
    assert page.gates_step.counts()["unknown"] == len(cards)
    running.fields["days"].insert("12")
    assert running.state == "fail"
    assert "不予受理" in page.gates_step.summary.text
    running.fields["days"].setText("")
    running.fields["days"].insert("120")
    assert running.state == "pass"
    assert entity.choice is not None
    QTest.mouseClick(entity.choice.buttons["no"], Qt.MouseButton.LeftButton)
    assert "主体合规" in page.gates_step.summary.text
    QTest.mouseClick(entity.choice.buttons["open"], Qt.MouseButton.LeftButton)
    assert set(page.draft.gates) == {"g-running"}


def test_a_figure_that_is_none_is_doubted_not_failed(page: NewVisitPage) -> None:
    go_to(page, 1)
    running = next(card for card in page.gates_step.cards if card.gate.id == "g-running")
    running.fields["days"].insert("many")
    assert running.state == "unknown"
    assert "many" in running.why.text


def test_limits_of_the_batch_stand_beside_the_question(page: NewVisitPage) -> None:
    go_to(page, 1)
    window = next(card for card in page.gates_step.cards if card.gate.id == "g-window")
    assert "2023-01" in window._limits.text
    page.go_back()
    page.rubric_step.cycle.key_chosen.emit("2026")
    page.go_on()
    assert "未规定" in window._limits.text


# --- the enterprise -------------------------------------------------------------------------------


def test_the_code_is_checked_as_it_is_typed(plain: Theme) -> None:
    field = CreditField(plain, Words("zh"))
    shown(field, 400, 200)
    QTest.keyClicks(field.line, CODE[:10])
    assert field.said.text == "已输 10 位，还差 8 位"
    assert not field.correct.isVisible()
    QTest.keyClicks(field.line, CODE[10:])
    assert field.said.text == "校验位正确"
    field.close()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (CODE[:-1] + "A", "校验位不符"),
        (CODE.lower(), "写法不规范"),
        (CODE[:9] + " " + CODE[9:], "写法不规范"),
    ],
)
def test_the_likely_code_is_offered_and_taken(plain: Theme, given: str, said: str) -> None:
    field = CreditField(plain, Words("zh"))
    codes: list[str] = []
    field.code_edited.connect(codes.append)
    shown(field, 400, 200)
    QTest.keyClicks(field.line, given)
    assert field.said.text.startswith(said)
    assert CODE in field.correct.text()
    QTest.mouseClick(field.correct, Qt.MouseButton.LeftButton)
    assert field.line.text() == CODE
    assert codes[-1] == CODE
    assert not field.correct.isVisible()
    field.close()


def test_too_long_a_code_says_by_how_much(plain: Theme) -> None:
    field = CreditField(plain, Words("en"))
    QTest.keyClicks(field.line, CODE + "77")
    assert field.said.text.startswith("2 too many")
    field.close()


def test_an_industry_is_found_by_name_and_taken_by_mouse(plain: Theme) -> None:
    field = IndustryField(plain, Words("zh"))
    codes: list[str] = []
    field.code_chosen.connect(codes.append)
    shown(field, 500, 400)
    field.search.insert("模具")
    assert field.found.isVisible()
    rect = field.found.visualRect(field.model.index(0))
    QTest.mouseClick(field.found.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert codes == ["3525"]
    assert field.search.text() == "3525 模具制造"
    assert field.said.text.startswith("制造业 › 专用设备制造业")
    assert not field.found.isVisible()
    field.search.clear()
    assert codes == ["3525", ""]
    field.close()


def test_an_unknown_industry_is_doubted(plain: Theme) -> None:
    field = IndustryField(plain, Words("zh"))
    field.set_code("9999")
    assert "9999" in field.said.text
    field.search.setText("")
    field.search.insert("不存在的行业")
    assert field.said.text.startswith("没有这样的行业")
    field.close()


def test_the_industry_model_keeps_the_rules_of_models() -> None:
    model = IndustryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_found(search_industries("模具"))
    assert model.index(0).data(CODE_ROLE) == "3525"
    assert model.index(0).data() == "3525  模具制造"
    model.set_found(())
    assert model.industry(0) is None


def test_a_district_the_list_does_not_have_is_kept(make_page: MakePage) -> None:
    page = make_page(Draft(name=NAME, district="余姚经济开发区", step=2))
    assert page.enterprise_step.district.key() == "余姚经济开发区"
    assert page.draft.district == "余姚经济开发区"


# --- the draft ------------------------------------------------------------------------------------


def test_a_draft_survives_as_text() -> None:
    draft = Draft(
        name=NAME,
        date_from=date(2026, 3, 2),
        members=(Member(name="沈评安", role="leader"),),
        gates={"g-entity": GateAnswer.model_validate({"pass": True})},
    )
    assert Draft.model_validate_json(draft.model_dump_json(by_alias=True)) == draft


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"date_from": date(2026, 3, 2), "date_to": date(2026, 3, 1)}, "dates"),
        ({"members": (Member(organisation="中心"),)}, "member"),
        ({"folder": " "}, "folder"),
        ({"file_name": ""}, "file"),
    ],
)
def test_faults_of_the_last_step(values: dict[str, object], missing: str) -> None:
    good = Draft(folder="/f", file_name="a.assessment")
    assert good.missing(3) == ()
    assert good.with_(**values).missing(3) == (missing,)


def test_an_oddly_written_code_is_recorded_as_it_should_be() -> None:
    assert Draft(name=NAME, credit_code=f" {CODE.lower()} ").enterprise().credit_code == CODE


def test_one_day_is_a_visit_of_one_day(page: NewVisitPage) -> None:
    go_to(page, 3)
    QTest.keyClicks(page.visit_step.date_from, "2026-3-2")
    QTest.keyClick(page.visit_step.date_from, Qt.Key.Key_Return)
    assert page.draft.date_from == date(2026, 3, 2)
    assert page.draft.date_to == date(2026, 3, 2)


def test_a_member_can_be_removed(page: NewVisitPage) -> None:
    go_to(page, 3)
    for name in ("甲", "乙"):
        page.visit_step.add_member.click()
        page.visit_step.rows[-1].name.insert(name)
    page.visit_step.rows[0].removal_asked.emit()
    assert [(one.name, one.role) for one in page.draft.members] == [("乙", "member")]


# --- a self-assessment ----------------------------------------------------------------------------


def test_a_self_assessment_fixes_rubric_and_enterprise(
    make_page: MakePage, make_visit: MakeVisit
) -> None:
    own = make_visit("zj.future_factory", name="own")
    with opened(own) as visit:
        item = next(c for c in visit.loaded.rubric.criteria if c.rule.kind == "levels")
        key = item.rule.options[0].key
        visit.do(set_answer(item.id, Answer(option=key)))
        rubric = visit.loaded.rubric.id
    page = make_page(Draft(received=str(own)))
    made: list[Path] = []
    page.created.connect(made.append)
    assert page.loaded is not None
    assert page.loaded.rubric.id == rubric
    assert not page.rubric_step.rubrics.isEnabled()
    assert page.draft.name == NAME
    page.show_step(3)
    QTest.mouseClick(page.next, Qt.MouseButton.LeftButton)
    with opened(made[0], read_only=True) as visit:
        record = visit.assessment
    assert record.answers == {}
    assert record.self_assessment is not None
    assert record.self_assessment.answers[item.id].option == key


def test_an_unreadable_self_assessment_is_told_and_given_up(
    make_context: MakeContext, bridge: Bridge, tmp_path: Path
) -> None:
    bridge.listen()
    notices: list[Notice] = []
    bridge.noticed.connect(notices.append)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    page = NewVisitPage(make_context(), Draft(received=str(broken)))
    assert [notice.tone for notice in notices] == ["bad"]
    assert page.loaded is None
    page.deleteLater()


# --- every step -----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [776, 1200])
def test_every_step_is_named_reached_and_inside(
    make_page: MakePage, make_context: MakeContext, width: int
) -> None:
    for language in ("zh", "en"):
        page = make_page(context=make_context(language=language))
        shown(page, width, 700)
        for step in range(4):
            go_to(page, step)
            assert nameless(page) == []
            assert unreached(page) == []
            assert outside(page) == []
            assert wheel_sensitive(page) == []
