"""All statistics over a city, and a register of 100,000 visits filtered and sorted.

    python -m benchmarks.bureau_statistics [--enterprises N] [--items N] [--rows N]

The register is filled with made-up records directly; the workbooks they would come in play no part.
Seconds are those of this process alone (CPU time), so that a busy machine changes them little.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from assessor.bureau.records import (
    DimensionResult,
    EnterpriseFacts,
    FileVerdict,
    ItemResult,
    NearMiss,
    RubricEdition,
    Verdict,
    VisitRecord,
)
from assessor.bureau.register import Filter, open_register
from assessor.bureau.simulate.region import districts
from assessor.bureau.statistics.loading import read_facts
from assessor.bureau.statistics.sampling import draw
from assessor.bureau.statistics.survey import survey
from assessor.workspace.bureau_table import VisitTable, Wanted

RUBRIC = "nb.digital_workshop"
SEEN = datetime(2026, 11, 2, tzinfo=UTC)
MOST_STATISTICS, MOST_TABLE = 1.0, 0.3
"""Seconds all statistics, and filtering and sorting, may take."""


def verdicts(count: int, items: int, seed: int = 1) -> Iterator[FileVerdict]:
    """Yield accepted files of `count` enterprises whose rubric has `items` criteria."""
    rng = random.Random(seed)  # noqa: S311 (repeatable, nothing secret)
    for number in range(count):
        record = _record(number, items, rng)
        digest = sha256(record.visit_id.encode()).hexdigest()
        name = f"{record.visit_id}.xlsx"
        yield FileVerdict(name, digest, 1, Verdict.ACCEPTED, (), record, SEEN)


def _record(number: int, items: int, rng: random.Random) -> VisitRecord:
    score = Decimal(rng.randrange(3000, 9900)).scaleb(-2)
    results = {
        f"criterion-{at:03}": ItemResult(
            Decimal(rng.randrange(5_000_000)).scaleb(-6), Decimal(5), "answered"
        )
        for at in range(items)
    }
    sides = {f"d{at}": DimensionResult(Decimal(rng.randrange(25)), Decimal(25)) for at in range(6)}
    near = (NearMiss("good", "total", Decimal("0.1"), ()),) if number % 20 == 0 else ()
    place = rng.choice(districts())
    industry = str(rng.randrange(13, 44)) + "25"
    names = tuple(f"assessor-{one}" for one in rng.sample(range(36), 2))
    return VisitRecord(
        visit_id=f"visit-{number}",
        revision=1,
        payload_digest=sha256(str(number).encode()).hexdigest(),
        enterprise=EnterpriseFacts(f"企业{number:06}", f"code-{number:06}", place, industry),
        rubric=RubricEdition(RUBRIC, "1.0.0", "0" * 64),
        profile="discrete",
        target="workshop",
        cycle="2026",
        visit_date=date(2025 + number % 2, rng.randrange(1, 13), 15),
        assessors=names,
        panel=(),
        role="third_party",
        outcomes={},
        tier="good" if score >= 75 else "",
        score=score,
        lowest=score,
        highest=score,
        maximum=Decimal(100),
        dimensions=sides,
        items=results,
        self_score=min(score + rng.randrange(30), Decimal(100)),
        self_scores=dict.fromkeys(results, Decimal(4)),
        near_lines=near,
    )


def timed(what: str, work: Callable[[], Any], rounds: int = 3) -> tuple[float, Any]:
    """Do something several times; print and return its best seconds with what it gave."""
    best, wall, result = float("inf"), float("inf"), None
    for _ in range(rounds):
        start, began = process_time(), perf_counter()
        result = work()
        best, wall = min(best, process_time() - start), min(wall, perf_counter() - began)
    print(f"{what:44} {best:8.3f} s (wall {wall:.3f} s)")
    return best, result


def statistics(folder: Path, count: int, items: int) -> float:
    """Measure everything that is computed for a city, the reading of the register included."""
    path = folder / "city.register"
    with open_register(path, create=True) as register:
        start = perf_counter()
        register.add(verdicts(count, items))
        print(f"{count} enterprises x {items} criteria filled in {perf_counter() - start:.1f} s")
    with open_register(path, read_only=True) as register:
        timed("reading the register", lambda: read_facts(register, RUBRIC))

        def everything() -> None:
            found = read_facts(register, RUBRIC)
            survey(found)
            draw(found, 50, 1)

        total, _ = timed("reading, all statistics and drawing", everything)
        facts = read_facts(register, RUBRIC)
        timed("drawing 50 visits", lambda: draw(facts, 50, 1))
        timed("one district: reading and all statistics", lambda: survey(_district(register)))
    return total


def _district(register: Any) -> Any:
    return read_facts(register, RUBRIC, Filter(district=districts()[0]))


def table(folder: Path, rows: int) -> float:
    """Measure filtering and sorting a register of very many visits by every column."""
    path = folder / "table.register"
    with open_register(path, create=True) as register:
        register.add(verdicts(100, 1))
        some = list(register.visits())
    many = [
        replace(row, number=at, visit_id=f"visit-{at}", name=f"企业{at * 7919 % rows:06}")
        for at, row in ((at, some[at % len(some)]) for at in range(rows))
    ]
    rows_shown = tuple(many)
    _, shown = timed(f"{rows} rows prepared once", lambda: VisitTable(rows_shown), 1)
    worst = 0.0
    for column in ("district", "score", "gap", "visit_date"):
        # The first question about a column works its order out; later ones only filter.
        first = Wanted(text="1", district=districts()[0], column=column, descending=True)
        for what, wanted in (("first", first), ("again", first), ("all", Wanted(column=column))):
            label = f"{rows} rows by {column}, {what}"
            seconds, _ = timed(label, lambda w=wanted: shown.arranged(w), 1)
            worst = max(worst, seconds)
    return worst


def main() -> None:
    """Measure and compare with what is promised."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--enterprises", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=105)
    parser.add_argument("--rows", type=int, default=100_000)
    wanted = parser.parse_args()
    with TemporaryDirectory() as name:
        total = statistics(Path(name), wanted.enterprises, wanted.items)
        worst = table(Path(name), wanted.rows)
    print(f"all statistics {total:.3f} s (at most {MOST_STATISTICS} s)")
    print(f"filter and sort {worst:.3f} s at worst (at most {MOST_TABLE} s)")
    sys.exit(total > MOST_STATISTICS or worst > MOST_TABLE)


if __name__ == "__main__":
    main()
