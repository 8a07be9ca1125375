"""Values in a payload that cannot be: each refused by a code that says in which way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assessor.assessment import Assessment
from assessor.bureau.intake.reasons import passed_on
from assessor.bureau.records import Finding, Verdict
from assessor.errors import Problem
from assessor.exchange.envelope import SHEET_NAME
from assessor.exchange.refusals import located
from assessor.i18n import message
from assessor.rubrics.models import Rubric
from assessor.rules.answers import check_assessment

MOST = 20
"""Misfits of one file that are listed; a file with more is another file."""

_CODES = {
    "exchange.bad_date": "values.impossible_date",
    "exchange.dates_reversed": "values.dates_reversed",
    "answer.below_minimum": "values.below_minimum",
    "answer.check_failed": "values.contradiction",
    "import.platform_range": "values.above_maximum",
}


def shape_findings(problems: tuple[Problem, ...], cell: str) -> tuple[Finding, ...]:
    """Return what the model of a payload refused, as findings at the payload's cell."""
    return tuple(_refused(problem, _shape_code(problem), cell) for problem in problems[:MOST])


def misfit_findings(rubric: Rubric, assessment: Assessment, cell: str) -> tuple[Finding, ...]:
    """Return what in the answers, the enterprise's own too, does not fit the rubric."""
    found = [problem for problem, _ in zip(_misfits(rubric, assessment), range(MOST), strict=False)]
    return tuple(_refused(problem, _misfit_code(problem), cell) for problem in found)


def _refused(problem: Problem, code: str, cell: str) -> Finding:
    return passed_on(code, Verdict.REJECTED, located(problem), SHEET_NAME, cell)


def _shape_code(problem: Problem) -> str:
    given = str(problem.message.values.get("value", problem.message.values.get("found", "")))
    if problem.code == "rubric.bare_decimal":
        return "values.error_value" if given.startswith("#") else "values.not_a_number"
    if problem.code == "rubric.out_of_range":
        return "values.negative" if given.startswith("-") else "values.above_maximum"
    return _CODES.get(problem.code, "payload.misfit")


def _misfit_code(problem: Problem) -> str:
    code = _CODES.get(problem.code, "values.misfit")
    if code in ("values.below_minimum", "values.above_maximum") and _is_negative(problem):
        return "values.negative"
    return code


def _is_negative(problem: Problem) -> bool:
    """Whether a figure is refused for being below nothing, not below a minimum of its own."""
    values = problem.message.values
    return values.get("least") == 0 or str(values.get("score", "")).startswith("-")


def _misfits(rubric: Rubric, assessment: Assessment) -> Iterator[Problem]:
    yield from check_assessment(rubric, assessment)
    own = assessment.self_assessment
    if own is not None:
        told = assessment.model_copy(update={"answers": own.answers})
        for problem in check_assessment(rubric, told):
            if problem.place.startswith("answers."):
                yield replace(problem, place=f"self_assessment.{problem.place}")
    yield from _platform_scores(rubric, assessment)


def _platform_scores(rubric: Rubric, assessment: Assessment) -> Iterator[Problem]:
    for outcome in rubric.outcomes:
        result = assessment.platform_results.get(outcome.id)
        most = outcome.platform_score.maximum if outcome.platform_score else None
        if result is not None and (result.score < 0 or (most is not None and result.score > most)):
            yield Problem(
                message("import.platform_range", score=result.score, most=most or "-"),
                place=f"platform_results.{outcome.id}.score",
                subject=outcome.id,
                fix=message("answer.check_figure"),
            )
