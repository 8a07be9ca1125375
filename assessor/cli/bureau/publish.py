"""`assessor bureau bulletin` and `assessor bureau export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.bureau.choosing import Register, Rubric
from assessor.cli.console import console_of
from assessor.i18n import text

PeriodText = Annotated[str, typer.Option("--period", help="cli.bureau_period")]
Output = Annotated[Path, typer.Option("-o", "--output", help="cli.bureau_output")]
Release = Annotated[bool, typer.Option("--release", help="cli.bureau_release")]
Xlsx = Annotated[bool, typer.Option("--xlsx", help="cli.bureau_xlsx")]
Csv = Annotated[bool, typer.Option("--csv", help="cli.bureau_csv")]
Parquet = Annotated[bool, typer.Option("--parquet", help="cli.bureau_parquet")]


def add_to(family: typer.Typer) -> None:
    """Add the commands."""
    family.command("bulletin", help="bureau_stats.bulletin_help")(_bulletin)
    family.command("export", help="bureau_stats.export_help")(_export)


def _bulletin(
    context: typer.Context,
    register: Register,
    period: PeriodText,
    output: Output,
    rubric: Rubric = "",
    release: Release = False,
) -> None:
    from assessor.workspace.bureau_outputs import write_bulletin
    from assessor.workspace.bureau_statistics import Filter, Question

    console = console_of(context)
    question = Question(Filter(rubric=rubric), console.language)
    for path in write_bulletin(register, period, output, question, release=release):
        console.line(text("bureau_stats.written", console.language, file=str(path)))


def _export(
    context: typer.Context,
    register: Register,
    output: Output,
    xlsx: Xlsx = False,
    csv: Csv = False,
    parquet: Parquet = False,
) -> None:
    from assessor.workspace.bureau_outputs import Wanted, export

    console = console_of(context)
    for path in export(register, output, console.language, Wanted(xlsx, csv, parquet)):
        console.line(text("bureau_stats.written", console.language, file=str(path)))
