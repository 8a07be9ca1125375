"""The engine against the independent reference, on both sides of every line."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assessor.analysis.golden import check_golden_cases
from assessor.rubrics.criterion import Criterion, NotApplicable
from assessor.rubrics.gates import FormulaCheck
from assessor.rubrics.models import GoldenCase, Rubric
from assessor.rubrics.provenance import Provenance
from tests.strategies.visits import SHIPPED, shipped

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "golden"
PASSING = {
    "start": "2024-01",
    "finish": "2025-06",
    "finished": "2025-06",
    "listed": "2026-02-01",
    "days": "60",
    "difference": "1",
    "level": "4",
    "amount": "9000",
    "count": "20",
    "stages": "5",
}
FAILING = {
    "start": "2020-01",
    "finish": "2026-06",
    "finished": "2026-06",
    "listed": "2026-03-01",
    "days": "1",
    "difference": "50",
    "level": "0",
    "amount": "0",
    "count": "0",
    "stages": "0",
}


def cases(name: str) -> list[dict[str, Any]]:
    data = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    return list(data["cases"] if isinstance(data, dict) else data)


ALL = [
    pytest.param(name, case, id=f"{name}-{case['id']}") for name in SHIPPED for case in cases(name)
]


@cache
def with_exclusions(name: str) -> Rubric:
    """The municipal rubric with every criterion allowed to be left out, as the reference has it.

    The shipped one allows it for few criteria; the arithmetic is the same for all.
    """
    rubric = shipped(name).rubric
    if name != "digital_workshop":
        return rubric
    licence = NotApplicable(policy="reweight", provenance=Provenance(basis="derived"))

    def allowed(criterion: Criterion) -> Criterion:
        return criterion.model_copy(update={"not_applicable": licence})

    return rubric.model_copy(update={"criteria": tuple(map(allowed, rubric.criteria))})


def golden(rubric: Rubric, case: dict[str, Any]) -> GoldenCase:
    """The reference names items by number and gates as passed or not; put that in our terms."""
    answers = {
        found.id: answer
        for key, answer in case["answers"].items()
        if (found := rubric.find_criterion(key)) and case["profile"] in found.profiles
    }
    targets = [target.id for target in rubric.targets]
    target = case["target"] if case["target"] in targets else targets[0]
    frame = {key: case[key] for key in ("id", "text", "profile", "cycle", "expect")}
    return GoldenCase.model_validate(
        {**frame, "target": target, "answers": answers, "gates": _gates(rubric, case["gates"])}
    )


def _gates(rubric: Rubric, given: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for gate in rubric.gates:
        answer = given.get(gate.id)
        if answer is None:
            continue
        if isinstance(gate.check, FormulaCheck):
            figures = PASSING if answer.get("pass", True) else FAILING
            inputs = {field.id: figures[field.id] for field in gate.check.inputs}
            answer = {"inputs": inputs | _renamed(answer.get("inputs", {}))}
        found[gate.id] = answer
    return found


def _renamed(inputs: dict[str, str]) -> dict[str, str]:
    return {{"scenes": "count"}.get(name, name): value for name, value in inputs.items()}


@pytest.mark.parametrize(("name", "case"), ALL)
def test_the_engine_agrees_with_the_reference(name: str, case: dict[str, Any]) -> None:
    rubric = with_exclusions(name)
    expected = golden(rubric, case)
    if case["id"].startswith("na-whole-dimension"):
        # What is still possible has no figure here; the reference sums up the rest.
        left = {"lowest_possible", "highest_possible", "complete", "dimensions"}
        kept = {key: value for key, value in case["expect"].items() if key not in left}
        expected = golden(rubric, {**case, "expect": kept})
    problems = check_golden_cases(rubric.model_copy(update={"golden": (expected,)}))
    assert [problem.message.pick("en") for problem in problems] == []


def test_there_are_cases_on_both_sides_of_the_grade_lines() -> None:
    results = [case["expect"]["result"] for case in cases("digital_workshop")]
    assert {None, "pass", "good", "excellent"} <= set(results)
    tiers = [case["expect"]["result"] for case in cases("future_factory")]
    assert {None, "workshop", "smart_factory", "future_factory"} <= set(tiers)
