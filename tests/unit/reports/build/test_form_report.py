"""The report of a form: figures against targets, no points, no verdict, no enterprise of a city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from assessor.assessment import Answer, Assessment, Contact, Enterprise
from assessor.i18n import LANGUAGES, Language
from assessor.reports.build.context import Context
from assessor.reports.build.pages import context_pages
from assessor.reports.build.sheets_cells import program_cells
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.document import (
    Block,
    Cover,
    Document,
    Heading,
    Headline,
    KeyValues,
    Radar,
    SignaturePanel,
    Table,
)
from assessor.rules import names
from assessor.scoring import score
from tests.office import recalculated
from tests.strategies.visits import shipped, visit_for
from tests.unit.reports.excel.workbooks import (
    change_answers,
    differences,
    document_of,
    source_of,
    written,
)
from tests.unit.scoring.small import item, picked, rubric, visit
from tests.unit.scoring.test_lookup import POINTS, lookup

CITY, PROJECT = "industrial_internet_city", "smart_manufacturing_project"
NA = Answer(na=True, reason="只有全市口径的统计")


def figure(value: str) -> Answer:
    return Answer(inputs={"figure": Decimal(value)})


FIRST = {
    "5g-base-stations": figure("41200"),
    "public-data-open": figure("27.5"),
    "town-5g-coverage": Answer(option="yes"),
    "industry-brain-coverage": Answer(option="no"),
    "software-revenue": figure("1820"),
}
SECOND = {
    **FIRST,
    "5g-base-stations": figure("38000"),
    "public-data-open": figure("30"),
    "industry-brain-coverage": Answer(option="yes"),
    "digital-added-value": figure("10000"),
}


def city(answers: dict[str, Answer], profile: str = "city") -> Assessment:
    made = visit_for(shipped(CITY), answers, profile=profile)
    contact = Contact(name="周敏", title="数字经济处", phone="0574-1234")
    body = Enterprise(name="宁波市", district="", contact=contact)
    return made.model_copy(update={"enterprise": body})


PARTNERS = ({"name": "甬软", "amount": "620.5", "satisfaction": "满意"}, {"name": "甬工"})


def project() -> Assessment:
    given = {"days_before": Decimal(120), "days_after": Decimal(78)}
    answers = {"development_cycle": Answer(inputs=given), "partner_count": Answer(inputs={})}
    answers["cmmm_level"] = Answer(inputs={"level": Decimal(2)})
    made = visit_for(shipped(PROJECT), answers)
    return made.model_copy(update={"tables": {"partners": PARTNERS}})


@cache
def pages(name: str, language: Language) -> tuple[Block, ...]:
    record = city(FIRST) if name == CITY else project()
    context = Context(source_of(name, record), ReportOptions(language=language))
    return context_pages(context)


def told(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        for one in block.figures() if hasattr(block, "figures") else ():
            yield one.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [CITY, PROJECT])
def test_no_points_no_verdict_no_radar(name: str, language: Language) -> None:
    blocks = pages(name, language)
    assert not any(isinstance(block, Radar) for block in blocks)
    marks = {block.bookmark for block in blocks if isinstance(block, Heading)}
    assert {"sec-glance", "sec-progress", "sec-criteria", "sec-signing"} <= marks
    assert not {"sec-dimensions", "sec-outcomes", "sec-steps"} & marks
    unwanted = ("得分", "满分") if language == "zh" else ("score:", "out of")
    assert [said for said in told(blocks) if any(word in said for word in unwanted)] == []


def test_the_first_page_says_what_is_collected_and_how_the_targets_stand() -> None:
    (headline,) = (block for block in pages(CITY, "zh") if isinstance(block, Headline))
    assert (headline.title, headline.figure) == ("已采集 5/55 项", "5")
    assert headline.lines[0].text == "目标 46 个：已达到 3，未达到 5，待填 38"
    assert headline.tone == "caution"


def table(blocks: tuple[Block, ...], name: str) -> Table:
    return next(one for one in blocks if isinstance(one, Table) and one.name == name)


def test_each_target_has_a_row_with_distance_and_way() -> None:
    found = table(pages(CITY, "zh"), "progress-infrastructure")
    rows = [[cell.text for cell in row.cells] for row in found.rows]
    assert rows[0] == [
        "1.1 5G 基站数",
        "41200 个",
        "10852 个（2020 年）",
        "2025 年：超过 40000 个",
        "已达到，超出 1200 个",
        "104.12 %",
    ]
    assert rows[1] == ["", "", "", "2026 年：45000 个", "还差 3800 个", "88.87 %"]
    effects = table(pages(PROJECT, "zh"), "progress-effects")
    assert [column.header for column in effects.columns] == ["指标", "报告期"]


def test_a_city_is_not_called_an_enterprise() -> None:
    blocks = pages(CITY, "zh")
    (cover,) = (block for block in blocks if isinstance(block, Cover))
    labels = {field.label: field.text for field in cover.fields}
    assert labels["填报联系人"] == "周敏 · 数字经济处 · 0574-1234"
    assert not {"统一社会信用代码", "行业代码", "评价目标"} & labels.keys()
    summary = next(b for b in blocks if isinstance(b, KeyValues) and b.fields[0].text == "宁波市")
    assert [field.label for field in summary.fields] == ["城市或区、县（市）", "已采集"]
    (panel,) = (block for block in blocks if isinstance(block, SignaturePanel))
    assert panel.people[-1].role == "填报单位代表"


def test_the_rows_of_lists_are_printed() -> None:
    rows = table(pages(PROJECT, "zh"), "rows-partners").rows
    assert [row.cells[0].text for row in rows] == ["甬软", "甬工"]
    assert rows[0].cells[-1].text == "满意"


# --- the workbook ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [CITY, PROJECT])
def test_every_cell_of_the_rules_stands_on_exactly_one_sheet(name: str, language: Language) -> None:
    record = city(FIRST) if name == CITY else project()
    source = source_of(name, record)
    document = document_of(source, language)
    assert [sheet.key for sheet in document.sheets][:3] == ["cover", "form", "inputs"]
    tables = [
        block for sheet in document.sheets for block in sheet.blocks if isinstance(block, Table)
    ]
    placed = Counter(
        cell.name for block in tables for row in block.rows for cell in row.cells if cell.name
    )
    assert {cell.name for cell in program_cells(source.card.program)} <= placed.keys()
    assert set(placed.values()) == {1}
    assert not any(name.startswith(("total", "dimension:")) for name in placed)
    assert any(name.startswith("distance:") for name in placed)


def looked_up(level: str) -> Document:
    of = rubric(item("m", lookup(POINTS), maximum="20"))
    record = visit(of, {"m": picked(level)})
    card = score(of, record)
    return document_of(ReportSource(of, "ab" * 32, record, card, "cd" * 32, "assessor test"))


def test_libreoffice_recomputes_distances_and_looked_up_points(tmp_path: Path) -> None:
    pairs = {
        "city": (document_of(source_of(CITY, city(FIRST))), city(SECOND)),
        "district": (document_of(source_of(CITY, city({}, "district"))), None),
    }
    after = {
        "city": document_of(source_of(CITY, city(SECOND))),
        "district": document_of(source_of(CITY, city({"cloud-firms": figure("9")}, "district"))),
    }
    files, expected = [], []
    for name, (before, _) in pairs.items():
        path = written(before, tmp_path / f"{name}.xlsx")
        files.append(change_answers(path, after[name], tmp_path / f"{name}-changed.xlsx"))
        expected.append(after[name])
    path = written(looked_up("L2"), tmp_path / "levels.xlsx")
    files.append(change_answers(path, looked_up("L4"), tmp_path / "levels-changed.xlsx"))
    expected.append(looked_up("L4"))
    for path, wanted in zip(recalculated(files, tmp_path), expected, strict=True):
        assert differences(path, wanted) == []


def test_the_state_of_a_target_is_a_formula_over_its_distance() -> None:
    document = document_of(source_of(CITY, city(FIRST)))
    form = next(sheet for sheet in document.sheets if sheet.key == "form")
    (listed,) = (block for block in form.blocks if isinstance(block, Table))
    row = next(row for row in listed.rows if row.cells[0].text == "1.1")
    assert row.cells[-3].name == names.distance("5g-base-stations", "y2025")
    assert [cell.text for cell in row.cells[-3:]] == ["-1200", "104.12", "已达到"]
    assert row.cells[-1].formula is not None
