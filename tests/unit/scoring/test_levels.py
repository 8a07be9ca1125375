"""A tree evaluated once for each level, against the reference and on both sides of every band."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest

from assessor.assessment import Answer
from assessor.rubrics.criterion import Criterion, Dimension
from assessor.rubrics.models import Rubric
from assessor.rules import names
from assessor.rules.card import ScoreCard, Span
from assessor.scoring import score, shown_text
from tests.reference import cmmm as reference
from tests.reference.exact import show
from tests.strategies.visits import shipped, visit_for
from tests.unit.scoring.small import (
    DERIVED,
    NA,
    Data,
    card,
    dimension,
    item,
    levels,
    out,
    outcome,
    picked,
    rubric,
    span,
    total,
    words,
)

VALUES = {"100": "full", "80": "most", "50": "part", "0": "none"}
"""The options of the rubric and what the facts call them."""


def paths(nodes: Sequence[Dimension], above: str = "") -> Iterator[tuple[str, Dimension]]:
    """The dimensions by the path of their Chinese names, as the reference calls them."""
    for node in nodes:
        path = f"{above}/{node.name.zh}" if above else node.name.zh
        yield path, node
        yield from paths(node.children, path)


def weighed(of: Rubric, weights: Mapping[str, Fraction]) -> Rubric:
    """The rubric with the weights entered; those not named stay to be entered."""
    by_id = {node.id: weights.get(path) for path, node in paths(of.dimensions)}

    def entered(node: Dimension) -> Dimension:
        weight = by_id[node.id]
        known = None if weight is None else Decimal(weight.numerator)
        return node.model_copy(
            update={"weight": known, "children": tuple(map(entered, node.children))}
        )

    return of.model_copy(update={"dimensions": tuple(map(entered, of.dimensions))})


@cache
def standard() -> Rubric:
    return shipped("cmmm").rubric


def with_clauses(of: Rubric, rng: random.Random) -> Rubric:
    """Each question replaced by none to three clauses, as a user who has the standard enters them;
    every level keeps at least one."""
    criteria: list[Criterion] = []
    for at, criterion in enumerate(of.criteria):
        count = 1 if at % 20 == 0 else rng.choice((0, 1, 1, 2, 3))
        for number in range(1, count + 1):
            name = criterion.id.removesuffix("1") + str(number)
            again = {"id": name, "number": f"{criterion.number}.{number}"}
            criteria.append(criterion.model_copy(update=again))
    return of.model_copy(update={"criteria": tuple(criteria)})


def entered_for(of: Rubric, answers: Mapping[str, Answer]) -> reference.Asked:
    """The answers as the reference takes them."""
    path_of = {node.id: path for path, node in paths(of.dimensions)}
    asked: dict[tuple[int, str], list[Fraction | None]] = {}
    for criterion in of.criteria:
        level, _, leaf = criterion.dimension.partition(".")
        answer = answers.get(criterion.id)
        value = None
        if answer is not None and answer.option is not None:
            value = reference.VALUES[VALUES[answer.option]]
        if answer is None or not answer.na:
            asked.setdefault((int(level[1:]), path_of[leaf]), []).append(value)
    return asked


def answered(of: Rubric, rng: random.Random) -> dict[str, Answer]:
    """Answers that get worse with the level, some open and some not applicable."""
    found: dict[str, Answer] = {}
    for criterion in of.criteria:
        level = int(criterion.dimension[1])
        likely = [("100", 8 - level), ("80", 5), ("50", level), ("0", level - 1)]
        option = rng.choices([name for name, _ in likely], [much for _, much in likely])[0]
        chance = rng.random()
        if chance < 0.06:
            found[criterion.id] = Answer(na=True, reason="没有这项业务")
        elif chance < 0.9:
            found[criterion.id] = Answer(option=option)
    return found


def figure(value: Fraction | None) -> str:
    return "" if value is None else show(value)


@pytest.mark.parametrize("seed", range(4))
def test_the_engine_agrees_with_the_reference(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 (nothing secret)
    weights = {path: Fraction(rng.randint(1, 9)) for path, _ in paths(standard().dimensions)}
    of = with_clauses(weighed(standard(), weights), rng)
    answers = answered(of, rng)
    as_one = seed % 3 != 0
    assert of.per_level is not None
    rule = of.per_level.model_copy(update={"satisfied_counts_whole": as_one})
    of = of.model_copy(update={"per_level": rule})
    found = score(of, visit_for(shipped("cmmm"), answers))
    tree, asked = reference.standard_tree(weights), entered_for(of, answers)
    low = reference.card(tree, asked, missing=Fraction(0), as_one=as_one)
    high = reference.card(tree, asked, missing=Fraction(1), as_one=as_one)
    assert shown_text(found.total.value) == figure(low.score)
    assert shown_text(found.total.lowest) == figure(low.score)
    assert shown_text(found.total.highest) == figure(high.score)
    assert found.total.maximum == 5
    tops = {top.dimension.id: top.span for top in found.dimensions}
    assert {name: shown_text(top.value) for name, top in tops.items()} == {
        f"l{level}": figure(count) for level, count in low.counts.items()
    }
    states = reference.states(tree, asked, as_one=as_one)
    assert [entry.state for entry in found.outcomes] == list(states.values())


@pytest.mark.parametrize("missing", ["人员", "制造/设计/产品设计"])
def test_without_a_weight_there_is_no_score(missing: str) -> None:
    weights = {path: Fraction(1) for path, _ in paths(standard().dimensions) if path != missing}
    of = weighed(standard(), weights)
    full = {criterion.id: Answer(option="100") for criterion in of.criteria}
    found = score(of, visit_for(shipped("cmmm"), full))
    assert span(found.total) == (None, None, None, "5")
    assert {entry.state for entry in found.outcomes} == {"undecided"}
    unknown = [one.name.zh for one in found.program.unknown_weights]
    assert unknown == [missing.rsplit("/", maxsplit=1)[-1]]
    codes = {reason.key for entry in found.outcomes for reason in entry.reasons}
    assert "score.weights_missing" in codes
    # The whole is there once the last weight is.
    entered = weighed(standard(), {**weights, missing: Fraction(1)})
    assert score(entered, visit_for(shipped("cmmm"), full)).total.value == 5


# --- every hundredth of a level: leaves that weigh 1, 2, 4 ... of 100 -----------------------------

WEIGHTS = (1, 2, 4, 8, 16, 32, 37)
STEPS = levels(("N", "0"), ("P", "0.5"), ("F", "1"), scale="share")
LINES = ("0.8", "1.8", "2.8", "3.8", "4.8")


def ladder(*, as_one: bool = True, combine: str = "weighted_mean", **more: object) -> Rubric:
    """Five levels over seven leaves."""
    items = [
        item(f"l{level}-{at}", STEPS, "1", dimension=f"l{level}.w{at}", **more)
        for level in range(1, 6)
        for at in range(7)
    ]
    rule: Data = {
        "levels": [{"id": f"l{level}", "name": words(f"L{level}")} for level in range(1, 6)],
        "combine": combine,
        "worth": "1",
        "satisfied_from": "0.8",
        "satisfied_counts_whole": as_one,
        "provenance": DERIVED,
    }
    outcomes = [
        outcome(f"level-{at}", total(line_at=line), requires=f"level-{at - 1}" if at > 1 else None)
        for at, line in enumerate(LINES, start=1)
    ]
    leaves = [
        dimension(f"w{at}", combine="mean", weight=str(weight)) for at, weight in enumerate(WEIGHTS)
    ]
    return rubric(*items, dimensions=leaves, per_level=rule, outcomes=outcomes)


def hundredths(level: int, count: int) -> dict[str, Data]:
    """Answers by which a level comes to `count` hundredths."""
    found: dict[str, Data] = {}
    for at, weight in reversed(list(enumerate(WEIGHTS))):
        taken = count >= weight
        count -= weight if taken else 0
        found[f"l{level}-{at}"] = picked("F" if taken else "N")
    assert count == 0
    return found


def standing(figures: Sequence[int], *, as_one: bool = True) -> ScoreCard:
    answers: dict[str, Data] = {}
    for level, count in enumerate(figures, start=1):
        answers |= hundredths(level, count)
    return card(ladder(as_one=as_one), answers)


@pytest.mark.parametrize(
    ("figures", "points", "level"),
    [
        ((79, 0, 0, 0, 0), "0.79", 0),
        ((80, 0, 0, 0, 0), "1.00", 1),
        ((50, 30, 0, 0, 0), "0.80", 1),
        ((50, 29, 0, 0, 0), "0.79", 0),
        ((80, 79, 0, 0, 0), "1.79", 1),
        ((100, 50, 30, 0, 0), "1.80", 2),
        ((80, 80, 79, 0, 0), "2.79", 2),
        ((80, 80, 50, 30, 0), "2.80", 3),
        ((80, 80, 80, 79, 0), "3.79", 3),
        ((80, 80, 80, 50, 30), "3.80", 4),
        ((80, 80, 80, 80, 79), "4.79", 4),
        ((80, 80, 80, 80, 80), "5.00", 5),
    ],
)
def test_a_satisfied_level_counts_as_one(figures: tuple[int, ...], points: str, level: int) -> None:
    found = standing(figures)
    assert shown_text(found.total.value) == points
    assert found.result == (f"level-{level}" if level else None)
    assert reference.band(Fraction(points)) == level


@pytest.mark.parametrize(
    "test", reference.FACTS["band_edge_tests"], ids=lambda test: show(test["S"])
)
def test_bands_are_closed_below_and_open_above(test: dict[str, Fraction]) -> None:
    """With the switch off every score can be had."""
    left, figures = int(test["S"] * 100), []
    for _ in range(5):
        figures.append(min(left, 100))
        left -= figures[-1]
    found = standing(figures, as_one=False)
    assert shown_text(found.total.value) == show(test["S"])
    assert found.result == (f"level-{int(test['level'])}" if test["level"] else None)


def test_what_is_open_may_still_satisfy_a_level() -> None:
    answers = hundredths(1, 79)
    del answers["l1-0"]  # weighs 1 and was not met
    found = card(ladder(), answers)
    own = [found.figures.get(names.dimension_own(view, "l1")) for view in names.VIEWS]
    assert own == [Decimal("0.79"), Decimal("0.79"), Decimal("0.8")]
    answers = hundredths(1, 80)
    top = next(one for one in card(ladder(), answers).dimensions if one.dimension.id == "l1")
    assert span(top.span) == ("1", "1", "1", "1")
    del answers["l1-5"]  # weighs 32 and was met
    found = card(ladder(), answers)
    assert span(found.total) == ("0.48", "0.48", "5", "5")


def test_a_level_that_is_a_third_short_of_a_digit_is_not_rounded_on_the_way() -> None:
    """Three levels of 0.265, 0.265 and 0.265 and a third each are not cut before they are added."""
    thirds = rubric(
        *[
            item(f"l{level}-{at}", STEPS, "1", dimension=f"l{level}.d")
            for level in (1, 2, 3)
            for at in range(3)
        ],
        dimensions=[dimension("d", combine="mean")],
        per_level={
            "levels": [{"id": f"l{level}", "name": words("L")} for level in (1, 2, 3)],
            "combine": "mean",
            "worth": "1",
            "satisfied_from": "0.8",
            "satisfied_counts_whole": False,
            "provenance": DERIVED,
        },
        outcomes=[outcome("level-1", total(line_at="1"))],
    )
    one_of_three = {f"l{level}-0": picked("F") for level in (1, 2, 3)}
    rest = {f"l{level}-{at}": picked("N") for level in (1, 2, 3) for at in (1, 2)}
    found = card(thirds, one_of_three | rest)
    assert (found.total.value, found.result) == (Decimal(1), "level-1")


def test_what_does_not_apply_leaves_its_mean_at_its_level_only() -> None:
    of = ladder(not_applicable=out("reweight"))
    answers: dict[str, Data] = {}
    for level in (1, 2):
        answers |= hundredths(level, 26)
    gone: dict[str, Data] = {**answers, "l1-6": NA}  # weighs 37 and was not met: 26 of 63
    before: Span = card(of, answers).total
    after: Span = card(of, gone).total
    assert (before.value, after.value) == (Decimal("0.52"), Decimal("0.672698"))


@pytest.mark.parametrize(("combine", "value"), [("minimum", "0.5"), ("mean", "0.928571")])
def test_levels_can_be_combined_in_other_ways(combine: str, value: str) -> None:
    answers = hundredths(1, 100) | {"l1-3": picked("P")}
    found = card(ladder(combine=combine, as_one=False), answers)
    assert found.total.value == Decimal(value)
