"""Outcomes and gates: reached, missed, open or beyond the target, and why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.rubrics.models import Rubric
from assessor.rules.card import GateScore, OutcomeScore, ScoreCard
from tests.unit.scoring.small import (
    DERIVED,
    Data,
    bins,
    card,
    dimension,
    entry,
    gate,
    item,
    levels,
    measured,
    outcome,
    picked,
    plain,
    quantity,
    reading,
    rubric,
    ten,
    total,
    words,
)

STEPS = levels(("A", "0"), ("B", "4", "basic"), ("C", "10", "advanced"))
DECLARED: Data = {"kind": "declared", "points": [words("point")]}
PASSES: Data = {"pass": True}
FAILS: Data = {"pass": False}


def one(scored: ScoreCard, name: str = "pass") -> OutcomeScore:
    found = scored.outcome(name)
    assert found is not None
    return found


def the(scored: ScoreCard, name: str) -> GateScore:
    return next(found for found in scored.gates if found.gate.id == name)


def said(found: OutcomeScore) -> list[str]:
    return [reason.pick("en") for reason in found.reasons]


def ab(**more: object) -> Rubric:
    return rubric(item("a", STEPS), item("b", STEPS), **more)


@pytest.mark.parametrize(
    ("answers", "state", "missing", "distance"),
    [
        ({"a": "C", "b": "B"}, "reached", (), "0"),  # exactly 14
        ({"a": "B", "b": "B"}, "not_reached", (), "6"),
        ({"a": "C"}, "undecided", ("b",), "4"),  # 10 so far, 20 possible
        ({"a": "A"}, "not_reached", (), "14"),  # 10 at most
        ({}, "undecided", ("a", "b"), "14"),
    ],
)
def test_a_line_is_met_missed_or_open(
    answers: dict[str, str], state: str, missing: tuple[str, ...], distance: str
) -> None:
    of = ab(outcomes=[outcome("pass", total(line_at="14"))])
    found = one(card(of, {name: picked(key) for name, key in answers.items()}))
    assert (found.state, found.missing) == (state, missing)
    assert plain(found.readings[0].distance) == distance


def test_the_printed_figure_is_held_against_the_line() -> None:
    for value, state in (("13.995", "reached"), ("13.994", "not_reached")):
        steps = levels(("A", "0"), ("B", value), ("C", "20"))
        of = rubric(item("a", steps, "20"), outcomes=[outcome("pass", total(line_at="14"))])
        assert one(card(of, {"a": picked("B")})).state == state


def test_one_third_of_the_items_is_33_33_percent() -> None:
    of = rubric(
        *(item(name, STEPS) for name in "abc"),
        outcomes=[outcome("pass", reading("items_at_tier", "33.33", "advanced"))],
    )
    found = one(card(of, {"a": picked("C"), "b": picked("B"), "c": picked("A")}))
    assert found.readings[0].span.value == Decimal("33.33")
    assert found.state == "reached"


def test_capped_points_hold_every_item_down_to_the_tier() -> None:
    of = ab(outcomes=[outcome("pass", reading("capped_points", "75", "basic"))])
    # min(10, 4) + 0 of 4 + 4
    found = one(card(of, {"a": picked("C"), "b": picked("A")}))
    assert found.readings[0].span.value == 50


def tiers(**more: object) -> list[Data]:
    low = outcome("low", total(line_at="8"))
    high = outcome("high", total("t", "14"), target="advanced", requires="low", **more)
    return [low, high]


def test_what_lies_beyond_the_target_is_not_assessed() -> None:
    scored = card(ab(outcomes=tiers()), {"a": picked("C"), "b": picked("C")}, target="basic")
    assert scored.result == "low"
    found = one(scored, "high")
    assert (found.state, found.readings, found.missing) == ("not_assessed", (), ())
    assert said(found) == ["Beyond the target of this visit, not assessed"]


def test_the_highest_reached_is_the_result() -> None:
    assert card(ab(outcomes=tiers()), {"a": picked("C"), "b": picked("C")}).result == "high"
    assert card(ab(outcomes=tiers()), {"a": picked("B"), "b": picked("B")}).result == "low"
    assert card(ab(outcomes=tiers()), {"a": picked("B"), "b": picked("A")}).result is None


def test_an_outcome_waits_for_the_one_it_requires() -> None:
    shares = outcome("low", reading("items_at_tier", "100", "advanced"))
    high = outcome("high", total("t", "10"), target="advanced", requires="low")
    of = ab(outcomes=[shares, high])
    missed = card(of, {"a": picked("C"), "b": picked("B")})
    assert (one(missed, "low").state, one(missed, "high").state) == ("not_reached", "not_reached")
    assert said(one(missed, "high")) == ["The outcome below, low, is not reached"]
    # Its own line is met all the same: that is reported.
    assert [found.id for found in missed.contradictions] == ["inversion.high"]
    waiting = card(of, {"a": picked("C")})
    assert one(waiting, "high").state == "undecided"
    assert one(waiting, "high").readings[0].state == "met"
    # What is missing is missing below.
    assert one(waiting, "high").missing == ("b",)
    assert waiting.contradictions == ()


def test_no_inversion_while_the_higher_line_is_missed_too() -> None:
    scored = card(ab(outcomes=tiers()), {"a": picked("A"), "b": picked("A")})
    assert scored.contradictions == ()


def two_readings(*, points: str = "14", extra: tuple[Data, ...] = ()) -> Rubric:
    readings = (reading("items_at_tier", "50", "advanced"), reading("points", points), *extra)
    return ab(outcomes=[outcome("pass", *readings, disagreement=words("no conversion"))])


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"a": "C", "b": "B"}, "reached"),  # 50 % and 14
        ({"a": "B", "b": "B"}, "not_reached"),  # 0 % and 8
        ({"a": "C", "b": "A"}, "undecided"),  # 50 % but 10
    ],
)
def test_readings_decide_together(answers: dict[str, str], state: str) -> None:
    found = one(card(two_readings(), {name: picked(key) for name, key in answers.items()}))
    assert found.state == state
    disagreeing = state == "undecided"
    assert said(found) == (["The readings disagree: no conversion"] if disagreeing else [])
    assert found.missing == ()


def test_readings_disagree_even_while_a_third_is_open() -> None:
    third = reading("capped_points", "60", "advanced")
    of = rubric(
        item("a", STEPS),
        item("b", STEPS),
        item("c", STEPS, asked={"advanced": "required"}),
        outcomes=[
            outcome(
                "pass",
                reading("items_at_tier", "50", "advanced"),
                reading("points", "14"),
                {**third, "target": "advanced"},
                disagreement=words("no conversion"),
            )
        ],
    )
    found = one(card(of, {"a": picked("C"), "b": picked("A")}))
    # 1 of 2, 10 points, and 10 to 20 of 30 points with c still open
    assert [reading.state for reading in found.readings] == ["met", "missed", "open"]
    assert found.state == "undecided"
    assert found.missing == ("c",)
    assert said(found) == [
        "Criteria still unanswered: 1",
        "The readings disagree: no conversion",
    ]


def test_a_reading_without_a_line_decides_nothing() -> None:
    shown = {**reading("capped_points", None, "advanced"), "id": "shown"}
    of = two_readings(extra=(shown,))
    found = one(card(of, {"a": picked("C"), "b": picked("B")}))
    assert found.state == "reached"
    assert found.readings[2].state == "no_line"
    assert found.readings[2].span.value == 70  # 14 of 20


def test_an_outcome_without_any_line_stays_undecided() -> None:
    of = ab(outcomes=[outcome("pass", total(line_at=None))])
    assert one(card(of, {"a": picked("C"), "b": picked("C")})).state == "undecided"


def test_the_total_hangs_on_every_item_of_the_visits_target() -> None:
    of = rubric(
        item("a", STEPS),
        item("b", STEPS, asked={"basic": "optional", "advanced": "required"}),
        item("c", STEPS, asked={"basic": "optional", "advanced": "optional"}),
        outcomes=[outcome("pass", total(line_at="11"))],
    )
    open_ = one(card(of, {"a": picked("C")}))
    assert (open_.state, open_.missing) == ("undecided", ("b",))
    assert said(open_) == ["Criteria still unanswered: 1"]
    basic = card(of, {"a": picked("C")}, target="basic")
    assert one(basic).state == "not_reached"  # 10 of 10: the others are not in the total
    assert basic.total.maximum == 10


PLATFORM = {"name": words("platform"), "line": "75", "maximum": "100", "provenance": DERIVED}


@pytest.mark.parametrize(
    ("result", "state", "decides", "reason"),
    [
        ({"score": "75", "issued": "2026-03-01", "evidence": ["e1"]}, "reached", True, "decides"),
        ({"score": "74.99", "issued": "2026-03-01", "evidence": ["e1"]}, "not_reached", True, ""),
        ({"score": "90", "issued": "2026-03-01"}, "not_reached", False, "without"),
        ({"score": "90", "evidence": ["e1"]}, "not_reached", False, "without"),
        ({"score": "90"}, "not_reached", False, "without"),
    ],
)
def test_a_platforms_score_decides_only_with_date_and_evidence(
    result: Data, state: str, decides: bool, reason: str
) -> None:
    of = ab(outcomes=[outcome("pass", total(line_at="14"), platform_score=PLATFORM)])
    answers = {"a": picked("A"), "b": picked("A")}
    found = one(card(of, answers, platform_results={"pass": result}))
    assert (found.state, found.platform_decides) == (state, decides)
    assert found.platform == Decimal(str(result["score"]))
    assert reason in said(found)[0]


def test_nothing_is_missing_where_the_platform_decides_but_a_gate_is_open() -> None:
    of = ab(
        outcomes=[outcome("pass", total(line_at="14"), platform_score=PLATFORM)],
        gates=[gate("g", DECLARED)],
    )
    result = {"score": "80", "issued": "2026-03-01", "evidence": ["e1"]}
    found = one(card(of, {}, platform_results={"pass": result}))
    assert (found.state, found.missing, found.open_gates) == ("undecided", (), ("g",))


def test_an_outcome_without_platform_ignores_its_score() -> None:
    result = {"score": "80", "issued": "2026-03-01", "evidence": ["e1"]}
    found = one(card(ab(), {"a": picked("A"), "b": picked("A")}, platform_results={"pass": result}))
    assert (found.state, found.platform_decides) == ("not_reached", False)


# --- gates ---------------------------------------------------------------------------------------


BEST = {"a": picked("C"), "b": picked("C")}
LINE = [outcome("pass", total(line_at="14"))]


@pytest.mark.parametrize(
    ("answers", "gate_state", "state"),
    [
        ({}, "unknown", "undecided"),
        ({"g": {"note": "x", "confidence": "low"}}, "unknown", "undecided"),
        ({"g": PASSES}, "pass", "reached"),
        ({"g": FAILS}, "fail", "not_reached"),
    ],
)
def test_a_declared_gate(answers: dict[str, Data], gate_state: str, state: str) -> None:
    of = ab(outcomes=LINE, gates=[gate("g", DECLARED)])
    scored = card(of, BEST, gates=answers)
    assert (the(scored, "g").state, one(scored).state) == (gate_state, state)
    assert one(scored).failed_gates == (("g",) if gate_state == "fail" else ())
    assert one(scored).open_gates == (("g",) if gate_state == "unknown" else ())
    assert (the(scored, "g").reason is None) == (gate_state == "pass")


@pytest.mark.parametrize("severity", ["reject", "return", "flag", "information"])
@pytest.mark.parametrize("default", ["on", "off", "reference"])
@pytest.mark.parametrize("answer", [{}, {"g": FAILS}])
def test_only_gates_that_are_on_and_reject_or_return_block(
    severity: str, default: str, answer: dict[str, Data]
) -> None:
    of = ab(outcomes=LINE, gates=[gate("g", DECLARED, severity=severity, default=default)])
    scored = card(of, BEST, gates=answer)
    blocks = default == "on" and severity in ("reject", "return")
    expected = ("not_reached" if answer else "undecided") if blocks else "reached"
    assert one(scored).state == expected
    shown = {found.gate.id: found for found in scored.gates}
    assert set(shown) == (set() if default == "off" else {"g"})
    if shown:
        assert shown["g"].blocks == blocks
        assert shown["g"].state == ("fail" if answer else "unknown")


def test_an_unknown_gate_keeps_open_but_never_saves_what_is_missed() -> None:
    of = ab(outcomes=LINE, gates=[gate("g", DECLARED)])
    assert one(card(of, {"a": picked("A"), "b": picked("A")})).state == "not_reached"


def test_a_gate_stands_only_before_the_outcomes_it_names() -> None:
    of = ab(outcomes=tiers(), gates=[gate("g", DECLARED, outcomes=["high"])])
    scored = card(of, BEST, gates={"g": FAILS})
    assert (one(scored, "low").state, one(scored, "high").state) == ("reached", "not_reached")
    assert scored.result == "low"


def test_a_failed_gate_below_fails_what_requires_it() -> None:
    of = ab(outcomes=tiers(), gates=[gate("g", DECLARED, outcomes=["low"])])
    scored = card(of, BEST, gates={"g": FAILS})
    assert one(scored, "high").state == "not_reached"
    assert [found.id for found in scored.contradictions] == ["inversion.high"]


FORMULA: Data = {
    "kind": "formula",
    "inputs": [
        {"id": "started", "name": words("started"), "type": "month"},
        {"id": "finished", "name": words("finished"), "type": "month"},
    ],
    "parameters": [
        {"id": "start", "name": words("start"), "type": "month"},
        {"id": "longest", "name": words("longest"), "type": "number", "value": "24"},
    ],
    "condition": "started >= start and finished - started <= longest",
}


def windowed(cycle: str) -> Data:
    parameter = {"gate": "w", "parameter": "start", "value": "2023-01", "provenance": DERIVED}
    cycles = [
        {"id": "2025", "name": words("2025"), "provenance": DERIVED, "parameters": [parameter]},
        {"id": "2026", "name": words("2026"), "provenance": DERIVED},
    ]
    return {"cycles": cycles, "cycle": cycle}


@pytest.mark.parametrize(
    ("cycle", "inputs", "state", "reason"),
    [
        ("2025", {"started": "2023-01", "finished": "2025-01"}, "pass", None),  # 24 months
        ("2025", {"started": "2023-01", "finished": "2025-02"}, "fail", "not met"),  # 25
        ("2025", {"started": "2022-12", "finished": "2024-01"}, "fail", "not met"),
        ("2025", {"started": "2023-01"}, "unknown", "missing: finished"),
        # False as soon as one part is, whatever is missing.
        ("2025", {"started": "2022-12"}, "fail", "not met"),
        ("2025", {"started": " 2023-01 ", "finished": "2025-01"}, "pass", None),
        ("2025", {"started": " ", "finished": "2025-01"}, "unknown", "missing: started"),
        ("2026", {"started": "2023-01", "finished": "2025-01"}, "unknown", "no value for start"),
    ],
)
def test_a_formula_gate_in_its_cycle(
    cycle: str, inputs: dict[str, str], state: str, reason: str | None
) -> None:
    frame = windowed(cycle)
    of = ab(outcomes=LINE, gates=[gate("w", FORMULA)], cycles=frame["cycles"])
    scored = card(of, BEST, cycle=frame["cycle"], gates={"w": {"inputs": inputs}})
    found = the(scored, "w")
    assert found.state == state
    if reason is None:
        assert found.reason is None
    else:
        assert found.reason is not None
        assert reason in found.reason.pick("en")


def test_a_formula_gate_without_any_answer_is_unknown() -> None:
    frame = windowed("2025")
    of = ab(outcomes=LINE, gates=[gate("w", FORMULA)], cycles=frame["cycles"])
    scored = card(of, BEST, cycle="2025")
    assert (the(scored, "w").state, one(scored).state) == ("unknown", "undecided")


@pytest.mark.parametrize(
    ("first", "second", "share", "state"),
    [
        ("C", "C", "100", "pass"),
        ("C", "A", "50", "pass"),
        ("C", "A", "50.01", "fail"),
        ("B", "A", "20.01", "fail"),  # 4 of 20
        ("B", "A", "20", "pass"),
        ("C", None, "50", "pass"),  # whatever the other will be
        ("C", None, "51", "unknown"),
        ("A", None, "51", "fail"),  # 10 of 20 at most
    ],
)
def test_a_dimension_floor_looks_at_what_is_still_possible(
    first: str, second: str | None, share: str, state: str
) -> None:
    floor: Data = {"kind": "dimension_floor", "dimension": "d", "share": share}
    of = ab(outcomes=LINE, gates=[gate("g", floor)])
    answers = {"a": picked(first)} | ({"b": picked(second)} if second else {})
    assert the(card(of, answers), "g").state == state


def test_the_share_of_a_floor_is_compared_as_printed() -> None:
    floor: Data = {"kind": "dimension_floor", "dimension": "d", "share": "33.33"}
    of = rubric(
        item("a", levels(("A", "0"), ("B", "1"), ("C", "3")), "3"), gates=[gate("g", floor)]
    )
    assert the(card(of, {"a": picked("B")}), "g").state == "pass"


def test_a_floor_of_a_dimension_in_which_nothing_is_asked_is_unknown() -> None:
    floor: Data = {"kind": "dimension_floor", "dimension": "e", "share": "50"}
    of = rubric(
        item("a", STEPS), dimensions=[dimension("d"), dimension("e")], gates=[gate("g", floor)]
    )
    assert the(card(of, {"a": picked("C")}), "g").state == "unknown"


@pytest.mark.parametrize(
    ("x", "state"), [("70", "pass"), ("69.995", "pass"), ("69.994", "fail"), (None, "unknown")]
)
def test_a_result_floor_holds_the_printed_result(x: str | None, state: str) -> None:
    curve = bins({"high": "1", "share": "0"}, {"low": "1", "low_closed": True, "share": "1"})
    check: Data = {"kind": "result_floor", "criterion": "a", "minimum": "70"}
    of = rubric(item("a", quantity("x", [entry("x")], curve)), gates=[gate("g", check)])
    answers = {"a": measured(x=x)} if x else {}
    assert the(card(of, answers), "g").state == state


def test_the_ten_item_rubric_from_end_to_end() -> None:
    of = ten().rubric
    answers = {
        "nc_rate": measured(nc="70", total="100"),  # 70.00 %: 15
        "equipment_kinds": {"options": ["a", "b"]},  # 0.8 * 10 = 8
        "labels": {"options": ["1"]},  # 1/2 * 5 = 2.5
        "planning": picked("C"),  # 6.67
        "execution": picked("L2"),  # 15
        "dispatch": picked("L1"),  # 0.6 * 15 = 9
        "backup": picked("yes"),  # 10
        "warehouse": picked("L1"),  # 2.5
        "cost": measured(cost_before="100", cost_after="80"),  # 20 %: 0.75 * 10 = 7.5
        "services": {"options": ["B", "C"]},  # 5
        "ai": picked("yes"),  # 2
        "twin": picked("L1"),  # 2, capped together at 3
    }
    gates = {
        "entity": PASSES,
        "window": {"inputs": {"started": "2024-01", "finished": "2025-12"}},
    }
    scored = card(of, answers, cycle="2025", gates=gates)
    assert scored.base.value == Decimal("81.17")
    assert scored.total.value == Decimal("84.17")
    assert scored.complete
    # At "advanced": planning, execution, services; dispatch and warehouse are not: 3 of 5.
    good = {found.reading.id: found.span.value for found in one(scored, "good").readings}
    assert good["share"] == 60
    assert good["points"] == Decimal("81.17")
    assert one(scored, "qualified").state == "reached"
    assert one(scored, "good").state == "undecided"  # 60 % misses 75 %, 81.17 meets 75
    assert scored.result == "qualified"
    assert {found.gate.id: found.state for found in scored.gates} == {
        "entity": "pass",
        "window": "pass",
        "nc_line": "pass",
    }
