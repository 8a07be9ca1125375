"""`assessor new`, `fill`, `attach`, `finding add`: the record of a visit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.author import author
from assessor.cli.console import console_of

VisitFile = Annotated[Path, typer.Argument(help="cli.visit_file", metavar="VISIT.assessment")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("new", help="cli.new_help")(_new)
    app.command("fill", help="cli.fill_help")(_fill)
    app.command("attach", help="cli.attach_help")(_attach)
    family = typer.Typer(help="cli.finding_help", no_args_is_help=True)
    family.command("add", help="cli.finding_add_help")(_finding)
    family.callback()(_family)
    app.add_typer(family, name="finding")


def _family() -> None:
    """Keep `add` a command of its own although it is the only one."""


def _new(
    context: typer.Context,
    rubric: Annotated[str, typer.Argument(help="cli.rubric_argument", metavar="RUBRIC")],
    output: Annotated[Path, typer.Option("-o", "--output", help="cli.new_output")],
    enterprise: Annotated[Path, typer.Option("--enterprise", help="cli.new_enterprise")],
    profile: Annotated[str | None, typer.Option("--profile", help="cli.profile_option")] = None,
    target: Annotated[str | None, typer.Option("--target", help="cli.target_option")] = None,
    cycle: Annotated[str | None, typer.Option("--cycle", help="cli.cycle_option")] = None,
) -> None:
    from assessor.exchange.enterprise import read_enterprise
    from assessor.workspace.rubric_library import rubric_called
    from assessor.workspace.visits import new_visit, opened

    console = console_of(context)
    loaded = rubric_called(rubric)
    given = read_enterprise(enterprise, loaded.rubric)
    console.warnings(given.warnings)
    path = new_visit(
        output,
        loaded,
        given.enterprise,
        given.visit,
        profile=profile,
        target=target,
        cycle=cycle,
        who=author,
    )
    with opened(path, read_only=True) as one:
        chosen = one.assessment
        console.say("created", file=str(path), rubric=loaded.rubric.title)
        made = "created_form" if loaded.rubric.collects else "created_for"
        console.say(made, profile=chosen.profile, target=chosen.target, cycle=chosen.cycle)


def _fill(
    context: typer.Context,
    visit: VisitFile,
    answers: Annotated[Path, typer.Argument(help="cli.fill_file", metavar="FILE")],
    as_self: Annotated[bool, typer.Option("--self", help="cli.fill_self")] = False,
) -> None:
    from assessor.workspace.filling import fill
    from assessor.workspace.visits import opened

    console = console_of(context)
    with opened(visit, who=author) as one:
        imported = fill(one, answers, as_self_assessment=as_self)
        console.warnings(imported.warnings)
        console.say(
            "filled_self" if as_self else "filled",
            answers=len(imported.answers),
            gates=sum(gate.answers for gate in imported.gates.values()),
            indicators=len(imported.indicators),
            file=visit.name,
        )


def _attach(
    context: typer.Context,
    visit: VisitFile,
    item: Annotated[str, typer.Argument(help="cli.item_argument", metavar="ITEM")],
    files: Annotated[list[Path], typer.Argument(help="cli.attach_files", metavar="FILE...")],
    caption: Annotated[str, typer.Option("--caption", help="cli.caption_option")] = "",
    kind: Annotated[str | None, typer.Option("--kind", help="cli.kind_option")] = None,
) -> None:
    from assessor.workspace.evidence import attach, evidence_kind
    from assessor.workspace.visits import opened

    console = console_of(context)
    wanted = evidence_kind(kind) if kind else None
    with opened(visit, who=author) as one:
        for piece in attach(one, item, files, caption=caption, kind=wanted):
            console.say("attached", id=piece.id, name=piece.file_name, size=piece.size)


def _finding(
    context: typer.Context,
    visit: VisitFile,
    item: Annotated[str, typer.Argument(help="cli.item_argument", metavar="ITEM")],
    words: Annotated[str, typer.Option("--text", help="cli.finding_text")],
    severity: Annotated[str, typer.Option("--severity", help="cli.finding_severity")] = "minor",
    clause: Annotated[str, typer.Option("--clause", help="cli.finding_clause")] = "",
    owner: Annotated[str, typer.Option("--owner", help="cli.finding_owner")] = "",
    due: Annotated[
        datetime | None, typer.Option("--due", help="cli.finding_due", formats=["%Y-%m-%d"])
    ] = None,
    photo: Annotated[list[Path] | None, typer.Option("--photo", help="cli.finding_photo")] = None,
) -> None:
    from assessor.workspace.findings import add_finding, finding_severity
    from assessor.workspace.visits import opened

    console = console_of(context)
    level = finding_severity(severity)
    with opened(visit, who=author) as one:
        finding = add_finding(
            one,
            item,
            words,
            severity=level,
            clause=clause,
            owner=owner,
            due=due.date() if due else None,
            photos=photo or (),
        )
        console.say("finding_added", id=finding.id)
