"""`score` and `explain`: the figures, worked out by hand, in text and as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.shell import TEN, Shell, written

ANSWERS = {
    "answers": {
        "1": {"inputs": {"nc": "70", "total": "100"}},  # 70.00 %: 15
        "2": {"options": ["a", "b"]},  # 0.8 * 10 = 8
        "3": {"options": ["1"]},  # 1/2 * 5 = 2.5
        "4": {"option": "A"},  # 0
        "5": {"option": "L2"},  # 15, with 4 = A a contradiction
        "6": {"option": "L1"},  # 0.6 * 15 = 9
        "7": {"option": "yes"},  # 10
        "8": {"option": "L1"},  # 2.5
        "9": {"inputs": {"cost_before": "100", "cost_after": "80"}},  # 20 %: 7.5
    },
    "gates": {"entity": {"pass": True}},
}
"""Without item 10 (5 points) and the bonus (2 and 2, capped at 3): 69.5 so far."""


@pytest.fixture
def filled(shell: Shell, visit: Path) -> Path:
    assert shell("fill", visit, written("answers.json", ANSWERS)).code == 0
    return visit


def reading(name: str, kind: str, **fields: object) -> dict[str, object]:
    return {"id": name, "kind": kind, **fields}


def test_the_score_as_data(shell: Shell, filled: Path) -> None:
    said = shell("score", filled, "--json")
    assert (said.code, said.err) == (0, "")
    found: Any = said.json
    dimensions = found.pop("dimensions")
    outcomes = found.pop("outcomes")
    assert found == {
        "rubric": "ten-items",
        "cycle": "2025",
        "profile": "discrete",
        "target": "advanced",
        "complete": False,
        "asked": 10,
        "answered": 9,
        "total": "69.50",
        "maximum": "100.00",
        "lowest_possible": "69.50",
        "highest_possible": "77.50",  # 69.5 + 5 + 3
        "result": "qualified",
        "gates": [
            {"id": "entity", "state": "pass", "severity": "reject", "blocks": True},
            {"id": "window", "state": "unknown", "severity": "return", "blocks": True},
            {"id": "nc_line", "state": "pass", "severity": "information", "blocks": False},
        ],
        "contradictions": [{"id": "auto-without-plan", "criteria": ["execution", "planning"]}],
    }
    _outcomes(outcomes)
    _dimensions(dimensions)


def _outcomes(outcomes: list[dict[str, Any]]) -> None:
    qualified, good = outcomes
    assert qualified["readings"] == [
        reading(
            "total",
            "total",
            value="69.50",
            lowest_possible="69.50",
            highest_possible="77.50",
            maximum=None,
            line="60",
            state="met",
            decides=True,
        )
    ]
    assert {name: qualified[name] for name in ("id", "state", "line", "missing")} == {
        "id": "qualified",
        "state": "reached",
        "line": "60",
        "missing": [],
    }
    assert (good["state"], good["line"], good["missing"]) == ("not_reached", "75", [])
    assert (good["failed_gates"], good["open_gates"]) == ([], ["window"])
    share, _, points, _ = good["readings"]
    # Of planning, execution, dispatch, warehouse and services only execution is at the tier.
    assert (share["value"], share["lowest_possible"]) == ("20.00", "20.00")
    assert (share["highest_possible"], share["state"]) == ("40.00", "missed")
    assert (points["value"], points["highest_possible"]) == ("69.50", "74.50")
    assert (points["maximum"], points["state"]) == ("100.00", "missed")
    assert [entry["decides"] for entry in good["readings"]] == [True, False, True, False]


def _dimensions(dimensions: list[dict[str, Any]]) -> None:
    tops = {entry["id"]: entry for entry in dimensions}
    assert {name: entry["total"] for name, entry in tops.items()} == {
        "equipment": "25.50",  # 15 + 8 + 2.5 + 0
        "operations": "36.50",  # 15 + 9 + 10 + 2.5
        "effects": "7.50",
    }
    assert {name: entry["maximum"] for name, entry in tops.items()} == {
        "equipment": "40.00",
        "operations": "45.00",
        "effects": "15.00",
    }
    assert tops["effects"]["highest_possible"] == "12.50"
    assert (tops["effects"]["asked"], tops["effects"]["answered"]) == (2, 1)
    below = tops["equipment"]["children"]
    assert [(entry["id"], entry["total"]) for entry in below] == [
        ("equipment.rates", "23.00"),
        ("equipment.practice", "2.50"),
    ]


def test_the_data_do_not_depend_on_the_language(shell: Shell, filled: Path) -> None:
    chinese = shell("--ui-lang", "zh", "score", filled, "--json")
    english = shell("--ui-lang", "en", "score", filled, "--json")
    assert chinese.out == english.out


def test_a_visit_without_answers_misses_everything(shell: Shell, visit: Path) -> None:
    found: Any = shell("score", visit, "--json").json
    assert (found["total"], found["highest_possible"]) == ("0.00", "100.00")
    assert (found["complete"], found["answered"], found["result"]) == (False, 0, None)
    good = found["outcomes"][1]
    assert good["state"] == "undecided"
    # The ten items, and the bonus on which the outcome below hangs too.
    assert len(good["missing"]) == 12
    assert {"nc_rate", "services", "ai", "twin"} <= set(good["missing"])
    assert [gate["state"] for gate in found["gates"]] == ["unknown"] * 3


def test_what_lies_beyond_the_target_is_not_assessed(shell: Shell, visit: Path) -> None:
    del visit
    words = ("new", TEN, "-o", "b.assessment", "--enterprise", "enterprise.json")
    shell(*words, "--target", "basic")
    found: Any = shell("score", "b.assessment", "--json").json
    assert (found["asked"], found["maximum"]) == (8, "85.00")  # without items 7 and 10
    good = found["outcomes"][1]
    assert (good["state"], good["readings"], good["missing"]) == ("not_assessed", [], [])


def test_the_score_in_words(shell: Shell, filled: Path, language: str) -> None:
    said = shell("score", filled)
    assert said.code == 0
    for figure in ("69.50", "100.00", "77.50", "9/10", "60.00", "20.00", "25.50", "36.50"):
        assert figure in said.out
    zh = ("甬江齿轮有限公司", "分值与等级线均为推定", "合格", "建设时段", "请复核", "缺少")
    en = ("derived, for tests only", "Qualified", "Construction window", "check again", "missing")
    for words in zh if language == "zh" else en:
        assert words in said.out


@pytest.mark.parametrize("name", ["9", "cost"])
def test_an_item_is_explained_by_number_or_id(shell: Shell, filled: Path, name: str) -> None:
    said = shell("explain", filled, name)
    assert said.code == 0
    assert "7.50 / 10.00" in said.out
    for figure in ("100.00", "80.00", "20.00"):
        assert figure in said.out


@pytest.mark.parametrize("name", ["equipment", "A"])
def test_a_dimension_is_explained_down_to_its_items(shell: Shell, filled: Path, name: str) -> None:
    said = shell("explain", filled, name)
    assert said.out.startswith("装备: 25.50 / 40.00")
    assert "8.00 / 10.00" in said.out


@pytest.mark.parametrize("words", [(), ("total",)])
def test_the_total_is_explained_with_everything_below(
    shell: Shell, filled: Path, words: tuple[str, ...]
) -> None:
    said = shell("explain", filled, *words)
    assert said.out.splitlines()[0].startswith("总分: 69.50 / 100.00")
    for number in range(1, 13):
        assert f" {number} " in said.out


def test_an_outcome_is_explained_with_its_gates(shell: Shell, filled: Path, language: str) -> None:
    said = shell("explain", filled, "good")
    assert "20.00 / 75.00" in said.out
    assert ("门槛待核" if language == "zh" else "Gate unknown") in said.out


def test_scoring_changes_nothing(shell: Shell, filled: Path) -> None:
    before = filled.read_bytes()
    shell("score", filled)
    shell("score", filled, "--json")
    shell("explain", filled)
    assert filled.read_bytes() == before
    assert {path.name for path in Path().iterdir() if path.name.startswith(filled.stem)} == {
        filled.name
    }
