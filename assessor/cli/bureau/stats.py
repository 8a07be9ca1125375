"""`assessor bureau stats` and `assessor bureau sample`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.bureau.choosing import (
    Cycle,
    District,
    Json,
    Register,
    Rubric,
    Text,
    Year,
    grid_data,
    show_grid,
)
from assessor.cli.console import console_of
from assessor.i18n import text

Name = Annotated[str, typer.Argument(help="cli.bureau_name", metavar="NAME")]
Publish = Annotated[bool, typer.Option("--publish", help="cli.bureau_publish")]
Count = Annotated[int, typer.Option("--count", help="cli.bureau_count", min=1)]
Seed = Annotated[int, typer.Option("--seed", help="cli.bureau_seed")]
Output = Annotated[Path, typer.Option("-o", "--output", help="cli.bureau_sample_output")]


def add_to(family: typer.Typer) -> None:
    """Add the commands."""
    family.command("stats", help="bureau_stats.stats_help")(_stats)
    family.command("sample", help="bureau_stats.sample_help")(_sample)


def _stats(
    context: typer.Context,
    register: Register,
    name: Name,
    rubric: Rubric = "",
    cycle: Cycle = "",
    district: District = "",
    year: Year = None,
    words: Text = "",
    publish: Publish = False,
    json: Json = False,
) -> None:
    from assessor.workspace.bureau_statistics import SMALL, Filter, Question, statistics

    console = console_of(context)
    wanted = Filter(rubric=rubric, cycle=cycle, district=district, year=year, text=words)
    question = Question(wanted, console.language, SMALL if publish else 0)
    grid, ids = statistics(register, name, question)
    if json:
        console.json(grid_data(grid, ids, console))
    else:
        show_grid(grid, console)


def _sample(
    context: typer.Context,
    register: Register,
    count: Count,
    seed: Seed,
    output: Output,
    rubric: Rubric = "",
    cycle: Cycle = "",
    district: District = "",
) -> None:
    from assessor.workspace.bureau_outputs import write_sample
    from assessor.workspace.bureau_statistics import Filter, Question

    console = console_of(context)
    wanted = Filter(rubric=rubric, cycle=cycle, district=district)
    grid = write_sample(register, output, Question(wanted, console.language), count, seed)
    show_grid(grid, console)
    console.line(text("bureau_stats.written", console.language, file=str(output)))
