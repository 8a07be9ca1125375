"""The semantic linter: whether a well-formed rubric makes sense, one file per subject.

It proves what the format cannot say: that weights add up, that every name leads somewhere, that
every grade can be reached and that a better answer never lowers a score.
"""

from __future__ import annotations

from assessor.errors import Problem
from assessor.rubrics.checks import (
    coverage,
    curves,
    formulas,
    gates,
    golden,
    ids,
    links,
    options,
    outcomes,
    progress,
    provenance,
    references,
    repeated,
    texts,
    weights,
)
from assessor.rubrics.checks.lookup import Lookup
from assessor.rubrics.models import Rubric

_SUBJECTS = (
    ids,
    references,
    weights,
    options,
    curves,
    formulas,
    links,
    gates,
    outcomes,
    coverage,
    progress,
    provenance,
    texts,
    golden,
    repeated,
)


def check(rubric: Rubric) -> tuple[Problem, ...]:
    """Return everything that does not make sense in `rubric`; empty when it is clean.

    `place` is the JSON path, `subject` the id concerned; `LoadedRubric.locate` adds the line. The
    golden cases' names are checked here, their figures where there is an engine.
    """
    lookup = Lookup(rubric)
    return tuple(problem for subject in _SUBJECTS for problem in subject.check(lookup))
