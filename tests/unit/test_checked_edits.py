"""An edit checks what it changes, and what it does not change stays the very same."""

from __future__ import annotations

import pytest

from assessor.assessment import Answer, Assessment
from assessor.commands.answers import set_answer, set_table
from assessor.commands.entries import Change, EditRefusedError, replaced
from tests.strategies.visits import shipped, visit_for

ROWS = tuple({"name": str(number), "quantity": "1"} for number in range(5))


@pytest.fixture
def record() -> Assessment:
    return set_table("ledger", ROWS).apply(visit_for(shipped("digital_workshop"), {}))


def test_no_field_of_a_record_is_checked_against_another() -> None:
    """Only because of that it is enough to check the fields that change."""
    assert Assessment.__pydantic_decorators__.model_validators == {}


def test_rows_stay_the_very_same_beside_one_that_changes(record: Assessment) -> None:
    known = record.tables["ledger"]
    new = (*known[:2], {"name": "x", "quantity": "7"}, *known[3:])
    after = set_table("ledger", new).apply(record).tables["ledger"]
    assert after == new
    assert [one is other for one, other in zip(after, known, strict=True)] == [True] * 2 + [
        False
    ] + [True] * 2


def test_a_table_stays_the_very_same_when_something_else_changes(record: Assessment) -> None:
    after = set_answer("a1-network", Answer(option="L1")).apply(record)
    assert after.tables is record.tables


def test_a_row_that_is_no_row_is_refused_by_its_place(record: Assessment) -> None:
    known = record.tables["ledger"]
    bad = Change("tables", "ledger", (*known[:3], {"name": "x" * 501}))
    with pytest.raises(EditRefusedError) as caught:
        replaced(record, (bad,))
    assert caught.value.message.values["place"] == "tables.ledger.3.name"


def test_a_table_needs_a_name_that_is_one(record: Assessment) -> None:
    with pytest.raises(EditRefusedError):
        replaced(record, (Change("tables", "no name", ROWS),))


def test_a_table_that_is_none_is_refused(record: Assessment) -> None:
    with pytest.raises(EditRefusedError):
        replaced(record, (Change("tables", "ledger", "rows"),))
