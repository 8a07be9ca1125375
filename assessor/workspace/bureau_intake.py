"""The bureau's intake and its simulated regions, for the command line and the window."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assessor.bureau.intake.intake import Progress, Summary, Wishes, take_in
from assessor.bureau.intake.setting import Setting
from assessor.bureau.records import FileVerdict, Finding, Verdict
from assessor.bureau.register import open_register
from assessor.bureau.simulate.simulation import Plan, simulate
from assessor.errors import AssessorError
from assessor.exchange.signature import KnownKeys, is_public_key
from assessor.i18n import message
from assessor.rubrics.base import Model, Words
from assessor.storage.errors import translated
from assessor.workspace.clock import now
from assessor.workspace.enrolment import known_keys

__all__ = [
    "FileVerdict",
    "Finding",
    "IntakeRequest",
    "Plan",
    "Progress",
    "Summary",
    "Verdict",
    "simulate_region",
    "take_in_files",
]

_REACHING = "30s"
"""How long a scheduler may take to answer, on however busy a machine."""


class ListedKey(Model):
    """A key in a file of keys to be trusted for one intake."""

    key_id: Words
    name: Words
    public_key: Words


@dataclass(frozen=True)
class IntakeRequest:
    """What to take in, and how.

    `register` is made when it is missing. `keys` is a file of further keys that count as enrolled,
    `older` are folders with older rubrics, `today` the day no visit may be after (by default the
    clock's). With `again` files that were refused before are judged once more. `scheduler` is the
    address of a cluster that judges instead of this machine; its workers must see the same files.
    """

    register: Path
    places: tuple[Path, ...]
    jobs: int = 0
    quarantine: Path | None = None
    keys: Path | None = None
    older: tuple[Path, ...] = ()
    today: date | None = None
    again: bool = False
    scheduler: str = ""


def take_in_files(
    request: IntakeRequest,
    progress: Callable[[Progress], None] | None = None,
    cancelled: threading.Event | None = None,
) -> Summary:
    """Judge the files and put the verdicts into the register.

    Raises `AssessorError` when a place is not there, the keys cannot be read, the register cannot
    be opened or the cluster not reached.
    """
    for place in request.places:
        if not place.exists():
            raise AssessorError(message("bureau_intake.no_place", path=str(place)))
    known = known_keys()
    setting = Setting(
        today=request.today or now().date(),
        older=tuple(str(folder.absolute()) for folder in request.older),
        keys=tuple(_keys(known, request.keys)),
        replaced=tuple((one, key.replaced_at) for one, key in known.items() if key.replaced_at),
    )
    with open_register(request.register, create=True) as register, _workers(request) as workers:
        again = frozenset(
            row.sha256 for row in (register.log(Verdict.REJECTED) if request.again else ())
        )
        wishes = Wishes(
            jobs=request.jobs or workers.count,
            executor=workers.executor,
            quarantine=request.quarantine,
            progress=progress,
            cancelled=cancelled or threading.Event(),
            now=now,
            again=again,
        )
        return take_in(request.places, register, setting, wishes)


def simulate_region(
    plan: Plan, jobs: int = 0, progress: Callable[[int, int], None] | None = None
) -> Mapping[str, int]:
    """Write a synthetic region; return how many of its files must get which verdict.

    Raises `AssessorError` for a folder that holds something already or cannot be written.
    """
    if plan.folder.exists() and (not plan.folder.is_dir() or any(plan.folder.iterdir())):
        raise AssessorError(message("bureau_intake.folder_in_use", path=str(plan.folder)))
    with translated(plan.folder):
        return simulate(plan, jobs or _processors(), progress)


def _processors() -> int:
    return os.cpu_count() or 1


def _keys(enrolled: KnownKeys, path: Path | None) -> Iterator[tuple[str, str, str]]:
    """Yield the enrolled keys and those in a file, as (fingerprint, name, public key)."""
    for key_id, key in enrolled.items():
        yield key_id, key.name, key.public_key
    for listed in _listed(path) if path is not None else ():
        yield listed.key_id, listed.name, listed.public_key


def _listed(path: Path) -> tuple[ListedKey, ...]:
    try:
        keys = TypeAdapter(tuple[ListedKey, ...]).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise AssessorError(message("bureau_intake.no_keys", path=str(path))) from error
    if not all(is_public_key(key.public_key) for key in keys):
        raise AssessorError(message("bureau_intake.no_keys", path=str(path)))
    return keys


@dataclass(frozen=True)
class _Workers:
    """Whoever judges: so many at once, processes of this machine or an executor's."""

    count: int
    executor: Executor | None = None


def _workers(request: IntakeRequest) -> AbstractContextManager[_Workers]:
    return (
        _cluster(request.scheduler) if request.scheduler else nullcontext(_Workers(_processors()))
    )


@contextmanager
def _cluster(address: str) -> Iterator[_Workers]:
    """Give the workers of a cluster; its client is closed afterwards, the cluster is not.

    Raises `AssessorError` when the cluster cannot be reached, or is lost on the way.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise AssessorError(message("bureau_intake.no_cluster_library")) from error
    try:
        client = distributed.Client(address, timeout=_REACHING)
    except (OSError, TimeoutError, ValueError) as error:
        raise AssessorError(message("bureau_intake.no_cluster", address=address)) from error
    with client:
        threads = sum(client.nthreads().values())
        # A file may be another one under the same name: no answer may be used for another call.
        yield _Workers(max(threads, 1), client.get_executor(pure=False))
