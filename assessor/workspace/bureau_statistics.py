"""Statistics of a register for the command line and the window, as grids in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from assessor.bureau.bulletin.grid import Grid, shown
from assessor.bureau.bulletin.grids import Grids
from assessor.bureau.bulletin.naming import Naming
from assessor.bureau.bulletin.register_grids import city_grid, pick_grid, plan_grid, roster_grid
from assessor.bureau.bulletin.source import rule_of, without
from assessor.bureau.bulletin.targets import city_targets
from assessor.bureau.register import Filter, Register, open_register
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.loading import read_facts, rubrics_in
from assessor.bureau.statistics.overview import roster_lines
from assessor.bureau.statistics.plan import plan_progress
from assessor.bureau.statistics.results import GROUPINGS, By, results
from assessor.bureau.statistics.sampling import Pick, draw
from assessor.bureau.statistics.suppression import SMALL
from assessor.bureau.statistics.survey import survey
from assessor.bureau.statistics.trends import Station, trend_of
from assessor.bureau.statistics.withholding import Rule, Withheld, left_out, withheld
from assessor.errors import AssessorError
from assessor.i18n import Language, message
from assessor.workspace.bureau_register import known_rubrics
from assessor.workspace.clock import now

__all__ = [
    "NAMES",
    "SMALL",
    "Facts",
    "Filter",
    "Grid",
    "Question",
    "draw_picks",
    "facts_of",
    "grids_of",
    "naming_in",
    "pick_grid",
    "rubric_meant",
    "shown",
    "statistics",
    "survey",
]

OF_SCORES = (*GROUPINGS, "histogram", "criteria", "heat", "years", "trend", "inflation", "severity")
OF_REGISTER = ("plan", "city", "roster")
NAMES = (*OF_SCORES, *OF_REGISTER)
"""What can be asked for by name."""
NAMING_SOMEBODY = ("trend", "severity", "roster")
"""What is for the bureau's own eyes alone."""


@dataclass(frozen=True)
class Question:
    """Which visits a statistic is about and in which language it is said.

    Without `rubric` the one most visits are scored with. `limit` withholds figures of fewer
    enterprises, 0 withholds nothing (the bureau's own view); with a limit nothing but the rubric
    can be chosen, as what differs between two choices would be found out by subtracting.
    """

    wanted: Filter = field(default_factory=Filter)
    language: Language = "zh"
    limit: int = 0
    today: date | None = None


def statistics(path: Path, name: str, question: Question) -> tuple[Grid, Mapping[int, str]]:
    """Return the grid of a name, and the ids of the visits its lines are made of by number.

    Raises `AssessorError` for a name that is none and a register that cannot be read.
    """
    if name not in NAMES:
        raise AssessorError(message("bureau_stats.no_name", name=name, names=", ".join(NAMES)))
    if question.limit:
        _ensure_publishable(name, question.wanted)
    with open_register(path, read_only=True) as register:
        if name in OF_REGISTER:
            visits = tuple(register.visits(question.wanted))
            found = _of_register(register, name, question)
            return found, {visit.number: visit.visit_id for visit in visits}
        facts = facts_of(register, question)
        rubric = rubric_meant(register, question.wanted)
        rule = rule_of(register, facts, rubric, question.limit)
        facts = without(facts, left_out(frozenset(one.visit_id for one in facts.verified), rule))
    ids = {number: visit.visit_id for number, visit in facts.by_number.items()}
    return _of_scores(facts, name, question, rule), ids


def _ensure_publishable(name: str, wanted: Filter) -> None:
    if name in NAMING_SOMEBODY:
        raise AssessorError(message("bureau_stats.not_for_publication", name=name))
    if wanted != Filter(rubric=wanted.rubric):
        raise AssessorError(message("bureau_stats.published_whole"))


def rubric_meant(register: Register, wanted: Filter) -> str:
    """Return the rubric asked for, or the one most visits are scored with (empty: no visits)."""
    return wanted.rubric or next(iter(rubrics_in(register)), "")


def facts_of(register: Register, question: Question) -> Facts:
    """Return the facts a question is about."""
    return read_facts(register, rubric_meant(register, question.wanted), question.wanted)


def naming_in(language: Language) -> Naming:
    """Return the names of everything known rubrics name."""
    return Naming(language, known_rubrics())


def grids_of(facts: Facts, question: Question, hidden: Withheld | None = None) -> Grids:
    """Return the maker of grids for facts."""
    rubric = facts.visits[0].rubric if facts.visits else ""
    naming = naming_in(question.language)
    return Grids(facts, rubric, naming, question.limit, hidden or Withheld())


def draw_picks(
    path: Path, question: Question, count: int, seed: int
) -> tuple[tuple[Pick, ...], Grid]:
    """Return whom to inspect again, and the same in words; raises `AssessorError`."""
    with open_register(path, read_only=True) as register:
        picks = draw(facts_of(register, question), count, seed)
    return picks, pick_grid(picks, naming_in(question.language))


def _of_scores(facts: Facts, name: str, question: Question, rule: Rule) -> Grid:
    if not question.limit and name in GROUPINGS:
        by: By = next(one for one in GROUPINGS if one == name)
        return grids_of(facts, question).results(results(facts, by))
    naming = naming_in(question.language)
    found = survey(facts, naming.dimensions(facts.visits[0].rubric if facts.visits else ""))
    grids = grids_of(facts, question, withheld(facts, found, rule))
    makers: Mapping[str, Callable[[], Grid]] = {
        **{by: partial(grids.results, table) for by, table in found.results.items()},
        "histogram": lambda: grids.histogram(found.histogram),
        "criteria": lambda: grids.criteria(found.criteria),
        "heat": lambda: grids.heat(found.heat, found.results["district"]),
        "years": lambda: grids.years(found.years),
        "trend": lambda: grids.trend(_stations(facts)),
        "inflation": lambda: grids.inflation(found.inflation),
        "severity": lambda: grids.severity(found.severity),
    }
    return makers[name]()


def _stations(facts: Facts) -> Iterator[Station]:
    """Yield the visits in time of one enterprise after the other."""
    for enterprise in dict.fromkeys(visit.enterprise for visit in facts.verified):
        yield from trend_of(facts, enterprise)


def _of_register(register: Register, name: str, question: Question) -> Grid:
    naming = naming_in(question.language)
    if name == "city":
        return city_grid(city_targets().targets, naming)
    visits = tuple(register.visits(question.wanted))
    if name == "roster":
        today = question.today or now().date()
        expected = register.expected(question.wanted.cycle)
        return roster_grid(roster_lines(expected, visits, today), naming)
    found = plan_progress(
        register.decisions(), register.plan_targets(), visits, question.today or now().date()
    )
    return plan_grid(found, naming)
