"""Every figure of the statistics against one worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.bureau.statistics.criteria import criteria
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.heat import heat
from assessor.bureau.statistics.histogram import histogram
from assessor.bureau.statistics.inflation import inflation
from assessor.bureau.statistics.numbers import Spread, spread
from assessor.bureau.statistics.results import results
from assessor.bureau.statistics.severity import severity
from assessor.bureau.statistics.trends import trend_of, year_over_year
from tests.unit.bureau.register.records import visit
from tests.unit.bureau.statistics.dozen import (
    HAISHU,
    NINGHAI,
    OWN,
    YINZHOU,
    dozen,
    facts_of,
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return facts_of(tmp_path_factory.mktemp("dozen"), dozen())


def numbers(facts: Facts, *wanted: int) -> set[int]:
    """The register's numbers of the visits of these enterprises."""
    ids = {f"visit-{one}" for one in wanted}
    return {row.number for row in facts.visits if row.visit_id in ids}


def decimals(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


def test_results_of_a_district(facts: Facts) -> None:
    groups = {group.key: group for group in results(facts, "district").groups}
    assert set(groups) == {HAISHU, YINZHOU, NINGHAI}
    assert groups[HAISHU].spread == Spread(5, *decimals("60", "70", "80", "90", "100", "80"))
    assert groups[YINZHOU].spread == Spread(
        4, *decimals("50", "59.375", "68.75", "78.25", "88", "68.875")
    )
    assert set(groups[NINGHAI].visits) == numbers(facts, 10, 11)


def test_everything_together_leaves_out_what_enterprises_say_of_themselves(facts: Facts) -> None:
    everything = results(facts, "district").everything
    assert everything.enterprises == 11
    assert set(everything.visits) == numbers(facts, *range(1, OWN))
    found = everything.spread
    assert found is not None
    assert (found.lower, found.median, found.upper) == (
        Decimal("61.25"),
        Decimal(75),
        Decimal(89),
    )
    assert found.mean == Decimal("810.5") / 11


def test_clusters_overlap_and_are_said_to(facts: Facts) -> None:
    found = results(facts, "cluster")
    sizes = {group.key: len(group.visits) for group in found.groups}
    assert (found.additive, sizes) == (False, {"": 6, "模具": 5, "汽车": 1})


@pytest.mark.parametrize(
    ("by", "sizes"),
    [
        ("tier", {"": 5, "good": 6}),
        ("year", {"2025": 2, "2026": 9}),
        ("industry", {"35": 11}),
        ("cycle", {"2026": 11}),
    ],
)
def test_groups(facts: Facts, by: str, sizes: dict[str, int]) -> None:
    found = results(facts, by)
    assert {group.key: len(group.visits) for group in found.groups} == sizes


def test_a_full_score_is_in_the_last_step(facts: Facts) -> None:
    bins = histogram(facts, Decimal(10))
    assert [(one.low, len(one.visits)) for one in bins] == [
        (40, 1),
        (50, 1),
        (60, 2),
        (70, 2),
        (80, 2),
        (90, 3),
    ]
    assert set(bins[-1].visits) == numbers(facts, 4, 5, 11)


def test_the_criterion_that_loses_most_comes_first(facts: Facts) -> None:
    first, second = criteria(facts)
    assert (first.item, first.rate, first.maximum - first.points) == ("a1", Decimal("0.5"), 55)
    assert (first.claimed, len(first.compared)) == (2, 4)
    assert (second.item, second.points, second.maximum) == ("a2", 44, 70)
    assert set(second.visits) == numbers(facts, 1, 2, 3, 4, 5, 10, 11)
    assert (second.claimed, second.compared) == (None, ())


def test_heat(facts: Facts) -> None:
    found = heat(facts)
    assert found.cells[HAISHU, "A"].rate == Decimal(15) / 100
    assert found.cells[YINZHOU, "A"].rate == Decimal(30) / 80
    assert found.total["A"].rate == Decimal(66) / 220
    assert set(found.cells[NINGHAI, "A"].visits) == numbers(facts, 10, 11)


def test_inflation(facts: Facts) -> None:
    found = inflation(facts, Decimal(2))
    assert [one.difference for one in found.claims] == [3, 2, 1]
    assert set(found.marked) == numbers(facts, 2, 3)
    assert found.spread == Spread(3, *decimals("1", "1.5", "2", "2.5", "3", "2"))


def test_only_enterprises_seen_twice_make_a_change(tmp_path: Path) -> None:
    first = [visit(number, score="60", visit_date=date(2025, 5, 1)) for number in (1, 2)]
    again = [
        replace(
            visit(number, score=score),
            visit_id=f"again-{number}",
            visit_date=date(2026, 5, 1),
        )
        for number, score in ((2, "70"), (3, "90"))
    ]
    facts = facts_of(tmp_path, [*first, *again])
    before, now = year_over_year(facts)
    assert (before.change, now.change) == (None, 10)
    assert len(now.matched) == 2
    assert now.spread == spread([Decimal(70), Decimal(90)])
    stations = trend_of(facts, "code-0002")
    assert [(one.score, one.change) for one in stations] == [(60, None), (70, 10)]


def severe(count: int) -> list[tuple[str, str]]:
    return [("严审员", "60")] * count + [("平审员", "70")] * 6


@pytest.mark.parametrize(("count", "said"), [(5, (Decimal(-10), True)), (4, (None, False))])
def test_severity_needs_enough_visits(
    tmp_path: Path, count: int, said: tuple[Decimal | None, bool]
) -> None:
    records = [
        visit(number, score=score, assessors=(name,))
        for number, (name, score) in enumerate(severe(count))
    ]
    found = {one.assessor: one for one in severity(facts_of(tmp_path, records))}
    one = found["严审员"]
    assert (one.difference, one.marked) == said
    assert len(one.visits) == count


def test_an_assessor_is_compared_with_the_same_circumstances_only(tmp_path: Path) -> None:
    records = [
        visit(number, score=score, assessors=(name,), cycle="2025" if name == "严审员" else "2026")
        for number, (name, score) in enumerate(severe(6))
    ]
    found = severity(facts_of(tmp_path, records))
    assert [(one.difference, one.visits) for one in found] == [(None, ())] * 2


def test_nothing_is_no_figure() -> None:
    assert spread([]) is None
    assert results(Facts((), {}, {}, ()), "district").everything.spread is None
    assert histogram(Facts((), {}, {}, ())) == ()
    assert criteria(Facts((), {}, {}, ())) == ()
