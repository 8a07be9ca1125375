"""`new`, `fill`, `attach`, `finding add`, `ledger import`: what they do to the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assessor.workspace.visits import opened
from tests.unit.cli.shell import STANDARD_CODE, TEN, Shell, enterprise, written


def content(path: Path) -> Any:
    with opened(path, read_only=True) as one:
        return one.assessment


def test_a_new_visit_takes_the_first_profile_highest_target_and_first_cycle(shell: Shell) -> None:
    said = shell("new", TEN, "-o", "v.assessment", "--enterprise", enterprise())
    assert said.code == 0
    assert "v.assessment" in said.out
    made = content(Path("v.assessment"))
    assert (made.profile, made.target, made.cycle) == ("discrete", "advanced", "2025")
    assert made.enterprise.credit_code == STANDARD_CODE


def test_a_new_visit_as_chosen(shell: Shell) -> None:
    chosen = ("--profile", "process", "--target", "basic", "--cycle", "2026")
    shell("new", TEN, "-o", "v.assessment", "--enterprise", enterprise(), *chosen)
    made = content(Path("v.assessment"))
    assert (made.profile, made.target, made.cycle) == ("process", "basic", "2026")


def test_a_shipped_rubric_is_named_by_its_id(shell: Shell) -> None:
    said = shell("new", "zj.future_factory", "-o", "v.assessment", "--enterprise", enterprise())
    assert said.code == 0
    assert content(Path("v.assessment")).rubric.id == "zj.future_factory"


def test_a_wrong_credit_code_is_refused_with_the_likely_one(shell: Shell, language: str) -> None:
    file = enterprise(credit_code="91350100M001000Y43")
    said = shell("new", TEN, "-o", "v.assessment", "--enterprise", file)
    assert said.code == 2
    assert "91350100M001000Y43" in said.err
    assert STANDARD_CODE in said.err
    assert ("很可能应为" if language == "zh" else "likely") in said.err
    assert not Path("v.assessment").exists()


def test_an_oddly_written_credit_code_is_mended_with_a_warning(shell: Shell) -> None:
    file = enterprise(credit_code="91350100m000100y43")
    said = shell("new", TEN, "-o", "v.assessment", "--enterprise", file)
    assert said.code == 0
    assert STANDARD_CODE in said.err
    assert content(Path("v.assessment")).enterprise.credit_code == STANDARD_CODE


def test_an_existing_file_is_never_overwritten(shell: Shell, visit: Path) -> None:
    before = visit.read_bytes()
    said = shell("new", TEN, "-o", visit, "--enterprise", "enterprise.json")
    assert (said.code, said.out) == (2, "")
    assert visit.read_bytes() == before


def test_filling_by_number_and_by_id(shell: Shell, visit: Path) -> None:
    file = written(
        "answers.json",
        {
            "answers": {
                "1": {"inputs": {"nc": "7", "total": "10"}, "note": "抽查 10 台"},
                "planning": {"option": "C"},
            },
            "gates": {"entity": {"pass": True}},
            "indicators": {"defects": {"inputs": {"rate_before": "2", "rate_after": "1"}}},
        },
    )
    said = shell("fill", visit, file)
    assert said.code == 0
    found = content(visit)
    assert set(found.answers) == {"nc_rate", "planning"}
    assert found.answers["nc_rate"].note == "抽查 10 台"
    assert found.gates["entity"].confirmed is True
    assert set(found.indicators) == {"defects"}


def test_filling_again_replaces_only_what_is_named(shell: Shell, visit: Path) -> None:
    shell(
        "fill", visit, written("1.json", {"answers": {"4": {"option": "C"}, "7": {"option": "no"}}})
    )
    shell("fill", visit, written("2.json", {"answers": {"4": {"option": "D"}}}))
    answers = content(visit).answers
    assert {key: answer.option for key, answer in answers.items()} == {
        "planning": "D",
        "backup": "no",
    }


def test_the_enterprises_own_answers_are_kept_beside(shell: Shell, visit: Path) -> None:
    shell("fill", visit, written("1.json", {"answers": {"4": {"option": "D"}}}), "--self")
    found = content(visit)
    assert found.answers == {}
    assert found.self_assessment.answers["planning"].option == "D"


def test_one_fault_keeps_the_whole_file_out(shell: Shell, visit: Path, language: str) -> None:
    before = visit.read_bytes()
    file = written(
        "answers.json",
        {
            "answers": {
                "planning": {"option": "C"},
                "execution": {"option": "L9"},
                "1": {"inputs": {"nc": "-3", "total": "10"}},
                "99": {"option": "A"},
            }
        },
    )
    said = shell("fill", visit, file)
    assert (said.code, said.out) == (2, "")
    for piece in ("L9", "L0, L1, L2", "answers.execution", "answers.1.inputs.nc", "99"):
        assert piece in said.err
    label = "错误" if language == "zh" else "error"
    assert said.err.count(f"[{label}]") == 3
    assert visit.read_bytes() == before


def test_units_replace_the_single_answer_of_a_block(shell: Shell, visit: Path) -> None:
    shell("fill", visit, written("1.json", {"answers": {"labels": {"options": ["1"]}}}))
    units = {"units": {"lines": [{"id": "u1", "name": "一线"}, {"id": "u2", "name": "二线"}]}}
    answers = {"labels@u1": {"options": ["1"]}, "labels@u2": {"options": ["1", "2"]}}
    said = shell("fill", visit, written("2.json", {**units, "answers": answers}))
    assert said.code == 0
    assert set(content(visit).answers) == {"labels@u1", "labels@u2"}
    # 1/2 of 5 and all of 5: the mean is 3.75
    explained = shell("explain", visit, "labels").out
    assert "3.75 / 5.00" in explained
    assert "u1" in explained
    before = visit.read_bytes()
    refused = shell("fill", visit, written("3.json", {"answers": {"labels": {"none": True}}}))
    assert refused.code == 2
    assert "labels@u1" in refused.err
    assert visit.read_bytes() == before


def test_evidence_is_stored_with_its_caption(shell: Shell, visit: Path) -> None:
    Path("log.txt").write_text("2026-01-01 backup ok\n", encoding="utf-8")
    said = shell("attach", visit, "7", "log.txt", "--caption", "备份日志", "--kind", "log")
    assert said.code == 0
    (piece,) = content(visit).evidence
    assert (piece.file_name, piece.caption, piece.kind, piece.criteria) == (
        "log.txt",
        "备份日志",
        "log",
        ("backup",),
    )
    assert "备份日志" in shell("explain", visit, "backup").out


def test_all_files_are_attached_or_none(shell: Shell, visit: Path) -> None:
    Path("log.txt").write_text("ok\n", encoding="utf-8")
    before = visit.read_bytes()
    said = shell("attach", visit, "7", "log.txt", "missing.txt")
    assert said.code == 2
    assert "missing.txt" in said.err
    assert visit.read_bytes() == before


def test_a_finding_with_everything(shell: Shell, visit: Path) -> None:
    Path("photo.txt").write_text("ok\n", encoding="utf-8")
    options = ("--severity", "major", "--clause", "4.2", "--owner", "设备部")
    more = ("--due", "2026-06-30", "--photo", "photo.txt")
    said = shell("finding", "add", visit, "3", "--text", "标识缺失", *options, *more)
    assert said.code == 0
    found = content(visit)
    (finding,) = found.findings
    assert (finding.criterion, finding.text, finding.severity) == ("labels", "标识缺失", "major")
    assert (finding.clause, finding.owner, str(finding.due)) == ("4.2", "设备部", "2026-06-30")
    assert finding.evidence == (found.evidence[0].id,)
    assert found.evidence[0].caption == "标识缺失"
    assert finding.id in said.out


def test_a_finding_that_is_refused_leaves_no_photograph_behind(shell: Shell, visit: Path) -> None:
    Path("photo.txt").write_text("ok\n", encoding="utf-8")
    before = visit.read_bytes()
    words = ("finding", "add", visit, "3", "--text", "x", "--photo", "photo.txt")
    said = shell(*words, "--clause", "x" * 501)
    assert said.code == 2
    assert "500" in said.err
    assert visit.read_bytes() == before


CSV = "资产编号,数量,已联网数量,是否数控\nA1,6,6,yes\nA2,1,0,yes\nA3,3,1,no\n"


def test_a_ledger_from_csv_counts(shell: Shell, visit: Path) -> None:
    Path("ledger.csv").write_text(CSV, encoding="utf-8")
    said = shell("ledger", "import", visit, "ledger.csv")
    assert said.code == 0
    assert "3" in said.out
    assert len(content(visit).tables["ledger"]) == 3
    shell("fill", visit, written("a.json", {"answers": {"1": {"inputs": {}}}}))
    # 6 + 1 of 10 under control: 70 %, all 15 points
    summary = json.loads(shell("score", visit, "--json").out)
    assert summary["total"] == "15.00"


def test_a_ledger_whose_part_exceeds_the_whole_is_refused(shell: Shell, visit: Path) -> None:
    before = visit.read_bytes()
    Path("ledger.csv").write_text(CSV.replace("A3,3,1", "A3,3,4"), encoding="utf-8")
    said = shell("ledger", "import", visit, "ledger.csv")
    assert said.code == 2
    assert "已联网数量不能超过数量" in said.err
    assert visit.read_bytes() == before
