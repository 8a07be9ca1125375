"""The cheapest way up: what it holds, what stands in its way, and that nothing cheaper exists."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.analysis.improvement import Aim, Change, Path, improvement_path, roadmap
from assessor.assessment import Assessment
from assessor.errors import AssessorError
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import ChecklistRule, LevelsRule, SelectionRule
from assessor.scoring import Scorer, score
from tests.unit.scoring.small import (
    DERIVED,
    NA,
    Data,
    bins,
    checklist,
    choice,
    dimension,
    entry,
    gate,
    item,
    levels,
    measured,
    out,
    outcome,
    picked,
    quantity,
    reading,
    rubric,
    selection,
    several,
    total,
    visit,
    words,
    yes_no,
)

FOUR = levels(("A", "0"), ("B", "3", "basic"), ("C", "6", "basic"), ("D", "10", "advanced"))


def visit_answers(changes: tuple[Change, ...]) -> dict[str, Data]:
    found: dict[str, Data] = {}
    for change in changes:
        aim = change.after
        if aim.options is not None:
            found[change.key] = several(*aim.options, other="x")
        elif aim.option is not None:
            found[change.key] = picked(aim.option)
    return found


def state(of: Rubric, assessment: Assessment, goal: str) -> str:
    found = score(of, assessment).outcome(goal)
    assert found is not None
    return found.state


def with_changes(of: Rubric, assessment: Assessment, changes: tuple[Change, ...]) -> Assessment:
    made = visit(of, visit_answers(changes)).answers
    return assessment.model_copy(update={"answers": {**assessment.answers, **made}})


def way(of: Rubric, answers: dict[str, Data], goal: str = "pass", **more: object) -> Path:
    return improvement_path(of, visit(of, answers, **more), goal)


# --- what a way says ------------------------------------------------------------------------------


def test_a_way_names_what_to_raise_and_what_it_costs_and_gives() -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=[outcome("pass", total(line_at="16"))])
    found = way(of, {"a": picked("C"), "b": picked("C")})
    (change,) = found.changes
    assert change == Change(
        change.key, change.key, Aim("C"), Aim("D"), 1, Decimal(1), Decimal(4), (1, 2)
    )
    assert (found.cost, found.more_ties) == (1, False)
    assert [tie[0].key for tie in found.ties] == [{"a": "b", "b": "a"}[change.key]]


def test_an_outcome_that_is_reached_needs_nothing() -> None:
    of = rubric(item("a", FOUR), outcomes=[outcome("pass", total(line_at="10"))])
    found = way(of, {"a": picked("D")})
    assert (found.exists, found.changes, found.cost, found.ties) == (True, (), 0, ())


def test_no_answer_counts_as_the_lowest_one() -> None:
    of = rubric(item("a", FOUR), outcomes=[outcome("pass", total(line_at="6"))])
    found = way(of, {})
    assert [(c.before, c.after, c.steps) for c in found.changes] == [(Aim(), Aim("C"), 2)]


def test_effort_decides_which_answer_is_raised() -> None:
    of = rubric(item("a", FOUR), item("b", FOUR), outcomes=[outcome("pass", total(line_at="6"))])
    effort = {"a": Decimal("2.5"), "b": Decimal("2.25")}
    found = improvement_path(of, visit(of), "pass", effort)
    assert [(c.key, c.cost) for c in found.changes] == [("b", Decimal("4.50"))]
    assert found.cost == Decimal("4.5")


@pytest.mark.parametrize("effort", ["0", "-1", "NaN", "Infinity"])
def test_an_effort_that_is_not_positive_is_refused(effort: str) -> None:
    of = rubric(item("a", FOUR), item("b", FOUR))
    with pytest.raises(AssessorError) as caught:
        improvement_path(of, visit(of), "pass", {"a": Decimal(effort)})
    assert caught.value.message.key == "path.effort_not_positive"


def test_a_measured_result_aims_at_the_near_edge_of_the_next_stretch() -> None:
    steps = bins(
        {"high": "50", "share": "0"},
        {"low": "50", "low_closed": True, "high": "80", "share": "0.5"},
        {"low": "80", "low_closed": True, "share": "1"},
    )
    rate = quantity("part / whole * 100", [entry("part"), entry("whole")], steps)
    of = rubric(item("a", rate), outcomes=[outcome("pass", total(line_at="10"))])
    found = way(of, {"a": measured(part="40", whole="100")})
    assert [(c.before, c.after, c.steps) for c in found.changes] == [
        (Aim(result=Decimal("40.00")), Aim(result=Decimal(80)), 2)
    ]


def test_links_come_with_their_trigger() -> None:
    linked = item(
        "b", FOUR, links=[{"when": "a", "option": "A", "then": "A", "provenance": DERIVED}]
    )
    of = rubric(item("a", FOUR), linked, outcomes=[outcome("pass", total(line_at="13"))])
    found = way(of, {"a": picked("A"), "b": picked("D")})
    assert [(c.key, c.after.option) for c in found.changes] == [("a", "B")]
    assert (
        state(
            of,
            with_changes(of, visit(of, {"a": picked("A"), "b": picked("D")}), found.changes),
            "pass",
        )
        == "reached"
    )


def test_what_does_not_apply_stays_so() -> None:
    of = rubric(
        item("a", FOUR, not_applicable=out("zero")),
        item("b", FOUR),
        outcomes=[outcome("pass", total(line_at="15"))],
    )
    found = way(of, {"a": NA, "b": picked("A")})
    assert not found.exists
    assert [(o.kind, o.subject, o.best, o.line) for o in found.obstacles] == [
        ("reading", "total", Decimal("10.00"), Decimal(15))
    ]


# --- gates and lines ------------------------------------------------------------------------------


def test_a_gate_that_failed_stands_in_the_way() -> None:
    declared = gate("g", {"kind": "declared", "points": [words("yes")]})
    of = rubric(item("a", FOUR), gates=[declared])
    found = way(of, {"a": picked("D")}, gates={"g": {"pass": False}})
    assert ("gate", "g") in [(o.kind, o.subject) for o in found.obstacles]


def test_a_gate_nobody_answered_is_taken_for_passed_and_said() -> None:
    of = rubric(
        item("a", FOUR),
        gates=[gate("g", {"kind": "declared", "points": [words("yes")]})],
        outcomes=[outcome("pass", total(line_at="10"))],
    )
    found = way(of, {"a": picked("C")})
    assert (found.exists, found.assumed, len(found.changes)) == (True, ("g",), 1)


def test_the_least_share_of_a_dimension_is_reached_as_well() -> None:
    of = rubric(
        item("a", FOUR, dimension="one"),
        item("b", FOUR, dimension="two"),
        item("c", FOUR, dimension="two"),
        dimensions=[dimension("one"), dimension("two")],
        gates=[gate("g", {"kind": "dimension_floor", "dimension": "one", "share": "60"})],
        outcomes=[outcome("pass", total(line_at="24"))],
    )
    found = way(of, {"a": picked("B"), "b": picked("D"), "c": picked("C")})
    ways = [[(c.key, c.after.option) for c in one] for one in (found.changes, *found.ties)]
    assert ways == [[("a", "D")], [("a", "C"), ("c", "D")]]


def test_a_least_share_counts_as_it_is_printed() -> None:
    """13.333333 of 20 is printed as 66.67 % and so is not below it."""
    of = rubric(
        item("a", FOUR),
        item("b", checklist("xyz")),
        gates=[gate("g", {"kind": "dimension_floor", "dimension": "d", "share": "66.67"})],
        outcomes=[outcome("pass", total(line_at="5"))],
    )
    found = way(of, {})
    assert found.cost == 4
    assert [(c.key, c.steps) for c in found.changes] == [("a", 3), ("b", 1)]


def test_beyond_the_target_nothing_is_said() -> None:
    of = rubric(
        item("a", FOUR),
        outcomes=[outcome("pass", total()), outcome("top", total("t"), target="advanced")],
    )
    found = way(of, {}, goal="top", target="basic")
    assert [o.kind for o in found.obstacles] == ["beyond_target"]


def test_the_edge_of_a_printed_line_counts() -> None:
    """74.995 is printed as 75.00 and so reaches 75; 74.994 does not."""
    for value, reached in (("74.995", True), ("74.994", False)):
        rule = levels(("A", "0"), ("B", value), ("C", "90"))
        of = rubric(item("a", rule, "90"), outcomes=[outcome("pass", total(line_at="75"))])
        found = way(of, {"a": picked("A")})
        assert [c.after.option for c in found.changes] == ["B" if reached else "C"]


# --- nothing cheaper exists -----------------------------------------------------------------------


def better_answers(of: Rubric, key: str, present: Data | None) -> Iterator[tuple[int, Data | None]]:
    """Every answer at or above the present one, by brute force, with its steps."""
    rule = of.criterion_by_id[key].rule
    yield 0, present
    if isinstance(rule, LevelsRule):
        keys = [option.key for option in rule.options]
        at = keys.index(str(present["option"])) if present else 0
        yield from ((n - at, picked(keys[n])) for n in range(at + 1, len(keys)))
    elif isinstance(rule, ChecklistRule | SelectionRule):
        keys = [o.key for o in (rule.items if isinstance(rule, ChecklistRule) else rule.options)]
        had = str(present["options"]) if present else ""
        rest = [name for name in keys if f"'{name}'" not in had]
        for count in range(1, len(rest) + 1):
            for more in combinations(rest, count):
                yield count, several(*(k for k in keys if k not in rest or k in more), other="x")
    else:
        no = present is None or present["option"] == "no"
        yield from [(1, picked("yes"))] if no else []


def brute_force(of: Rubric, answers: dict[str, Data], goal: str, **more: object) -> int | None:
    """The least number of steps to the outcome, by trying every combination."""
    scorer = Scorer(of)
    keys = [criterion.id for criterion in of.criteria]
    best: int | None = None
    for chosen in product(*(list(better_answers(of, key, answers.get(key))) for key in keys)):
        cost = sum(steps for steps, _ in chosen)
        if best is not None and cost >= best:
            continue
        given = {key: data for key, (_, data) in zip(keys, chosen, strict=True) if data}
        found = scorer.score(visit(of, given, **more)).outcome(goal)
        if found is not None and found.state == "reached":
            best = cost
    return best


RULES: tuple[Data, ...] = (
    FOUR,
    levels(("A", "0"), ("B", "4.995", "basic"), ("C", "10", "advanced")),
    levels(("A", "0"), ("B", "0", "basic"), ("C", "5", "advanced"), ("D", "10", "advanced")),
    checklist("xyz"),
    checklist("xyz", ("0", "0.1", "0.9", "1")),
    yes_no(),
    selection("10", choice("P", "3", "basic"), choice("Q", "6", "advanced"), choice("R", "4")),
)


def _present(rule: Data) -> st.SearchStrategy[Data | None]:
    if rule["kind"] == "levels":
        keys = "".join(key for key in "ABCD" if f"'key': '{key}'" in str(rule))
        return st.none() | st.sampled_from(keys).map(picked)
    if rule["kind"] == "yes_no":
        return st.none() | st.sampled_from(["yes", "no"]).map(picked)
    keys = "xyz" if rule["kind"] == "checklist" else "PQR"
    return st.none() | st.sampled_from([several(keys[0]), several(keys[1], other="x")])


@st.composite
def open_visits(draw: st.DrawFn) -> tuple[Rubric, dict[str, Data]]:
    """Small rubrics with two dimensions, links, floors, bonus and two outcomes."""
    rules = draw(st.lists(st.sampled_from(RULES), min_size=2, max_size=4))
    items, answers = [], {}
    for at, rule in enumerate(rules):
        links = []
        if at and rules[at - 1]["kind"] == rule["kind"] == "levels" and draw(st.booleans()):
            trigger = {"when": f"i{at - 1}", "option": "A", "then": "A", "provenance": DERIVED}
            links.append(trigger)
        where = draw(st.sampled_from(["one", "two"]))
        items.append(item(f"i{at}", rule, "10", dimension=where, links=links))
        present = draw(_present(rule))
        if present is not None:
            answers[f"i{at}"] = present
    combine = draw(st.sampled_from(["sum", "mean", "minimum"]))
    share = draw(st.sampled_from(["0", "40", "66.67"]))
    floor = {"kind": "dimension_floor", "dimension": "one", "share": share}
    tier = draw(st.sampled_from(["basic", "advanced"]))
    counted = reading("items_at_tier", draw(st.sampled_from(["50", "75"])), tier)
    line_at = draw(st.sampled_from(["5", "10", "15", "24.99", "66.67"]))
    tiered = any(rule["kind"] in ("levels", "selection") for rule in rules)
    top = [total("t", line_at), counted] if tiered else [total("t", line_at)]
    of = rubric(
        *items,
        dimensions=[dimension("one", combine=combine, **_weight(combine)), dimension("two")],
        gates=[gate("g", floor)] if draw(st.booleans()) else [],
        outcomes=[outcome("low", total("t", "4")), outcome("pass", *top, requires="low")],
    )
    return of, answers


def _weight(combine: str) -> Data:
    return {} if combine == "sum" else {"weight": "30"}


@settings(max_examples=40, deadline=None)
@given(open_visits())
def test_no_way_is_cheaper_and_none_is_missed(drawn: tuple[Rubric, dict[str, Data]]) -> None:
    of, answers = drawn
    found = improvement_path(of, visit(of, answers), "pass")
    cheapest = brute_force(of, answers, "pass")
    assert (found.cost if found.exists else None) == cheapest
    for changes in (found.changes, *found.ties)[: 3 if found.exists else 0]:
        before = visit(of, answers)
        assert state(of, with_changes(of, before, changes), "pass") == "reached"
        for left_out in changes:
            fewer = tuple(change for change in changes if change is not left_out)
            assert state(of, with_changes(of, before, fewer), "pass") != "reached"


def test_stages_begin_with_what_pays_at_once() -> None:
    of = rubric(
        item("a", FOUR),
        item("b", FOUR),
        item("c", FOUR),
        outcomes=[outcome("pass", total(line_at="30"))],
    )
    found = way(of, {"a": picked("C"), "b": picked("B"), "c": picked("A")})
    stages = roadmap(found.changes)
    assert [(s.kind, [c.key for c in s.changes], s.cost) for s in stages] == [
        ("quick", ["a"], 1),
        ("middle", ["b"], 2),
        ("long", ["c"], 3),
    ]
