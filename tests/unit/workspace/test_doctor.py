"""The check-up: sound machines pass, faults have a line and advice, the archive tells nothing."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest

from assessor.i18n import LANGUAGES
from assessor.settings import Settings, save_settings
from assessor.storage.errors import ExistsError
from assessor.workspace.backups import BackupPlace, back_up
from assessor.workspace.doctor import checkup, database, own_keys, places, software, time, trial
from assessor.workspace.doctor.checkup import check_up, write_bundle
from assessor.workspace.doctor.line import Line, Machine
from assessor.workspace.report_files import ReportFiles
from tests.unit.workspace.visit_files import new_file

BEIJING = timezone(timedelta(hours=8))
ENTERPRISE = "宁波甬示精密机械有限公司"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    own = tmp_path / "own"
    return Machine(own, own / "settings.json", lambda: datetime.now(UTC).astimezone(BEIJING))


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the trial export, which has a test of its own."""
    monkeypatch.setattr(checkup, "CHECKS", checkup.CHECKS[:-1])


def states(lines: Iterator[Line]) -> dict[str, str]:
    return {line.said.key: line.state for line in lines}


def test_a_sound_machine_has_no_problem(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)
    lines = check_up(machine)
    assert [line.said.pick("en") for line in lines if line.state == "problem"] == []
    assert {area for area, _ in checkup.CHECKS} == {line.area for line in lines}


def test_every_line_is_worded(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)
    for line in check_up(machine):
        for language in LANGUAGES:
            assert line.title.pick(language)
            assert line.said.pick(language)
        assert (line.advice is None) == (line.state == "ok")


def test_the_trial_exports_and_catches_a_change(machine: Machine) -> None:
    assert states(trial.trial(machine)) == {"doctor.export": "ok", "doctor.verify": "ok"}


def test_a_verification_that_sees_nothing_is_a_problem(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, page = tmp_path / "sample.xlsx", tmp_path / "sample.pdf"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("part.xml", trial.SAMPLE)
    passes = SimpleNamespace(error=None, verification=SimpleNamespace(holds=True))
    monkeypatch.setattr(trial, "_exported", lambda *_: ReportFiles(page, book, ""))
    monkeypatch.setattr(trial, "verify_files", lambda paths: tuple(passes for _ in paths))
    assert states(trial.trial(machine))["doctor.verify_blind"] == "problem"


def test_a_check_that_fails_itself_is_a_line(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Machine) -> Iterator[Line]:
        raise ValueError(ENTERPRISE)

    monkeypatch.setattr(checkup, "CHECKS", (("fonts", broken),))
    (line,) = check_up(machine)
    assert (line.area, line.state, line.facts) == ("fonts", "problem", {"crashed": "ValueError"})
    assert ENTERPRISE not in line.said.pick("zh")


def test_a_chosen_backup_folder_that_is_gone(machine: Machine, tmp_path: Path) -> None:
    save_settings(Settings(backup_folder=str(tmp_path / "stick")), machine.settings)
    (line,) = places.backup_folder(machine)
    assert (line.said.key, line.state) == ("doctor.folder_gone", "problem")
    assert not (tmp_path / "stick").exists()


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("in the way")
    lines = list(places.own_folder(Machine(tmp_path / "own", tmp_path / "settings.json")))
    assert [line.state for line in lines] == ["problem"]


def test_a_folder_others_may_write_to(machine: Machine) -> None:
    machine.own.mkdir()
    machine.own.chmod(0o777)
    said = states(places.own_folder(machine))
    # Elsewhere these bits say nothing.
    assert ("doctor.exposed" in said) == (os.name == "posix")


@pytest.mark.parametrize(("free", "state"), [(5e9, "ok"), (5e8, "warning"), (5e7, "problem")])
def test_little_room(
    free: float, state: str, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=int(free)))
    assert {line.state for line in places.space(machine)} == {state}


def test_settings_that_were_reset(machine: Machine) -> None:
    machine.own.mkdir()
    machine.settings.write_text("{", encoding="utf-8")
    assert {line.state for line in places.settings(machine)} == {"warning"}


def test_missing_parts_of_the_program(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(software, "fonts_folder", lambda: machine.own)
    assert {line.state for line in software.fonts(machine)} == {"problem"}
    monkeypatch.setattr(software, "_LIBRARIES", ("pydantic", "no-such-library"))
    (line,) = software.libraries(machine)
    assert (line.state, line.facts["no-such-library"]) == ("problem", "")
    monkeypatch.setattr(software, "list_rubrics", lambda: ())
    assert {line.state for line in software.rubrics(machine)} == {"problem"}


def test_an_old_sqlite(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 30, 0))
    assert {line.state for line in database.sqlite(machine)} == {"problem"}


def test_settings_of_the_database_are_read_back(machine: Machine) -> None:
    (line,) = database.pragmas(machine)
    assert line.facts["synchronous"] == "3"
    assert line.facts["trusted_schema"] == "0"


def test_no_keys_yet_and_broken_ones(machine: Machine) -> None:
    assert {line.state for line in own_keys.keys(machine)} == {"warning"}
    (machine.own / "identity").mkdir(parents=True)
    (machine.own / "identity" / "identity.json").write_text("{}", encoding="utf-8")
    assert {line.state for line in own_keys.keys(machine)} == {"problem"}


@pytest.mark.parametrize("off", [timedelta(days=-9000), timedelta(hours=1), timedelta(days=400)])
def test_a_wrong_clock(off: timedelta, machine: Machine) -> None:
    wrong = Machine(machine.own, machine.settings, lambda: machine.clock() + off)
    assert {line.state for line in time.clock(wrong)} == {"problem"}
    assert {line.state for line in time.clock(machine)} == {"ok"}


def test_backups_from_the_future(machine: Machine, tmp_path: Path) -> None:
    place = BackupPlace(machine.own / "backups", chosen=False)
    back_up(new_file(tmp_path), place, lambda: machine.clock() + timedelta(days=2))
    assert states(time.clock(machine)) == {"doctor.clock_ahead": "problem"}


def test_another_time_zone(machine: Machine) -> None:
    abroad = Machine(machine.own, machine.settings, lambda: datetime.now(UTC))
    assert {line.state for line in time.time_zone(abroad)} == {"warning"}
    assert {line.state for line in time.time_zone(machine)} == {"ok"}


# --- the archive for support ----------------------------------------------------------------------


def contents(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode("utf-8") for name in archive.namelist()]
        return "\n".join([*archive.namelist(), *parts])


def test_the_archive_holds_nothing_of_a_visit(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything private is put where the check-up looks; none of it may come out."""
    quick(monkeypatch)
    monkeypatch.setattr(getpass, "getuser", lambda: "account-of-the-test")
    visit = new_file(tmp_path)
    stick = tmp_path / f"{ENTERPRISE}-stick"
    chosen = Settings(author="张三丰", backup_folder=str(stick), recent=(str(visit),))
    save_settings(chosen, machine.settings)
    defects = machine.own / "defects"
    defects.mkdir()
    lines = ["ValueError", f"/home/张三丰/{ENTERPRISE}.py:3 f", "assessor/cli/app.py:40 run"]
    (defects / "20260310-101500.txt").write_text("\n".join(lines), encoding="utf-8")
    (defects / f"{ENTERPRISE}.txt").write_text("ValueError", encoding="utf-8")
    (defects / "20260310-101501.txt").write_text(f"{ENTERPRISE} broke\n", encoding="utf-8")
    target = tmp_path / "support.zip"
    write_bundle(check_up(machine), machine, target)
    told = contents(target)
    private = [ENTERPRISE, "张三丰", visit.name, str(tmp_path), str(machine.own), stick.name]
    assert [word for word in private if word in told] == []
    assert "account-of-the-test" not in told
    assert "assessor/cli/app.py:40 run" in told
    assert "doctor.folder_gone" in told


def test_the_archive_overwrites_nothing(machine: Machine, tmp_path: Path) -> None:
    target = tmp_path / "support.zip"
    target.write_bytes(b"mine")
    with pytest.raises(ExistsError):
        write_bundle((), machine, target)
    assert target.read_bytes() == b"mine"


def test_the_archive_is_json_for_programs(machine: Machine, tmp_path: Path) -> None:
    write_bundle(list(software.program(machine)), machine, tmp_path / "support.zip")
    with zipfile.ZipFile(tmp_path / "support.zip") as archive:
        data = json.loads(archive.read("check-up.json"))
    assert data[0]["area"] == "program"
    assert set(data[0]) == {"area", "state", "found", "facts"}
