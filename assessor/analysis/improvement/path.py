"""From the present answers to an outcome: which to raise, at what cost, or why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessor.analysis.improvement.blocks import Effort, Way
from assessor.analysis.improvement.model import Attempt, Model
from assessor.analysis.improvement.moves import Aim, Move
from assessor.analysis.improvement.programme import Solver
from assessor.assessment import Assessment
from assessor.errors import AssessorError
from assessor.formulas import Given
from assessor.i18n import message
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import Outcome
from assessor.rules import names
from assessor.rules.card import ScoreCard
from assessor.rules.item import ItemProgram
from assessor.rules.outcome import blocking_gates, deciding_readings
from assessor.scoring import score

MOST_TIES = 5
"""Further ways of the same cost that are listed."""
MOST_ATTEMPTS = 500
"""Solutions that turn out false before the search is given up."""

Kind = Literal["gate", "platform", "reading", "beyond_target"]


class UnprovenError(AssessorError):
    """The search was given up before anything was proved."""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer raised: from what to what, how many steps, what that costs and gives.

    `gain` is in points of the criterion, `ranks` the tiers reached before and after (0 for none).
    """

    key: str
    criterion: str
    before: Aim
    after: Aim
    steps: int
    cost: Decimal
    gain: Decimal
    ranks: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an outcome cannot be reached by better answers.

    A gate that does not pass, an official score below its line, a reading whose `best` is still
    below its `line`, or an outcome beyond the target of the visit.
    """

    kind: Kind
    outcome: str
    subject: str = ""
    best: Decimal | None = None
    line: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """The cheapest way to an outcome, if one `exists`.

    `changes` are empty when it is reached already. `ties` are further ways of the same cost (at
    most `MOST_TIES`; `more_ties` when there are others). `assumed` are gates nobody has answered
    and that the way takes for passed. `obstacles` say why there is no way.
    """

    outcome: str
    exists: bool
    changes: tuple[Change, ...] = ()
    cost: Decimal = Decimal(0)
    ties: tuple[tuple[Change, ...], ...] = ()
    more_ties: bool = False
    assumed: tuple[str, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


def improvement_path(
    rubric: Rubric,
    assessment: Assessment,
    outcome: str,
    effort: Effort | None = None,
    ties: int = MOST_TIES,
) -> Path:
    """Return the cheapest set of better answers that reaches `outcome`, proved to be the cheapest.

    `effort` is what one step costs, by criterion (positive; 1 where nothing is said). Answers that
    do not apply and declared lacks of a baseline stay as they are. Raises `KeyError` for an outcome
    the rubric does not have, `AssessorError` for an effort that is not positive, `UnprovenError`
    when the search was given up.
    """
    wanted = next(entry for entry in _chain(rubric, outcome))
    _check_effort(effort or {})
    card = score(rubric, assessment)
    if not any(entry.id == wanted.id for entry in card.program.outcomes):
        return Path(outcome, exists=False, obstacles=(Obstacle("beyond_target", outcome),))
    model = Model(rubric, assessment, card, outcome, effort or {})
    solver = Solver(model.programme)
    first = _next(model, solver)
    if first is None:
        obstacles = tuple(_obstacles(rubric, model, card, outcome))
        return Path(outcome, exists=False, assumed=model.assumed, obstacles=obstacles)
    others, more = _ties(model, solver, first, ties)
    # Fewest criteria first: to raise one twice is less to organise than to raise two.
    attempts = sorted((first, *others), key=lambda attempt: attempt.changes)
    found = [_changes(model, card, attempt) for attempt in attempts]
    cost = Decimal(first.cost) / model.unit
    return Path(outcome, True, found[0], cost, tuple(found[1:]), more, model.assumed)


def _check_effort(effort: Effort) -> None:
    for criterion, value in effort.items():
        if not value.is_finite() or value <= 0:
            raise AssessorError(message("path.effort_not_positive", criterion=criterion))


def _chain(rubric: Rubric, outcome: str) -> Iterator[Outcome]:
    """Yield an outcome and those it requires."""
    by_id = {entry.id: entry for entry in rubric.outcomes}
    name: str | None = outcome
    while name is not None:
        yield by_id[name]
        name = by_id[name].requires


def _next(model: Model, solver: Solver) -> Attempt | None:
    """Return the cheapest solution that holds exactly and was not forbidden yet."""
    for _ in range(MOST_ATTEMPTS):
        values = solver.solve()
        if values is None:
            return None
        taken = model.ways_in(values)
        attempt = model.attempt(taken)
        model.forbid(taken)
        if attempt.reached:
            return attempt
    raise UnprovenError(message("path.unproven", attempts=MOST_ATTEMPTS))


def _ties(
    model: Model, solver: Solver, first: Attempt, most: int
) -> tuple[tuple[Attempt, ...], bool]:
    """Return further solutions of the same cost, and whether there are yet more."""
    found: list[Attempt] = []
    while first.cost and len(found) <= most:
        attempt = _next(model, solver)
        if attempt is None or attempt.cost > first.cost:
            return tuple(found), False
        found.append(attempt)
    return tuple(found[:most]), len(found) > most


def _changes(model: Model, card: ScoreCard, attempt: Attempt) -> tuple[Change, ...]:
    return tuple(
        _change(model, card, leaf, way, present, move)
        for block, way in zip(model.blocks, attempt.ways, strict=True)
        for leaf, (_, present), (_, move) in zip(
            block.leaves, block.ways[0].moves, way.moves, strict=True
        )
        if move.steps
    )


def _change(
    model: Model, card: ScoreCard, leaf: ItemProgram, way: Way, present: Move, move: Move
) -> Change:
    before, after = card.figures, model.leaf_after(leaf, way)
    points, rank = names.leaf("lowest", leaf.key), names.rank("lowest", leaf.key)
    criterion = leaf.criterion.id
    return Change(
        leaf.key,
        criterion,
        present.aim,
        move.aim,
        move.steps,
        model.cost_of(criterion, move.steps),
        _number(after.get(points)) - _number(before.get(points)),
        (_rank(before.get(rank)), _rank(after.get(rank))),
    )


def _number(value: Given) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _rank(value: Given) -> int:
    return max(int(value), 0) if isinstance(value, Decimal) else 0


def _obstacles(rubric: Rubric, model: Model, card: ScoreCard, outcome: str) -> Iterator[Obstacle]:
    best = model.attempt([len(block.ways) - 1 for block in model.blocks])
    for entry in _chain(rubric, outcome):
        for gate in blocking_gates(entry, rubric.gates):
            if best.figures.get(names.gate(gate.id)) != names.PASSED:
                yield Obstacle("gate", entry.id, gate.id)
        official = card.figures.get(names.platform(entry.id))
        if entry.platform_score is not None and isinstance(official, Decimal):
            line = entry.platform_score.line
            if official < line:
                yield Obstacle("platform", entry.id, "", official, line)
            continue
        for reading in deciding_readings(entry):
            value = best.figures.get(names.reading(entry.id, reading.id, "lowest"))
            known = value if isinstance(value, Decimal) else None
            if reading.line is not None and (known is None or known < reading.line):
                yield Obstacle("reading", entry.id, reading.id, known, reading.line)
