"""Everything the bureau's screen of statistics shows, read from a register in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor.bureau.register import Filter, VisitRow, open_register
from assessor.bureau.register.expected import Decision
from assessor.bureau.statistics.criteria import CriterionLoss
from assessor.bureau.statistics.loading import read_facts, rubrics_in
from assessor.bureau.statistics.numbers import Spread
from assessor.bureau.statistics.overview import Overview, RosterLine, overview, roster_lines
from assessor.bureau.statistics.plan import CITY, Progress, plan_progress
from assessor.bureau.statistics.results import Group
from assessor.bureau.statistics.severity import Severity
from assessor.bureau.statistics.suppression import SMALL
from assessor.bureau.statistics.survey import Survey, survey
from assessor.rubrics.models import Rubric
from assessor.workspace.bureau_register import known_rubrics
from assessor.workspace.clock import now

__all__ = [
    "CITY",
    "SMALL",
    "CriterionLoss",
    "Decision",
    "Group",
    "Progress",
    "RosterLine",
    "Scope",
    "Severity",
    "Spread",
    "SurveyOfRegister",
    "VisitRow",
    "survey_register",
]


@dataclass(frozen=True)
class Scope:
    """What the statistics are about; without a rubric the one most visits are scored with.

    What is empty does not restrict.
    """

    rubric: str = ""
    cycle: str = ""
    district: str = ""


@dataclass(frozen=True)
class SurveyOfRegister:
    """The statistics of a scope.

    `rubric` is the one they are about (empty in an empty register), `offered` what scopes can be
    chosen, `progress` the plan's latest year at most. `visits` are those counted, by number.
    """

    scope: Scope
    rubric: str
    offered: Mapping[str, tuple[str, ...]]
    found: Survey
    overview: Overview
    roster: tuple[RosterLine, ...]
    progress: tuple[Progress, ...]
    visits: Mapping[int, VisitRow]
    rubrics: Mapping[str, Rubric]


def survey_register(path: Path, scope: Scope) -> SurveyOfRegister:
    """Return the statistics of a scope; raises `AssessorError` when it cannot be read."""
    rubrics, today = known_rubrics(), now().date()
    with open_register(path, read_only=True) as register:
        ids = rubrics_in(register)
        rubric = scope.rubric if scope.rubric in ids else next(iter(ids), "")
        wanted = Filter(rubric=rubric, cycle=scope.cycle, district=scope.district)
        facts = read_facts(register, rubric, wanted)
        everything = tuple(register.visits(Filter(rubric=rubric)))
        expected = tuple(
            one for one in register.expected(scope.cycle) if scope.district in ("", one.district)
        )
        decisions = tuple(one for one in register.decisions() if one.rubric == rubric)
        targets = tuple(one for one in register.plan_targets() if one.rubric == rubric)
        files = register.info().by_verdict
    known = rubrics.get(rubric)
    dimensions = tuple(one.id for one in known.tree) if known is not None else ()
    progress = plan_progress(decisions, targets, everything, today)
    offered = {
        "rubric": ids,
        "cycle": tuple(sorted({one.cycle for one in everything} - {""})),
        "district": tuple(sorted({one.district for one in everything} - {""})),
    }
    return SurveyOfRegister(
        scope,
        rubric,
        offered,
        survey(facts, dimensions),
        overview(facts.visits, files),
        roster_lines(expected, everything, today),
        tuple(one for one in progress if one.district in (CITY, scope.district)),
        {one.number: one for one in facts.visits},
        rubrics,
    )
