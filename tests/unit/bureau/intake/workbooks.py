"""A good workbook of a small visit, signed with an enrolled key, and ways to spoil it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from assessor.assessment import Assessment, RubricRef, assessment_from_json
from assessor.bureau.intake.bench import Bench
from assessor.bureau.intake.editions import Editions, editions_of
from assessor.bureau.intake.judging import Judged, judge
from assessor.bureau.intake.reasons import verdict_of
from assessor.bureau.records import Verdict
from assessor.canonical import canonical_json
from assessor.exchange.envelope import to_rows
from assessor.exchange.payload import build_payload, payload_digest, read_payload
from assessor.exchange.signature import UNSIGNED, KnownKey, Signer, digests_of
from assessor.i18n import LANGUAGES
from assessor.reports.build.source import ReportOptions
from assessor.reports.excel import write_workbook
from assessor.reports.verify import Source
from assessor.rubrics.loader import LoadedRubric, load
from assessor.scoring import score
from assessor.sheets import Limits
from tests.unit.reports.verify.exported import with_machine_rows

ROOT = Path(__file__).resolve().parents[4]
TEN = ROOT / "tests" / "data" / "rubrics" / "ten_items.json"
TODAY = date(2026, 11, 20)
SIGNER = Signer(bytes(range(32)))
STRANGER = Signer(bytes(range(1, 33)))
CODE = "91330206MA2AF3QX5X"
NAME = "宁波示例精密机械有限公司"
OPTIONS = ReportOptions()
COVER, DETAIL, GATES, EVIDENCE = "封面", "评分明细", "门槛", "佐证清单"
PHOTO = "5" * 64
LIMITS = Limits()

Change = Callable[[dict[str, Any]], None]


@cache
def rubric() -> LoadedRubric:
    return load(TEN)


@cache
def bench() -> Bench:
    return bench_of(editions_of([rubric()]))


def bench_of(editions: Editions) -> Bench:
    """A bench that knows the good signer's key."""
    return Bench(editions, {SIGNER.key_id: KnownKey("宁波示例机构", SIGNER.public_key)})


def record(**changes: object) -> Assessment:
    loaded = rubric()
    reference = RubricRef(id=loaded.rubric.id, version=loaded.rubric.version, digest=loaded.digest)
    data: dict[str, object] = {
        "id": "visit-0001",
        "rubric": reference.model_dump(),
        "cycle": "2026",
        "profile": "discrete",
        "target": "advanced",
        "enterprise": {
            "name": NAME,
            "credit_code": CODE,
            "district": "北仑区",
            "industry_code": "C3525",
            "cluster": "智能装备、关键基础件",
        },
        "visit": {
            "workshop": "一车间",
            "date_from": "2026-10-20",
            "date_to": "2026-10-21",
            "panel": [
                {"id": "p1", "name": "陈建国", "role": "leader"},
                {"id": "p2", "name": "周涛", "role": "observer"},
            ],
        },
        "answers": {
            "nc_rate": {"inputs": {"nc": "30", "total": "40"}, "confidence": "high"},
            "equipment_kinds": {"options": ["a", "c"]},
            "planning": {"option": "C", "confidence": "low"},
            "execution": {"option": "L1"},
            "dispatch": {"option": "L2"},
            "backup": {"option": "yes"},
            "warehouse": {"option": "L1"},
            "cost": {"inputs": {"cost_before": "200", "cost_after": "180"}},
            "services": {"options": ["B", "C"]},
        },
        "gates": {"entity": {"pass": True}},
        "evidence": [
            {
                "id": "e1",
                "sha256": PHOTO,
                "size": 5000,
                "media_type": "image/jpeg",
                "file_name": "a.jpg",
                "kind": "photo",
                "criteria": ["planning"],
            }
        ],
        "self_assessment": {"answers": {"planning": {"option": "D"}}, "made_on": "2026-09-01"},
    }
    return assessment_from_json({**data, **changes})


def source_of(assessment: Assessment) -> Source:
    loaded = rubric()
    card = score(loaded.rubric, assessment)
    data = build_payload(assessment, loaded, card)
    return Source(read_payload(data), payload_digest(data), loaded, card)


def exported(assessment: Assessment, signer: Signer | None = SIGNER) -> bytes:
    """The workbook of a visit as the program writes it."""
    source = source_of(assessment)
    signed = signer.sign(digests_of(source.text)) if signer else UNSIGNED
    out = BytesIO()
    rows = to_rows(source.text, signed, OPTIONS.as_pairs())
    write_workbook(source.document(OPTIONS, signed), out, rows)
    return out.getvalue()


@cache
def good() -> bytes:
    return exported(record())


def with_data(change: Change, signer: Signer | None = SIGNER, book: bytes | None = None) -> bytes:
    """The good workbook with another payload, its digest and signature made anew."""
    data = json.loads(source_of(record()).text)
    change(data)
    text = canonical_json(data)
    signed = signer.sign(digests_of(text)) if signer else UNSIGNED
    return with_machine_rows(book or good(), to_rows(text, signed, OPTIONS.as_pairs()))


def judged(
    content: bytes, folder: Path, name: str = "file.xlsx", limits: Limits = LIMITS
) -> Judged:
    """What is said of a file of this content; every reason can be said in both languages."""
    path = folder / name
    path.write_bytes(content)
    found = judge(path, bench(), TODAY, limits)
    for finding in found.findings:
        assert all(finding.reason.pick(language) for language in LANGUAGES)
    assert (found.record is None) == (verdict_of(found.findings) is Verdict.REJECTED)
    return found


def said(found: Judged) -> list[tuple[str, str, str]]:
    """The findings as (code, sheet, cell)."""
    return [(one.code, one.sheet, one.cell) for one in found.findings]
