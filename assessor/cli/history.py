"""`assessor history`: who changed what and when, and whether the log of it is whole."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import FINDING, Console, console_of, problem_to_json

if TYPE_CHECKING:
    from assessor.i18n import Message
    from assessor.storage.history import LoggedEdit
    from assessor.workspace.history import HistoryView, ShownChange, ShownStep
    from assessor.workspace.history_words import Said

SHOWN_STEPS, SHOWN_CHANGES = 20, 6
"""What is listed for people unless they ask for more; `--json` has everything."""

VisitFile = Annotated[Path, typer.Argument(help="cli.visit_file", metavar="VISIT.assessment")]
Verify = Annotated[bool, typer.Option("--verify", help="cli.history_verify")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="cli.history_limit")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("history", help="cli.history_help")(_history)


def _history(
    context: typer.Context,
    visit: VisitFile,
    verify: Verify = False,
    json: Json = False,
    limit: Limit = None,
) -> None:
    from assessor.workspace.history import read_history

    console = console_of(context)
    if json:
        view = read_history(visit, limit, verify=verify)
        console.json(_data(view, console))
    else:
        view = read_history(visit, limit or SHOWN_STEPS, verify=verify)
        _show(view, visit, console)
    if view.problems:
        raise typer.Exit(FINDING)


def _show(view: HistoryView, visit: Path, console: Console) -> None:
    for step in view.steps:
        _show_step(step, console)
    entries = view.head.entries if view.head else 0
    if view.readable and entries > len(view.steps):
        console.say("history_more", shown=len(view.steps), count=entries)
    if view.problems:
        console.say("history_broken", file=str(visit))
        console.problems(view.problems, to_errors=False)
    elif view.problems is not None and view.head:
        console.say("history_whole", file=str(visit), count=entries, digest=view.head.digest)


def _show_step(step: ShownStep, console: Console) -> None:
    edit = step.edit
    at = f"{edit.at.astimezone():%Y-%m-%d %H:%M:%S}"
    what = _what(step.what, console)
    console.line(f"{edit.sequence:>6}  {at}  {_plain(edit.author)}  {what}")
    for change in step.changes[:SHOWN_CHANGES]:
        console.line(f"        {_change(change, console)}")
    if len(step.changes) > SHOWN_CHANGES:
        console.say("history_changes", count=len(step.changes) - SHOWN_CHANGES)
    if edit.reason:
        console.say("history_reason", reason=_plain(edit.reason))
    if step.set_back is not None:
        console.say("history_set_back", minutes=round(step.set_back.total_seconds() / 60))


def _change(change: ShownChange, console: Console) -> str:
    where = f"{_words(change.place, console)} {_words(change.field, console)}".rstrip()
    before, after = _words(change.before, console), _words(change.after, console)
    return f"{where}: {before or '–'} → {after or '–'}"


def _words(said: Said, console: Console) -> str:
    return _plain(said if isinstance(said, str) else console.pick(said))


def _what(what: Message, console: Console) -> str:
    """Return what was done in words; a step of another version may have none here."""
    try:
        return _plain(console.pick(what))
    except (KeyError, IndexError, ValueError):
        return _plain(what.key)


def _plain(words: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in words)


def _data(view: HistoryView, console: Console) -> dict[str, object]:
    problems = view.problems
    return {
        "head": asdict(view.head) if view.head else None,
        "verified": None if problems is None else not problems,
        "problems": [problem_to_json(one, console.language) for one in problems or ()],
        "steps": [_step_data(step.edit, console) for step in view.steps],
    }


def _step_data(edit: LoggedEdit, console: Console) -> dict[str, object]:
    return {
        "number": edit.sequence,
        "at": edit.at.isoformat(),
        "run": edit.run,
        "monotonic_us": edit.monotonic,
        "author": edit.author,
        "what": _what(edit.what, console),
        "reason": edit.reason,
        "before": [[*place, value] for place, value in edit.before.items()],
        "after": [[*place, value] for place, value in edit.after.items()],
        "digest": edit.digest,
    }
