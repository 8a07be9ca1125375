"""`assessor ledger import`: the equipment ledger from a workbook or a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.author import author
from assessor.cli.console import console_of
from assessor.cli.visit import VisitFile


def add_to(app: typer.Typer) -> None:
    """Add the family of commands."""
    family = typer.Typer(help="cli.ledger_help", no_args_is_help=True)
    family.command("import", help="cli.ledger_import_help")(_import)
    family.callback()(_family)
    app.add_typer(family, name="ledger")


def _family() -> None:
    """Keep `import` a command of its own although it is the only one."""


def _import(
    context: typer.Context,
    visit: VisitFile,
    file: Annotated[Path, typer.Argument(help="cli.ledger_file", metavar="FILE")],
    table: Annotated[str | None, typer.Option("--table", help="cli.ledger_table")] = None,
) -> None:
    from assessor.workspace.ledger import import_table
    from assessor.workspace.visits import opened

    console = console_of(context)
    with opened(visit, who=author) as one:
        imported = import_table(one, file, table)
        console.warnings(imported.warnings)
        console.say("ledger_imported", rows=len(imported.rows), file=file.name)
