"""SQLite or DuckDB for a bureau's register: the same work in both, side by side.

    python -m benchmarks.bureau_database [--enterprises N] [--items N] [--rows N] [--kills N]

Both hold what the register holds of a city: a row for every visit, its figures by criterion, its
record as JSON. SQLite is the register itself; DuckDB gets what suits it, a table of figures with a
row for every criterion and visit, which SQL sums up. Both make every batch of the intake durable.
Printed are seconds of the processor (all threads of this process), behind them those of the clock.
There are no limits: docs/decisions/register.md rests on this.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep
from typing import Any

from assessor.bureau.packing import record_to_json
from assessor.bureau.records import FileVerdict
from assessor.bureau.register import Filter, open_register
from assessor.bureau.simulate.region import districts
from assessor.bureau.statistics.criteria import criteria
from assessor.bureau.statistics.heat import heat
from assessor.bureau.statistics.loading import read_facts
from assessor.bureau.statistics.results import results
from benchmarks.bureau_statistics import RUBRIC, verdicts

_duckdb: Any = import_module("duckdb")

BATCH = 50
VISIT = """
CREATE TABLE log (name VARCHAR, sha256 VARCHAR, verdict VARCHAR, PRIMARY KEY (name, sha256));
CREATE TABLE visit (number INTEGER PRIMARY KEY, visit_id VARCHAR, revision INTEGER, sha256 VARCHAR,
  name VARCHAR, credit_code VARCHAR, district VARCHAR, industry VARCHAR, year INTEGER,
  tier VARCHAR, score DECIMAL(18,6), self_score DECIMAL(18,6), record VARCHAR,
  UNIQUE (visit_id, revision));
CREATE TABLE item (visit INTEGER, item VARCHAR, points DECIMAL(18,6), maximum DECIMAL(18,6));
CREATE TABLE dimension (visit INTEGER, dimension VARCHAR, points DECIMAL(18,6),
  maximum DECIMAL(18,6));
"""
STATISTICS = (
    "SELECT district, count(*), quantile_cont(score, [0.25, 0.5, 0.75]), avg(score), min(score),"
    " max(score) FROM visit GROUP BY district ORDER BY district",
    "SELECT item, sum(points) / sum(maximum) AS rate, count(*) FROM item GROUP BY item"
    " ORDER BY rate",
    "SELECT district, dimension, sum(points) / sum(maximum) FROM dimension JOIN visit"
    " ON visit = number GROUP BY ALL ORDER BY ALL",
)


def measured(work: Callable[[], Any], rounds: int = 1) -> tuple[float, float]:
    """Do something several times; return its best seconds of the processor and of the clock."""
    best, wall = float("inf"), float("inf")
    for _ in range(rounds):
        start, began = process_time(), perf_counter()
        work()
        best, wall = min(best, process_time() - start), min(wall, perf_counter() - began)
    return best, wall


def said(what: str, sqlite: tuple[float, float], duckdb: tuple[float, float]) -> None:
    """Print what both needed, and how many times longer DuckDB took."""
    left, right = (f"{cpu:8.3f} s ({wall:7.3f})" for cpu, wall in (sqlite, duckdb))
    times = duckdb[0] / sqlite[0] if sqlite[0] else float("inf")
    print(f"{what:44} {left} {right} {times:8.1f}", flush=True)


def batches(made: list[FileVerdict]) -> Iterator[list[FileVerdict]]:
    """Yield verdicts as the intake hands them over."""
    for start in range(0, len(made), BATCH):
        yield made[start : start + BATCH]


def fill_sqlite(path: Path, made: list[FileVerdict]) -> None:
    """Put verdicts into a register, batch by batch."""
    with open_register(path, create=True) as register:
        for batch in batches(made):
            register.add(batch)


def fill_duckdb(path: Path, made: list[FileVerdict]) -> None:
    """Put the same into DuckDB, with one INSERT for each table and batch."""
    with _duckdb.connect(str(path)) as database:
        database.execute(VISIT)
        for at, batch in enumerate(batches(made)):
            database.execute("BEGIN")
            add_duckdb(database, batch, at * BATCH)
            database.execute("COMMIT")


def add_duckdb(database: Any, batch: list[FileVerdict], first: int) -> None:
    """Put one batch into an open transaction."""
    logs, visits, items, sides = [], [], [], []
    for number, verdict in enumerate(batch, first):
        record = verdict.record
        if record is None:
            continue
        logs.append((verdict.name, verdict.sha256, verdict.verdict.value))
        firm = record.enterprise
        visits.append(
            (
                *(number, record.visit_id, record.revision, verdict.sha256, firm.name),
                *(firm.credit_code, firm.district, firm.industry_code),
                *(record.visit_date.year if record.visit_date else 0, record.tier),
                *(record.score, record.self_score, record_to_json(record)),
            )
        )
        items += [(number, name, one.points, one.maximum) for name, one in record.items.items()]
        sides += [
            (number, name, one.points, one.maximum) for name, one in record.dimensions.items()
        ]
    for table, rows in (("log", logs), ("visit", visits), ("item", items), ("dimension", sides)):
        # Whole columns as lists of texts: many times faster than a mark for every value.
        columns = [
            [None if one is None else str(one) for one in column]
            for column in zip(*rows, strict=True)
        ]
        database.execute(
            f"INSERT INTO {table} SELECT {', '.join(['unnest(?)'] * len(columns))}",
            columns,
        )


def compare(folder: Path, enterprises: int, items: int) -> None:
    """Fill both and ask both the same."""
    made = list(verdicts(enterprises, items))
    left, right = folder / "city.register", folder / "city.duckdb"
    said(
        f"{enterprises} visits, durable in batches of {BATCH}",
        measured(lambda: fill_sqlite(left, made)),
        measured(lambda: fill_duckdb(right, made)),
    )
    print(f"{'size':44} {left.stat().st_size / 1e6:8.1f} MB {right.stat().st_size / 1e6:17.1f} MB")
    said(
        "opening, checked, and one visit",
        measured(lambda: one_sqlite(left), 3),
        measured(lambda: one_duckdb(right), 3),
    )
    digests = [one.sha256 for one in made]
    with (
        open_register(left, read_only=True) as register,
        _duckdb.connect(str(right), read_only=True) as database,
    ):
        known = "SELECT 1 FROM log WHERE sha256 = ? LIMIT 1"
        few = digests[:: max(1, len(digests) // 1000)]
        said(
            f"{len(few)} questions whether a file is known",
            measured(lambda: [register.known(one) for one in few]),
            measured(lambda: [database.execute(known, [one]).fetchone() for one in few]),
        )
        said(
            "districts, criteria, heat map",
            measured(lambda: three_sqlite(register), 3),
            measured(lambda: [database.execute(one).fetchall() for one in STATISTICS], 3),
        )
        place = districts()[0]
        order = "SELECT * EXCLUDE (record) FROM visit WHERE district = ? ORDER BY score DESC"
        said(
            "the visits of a district as rows",
            measured(lambda: list(register.visits(Filter(district=place))), 3),
            measured(lambda: database.execute(order, [place]).fetchall(), 3),
        )


def one_sqlite(path: Path) -> None:
    """Open the register and read a visit."""
    with open_register(path, read_only=True) as register:
        register.record("visit-1")


def one_duckdb(path: Path) -> None:
    """Open the database and read a visit."""
    with _duckdb.connect(str(path), read_only=True) as database:
        database.execute("SELECT record FROM visit WHERE visit_id = 'visit-1'").fetchone()


def three_sqlite(register: Any) -> None:
    """Work out three statistics as the program does."""
    facts = read_facts(register, RUBRIC)
    results(facts, "district")
    criteria(facts)
    heat(facts)


# --- starting and killing -------------------------------------------------------------------------


def starting() -> None:
    """Measure what loading each library adds to a fresh process."""
    base, *libraries = (
        min(_started(code) for _ in range(5)) for code in ("", "import sqlite3", "import duckdb")
    )
    added = ", ".join(
        f"{name} {seconds - base:.3f} s"
        for name, seconds in zip(("sqlite3", "duckdb"), libraries, strict=True)
    )
    print(f"loading adds to a fresh process (clock): {added}")


def _started(code: str) -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return perf_counter() - began


ADDER = """
import sys
from pathlib import Path
import duckdb
from benchmarks.bureau_database import VISIT, add_duckdb
from benchmarks.bureau_statistics import verdicts
made = list(verdicts(5000, 5))
database = duckdb.connect(sys.argv[1])
if not database.execute("SELECT 1 FROM information_schema.tables LIMIT 1").fetchall():
    database.execute(VISIT)
(start,) = database.execute("SELECT count(*) FROM visit").fetchone()
for at in range(start, len(made)):
    database.execute("BEGIN")
    add_duckdb(database, [made[at]], at)
    database.execute("COMMIT")
    print(at, flush=True)
"""


def killing(folder: Path, times: int) -> None:
    """Kill a program that adds to DuckDB; the register's own kills are in `register_kills`."""
    path, acknowledged, lost = folder / "killed.duckdb", -1, 0
    chance = random.Random(1)  # noqa: S311 (moments to kill at)
    for _ in range(times):
        with subprocess.Popen(
            [sys.executable, "-c", ADDER, str(path)], stdout=subprocess.PIPE, text=True
        ) as adder:
            lines = adder.stdout
            if lines is None:
                return
            lines.readline()
            sleep(chance.uniform(0, 0.2))
            adder.kill()
            acknowledged = max([acknowledged, *(int(line) for line in lines.read().split())])
        with _duckdb.connect(str(path)) as database:
            (count,) = database.execute("SELECT count(*) FROM visit").fetchone()
        lost += count <= acknowledged
    print(f"DuckDB killed {times} times, {lost} times something acknowledged lost")


def main() -> None:
    """Compare as the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=105)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--folder", type=Path, help="where to work")
    wish = parser.parse_args()
    print(f"{'processor (clock)':44} {'SQLite':>20} {'DuckDB':>21} {'times':>8}")
    with TemporaryDirectory(dir=wish.folder) as name:
        compare(Path(name), wish.enterprises, wish.items)
        killing(Path(name), wish.kills)
    starting()


if __name__ == "__main__":
    main()
