"""Everything a bulletin is made from, as a value: equal sources give equal files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from assessor.bureau.bulletin.naming import Naming
from assessor.bureau.bulletin.period import Period
from assessor.bureau.register import Register
from assessor.bureau.statistics.facts import Block, Facts, only
from assessor.bureau.statistics.loading import read_facts
from assessor.bureau.statistics.overview import RosterLine, roster_lines
from assessor.bureau.statistics.plan import Progress, plan_progress


@dataclass(frozen=True)
class BulletinSource:
    """What is told of one rubric in one period.

    `facts` are of the period, `before` of the same period a year earlier, `whole` of all time up to
    the period's end. `files` counts the lines of the intake's log in the period by verdict,
    `undated` the visits that are in no period. `limit` is the smallest group that is published.
    """

    period: Period
    rubric: str
    naming: Naming
    facts: Facts
    before: Facts
    whole: Facts
    progress: tuple[Progress, ...]
    roster: tuple[RosterLine, ...]
    files: Mapping[str, int]
    undated: int
    limit: int
    program: str


def read_source(
    register: Register, period: Period, naming: Naming, rubric: str, limit: int, program: str
) -> BulletinSource:
    """Return what a bulletin is made from; raises `StorageError`."""
    facts = read_facts(register, rubric)
    files: dict[str, int] = {}
    for row in register.log():
        if period.holds(row.first_seen.date().isoformat()):
            files[row.verdict.value] = files.get(row.verdict.value, 0) + 1
    now = within(facts, period)
    cycles = {visit.cycle for visit in now.visits}
    expected = [one for one in register.expected() if one.cycle in cycles]
    progress = plan_progress(
        [one for one in register.decisions() if one.rubric == rubric],
        [one for one in register.plan_targets() if one.rubric == rubric],
        facts.visits,
        period.end,
    )
    return BulletinSource(
        period,
        rubric,
        naming,
        now,
        within(facts, period.year_before()),
        _until(facts, period.end),
        progress,
        roster_lines(expected, facts.visits, period.end),
        files,
        sum(not visit.visit_date for visit in facts.verified),
        limit,
        program,
    )


def within(facts: Facts, period: Period) -> Facts:
    """Return the facts of the visits made in a period."""
    return _restricted(facts, {one.number for one in facts.visits if period.holds(one.visit_date)})


def _until(facts: Facts, end: date) -> Facts:
    last = end.isoformat()
    return _restricted(facts, {one.number for one in facts.visits if one.visit_date <= last})


def _restricted(facts: Facts, numbers: set[int]) -> Facts:
    kept = frozenset(numbers)
    blocks: tuple[Block, ...] = tuple(only(block, kept) for block in facts.blocks)
    return replace(
        facts,
        visits=tuple(one for one in facts.visits if one.number in kept),
        blocks=tuple(block for block in blocks if block.visits),
    )
