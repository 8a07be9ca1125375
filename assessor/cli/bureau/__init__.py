"""`assessor bureau ...`: the commands of a bureau that takes in workbooks from many visits."""

from __future__ import annotations

import typer

from assessor.cli.bureau import entering, intake, lists, publish, simulate, stats


def add_to(app: typer.Typer) -> None:
    """Add the family."""
    family = typer.Typer(help="bureau_intake.family_help", no_args_is_help=True)
    for command in (intake, lists, stats, entering, publish, simulate):
        command.add_to(family)
    app.add_typer(family, name="bureau")
