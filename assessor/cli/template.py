"""`assessor template`: the fill-in workbook of a rubric."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.console import console_of
from assessor.i18n import Language


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("template", help="cli.template_help")(_template)


def _template(
    context: typer.Context,
    rubric: Annotated[str, typer.Argument(help="cli.rubric_argument", metavar="RUBRIC")],
    output: Annotated[Path, typer.Option("-o", "--output", help="cli.template_output")],
    profile: Annotated[str | None, typer.Option("--profile", help="cli.profile_option")] = None,
    target: Annotated[str | None, typer.Option("--target", help="cli.target_option")] = None,
    lang: Annotated[Language, typer.Option("--lang", help="cli.report_lang")] = "zh",
) -> None:
    from assessor.workspace.templates import write_fill_in_workbook

    console = console_of(context)
    path = write_fill_in_workbook(rubric, output, profile=profile, target=target, language=lang)
    console.say("written", file=str(path))
