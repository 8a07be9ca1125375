"""What a register of enterprises says of forms that are about somebody else or score nothing."""

from __future__ import annotations

import pytest

from assessor.assessment import RubricRef
from assessor.bureau.intake.editions import editions_of
from assessor.bureau.records import Verdict
from assessor.i18n import render
from tests.strategies.visits import shipped


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("industrial_internet_city", "rubric.other_body", "城市或区、县（市），不是企业"),
        ("smart_manufacturing_project", "rubric.not_scored", "只采集、不评分"),
    ],
)
def test_a_form_is_rejected_with_the_reason(name: str, code: str, said: str) -> None:
    loaded = shipped(name)
    rubric = loaded.rubric
    reference = RubricRef(id=rubric.id, version=rubric.version, digest=loaded.digest)
    found, finding = editions_of([loaded, shipped("digital_workshop")]).find(reference)
    assert found is None
    assert finding is not None
    assert (finding.code, finding.verdict) == (code, Verdict.REJECTED)
    assert said in render(finding.reason, "zh")
    assert rubric.short_title.en in render(finding.reason, "en")


def test_a_scored_rubric_is_taken_as_before() -> None:
    loaded = shipped("digital_workshop")
    rubric = loaded.rubric
    reference = RubricRef(id=rubric.id, version=rubric.version, digest=loaded.digest)
    assert editions_of([loaded]).find(reference) == (loaded, None)
