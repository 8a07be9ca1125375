"""`assessor bureau simulate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.console import console_of
from assessor.i18n import text

Enterprises = Annotated[int, typer.Option("--enterprises", help="cli.bureau_enterprises", min=1)]
Seed = Annotated[int, typer.Option("--seed", help="cli.bureau_seed")]
Output = Annotated[Path, typer.Option("--output", "-o", help="cli.bureau_simulate_output")]
Faults = Annotated[bool, typer.Option("--faults", help="cli.bureau_faults")]
Jobs = Annotated[int, typer.Option("--jobs", help="cli.bureau_jobs", min=0)]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(family: typer.Typer) -> None:
    """Add the command."""
    family.command("simulate", help="bureau_intake.simulate_help")(_simulate)


def _simulate(
    context: typer.Context,
    enterprises: Enterprises,
    output: Output,
    seed: Seed = 1,
    faults: Faults = False,
    jobs: Jobs = 0,
    json: Json = False,
) -> None:
    from assessor.workspace.bureau_intake import Plan, simulate_region

    console = console_of(context)
    counts = simulate_region(Plan(enterprises, seed, output, faults), jobs)
    if json:
        console.json({"folder": str(output), "verdicts": counts})
        return
    total = sum(counts.values())
    said = text("bureau_intake.simulated", console.language, count=total, folder=str(output))
    console.line(said)
    for verdict, count in sorted(counts.items()):
        word = text(f"bureau_intake.verdict_{verdict}", console.language)
        console.line(f"  {word}  {count}")
