"""`assessor bureau roster`, `decide`, `plan` and `merge`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.bureau.choosing import Register
from assessor.cli.console import FINDING, Console, console_of
from assessor.i18n import text

if TYPE_CHECKING:
    from assessor.workspace.bureau_entering import MergeReport

Table = Annotated[Path, typer.Argument(help="cli.bureau_table", metavar="FILE.xlsx")]
Others = Annotated[list[Path], typer.Argument(help="cli.bureau_others", metavar="OTHER...")]
_DIGITS = 12


def add_to(family: typer.Typer) -> None:
    """Add the commands."""
    family.command("roster", help="bureau_stats.roster_help")(_roster)
    family.command("decide", help="bureau_stats.decide_help")(_decide)
    family.command("plan", help="bureau_stats.plan_help")(_plan)
    family.command("merge", help="bureau_stats.merge_help")(_merge)


def _roster(context: typer.Context, register: Register, table: Table) -> None:
    from assessor.workspace.bureau_entering import enter_roster

    console = console_of(context)
    count = enter_roster(register, table)
    console.line(text("bureau_stats.entered_roster", console.language, count=count))


def _decide(context: typer.Context, register: Register, table: Table) -> None:
    from assessor.workspace.bureau_entering import enter_decisions

    console = console_of(context)
    count = enter_decisions(register, table)
    console.line(text("bureau_stats.entered_decisions", console.language, count=count))


def _plan(context: typer.Context, register: Register, table: Table) -> None:
    from assessor.workspace.bureau_entering import enter_targets

    console = console_of(context)
    count = enter_targets(register, table)
    console.line(text("bureau_stats.entered_targets", console.language, count=count))


def _merge(context: typer.Context, register: Register, others: Others) -> None:
    from assessor.workspace.bureau_entering import merge_registers

    console = console_of(context)
    conflicts = 0
    for other, report in merge_registers(register, others):
        conflicts += len(report.conflicts)
        _tell(other, report, console)
    if conflicts:
        raise typer.Exit(FINDING)


def _tell(other: Path, report: MergeReport, console: Console) -> None:
    counts = {"lines": report.lines, "visits": report.visits, "entries": report.entries}
    said = "merged" if any(counts.values()) else "merged_nothing"
    console.line(text(f"bureau_stats.{said}", console.language, file=str(other), **counts))
    for one in report.conflicts:
        digits = _DIGITS if one.kind == "visit" else None
        here, there = one.here[:digits], one.there[:digits]
        values = {"subject": one.subject, "here": here, "there": there}
        console.line(text(f"bureau_stats.conflict_{one.kind}", console.language, **values))
