"""`assessor doctor`: what about this machine keeps the program from doing its work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import FINDING, Console, console_of
from assessor.i18n import text

if TYPE_CHECKING:
    from assessor.workspace.doctor.line import Line


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help="doctor.help")(_doctor)


def _doctor(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="cli.json_option")] = False,
    bundle: Annotated[Path | None, typer.Option("--bundle", help="cli.doctor_bundle")] = None,
) -> None:
    from assessor.workspace.doctor.checkup import check_up, this_machine, write_bundle

    console, machine = console_of(context), this_machine()
    lines = check_up(machine)
    if json:
        console.json({"lines": [_data(line, console) for line in lines]})
    else:
        _show(lines, console)
    if bundle is not None:
        write_bundle(lines, machine, bundle)
        if not json:
            console.line(text("doctor.bundle_written", console.language, file=str(bundle)))
    if any(line.state == "problem" for line in lines):
        raise typer.Exit(FINDING)


def _show(lines: tuple[Line, ...], console: Console) -> None:
    for line in lines:
        state = text(f"doctor.{line.state}", console.language)
        values = {"state": state, "area": line.title, "said": line.said}
        console.line(text("doctor.line", console.language, **values))
        if line.advice is not None:
            console.line(text("doctor.advice", console.language, advice=line.advice))
    counts = {state: sum(line.state == state for line in lines) for state in ("problem", "warning")}
    values = {"problems": counts["problem"], "warnings": counts["warning"]}
    console.line(text("doctor.summary", console.language, count=len(lines), **values))


def _data(line: Line, console: Console) -> dict[str, object]:
    return {
        "area": line.area,
        "state": line.state,
        "code": line.said.key,
        "message": console.pick(line.said),
        "advice": console.pick(line.advice) if line.advice else "",
        "facts": dict(line.facts),
    }
