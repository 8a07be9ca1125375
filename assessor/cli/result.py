"""`assessor score` and `assessor explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from assessor.cli.console import console_of
from assessor.cli.visit import VisitFile

Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("score", help="cli.score_help")(_score)
    app.command("explain", help="cli.explain_help")(_explain)


def _score(context: typer.Context, visit: VisitFile, json: Json = False) -> None:
    from assessor.cli.result_view import score_lines
    from assessor.exchange.summary import score_summary
    from assessor.workspace.visits import opened

    console = console_of(context)
    with opened(visit, read_only=True) as one:
        card = one.score()
        if json:
            console.json(score_summary(card))
            return
        for line in score_lines(one.loaded.rubric, one.assessment, card, console.language):
            console.line(line)


def _explain(
    context: typer.Context,
    visit: VisitFile,
    what: Annotated[
        str | None, typer.Argument(help="cli.explain_what", metavar="[ITEM|OUTCOME]")
    ] = None,
) -> None:
    from assessor.cli.result_view import explained_lines
    from assessor.workspace.explanations import explain
    from assessor.workspace.visits import opened

    console = console_of(context)
    with opened(visit, read_only=True) as one:
        for line in explained_lines(explain(one, what), one.assessment, console.language):
            console.line(line)
