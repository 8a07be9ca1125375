"""The clock: records, signatures and backups are worth nothing under a wrong date."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.workspace.backups import backed_up
from assessor.workspace.doctor.line import Line, Machine, advised, fine

BEIJING = timedelta(hours=8)
MOST_DRIFT = 120
"""Seconds the clock and the drive's may differ; a memory stick counts in steps of two."""


def clock(machine: Machine) -> Iterator[Line]:
    """Compare the time with the program's own files, the drive, and the backups."""
    present = machine.clock()
    doubts = [*_behind(present), *_drift(present), *_ahead(machine, present)]
    yield from (advised("clock", "problem", doubt, "clock") for doubt in doubts)
    if not doubts:
        shown = present.isoformat(" ", "minutes")
        yield fine("clock", message("doctor.clock", now=shown))


def time_zone(machine: Machine) -> Iterator[Line]:
    """Look whether days begin when they do in China."""
    offset = machine.clock().utcoffset() or timedelta()
    zone = machine.clock().strftime("UTC%z")
    if offset == BEIJING:
        yield fine("time_zone", message("doctor.time_zone", zone=zone), offset=zone)
    else:
        said = message("doctor.time_zone_other", zone=zone)
        yield advised("time_zone", "warning", said, "time_zone_other", offset=zone)


def _behind(present: datetime) -> Iterator[Message]:
    made = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if present < made - timedelta(days=1):
        yield message("doctor.clock_behind", now=present.isoformat(" ", "minutes"))


def _drift(present: datetime) -> Iterator[Message]:
    with tempfile.NamedTemporaryFile(prefix="assessor-") as file:
        written = datetime.fromtimestamp(Path(file.name).stat().st_mtime, UTC)
    seconds = round(abs((written - present).total_seconds()))
    if seconds > MOST_DRIFT:
        yield message("doctor.clock_drift", seconds=seconds)


def _ahead(machine: Machine, present: datetime) -> Iterator[Message]:
    try:
        visits = backed_up(machine.backups())
    except AssessorError:
        # A folder that cannot be read is told about on its own line.
        return
    latest = max((visit.records[0].at for visit in visits), default=present)
    if latest > present + timedelta(minutes=5):
        yield message("doctor.clock_ahead", latest=latest.astimezone().isoformat(" ", "minutes"))
