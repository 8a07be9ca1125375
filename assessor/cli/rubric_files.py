"""`assessor rubric workbook`, `from-workbook`, `standard`: a rubric as a file for its authors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.console import FINDING, console_of
from assessor.i18n import Language

RubricName = Annotated[str, typer.Argument(help="cli.rubric_argument", metavar="RUBRIC")]


def add_to(family: typer.Typer) -> None:
    """Add the commands to the family `rubric`."""
    family.command("workbook", help="cli.rubric_workbook_help")(_workbook)
    family.command("from-workbook", help="cli.rubric_from_workbook_help")(_from_workbook)
    family.command("standard", help="cli.rubric_standard_help")(_standard)


def _workbook(
    context: typer.Context,
    rubric: RubricName,
    output: Annotated[Path, typer.Option("-o", "--output", help="cli.rubric_workbook_output")],
    lang: Annotated[Language, typer.Option("--lang", help="cli.report_lang")] = "zh",
) -> None:
    from assessor.workspace.rubric_workbook import write_rubric_workbook

    console_of(context).say("written", file=str(write_rubric_workbook(rubric, output, lang)))


def _from_workbook(
    context: typer.Context,
    workbook: Annotated[Path, typer.Argument(help="cli.rubric_workbook_argument", metavar="FILE")],
    output: Annotated[Path, typer.Option("-o", "--output", help="cli.rubric_json_output")],
) -> None:
    from assessor.workspace.rubric_workbook import rubric_from_workbook

    console = console_of(context)
    problems = rubric_from_workbook(workbook, output)
    console.say("written", file=str(output))
    console.say("check_result", file=workbook, count=len(problems))
    console.problems(problems, to_errors=False)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(FINDING)


def _standard(
    context: typer.Context,
    rubric: RubricName,
    output: Annotated[Path, typer.Option("-o", "--output", help="cli.rubric_standard_output")],
    lang: Annotated[Language, typer.Option("--lang", help="cli.report_lang")] = "zh",
) -> None:
    from assessor.workspace.rubric_standard import write_standard

    console_of(context).say("written", file=str(write_standard(rubric, output, lang)))
