"""`assessor backup list | restore | now`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import Console, console_of
from assessor.i18n import message, text

if TYPE_CHECKING:
    from assessor.workspace.backups import BackedUp, BackupContent, BackupPlace

Folder = Annotated[Path | None, typer.Option("--folder", help="cli.backup_folder")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(help="backup.help", no_args_is_help=True)
    family.command("list", help="backup.list_help")(_list)
    family.command("restore", help="backup.restore_help")(_restore)
    family.command("now", help="backup.now_help")(_now)
    app.add_typer(family, name="backup")


def _place(folder: Path | None) -> BackupPlace:
    from assessor.settings import load_settings, settings_path
    from assessor.workspace.backups import BackupPlace, backup_place

    if folder is not None:
        return BackupPlace(folder, chosen=True)
    return backup_place(load_settings(settings_path()).settings)


def _list(
    context: typer.Context,
    which: Annotated[
        str, typer.Argument(help="cli.backup_which", metavar="[VISIT]", show_default=False)
    ] = "",
    folder: Folder = None,
    json: Json = False,
) -> None:
    from assessor.workspace.backups import backed_up, find_visit, look_into

    console, place = console_of(context), _place(folder)
    if which:
        visit = find_visit(place, which)
        contents = [look_into(record, place) for record in visit.records]
        if json:
            console.json({"visit": visit.visit_id, "backups": [_data(one) for one in contents]})
        for content in () if json else contents:
            console.line(_line(content, console))
        return
    visits = backed_up(place)
    if json:
        console.json({"folder": str(place.folder), "visits": [_visit_data(one) for one in visits]})
    else:
        _show(visits, place, console)


def _show(visits: tuple[BackedUp, ...], place: BackupPlace, console: Console) -> None:
    console.line(text("backup.in_folder", console.language, folder=str(place.folder)))
    if not visits:
        console.line(text("backup.none", console.language))
    for visit in visits:
        values = {
            "id": visit.visit_id,
            "enterprise": visit.enterprise,
            "count": len(visit.records),
            "latest": _local(visit.records[0].at),
        }
        console.line("  " + text("backup.line_visit", console.language, **values))


def _restore(
    context: typer.Context,
    which: Annotated[str, typer.Argument(help="cli.backup_which", metavar="VISIT")],
    output: Annotated[Path, typer.Option("-o", "--output", help="cli.backup_output")],
    at: Annotated[str, typer.Option("--at", help="cli.backup_at", show_default=False)] = "",
    folder: Folder = None,
) -> None:
    from assessor.workspace.backups import find_backup, restore_backup

    console, place = console_of(context), _place(folder)
    restore_backup(find_backup(place, which, at), place, output)
    console.line(text("backup.restored", console.language, file=str(output)))


def _now(
    context: typer.Context,
    visits: Annotated[list[Path], typer.Argument(help="cli.visit_file", metavar="VISIT...")],
    folder: Folder = None,
) -> None:
    from assessor.workspace.backups import back_up

    console, place = console_of(context), _place(folder)
    for visit in visits:
        made = back_up(visit, place)
        record = str(made.record.path)
        console.line(text("backup.kept", console.language, file=visit.name, record=record))
        if made.missing:
            console.error(message("backup.made_without", count=len(made.missing)))


def _line(content: BackupContent, console: Console) -> str:
    values = {"name": content.record.path.stem, "at": _local(content.record.at)}
    if content.problem is not None:
        reason = console.pick(content.problem)
        return "  " + text("backup.line_problem", console.language, **values, reason=reason)
    counts = {"answered": content.answered, "evidence": content.evidence}
    return "  " + text("backup.line_record", console.language, **values, **counts)


def _data(content: BackupContent) -> dict[str, object]:
    return {
        "name": content.record.path.stem,
        "at": content.record.at.isoformat(),
        "answered": content.answered,
        "evidence": content.evidence,
        "restorable": content.problem is None,
    }


def _visit_data(visit: BackedUp) -> dict[str, object]:
    return {
        "visit": visit.visit_id,
        "enterprise": visit.enterprise,
        "file": str(visit.file) if visit.file else None,
        "backups": len(visit.records),
        "latest": visit.records[0].at.isoformat(),
    }


def _local(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
