"""`assessor robust`: how sure a result is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import console_of
from assessor.cli.visit import VisitFile

if TYPE_CHECKING:
    from assessor.assessment import Assessment
    from assessor.i18n import Message
    from assessor.rubrics.models import Rubric
    from assessor.workspace.robustness import Robustness

MOST_DRAWS = 100_000
Draws = Annotated[int, typer.Option("--draws", min=1, max=MOST_DRAWS, help="cli.robust_draws")]
Seed = Annotated[int, typer.Option("--seed", help="cli.robust_seed")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("robust", help="cli.robust_help")(_robust)


def _robust(
    context: typer.Context, visit: VisitFile, draws: Draws = 500, seed: Seed = 1, json: Json = False
) -> None:
    from assessor.workspace.robustness import robustness
    from assessor.workspace.visits import opened

    console = console_of(context)
    with opened(visit, read_only=True) as one:
        rubric, record = one.loaded.rubric, one.assessment
        found = robustness(rubric, record, draws, seed)
    if json:
        console.json(_data(found))
        return
    for said in _lines(found, rubric, record):
        console.line(console.pick(said))


def _lines(found: Robustness, rubric: Rubric, record: Assessment) -> Iterator[Message]:
    from assessor.analysis.robustness.wording import assumption_said, flip_said, held_said
    from assessor.i18n import message
    from assessor.workspace.robustness import distance_said

    yield held_said(rubric, found.simulation)
    yield assumption_said()
    if found.lines:
        yield message("robust.distances")
    for outcome, reading in found.lines:
        yield message("cli.robust_line", text=distance_said(outcome, reading))
    yield message("robust.flips" if found.flips else "robust.no_flips")
    for flip in found.flips:
        yield message("cli.robust_line", text=flip_said(rubric, record, flip))


def _data(found: Robustness) -> dict[str, object]:
    drawn = found.simulation
    return {
        "draws": drawn.draws,
        "seed": drawn.seed,
        "held": drawn.held,
        "held_by_outcome": dict(drawn.by_outcome),
        "hinges": [
            {"key": hinge.key, "turned": hinge.share.numerator, "of": hinge.share.denominator}
            for hinge in drawn.hinges
        ],
        "lines": [
            {
                "outcome": outcome.outcome.id,
                "reading": reading.reading.id,
                "distance": format(reading.distance or 0, "f"),
            }
            for outcome, reading in found.lines
        ],
        "flips": [
            {
                "key": flip.key,
                "answer": flip.answer.model_dump(
                    mode="json", include={"option", "options", "none"}, exclude_none=True
                ),
                "outcome": flip.outcome,
                "before": flip.before,
                "after": flip.after,
            }
            for flip in found.flips
        ],
    }
