"""What differs between two versions of a rubric, found by ids and said part by part."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from assessor.analysis.rubric_diff import Detail, PartChange, compare_rubrics
from assessor.rubrics.base import LocalText
from assessor.rubrics.models import Rubric
from tests.strategies.visits import shipped


def variant(edit: Callable[[dict], object], name: str = "digital_workshop") -> Rubric:
    """Return the shipped rubric after an edit of its JSON data."""
    data = copy.deepcopy(shipped(name).data)
    edit(data)
    return Rubric.model_validate_json(json.dumps(data), strict=True)


def criterion(data: dict, kind: str) -> dict:
    return next(item for item in data["criteria"] if item["rule"]["kind"] == kind)


def changes(edit: Callable[[dict], object], name: str = "digital_workshop") -> list[PartChange]:
    return list(compare_rubrics(shipped(name).rubric, variant(edit, name)).changes)


def test_a_rubric_does_not_differ_from_itself() -> None:
    for name in ("digital_workshop", "future_factory"):
        rubric = shipped(name).rubric
        assert compare_rubrics(rubric, variant(lambda data: None, name)).changes == ()


def test_versions_are_named() -> None:
    newer = variant(lambda data: data.update(version="2.0.0"))
    diff = compare_rubrics(shipped("digital_workshop").rubric, newer)
    assert (diff.before, diff.after) == ("1.0.0", "2.0.0")


def test_a_criterion_that_went_and_one_that_came() -> None:
    def edit(data: dict) -> None:
        data["criteria"][0]["id"] = "quite-new"

    added, removed = changes(edit)
    assert (added.how, added.kind, added.id) == ("added", "criterion", "quite-new")
    assert removed.how == "removed"
    assert removed.id == shipped("digital_workshop").rubric.criteria[0].id


def test_a_weight_is_compared_by_value() -> None:
    def edit(data: dict) -> None:
        data["criteria"][0]["maximum"] += "0" if "." in data["criteria"][0]["maximum"] else ".0"
        data["criteria"][1]["maximum"] = "99"

    (change,) = changes(edit)
    assert change.id == shipped("digital_workshop").rubric.criteria[1].id
    (detail,) = change.details
    assert detail.aspect == "weight"
    assert detail.before == shipped("digital_workshop").rubric.criteria[1].maximum
    assert detail.after == Decimal(99)


def test_options_are_told_apart_by_their_keys() -> None:
    def edit(data: dict) -> None:
        options = criterion(data, "levels")["rule"]["options"]
        options[0]["text"] = {"zh": "新的说法", "en": "worded anew"}
        options[1]["value"] = "0.123"
        options.append({"key": "Z9", "value": "1", "text": {"zh": "再高", "en": "higher still"}})

    (change,) = changes(edit)
    aspects = [(detail.aspect, detail.subject) for detail in change.details]
    first, second = [option.key for option in _levels().options[:2]]
    assert aspects == [
        ("option_wording", first),
        ("option_value", second),
        ("option_added", "Z9"),
    ]
    assert change.details[1].after == Decimal("0.123")


def test_an_option_that_went() -> None:
    def edit(data: dict) -> None:
        criterion(data, "levels")["rule"]["options"].pop()

    (change,) = changes(edit)
    last = _levels().options[-1]
    assert change.details == (Detail("option_removed", last.text, None, last.key),)


def _levels() -> object:
    items = shipped("digital_workshop").rubric.criteria
    return next(item.rule for item in items if item.rule.kind == "levels")


def test_formula_and_curve_of_a_measured_quantity() -> None:
    def edit(data: dict) -> None:
        rule = criterion(data, "quantity")["rule"]
        rule["measure"]["formula_text"] = {"zh": "另一算法", "en": "another way"}
        points = rule["curve"].get("points") or rule["curve"]["bins"]
        points[0]["share"] = "0.05"

    (change,) = changes(edit)
    assert [detail.aspect for detail in change.details] == ["formula", "curve"]
    assert change.details[0].after == LocalText(zh="另一算法", en="another way")


def test_a_line_of_an_outcome() -> None:
    def edit(data: dict) -> None:
        data["outcomes"][0]["readings"][0]["line"] = "61.5"

    (change,) = changes(edit)
    outcome = shipped("digital_workshop").rubric.outcomes[0]
    reading = outcome.readings[0]
    assert (change.kind, change.id) == ("outcome", outcome.id)
    assert change.details == (Detail("line", reading.line, Decimal("61.5"), reading.id),)


def test_severity_and_condition_of_a_gate() -> None:
    def edit(data: dict) -> None:
        gate = next(one for one in data["gates"] if one["check"]["kind"] == "formula")
        gate["severity"] = "information"
        gate["check"]["condition"] = "1 = 1"

    (change,) = changes(edit)
    assert change.kind == "gate"
    assert [detail.aspect for detail in change.details] == ["severity", "condition"]


def test_a_value_of_a_batch_year() -> None:
    def edit(data: dict) -> None:
        data["cycles"][0]["parameters"][0]["value"] = "1999-01"

    (change,) = changes(edit)
    assert change.kind == "cycle"
    parameter = shipped("digital_workshop").rubric.cycles[0].parameters[0]
    name = f"{parameter.gate}.{parameter.parameter}"
    assert change.details == (Detail("line", parameter.value, "1999-01", name),)


def test_a_dimensions_own_change_is_not_its_parents() -> None:
    def edit(data: dict) -> None:
        data["dimensions"][0]["weight"] = "1.5"

    (change,) = changes(edit)
    assert change.kind == "dimension"
    assert change.details[0].aspect == "weight"


@pytest.mark.parametrize("name", ["digital_workshop", "future_factory"])
def test_everything_that_changed_says_how(name: str) -> None:
    def edit(data: dict) -> None:
        for item in data["criteria"]:
            item["minutes"] = item.get("minutes", 5) + 1

    found = changes(edit, name)
    assert len(found) == len(shipped(name).rubric.criteria)
    assert all(change.details for change in found)
    assert {detail.aspect for change in found for detail in change.details} == {"place"}


def test_parts_of_one_kind() -> None:
    def edit(data: dict) -> None:
        data["outcomes"][0]["readings"][0]["line"] = "61.5"
        data["criteria"][0]["maximum"] = "99"

    diff = compare_rubrics(shipped("digital_workshop").rubric, variant(edit))
    assert [change.kind for change in diff.of("outcome")] == ["outcome"]
    assert len(diff.changes) == 2
