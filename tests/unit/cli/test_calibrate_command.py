"""`calibrate`: asked blind, marked with the reasons, kept, and noted in a visit and its report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assessor.reports.pdf_text import page_texts
from assessor.workspace.calibration import bundled_sets, gold_called, read_gold
from assessor.workspace.visits import opened
from tests.unit.cli.shell import Shell, enterprise, written

EXAMPLE = "example-digital-workshop-2026"
WORKSHOP = "nb.digital_workshop"


def answers(differing: int = 0) -> dict[str, Any]:
    """The experts' own answers, some of the levels one step off."""
    gold = gold_called(EXAMPLE).gold
    told: dict[str, dict[str, Any]] = {case.id: {} for case in gold.cases}
    for case, item in gold.questions:
        answer = item.answer.model_dump(mode="json", exclude_defaults=True)
        if differing and str(answer.get("option", "")).startswith("L"):
            answer = {"option": "L1" if answer["option"] != "L1" else "L2"}
            differing -= 1
        told[case.id][item.criterion] = answer
    return {
        "format": "assessor.gold_answers",
        "format_version": 1,
        "set_id": gold.id,
        "answers": told,
    }


@pytest.mark.usefixtures("folder")
def test_the_shipped_set_fits_its_rubric_and_says_that_it_is_invented() -> None:
    (path,) = bundled_sets()
    gold = read_gold(path).gold
    assert gold.invented
    assert gold.notice is not None
    assert "虚构" in gold.title.zh
    assert "invented" in gold.title.en


def test_questions_are_shown_without_the_experts_answers(shell: Shell) -> None:
    gold = gold_called(EXAMPLE).gold
    assert shell("calibrate", "list").out.startswith(EXAMPLE)
    said = shell("calibrate", "ask", EXAMPLE)
    assert said.code == 0
    for _, item in gold.questions:
        assert item.evidence.zh in said.out
        assert item.reason.zh not in said.out
    assert shell("calibrate", "ask", EXAMPLE, "-o", "blank.json").code == 0
    blank = json.loads(Path("blank.json").read_text(encoding="utf-8"))
    assert all(answer == {} for case in blank["answers"].values() for answer in case.values())
    refused = shell("calibrate", "answer", EXAMPLE, "blank.json", "--name", "张伟")
    assert (refused.code, "12" in refused.err) == (2, True)


def test_answers_are_marked_with_reasons_and_kept(shell: Shell) -> None:
    told = written("mine.json", answers(differing=3))
    refused = shell("calibrate", "answer", EXAMPLE, told)
    assert (refused.code, "--name" in refused.err) == (2, True)
    said = shell("calibrate", "answer", EXAMPLE, told, "--name", "张伟")
    assert said.code == 0
    assert "12 题中 9 题" in said.out
    gold = gold_called(EXAMPLE).gold
    assert all(item.reason.zh in said.out for _, item in gold.questions)
    (kept,) = shell("calibrate", "show", "--json").json
    assert (kept["name"], kept["alike"], kept["percent"]) == ("张伟", 9, "75.0")
    assert kept["set_digest"] == gold.digest
    better = written("better.json", answers())
    found: Any = shell("calibrate", "answer", EXAMPLE, better, "--name", "张伟", "--json").json
    assert found["kappa"] == "1.000"
    assert all(one["alike"] for one in found["questions"])
    assert len(shell("calibrate", "show", "--json").json) == 1


def test_a_wrong_answer_file_names_the_place(shell: Shell) -> None:
    wrong = answers()
    wrong["answers"]["gear"]["c4-traceability"] = {"option": "Z9"}
    said = shell("calibrate", "answer", EXAMPLE, written("wrong.json", wrong), "--name", "x")
    assert said.code == 2
    assert "c4-traceability" in said.err
    other = {**answers(), "set_id": "other"}
    assert shell("calibrate", "answer", EXAMPLE, written("o.json", other), "--name", "x").code == 2


def make_visit(shell: Shell, cycle: str) -> Path:
    path = Path(f"visit-{cycle}.assessment")
    made = shell("new", WORKSHOP, "-o", path, "--enterprise", enterprise(), "--cycle", cycle)
    assert made.code == 0
    return path


def test_what_counts_is_noted_in_the_visit_and_printed_in_the_report(shell: Shell) -> None:
    mine = written("mine.json", answers(differing=3))
    assert shell("calibrate", "answer", EXAMPLE, mine, "--name", "张伟").code == 0
    earlier, visit = make_visit(shell, "2025"), make_visit(shell, "2026")
    assert shell("calibrate", "note", earlier).code == 1
    said = shell("calibrate", "note", visit)
    assert said.code == 0
    assert "75.0 %" in said.out
    assert shell("calibrate", "note", visit).code == 1
    with opened(visit, read_only=True) as one:
        (found,) = one.assessment.calibrations
    assert found.invented
    assert shell("report", visit, "-o", "out").code == 0
    (pdf,), (book,) = Path("out").glob("*.pdf"), Path("out").glob("*.xlsx")
    told = "".join(page_texts(pdf)).replace("\n", "")
    assert found.set_digest[:12] in told
    assert "虚构示例" in told
    assert shell("verify", book, pdf).code == 0


def test_a_visit_that_gives_reasons_makes_a_gold_set(shell: Shell) -> None:
    visit = make_visit(shell, "2026")
    assert "理由" in shell("calibrate", "ask", visit).err
    told = {
        "answers": {
            "C4": {"option": "L2", "note": "批次码可查"},
            "C1": {"option": "L2"},
        }
    }
    assert shell("fill", visit, written("told.json", told)).code == 0
    Path("note.txt").write_text("抽查", encoding="utf-8")
    attached = shell("attach", visit, "C4", "note.txt", "--caption", "扫码后系统列出炉号")
    assert attached.code == 0
    said = shell("calibrate", "ask", visit)
    assert said.code == 0
    assert "扫码后系统列出炉号" in said.out
    assert "批次码可查" not in said.out
    gold = read_gold(visit).gold
    assert [item.criterion for _, item in gold.questions] == ["c4-traceability"]
