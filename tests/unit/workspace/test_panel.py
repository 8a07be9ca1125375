"""Other experts' files: what is refused, what is taken over, and what the log says of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from assessor.analysis.panel import PANEL, Opinion, levels_of
from assessor.assessment import Answer, Calibration, Enterprise, GateAnswer, PanelMember, Visit
from assessor.commands.answers import set_answer, set_gate
from assessor.commands.edit import Edit
from assessor.commands.record import set_field
from assessor.errors import AssessorError
from assessor.i18n import Message
from assessor.workspace.agreement import agreement_of_files, agreement_with
from assessor.workspace.calibration import noted
from assessor.workspace.evidence import attach
from assessor.workspace.findings import add_finding
from assessor.workspace.panel import former_opinions, outlook
from assessor.workspace.panel_edits import Posting, decide, merge_files
from assessor.workspace.panel_files import Brought, PanelRefusedError, bring_in, own_member
from assessor.workspace.visits import OpenVisit, new_visit, opened
from tests.strategies.visits import shipped

LOADED = shipped("digital_workshop")
RUBRIC = LOADED.rubric
FIRST, SECOND, THIRD = [c.id for c in RUBRIC.every_criterion if c.rule.kind == "levels"][:3]
LOW, MIDDLE, *_ = levels_of(RUBRIC.criterion_by_id[FIRST])
GATE = RUBRIC.gates[0].id
PEOPLE = (
    PanelMember(id="zhang", name="张伟", role="leader"),
    PanelMember(id="li", name="李娜"),
)
FIRM = Enterprise(name="宁波甬示精密机械有限公司")


def clock() -> datetime:
    return datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


Make = Callable[..., Path]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "visit.assessment"
    new_visit(path, LOADED, FIRM, Visit(panel=PEOPLE), clock=clock)
    edit_file(path, set_answer(FIRST, Answer(option=LOW, note="看过看板")))
    return path


@pytest.fixture
def copy(own: Path) -> Make:
    """Makes a copy of one's own file for another expert, with further edits."""

    def make(name: str, *edits: Edit) -> Path:
        path = own.with_name(name)
        shutil.copy(own, path)
        edit_file(path, set_answer(FIRST, None), *edits)
        return path

    return make


def edit_file(path: Path, *edits: Edit) -> None:
    with opened(path, clock=clock) as visit:
        for edit in edits:
            visit.do(edit)


def brought(own: Path, *paths: Path) -> list[Brought]:
    found: list[Brought] = []
    with opened(own, read_only=True) as visit:
        for path in paths:
            found.append(bring_in(path, visit.assessment, found))
    return found


def put(visit: OpenVisit, posting: Posting) -> bool:
    edit = posting.make_edit(visit.assessment)
    return edit is not None and visit.do(edit, posting.sources)


def merge_into(path: Path, others: Sequence[Brought]) -> OpenVisit:
    with opened(path, clock=clock) as visit:
        put(visit, merge_files(visit.assessment, own_member(visit.assessment, "x"), others))
        return visit


# --- bringing in ----------------------------------------------------------------------------------


def test_a_file_is_known_by_the_experts_name_in_it(own: Path, copy: Make) -> None:
    path = copy("评分-李娜.assessment", set_answer(SECOND, Answer(option=LOW)))
    assert [one.member.id for one in brought(own, path)] == ["li"]


def test_a_file_of_nobody_known_gets_a_name_of_its_own(own: Path, copy: Make) -> None:
    (one,) = brought(own, copy("third.assessment"))
    assert (one.member.id, one.member.name) == ("expert-1", "third")


def test_a_file_is_known_by_whose_answers_it_holds(own: Path, copy: Make) -> None:
    path = copy("x.assessment", set_answer(SECOND, Answer(option=LOW, by="li")))
    assert brought(own, path)[0].member.name == "李娜"


def test_the_same_file_is_not_brought_in_twice(own: Path, copy: Make) -> None:
    path = copy("李娜.assessment")
    with pytest.raises(PanelRefusedError) as refused:
        brought(own, path, path)
    assert refused.value.message.key == "panel.brought_already"


def other_file(
    folder: Path, name: str = "workshop", firm: Enterprise = FIRM, profile: str = "discrete"
) -> Path:
    rubric = shipped("future_factory" if name == "factory" else "digital_workshop")
    visit = Visit(date_from=date(2026, 5, 4))
    path = folder / f"{name}.assessment"
    return new_visit(path, rubric, firm, visit, profile=profile, clock=clock)


def reason(own: Path, path: Path) -> str:
    with pytest.raises(PanelRefusedError) as refused:
        brought(own, path)
    inner = refused.value.message.values["reason"]
    assert isinstance(inner, Message)
    assert path.name in refused.value.text("zh")
    return inner.key


def test_another_rubric_is_refused(own: Path, tmp_path: Path) -> None:
    assert reason(own, other_file(tmp_path, "factory")) == "panel.other_rubric"


def test_another_enterprise_is_refused(own: Path, tmp_path: Path) -> None:
    other = other_file(tmp_path, firm=Enterprise(name="余姚某某有限公司"))
    assert reason(own, other) == "panel.other_enterprise"


def test_another_type_of_industry_is_refused(own: Path, tmp_path: Path) -> None:
    assert reason(own, other_file(tmp_path, profile="process")) == "panel.other_frame"


def test_another_visit_is_refused(own: Path, tmp_path: Path) -> None:
    edit_file(own, set_field("visit", "date_from", date(2026, 3, 1)))
    assert reason(own, other_file(tmp_path)) == "panel.other_visit"


def test_a_self_assessment_is_refused(own: Path, copy: Make) -> None:
    path = copy("自评.assessment", set_field("visit", "kind", "self"))
    assert reason(own, path) == "panel.self_assessment"


# --- merging --------------------------------------------------------------------------------------


def test_disjoint_shares_are_merged_and_keep_whose_they_are(own: Path, copy: Make) -> None:
    path = copy("李娜.assessment", set_answer(SECOND, Answer(option=MIDDLE)))
    with opened(own, read_only=True) as visit:
        view = outlook(RUBRIC, visit.assessment, PEOPLE[0], brought(own, path), {})
    assert view.mergeable == {"zhang": 1, "li": 1}
    assert [one.standing for one in view.comparisons] == ["single", "single"]
    answers = merge_into(own, brought(own, path)).assessment.answers
    assert {key: (one.option, one.by) for key, one in answers.items()} == {
        FIRST: (LOW, "zhang"),
        SECOND: (MIDDLE, "li"),
    }
    assert answers[FIRST].note == "看过看板"


def test_merging_twice_changes_nothing(own: Path, copy: Make) -> None:
    others = brought(own, copy("李娜.assessment", set_answer(SECOND, Answer(option=MIDDLE))))
    first = merge_into(own, others).assessment
    with opened(own, clock=clock) as visit:
        assert not put(visit, merge_files(visit.assessment, PEOPLE[0], others))
        assert visit.assessment == first


def test_where_all_agree_the_records_own_words_stay(own: Path, copy: Make) -> None:
    others = brought(own, copy("李娜.assessment", set_answer(FIRST, Answer(option=LOW, note="同"))))
    answer = merge_into(own, others).assessment.answers[FIRST]
    assert answer == Answer(option=LOW, note="看过看板", by="zhang")


def test_what_is_disputed_stays_open(own: Path, copy: Make) -> None:
    others = brought(own, copy("李娜.assessment", set_answer(FIRST, Answer(option=MIDDLE))))
    record = merge_into(own, others).assessment
    assert record.answers[FIRST] == Answer(option=LOW, note="看过看板")
    view = outlook(RUBRIC, record, PEOPLE[0], others, {})
    assert [(one.key, one.standing) for one in view.comparisons] == [(FIRST, "differs")]
    assert view.mergeable == {}


def test_evidence_and_findings_come_along_with_their_bytes(own: Path, copy: Make) -> None:
    path = copy("李娜.assessment", set_answer(SECOND, Answer(option=MIDDLE)))
    picture = path.with_name("photo.jpg")
    Image.new("RGB", (40, 30), (90, 120, 30)).save(picture)
    with opened(path, clock=clock) as visit:
        attach(visit, SECOND, [picture], clock=clock)
        add_finding(visit, SECOND, "看板停用", photos=[picture], clock=clock)
        attach(visit, THIRD, [picture], clock=clock)
    merge_into(own, brought(own, path))
    with opened(own, read_only=True) as visit:
        (finding,) = visit.assessment.findings
        assert (finding.criterion, finding.text) == (SECOND, "看板停用")
        (piece,) = visit.assessment.evidence
        assert finding.evidence == (piece.id,)
        assert visit.read_blob(piece.sha256) == picture.read_bytes()


def test_a_newcomer_is_put_on_the_panel(own: Path, copy: Make) -> None:
    others = brought(own, copy("third.assessment", set_answer(SECOND, Answer(option=LOW))))
    panel = merge_into(own, others).assessment.visit.panel
    assert [member.id for member in panel] == ["zhang", "li", "expert-1"]


def test_gates_come_where_there_are_none_and_clashes_are_listed(own: Path, copy: Make) -> None:
    passed = set_gate(GATE, GateAnswer.model_validate({"pass": True}))
    others = brought(own, copy("李娜.assessment", passed))
    assert merge_into(own, others).assessment.gates[GATE].confirmed is True
    failed = GateAnswer.model_validate({"pass": False})
    edit_file(own, set_gate(GATE, failed))
    record = merge_into(own, others).assessment
    assert record.gates[GATE] == failed
    (clash,) = outlook(RUBRIC, record, PEOPLE[0], others, {}).clashes
    assert GATE in clash.pick("zh")
    assert "李娜" in clash.pick("zh")


# --- deciding -------------------------------------------------------------------------------------


def test_a_decision_is_an_edit_that_says_whose_answer_it_is(own: Path, copy: Make) -> None:
    others = brought(own, copy("李娜.assessment", set_answer(FIRST, Answer(option=MIDDLE))))
    with opened(own, clock=clock) as visit:
        view = outlook(RUBRIC, visit.assessment, PEOPLE[0], others, {})
        chosen = next(one for one in view.comparisons[0].opinions if one.by == "li")
        comparison = view.comparisons[0]
        posting = decide(visit.assessment, comparison, chosen, "expert", PEOPLE[0], others)
        assert put(visit, posting)
        assert visit.assessment.answers[FIRST] == Answer(option=MIDDLE, by="li")
        *_, last = visit.file.history()
        former = former_opinions(visit.file.history())
        view = outlook(RUBRIC, visit.assessment, PEOPLE[0], others, former)
    said = last.what.pick("zh")
    assert "李娜" in said
    assert f"张伟 {LOW}" in said
    (one,) = view.comparisons
    assert one.standing == "settled"
    assert one.of("zhang") == Answer(option=LOW, note="看过看板")
    assert merge_into(own, others).assessment.answers[FIRST].by == "li"


# --- who scored what ------------------------------------------------------------------------------


def test_what_every_expert_said_stays_with_the_record(own: Path, copy: Make) -> None:
    others = brought(
        own,
        copy(
            "李娜.assessment",
            set_answer(FIRST, Answer(option=MIDDLE, note="听班长说")),
            set_answer(SECOND, Answer(option=LOW)),
        ),
    )
    merge_into(own, others)
    with opened(own, clock=clock) as visit:
        record = visit.assessment
        kept = {who: dict(said.answers) for who, said in record.opinions.items()}
        assert kept["zhang"] == {FIRST: Answer(option=LOW, note="看过看板")}
        assert kept["li"] == {
            FIRST: Answer(option=MIDDLE, note="听班长说"),
            SECOND: Answer(option=LOW),
        }
        found = agreement_with(RUBRIC, record, own_member(record, "x"), [])
        assert found is not None
        assert found.agreement.overall.shared == 1
        assert found.agreement.overall.percent.value == 0
        seen = outlook(RUBRIC, record, own_member(record, "x"), [], {}).comparisons
        (open_one,) = [one for one in seen if one.key == FIRST]
        assert [one.by for one in open_one.opinions] == ["li", "zhang"]


def test_a_decision_leaves_both_opinions_and_undoing_it_takes_them_back(
    own: Path, copy: Make
) -> None:
    others = brought(own, copy("李娜.assessment", set_answer(FIRST, Answer(option=MIDDLE))))
    with opened(own, clock=clock) as visit:
        before = visit.assessment
        me = own_member(before, "x")
        (comparison,) = outlook(RUBRIC, before, me, others, {}).comparisons
        chosen = Opinion(PANEL, Answer(option=MIDDLE))
        edit = decide(before, comparison, chosen, "mean", me, others).make_edit(before)
        assert edit is not None
        assert visit.do(edit)
        after = visit.assessment
        assert after.answers[FIRST].by == PANEL
        assert {who: one.answers[FIRST].option for who, one in after.opinions.items()} == {
            "zhang": LOW,
            "li": MIDDLE,
        }
        assert edit.inverse(before).apply(after) == before


def test_files_alone_give_the_agreement_of_their_experts(own: Path, copy: Make) -> None:
    other = copy("李娜.assessment", set_answer(FIRST, Answer(option=LOW)))
    found = agreement_of_files([own, other])
    assert found.agreement.experts == ("li", "zhang")
    assert found.agreement.overall.percent.value == 1
    with pytest.raises(AssessorError) as refused:
        agreement_of_files([own])
    assert refused.value.message.key == "agreement.few_files"


def test_neither_order_nor_repetition_of_the_files_changes_who_said_what(
    own: Path, copy: Make
) -> None:
    first = copy("李娜.assessment", set_answer(FIRST, Answer(option=MIDDLE)))
    second = copy("third.assessment", set_answer(SECOND, Answer(option=LOW)))
    calibrated = Calibration(
        name="李娜",
        set_id="set",
        set_title="题集",
        set_digest="0" * 64,
        rubric_id=RUBRIC.id,
        cycle=RUBRIC.cycles[0].id,
        made_on=date(2026, 1, 1),
        items=4,
        alike=4,
        percent=Decimal(100),
    )
    with opened(first, clock=clock) as visit:
        edit = noted(visit.assessment, [calibrated])
        assert edit is not None
        assert visit.do(edit)
    there, back = own.with_name("there.assessment"), own.with_name("back.assessment")
    for path in (there, back):
        shutil.copy(own, path)
    members = brought(own, first, second)
    one = merge_into(there, members).assessment
    other = merge_into(back, members[::-1]).assessment
    assert one.opinions == other.opinions
    assert one.calibrations == other.calibrations == (calibrated,)
    assert one.answers == other.answers
    with opened(there, clock=clock) as visit:
        again = merge_files(visit.assessment, own_member(visit.assessment, "x"), members)
        assert again.make_edit(visit.assessment) is None
