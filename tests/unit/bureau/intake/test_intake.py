"""Folders taken in: order, what is passed over, what is known, identities, cancelling."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from assessor.bureau.intake.intake import Progress, Wishes, take_in
from assessor.bureau.intake.setting import Setting
from assessor.bureau.intake.settling import Patience
from assessor.bureau.intake.walking import files_in
from assessor.bureau.records import Verdict
from assessor.bureau.register import open_register
from assessor.credit_code import check_character
from assessor.i18n import LANGUAGES
from tests.unit.bureau.intake.desk import (
    IMPATIENT,
    NOW,
    HereExecutor,
    MemoryRegister,
    taken_in,
)
from tests.unit.bureau.intake.workbooks import (
    CODE,
    LIMITS,
    NAME,
    TODAY,
    exported,
    good,
    record,
)

OTHER_CODE = "91330206MA2AF3QY"
BAD = b"PK\x03\x04 nothing more"


def write(folder: Path, **files: bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_xlsx", ".xlsx")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def of(**changes: object) -> bytes:
    return exported(record(**changes))


def enterprise(name: str = NAME, code: str = CODE, district: str = "北仑区") -> dict[str, str]:
    return {"name": name, "credit_code": code, "district": district, "industry_code": "C3525"}


def test_every_file_has_one_verdict_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, b_xlsx=good(), a_xlsx=BAD, sub__c_xlsx=of(id="visit-0002"))
    register, told = MemoryRegister(), []
    summary = taken_in(tmp_path, register, progress=told.append)
    assert [(row.name, row.verdict) for row in register.rows] == [
        ("a.xlsx", Verdict.REJECTED),
        ("b.xlsx", Verdict.ACCEPTED),
        ("sub/c.xlsx", Verdict.ACCEPTED),
    ]
    assert summary.counts == {Verdict.REJECTED: 1, Verdict.ACCEPTED: 2}
    assert [(one.done, one.total) for one in told if isinstance(one, Progress)] == [
        (1, 3),
        (2, 3),
        (3, 3),
    ]
    assert all(row.first_seen == NOW and row.size for row in register.rows)
    for row in register.rows:
        for finding in row.findings:
            assert all(finding.reason.pick(language) for language in LANGUAGES)


def test_a_second_run_does_only_what_is_new(tmp_path: Path) -> None:
    write(tmp_path, a_xlsx=good(), b_xlsx=BAD)
    register = MemoryRegister()
    taken_in(tmp_path, register)
    write(tmp_path, c_xlsx=of(id="visit-0003"))
    again = HereExecutor()
    summary = taken_in(tmp_path, register, again)
    assert again.judged == ["c.xlsx"]
    assert (summary.new, summary.counts[Verdict.SKIPPED]) == (1, 2)
    assert [row.name for row in register.rows] == ["a.xlsx", "b.xlsx", "c.xlsx"]


def test_a_known_file_is_judged_again_on_request(tmp_path: Path) -> None:
    write(tmp_path, a_xlsx=BAD)
    register = MemoryRegister()
    taken_in(tmp_path, register)
    again = HereExecutor()
    taken_in(tmp_path, register, again, again=frozenset({register.rows[0].sha256}))
    assert again.judged == ["a.xlsx"]


def test_what_is_no_workbook_is_passed_over_and_said(tmp_path: Path) -> None:
    files = {"~$a.xlsx": b"x", "report.pdf": b"%PDF", "notes.txt": b"x"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    register, executor = MemoryRegister(), HereExecutor()
    taken_in(tmp_path, register, executor)
    assert executor.judged == []
    assert {row.name: row.findings[0].code for row in register.rows} == {
        "~$a.xlsx": "container.lock_file",
        "report.pdf": "container.other_file",
        "notes.txt": "container.other_file",
    }
    assert {row.verdict for row in register.rows} == {Verdict.SKIPPED}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, outside__a_xlsx=good())
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.xlsx").symlink_to(tmp_path / "outside" / "a.xlsx")
    (folder / "dir").symlink_to(tmp_path / "outside", target_is_directory=True)
    register, executor = MemoryRegister(), HereExecutor()
    taken_in(folder, register, executor)
    assert executor.judged == []
    assert {row.name: row.findings[0].code for row in register.rows} == {
        "link.xlsx": "container.symlink",
        "dir": "container.symlink",
    }


def test_a_growing_file_is_skipped_after_a_while(tmp_path: Path) -> None:
    write(tmp_path, a_xlsx=good(), b_xlsx=of(id="visit-0002"))

    def grow(_: float) -> None:
        with (tmp_path / "a.xlsx").open("ab") as file:
            file.write(b"x")

    register = MemoryRegister()
    taken_in(tmp_path, register, patience=Patience(wait=grow))
    assert register.codes("a.xlsx") == ["container.growing"]
    assert register.codes("b.xlsx") == []


def test_a_file_that_stops_growing_is_judged(tmp_path: Path) -> None:
    path = write(tmp_path, a_xlsx=good()[:1000]) / "a.xlsx"
    looks = []

    def finish(_: float) -> None:
        looks.append(1)
        if len(looks) == 1:
            path.write_bytes(good())

    register = MemoryRegister()
    taken_in(tmp_path, register, patience=Patience(wait=finish))
    assert register.codes("a.xlsx") == []
    assert len(looks) == 2


def test_refused_files_are_copied_aside(tmp_path: Path) -> None:
    folder, aside = tmp_path / "in", tmp_path / "aside"
    write(folder, a_xlsx=good(), b_xlsx=BAD)
    taken_in(folder, MemoryRegister(), quarantine=aside)
    (kept,) = aside.iterdir()
    assert kept.name.endswith("-b.xlsx")
    assert kept.read_bytes() == BAD


def test_the_longest_name_fits_into_the_quarantine(tmp_path: Path) -> None:
    folder, aside = tmp_path / "in", tmp_path / "aside"
    write(folder, **{f"{'长' * 80}_xlsx": BAD})
    taken_in(folder, MemoryRegister(), quarantine=aside)
    (kept,) = aside.iterdir()
    assert kept.name.endswith("长.xlsx")


def test_cancelling_keeps_what_there_is_and_goes_on_later(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path, **{f"{number:02}_xlsx": BAD + bytes([number])})
    register, stop = MemoryRegister(), threading.Event()

    def after_three(progress: Progress) -> None:
        if progress.done == 3:
            stop.set()

    summary = taken_in(tmp_path, register, progress=after_three, cancelled=stop)
    assert summary.cancelled
    kept = len(register.rows)
    assert 3 <= kept < 30
    summary = taken_in(tmp_path, register)
    assert (summary.cancelled, summary.new, len(register.rows)) == (False, 30 - kept, 30)


def test_one_place_may_be_a_single_file(tmp_path: Path) -> None:
    path = write(tmp_path, a_xlsx=good()) / "a.xlsx"
    register = MemoryRegister()
    taken_in(path, register)
    assert [row.name for row in register.rows] == ["a.xlsx"]


def test_a_file_that_vanishes_meanwhile_is_passed_over_and_taken_in_when_it_is_back(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, a_xlsx=good()) / "a.xlsx"
    register = MemoryRegister()

    class Late(HereExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
            path.unlink(missing_ok=True)
            return super().submit(fn, *args, **more)

    taken_in(tmp_path, register, Late())
    assert register.codes("a.xlsx") == ["container.vanished"]
    assert register.rows[0].sha256 == ""
    write(tmp_path, a_xlsx=good())
    taken_in(tmp_path, register)
    assert register.rows[1].verdict is Verdict.ACCEPTED


def test_what_is_judged_is_what_the_digest_is_of(tmp_path: Path) -> None:
    """A file replaced after it was found is judged, and known, as what it is now."""
    path = write(tmp_path, a_xlsx=BAD) / "a.xlsx"
    register = MemoryRegister()

    class Late(HereExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
            path.write_bytes(good())
            return super().submit(fn, *args, **more)

    taken_in(tmp_path, register, Late())
    assert register.rows[0].verdict is Verdict.ACCEPTED
    assert register.rows[0].sha256 == sha256(good()).hexdigest()


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    here = write(tmp_path / "1" / "in", a_xlsx=good())
    there = write(tmp_path / "2" / "in", a_xlsx=of(id="visit-0002"), b_xlsx=BAD)
    single = write(tmp_path / "3", a_xlsx=of(id="visit-0003")) / "a.xlsx"
    names = [one.name for one in files_in([here, there, single])]
    assert names == ["a.xlsx", "in/a.xlsx", "in/a.xlsx (2)", "in/b.xlsx"]
    assert [one.name for one in files_in([there])] == ["a.xlsx", "b.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="names are always text there")
def test_a_name_that_is_no_text_stops_nobody(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", b_xlsx=good())
    (folder / os.fsdecode(b"a\xff.xlsx")).write_bytes(BAD)
    with open_register(tmp_path / "a.register", create=True) as register:
        wishes = Wishes(executor=HereExecutor(), patience=IMPATIENT, quarantine=tmp_path / "aside")
        summary = take_in([folder], register, Setting(TODAY), wishes)
        names = [line.name for line in register.log()]
    assert sorted(names) == ["a\\udcff.xlsx", "b.xlsx"]
    assert summary.counts == {Verdict.ACCEPTED: 1, Verdict.REJECTED: 1}
    assert len(list((tmp_path / "aside").iterdir())) == 1


def test_a_file_too_big_to_be_read_is_not_copied_either(tmp_path: Path) -> None:
    folder, aside = tmp_path / "in", tmp_path / "aside"
    write(folder, a_xlsx=b"PK" + bytes(1000), b_xlsx=b"PK")
    setting = Setting(TODAY, limits=replace(LIMITS, packed_bytes=500))
    wishes = Wishes(executor=HereExecutor(setting.limits), quarantine=aside, patience=IMPATIENT)
    register = MemoryRegister()
    take_in([folder], register, setting, wishes)
    assert register.codes("a.xlsx") == ["container.too_big"]
    assert [path.name.partition("-")[2] for path in aside.iterdir()] == ["b.xlsx"]


def test_nobody_waits_for_growing_files_once_it_is_cancelled(tmp_path: Path) -> None:
    write(tmp_path, a_xlsx=good())
    stop, looks = threading.Event(), []

    def wait(_: float) -> None:
        looks.append(1)
        stop.set()
        with (tmp_path / "a.xlsx").open("ab") as file:
            file.write(b"x")

    summary = taken_in(tmp_path, MemoryRegister(), patience=Patience(wait=wait), cancelled=stop)
    assert (summary.cancelled, len(looks)) == (True, 1)


# --- identity -------------------------------------------------------------------------------------


def test_the_same_bytes_again_are_skipped(tmp_path: Path) -> None:
    write(tmp_path, a_xlsx=good(), b_xlsx=good())
    register = MemoryRegister()
    taken_in(tmp_path, register)
    assert register.codes("b.xlsx") == ["identity.same_file"]
    assert "a.xlsx" in register.rows[1].findings[0].reason.pick("zh")
    assert register.rows[1].verdict is Verdict.SKIPPED


def test_the_same_revision_with_other_data_is_refused_and_both_are_shown(tmp_path: Path) -> None:
    other = of(visit={**record().visit.model_dump(mode="json"), "workshop": "二车间"})
    register = MemoryRegister()
    taken_in(write(tmp_path / "1", a_xlsx=good()), register)
    taken_in(write(tmp_path / "2", b_xlsx=other), register)
    assert register.codes("b.xlsx") == ["identity.other_payload"]
    words = register.rows[1].findings[0].reason.pick("en")
    assert "a.xlsx" in words
    assert register.rows[0].record is not None
    assert register.rows[0].record.payload_digest[:12] in words


def test_a_newer_revision_is_accepted_and_an_older_one_said(tmp_path: Path) -> None:
    write(tmp_path, a_xlsx=good(), b_xlsx=of(revision=3), c_xlsx=of(revision=2))
    register = MemoryRegister()
    taken_in(tmp_path, register)
    assert register.codes("b.xlsx") == []
    assert register.codes("c.xlsx") == ["identity.older_revision"]
    assert all(row.record is not None for row in register.rows)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"enterprise": enterprise(name="宁波改名有限公司")}, "identity.other_name"),
        ({"enterprise": enterprise(code="91350100M000100Y43")}, "identity.other_code"),
        ({"enterprise": enterprise(district="鄞州区")}, "identity.other_district"),
        ({"cycle": "2025"}, "identity.other_cycle"),
    ],
)
def test_an_enterprise_that_is_not_the_same_everywhere(
    changes: dict[str, object], code: str, tmp_path: Path
) -> None:
    write(tmp_path, a_xlsx=good(), b_xlsx=of(id="visit-0002", **changes))
    register = MemoryRegister()
    taken_in(tmp_path, register)
    assert register.codes("a.xlsx") == []
    assert register.codes("b.xlsx") == [code]
    assert register.rows[1].verdict is Verdict.WARNING


def test_a_code_that_checks_is_what_the_tests_use() -> None:
    assert check_character(CODE[:-1]) == CODE[-1]
