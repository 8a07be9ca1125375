"""Progress against the plan: decisions count, scores never."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assessor.bureau.bulletin.naming import Naming
from assessor.bureau.bulletin.register_grids import plan_grid
from assessor.bureau.bulletin.targets import city_targets
from assessor.bureau.register import Decision, DecisionKind, Expected, PlanTarget
from assessor.bureau.statistics.overview import roster_lines
from assessor.bureau.statistics.plan import CITY, Progress, plan_progress

RECOGNISED, WITHDRAWN = DecisionKind.RECOGNISED, DecisionKind.WITHDRAWN


def decided(name: str, year: int, kind: DecisionKind = RECOGNISED, district: str = "") -> Decision:
    return Decision("", name, name, district or "海曙区", "nb", "good", kind, date(year, 6, 1))


DECISIONS = [
    decided("a", 2025),
    decided("b", 2025, district="鄞州区"),
    decided("c", 2026),
    decided("d", 2026, DecisionKind.RECOMMENDED),
    decided("e", 2026, DecisionKind.REFUSED),
    decided("b", 2026, WITHDRAWN, "鄞州区"),
]
TARGETS = [PlanTarget("nb", "good", 2026, "", 4, "年度计划")]


def rows(until: date | None = None) -> dict[tuple[str, int], Progress]:
    found = plan_progress(DECISIONS, TARGETS, (), until)
    return {(one.district, one.year): one for one in found}


def test_progress_is_cumulative_and_withdrawals_are_taken_off() -> None:
    found = rows()
    assert (found[CITY, 2025].recognised, found[CITY, 2025].added) == (2, 2)
    assert (found[CITY, 2026].recognised, found[CITY, 2026].added) == (2, 1)
    assert found["鄞州区", 2026].recognised == 0
    assert {one.name for one in found[CITY, 2026].decisions} == {"a", "c"}


def test_without_a_target_there_is_no_share() -> None:
    found = rows()
    assert (found[CITY, 2026].target, found[CITY, 2026].share) == (4, Decimal("0.5"))
    assert (found[CITY, 2025].target, found[CITY, 2025].share) == (None, None)
    grid = plan_grid([found[CITY, 2025]], Naming("zh", {}))
    assert grid.lines[0].values[6:8] == ("未设目标", None)


def test_later_decisions_do_not_count_yet() -> None:
    found = rows(date(2026, 5, 31))
    assert (found[CITY, 2026].recognised, found["鄞州区", 2026].recognised) == (2, 1)
    assert {one.name for one in found[CITY, 2026].decisions} == {"a", "b"}


def test_recognised_twice_counts_once() -> None:
    twice = [*DECISIONS, replace(decided("a", 2026), document="二")]
    assert plan_progress(twice, TARGETS)[0].recognised == 2


def test_conflicting_city_targets_stand_beside_each_other() -> None:
    found = city_targets()
    figures = {one.id: (one.figure, one.year) for one in found.targets}
    assert figures["new_benchmarks_2025"] == ("350", 2025)
    assert figures["city_workshops_2025"] == ("≥400", 2025)
    assert figures["workshops_and_factories_2026"] == ("≥1000", 2026)
    assert all(set(one.targets) <= figures.keys() for one in found.conflicts)


def test_who_on_the_roster_is_overdue() -> None:
    expected = [Expected("2026", "", name, "", date(2026, 9, 1)) for name in ("a", "b")]
    before, after = (
        roster_lines(expected, (), day) for day in (date(2026, 9, 1), date(2026, 9, 2))
    )
    assert [one.overdue for one in before] == [False, False]
    assert [one.overdue for one in after] == [True, True]
