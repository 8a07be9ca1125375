"""The verdict table once more, on workbooks that LibreOffice has really saved again.

All of them go through one run of the program, which works out every formula anew as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assessor.bureau.intake.judging import Judged
from assessor.exchange.envelope import SHEET_NAME, to_rows
from tests.office import recalculated
from tests.unit.bureau.intake.spoiling import without_sheet
from tests.unit.bureau.intake.workbooks import (
    COVER,
    DETAIL,
    EVIDENCE,
    exported,
    good,
    judged,
    record,
    said,
    source_of,
    with_data,
)
from tests.unit.reports.verify.exported import text_cell, with_cells, with_machine_rows


def _better(data: dict[str, Any]) -> None:
    data["result"]["total"] = "99.00"


def _veto(data: dict[str, Any]) -> None:
    data["assessment"]["gates"]["entity"]["pass"] = False


def with_another_payload() -> bytes:
    rows = to_rows(source_of(record()).text)
    rows[-1][1] = rows[-1][1].replace('"L2"', '"L0"')
    return with_machine_rows(good(), rows)


def books() -> Mapping[str, bytes]:
    """The workbooks as they were before they were saved again."""
    return {
        "good": good(),
        "unsigned": exported(record(), None),
        "answer": with_cells(good(), {(DETAIL, "D18"): text_cell("L0")}),
        "evidence": with_cells(good(), {(EVIDENCE, "I5"): text_cell("6" * 64)}),
        "name": with_cells(good(), {(COVER, "A3"): text_cell("宁波另一家有限公司")}),
        "digest": with_another_payload(),
        "total": with_data(_better),
        "veto": with_data(_veto),
        "copied": without_sheet(good(), SHEET_NAME),
    }


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Judged]:
    """What is said of each workbook after LibreOffice has saved it."""
    folder = tmp_path_factory.mktemp("resaved")
    paths = []
    for name, content in books().items():
        paths.append(folder / f"{name}.xlsx")
        paths[-1].write_bytes(content)
    again = partial(judged, folder=folder, name="again.xlsx")
    return {path.stem: again(path.read_bytes()) for path in recalculated(paths, folder)}


def test_a_sound_workbook_stays_sound(found: Mapping[str, Judged], tmp_path: Path) -> None:
    assert found["good"].findings == ()
    assert found["good"].record == judged(good(), tmp_path).record
    assert found["good"].sha256 != judged(good(), tmp_path).sha256


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("answer", ("tamper.figure", DETAIL, "D18")),
        ("evidence", ("tamper.evidence", EVIDENCE, "I5")),
        ("name", ("tamper.other_enterprise", COVER, "A3")),
        ("digest", ("tamper.digest", SHEET_NAME, "B3")),
        ("total", ("tamper.result", SHEET_NAME, "B9")),
        ("veto", ("tamper.veto_ignored", SHEET_NAME, "B9")),
        ("copied", ("payload.missing", "", "")),
    ],
)
def test_what_was_tampered_with_is_refused_by_the_first_cell(
    name: str, first: tuple[str, str, str], found: Mapping[str, Judged]
) -> None:
    assert found[name].record is None
    assert said(found[name])[0] == first


def test_a_signature_that_is_missing_is_still_missing(found: Mapping[str, Judged]) -> None:
    assert said(found["unsigned"]) == [("tamper.unsigned", SHEET_NAME, "")]
    assert found["unsigned"].record is not None
