"""Files judged in processes that may die: a whole folder, and what ends a process."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import Empty
from typing import Any

import pytest

from assessor.bureau.intake.child import judged_from_line, judged_line
from assessor.bureau.intake.intake import Wishes, take_in
from assessor.bureau.intake.pool import LocalPool, end_here
from assessor.bureau.intake.reader import Reader, _Process
from assessor.bureau.intake.setting import Setting, setting_from_data
from assessor.bureau.records import Verdict
from assessor.errors import AssessorError
from assessor.sheets.own_process import own_environment
from tests.unit.bureau.intake.desk import IMPATIENT, NOW, MemoryRegister
from tests.unit.bureau.intake.workbooks import SIGNER, TEN, TODAY, exported, good, judged, record

KEYS = ((SIGNER.key_id, "宁波示例机构", SIGNER.public_key),)


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    folder = tmp_path_factory.mktemp("older")
    shutil.copy(TEN, folder)
    return Setting(TODAY, older=(str(folder),), keys=KEYS)


@pytest.fixture
def reader(setting: Setting) -> Iterator[Reader]:
    made = Reader(setting)
    yield made
    made.close()


def test_a_setting_survives_its_way(setting: Setting) -> None:
    assert setting_from_data(setting.to_data()) == setting


def test_what_is_judged_survives_its_way(tmp_path: Path) -> None:
    for content in (good(), exported(record(), None), b"", good()[:500]):
        found = judged(content, tmp_path)
        back = judged_from_line(judged_line(found))
        assert back.record == found.record
        for before, after in zip(found.findings, back.findings, strict=True):
            assert (before.code, before.verdict, before.sheet, before.cell) == (
                after.code,
                after.verdict,
                after.sheet,
                after.cell,
            )
            assert before.reason.pick("zh") == after.reason.pick("zh")


def test_a_process_that_died_is_replaced_and_no_file_suffers(
    reader: Reader, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(good())
    assert reader.judge(path).findings == ()
    process = reader._process
    assert process is not None
    process.kill()
    assert reader.judge(path).findings == ()
    assert reader._process is not process


class Dying(_Process):
    """A process that dies over every file."""

    def __init__(self, asked: int) -> None:
        self.asked = asked

    def ready(self) -> bool:
        return True

    def ask(self, line: str, seconds: float) -> str | None:
        self.asked += 1

    def ran_out_of_time(self) -> bool:
        return False

    def close(self) -> None:
        """There is nothing to close."""


def test_a_file_that_ends_even_a_fresh_process_is_refused(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Dying] = []

    def another(_: Setting) -> Dying:
        made.append(Dying(0))
        return made[-1]

    monkeypatch.setattr("assessor.bureau.intake.reader._Process", another)
    reader._process = Dying(7)
    found = reader.judge(tmp_path / "a.xlsx")
    assert [finding.code for finding in found.findings] == ["container.reading_failed"]
    assert [process.asked for process in made] == [1]


class Silent(_Process):
    """A process that is there and never answers."""

    def __init__(self) -> None:
        self.closed = False
        self.asked = 0

    def ready(self) -> bool:
        return True

    def ask(self, line: str, seconds: float) -> str | None:
        raise Empty

    def close(self) -> None:
        self.closed = True


def test_a_file_that_takes_too_long_is_refused_and_its_process_ended(
    reader: Reader, tmp_path: Path
) -> None:
    silent = reader._process = Silent()
    found = reader.judge(tmp_path / "a.xlsx")
    assert [finding.code for finding in found.findings] == ["container.too_slow"]
    assert silent.closed
    assert reader._process is None


def test_a_killed_reader_starts_nothing_more(reader: Reader, tmp_path: Path) -> None:
    reader.kill()
    found = reader.judge(tmp_path / "a.xlsx")
    assert [finding.code for finding in found.findings] == ["container.reading_failed"]


@pytest.mark.parametrize("foreign", [False, True], ids=["own processes", "any executor"])
def test_a_folder_is_taken_in(foreign: bool, setting: Setting, tmp_path: Path) -> None:
    contents = {"a": good(), "b": b"", "c": exported(record(id="visit-2")), "d": good()[:900]}
    for name, content in contents.items():
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    register = MemoryRegister()
    with ThreadPoolExecutor(1) as executor:
        wishes = Wishes(jobs=1, patience=IMPATIENT, now=lambda: NOW)
        if foreign:
            wishes = replace(wishes, executor=executor)
        summary = take_in([tmp_path], register, setting, wishes)
    end_here()
    assert summary.counts == {Verdict.ACCEPTED: 2, Verdict.REJECTED: 2}
    assert [row.verdict.value for row in register.rows] == [
        "accepted",
        "rejected",
        "accepted",
        "rejected",
    ]


def test_a_process_that_cannot_be_started_is_no_files_fault(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "assessor.bureau.intake.reader.own_command", lambda _: [str(tmp_path / "missing")]
    )
    with pytest.raises(AssessorError) as told:
        reader.judge(tmp_path / "a.xlsx")
    assert told.value.message.key == "bureau_intake.no_process"


def test_a_process_that_ends_before_it_is_ready_is_no_files_fault(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = [sys.executable, "-c", "pass"]
    monkeypatch.setattr("assessor.bureau.intake.reader.own_command", lambda _: ending)
    with pytest.raises(AssessorError) as told:
        reader.judge(tmp_path / "a.xlsx")
    assert told.value.message.key == "bureau_intake.no_process"
    assert reader._process is None


def test_a_pool_that_was_killed_starts_nothing_more(setting: Setting, tmp_path: Path) -> None:
    pool = LocalPool(setting, 1)
    pool.kill()
    assert pool._judge([tmp_path / "a.xlsx"]) == []
    pool.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the parent's clock ends a process there")
def test_a_file_that_computes_too_long_is_refused_by_its_processor_time(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting costs no processor time, so a busy machine refuses nobody."""
    spinning = (
        "import sys\n"
        "from assessor.bureau.intake.confine import allow_seconds\n"
        "sys.stdin.readline(); print('ready', flush=True)\n"
        "sys.stdin.readline(); allow_seconds(0.1)\n"
        "while True: pass\n"
    )
    monkeypatch.setattr(
        "assessor.bureau.intake.reader.own_command", lambda _: [sys.executable, "-c", spinning]
    )
    found = reader.judge(tmp_path / "a.xlsx")
    assert [finding.code for finding in found.findings] == ["container.too_slow"]
    assert reader._process is None


def test_workers_that_are_lost_are_said(setting: Setting, tmp_path: Path) -> None:
    class Lost(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
            gone: Future[Any] = Future()
            gone.set_exception(ConnectionError("gone"))
            return gone

    (tmp_path / "a.xlsx").write_bytes(good())
    with Lost(1) as executor, pytest.raises(AssessorError) as told:
        take_in(
            [tmp_path], MemoryRegister(), setting, Wishes(executor=executor, patience=IMPATIENT)
        )
    assert told.value.message.key == "bureau_intake.workers_lost"


@pytest.mark.skipif(sys.platform == "win32", reason="a job object holds the process there")
def test_a_judging_process_holds_itself_to_its_memory() -> None:
    script = (
        "from assessor.bureau.intake.confine import allow_seconds, confine_memory\n"
        "import resource\n"
        "confine_memory(400_000_000); allow_seconds(10)\n"
        "print(resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_FSIZE))\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0] < 60)\n"
        "try:\n    bytearray(500_000_000)\nexcept MemoryError:\n    print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=own_environment(),
    )
    assert done.stdout.split("\n")[:3] == [
        "(400000000, 400000000) (0, 0)",
        "True",
        "refused",
    ]
