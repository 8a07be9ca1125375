"""The payload: the whole visit, readable again byte for byte, and nothing else is believed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.assessment import Assessment
from assessor.canonical import canonical_json, digest_of
from assessor.errors import AssessorError, ProblemsError
from assessor.exchange.payload import (
    HistoryRef,
    build_payload,
    parse_payload,
    payload_digest,
    payload_text,
    read_payload,
)
from assessor.exchange.summary import score_summary
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.rule_models import LevelsRule
from assessor.scoring import score, shown_text
from tests.unit.exchange.samples import FACTORY, WORKSHOP, loaded, visit


def answered(rubric: LoadedRubric, **fields: object) -> Assessment:
    first = next(item for item in rubric.rubric.criteria if item.rule.kind == "levels")
    assert isinstance(first.rule, LevelsRule)
    answers = {
        first.id: {"option": first.rule.options[-1].key, "note": "含控制符\x01与\u2028、_x0041_"}
    }
    return visit(rubric, answers=answers, **fields)


@pytest.fixture(scope="module")
def rubric() -> LoadedRubric:
    return loaded()


def payload_of(rubric: LoadedRubric, assessment: Assessment) -> dict[str, object]:
    return build_payload(assessment, rubric, score(rubric.rubric, assessment))


def test_payload_reads_back_to_the_same_visit_and_bytes(rubric: LoadedRubric) -> None:
    evidence = {
        "id": "e1",
        "sha256": "a" * 64,
        "size": 3,
        "media_type": "image/jpeg",
        "file_name": "一.jpg",
        "kind": "photo",
        "added_at": "2026-03-02T09:10:11+08:00",
    }
    assessment = answered(rubric, evidence=[evidence])
    text = payload_text(payload_of(rubric, assessment))
    read = parse_payload(text)
    assert read.assessment == assessment
    assert read.assessment.evidence[0].sha256 == "a" * 64
    assert canonical_json(read.to_json()) == text


def test_the_history_travels_and_may_be_absent(rubric: LoadedRubric) -> None:
    assessment = answered(rubric)
    history = HistoryRef(file="f" * 32, entries=7, head="a" * 64)
    card = score(rubric.rubric, assessment)
    text = payload_text(build_payload(assessment, rubric, card, history))
    assert parse_payload(text).history == history
    assert canonical_json(parse_payload(text).to_json()) == text
    before = payload_of(rubric, assessment)
    assert "history" not in before
    assert read_payload(before).history is None


@pytest.mark.parametrize(
    "history",
    [None, {}, {"file": "f", "entries": 0, "head": "a" * 64}, {"file": "f", "entries": 1}],
)
def test_a_history_that_says_nothing_is_refused(rubric: LoadedRubric, history: object) -> None:
    payload = json.loads(payload_text(payload_of(rubric, answered(rubric))))
    with pytest.raises(AssessorError):
        read_payload({**payload, "history": history})


@pytest.mark.parametrize("path", [WORKSHOP, FACTORY])
def test_payload_of_the_shipped_rubrics_reads_back(path: Path) -> None:
    rubric = loaded(path)
    text = payload_text(payload_of(rubric, answered(rubric)))
    assert canonical_json(parse_payload(text).to_json()) == text


def test_digest_is_that_of_the_text_whatever_the_layout(rubric: LoadedRubric) -> None:
    payload = payload_of(rubric, answered(rubric))
    shuffled = json.loads(json.dumps(dict(reversed(payload.items())), indent=3))
    assert payload_digest(payload) == digest_of(shuffled)


def test_payload_of_another_rubric_is_not_written(rubric: LoadedRubric) -> None:
    other = loaded(WORKSHOP)
    assessment = answered(rubric)
    card = score(rubric.rubric, assessment)
    with pytest.raises(AssessorError) as caught:
        build_payload(assessment, other, card)
    assert rubric.rubric.id in str(caught.value)
    assert other.rubric.id in str(caught.value)


def test_newer_format_is_refused_by_number(rubric: LoadedRubric) -> None:
    payload = payload_of(rubric, answered(rubric)) | {"format_version": 2}
    with pytest.raises(AssessorError, match="2"):
        read_payload(payload)


def test_values_that_do_not_fit_are_named_by_path(rubric: LoadedRubric) -> None:
    payload = json.loads(payload_text(payload_of(rubric, answered(rubric))))
    payload["assessment"]["revision"] = -1
    payload["result"]["surplus"] = "x"
    with pytest.raises(ProblemsError) as caught:
        read_payload(payload)
    places = {problem.place for problem in caught.value.problems}
    assert places == {"assessment.revision", "result.surplus"}


@pytest.mark.parametrize("value", [1.5, "1e3", "NaN", float("nan")])
def test_no_figure_is_anything_but_a_plain_decimal(rubric: LoadedRubric, value: object) -> None:
    payload = json.loads(payload_text(payload_of(rubric, answered(rubric))))
    payload["result"]["total"] = value
    with pytest.raises(AssessorError):
        read_payload(payload)


def test_data_this_program_would_not_write_is_refused(rubric: LoadedRubric) -> None:
    payload = json.loads(payload_text(payload_of(rubric, answered(rubric))))
    payload["assessment"]["revision"] = 1
    with pytest.raises(AssessorError, match="规范"):
        read_payload(payload)


def test_rubric_inside_and_outside_must_agree(rubric: LoadedRubric) -> None:
    payload = json.loads(payload_text(payload_of(rubric, answered(rubric))))
    payload["rubric"]["digest"] = "0" * 64
    with pytest.raises(AssessorError, match="000000000000"):
        read_payload(payload)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a":1,"a":2}', "null"])
def test_text_that_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(AssessorError):
        parse_payload(text)


def test_summary_shows_the_figures_of_the_card(rubric: LoadedRubric) -> None:
    assessment = answered(rubric)
    card = score(rubric.rubric, assessment)
    summary = score_summary(card)
    assert summary["rubric"] == rubric.rubric.id
    assert summary["complete"] is False
    assert summary["total"] == shown_text(card.total.value)
    assert summary["highest_possible"] == shown_text(card.total.highest)
    outcomes = summary["outcomes"]
    assert isinstance(outcomes, list)
    states = {entry["id"]: entry["state"] for entry in outcomes}
    assert states == {entry.outcome.id: entry.state for entry in card.outcomes}
    assert canonical_json(summary)


def test_top_dimensions_add_up_to_the_base_total(rubric: LoadedRubric) -> None:
    card = score(rubric.rubric, answered(rubric))
    summary = score_summary(card)
    tops = summary["dimensions"]
    assert isinstance(tops, list)
    assert sum(Decimal(top["highest_possible"]) for top in tops) == card.base.highest
