"""Edits: what each changes, what it refuses, what it is called."""

from __future__ import annotations

from datetime import date

import pytest

from assessor.assessment import (
    Answer,
    Assessment,
    Finding,
    GateAnswer,
    Jotting,
    RubricRef,
    SelfAssessment,
    SignOff,
    Unit,
    assessment_to_json,
)
from assessor.commands import answers, gates, proofs, record, remarks
from assessor.commands.edit import Edit
from assessor.commands.entries import Change, EditRefusedError, entry_of
from assessor.i18n import LANGUAGES, render
from tests.unit.storage.samples import NOW, bare_record, evidence, full_record

FULL = full_record()
REF = RubricRef(id="small", version="2.0.0", digest="a" * 64)
SIGN = SignOff(name="赵工", role="成员", statement="属实", signed_at=NOW)
FINDING = Finding(id="f1", criterion="1.1", text="已整改", state="rectified")

EDITS: dict[str, Edit] = {
    "answer": answers.set_answer("1.1", Answer(option="B")),
    "new answer": answers.set_answer("9", Answer(option="B")),
    "clear answer": answers.set_answer("1.2", None),
    "answers": answers.set_answers({"1.1": None, "3": Answer(option="A")}),
    "note": remarks.set_note(FULL, "1.1", "重新看过"),
    "note before": remarks.set_note(FULL, "3", "先记下"),
    "no note before": remarks.set_note(FULL, "1.9", ""),
    "doubt": remarks.set_confidence(FULL, "1.2", "low"),
    "doubt before": remarks.set_confidence(FULL, "1.9", "high"),
    "answer with note": remarks.give_answer(FULL, "1.9", Answer(option="A")),
    "clear noted": remarks.give_answer(FULL, "1.1", None),
    "gate": answers.set_gate("g1", None),
    "gate fails": answers.set_gate("g3", GateAnswer.model_validate({"pass": False})),
    "gate noted": gates.note_gate(FULL, "g1", "看过证照"),
    "gate noted before": gates.note_gate(FULL, "g3", "先要证照"),
    "gate doubted": gates.doubt_gate(FULL, "g2"),
    "gate open again": gates.declare_gate(FULL, "g1", None),
    "gate fact": gates.state_fact(FULL, "g2", "y", " 4 "),
    "indicator": answers.set_indicator("i1", None),
    "table": answers.set_table("ledger", [{"name": "车床"}]),
    "no table": answers.set_table("ledger", None),
    "units": answers.set_units("lines", [Unit(id="west", name="西线")]),
    "platform": answers.set_platform_result("workshop", None),
    "self": answers.set_self_assessment(None),
    "self new": answers.set_self_assessment(SelfAssessment(answers={}, by="企业")),
    "enterprise": record.set_field("enterprise", "employees", 200),
    "enterprise empty": record.set_field("enterprise", "employees", None),
    "visit": record.set_fields("visit", date_from=date(2026, 1, 1), date_to=date(2026, 1, 2)),
    "target": record.set_aim("target", "future"),
    "profile": record.set_aim("profile", "process"),
    "cycle": record.set_aim("cycle", "2026"),
    "rubric": record.set_rubric(REF),
    "sign": record.add_sign_off(FULL, SIGN),
    "revision": record.start_revision(FULL),
    "evidence": proofs.add_evidence([evidence("e8"), evidence("e9")]),
    "caption": proofs.update_evidence(FULL, "e2", caption="总装线"),
    "assign": proofs.assign_evidence(FULL, "e3", ["1.2", "1.3", "1.2"]),
    "remove evidence": proofs.remove_evidence(FULL, "e2"),
    "finding": proofs.set_finding(FULL, FINDING),
    "new finding": proofs.set_finding(FULL, FINDING.model_copy(update={"id": "f9"})),
    "remove finding": proofs.remove_finding("f1"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_what_it_names_and_its_inverse_restores_all(name: str) -> None:
    edit = EDITS[name]
    after = edit.apply(FULL)
    assert after != FULL
    for change in edit.changes:
        assert entry_of(after, change.section, change.key) == change.value
    assert edit.inverse(FULL).apply(after) == FULL


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_says_what_it_does_in_both_languages(name: str) -> None:
    said = {render(EDITS[name].description, language) for language in LANGUAGES}
    assert len(said) == 2
    assert all(words and "{" not in words for words in said)


def test_other_entries_stay_the_very_same_objects() -> None:
    after = answers.set_answer("1.1", Answer(option="B")).apply(FULL)
    assert after.answers["1.2"] is FULL.answers["1.2"]
    assert after.evidence[0] is FULL.evidence[0]


def test_removed_evidence_leaves_findings_and_results_too() -> None:
    after = proofs.remove_evidence(FULL, "e2").apply(FULL)
    assert [item.id for item in after.evidence] == ["e1", "e3", "e4"]
    assert after.findings[0].evidence == ("e3",)
    assert after.platform_results["workshop"].evidence == ()


def test_several_removed_items_come_back_in_their_order() -> None:
    gone = tuple(Change("evidence", name, None) for name in ("e2", "e1", "e4"))
    edit = Edit((*gone, Change("evidence", "e7", evidence("e7"))), EDITS["answer"].description)
    after = edit.apply(FULL)
    assert [item.id for item in after.evidence] == ["e3", "e7"]
    assert edit.inverse(FULL).apply(after) == FULL


def test_assigning_names_each_criterion_once() -> None:
    after = EDITS["assign"].apply(FULL)
    assert after.evidence[2].criteria == ("1.2", "1.3")


def test_a_new_revision_needs_new_signatures() -> None:
    after = EDITS["revision"].apply(FULL)
    assert (after.revision, after.sign_offs) == (3, ())


@pytest.mark.parametrize(
    "edit",
    [
        record.set_field("enterprise", "name", None),
        record.set_field("enterprise", "name", "  "),
        record.set_field("enterprise", "employees", -1),
        record.set_fields("visit", date_from=date(2026, 1, 2), date_to=date(2026, 1, 1)),
        record.set_aim("target", "not an id!"),
        answers.set_answer("bad key", Answer(option="A")),
        answers.set_table("ledger", [{"name": "x" * 501}]),
    ],
)
def test_what_does_not_fit_is_refused_with_the_place_named(edit: Edit) -> None:
    with pytest.raises(EditRefusedError) as refusal:
        edit.apply(FULL)
    assert edit.changes[0].key in refusal.value.text("zh")
    assert refusal.value.text("zh") != refusal.value.text("en")


@pytest.mark.parametrize("before", [FULL, bare_record()])
def test_a_note_fits_the_record_with_an_answer_or_without(before: Assessment) -> None:
    with pytest.raises(EditRefusedError):
        remarks.set_note(before, "1.1", "x" * 20_001)


def test_what_is_noted_before_the_answer_goes_with_it_and_stays_behind() -> None:
    noted = remarks.set_note(bare_record(), "1.1", "先看现场").apply(bare_record())
    doubted = remarks.set_confidence(noted, "1.1", "low").apply(noted)
    assert doubted.jottings == {"1.1": Jotting(note="先看现场", confidence="low")}
    assert not doubted.answers
    given = remarks.give_answer(doubted, "1.1", Answer(option="B")).apply(doubted)
    assert given.answers == {"1.1": Answer(option="B", note="先看现场", confidence="low")}
    assert not given.jottings
    assert remarks.remarks_on(given, "1.1") == doubted.jottings["1.1"]
    cleared = remarks.give_answer(given, "1.1", None).apply(given)
    assert cleared == doubted
    emptied = remarks.set_note(cleared, "1.1", "").apply(cleared)
    assert emptied.jottings == {"1.1": Jotting(confidence="low")}
    assert remarks.set_confidence(emptied, "1.1", None).apply(emptied) == bare_record()


def test_an_answer_from_elsewhere_hides_no_note() -> None:
    noted = remarks.set_note(bare_record(), "1.1", "先看现场").apply(bare_record())
    brought = noted.model_copy(update={"answers": {"1.1": Answer(option="B", note="见截图")}})
    both = "先看现场\n见截图"
    assert remarks.remarks_on(brought, "1.1") == Jotting(note=both)
    edited = remarks.set_note(brought, "1.1", f"{both}。").apply(brought)
    assert edited.answers["1.1"].note == f"{both}。"
    assert not edited.jottings
    cleared = remarks.give_answer(brought, "1.1", None).apply(brought)
    assert cleared.jottings == {"1.1": Jotting(note=both)}


def test_a_record_without_jottings_reads_as_before() -> None:
    given = bare_record().model_copy(update={"answers": {"1.1": Answer(option="B")}})
    assert "jottings" not in assessment_to_json(given)


def test_a_gate_takes_note_and_doubt_over_and_leaves_them_behind() -> None:
    noted = gates.note_gate(bare_record(), "g1", "先要证照").apply(bare_record())
    doubted = gates.doubt_gate(noted, "g1").apply(noted)
    remarks_alone = GateAnswer(note="先要证照", confidence="low")
    assert doubted.gates == {"g1": remarks_alone}
    assert not remarks_alone.answers
    for edit in (
        gates.declare_gate(doubted, "g1", False),
        gates.state_fact(doubted, "g1", "days", "300"),
    ):
        given = edit.apply(doubted)
        assert given.gates["g1"].answers
        assert (given.gates["g1"].note, given.gates["g1"].confidence) == ("先要证照", "low")
        assert gates.declare_gate(given, "g1", None).apply(given) == doubted
    trusted = gates.doubt_gate(doubted, "g1").apply(doubted)
    assert trusted == noted
    assert gates.note_gate(trusted, "g1", "").apply(trusted) == bare_record()


@pytest.mark.parametrize(
    ("before", "given", "after"),
    [
        ({"pass": True}, {"pass": False, "note": "b"}, {"pass": False, "note": "b"}),
        ({"pass": True, "note": "a"}, {"note": "b"}, {"pass": True, "note": "a\nb"}),
        ({"note": "a"}, {"pass": True, "note": "b"}, {"pass": True, "note": "a\nb"}),
        ({"note": "a", "confidence": "low"}, {"note": "a"}, {"note": "a", "confidence": "low"}),
    ],
)
def test_what_is_only_noted_on_a_gate_takes_no_answer_away(
    before: dict[str, object], given: dict[str, object], after: dict[str, object]
) -> None:
    first, then, both = (GateAnswer.model_validate(one) for one in (before, given, after))
    kept = {"other": first}
    assert gates.gates_laid_over({"g": first, **kept}, {"g": then}) == {"g": both, **kept}
    assert gates.gates_laid_over({}, {"g": then}) == {"g": then}


def test_unknown_evidence_is_refused() -> None:
    with pytest.raises(EditRefusedError, match="e77"):
        proofs.remove_evidence(FULL, "e77")
    with pytest.raises(EditRefusedError, match="e77"):
        proofs.update_evidence(FULL, "e77", caption="x")


def test_an_unknown_field_is_a_mistake_of_the_program() -> None:
    with pytest.raises(AttributeError, match="phone_number"):
        record.set_field("enterprise", "phone_number", "1").apply(FULL)


def test_one_edit_cannot_change_an_entry_twice() -> None:
    change = Change("answers", "1.1", None)
    with pytest.raises(ValueError, match="at most once"):
        Edit((change, change), EDITS["answer"].description)


def test_typing_on_merges_and_another_field_does_not() -> None:
    first, second = (remarks.set_note(FULL, "1.1", text) for text in ("a", "ab"))
    assert second.merges_with(first)
    longer = FULL.model_copy(update={"answers": {**FULL.answers, "1.5": Answer(option="A")}})
    assert not remarks.set_note(longer, "1.5", "a").merges_with(first)
    assert not answers.set_answer("1.1", Answer(option="A")).merges_with(
        answers.set_answer("1.1", Answer(option="B"))
    )


def test_ids_are_never_used_again_while_a_later_one_exists() -> None:
    assert proofs.next_id("e", []) == "e1"
    assert proofs.next_id("e", ["e1", "e7", "f9", "extra"]) == "e8"
