"""The bureau's commands over a register: lists, statistics, tables filled in, outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assessor.bureau.register import open_register
from assessor.cli.app import run
from tests.unit.bureau.bulletin.city import RUBRIC, SMALL_PLACE, city
from tests.unit.bureau.register.records import accepted, visit

CODE = "91350100M000100Y43"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city(tmp_path_factory.mktemp("city"))


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = run(["bureau", *(str(one) for one in arguments)])
    out = capsys.readouterr()
    return code, out.out, out.err


def data(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    code, out, _ = said(capsys, *arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_the_log_by_verdict(capsys: pytest.CaptureFixture[str], shared: Path) -> None:
    rows = data(capsys, "log", shared, "--verdict", "rejected")["rows"]
    assert [(row["file"], row["place"]) for row in rows] == [("bad.xlsx", "评分明细!E37")]
    assert len(data(capsys, "log", shared)["rows"]) == 22
    assert said(capsys, "log", shared, "--verdict", "nonsense")[0] == 2


def test_the_list_is_restricted(capsys: pytest.CaptureFixture[str], shared: Path) -> None:
    found = data(capsys, "list", shared, "--district", SMALL_PLACE)["rows"]
    assert [(row["score"], row["decision"]) for row in found] == [("33.33", "")]
    found = data(capsys, "list", shared, "--text", "code-0002", "--cycle", "2026")["rows"]
    assert [(row["visit_ids"], row["decision"]) for row in found] == [(["visit-2"], "已认定")]


def test_one_visit_whole(capsys: pytest.CaptureFixture[str], shared: Path) -> None:
    assert data(capsys, "show", shared, "visit-3")["score"] == "63"
    code, out, _ = said(capsys, "show", shared, "visit-3")
    assert code == 0
    assert "企业03" in out
    assert "9.25" not in out
    code, _, err = said(capsys, "show", shared, "nobody")
    assert code == 2
    assert "nobody" in err


def test_statistics_lead_to_their_visits(capsys: pytest.CaptureFixture[str], shared: Path) -> None:
    rows = data(capsys, "stats", shared, "district", "--cycle", "2026")["rows"]
    found = {row["district"]: row for row in rows}
    # 61 to 67 in one district, 68 to 74 in the other.
    assert found["海曙区"]["median"] == "64"
    assert found["鄞州区"]["median"] == "71"
    assert set(found["海曙区"]["visit_ids"]) == {f"visit-{at}" for at in range(1, 8)}
    assert found[SMALL_PLACE]["mean"] == "33.33"


def test_an_enterprise_over_time(capsys: pytest.CaptureFixture[str], shared: Path) -> None:
    rows = data(capsys, "stats", shared, "trend", "--text", "code-0003")["rows"]
    found = [(row["cycle"], row["score"], row["difference"]) for row in rows]
    assert found == [("2025", "63", None), ("2026", "63", "0")]


def test_published_statistics_withhold(capsys: pytest.CaptureFixture[str], shared: Path) -> None:
    rows = data(capsys, "stats", shared, "district", "--publish")["rows"]
    found = {row["district"]: row for row in rows}
    assert "mean" not in found[SMALL_PLACE]
    assert found[SMALL_PLACE]["visit_ids"] == []
    shown = [name for name, row in found.items() if "visits" in row]
    assert len(shown) == 2


@pytest.mark.parametrize("option", [("--cycle", "2026"), ("--text", "a"), ("--year", "2026")])
def test_what_is_published_takes_no_filter(
    capsys: pytest.CaptureFixture[str], shared: Path, option: tuple[str, str]
) -> None:
    code, _, err = said(capsys, "stats", shared, "district", "--publish", *option)
    assert code == 2
    assert option[0] in err


@pytest.mark.parametrize("name", ["trend", "severity", "roster"])
def test_what_names_somebody_is_not_published(
    capsys: pytest.CaptureFixture[str], shared: Path, name: str
) -> None:
    code, _, err = said(capsys, "stats", shared, name, "--publish")
    assert code == 2
    assert name in err


@pytest.mark.parametrize(
    "name",
    [
        "industry",
        "cluster",
        "year",
        "cycle",
        "tier",
        "histogram",
        "criteria",
        "heat",
        "years",
        "inflation",
        "severity",
        "plan",
        "city",
        "roster",
    ],
)
def test_every_statistic_is_said(
    capsys: pytest.CaptureFixture[str], shared: Path, name: str
) -> None:
    code, out, _ = said(capsys, "stats", shared, name, "--ui-lang", "en")
    assert code == 0
    assert len(out.splitlines()) >= 3
    assert "{" not in out


def test_an_unknown_statistic_names_the_known(
    capsys: pytest.CaptureFixture[str], shared: Path
) -> None:
    code, _, err = said(capsys, "stats", shared, "mood")
    assert code == 2
    assert "histogram" in err


def test_a_drawing_is_written_with_its_reasons(
    capsys: pytest.CaptureFixture[str], shared: Path, tmp_path: Path
) -> None:
    path = tmp_path / "sample.xlsx"
    code, out, _ = said(capsys, "sample", shared, "--count", 3, "--seed", 5, "-o", path)
    first = path.read_bytes()
    assert code == 0
    assert said(capsys, "sample", shared, "--count", 3, "--seed", 5, "-o", path)[0] == 0
    assert path.read_bytes() == first
    book = load_workbook(path)
    try:
        rows = [
            row for row in book["复核抽查名单"].iter_rows(values_only=True) if row[0] in (1, 2, 3)
        ]
    finally:
        book.close()
    assert len(rows) == 3
    assert all(str(row[9]) in out for row in rows)


def filled(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    book.close()
    return path


def test_tables_are_entered(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    register = tmp_path / "new.register"
    roster = filled(tmp_path / "a.xlsx", ["企业名称", "批次"], ["甲", "2026"], ["乙", "2026"])
    assert said(capsys, "roster", register, roster)[0] == 0
    decisions = filled(
        tmp_path / "b.xlsx",
        ["企业名称", "信用代码", "细则", "等级", "决定", "决定日期"],
        ["甲", CODE, RUBRIC, "良好", "已认定", "2026-06-01"],
    )
    assert said(capsys, "decide", register, decisions)[0] == 0
    targets = filled(
        tmp_path / "c.xlsx", ["细则", "等级", "年度", "目标"], [RUBRIC, "良好", 2026, 4]
    )
    assert said(capsys, "plan", register, targets)[0] == 0
    rows = data(capsys, "stats", register, "plan")["rows"]
    city_row = next(row for row in rows if row["district"] == "全市")
    assert (city_row["recognised"], city_row["target"], city_row["share"]) == (1, "4", "0.25")
    assert len(data(capsys, "stats", register, "roster")["rows"]) == 2


def test_a_code_typed_as_a_number_enters_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    register = tmp_path / "new.register"
    table = filled(
        tmp_path / "a.xlsx",
        ["企业名称", "信用代码", "批次"],
        ["甲", 913501000000010043, "2026"],
        ["乙", CODE, "2026"],
    )
    code, _, err = said(capsys, "roster", register, table)
    assert code == 2
    assert "Sheet!B2" in err
    assert not register.exists()


def test_merging_tells_what_contradicts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.register" for name in ("city", "same", "other")]
    records = [visit(1), visit(1), visit(1, payload_digest="f" * 64)]
    for path, record in zip(paths, records, strict=True):
        with open_register(path, create=True) as register:
            register.add([accepted(record)])
    assert said(capsys, "merge", *paths[:2])[0] == 0
    code, out, _ = said(capsys, "merge", paths[0], paths[2])
    assert code == 1
    assert "ffffffffffff" in out


def test_bulletin_and_export_name_what_they_wrote(
    capsys: pytest.CaptureFixture[str], shared: Path, tmp_path: Path
) -> None:
    code, out, _ = said(capsys, "bulletin", shared, "--period", "2026-08", "-o", tmp_path)
    assert code == 0
    for ending in ("pdf", "docx"):
        path = tmp_path / f"{RUBRIC}-2026-08.{ending}"
        assert path.is_file()
        assert str(path) in out
    assert said(capsys, "bulletin", shared, "--period", "soon", "-o", tmp_path)[0] == 2
    code, out, _ = said(capsys, "export", shared, "-o", tmp_path, "--csv")
    assert code == 0
    assert str(tmp_path / "items.csv") in out


def test_what_is_given_out_is_remembered_and_gives_the_same_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    register = city(tmp_path)
    draft, first, again = (tmp_path / name for name in ("draft", "first", "again"))
    period = ("--period", "2026-Q3")
    assert said(capsys, "bulletin", register, *period, "-o", draft)[0] == 0
    with open_register(register, read_only=True) as opened:
        assert opened.published() == ()
    for folder in (first, again):
        assert said(capsys, "bulletin", register, *period, "-o", folder, "--release")[0] == 0
    with open_register(register, read_only=True) as opened:
        shown = opened.published()
    assert {one.period for one in shown} == {"2026-Q3"}
    assert {one.name for one in shown if one.grouping == "district"} == {"鄞州区"}
    for name in sorted(path.name for path in first.iterdir()):
        assert (first / name).read_bytes() == (again / name).read_bytes()
        assert (first / name).read_bytes() != (draft / name).read_bytes()


def test_an_empty_register_has_no_bulletin(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    register = tmp_path / "empty.register"
    open_register(register, create=True).close()
    code, _, err = said(capsys, "bulletin", register, "--period", "2026", "-o", tmp_path)
    assert code == 2
    assert "收件" in err
    assert data(capsys, "stats", register, "district")["rows"][0]["visits"] == 0
