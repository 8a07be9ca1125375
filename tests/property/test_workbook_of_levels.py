"""The workbook recomputes levels, compound grades and means whose weights are missing."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

from assessor.assessment import Answer
from assessor.reports.build import ReportSource
from assessor.reports.document import Document
from assessor.rubrics.models import Rubric
from assessor.scoring import score
from tests.office import recalculated
from tests.reference import sme_digital_2024 as small_enterprises
from tests.strategies.visits import shipped, visit_for
from tests.unit.reports.excel.workbooks import change_answers, differences, document_of, written
from tests.unit.scoring import test_levels as levels
from tests.unit.scoring import test_small_enterprises as grades

MATURITY, SMALL = "cmmm", "sme_digital_2024"


def report(name: str, rubric: Rubric, answers: dict[str, Answer]) -> Document:
    visit = visit_for(shipped(name), answers, profile=rubric.profiles[0].id)
    card = score(rubric, visit)
    digest = shipped(name).digest
    return document_of(ReportSource(rubric, digest, visit, card, "ab" * 32, "assessor test"))


def maturity(seed: int) -> tuple[Rubric, dict[str, Answer], dict[str, Answer]]:
    """The rubric with weights and clauses, and the answers before and after a change."""
    rng = random.Random(seed)  # noqa: S311 (nothing secret)
    weights = {
        path: Fraction(rng.randint(1, 9)) for path, _ in levels.paths(levels.standard().dimensions)
    }
    rubric = levels.with_clauses(levels.weighed(levels.standard(), weights), rng)
    rule = rubric.per_level
    assert rule is not None
    changed = rule.model_copy(update={"satisfied_counts_whole": seed % 2 == 0})
    rubric = rubric.model_copy(update={"per_level": changed})
    return rubric, levels.answered(rubric, rng), levels.answered(rubric, rng)


def small(seed: int) -> tuple[Rubric, dict[str, Answer], dict[str, Answer]]:
    rng = random.Random(seed)  # noqa: S311 (nothing secret)

    def answers() -> dict[str, Answer]:
        scored = {
            name: grades.answer(name, grades.some(name, rng))
            for name in small_enterprises.ITEMS
            if rng.random() < 0.95
        }
        scenes = {name: Answer(option=f"L{rng.randint(1, 4)}") for name in small_enterprises.SCENES}
        return {**scored, **scenes}

    return grades.sme(), answers(), answers()


def unweighed() -> tuple[Rubric, dict[str, Answer], dict[str, Answer]]:
    rng = random.Random(9)  # noqa: S311 (nothing secret)
    rubric = levels.standard()
    return rubric, levels.answered(rubric, rng), levels.answered(rubric, rng)


def test_libreoffice_recomputes_every_figure_after_the_answers_changed(tmp_path: Path) -> None:
    cases = [
        (MATURITY, maturity(2)),
        (MATURITY, unweighed()),
        (SMALL, small(1)),
    ]
    files, expected = [], []
    for number, (name, (rubric, before, after)) in enumerate(cases):
        path = written(report(name, rubric, before), tmp_path / f"{number}.xlsx")
        document = report(name, rubric, after)
        files.append(change_answers(path, document, tmp_path / f"changed{number}.xlsx"))
        expected.append(document)
        assert differences(path, document) != []
    for path, document in zip(recalculated(files, tmp_path), expected, strict=True):
        assert differences(path, document) == []
