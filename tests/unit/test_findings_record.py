"""Findings in the record: photographs from before and after, through every door."""

from __future__ import annotations

from assessor.assessment import (
    Assessment,
    Finding,
    assessment_from_json,
    assessment_to_json,
)
from assessor.commands.proofs import remove_evidence
from assessor.reports.build.context import Context
from assessor.reports.build.findings import finding_chapter
from assessor.reports.build.sheets import build_sheets
from assessor.reports.build.source import ReportOptions
from assessor.reports.document import Heading, Photos
from assessor.reports.table import Table
from assessor.workspace.panel_parts import laid_into, wanted_evidence
from tests.unit.reports.build.report_visits import WORKSHOP, source_of, visit
from tests.unit.storage.samples import bare_record, evidence

FOUND = Finding(id="f1", criterion="c1", text="联锁被短接", evidence=("e1",), recheck=("e2",))


def record(*findings: Finding, pieces: tuple[str, ...] = ("e1", "e2")) -> Assessment:
    items = tuple(
        evidence(name, sha256=f"{at}" * 64, criteria=()) for at, name in enumerate(pieces)
    )
    fields = {**dict(bare_record()), "evidence": items, "findings": findings}
    return Assessment.model_validate(fields)


def test_a_recheck_is_kept_in_json_and_a_file_without_one_opens() -> None:
    made = record(FOUND)
    data = assessment_to_json(made)
    assert assessment_from_json(data) == made
    older = record(FOUND.model_copy(update={"recheck": ()}))
    data = assessment_to_json(older)
    assert "recheck" not in str(data)
    assert assessment_from_json(data) == older


def test_removed_evidence_leaves_the_recheck_too() -> None:
    edit = remove_evidence(record(FOUND), "e2")
    (after,) = edit.apply(record(FOUND)).findings
    assert (after.evidence, after.recheck) == (("e1",), ())
    assert edit.inverse(record(FOUND)).apply(edit.apply(record(FOUND))) == record(FOUND)


def test_a_recheck_comes_along_from_another_experts_file() -> None:
    theirs, own = record(FOUND), record(pieces=("e0", "e1"))
    assert [piece.id for piece in wanted_evidence(theirs, {"c1"})] == ["e1", "e2"]
    (after,) = laid_into(own, theirs, {"c1"}, "li").findings
    digests = {piece.id: piece.sha256 for piece in laid_into(own, theirs, {"c1"}, "li").evidence}
    assert [digests[name] for name in (*after.evidence, *after.recheck)] == ["0" * 64, "1" * 64]


def test_a_report_prints_before_and_after_beside_each_other() -> None:
    made = visit(WORKSHOP, 7)
    photos = [piece for piece in made.evidence if piece.media_type == "image/jpeg"]
    before, after = photos[:2]
    found = Finding(
        id="f1",
        criterion=made.findings[0].criterion,
        text="网关离线",
        evidence=(before.id,),
        recheck=(after.id,),
        state="verified",
    )
    source = source_of(WORKSHOP, made.model_copy(update={"findings": (found,)}))
    blocks = finding_chapter(Context(source, ReportOptions()))
    (row,) = [block for block in blocks if isinstance(block, Photos)]
    assert [photo.sha256 for photo in row.photos] == [before.sha256, after.sha256]
    assert [photo.caption[:4] for photo in row.photos] == ["整改前：", "整改后："]
    assert any(isinstance(block, Heading) and "1" in block.text for block in blocks)
    (sheet,) = [one for one in build_sheets(source, ReportOptions()) if one.key == "findings"]
    (table,) = [block for block in sheet.blocks if isinstance(block, Table)]
    assert table.columns[-1].header == "复核佐证"
    assert table.rows[0].cells[-1].text == after.id
