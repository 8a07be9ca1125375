"""The record as rows: what is stored, and positions that leave neighbours alone."""

from __future__ import annotations

import json

import pytest

from assessor.commands.proofs import remove_evidence
from assessor.storage.parts import GAP, arranged, record_from, rows_of
from tests.unit.storage.samples import bare_record, full_record


def test_a_record_comes_back_from_its_rows() -> None:
    rows = sorted(rows_of(full_record()).items(), key=lambda item: item[1].position)
    values = [(section, key, json.loads(row.value)) for (section, key), row in rows]
    assert record_from(values) == full_record()


def test_what_nobody_touched_takes_no_row() -> None:
    assert {section for section, _ in rows_of(bare_record())} == {"meta", "enterprise"}


def test_an_item_that_goes_and_comes_back_leaves_the_others_alone() -> None:
    before = rows_of(full_record())
    fewer = rows_of(remove_evidence(full_record(), "e2").apply(full_record()), before)
    again = rows_of(full_record(), fewer)
    assert before["evidence", "e3"] == fewer["evidence", "e3"] == again["evidence", "e3"]
    places = [again["evidence", f"e{number}"].position for number in range(1, 5)]
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    ("keys", "known", "expected"),
    [
        ("abc", {}, [GAP, 2 * GAP, 3 * GAP]),
        ("abcd", {"a": 5, "b": 9}, [5, 9, 9 + GAP, 9 + 2 * GAP]),
        ("axb", {"a": 10, "b": 20}, [10, 15, 20]),
        ("xab", {"a": 10, "b": 20}, [5, 10, 20]),
        ("ba", {"a": 10, "b": 20}, [20, 20 + GAP]),
        ("axb", {"a": 1, "b": 2}, [GAP, 2 * GAP, 3 * GAP]),
        ("xa", {"a": 1}, [GAP, 2 * GAP]),
    ],
)
def test_positions_rise_and_stay_where_they_can(
    keys: str, known: dict[str, int], expected: list[int]
) -> None:
    assert list(arranged(keys, known).values()) == expected


def test_sections_nobody_knows_are_refused() -> None:
    with pytest.raises(ValueError, match="macros"):
        record_from([("macros", "a", 1)])
