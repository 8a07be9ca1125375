"""`assessor bureau log`, `list` and `show`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

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
from assessor.cli.table import table_lines
from assessor.i18n import text

if TYPE_CHECKING:
    from assessor.cli.console import Console
    from assessor.workspace.bureau_lists import VisitRecord

VerdictName = Annotated[str, typer.Option("--verdict", help="cli.bureau_verdict")]
Visit = Annotated[str, typer.Argument(help="cli.bureau_visit", metavar="VISIT")]


def add_to(family: typer.Typer) -> None:
    """Add the commands."""
    family.command("log", help="bureau_stats.log_help")(_log)
    family.command("list", help="bureau_stats.list_help")(_list)
    family.command("show", help="bureau_stats.show_help")(_show)


def _log(
    context: typer.Context, register: Register, verdict: VerdictName = "", json: Json = False
) -> None:
    from assessor.workspace.bureau_lists import intake_log

    console = console_of(context)
    grid = intake_log(register, verdict, console.language)
    if json:
        console.json(grid_data(grid, {}, console))
    else:
        show_grid(grid, console)


def _list(
    context: typer.Context,
    register: Register,
    rubric: Rubric = "",
    cycle: Cycle = "",
    district: District = "",
    year: Year = None,
    words: Text = "",
    json: Json = False,
) -> None:
    from assessor.workspace.bureau_lists import visit_list
    from assessor.workspace.bureau_statistics import Filter

    console = console_of(context)
    wanted = Filter(rubric=rubric, cycle=cycle, district=district, year=year, text=words)
    grid, ids = visit_list(register, wanted, console.language)
    if json:
        console.json(grid_data(grid, ids, console))
    else:
        show_grid(grid, console)


def _show(context: typer.Context, register: Register, visit: Visit, json: Json = False) -> None:
    from assessor.workspace.bureau_lists import record_json, visit_in_words, visit_shown

    console = console_of(context)
    record, revisions = visit_shown(register, visit)
    if json:
        console.json(record_json(record))
        return
    rows = [*visit_in_words(record, console.language), *_older(revisions, record, console)]
    for line in table_lines(rows):
        console.line(line)


def _older(
    revisions: tuple[int, ...], record: VisitRecord, console: Console
) -> Iterator[tuple[str, str]]:
    for revision in revisions:
        if revision != record.revision:
            older = text("bureau_stats.older", console.language)
            yield older, text("bureau_stats.revision", console.language, revision=revision)
