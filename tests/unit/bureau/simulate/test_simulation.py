"""Synthetic regions: repeatable, valid, and judged as their truth says."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from assessor.bureau.intake.bench import Bench
from assessor.bureau.intake.judging import judge
from assessor.bureau.intake.reasons import verdict_of
from assessor.bureau.intake.setting import Setting
from assessor.bureau.simulate import simulation
from assessor.bureau.simulate.faults import faults
from assessor.bureau.simulate.region import region_of
from assessor.bureau.simulate.simulation import KEYS, TRUTH, WORKBOOKS, Plan, simulate
from assessor.credit_code import check_credit_code
from assessor.i18n import domain
from assessor.sheets import Limits

TODAY = date(2026, 12, 31)
CHOSEN = {"other-figure", "other-result", "newer-rubric", "stranger", "wrong-code"}
"""One fault for each way of planting one; the benchmark of the intake has them all."""


def region(folder: Path) -> Plan:
    return Plan(2, 5, folder, with_faults=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    chosen = tuple(fault for fault in faults() if fault.name in CHOSEN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulation, "faults", lambda: chosen)
        simulate(region(folder), jobs=1)
    return folder


def truth(folder: Path) -> dict[str, dict[str, object]]:
    data = json.loads((folder / TRUTH).read_text(encoding="utf-8"))
    return {row["file"]: row for row in data["files"]}


def bench(folder: Path) -> Bench:
    keys = json.loads((folder / KEYS).read_text(encoding="utf-8"))
    listed = tuple((key["key_id"], key["name"], key["public_key"]) for key in keys)
    return Setting(TODAY, keys=listed).bench()


def test_every_file_gets_the_verdict_and_the_figures_of_the_truth(made: Path) -> None:
    desk, rows = bench(made), truth(made)
    assert {name.partition("-0")[0] for name in rows if name[0] == "2"} == {
        f"2/{name}" for name in CHOSEN
    }
    for name, row in rows.items():
        found = judge(made / WORKBOOKS / name, desk, TODAY, Limits())
        if row["codes"] == ["identity.other_cycle"]:
            continue  # told only beside the other visit
        assert verdict_of(found.findings).value == row["verdict"], name
        assert [finding.code for finding in found.findings][:1] == row["codes"][:1]  # type: ignore[index]
        if "score" in row:
            assert found.record is not None
            assert (str(found.record.score), found.record.tier) == (row["score"], row["tier"])


def test_equal_seeds_give_equal_files(made: Path, tmp_path: Path) -> None:
    simulate(Plan(1, 5, tmp_path), jobs=1)
    files = sorted(path for path in (tmp_path / WORKBOOKS).rglob("*.xlsx"))
    assert files
    for path in files:
        same = made / WORKBOOKS / path.relative_to(tmp_path / WORKBOOKS)
        assert sha256(same.read_bytes()).digest() == sha256(path.read_bytes()).digest()


def test_enterprises_are_all_different_and_their_codes_check() -> None:
    enterprises = region_of(1_500, 3).enterprises
    assert len({one.name for one in enterprises}) == 1_500
    assert len({one.credit_code for one in enterprises}) == 1_500
    assert all(check_credit_code(one.credit_code).fault is None for one in enterprises)
    assert region_of(10, 3).enterprises == enterprises[:10]


def test_every_fault_has_a_name_and_a_code_of_its_own() -> None:
    planted = faults()
    assert len({fault.name for fault in planted}) == len(planted)
    own = domain("bureau_intake")
    for fault in planted:
        group, _, name = fault.code.partition(".")
        assert name in own or group in ("container", "tamper", "layout")
