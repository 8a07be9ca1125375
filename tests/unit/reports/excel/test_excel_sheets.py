"""What stands on the sheets: every cell of the rules once, words localised, states as formulas."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from assessor.assessment import Answer, GateAnswer, Unit
from assessor.formulas import Name, Text, parse
from assessor.formulas import names as names_in
from assessor.i18n import LANGUAGES, Language
from assessor.reports.build import ReportOptions
from assessor.reports.build.sheets import build_sheets
from assessor.reports.build.sheets_cells import program_cells, shown
from assessor.reports.build.sheets_words import Words, localise, plain_number
from assessor.reports.document import Document, Paragraph, Table
from assessor.reports.excel_layout import Placed, lay_out
from assessor.rubrics.gates import DimensionFloorCheck
from assessor.rules import names
from assessor.scoring import shown_text
from tests.strategies.visits import SHIPPED, shipped, visit_for
from tests.unit.reports.excel.changed_visits import rubric_of
from tests.unit.reports.excel.workbooks import document_of, report, source_of


def cells_by_name(document: Document) -> dict[str, Placed]:
    return {
        placed.cell.name: placed
        for _, _, placed in lay_out(document.sheets).placed()
        if placed.cell.name is not None
    }


def answered(name: str, **changes: Answer) -> dict[str, Answer]:
    """Every level at its highest option, with some answers otherwise."""
    rubric = shipped(name).rubric
    first = {
        criterion.id: Answer(option=criterion.rule.options[-1].key)
        for criterion in rubric.every_criterion
        if criterion.rule.kind == "levels" and "discrete" in criterion.profiles
    }
    return first | {key.replace("_", "-"): answer for key, answer in changes.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_cell_of_the_rules_stands_on_exactly_one_sheet(name: str, language: Language) -> None:
    source = source_of(name, visit_for(shipped(name), answered(name)))
    document = document_of(source, language)
    placed = Counter(
        cell.name
        for sheet in document.sheets
        for block in sheet.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        if cell.name is not None
    )
    assert {cell.name for cell in program_cells(source.card.program)} <= placed.keys()
    assert set(placed.values()) == {1}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_name_a_formula_reads_has_a_cell(name: str) -> None:
    known = cells_by_name(report(name, visit_for(shipped(name), {})))
    for placed in known.values():
        if placed.cell.formula is not None:
            assert set(names_in(placed.cell.formula)) <= known.keys()


def test_answers_that_nobody_is_asked_for_here_are_empty_cells() -> None:
    loaded = shipped("future_factory")
    linked = [c for c in loaded.rubric.criteria if c.links]
    lowest = visit_for(loaded, {}, target=loaded.rubric.targets[0].id)
    known = cells_by_name(report("future_factory", lowest))
    for criterion in linked:
        if names.answer(criterion.id) in known:
            for link in criterion.links:
                assert known[names.answer(link.when)].cell.text == ""


def test_answer_cells_hold_words_and_offer_them() -> None:
    loaded = shipped("digital_workshop")
    yes_no = next(c for c in loaded.rubric.every_criterion if c.rule.kind == "yes_no")
    measured = next(c for c in loaded.rubric.every_criterion if c.rule.kind == "quantity")
    several = next(c for c in loaded.rubric.every_criterion if c.rule.kind == "checklist")
    answers = {
        yes_no.id: Answer(option="yes"),
        measured.id: Answer(inputs={i.id: Decimal("2.50") for i in measured.rule.measure.inputs}),
        several.id: Answer(none=True),
    }
    known = cells_by_name(report("digital_workshop", visit_for(loaded, answers)))
    cell = known[names.answer(yes_no.id)].cell
    assert (cell.text, cell.answer, cell.choices) == ("是", True, ("是", "否"))
    assert known[names.answer(measured.id)].cell.text == "实测"
    assert known[names.answer(several.id)].cell.text == "无"
    assert known[names.answer(several.id)].cell.choices == ()
    entered = known[names.entry(measured.id, measured.rule.measure.inputs[0].id)].cell
    assert (entered.text, entered.value, entered.answer) == ("2.5", Decimal("2.50"), True)


def test_an_unanswered_item_is_blank_and_not_zero() -> None:
    loaded = shipped("digital_workshop")
    levels = next(c for c in loaded.rubric.criteria if c.rule.kind == "levels")
    known = cells_by_name(report("digital_workshop", visit_for(loaded, {})))
    points = known[names.leaf("points", levels.id)].cell
    assert (points.text, points.value) == ("", None)
    assert points.formula is not None


def test_the_first_row_of_every_sheet_says_that_the_rubric_is_derived() -> None:
    loaded = shipped("digital_workshop")
    document = report("digital_workshop", visit_for(loaded, {}))
    for sheet in lay_out(document.sheets).sheets:
        first = sheet.cells[0]
        assert (first.row, first.look) == (0, "notice")
        assert first.cell.text == loaded.rubric.status.notice.zh


@pytest.mark.parametrize("name", SHIPPED)
def test_shown_figures_are_those_of_the_score_card(name: str) -> None:
    source = source_of(name, visit_for(shipped(name), answered(name)))
    known = cells_by_name(document_of(source))
    assert known[names.TOTAL].cell.text == shown_text(source.card.total.value)
    for dimension in source.card.dimensions:
        cell = known[names.dimension_sum("points", dimension.dimension.id)].cell
        assert cell.text == shown_text(dimension.span.value)
    for item in source.card.items:
        assert known[names.leaf("points", item.criterion.id)].cell.value == item.points


# --- repeated blocks ------------------------------------------------------------------------------


def test_a_repeated_block_has_a_row_for_each_unit() -> None:
    rubric = rubric_of("digital_workshop", "units")
    first = next(
        c.id
        for c in rubric.criteria
        if c.id in rubric.repeats[0].criteria and c.rule.kind == "levels"
    )
    answers = {f"{first}@a": Answer(option="L4")}
    units = {"lines": (Unit(id="a", name="=一号线"), Unit(id="b", name="二号线"))}
    visit = visit_for(shipped("digital_workshop"), answers).model_copy(update={"units": units})
    document = report("digital_workshop", visit, variant="units")
    known = cells_by_name(document)
    assert known[names.answer(f"{first}@a")].cell.text == "L4"
    assert known[names.answer(f"{first}@b")].cell.text == ""
    assert names.answer(first) not in known
    assert known[names.leaf("points", first)].cell.formula is not None
    texts = [placed.cell.text for _, _, placed in lay_out(document.sheets).placed()]
    assert "└ =一号线" in texts
    title = rubric.criterion_by_id[first].title.zh
    assert f"{title}（二号线）" in texts


# --- gates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["L0", "L3", "L4"])
def test_a_floor_is_a_formula_that_gives_the_engines_state(option: str) -> None:
    rubric = rubric_of("digital_workshop", "floors")
    answers = {c.id: Answer(option=option) for c in rubric.criteria if c.rule.kind == "levels"}
    source = source_of(
        "digital_workshop", visit_for(shipped("digital_workshop"), answers), "floors"
    )
    known = cells_by_name(document_of(source))
    words = Words("zh")
    floors = [
        found for found in source.card.gates if isinstance(found.gate.check, DimensionFloorCheck)
    ]
    assert floors
    for found in floors:
        cell = known[names.gate(found.gate.id)].cell
        assert cell.formula is not None
        assert not cell.answer
        assert cell.text == words.token(found.state)


def test_stated_gates_can_be_changed() -> None:
    loaded = shipped("digital_workshop")
    declared = next(gate for gate in loaded.rubric.gates if gate.check.kind == "declared")
    found = {declared.id: GateAnswer.model_validate({"pass": False})}
    known = cells_by_name(report("digital_workshop", visit_for(loaded, {}, gates=found)))
    cell = known[names.gate(declared.id)].cell
    assert (cell.text, cell.answer) == ("不通过", True)
    assert cell.choices == ("通过", "不通过", "待核")


# --- words ----------------------------------------------------------------------------------------


def test_localising_replaces_tokens_and_leaves_keys() -> None:
    words = {"yes": "是", "NA": "不适用"}
    tree = parse('if(a = "yes", pick(b, "NA", 0, "L1", 2), if(has_key(c, "NA"), 1, 0))')
    expected = parse('if(a = "是", pick(b, "不适用", 0, "L1", 2), if(has_key(c, "NA"), 1, 0))')
    assert localise(tree, words) == expected
    assert localise(Name("yes"), words) == Name("yes")
    assert localise(Text("L1"), words) == Text("L1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_for_tokens_are_unlike_each_other(language: Language) -> None:
    words = [word.casefold() for word in Words(language).tokens.values()]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [("2.675", "0.00", "2.68"), ("-0.001", "0.00", "0.00"), ("3", "0", "3"), ("12", "0.0", "12.0")],
)
def test_shown_text_is_what_the_number_format_produces(
    value: str, number_format: str, text: str
) -> None:
    assert shown(Decimal(value), number_format) == text


@pytest.mark.parametrize(
    ("value", "text"), [("12.50", "12.5"), ("100", "100"), ("1E+2", "100"), ("0.00", "0")]
)
def test_entered_numbers_are_shown_without_padding(value: str, text: str) -> None:
    assert plain_number(Decimal(value)) == text


def test_equal_visits_give_equal_sheets() -> None:
    visit = visit_for(shipped("future_factory"), answered("future_factory"))
    once = build_sheets(source_of("future_factory", visit), ReportOptions())
    assert once == build_sheets(source_of("future_factory", visit), ReportOptions())


def test_empty_lists_say_so() -> None:
    document = report("digital_workshop", visit_for(shipped("digital_workshop"), {}))
    for key in ("evidence", "findings", "table:ledger"):
        sheet = next(sheet for sheet in document.sheets if sheet.key == key)
        assert Paragraph("（无记录）", "muted") in sheet.blocks
