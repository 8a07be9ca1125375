"""`assessor carry`: a visit under another version of its rubric, looked at before it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from assessor.cli.author import author
from assessor.cli.console import Console, console_of
from assessor.cli.visit import VisitFile
from assessor.i18n import Message, message

if TYPE_CHECKING:
    from assessor.analysis.carry import Entry
    from assessor.workspace.carrying import Plan

Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("carry", help="cli.carry_help")(_carry)


def _carry(
    context: typer.Context,
    visit: VisitFile,
    to: Annotated[str, typer.Option("--to", help="cli.carry_to", metavar="RUBRIC")],
    names: Annotated[Path | None, typer.Option("--map", help="cli.carry_map")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="cli.carry_output")] = None,
    reason: Annotated[str, typer.Option("--reason", help="cli.carry_reason")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.carry_dry")] = False,
    json: Json = False,
) -> None:
    from assessor.analysis.carry.mapping import NO_MAP
    from assessor.workspace.carrying import plan_carry, read_carry_map, write_carried
    from assessor.workspace.rubric_library import rubric_called
    from assessor.workspace.visits import opened

    console = console_of(context)
    mapping = read_carry_map(names) if names else NO_MAP
    with opened(visit, read_only=True, who=author) as one:
        plan = plan_carry(one, rubric_called(to), mapping)
        written = None if dry_run or output is None else write_carried(one, plan, output, reason)
    if json:
        console.json(_data(plan, written, console))
        return
    for line in _lines(plan, visit.name, console):
        console.line(line)
    if written is None:
        console.line(console.pick(_said("dry")))
    else:
        revision = plan.carried.assessment.revision
        console.line(console.pick(_said("written", file=str(written), revision=revision)))


def _said(name: str, **values: object) -> Message:
    return message(f"carry.{name}", **values)


def _lines(plan: Plan, visit: str, console: Console) -> Iterator[str]:
    from assessor.analysis.carry import Part

    before, after = plan.before.rubric.version, plan.after.rubric.version
    yield console.pick(_said("title", visit=visit, before=before, after=after))
    for part in get_args(Part):
        counts = {how: plan.carried.count(how, part) for how in ("carried", "mapped", "listed")}
        if any(counts.values()):
            yield console.pick(_said("count", part=message(f"carry.part_{part}"), **counts))
    for entry in plan.carried.entries:
        if entry.how != "carried" or entry.reason is not None:
            yield _entry_line(entry, console)


def _entry_line(entry: Entry, console: Console) -> str:
    how, part = (
        console.pick(message(f"carry.how_{entry.how}")),
        console.pick(message(f"carry.part_{entry.part}")),
    )
    arrow = f" -> {entry.to}" if entry.to and entry.to != entry.key else ""
    reason = f": {console.pick(entry.reason)}" if entry.reason else ""
    said = f"  ({entry.said})" if entry.said and entry.how == "listed" else ""
    return f"  [{how}] {part} {entry.key}{arrow}{reason}{said}"


def _data(plan: Plan, written: Path | None, console: Console) -> dict[str, object]:
    return {
        "before": plan.before.rubric.version,
        "after": plan.after.rubric.version,
        "written": str(written) if written else None,
        "entries": [
            {
                "part": entry.part,
                "key": entry.key,
                "how": entry.how,
                "to": entry.to,
                "code": entry.reason.key if entry.reason else "",
                "reason": console.pick(entry.reason) if entry.reason else "",
                "said": entry.said,
            }
            for entry in plan.carried.entries
        ],
    }
