"""A byte that changes between writing a file and reading it again is caught before "done"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assessor.assessment import Answer, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError
from assessor.i18n import LANGUAGES
from assessor.workspace import reports
from assessor.workspace.reports import write_report
from assessor.workspace.visits import OpenVisit, new_visit, opened
from tests.proofs.mishaps import LEVELS, LOADED, contents


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[OpenVisit]:
    path = tmp_path / "visit.assessment"
    new_visit(path, LOADED, Enterprise(name="宁波甬示精密机械有限公司"), Visit())
    with opened(path) as made:
        yield made


def damage_before_reading(
    monkeypatch: pytest.MonkeyPatch, suffix: str, change: Callable[[bytearray], None]
) -> list[Path]:
    """Let a draft change on the disk in the moment between writing and reading it."""
    real, damaged = reports.require_verified, list[Path]()

    def meanwhile(draft: Path, final_path: Path, *more: Any) -> None:
        if final_path.suffix == suffix:
            data = bytearray(draft.read_bytes())
            change(data)
            draft.write_bytes(data)
            damaged.append(draft)
        real(draft, final_path, *more)

    monkeypatch.setattr(reports, "require_verified", meanwhile)
    return damaged


def flip(share: float) -> Callable[[bytearray], None]:
    def change(data: bytearray) -> None:
        data[int(len(data) * share)] ^= 0x10

    return change


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
@pytest.mark.parametrize("suffix", [".xlsx", ".pdf"])
def test_a_flipped_byte_is_caught_and_the_older_report_stays(
    visit: OpenVisit, suffix: str, share: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes = {"pdf": suffix == ".pdf", "workbook": suffix == ".xlsx"}
    out = tmp_path / "out"
    write_report(visit, out, **wishes)
    before = contents(out)
    visit.do(set_answer(LEVELS[0], Answer(option="L2")))
    damaged = damage_before_reading(monkeypatch, suffix, flip(share))
    with pytest.raises(AssessorError) as refusal:
        write_report(visit, out, **wishes)
    assert len(damaged) == 1
    assert all(refusal.value.text(language) for language in LANGUAGES)
    assert contents(out) == before
    monkeypatch.undo()
    assert write_report(visit, out, **wishes)
    assert contents(out) != before
