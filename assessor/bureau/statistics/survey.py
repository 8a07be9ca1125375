"""All statistics of one rubric together, as a bulletin and a screen need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.bureau.statistics.criteria import CriterionLoss, criteria
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.heat import Heat, heat
from assessor.bureau.statistics.histogram import Bin, histogram
from assessor.bureau.statistics.inflation import Inflation, inflation
from assessor.bureau.statistics.results import GROUPINGS, By, Results, results
from assessor.bureau.statistics.severity import Severity, severity
from assessor.bureau.statistics.trends import Year, year_over_year


@dataclass(frozen=True, slots=True)
class Survey:
    """Every table of figures about the verified visits of one rubric."""

    results: Mapping[By, Results]
    histogram: tuple[Bin, ...]
    criteria: tuple[CriterionLoss, ...]
    heat: Heat
    years: tuple[Year, ...]
    inflation: Inflation
    severity: tuple[Severity, ...]


def survey(facts: Facts, dimensions: Sequence[str] = ()) -> Survey:
    """Return all statistics; `dimensions` are the columns of the heat map, all without it."""
    return Survey(
        {by: results(facts, by) for by in GROUPINGS},
        histogram(facts),
        criteria(facts),
        heat(facts, dimensions),
        year_over_year(facts),
        inflation(facts),
        severity(facts),
    )
