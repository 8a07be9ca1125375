"""The bundled samples fit their rubrics, give the results they are meant to, and invent everything.

Expected figures come from the independent reference of `tests/reference`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from assessor.assessment import Answer, Assessment, Enterprise, RubricRef, SelfAssessment
from assessor.credit_code import check_credit_code
from assessor.exchange.answers import read_answers
from assessor.exchange.answers_workbook import read_answers_workbook
from assessor.exchange.imported import ImportedAnswers
from assessor.exchange.ledger import read_ledger
from assessor.paths import fonts_folder
from assessor.rubrics.catalog import get
from assessor.rules.answers import check_assessment
from assessor.rules.card import ScoreCard
from assessor.scoring import score, shown_text
from assessor.workspace.sample_pictures import DRAWINGS
from assessor.workspace.samples import Sample, sample_called, samples
from tests.reference import digital_workshop as dw
from tests.reference import future_factory as ff
from tests.reference.exact import show

SLUGS = ["auto-parts", "fine-chemicals", "precision-mould", "unfinished-visit"]
DISTRICTS = {"宁海县": "330226", "镇海区": "330211", "北仑区": "330206", "慈溪市": "330282"}
FROM_LEDGER = {
    "a1-key-equipment-nc-rate": {"nc_key": ("nc_quantity", True), "key_total": ("quantity", True)},
    "a2-equipment-network-rate": {
        "online": ("online_quantity", False),
        "total": ("quantity", False),
    },
    "a3-field-data-capture-rate": {
        "auto_points": ("auto_points", False),
        "required_points": ("required_points", False),
    },
}


def blank(sample: Sample) -> Assessment:
    frame, loaded = sample.frame, get(sample.frame.rubric)
    rubric = RubricRef(id=loaded.rubric.id, version=loaded.rubric.version, digest=loaded.digest)
    return Assessment(
        id=frame.id,
        rubric=rubric,
        cycle=frame.cycle,
        profile=frame.profile,
        target=frame.target,
        enterprise=Enterprise(name=sample.slug),
    )


def read(sample: Sample, name: str) -> ImportedAnswers:
    path = sample.file(name)
    assert path
    return read_answers(path, get(sample.frame.rubric), blank(sample))


@cache
def filled(slug: str, answers: str = "visit.json") -> Assessment:
    """The sample's record without evidence and findings, with the answers of one of its files."""
    sample = sample_called(slug)
    visit, imported = read(sample, "visit.json"), read(sample, answers)
    ledger = sample.file("ledger.csv")
    tables = {}
    if ledger:
        table = read_ledger(ledger, get(sample.frame.rubric).rubric)
        assert table.warnings == ()
        tables[table.table] = table.rows
    return blank(sample).model_copy(
        update={
            "enterprise": Enterprise.model_validate({"name": slug, **visit.enterprise}),
            "answers": dict(imported.answers),
            "gates": dict(visit.gates),
            "indicators": dict(visit.indicators),
            "tables": tables,
        }
    )


@cache
def card_of(slug: str, answers: str = "visit.json") -> ScoreCard:
    return score(get(sample_called(slug).frame.rubric).rubric, filled(slug, answers))


def given(slug: str, name: str = "visit.json") -> Any:
    path = sample_called(slug).file(name)
    assert path
    return json.loads(path.read_text(encoding="utf-8"))


def states(card: ScoreCard) -> dict[str, str]:
    return {outcome.outcome.id: outcome.state for outcome in card.outcomes}


def readings(card: ScoreCard, outcome: str) -> dict[str, str]:
    found = next(entry for entry in card.outcomes if entry.outcome.id == outcome)
    return {entry.reading.id: shown_text(entry.span.value) for entry in found.readings}


def passed(slug: str) -> dict[str, Any]:
    """The gates that were answered, as passed: the reference takes no inputs."""
    return {gate: {"pass": True} for gate in given(slug)["gates"]}


def factory(slug: str, name: str = "visit.json") -> ff.Card:
    frame = sample_called(slug).frame
    return ff.score(given(slug, name)["answers"], passed(slug), frame.profile, frame.target)


def workshop(slug: str) -> dw.Card:
    """The reference's score, the rates of the ledger summed here once more."""
    answers = given(slug)["answers"]
    rows = filled(slug).tables["ledger"]
    for item, inputs in FROM_LEDGER.items():
        answers[item]["inputs"] = {
            name: str(sum(int(row[column]) for row in rows if not key or row["key"] == "yes"))
            for name, (column, key) in inputs.items()
        }
    return dw.score(answers, passed(slug), sample_called(slug).frame.profile)


def test_these_samples_are_there() -> None:
    assert [sample.slug for sample in samples()] == SLUGS
    kinds = {(sample.frame.rubric, sample.frame.profile) for sample in samples()}
    rubrics = ("nb.digital_workshop", "zj.future_factory")
    assert kinds == {(rubric, kind) for rubric in rubrics for kind in ("discrete", "process")}


@pytest.mark.parametrize("slug", SLUGS)
def test_answers_and_ledger_fit_the_rubric(slug: str) -> None:
    assert list(check_assessment(get(filled(slug).rubric.id).rubric, filled(slug))) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_enterprises_are_plausible_and_invented(slug: str) -> None:
    enterprise = filled(slug).enterprise
    assert check_credit_code(enterprise.credit_code).fault is None
    assert enterprise.credit_code[2:8] == DISTRICTS[enterprise.district]
    # No register gives out organisation codes that begin like this, nor the exchange such numbers.
    assert enterprise.credit_code[8:12] == "0000"
    assert enterprise.contact.phone.startswith("0574-00000")
    assert enterprise.name.startswith("宁波甬示")
    assert "虚构" in enterprise.profile
    assert len(enterprise.industry_code) == 4


@pytest.mark.parametrize("slug", SLUGS)
def test_pictures_and_findings_name_what_exists(slug: str) -> None:
    sample, rubric = sample_called(slug), get(sample_called(slug).frame.rubric).rubric
    pictures = sample.pictures()
    names = [picture.name for picture in pictures]
    gates = {gate.id for gate in rubric.gates}
    assert len(set(names)) == len(names)
    for picture in pictures:
        assert picture.drawing in DRAWINGS
        assert set(picture.gates) <= gates
        for item in picture.items:
            criterion = rubric.find_criterion(item)
            assert criterion
            assert sample.frame.profile in criterion.profiles
    for finding in sample.findings():
        assert rubric.find_criterion(finding.criterion)
        assert set(finding.evidence) <= set(names)


def test_every_drawing_is_used() -> None:
    assert {picture.drawing for sample in samples() for picture in sample.pictures()} == set(
        DRAWINGS
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_the_font_has_every_character_of_the_pictures(slug: str) -> None:
    face = TTFontFile(str(fonts_folder() / "NotoSansSC-Regular.ttf"), charInfo=1)
    used = {
        ord(character)
        for picture in sample_called(slug).pictures()
        for words in (picture.title, picture.taken, *picture.words)
        for character in words
    }
    assert used - set(face.charToGlyph) == set()


def test_the_mould_maker_misses_the_smart_factory_by_one_item() -> None:
    card, expected = card_of("precision-mould"), factory("precision-mould")
    assert states(card) == expected.outcomes
    assert states(card) == {
        "workshop": "reached",
        "smart_factory": "not_reached",
        "future_factory": "not_assessed",
    }
    for tier in ("workshop", "smart_factory"):
        assert readings(card, tier) == expected.readings[tier]
    # 51 of 69 items; with 52 it would be 75.36.
    assert readings(card, "smart_factory")["share_of_items"] == "73.91"
    assert card.complete
    assert shown_text(card.total.value) == show(expected.total) == "141.75"
    assert card.contradictions == ()


def test_the_mould_maker_sees_itself_in_the_smart_factory() -> None:
    card, expected = (
        card_of("precision-mould", "self.json"),
        factory("precision-mould", "self.json"),
    )
    assert states(card) == expected.outcomes
    assert states(card)["smart_factory"] == "reached"
    assert readings(card, "smart_factory")["share_of_items"] == "84.06"


def test_the_mould_makers_indicators_are_what_two_years_give() -> None:
    inputs = given("precision-mould")["indicators"]
    assert set(inputs) == {entry.id for entry in get("zj.future_factory").rubric.indicators}
    days = inputs["development_cycle"]["inputs"]
    # 62 days before, 47 after: 1 - 47/62 is 24.19 %.
    assert show(ff.Fraction(1) - ff.Fraction(days["days_after"]) / int(days["days_before"]), 4) == (
        "0.2419"
    )


def test_the_assessor_wrote_notes_to_most_items() -> None:
    answers = filled("precision-mould").answers.values()
    assert sum(bool(answer.note) for answer in answers) >= 0.6 * len(answers)
    assert all(answer.confidence for answer in answers)


def test_the_chemical_plant_is_good_only_with_its_bonus() -> None:
    card, expected = card_of("fine-chemicals"), workshop("fine-chemicals")
    assert states(card) == expected.outcomes
    assert states(card) == {"pass": "reached", "good": "reached", "excellent": "not_reached"}
    assert shown_text(card.total.value) == show(expected.total) == "76.82"
    assert shown_text(card.base.value) == show(expected.base) == "74.32"
    assert card.complete
    assert len(filled("fine-chemicals").tables["ledger"]) == 41
    excluded = [item for item in card.items if item.state == "not_applicable"]
    assert [item.criterion.id for item in excluded] == ["c5-material-logistics"]


def test_the_die_caster_is_past_the_first_line_with_items_open() -> None:
    card, expected = card_of("auto-parts"), workshop("auto-parts")
    assert states(card) == expected.outcomes
    assert states(card) == {"pass": "reached", "good": "undecided", "excellent": "not_reached"}
    assert shown_text(card.total.value) == show(expected.total) == "67.69"
    assert (card.done, card.asked) == (30, 33)
    assert [gate.gate.id for gate in card.gates if gate.state == "fail"] == ["g-safety-plan"]


def test_the_unfinished_visit_is_open_and_contradicts_itself() -> None:
    card, expected = card_of("unfinished-visit"), factory("unfinished-visit")
    assert states(card) == expected.outcomes
    assert states(card)["workshop"] == states(card)["smart_factory"] == "undecided"
    assert not card.complete
    assert [found.id for found in card.contradictions] == ["unconnected_but_captured"]
    assert shown_text(card.total.lowest) == show(expected.lowest)
    assert shown_text(card.total.highest) == show(expected.highest)


def test_the_filled_workbook_says_what_the_self_assessment_says() -> None:
    sample = sample_called("auto-parts")
    path = sample.file("self-assessment.xlsx")
    assert path
    workbook = read_answers_workbook(path, get(sample.frame.rubric), blank(sample))
    own = given("auto-parts", "self.json")["answers"]
    assert dict(workbook.answers) == {key: Answer.model_validate(own[key]) for key in own}
    assert workbook.tables["ledger"] == filled("auto-parts").tables["ledger"]
    assert workbook.enterprise["name"] == "宁波甬示压铸部件有限公司"
    assert workbook.warnings == ()
    made = sample.frame.self_assessment
    assert made
    kept = SelfAssessment(
        answers=dict(workbook.answers), made_on=workbook.filled_on, by=workbook.filled_by
    )
    assert (kept.made_on, kept.by) == (made.made_on, made.by)
