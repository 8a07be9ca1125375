"""The entrance to scoring: a rubric and an assessment in, a score card out.

Pure: no files, no clock, no language. All figures are `Decimal`; every leaf is rounded half-up to
six digits, sums above it are exact, and the figure that is printed (two digits, half-up) is the one
held against lines, so a report never shows 90.00 next to "below 90".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from assessor.assessment import Assessment
from assessor.formulas import Given
from assessor.rubrics.models import Rubric
from assessor.rules import names
from assessor.rules.card import OutcomeScore, ScoreCard, Span
from assessor.rules.dimension_scores import DimensionScores
from assessor.rules.findings import Contradictions, inversions
from assessor.rules.item_scores import ItemScores
from assessor.rules.program import Program, Situation, compile_program
from assessor.rules.results import gate_scores, not_assessed, outcome_score
from assessor.rules.run import Run, situation_of
from assessor.rules.spans import NO_SPAN, span_of
from assessor.rules.trees import SHOWN_DIGITS

__all__ = ["ScoreCard", "Scorer", "Span", "score", "shown", "shown_text"]

_SHOWN = Decimal(1).scaleb(-SHOWN_DIGITS)


def shown(value: Decimal) -> Decimal:
    """Return `value` as it is printed and compared: two digits, half-up."""
    rounded = value.quantize(_SHOWN, rounding=ROUND_HALF_UP)
    return rounded if rounded else rounded.copy_abs()


def shown_text(value: Decimal | None) -> str:
    """Return the printed figure, empty where there is none."""
    return "" if value is None else format(shown(value), "f")


def score(rubric: Rubric, assessment: Assessment) -> ScoreCard:
    """Score an assessment.

    Unanswered is not zero: the card carries the score so far and the least and most still possible.
    Answers must fit the rubric (see `assessor.rules.answers`); those to unknown criteria count for
    nothing.
    """
    return Scorer(rubric).score(assessment)


class Scorer:
    """Scores one rubric again and again, computing anew only what an edit touches.

    Equal to `score` for every assessment; it merely remembers. Not for use by two threads at once.
    """

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._scenes: dict[Situation, _Scene] = {}

    def score(self, assessment: Assessment) -> ScoreCard:
        """Score `assessment`."""
        scene = self._scene(situation_of(assessment))
        program, values = scene.run.program, scene.run.compute(assessment)
        changes = scene.run.take_changes()
        scene.items.update(changes, assessment, values)
        items = tuple(scene.items.items)
        outcomes = tuple(self._outcomes(program, assessment, values, scene.items))
        found = scene.contradictions.found(assessment, values, scene.run.scope)
        asked = [item.done for item in items if item.role == "required"]
        excluded = any(item.state == "not_applicable" for item in items)
        counted = excluded and not self.rubric.collects
        return ScoreCard(
            rubric=self.rubric.id,
            cycle=assessment.cycle,
            profile=assessment.profile,
            target=assessment.target,
            total=self._total(values, names.TOTAL),
            base=self._total(values, names.BASE_TOTAL),
            bonus=self._total(values, names.BONUS_TOTAL) if self.rubric.bonus else None,
            deductions=(
                self._total(values, names.DEDUCTION_TOTAL) if self.rubric.deductions else None
            ),
            complete=all(asked),
            asked=len(asked),
            done=sum(asked),
            result=_highest_reached(outcomes),
            dimensions=scene.dimensions.scores(changes, items, scene.items.renewed, values),
            items=items,
            gates=tuple(gate_scores(self.rubric, scene.run.gates)),
            outcomes=outcomes,
            contradictions=(*found, *inversions(outcomes)),
            evidence_shortfalls=scene.items.shortfalls(),
            with_exclusions_counted=self._counted(assessment) if counted else None,
            figures=values,
            program=program,
        )

    def figures(self, assessment: Assessment) -> Mapping[str, Given]:
        """Return all cells by name, as the card has them, where the card itself is not needed."""
        return self._scene(situation_of(assessment)).run.compute(assessment)

    def _scene(self, situation: Situation) -> _Scene:
        if situation not in self._scenes:
            self._scenes[situation] = _Scene(compile_program(self.rubric, situation))
        return self._scenes[situation]

    def _outcomes(
        self,
        program: Program,
        assessment: Assessment,
        values: Mapping[str, Given],
        items: ItemScores,
    ) -> Iterator[OutcomeScore]:
        assessed = {outcome.id for outcome in program.outcomes}
        for outcome in self.rubric.outcomes:
            if outcome.id in assessed:
                yield outcome_score(outcome, program, assessment, values, items)
            else:
                yield not_assessed(outcome, self.rubric)

    def _counted(self, assessment: Assessment) -> Span:
        run = self._scene(situation_of(assessment, count_excluded=True)).run
        return self._total(run.compute(assessment), names.TOTAL)

    def _total(self, values: Mapping[str, Given], part: str) -> Span:
        if self.rubric.collects:
            return NO_SPAN
        cells = {view: names.total(view, part) for view in names.VIEWS}
        span = span_of(values, cells, "")
        return Span(span.value, span.lowest, span.highest, self._maximum(values, part))

    def _maximum(self, values: Mapping[str, Given], part: str) -> Decimal | None:
        bonus = self.rubric.bonus
        if part == names.BONUS_TOTAL and bonus is not None:
            return bonus.cap
        if part == names.DEDUCTION_TOTAL:
            return None
        maxima = [values.get(names.dimension_maximum(top.id)) for top in self.rubric.tree]
        return sum((most for most in maxima if isinstance(most, Decimal)), Decimal(0))


class _Scene:
    """What is remembered of the visits that were scored in one situation."""

    def __init__(self, program: Program) -> None:
        self.run = Run(program)
        self.items = ItemScores(program)
        self.dimensions = DimensionScores(program)
        self.contradictions = Contradictions(program)


def _highest_reached(outcomes: tuple[OutcomeScore, ...]) -> str | None:
    reached = [entry.outcome.id for entry in outcomes if entry.state == "reached"]
    return reached[-1] if reached else None
