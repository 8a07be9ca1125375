"""The verdict page: its words, kept as they were agreed, and its states."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor.assessment import EvidenceItem, GateAnswer, PlatformResult
from assessor.reports.build.context import Context
from assessor.reports.build.highlights import gaps, strengths
from assessor.reports.build.source import ReportOptions
from assessor.reports.build.verdict import headline, verdict_page
from assessor.reports.document import Radar, figures
from tests.unit.reports.build.report_visits import FACTORY, WORKSHOP, context_of, sourced, visit

SNAPSHOTS = Path(__file__).resolve().parents[3] / "snapshots"


@pytest.mark.parametrize("case", ["factory_done", "workshop_open"])
def test_the_words_of_the_verdict_page_are_as_agreed(case: str) -> None:
    context = Context(sourced(case), ReportOptions())
    words = "\n".join(figure.text for figure in figures(verdict_page(context)))
    kept = (SNAPSHOTS / f"verdict_{case}.txt").read_text(encoding="utf-8")
    assert words + "\n" == kept


def lines(context: Context) -> str:
    return "\n".join(line.text for line in headline(context).lines)


def test_a_tier_short_of_its_line_says_how_many_items_are_missing() -> None:
    context = context_of(FACTORY, visit(FACTORY, 9, target="future_factory"))
    assert headline(context).title == "达到“智能工厂”"
    assert "未来工厂：未达到（77 题中 56 题达标，72.73 %，线 75 %，差 2 题）" in lines(context)


def test_nothing_reached_is_bad_and_says_by_how_much() -> None:
    context = context_of(FACTORY, visit(FACTORY, 2, target="workshop", rich=False))
    assert (headline(context).title, headline(context).tone) == ("未达到“数字化车间”", "bad")
    assert "58 题中 22 题达标，37.93 %，线 75 %，差 22 题" in lines(context)


def test_a_grade_stands_behind_what_it_grades() -> None:
    context = context_of(WORKSHOP, visit(WORKSHOP, 7))
    assert (headline(context).title, headline(context).tone) == ("数字化车间：良好", "good")


def test_an_unfinished_visit_is_open_and_names_what_is_still_possible() -> None:
    context = context_of(WORKSHOP, visit(WORKSHOP, 6, open_from=20))
    assert (headline(context).title, headline(context).tone) == (
        "数字化车间：“合格”待定",
        "caution",
    )
    assert "未答 13 题（已答 20/33），得分 47.25，仍可达 47.25–82.25" in lines(context)


def test_an_empty_visit_reads_well() -> None:
    record = visit(FACTORY, 5, target="workshop", rich=False)
    context = context_of(FACTORY, record.model_copy(update={"answers": {}, "gates": {}}))
    assert headline(context).title == "“数字化车间”待定"
    assert "未答 58 题（已答 0/58），得分 0.00" in lines(context)
    assert "尚无得分率达到 75 % 的题。" in [f.text for f in figures(verdict_page(context))]


def test_a_failed_gate_is_named_on_the_verdict() -> None:
    record = visit(WORKSHOP, 7, failed="g-entity")
    context = context_of(WORKSHOP, record)
    assert headline(context).tone == "bad"
    assert "1 项门槛不通过" in lines(context)
    assert "门槛 11 项：不通过 1 项，通过 10 项。" in lines(context)


def test_readings_that_disagree_leave_it_open_with_both_figures() -> None:
    """All items at the tier's lowest answer can have a share that meets and points that miss."""
    record = visit(FACTORY, 4, target="workshop", profile="process", rich=False)
    context = context_of(FACTORY, record)
    entry = context.card.outcomes[0]
    states = {found.reading.id: found.state for found in entry.readings if found.decides}
    told = lines(context)
    for found in entry.readings:
        if found.decides:
            assert context.words.score(found.span.value) in told
    assert (entry.state == "undecided") == (set(states.values()) == {"met", "missed"})


def test_a_platform_score_with_evidence_decides_and_is_reported() -> None:
    record = visit(FACTORY, 2, target="workshop", rich=False)
    proof = EvidenceItem(
        id="shot",
        sha256="0" * 64,
        size=1,
        media_type="image/png",
        file_name="s.png",
        kind="screenshot",
    )
    result = PlatformResult(score="81.5", issued="2025-10-20", evidence=("shot",))
    changed = record.model_copy(
        update={"platform_results": {"workshop": result}, "evidence": (proof,)}
    )
    context = context_of(FACTORY, changed)
    assert headline(context).title == "达到“数字化车间”"


def test_strengths_and_gaps_are_three_from_different_dimensions() -> None:
    context = context_of(WORKSHOP, visit(WORKSHOP, 7))
    good, bad = strengths(context), gaps(context)
    assert len(good) == len(bad) == 3
    for items in (good, bad):
        assert len({item.criterion.dimension for item in items}) == 3
    lost = [item.span.maximum - item.points for item in bad]
    assert lost == sorted(lost, reverse=True)
    assert max(i.span.maximum - i.points for i in context.required) == lost[0]


def test_the_radar_compares_with_the_self_assessment_where_there_is_one() -> None:
    rich = context_of(WORKSHOP, visit(WORKSHOP, 7))
    bare = context_of(WORKSHOP, visit(WORKSHOP, 7, rich=False))
    drawn = [next(_radars(context)) for context in (rich, bare)]
    assert [[line.dashed for line in radar.series] for radar in drawn] == [[False, True], [False]]
    assert drawn[0].axes == tuple(d.dimension.name.zh for d in rich.card.dimensions)


def _radars(context: Context) -> Iterator[Radar]:
    for block in verdict_page(context):
        for part in getattr(block, "parts", ()):
            yield from (inner for inner in part if isinstance(inner, Radar))


def test_gates_not_yet_checked_are_counted() -> None:
    record = visit(WORKSHOP, 7, rich=False)
    gates: dict[str, GateAnswer] = dict(list(record.gates.items())[2:])
    context = context_of(WORKSHOP, record.model_copy(update={"gates": gates}))
    assert "待核 2 项" in lines(context)
