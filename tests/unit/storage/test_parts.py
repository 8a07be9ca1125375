"""The record as rows: what is stored, and positions that leave neighbours alone."""

from __future__ import annotations

import pytest

from assessor.assessment import Assessment
from assessor.commands.answers import set_table
from assessor.commands.proofs import remove_evidence
from assessor.storage.order import GAP, arranged, paired
from assessor.storage.parts import NOTHING, Difference, Parts, Row, difference, parts_from
from tests.unit.storage.samples import bare_record, full_record

LEDGER = tuple({"name": f"设备 {number}", "count": "1"} for number in range(1, 8))


def parts_of(record: Assessment) -> Parts:
    return difference(NOTHING, record).parts


def with_rows(*rows: dict[str, str]) -> Assessment:
    return set_table("ledger", rows).apply(full_record())


def change(before: Assessment, after: Assessment) -> Difference:
    """The difference, after checking that it says the same as taking both apart anew."""
    old = parts_of(before)
    found = difference(old, after)
    rows = {place: row for place, row in old.rows.items() if place not in found.before}
    assert {**rows, **found.after} == found.parts.rows
    assert parts_from(found.parts.rows).record == after
    assert parts_from(found.parts.rows).order == found.parts.order
    return found


def test_a_record_comes_back_from_its_rows() -> None:
    assert parts_from(parts_of(full_record()).rows).record == full_record()


def test_what_nobody_touched_takes_no_row() -> None:
    assert {section for section, _ in parts_of(bare_record()).rows} == {"meta", "enterprise"}


def test_an_item_that_goes_and_comes_back_leaves_the_others_alone() -> None:
    before = parts_of(full_record())
    fewer = difference(before, remove_evidence(full_record(), "e2").apply(full_record())).parts
    again = difference(fewer, full_record()).parts.rows
    assert before.rows["evidence", "e3"] == fewer.rows["evidence", "e3"] == again["evidence", "e3"]
    places = [again["evidence", f"e{number}"].position for number in range(1, 5)]
    assert places == sorted(set(places))


def test_a_cell_is_one_row() -> None:
    rows = [dict(row) for row in LEDGER]
    rows[3]["count"] = "2"
    found = change(with_rows(*LEDGER), with_rows(*rows))
    assert list(found.after.values()) == [Row(4 * GAP, '{"count":"2","name":"设备 4"}')]
    assert found.before.keys() == found.after.keys()


@pytest.mark.parametrize(
    ("order", "changed", "gone"),
    [
        ([0, 1, 2, 3, 4, 5], 0, 1),
        ([1, 2, 3, 4, 5, 6], 0, 1),
        ([0, 1, 2, 4, 5, 6], 0, 1),
        ([0, 1, 2, 4, 3, 5, 6], 1, 0),
        ([6, 0, 1, 2, 3, 4, 5], 1, 0),
        ([1, 2, 3, 4, 5, 6, 0], 1, 0),
        ([0, 1, 2, 2, 3, 4, 5, 6], 1, 0),
        ([], 0, 7),
    ],
)
def test_rows_that_move_come_or_go_leave_the_others_alone(
    order: list[int], changed: int, gone: int
) -> None:
    found = change(with_rows(*LEDGER), with_rows(*(LEDGER[at] for at in order)))
    assert len(found.after) == changed
    assert len(found.before.keys() - found.after.keys()) == gone


def test_a_table_is_told_from_an_empty_and_an_absent_one() -> None:
    empty, absent = with_rows(), full_record().model_copy(update={"tables": {}})
    for before, after in ((with_rows(*LEDGER), empty), (empty, absent), (absent, empty)):
        change(before, after)
    assert ("tables", "ledger") in parts_of(empty).rows


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", [0, 1, 2]),
        ("abc", "axc", [0, 1, 2]),
        ("abc", "abxc", [0, 1, None, 2]),
        ("abcd", "axd", [0, 1, 3]),
        ("abc", "cab", [2, 0, 1]),
        ("aab", "aba", [0, 2, 1]),
        ("", "ab", [None, None]),
        ("ab", "", []),
    ],
)
def test_rows_are_known_again(old: str, new: str, expected: list[int | None]) -> None:
    assert paired(old, new) == expected


@pytest.mark.parametrize(
    ("keys", "known", "expected"),
    [
        ("abc", {}, [GAP, 2 * GAP, 3 * GAP]),
        ("abcd", {"a": 5, "b": 9}, [5, 9, 9 + GAP, 9 + 2 * GAP]),
        ("axb", {"a": 10, "b": 20}, [10, 15, 20]),
        ("xab", {"a": 10, "b": 20}, [5, 10, 20]),
        ("ba", {"a": 10, "b": 20}, [5, 10]),
        ("axb", {"a": 1, "b": 2}, [GAP, 2 * GAP, 3 * GAP]),
        ("xa", {"a": 1}, [GAP, 2 * GAP]),
    ],
)
def test_positions_rise_and_stay_where_they_can(
    keys: str, known: dict[str, int], expected: list[int]
) -> None:
    assert list(arranged(keys, known).values()) == expected


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("macros", "a"), "1"),
        (("tables", "nowhere/1"), "{}"),
        (("tables", "ledger"), '[{"name":"x"}]'),
    ],
)
def test_rows_that_belong_nowhere_are_refused(place: tuple[str, str], value: str) -> None:
    rows = {**parts_of(full_record()).rows, place: Row(0, value)}
    with pytest.raises(ValueError, match=r"macros|heading"):
        parts_from(rows)
