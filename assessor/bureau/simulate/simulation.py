"""A whole simulation: the workbooks of a region in folders, and the truth beside them.

DIR/1/<district>/<number>-<enterprise>-<year>-r<revision>.xlsx
DIR/2/<fault>-<number>.xlsx
DIR/truth.json, DIR/keys.json
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from assessor.bureau.records import Verdict
from assessor.bureau.simulate.exporting import Exporter, signer_of
from assessor.bureau.simulate.faults import Fault, faults
from assessor.bureau.simulate.region import Region, region_of
from assessor.bureau.simulate.visits import RUBRICS, SimVisit, visits_of
from assessor.exchange.signature import Signer
from assessor.rubrics.catalog import list_rubrics
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.card import ScoreCard
from assessor.scoring import shown_text

WORKBOOKS, TRUTH, KEYS = "workbooks", "truth.json", "keys.json"
PER_FAULT = 200
"""Enterprises for each planting of every fault; each is planted at least once."""
_STRANGER = 1_000
_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be simulated: how many enterprises, from which seed, with faults or without."""

    enterprises: int
    seed: int
    folder: Path
    with_faults: bool = False


Row = dict[str, Any]
"""A row of the truth: JSON-ready."""


def simulate(
    plan: Plan, jobs: int = 1, progress: Callable[[int, int], None] | None = None
) -> Mapping[str, int]:
    """Write the workbooks, the truth and the keys; return how many files have which verdict.

    `progress` is told how many files of about how many are written. Equal plans give equal files.
    Raises `OSError` when the folder cannot be written.
    """
    plan.folder.mkdir(parents=True, exist_ok=True)
    tasks = list(_tasks(plan))
    rows: list[Row] = []
    for made in _made(plan, tasks, jobs):
        rows += made
        if progress is not None:
            progress(len(rows), max(len(rows), len(tasks)))
    rows.sort(key=lambda row: row["file"])
    _write(plan, rows)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["verdict"]] = counts.get(row["verdict"], 0) + 1
    return counts


@dataclass(frozen=True, slots=True)
class _Task:
    """One enterprise with its visits, or one fault; `at` counts the plantings of a fault."""

    enterprise: int
    fault: int | None = None
    at: int = 0


def _tasks(plan: Plan) -> Iterator[_Task]:
    for number in range(plan.enterprises):
        yield _Task(number)
    if plan.with_faults:
        extra = plan.enterprises
        for at in range(_plantings(plan)):
            for which, fault in enumerate(faults()):
                if fault.alike and at:
                    continue
                if fault.of_base:
                    yield _Task((at * len(faults()) + which) % plan.enterprises, which, at)
                else:
                    yield _Task(extra, which, at)
                    extra += 1


def _plantings(plan: Plan) -> int:
    return max(1, plan.enterprises // PER_FAULT)


def _made(plan: Plan, tasks: list[_Task], jobs: int) -> Iterator[list[Row]]:
    chunks = [tasks[at : at + _CHUNK] for at in range(0, len(tasks), _CHUNK)]
    if jobs == 1:
        yield from (make_chunk(plan, chunk) for chunk in chunks)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(make_chunk, [plan] * len(chunks), chunks)


def make_chunk(plan: Plan, tasks: list[_Task]) -> list[Row]:
    """Write the files of some tasks and return their rows; runs in any process."""
    region = _region(plan.enterprises, plan.seed)
    return list(chain.from_iterable(_one(plan, region, task) for task in tasks))


@cache
def _region(enterprises: int, seed: int) -> Region:
    extra = len(faults()) * max(1, enterprises // PER_FAULT)
    return region_of(enterprises + extra, seed)


@cache
def _rubrics() -> dict[str, LoadedRubric]:
    """Return the newest version of the rubrics of a region."""
    found: dict[str, LoadedRubric] = {}
    for entry in list_rubrics():
        if entry.loaded is not None and entry.id in RUBRICS:
            found.setdefault(entry.id, entry.loaded)
    return found


@cache
def _exporter(rubric: str) -> Exporter:
    return Exporter(_rubrics()[rubric])


def _one(plan: Plan, region: Region, task: _Task) -> Iterator[Row]:
    enterprise = region.enterprises[task.enterprise]
    visits = list(visits_of(region, enterprise, _rubrics(), plan.seed))
    if task.fault is None:
        for visit in visits:
            yield _sound(plan, visit, first=visits[0])
    else:
        fault = faults()[task.fault]
        name = f"2/{fault.name}-{task.at:03}{fault.suffix}"
        _put(plan.folder / WORKBOOKS / name, _faulty(plan, fault, visits[0]))
        yield {"file": name, "verdict": fault.verdict.value, "codes": [fault.code]}


def _sound(plan: Plan, visit: SimVisit, first: SimVisit) -> Row:
    record = visit.assessment
    exporter = _exporter(record.rubric.id)
    name = _name(visit)
    _put(plan.folder / WORKBOOKS / name, exporter.workbook(record, _signer(plan, visit)))
    later = record.cycle != first.assessment.cycle
    verdict = Verdict.WARNING if later else Verdict.ACCEPTED
    return {
        "file": name,
        "verdict": verdict.value,
        "codes": ["identity.other_cycle"] if later else [],
        **_truth(visit, exporter.score(record)),
    }


def _name(visit: SimVisit) -> str:
    record, enterprise = visit.assessment, visit.enterprise
    own = f"{enterprise.number:06}-{enterprise.name}-{record.cycle}-r{record.revision}.xlsx"
    return f"1/{enterprise.district}/{own}"


def _signer(plan: Plan, visit: SimVisit) -> Signer:
    return signer_of(plan.seed, visit.panel[0].institution)


def _faulty(plan: Plan, fault: Fault, visit: SimVisit) -> bytes:
    record = fault.visit(visit.assessment) if fault.visit else visit.assessment
    exporter = _exporter(record.rubric.id)
    if fault.rubric is not None:
        exporter = Exporter(fault.rubric(exporter.loaded))
        reference = {"version": exporter.loaded.rubric.version, "digest": exporter.loaded.digest}
        record = record.model_copy(update={"rubric": record.rubric.model_copy(update=reference)})
    signer: Signer | None = _signer(plan, visit)
    if fault.key != "enrolled":
        signer = signer_of(plan.seed, _STRANGER) if fault.key == "stranger" else None
    book = exporter.workbook(record, signer, fault.data)
    return fault.book(book) if fault.book else book


def _truth(visit: SimVisit, card: ScoreCard) -> Row:
    record = visit.assessment
    return {
        "visit": record.id,
        "revision": record.revision,
        "enterprise": visit.enterprise.number,
        "rubric": record.rubric.id,
        "profile": record.profile,
        "target": record.target,
        "cycle": record.cycle,
        "tier": card.result or "",
        "score": shown_text(card.total.value),
        "items": {item.criterion.id: shown_text(item.points) for item in card.items},
        "panel": [one.id for one in visit.panel],
        "skill": visit.skill,
    }


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write(plan: Plan, rows: list[Row]) -> None:
    region = _region(plan.enterprises, plan.seed)
    truth = {
        "seed": plan.seed,
        "enterprises": [asdict(one) for one in region.enterprises[: plan.enterprises]],
        "assessors": [asdict(one) for one in region.assessors],
        "files": rows,
    }
    _put_json(plan.folder / TRUTH, truth)
    signers = [signer_of(plan.seed, at) for at in range(len(region.institutions))]
    keys = [
        {"key_id": signer.key_id, "name": name, "public_key": signer.public_key}
        for signer, name in zip(signers, region.institutions, strict=True)
    ]
    _put_json(plan.folder / KEYS, keys)


def _put_json(path: Path, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
