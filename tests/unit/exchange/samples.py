"""Visits and rubrics the exchange tests share."""

from __future__ import annotations

from pathlib import Path

from assessor.assessment import Assessment, RubricRef, assessment_from_json
from assessor.rubrics.loader import LoadedRubric, load

ROOT = Path(__file__).resolve().parents[3]
TEN = ROOT / "tests" / "data" / "rubrics" / "ten_items.json"
WORKSHOP = ROOT / "rubrics" / "digital_workshop.json"
FACTORY = ROOT / "rubrics" / "future_factory.json"


def loaded(path: Path = TEN) -> LoadedRubric:
    return load(path)


def visit(rubric: LoadedRubric, **fields: object) -> Assessment:
    """A visit to a made-up enterprise with the fields given."""
    reference = RubricRef(id=rubric.rubric.id, version=rubric.rubric.version, digest=rubric.digest)
    return assessment_from_json(
        {
            "id": "visit-1",
            "rubric": reference.model_dump(),
            "cycle": rubric.rubric.cycles[0].id,
            "profile": rubric.rubric.profiles[0].id,
            "target": rubric.rubric.targets[-1].id,
            "enterprise": {"name": "宁波示例精密机械有限公司", "credit_code": "91350100M000100Y43"},
            **fields,
        }
    )
