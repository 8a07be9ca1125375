"""Values in a payload that cannot be: each refused by a code that says in which way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from assessor.assessment import Answer, Assessment
from assessor.bureau.intake.answers_met import AnswersMet
from assessor.bureau.intake.reasons import passed_on
from assessor.bureau.records import Finding, Verdict
from assessor.errors import Problem
from assessor.exchange.envelope import SHEET_NAME
from assessor.exchange.refusals import located
from assessor.i18n import message
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Rubric
from assessor.rules.answers import check_assessment, check_keyed_answer

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


def misfit_findings(
    loaded: LoadedRubric, assessment: Assessment, met: AnswersMet, cell: str
) -> tuple[Finding, ...]:
    """Return what in the answers, the enterprise's own too, does not fit the rubric."""
    found = list(islice(_misfits(loaded, assessment, met), MOST))
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


def _misfits(loaded: LoadedRubric, assessment: Assessment, met: AnswersMet) -> Iterator[Problem]:
    rubric, digest = loaded.rubric, loaded.digest
    given = met.unchecked(digest, assessment, assessment.answers)
    problems = list(check_assessment(rubric, assessment.model_copy(update={"answers": given})))
    if not problems:
        met.fit(digest, assessment, given)
    yield from problems
    own = assessment.self_assessment
    if own is not None:
        told = met.unchecked(digest, assessment, own.answers)
        problems = list(_own_misfits(rubric, assessment, told))
        if not problems:
            met.fit(digest, assessment, told)
        yield from problems
    yield from _platform_scores(rubric, assessment)


def _own_misfits(
    rubric: Rubric, assessment: Assessment, answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    for key, answer in answers.items():
        for problem in check_keyed_answer(rubric, assessment, key, answer):
            yield replace(problem, place=f"self_assessment.{problem.place}")


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
