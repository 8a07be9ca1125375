"""Seeded faults: each is one change of the clean rubric that exactly one check must find."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from assessor.i18n import LANGUAGES, render
from assessor.rubrics import checks
from assessor.rubrics.checks import check
from assessor.rubrics.loader import loads

Change = Callable[[Mapping[str, Any]], bytes]

DERIVED = {"basis": "derived"}
LINK = {"provenance": DERIVED}
TEXT = {"zh": "说明", "en": "Note"}
DEDUCTION = {
    "id": "accident",
    "number": "D1",
    "dimension": "deductions",
    "title": {"zh": "事故", "en": "Accidents"},
    "question": {"zh": "是否发生事故？", "en": "Was there an accident?"},
    "profiles": ["discrete", "process"],
    "asked": {"basic": "required", "advanced": "required"},
    "maximum": "5",
    "weight_provenance": DERIVED,
    "provenance": DERIVED,
    "rule": {"kind": "yes_no", "yes": {"zh": "有", "en": "Yes"}, "no": {"zh": "无", "en": "No"}},
}
BINS = "criteria[0].rule.curve.bins"
POINTS = "criteria[8].rule.curve.points"
MEASURE = "criteria[0].rule.measure"
OPTIONS = "criteria[3].rule.options"
SHARES = "criteria[4].rule.options"
SELECTION = "criteria[9].rule"
COUNTS = "criteria[1].rule.count_shares"
GOOD = "outcomes[1]"
NO_TIERS = {f"criteria[{n}].rule.options[2].tier": "basic" for n in (4, 5, 7)}

Fault = tuple[dict[str, Any], str, str, str]
"""Changes, the problem's name, its place and its subject."""

NAMES: list[Fault] = [
    ({"criteria[1].id": "labels"}, "duplicate_id", "criteria[2].id", "labels"),
    ({"indicators[0].id": "cost"}, "duplicate_id", "indicators[0].id", "cost"),
    ({"criteria[2].number": "4"}, "duplicate_id", "criteria[3].number", "planning"),
    ({"criteria[2].number": "cost"}, "duplicate_id", "criteria[2].number", "labels"),
    ({f"{OPTIONS}[2].key": "B"}, "duplicate_id", f"{OPTIONS}[2].key", "planning"),
    (
        {"criteria[1].rule.items[1].key": "a"},
        "duplicate_id",
        "criteria[1].rule.items[1].key",
        "equipment_kinds",
    ),
    ({"dimensions[2].id": "operations"}, "duplicate_id", "dimensions[2].id", "operations"),
    ({"gates[2].id": "entity"}, "duplicate_id", "gates[2].id", "entity"),
    ({"outcomes[1].readings[3].id": "share"}, "duplicate_id", "outcomes[1].readings[3].id", "good"),
    ({"sources[1].id": "call-2026"}, "duplicate_id", "sources[1].id", "call-2026"),
    (
        {"cycles[0].parameters[1].parameter": "start"},
        "duplicate_id",
        "cycles[0].parameters[1]",
        "2025",
    ),
    (
        {"repeats[0].criteria": ["labels", "labels"]},
        "duplicate_id",
        "repeats[0].criteria[1]",
        "lines",
    ),
    (
        {"gates[1].check.inputs[0].id": "finish"},
        "duplicate_id",
        "gates[1].check.parameters[1].id",
        "window",
    ),
    ({"tables[0].columns[0].id": "quantity"}, "duplicate_id", "tables[0].columns[1].id", "ledger"),
]

REFERENCES: list[Fault] = [
    ({place: name}, "unknown_reference", place, subject)
    for place, name, subject in [
        ("criteria[4].dimension", "operation", "execution"),
        ("criteria[4].provenance.source_ids", ["call"], "execution"),
        (f"{MEASURE}.reference_points[0].source_ids", ["guide"], "nc_rate"),
        ("criteria[4].profiles", ["discrete", "batch"], "execution"),
        (f"{OPTIONS}[1].tier", "basics", "planning"),
        (f"{OPTIONS}[2].builds_on", "D", "planning"),
        ("criteria[3].contract.from_option", "E", "planning"),
        ("criteria[7].not_applicable.profiles", ["batch"], "warehouse"),
        ("criteria[5].links[0].when", "executions", "dispatch"),
        ("criteria[5].links[0].option", "L9", "dispatch"),
        ("criteria[5].links[0].then", "L9", "dispatch"),
        ("bonus.criteria[0].dimension", "extra", "ai"),
        ("bonus.never_over", "excellent", "bonus"),
        ("gates[1].outcomes", ["great"], "window"),
        ("gates[2].check.dimension", "operate", "floor"),
        ("gates[3].check.criterion", "nc", "nc_line"),
        ("cycles[0].parameters[0].gate", "entity", "2025"),
        ("cycles[0].parameters[0].parameter", "longest", "2025"),
        (f"{GOOD}.target", "top", "good"),
        (f"{GOOD}.requires", "good", "good"),
        (f"{GOOD}.readings[0].tier", "top", "good"),
        (f"{GOOD}.decided_by", ["shares", "points"], "good"),
        ("criteria[8].rule.measure.baseline", ["before"], "cost"),
        ("repeats[0].criteria", ["ai"], "lines"),
        ("contradictions[0].when[0].criterion", "exec", "auto-without-plan"),
        ("contradictions[0].when[1].options", ["Z"], "auto-without-plan"),
        ("application_types[0].target", "top", "lead"),
        ("golden[0].profile", "batch", "best"),
        ("golden[0].cycle", "2030", "best"),
        ("golden[0].unanswered", ["nothing"], "best"),
        ("golden[0].answers.backup.option", "maybe", "best"),
        ("golden[0].answers.services.options", ["B", "Q"], "best"),
        ("golden[0].answers.nc_rate.inputs.controlled", "7", "best"),
        ("golden[0].answers.nothing", {"option": "A"}, "best"),
        ("golden[0].answers.backup.choice", "yes", "best"),
        ("golden[0].gates.door", {"pass": True}, "best"),
        ("golden[0].gates.window.inputs.ended", "2025-01", "best"),
        ("golden[0].tables", {"book": []}, "best"),
        ("golden[0].tables", {"ledger": [{"colour": "red"}]}, "best"),
        ("golden[0].expect.result", "superb", "best"),
        ("golden[0].expect.readings.good.sum", "1", "best"),
        ("golden[0].expect.dimensions.other", "1", "best"),
        ("golden[0].expect.gates.door", "pass", "best"),
    ]
]

WEIGHTS: list[Fault] = [
    (
        {"criteria[2].maximum": "6"},
        "dimension_sum",
        "dimensions[0].children[1].weight",
        "equipment.practice",
    ),
    (
        {"criteria[4].maximum_by_profile.process": "9"},
        "dimension_sum",
        "dimensions[1].weight",
        "operations",
    ),
    (
        {"dimensions[0].children[0].weight": "24"},
        "child_weights",
        "dimensions[0].weight",
        "equipment",
    ),
    (
        {"dimensions[0].combine": "weighted_mean", "dimensions[0].children[0].weight": "24"},
        "mean_weights",
        "dimensions[0].children",
        "equipment",
    ),
    (
        {"dimensions[0].combine": "weighted_mean", "dimensions[0].children[0].weight": ...},
        "no_weight",
        "dimensions[0].children[0]",
        "equipment.rates",
    ),
    ({"total": "101"}, "total_sum", "total", ""),
    (
        {"total": ..., "criteria[7].maximum_by_profile.process": "9"},
        "totals_differ",
        "criteria",
        "",
    ),
    ({"criteria[0].maximum": "0"}, "not_positive", "criteria[0].maximum", "nc_rate"),
    (
        {"criteria[4].maximum_by_profile.process": "-1"},
        "negative",
        "criteria[4].maximum_by_profile.process",
        "execution",
    ),
    ({"bonus.cap": "5"}, "bonus_cap", "bonus.cap", "bonus"),
    ({"bonus.ceiling": "99"}, "bonus_ceiling", "bonus.ceiling", "bonus"),
    ({"bonus.never_over": "good"}, "bonus_no_line", "bonus.never_over", "bonus"),
    (
        {"deductions": {"floor": "-1", "criteria": [DEDUCTION], "provenance": DERIVED}},
        "negative",
        "deductions.floor",
        "deductions",
    ),
]

OPTION_FAULTS: list[Fault] = [
    ({f"{OPTIONS}[2].value": "3.32"}, "option_order", f"{OPTIONS}[2].value", "planning"),
    ({f"{OPTIONS}[3].tier": "basic"}, "tier_order", f"{OPTIONS}[3].tier", "planning"),
    ({f"{OPTIONS}[3].value": "9.99"}, "top_option", f"{OPTIONS}[3].value", "planning"),
    ({f"{OPTIONS}[2].value": "10"}, "level_adds_nothing", f"{OPTIONS}[3]", "planning"),
    ({f"{OPTIONS}[0].value": "-1"}, "value_range", f"{OPTIONS}[0].value", "planning"),
    ({f"{SHARES}[2].value": "1.5"}, "value_range", f"{SHARES}[2].value", "execution"),
    ({f"{SHARES}[2].value": "0.9"}, "top_option", f"{SHARES}[2].value", "execution"),
    (
        {"criteria[3].maximum_by_profile": {"process": "8"}},
        "top_option",
        f"{OPTIONS}[3].value",
        "planning",
    ),
    ({f"{SELECTION}.cap": "4"}, "top_option", f"{SELECTION}.cap", "services"),
    ({f"{SELECTION}.options[2].value": "1"}, "cap_unreachable", f"{SELECTION}.cap", "services"),
    (
        {f"{SELECTION}.options[{n}].exclusive": True for n in (1, 2)},
        "all_exclusive",
        f"{SELECTION}.options",
        "services",
    ),
    (
        {f"{SELECTION}.options[0].value": "1"},
        "exclusive_scores",
        f"{SELECTION}.options[0].value",
        "services",
    ),
    ({COUNTS: ["0", "0.5", "1"]}, "count_length", COUNTS, "equipment_kinds"),
    ({f"{COUNTS}[2]": "0.4"}, "option_order", f"{COUNTS}[2]", "equipment_kinds"),
    ({f"{COUNTS}[3]": "0.9"}, "top_option", f"{COUNTS}[3]", "equipment_kinds"),
    ({f"{COUNTS}[0]": "-0.1"}, "share_range", f"{COUNTS}[0]", "equipment_kinds"),
    ({"criteria[1].rule.count_provenance": ...}, "no_provenance", COUNTS, "equipment_kinds"),
]

CURVES: list[Fault] = [
    ({f"{BINS}[0].low": "0"}, "bins_not_covering", f"{BINS}[0].low", "nc_rate"),
    ({f"{BINS}[3].high": "100"}, "bins_not_covering", f"{BINS}[3].high", "nc_rate"),
    ({f"{BINS}[1].low": "31"}, "bins_gap", f"{BINS}[1].low", "nc_rate"),
    ({f"{BINS}[1].low": "29"}, "bins_overlap", f"{BINS}[1].low", "nc_rate"),
    ({f"{BINS}[1].low": ...}, "bins_overlap", f"{BINS}[1].low", "nc_rate"),
    ({f"{BINS}[1].low_closed": True}, "bins_border_twice", f"{BINS}[1].low_closed", "nc_rate"),
    ({f"{BINS}[3].low_closed": False}, "bins_border_open", f"{BINS}[3].low_closed", "nc_rate"),
    ({f"{BINS}[2].high": "50", f"{BINS}[3].low": "50"}, "bin_empty", f"{BINS}[2]", "nc_rate"),
    ({f"{BINS}[2].share": "0.2"}, "curve_direction", f"{BINS}[2].share", "nc_rate"),
    ({f"{BINS}[3].share": "0.9"}, "top_option", f"{BINS}[3].share", "nc_rate"),
    ({f"{POINTS}[1].x": "30"}, "curve_order", f"{POINTS}[2].x", "cost"),
    ({f"{POINTS}[1].share": "-0.5"}, "share_range", f"{POINTS}[1].share", "cost"),
    ({"criteria[8].rule.measure.better": "lower"}, "curve_direction", f"{POINTS}[1].share", "cost"),
    (
        {"criteria[8].rule.measure.baseline": []},
        "no_baseline_inputs",
        "criteria[8].rule.measure.industry_baseline",
        "cost",
    ),
]

FORMULAS: list[Fault] = [
    ({f"{MEASURE}.formula": "nc / total *"}, "formula_unreadable", f"{MEASURE}.formula", "nc_rate"),
    ({f"{MEASURE}.formula": "nc / totals"}, "formula_name", f"{MEASURE}.formula", "nc_rate"),
    ({f"{MEASURE}.formula": "nc * 100"}, "unused_input", f"{MEASURE}.inputs[1]", "nc_rate"),
    ({f"{MEASURE}.formula": "nc < total"}, "formula_kind", f"{MEASURE}.formula", "nc_rate"),
    (
        {f"{MEASURE}.checks[0].condition": "nc + total"},
        "formula_kind",
        f"{MEASURE}.checks[0].condition",
        "nc_rate",
    ),
    (
        {f"{MEASURE}.inputs[1].from_table": "sum(ledger.quantities)"},
        "formula_name",
        f"{MEASURE}.inputs[1].from_table",
        "nc_rate",
    ),
    (
        {f"{MEASURE}.inputs[1].from_table": "12"},
        "formula_no_table",
        f"{MEASURE}.inputs[1].from_table",
        "nc_rate",
    ),
    (
        {f"{MEASURE}.inputs[1].from_table": "sum(ledger.asset)"},
        "column_not_number",
        f"{MEASURE}.inputs[1].from_table",
        "nc_rate",
    ),
    (
        {f"{MEASURE}.inputs[1].from_table": 'countif(ledger.controlled, "Y")'},
        "column_yes_no",
        f"{MEASURE}.inputs[1].from_table",
        "nc_rate",
    ),
    (
        {"indicators[0].formula": "rate_after / rates"},
        "formula_name",
        "indicators[0].formula",
        "defects",
    ),
    (
        {"tables[0].row_checks[0].condition": "network <= quantity"},
        "formula_name",
        "tables[0].row_checks[0].condition",
        "ledger",
    ),
    (
        {"gates[1].check.condition": "started >= start and finished <= finish"},
        "unused_input",
        "gates[1].check.parameters[2]",
        "window",
    ),
]

LINKS: list[Fault] = [
    (
        {"criteria[4].links": [{"when": "dispatch", "option": "L0", "then": "L0", **LINK}]},
        "link_circle",
        "criteria[4].links[0].when",
        "execution",
    ),
    (
        {"criteria[4].links": [{"when": "execution", "option": "L0", "then": "L0", **LINK}]},
        "link_circle",
        "criteria[4].links[0].when",
        "execution",
    ),
    (
        {"criteria[5].links[+]": {"when": "execution", "option": "L0", "then": "L2", **LINK}},
        "link_conflict",
        "criteria[5].links[1]",
        "dispatch",
    ),
    ({"criteria[5].links[0].option": "L2"}, "link_lowers", "criteria[5].links[0]", "dispatch"),
    ({"criteria[5].links[0].then": "L1"}, "link_lowers", "criteria[5].links[0]", "dispatch"),
    (
        {"criteria[5].links[0].when": "services", "criteria[5].links[0].option": "A"},
        "link_not_single",
        "criteria[5].links[0]",
        "dispatch",
    ),
    (
        {"criteria[4].profiles": ["discrete"]},
        "link_profile",
        "criteria[5].links[0].when",
        "dispatch",
    ),
    (
        {"contradictions[0].when[1]": {"criterion": "execution", "options": ["L0"]}},
        "contradiction_same",
        "contradictions[0].when[1]",
        "auto-without-plan",
    ),
    (
        {"contradictions[0].when[1]": {"criterion": "cost", "options": ["A"]}},
        "contradiction_measured",
        "contradictions[0].when[1]",
        "auto-without-plan",
    ),
]

GATES: list[Fault] = [
    (
        {"gates[0].provenance.source_ids": []},
        "no_source",
        "gates[0].provenance.source_ids",
        "entity",
    ),
    ({"gates[0].provenance": DERIVED}, "gate_no_source", "gates[0].provenance", "entity"),
    (
        {"gates[1].check.parameters[2].value": ...},
        "parameter_nowhere",
        "gates[1].check.parameters[2]",
        "window",
    ),
    (
        {"gates[1].check.parameters[2].value": "two years"},
        "parameter_value",
        "gates[1].check.parameters[2].value",
        "window",
    ),
    (
        {"cycles[0].parameters[0].value": "2023-13"},
        "parameter_value",
        "cycles[0].parameters[0].value",
        "2025",
    ),
    (
        {"cycles[0].parameters[0].value": "2023-01-01"},
        "parameter_value",
        "cycles[0].parameters[0].value",
        "2025",
    ),
    ({"gates[2].check.share": "101"}, "percent_range", "gates[2].check.share", "floor"),
    (
        {"gates[3].check.criterion": "planning"},
        "gate_no_result",
        "gates[3].check.criterion",
        "nc_line",
    ),
    (
        {"criteria[0].rule.measure.better": "lower"},
        "gate_wrong_way",
        "gates[3].check.criterion",
        "nc_line",
    ),
]

OUTCOMES: list[Fault] = [
    (
        {"outcomes[0].readings[0].line": "100.01"},
        "unreachable_line",
        "outcomes[0].readings[0].line",
        "qualified",
    ),
    ({f"{GOOD}.readings[2].line": "101"}, "unreachable_line", f"{GOOD}.readings[2].line", "good"),
    (
        {**NO_TIERS, f"{GOOD}.readings[0].line": "60"},
        "unreachable_line",
        f"{GOOD}.readings[0].line",
        "good",
    ),
    (
        {f"{GOOD}.platform_score.line": "120"},
        "unreachable_line",
        f"{GOOD}.platform_score.line",
        "good",
    ),
    (
        {"outcomes[0].readings[0].line": "0"},
        "line_always_met",
        "outcomes[0].readings[0].line",
        "qualified",
    ),
    ({f"{GOOD}.readings[0].line": None}, "no_line", f"{GOOD}.readings[0].line", "good"),
    ({f"{GOOD}.disagreement": ...}, "no_disagreement", GOOD, "good"),
    (
        {
            "outcomes[0].target": "advanced",
            f"{GOOD}.readings[3].line": "60",
            f"{GOOD}.decided_by": ["share", "total"],
        },
        "line_not_above",
        f"{GOOD}.readings[3].line",
        "good",
    ),
    (
        {f"{GOOD}.target": "basic", "outcomes[0].target": "advanced"},
        "requires_higher",
        f"{GOOD}.requires",
        "good",
    ),
]

COVERAGE: list[Fault] = [
    ({"criteria[6].asked": {}}, "unused_criterion", "criteria[6].asked", "backup"),
    (
        {"criteria[6].asked": {"basic": "required", "advanced": "optional"}},
        "asked_gap",
        "criteria[6].asked.advanced",
        "backup",
    ),
    ({"dimensions[+]": {"id": "empty", "name": TEXT}}, "empty_dimension", "dimensions[3]", "empty"),
    ({"criteria[2].dimension": "equipment"}, "not_a_leaf", "criteria[2].dimension", "labels"),
    (
        {"targets[+]": {"id": "top", "name": TEXT, "provenance": DERIVED}},
        "target_unused",
        "targets[2]",
        "top",
    ),
    (
        {"criteria[7].not_applicable.policy": "anchor"},
        "anchor_share",
        "criteria[7].not_applicable",
        "warehouse",
    ),
    (
        {"criteria[7].not_applicable.anchor_share": "0.6"},
        "anchor_share",
        "criteria[7].not_applicable",
        "warehouse",
    ),
    (
        {
            "criteria[7].not_applicable.policy": "anchor",
            "criteria[7].not_applicable.anchor_share": "60",
        },
        "share_range",
        "criteria[7].not_applicable.anchor_share",
        "warehouse",
    ),
]

TEXTS: list[Fault] = [
    (
        {"criteria[4].title.zh": "Execution control"},
        "not_chinese",
        "criteria[4].title.zh",
        "execution",
    ),
    (
        {"criteria[4].title.en": "Execution 管控"},
        "not_english",
        "criteria[4].title.en",
        "execution",
    ),
    (
        {"criteria[4].title.en": "Execution，control"},
        "not_english",
        "criteria[4].title.en",
        "execution",
    ),
    (
        {f"{OPTIONS}[1].text.zh": "计划靠手工编制。"},
        "same_descriptor",
        f"{OPTIONS}[1].text.zh",
        "planning",
    ),
    (
        {f"{OPTIONS}[1].text.en": "Plans are made by hand"},
        "same_descriptor",
        f"{OPTIONS}[1].text.en",
        "planning",
    ),
    (
        {"criteria[1].rule.items[2].text.en": "Industrial robots are in use"},
        "same_descriptor",
        "criteria[1].rule.items[2].text.en",
        "equipment_kinds",
    ),
    ({"status.derived": False}, "hidden_derived", "status.derived", ""),
    (
        {"criteria[4].provenance": {"basis": "secondary"}},
        "no_source",
        "criteria[4].provenance.source_ids",
        "execution",
    ),
    ({"golden[0].base": {"options": "tier"}}, "golden_tier", "golden[0].base", "best"),
]

FAULTS = (
    NAMES
    + REFERENCES
    + WEIGHTS
    + OPTION_FAULTS
    + CURVES
    + FORMULAS
    + LINKS
    + GATES
    + OUTCOMES
    + COVERAGE
    + TEXTS
)


def test_the_sample_is_clean(ten_items: bytes) -> None:
    assert check(loads(ten_items, "ten_items.json").rubric) == ()


def test_deductions_of_their_own_dimension_are_clean(changed: Change) -> None:
    deductions = {"floor": "0", "criteria": [DEDUCTION], "provenance": DERIVED}
    assert check(loads(changed({"deductions": deductions}), "x.json").rubric) == ()


def test_outer_bins_may_end_in_a_closed_border(changed: Change) -> None:
    ends = {
        f"{BINS}[0].low": "0",
        f"{BINS}[0].low_closed": True,
        f"{BINS}[3].high": "100",
        f"{BINS}[3].high_closed": True,
    }
    assert check(loads(changed(ends), "x.json").rubric) == ()


def test_abbreviations_and_units_need_no_translation(changed: Change) -> None:
    same = {"zh": "ERP/MES", "en": "ERP/MES"}
    unit = {"zh": "kW·h", "en": "kW·h"}
    changes = {"criteria[4].title": same, f"{MEASURE}.inputs[0].unit": unit}
    assert check(loads(changed(changes), "x.json").rubric) == ()


def test_a_gate_left_off_needs_no_parameters(changed: Change) -> None:
    changes = {"gates[1].check.parameters[2].value": ..., "gates[1].default": "off"}
    assert check(loads(changed(changes), "x.json").rubric) == ()


@pytest.mark.parametrize(("changes", "name", "place", "subject"), FAULTS)
def test_a_seeded_fault_is_found(
    changed: Change, changes: dict[str, Any], name: str, place: str, subject: str
) -> None:
    loaded = loads(changed(changes), "broken.json")
    problems = loaded.locate(check(loaded.rubric))
    places = [p.place for p in problems if (p.code, p.subject) == (f"rubric.{name}", subject)]
    assert any(found == place or found.startswith((f"{place}[", f"{place}.")) for found in places)
    for problem in problems:
        assert problem.file.startswith("broken.json:")
        assert problem.fix is not None
        for language in LANGUAGES:
            assert render(problem.message, language)
            assert render(problem.fix, language)


def test_every_kind_of_finding_has_a_seeded_fault() -> None:
    seeded = {name for _, name, _, _ in FAULTS}
    folder = Path(checks.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    known = set(re.findall(r'(?:finding|warning)\(\s*"([a-z_]+)"', sources))
    assert known - seeded == set()
    assert len(FAULTS) >= 40
