"""Random mutations of a good workbook give only verdicts, and never another visit.

The long run is `benchmarks/bureau_mutations.py`.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from assessor.bureau.records import Verdict
from tests.unit.bureau.intake.mutations import mutated
from tests.unit.bureau.intake.workbooks import good, judged

COUNT = 40


def test_mutations_give_only_verdicts(tmp_path: Path) -> None:
    sound = judged(good(), tmp_path).record
    rng = Random(20261120)  # noqa: S311 (repeatable)
    verdicts = set()
    for _ in range(COUNT):
        found = judged(mutated(good(), rng), tmp_path)
        verdicts.add(found.record is not None)
        assert found.record is None or found.record == sound
        assert found.record is not None or any(
            finding.verdict is Verdict.REJECTED for finding in found.findings
        )
    assert verdicts == {True, False}
