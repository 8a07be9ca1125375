"""The intake judged by the worker processes of a real cluster on this machine.

Cluster and command run in processes of their own: the cluster's library leaves loops and sockets
behind that are no business of the other tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.bureau.intake.workbooks import ROOT, SIGNER, TEN, exported, good, record

PATIENCE = 120
"""Seconds after which a cluster that does not come or go is given up."""


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a cluster with two workers."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unit.workspace.cluster"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        cwd=ROOT,
        env={**environment(), "DASK_TEMPORARY_DIRECTORY": str(tmp_path)},
    ) as cluster:
        assert cluster.stdin is not None
        assert cluster.stdout is not None
        yield cluster.stdout.readline().strip()
        cluster.stdin.close()
        try:
            cluster.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            cluster.kill()


def intake(folder: Path, scheduler: str) -> subprocess.CompletedProcess[str]:
    command = ["bureau", "intake", str(folder / "bureau.register"), str(folder / "books")]
    command += ["--scheduler", scheduler, "--keys", str(folder / "keys.json"), "--json"]
    command += ["--rubrics", str(folder), "--today", "2026-11-20"]
    return subprocess.run(
        [sys.executable, "-m", "assessor", *command],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )


def test_workers_of_a_cluster_give_the_verdicts(scheduler: str, tmp_path: Path) -> None:
    assert scheduler.startswith("tcp://127.0.0.1:")
    books = tmp_path / "books"
    books.mkdir()
    contents = {"a": good(), "b": b"", "c": exported(record(id="visit-0002"), None)}
    contents |= {f"d{number}": good()[: 900 + number] for number in range(9)}
    for name, content in contents.items():
        (books / f"{name}.xlsx").write_bytes(content)
    shutil.copy(TEN, tmp_path)
    key = {"key_id": SIGNER.key_id, "name": "x", "public_key": SIGNER.public_key}
    (tmp_path / "keys.json").write_text(json.dumps([key]), encoding="utf-8")
    done = intake(tmp_path, scheduler)
    assert done.returncode == 1, done.stderr
    files = {row["file"]: row for row in json.loads(done.stdout)["files"]}
    assert [files[f"{name}.xlsx"]["verdict"] for name in "abc"] == [
        "accepted",
        "rejected",
        "warning",
    ]
    assert {files[f"d{number}.xlsx"]["verdict"] for number in range(9)} == {"rejected"}


def test_a_cluster_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "keys.json").write_text("[]", encoding="utf-8")
    done = intake(tmp_path, "127.0.0.1:nowhere")
    assert done.returncode == 2
    assert "127.0.0.1:nowhere" in done.stderr
