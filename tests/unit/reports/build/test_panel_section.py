"""The section on the panel: figures, people, differences, and nothing without several experts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.analysis.panel import PANEL, levels_of
from assessor.assessment import Answer, ExpertOpinions, PanelMember, Visit
from assessor.i18n import LANGUAGES, Language
from assessor.reports.build.context import Context
from assessor.reports.build.panel import panel_blocks
from assessor.reports.build.sheets import build_sheets
from assessor.reports.build.source import ReportOptions
from assessor.reports.document import Table, figures
from assessor.rubrics.models import Rubric
from tests.strategies.visits import shipped
from tests.unit.reports.build.report_visits import WORKSHOP, context_of, sourced

RUBRIC: Rubric = shipped(WORKSHOP).rubric
FIRST, SECOND, THIRD = [c for c in RUBRIC.every_criterion if c.rule.kind == "levels"][:3]
PEOPLE = (
    PanelMember(id="zhang", name="张伟", role="leader"),
    PanelMember(id="li", name="李娜"),
    PanelMember(id="wang", name="王芳"),
)


def said(*places: int) -> ExpertOpinions:
    rated = {
        one.id: levels_of(one)[at] for one, at in zip((FIRST, SECOND, THIRD), places, strict=False)
    }
    return ExpertOpinions(answers={key: Answer(option=option) for key, option in rated.items()})


def with_panel(language: Language = "zh", **opinions: ExpertOpinions) -> Context:
    record = sourced("workshop_done").assessment
    settled = Answer(option=levels_of(SECOND)[2], by=PANEL)
    changed = record.model_copy(
        update={
            "visit": Visit(panel=PEOPLE),
            "opinions": opinions,
            "answers": {**record.answers, SECOND.id: settled},
        }
    )
    return context_of(WORKSHOP, changed, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_people_and_differences_are_printed(language: Language) -> None:
    context = with_panel(language, zhang=said(4, 4, 2), li=said(4, 0, 2), wang=said(4, 2))
    blocks = panel_blocks(context.source, context.words)
    tables = {block.name: block for block in blocks if isinstance(block, Table)}
    overall = tables["panel-agreement"].rows[0]
    # 3 + 0 + 1 of 3 + 3 + 1 pairs.
    assert (overall.cells[1].text, overall.cells[1].value) == ("57.1", Decimal("57.1"))
    (row,) = tables["panel-differences"].rows
    assert f"李娜 {levels_of(SECOND)[0]}" in row.cells[1].text
    assert row.cells[2].value == Decimal("1.00")
    assert levels_of(SECOND)[2] in row.cells[3].text
    told = [figure.text for figure in figures(blocks)]
    assert any("王芳" in text for text in told)


def test_one_expert_or_none_gives_no_section_and_no_sheet() -> None:
    for opinions in ({}, {"zhang": said(1)}):
        context = with_panel(**opinions)
        assert panel_blocks(context.source, context.words) == ()
        keys = [sheet.key for sheet in build_sheets(context.source, ReportOptions())]
        assert "panel" not in keys


def test_the_workbook_has_the_same_blocks() -> None:
    context = with_panel(zhang=said(1), li=said(2))
    (sheet,) = [s for s in build_sheets(context.source, ReportOptions()) if s.key == "panel"]
    assert sheet.blocks == panel_blocks(context.source, context.words)


def test_what_cannot_be_said_is_said_in_words() -> None:
    context = with_panel(zhang=said(1), li=said(1))
    blocks = panel_blocks(context.source, context.words)
    table = next(one for one in blocks if isinstance(one, Table))
    assert table.rows[0].cells[1].text == "100.0"
    assert {cell.text for cell in table.rows[0].cells[2:]} >= {"无法计算（评分毫无差别）"}
    assert not any(cell.value in (0, 1) for cell in table.rows[0].cells[2:])
