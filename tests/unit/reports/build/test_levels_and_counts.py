"""The printed report of rubrics with levels, counted scenes and weights that are missing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessor.analysis.golden import golden_assessment
from assessor.reports.build.context import Context
from assessor.reports.build.dimensions import radar, tree_table
from assessor.reports.build.focus import reading_phrase
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.build.steps import steps_to
from assessor.reports.build.verdict import verdict_page
from assessor.reports.document import Radar, figures
from assessor.rubrics.models import Rubric
from assessor.rubrics.to_enter import with_weights
from assessor.rules.card import OutcomeScore
from assessor.scoring import score
from tests.strategies.visits import shipped


def context_of(name: str, case: str, *, weighed: bool = True) -> Context:
    rubric: Rubric = shipped(name).rubric
    golden = next(one for one in rubric.golden if one.id == case)
    if weighed and golden.own_weights:
        rubric = with_weights(rubric, golden.weights)
    record = golden_assessment(rubric, golden)
    source = ReportSource(rubric, "ab" * 32, record, score(rubric, record), "cd" * 32, "test")
    return Context(source, ReportOptions())


def outcome(context: Context, name: str) -> OutcomeScore:
    found = context.card.outcome(name)
    assert found is not None
    return found


def text_of(context: Context) -> str:
    return "\n".join(figure.text for figure in figures(verdict_page(context)))


@pytest.fixture(scope="module")
def short() -> Context:
    """One scene short of level 3, the score and the binding ones exactly on their lines."""
    return context_of("sme_digital_2024", "level-3-one-scene-short")


def test_a_count_is_whole_and_says_how_many_are_missing(short: Context) -> None:
    total, scenes, binding = outcome(short, "level-3").readings
    assert reading_phrase(short, total) == "总分 60.00，线 60"
    assert reading_phrase(short, scenes) == "达到第 3 级的场景 7 项，线 8 项，差 1 项"
    assert reading_phrase(short, binding) == "达到第 3 级的约束性场景 5 项，线 5 项"


def test_scenes_stay_out_of_the_radar_and_have_no_points(short: Context) -> None:
    (drawn,) = radar(short)
    assert isinstance(drawn, Radar)
    assert len(drawn.axes) == 9
    assert "应用场景" not in drawn.axes
    rows = [[cell.text for cell in row.cells] for row in tree_table(short, "t").rows]
    scenes = next(row for row in rows if row[0] == "应用场景")
    assert scenes[1] == "—"


def test_where_only_scenes_are_wanting_the_nearest_steps_are_scenes(short: Context) -> None:
    steps = steps_to(short, outcome(short, "level-3"))
    assert len(steps) == 9
    assert all(step.gain is None and step.to.tier == "level-3" for step in steps)


def test_a_satisfied_level_says_what_it_comes_to_by_itself() -> None:
    context = context_of("cmmm", "band-2-below")
    rows = [[cell.text for cell in row.cells] for row in tree_table(context, "t").rows]
    assert [row[1] for row in rows if row[0].startswith("L1")] == ["1.00"]
    assert any("自身 0.80，已满足" in row[0] for row in rows)


def test_a_step_under_a_mean_says_what_the_total_gains() -> None:
    context = context_of("cmmm", "band-1-below")
    steps = steps_to(context, outcome(context, "level-1"))
    before = context.card.total.value
    assert before is not None
    # A half of one of two sub-domains of an element that weighs 20, at a level still at nought.
    step = next(one for one in steps if one.item.criterion.id == "l2.equipment.1")
    assert step.gain == Fraction(20, 100) / 2 / 2
    # The same at the level that it satisfies lifts it from 0.79 to 1.
    first = next(one for one in steps if one.item.criterion.id == "l1.equipment.1")
    assert first.gain == 1 - before


def test_without_weights_nothing_is_drawn_or_promised() -> None:
    context = context_of("cmmm", "discrete-no-weights", weighed=False)
    assert radar(context) == ()
    assert steps_to(context, outcome(context, "level-1")) == ()
    told = text_of(context)
    assert "还有 27 个权重未按标准录入" in told
    assert "0.00" not in told
