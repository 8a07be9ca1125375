"""The power fails two hundred times: the file opens, is whole, and has the last acknowledged edit.

Writes that were not synced are dropped, torn and reordered; see `power`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.storage import schema
from tests.proofs.power import Disk, Op, cut_often, record_session

SIZES = (30_000, 2_300_000, 30_000, 5_000)
"""One is more than SQLite keeps in memory: its pages are written before the commit."""


def test_two_hundred_power_cuts_lose_nothing(tmp_path: Path) -> None:
    session = record_session(tmp_path, 12, SIZES)
    assert len(session.changes) > 200
    assert cut_often(session, 200, tmp_path, seed=20260310) == []


def test_a_file_that_is_not_synced_is_seen_to_break(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "WRITING", {**schema.WRITING, "synchronous": 0})
        session = record_session(tmp_path, 12, SIZES[:1])
    wrong = cut_often(session, 40, tmp_path, seed=1)
    assert any("broken" in fault or "open" in fault for fault in wrong)
    assert any("acknowledged" in fault for fault in wrong)


def test_a_disk_that_lies_about_syncing_is_seen_to_lose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = record_session(tmp_path, 6, SIZES[:1])
    assert cut_often(session, 20, tmp_path, seed=1) == []
    monkeypatch.setattr(Disk, "sync", lambda self, name: None)
    assert cut_often(session, 20, tmp_path, seed=1) != []


def test_what_is_not_synced_may_be_lost_and_what_is_synced_not() -> None:
    disk = Disk()
    disk.make("x")
    disk.add("x", Op(0, b"abc"))
    assert disk.sure == {}
    disk.sync("x")
    disk.add("x", Op(5, b"z"))
    disk.add("x", Op(1, None))
    assert bytes(disk.sure["x"].content) == b"abc"
    disk.sync("x")
    assert bytes(disk.sure["x"].content) == b"a"
