"""The linter: clean where it should be, and every seeded fault is found with place and id."""

from __future__ import annotations

import json
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

DATA = Path(__file__).parents[2] / "data" / "rubrics"
SEEDED = json.loads((DATA / "seeded_faults.json").read_text(encoding="utf-8"))
FAULTS = [fault for group in SEEDED.values() for fault in group]
BINS = "criteria[0].rule.curve.bins"


def test_the_sample_is_clean(ten_items: bytes) -> None:
    assert check(loads(ten_items, "ten_items.json").rubric) == ()


def test_deductions_of_their_own_dimension_are_clean(changed: Change) -> None:
    seeded = next(fault for fault in FAULTS if "deductions" in fault["changes"])
    changes = {**seeded["changes"], "deductions.floor": "0"}
    assert check(loads(changed(changes), "x.json").rubric) == ()


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
    changes = {"criteria[4].title": same, "criteria[0].rule.measure.inputs[0].unit": unit}
    assert check(loads(changed(changes), "x.json").rubric) == ()


def test_a_gate_left_off_needs_no_parameters(changed: Change) -> None:
    changes = {"gates[1].check.parameters[2].value": "<remove>", "gates[1].default": "off"}
    assert check(loads(changed(changes), "x.json").rubric) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['finds']}:{fault['place']}")
def test_a_seeded_fault_is_found(changed: Change, fault: dict[str, Any]) -> None:
    loaded = loads(changed(fault["changes"]), "broken.json")
    problems = loaded.locate(check(loaded.rubric))
    wanted, place = (f"rubric.{fault['finds']}", fault["subject"]), fault["place"]
    places = [p.place for p in problems if (p.code, p.subject) == wanted]
    assert any(found == place or found.startswith((f"{place}[", f"{place}.")) for found in places)
    for problem in problems:
        assert problem.file.startswith("broken.json:")
        assert problem.fix is not None
        for language in LANGUAGES:
            assert render(problem.message, language)
            assert render(problem.fix, language)


def test_every_kind_of_finding_has_a_seeded_fault() -> None:
    seeded = {fault["finds"] for fault in FAULTS}
    folder = Path(checks.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    known = set(re.findall(r'(?:finding|warning)\(\s*"([a-z_]+)"', sources))
    assert known - seeded == set()
    assert len(FAULTS) >= 40
