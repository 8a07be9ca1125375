"""The history names things as people do: criteria by number, fields and values in words."""

from __future__ import annotations

import pytest

from assessor import assessment
from assessor.i18n import LANGUAGES, Language
from assessor.workspace.history_words import (
    LONGEST_VALUE,
    Said,
    field_in_words,
    place_in_words,
    value_in_words,
)
from tests.strategies.visits import shipped

RUBRIC = shipped("digital_workshop").rubric
RECORDED = (
    assessment.Answer,
    assessment.Assessment,
    assessment.Enterprise,
    assessment.EvidenceItem,
    assessment.Finding,
    assessment.GateAnswer,
    assessment.Jotting,
    assessment.PlatformResult,
    assessment.Unit,
    assessment.Visit,
)
SECTIONS = {"enterprise", "visit", "answers", "jottings", "gates", "indicators", "tables", "units",
            "platform_results", "evidence", "findings"}  # fmt: skip
"""Fields of an assessment that are named as sections instead."""


def said(what: Said, language: Language = "zh") -> str:
    return what if isinstance(what, str) else what.pick(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_a_record_has_a_name(language: Language) -> None:
    fields = {name for model in RECORDED for name in model.model_fields} - SECTIONS
    unnamed = {field for field in fields if isinstance(field_in_words(field), str)}
    assert unnamed == set()
    assert all(said(field_in_words(field), language) for field in fields)


def test_a_field_of_another_version_keeps_its_name() -> None:
    assert field_in_words("not_yet_known") == "not_yet_known"


def test_places_are_named_by_the_rubric() -> None:
    criterion, gate = RUBRIC.criteria[3], RUBRIC.gates[0]
    number = f"第 {criterion.number} 题"
    assert said(place_in_words(RUBRIC, "answers", criterion.id)) == f"评分项 {number}"
    assert gate.title.pick("zh") in said(place_in_words(RUBRIC, "gates", gate.id))
    assert said(place_in_words(RUBRIC, "enterprise", "credit_code")) == "企业信息 统一社会信用代码"
    assert "nowhere" in said(place_in_words(RUBRIC, "nowhere", "x"))


@pytest.mark.parametrize(
    ("section", "field", "value", "shown"),
    [
        ("answers", "na", True, "是"),
        ("answers", "note", "看了现场", "看了现场"),
        ("answers", "confidence", "low", "把握低"),
        ("answers", "inputs", {"rate": "80"}, "rate = 80"),
        ("findings", "severity", "major", "严重"),
        ("findings", "severity", "unheard-of", "unheard-of"),
        ("evidence", "kind", "photo", "照片"),
        ("tables", "", [{"name": "a"}, {"name": "b"}], "2 行"),
        ("answers", "note", None, ""),
    ],
)
def test_values_are_words_where_there_are_any(
    section: str, field: str, value: object, shown: str
) -> None:
    key = RUBRIC.criteria[0].id
    assert said(value_in_words(RUBRIC, section, key, field, value)) == shown


def test_options_and_criteria_are_named() -> None:
    first, second = RUBRIC.criteria[:2]
    told = said(value_in_words(RUBRIC, "evidence", "e1", "criteria", [first.id, second.id]))
    assert first.number in told
    assert second.number in told


def test_a_long_value_is_cut_and_shows_no_control_letters() -> None:
    long = said(value_in_words(RUBRIC, "answers", "x", "note", "a\n" + "b" * 99))
    assert len(long) == LONGEST_VALUE
    assert long.startswith("a b")
    assert long.endswith("…")
