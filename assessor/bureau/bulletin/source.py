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
from assessor.bureau.statistics.withholding import Rule, left_out


@dataclass(frozen=True)
class BulletinSource:
    """What is told of one rubric in one period.

    `facts` are of the period, `before` of the same period a year earlier, `whole` of all time up to
    the period's end. `files` counts the lines of the intake's log in the period by verdict,
    `undated` the visits that are in no period, `left_out` those that would be found out if they
    counted. `rule` says which groups are published; `released` that this bulletin is given out.
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
    left_out: int
    rule: Rule
    released: bool
    program: str

    @property
    def limit(self) -> int:
        """From how many enterprises on a group is published."""
        return self.rule.limit


@dataclass(frozen=True)
class Edition:
    """Which bulletin is meant: period and rubric, the smallest group, whether it is given out."""

    period: Period
    rubric: str
    limit: int
    released: bool
    program: str


def read_source(register: Register, naming: Naming, edition: Edition) -> BulletinSource:
    """Return what a bulletin is made from; raises `StorageError`."""
    period, rubric = edition.period, edition.rubric
    everything = read_facts(register, rubric)
    rule = rule_of(register, everything, rubric, edition.limit)
    now = within(everything, period)
    out = left_out(frozenset(one.visit_id for one in now.verified), rule)
    facts = without(everything, out)
    files: dict[str, int] = {}
    for row in register.log():
        if period.holds(row.first_seen.date().isoformat()):
            files[row.verdict.value] = files.get(row.verdict.value, 0) + 1
    now = without(now, out)
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
        len(out),
        rule,
        edition.released,
        edition.program,
    )


def rule_of(register: Register, facts: Facts, rubric: str, limit: int) -> Rule:
    """Return what may be published of a rubric beside what was given out; raises `StorageError`."""
    before = tuple(one for one in register.published() if one.rubric == rubric)
    return Rule(limit, {one.visit_id: one.enterprise for one in facts.visits}, before)


def without(facts: Facts, out: frozenset[str]) -> Facts:
    """Return the facts without some visits."""
    if not out:
        return facts
    return _restricted(facts, {one.number for one in facts.visits if one.visit_id not in out})


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
