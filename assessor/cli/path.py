"""`assessor path`: the cheapest set of better answers that reaches an outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import FINDING, Console, console_of
from assessor.cli.visit import VisitFile

if TYPE_CHECKING:
    from assessor.analysis.improvement import Aim, Change
    from assessor.analysis.improvement import Path as Way
    from assessor.rubrics.models import Rubric

To = Annotated[str, typer.Option("--to", help="cli.path_to", metavar="OUTCOME")]
Effort = Annotated[Path | None, typer.Option("--effort", help="cli.path_effort")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("path", help="cli.path_help")(_path)


def _path(
    context: typer.Context, visit: VisitFile, to: To, effort: Effort = None, json: Json = False
) -> None:
    from assessor.workspace.improvement import find_way, read_effort
    from assessor.workspace.visits import opened

    console = console_of(context)
    with opened(visit, read_only=True) as one:
        rubric = one.loaded.rubric
        efforts = read_effort(effort, rubric) if effort else None
        way = find_way(rubric, one.assessment, to, efforts)
        if json:
            console.json(_data(way))
        else:
            for line in _lines(way, rubric, console):
                console.line(line)
    if not way.exists:
        raise typer.Exit(FINDING)


def _lines(way: Way, rubric: Rubric, console: Console) -> Iterator[str]:
    from assessor.analysis.improvement.wording import obstacle_said
    from assessor.i18n import message

    outcome = next(entry for entry in rubric.outcomes if entry.id == way.outcome).name
    if not way.exists:
        yield console.pick(message("path.blocked", outcome=outcome))
        for obstacle in way.obstacles:
            yield f"  - {console.pick(obstacle_said(rubric, obstacle))}"
        return
    if not way.changes:
        yield console.pick(message("path.already", outcome=outcome))
    else:
        cost = format(way.cost, "f")
        count = len(way.changes)
        yield console.pick(message("path.found", outcome=outcome, count=count, cost=cost))
        yield from _stages(way.changes, rubric, console)
    if way.assumed:
        titles = {gate.id: console.pick(gate.title) for gate in rubric.gates}
        gates = "; ".join(titles[gate] for gate in way.assumed)
        yield console.pick(message("path.assumed", gates=gates))
    for number, tie in enumerate(way.ties, start=1):
        yield console.pick(message("path.tie", number=number))
        yield from _changes(tie, rubric, console)
    if way.more_ties:
        yield console.pick(message("path.more_ties"))


def _stages(changes: Sequence[Change], rubric: Rubric, console: Console) -> Iterator[str]:
    from assessor.analysis.improvement import roadmap
    from assessor.i18n import message

    for stage in roadmap(changes):
        yield console.pick(message(f"path.stage_{stage.kind}", cost=format(stage.cost, "f")))
        yield from _changes(stage.changes, rubric, console)


def _changes(changes: Sequence[Change], rubric: Rubric, console: Console) -> Iterator[str]:
    from assessor.analysis.improvement.wording import change_said, gain_said

    for change in changes:
        criterion = rubric.criterion_by_id[change.criterion]
        said = console.pick(change_said(criterion, change))
        gain = console.pick(gain_said(rubric, change))
        yield f"  - {said}  ({gain})"


def _data(way: Way) -> dict[str, object]:
    return {
        "outcome": way.outcome,
        "exists": way.exists,
        "cost": format(way.cost, "f"),
        "changes": [_change_data(change) for change in way.changes],
        "ties": [[_change_data(change) for change in tie] for tie in way.ties],
        "more_ties": way.more_ties,
        "assumed_gates": list(way.assumed),
        "obstacles": [
            {
                "kind": obstacle.kind,
                "outcome": obstacle.outcome,
                "subject": obstacle.subject,
                "best": None if obstacle.best is None else format(obstacle.best, "f"),
                "line": None if obstacle.line is None else format(obstacle.line, "f"),
            }
            for obstacle in way.obstacles
        ],
    }


def _change_data(change: Change) -> dict[str, object]:
    return {
        "key": change.key,
        "criterion": change.criterion,
        "before": _aim_data(change.before),
        "after": _aim_data(change.after),
        "steps": change.steps,
        "cost": format(change.cost, "f"),
        "gain": format(change.gain, "f"),
        "tier_ranks": list(change.ranks),
    }


def _aim_data(aim: Aim) -> dict[str, object]:
    return {
        "option": aim.option,
        "options": None if aim.options is None else list(aim.options),
        "result": None if aim.result is None else format(aim.result, "f"),
    }
