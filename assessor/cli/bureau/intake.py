"""`assessor bureau intake`."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assessor.cli.console import FINDING, Console, console_of
from assessor.i18n import text

if TYPE_CHECKING:
    from assessor.workspace.bureau_intake import FileVerdict, Finding, Progress, Summary

Register = Annotated[Path, typer.Argument(help="cli.bureau_register", metavar="REGISTER")]
Places = Annotated[list[Path], typer.Argument(help="cli.bureau_places", metavar="FOLDER...")]
Jobs = Annotated[int, typer.Option("--jobs", help="cli.bureau_jobs", min=0)]
Quarantine = Annotated[Path | None, typer.Option("--quarantine", help="cli.bureau_quarantine")]
Keys = Annotated[Path | None, typer.Option("--keys", help="cli.bureau_keys")]
Older = Annotated[list[Path] | None, typer.Option("--rubrics", help="cli.bureau_rubrics")]
Today = Annotated[
    datetime | None, typer.Option("--today", help="cli.bureau_today", formats=["%Y-%m-%d"])
]
Again = Annotated[bool, typer.Option("--again", help="cli.bureau_again")]
Scheduler = Annotated[str, typer.Option("--scheduler", help="cli.bureau_scheduler")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(family: typer.Typer) -> None:
    """Add the command."""
    family.command("intake", help="bureau_intake.intake_help")(_intake)


def _intake(
    context: typer.Context,
    register: Register,
    places: Places,
    jobs: Jobs = 0,
    quarantine: Quarantine = None,
    keys: Keys = None,
    rubrics: Older = None,
    today: Today = None,
    again: Again = False,
    scheduler: Scheduler = "",
    json: Json = False,
) -> None:
    from assessor.workspace.bureau_intake import IntakeRequest, Verdict, take_in_files

    console = console_of(context)
    request = IntakeRequest(
        register=register,
        places=tuple(places),
        jobs=jobs,
        quarantine=quarantine,
        keys=keys,
        older=tuple(rubrics or ()),
        today=today.date() if today else None,
        again=again,
        scheduler=scheduler,
    )
    seen = _Seen(console, json)
    with _stopped_by_hand() as cancelled:
        summary = take_in_files(request, seen.told, cancelled)
    if json:
        console.json({**_summary(summary), "files": seen.files})
    else:
        _sum_up(summary, console)
    if summary.cancelled or summary.counts.get(Verdict.REJECTED):
        raise typer.Exit(FINDING)


class _Seen:
    """Tells of every file as it is judged, or keeps it for the JSON at the end."""

    def __init__(self, console: Console, json: bool) -> None:
        self.files: list[dict[str, Any]] = []
        self._console = console
        self._json = json

    def told(self, progress: Progress) -> None:
        """Take note of a file; people are told what is new and not simply accepted."""
        if self._json:
            self.files.append(_data(progress.last, self._console))
        elif progress.last.findings and not progress.known:
            _show(progress.last, self._console)


@contextmanager
def _stopped_by_hand() -> Iterator[threading.Event]:
    """Give an event that Ctrl+C sets, so that what was judged is kept."""
    event = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield event
        return
    before = signal.signal(signal.SIGINT, lambda *_: event.set())
    try:
        yield event
    finally:
        signal.signal(signal.SIGINT, before)


def _show(verdict: FileVerdict, console: Console) -> None:
    word = text(f"bureau_intake.verdict_{verdict.verdict}", console.language)
    console.line(f"{word}  {verdict.name}")
    for finding in verdict.findings:
        console.line(f"  {_where(finding)}{console.pick(finding.reason)}")


def _where(finding: Finding) -> str:
    place = "!".join(part for part in (finding.sheet, finding.cell) if part)
    return f"{place}: " if place else ""


def _sum_up(summary: Summary, console: Console) -> None:
    parts = [
        f"{text(f'bureau_intake.verdict_{verdict}', console.language)} {count}"
        for verdict, count in sorted(summary.counts.items())
    ]
    said = "  ".join(parts) or text("bureau_intake.no_files", console.language)
    console.line(text("bureau_intake.summary", console.language, counts=said, new=summary.new))
    if summary.cancelled:
        console.line(text("bureau_intake.cancelled", console.language))


def _summary(summary: Summary) -> dict[str, object]:
    counts = {verdict.value: count for verdict, count in sorted(summary.counts.items())}
    return {"counts": counts, "new": summary.new, "cancelled": summary.cancelled}


def _data(verdict: FileVerdict, console: Console) -> dict[str, Any]:
    record = verdict.record
    return {
        "file": verdict.name,
        "sha256": verdict.sha256,
        "verdict": verdict.verdict.value,
        "visit": record.visit_id if record else None,
        "revision": record.revision if record else None,
        "score": str(record.score) if record and record.score is not None else None,
        "tier": record.tier if record else None,
        "findings": [
            {
                "code": finding.code,
                "verdict": finding.verdict.value,
                "reason": console.pick(finding.reason),
                "sheet": finding.sheet,
                "cell": finding.cell,
            }
            for finding in verdict.findings
        ],
    }
