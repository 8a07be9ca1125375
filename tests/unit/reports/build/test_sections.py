"""Single sections of the printed report, each with the case that makes it speak."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from assessor.assessment import Answer
from assessor.reports.build.appendix import appendix
from assessor.reports.build.beside import beside_chapter
from assessor.reports.build.comparison import comparison_chapter
from assessor.reports.build.context import Context
from assessor.reports.build.cover import cover
from assessor.reports.build.criteria import item_blocks
from assessor.reports.build.findings import finding_chapter
from assessor.reports.build.focus import outcome_in_focus
from assessor.reports.build.indicators import indicator_chapter
from assessor.reports.build.ledger import ledger_chapter
from assessor.reports.build.readings import outcome_chapter
from assessor.reports.build.signing import signing_page
from assessor.reports.build.source import ReportOptions
from assessor.reports.build.sources import source_chapter
from assessor.reports.build.steps import steps_to
from assessor.reports.document import Block, Position, SignaturePanel, Table, figures
from assessor.rubrics.rule_models import LevelsRule, QuantityRule
from assessor.scoring import score, shown_text
from tests.unit.reports.build.report_visits import (
    FACTORY,
    WORKSHOP,
    context_of,
    sourced,
    visit,
)
from tests.unit.reports.build.test_pages import flat


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [figure.text for figure in figures(blocks)]


def context(case: str) -> Context:
    return Context(sourced(case), ReportOptions())


def tables(blocks: tuple[Block, ...]) -> dict[str, Table]:
    return {block.name: block for block in flat(blocks) if isinstance(block, Table)}


def changed(case: str, answers: dict[str, Answer]) -> Context:
    """The visit of a case with other answers."""
    source = sourced(case)
    record = source.assessment.model_copy(
        update={"answers": {**source.assessment.answers, **answers}}
    )
    name = WORKSHOP if case.startswith("workshop") else FACTORY
    return context_of(name, record)


def test_a_derived_rubric_says_so_on_the_cover() -> None:
    for case in ("factory_done", "workshop_done"):
        page = cover(context(case))
        assert page.notice.startswith("派生草案，非")
        assert page.notice.count("派生草案") == 1


def test_the_three_readings_stand_side_by_side_with_their_standing() -> None:
    told = tables(outcome_chapter(context("factory_done")))["readings-workshop"]
    rows = [[cell.text for cell in row.cells] for row in told.rows]
    entry = context("factory_done").card.outcomes[0]
    assert [row[1].removesuffix(" %") for row in rows] == [
        shown_text(found.span.value) for found in entry.readings
    ]
    assert [row[2] for row in rows] == ["75 %", "—", "75"]
    assert [row[3] for row in rows] == ["达到", "无线", "达到"]
    assert [row[-1] for row in rows] == ["派生"] * 3


def test_each_step_is_one_option_below_the_tier_and_none_is_left_out() -> None:
    top = context_of(FACTORY, visit(FACTORY, 8, target="future_factory", rich=False))
    found = {step.item.criterion.id for step in steps_to(top, outcome_in_focus(top))}
    wanted = set()
    for item in top.required:
        rule = item.criterion.rule
        key = item.forced_by.then if item.forced_by else item.answers[0].option
        if isinstance(rule, LevelsRule):
            tiers = [option.tier == "future_factory" for option in rule.options]
            here = [option.key for option in rule.options].index(key)
            if not tiers[here] and tiers[here + 1 : here + 2] == [True]:
                wanted.add(item.criterion.id)
    assert found == wanted
    assert found


def test_the_gain_of_a_step_is_what_the_total_gains() -> None:
    before = context("workshop_done")
    for step in steps_to(before, outcome_in_focus(before))[:4]:
        after = changed("workshop_done", {step.item.criterion.id: Answer(option=step.to.key)})
        assert after.card.base.value - before.card.base.value == step.gain


def test_left_out_items_are_shown_with_both_ways_of_counting() -> None:
    item = next(
        item for item in sourced("workshop_done").rubric.criteria if item.not_applicable is not None
    )
    told = changed("workshop_done", {item.id: Answer(na=True, reason="工序全部外协")})
    rows = tables(beside_chapter(told))["exclusions"].rows
    counted = told.card.with_exclusions_counted
    assert rows[0].cells[1].text == shown_text(told.card.total.value)
    assert rows[1].cells[1].text == shown_text(counted.value)
    assert rows[0].cells[1].text != rows[1].cells[1].text
    score_of = told.card.item(item.id)
    assert "不适用　理由：工序全部外协" in texts(tuple(item_blocks(told, score_of)))


def test_optional_items_and_bonus_stand_beside_the_total() -> None:
    for case, role in (("factory_done", "optional"), ("workshop_done", "bonus")):
        made = context(case)
        items = [item for item in made.card.items if item.role == role]
        rows = tables(beside_chapter(made))[role].rows
        assert [row.cells[2].text for row in rows] == [shown_text(i.points) for i in items]


def test_the_comparison_has_every_item_and_the_difference_in_points() -> None:
    made = context("workshop_done")
    source = sourced("workshop_done")
    own_answers = source.assessment.self_assessment.answers
    own = score(source.rubric, source.assessment.model_copy(update={"answers": own_answers}))
    rows = tables(comparison_chapter(made))["comparison"].rows
    body = [row.cells for row in rows if row.style == "body"]
    assert len(body) == made.card.asked
    for cells, item in zip(body, made.required, strict=True):
        theirs = own.item(item.criterion.id).points
        assert cells[3].text == shown_text(theirs)
        assert cells[5].value == item.points - theirs
    assert comparison_chapter(context("factory_top")) == ()


def test_a_linked_answer_shows_what_counts_and_why() -> None:
    rubric = sourced("factory_done").rubric
    linked = next(item for item in rubric.criteria if item.links)
    link = linked.links[0]
    other = next(o.key for o in linked.rule.options if o.key != link.then)
    made = changed(
        "factory_done", {link.when: Answer(option=link.option), linked.id: Answer(option=other)}
    )
    told = " ".join(texts(tuple(item_blocks(made, made.card.item(linked.id)))))
    trigger = rubric.criterion_by_id[link.when].number
    assert f"由第 {trigger} 题联动，按 {link.then} 计" in told
    forced = next(o for o in linked.rule.options if o.key == link.then)
    assert forced.text.zh in told
    assert "答案之间的矛盾" in " ".join(texts(finding_chapter(made)))


def test_a_measure_without_baseline_is_said_to_be_unproven() -> None:
    rubric = sourced("workshop_done").rubric
    item = next(
        c for c in rubric.criteria if isinstance(c.rule, QuantityRule) and c.rule.measure.baseline
    )
    made = changed("workshop_done", {item.id: Answer(no_baseline=True)})
    told = texts(tuple(item_blocks(made, made.card.item(item.id))))
    assert any("未证" in text for text in told)
    chart = next(b for b in flat(indicator_chapter(made)) if isinstance(b, Position) and not b.text)
    assert chart.x is None


def test_an_unusable_measure_gives_its_reason() -> None:
    rubric = sourced("workshop_done").rubric
    item = next(
        c for c in rubric.criteria if isinstance(c.rule, QuantityRule) and c.rule.measure.baseline
    )
    inputs = {entry.id: Decimal(0) for entry in item.rule.measure.inputs}
    made = changed("workshop_done", {item.id: Answer(inputs=inputs)})
    told = " ".join(texts(tuple(item_blocks(made, made.card.item(item.id)))))
    assert made.card.item(item.id).state == "not_computable"
    assert "无法计算：" in told


def test_each_measured_figure_lies_on_its_curve() -> None:
    made = context("workshop_done")
    charts = [b for b in flat(indicator_chapter(made)) if isinstance(b, Position)]
    measures = [i for i in made.card.items if isinstance(i.criterion.rule, QuantityRule)]
    assert [chart.y for chart in charts] == [item.points for item in measures]
    for chart in charts:
        assert chart.points[0][0] <= chart.x <= chart.points[-1][0]
        assert [x for x, _ in chart.points] == sorted(x for x, _ in chart.points)


def test_reported_indicators_are_computed_and_the_rest_said_to_be_open() -> None:
    told = texts(indicator_chapter(context("factory_done")))
    assert told.count("未答") == 2
    assert "10.00 %" in told


def test_the_ledger_is_summed_up() -> None:
    rows = tables(ledger_chapter(context("workshop_done")))["totals-ledger"].rows
    assert rows[0].cells[1].text == "64"
    assert ledger_chapter(context("factory_done")) == ()


def test_findings_are_listed_and_none_is_said_too() -> None:
    rows = tables(finding_chapter(context("workshop_done")))["finding-list"].rows
    assert len(rows) == 3
    assert "本次评估没有登记问题。" in texts(finding_chapter(context("factory_top")))


def test_shortfalls_are_all_listed() -> None:
    made = context("factory_done")
    told = texts(finding_chapter(made))
    for found in made.card.evidence_shortfalls:
        assert found.text.pick("zh") in told


def test_the_panel_signs_and_observers_do_not() -> None:
    page = signing_page(context("workshop_done"))
    panel = next(block for block in page if isinstance(block, SignaturePanel))
    assert [(p.name, p.date) for p in panel.people] == [
        ("陈建国", "2025-11-19"),
        ("李晓燕", ""),
        ("", ""),
    ]


def test_every_source_is_named_with_its_kind_and_the_counts_add_up() -> None:
    made = context("factory_done")
    found = tables(source_chapter(made))
    kinds = Counter(row.cells[3].badge for row in found["source-list"].rows)
    assert kinds == Counter(source.kind for source in made.source.rubric.sources)
    for row in found["basis"].rows:
        numbers = [int(cell.text) for cell in row.cells[1:]]
        assert sum(numbers[:-1]) == numbers[-1]
    assert int(found["basis"].rows[0].cells[-1].text) == len(made.card.items)
    for gap in made.source.rubric.known_gaps:
        assert any(gap.text.zh in text for text in texts(source_chapter(made)))


def test_the_appendix_is_plain_about_unsigned_digests() -> None:
    made = context("factory_done")
    told = texts(appendix(made))
    assert made.source.payload_digest in told
    assert made.source.rubric_digest in told
    assert any("只能发现意外改动" in text for text in told)
    assert any("assessor verify" in text for text in told)
