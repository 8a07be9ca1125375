"""No room, no permission, a broken disk or no folder at any write call: nothing old is harmed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

from tests.proofs import mishaps
from tests.proofs.faults import Trouble, in_trouble, under_databases
from tests.proofs.mishaps import Figures, sweep
from tests.proofs.new_files import NEW_FILES


def every(calls: int) -> Iterable[int]:
    return range(1, calls + 1)


def some(calls: int) -> Iterable[int]:
    return sorted({1, 3, calls // 2, calls - 1, calls})


def check(figures: Figures, least: int) -> None:
    assert figures.wrong == []
    assert figures.calls >= least
    assert figures.refused.total() > figures.troubles // 2
    assert figures.refused.total() + figures.endured == figures.troubles


@pytest.mark.parametrize(("name", "least"), [("saving", 20), ("attaching", 20)])
def test_an_edit_is_made_or_refused_whole(name: str, least: int, tmp_path: Path) -> None:
    check(sweep(mishaps.TASKS[name], tmp_path / "place", every), least)


def test_a_backup_is_made_or_refused_whole(tmp_path: Path) -> None:
    check(sweep(mishaps.backing_up, tmp_path / "place", some), 40)


def test_a_report_is_written_or_refused_whole(tmp_path: Path) -> None:
    workbook = partial(mishaps.exporting, pdf=False)
    check(sweep(workbook, tmp_path / "book", lambda calls: (1, calls // 2, calls)), 4)


@pytest.mark.parametrize(
    ("name", "least"), [("creating", 80), ("restoring", 30), ("sealing", 10), ("unsealing", 5)]
)
def test_a_new_file_is_there_whole_or_not_at_all(name: str, least: int, tmp_path: Path) -> None:
    check(sweep(NEW_FILES[name], tmp_path / "place", some), least)


def test_a_file_that_cannot_be_written_is_not_kept_open(tmp_path: Path) -> None:
    """Windows would not let the draft be deleted; an unclosed file is a warning, so a failure."""
    with under_databases() as switch, mishaps.exporting(tmp_path) as task:
        trouble = Trouble("ENOSPC", 2, task.folder)
        with in_trouble(switch, trouble), pytest.raises(Exception, match="out"):
            task.do()
        assert trouble.begun
