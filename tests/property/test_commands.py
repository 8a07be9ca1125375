"""Random edits: there and back again, through memory and through a file."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.assessment import (
    Answer,
    Assessment,
    Finding,
    GateAnswer,
    Jotting,
    PlatformResult,
    Unit,
)
from assessor.commands.edit import Edit
from assessor.commands.entries import Change
from assessor.session import Session
from assessor.storage.file import open_file
from assessor.storage.order import arranged
from assessor.storage.parts import NOTHING, difference, parts_from, table_of
from tests.unit.storage.samples import bare_record, evidence, full_record, new_file, note

KEYS = [f"k{number}" for number in range(6)]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DECIMALS = st.decimals(-1000, 1000, places=3, allow_nan=False, allow_infinity=False)
KEY = st.sampled_from(KEYS)
ITEMS = {"evidence": ["e1", "e2", "e3", "e4", "k1", "k2"], "findings": ["f1", "f2", "k1", "k2"]}
ANSWERS = st.one_of(
    st.builds(Answer, option=st.sampled_from("ABCD"), note=TEXTS),
    st.builds(Answer, inputs=st.dictionaries(KEY, DECIMALS, max_size=3)),
    st.builds(Answer, options=st.lists(st.sampled_from("ABCD"), min_size=1).map(tuple)),
)
ROWS = st.lists(st.dictionaries(TEXTS, TEXTS, max_size=3), max_size=3).map(tuple)
MAPPED: dict[str, st.SearchStrategy[object]] = {
    "answers": ANSWERS,
    "jottings": st.builds(Jotting, note=TEXTS.filter(bool)),
    "indicators": ANSWERS,
    "gates": st.builds(lambda inputs: GateAnswer(inputs=inputs), st.just({"a": "1"})),
    "tables": ROWS,
    "units": st.lists(st.builds(Unit, id=KEY, name=st.just("线"))).map(tuple),
    "platform_results": st.builds(PlatformResult, score=DECIMALS),
}
FIELDS: list[tuple[str, str, st.SearchStrategy[object]]] = [
    ("meta", "target", KEY),
    ("meta", "revision", st.integers(1, 9)),
    ("enterprise", "address", TEXTS),
    ("enterprise", "form", st.dictionaries(KEY, TEXTS, max_size=2)),
    ("visit", "date_from", st.dates(date(2020, 1, 1), date(2021, 1, 1))),
]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    kind = draw(st.sampled_from(["mapping", "field", "evidence", "findings"]))
    if kind == "field":
        section, key, values = draw(st.sampled_from(FIELDS))
        return Change(section, key, draw(values))
    if kind == "mapping":
        section = draw(st.sampled_from(sorted(MAPPED)))
        return Change(section, draw(KEY), draw(st.none() | MAPPED[section]))
    key = draw(st.sampled_from(ITEMS[kind]))
    if draw(st.booleans()):
        return Change(kind, key, None)
    index = draw(st.none() | st.integers(0, 5))
    if kind == "evidence":
        return Change(kind, key, evidence(key, caption=draw(TEXTS)), index)
    return Change(kind, key, Finding(id=key, criterion=draw(KEY), text="问题"), index)


EDITS = st.lists(changes(), max_size=6, unique_by=lambda change: (change.section, change.key)).map(
    lambda made: Edit(tuple(made), note().what)
)
STARTS = st.sampled_from([bare_record(), full_record()])


@given(STARTS, st.lists(EDITS, max_size=5))
def test_inverses_lead_back_through_every_value(start: Assessment, edits: list[Edit]) -> None:
    value, path = start, []
    for edit in edits:
        path.append((edit.inverse(value), value))
        value = edit.apply(value)
    for backward, before in reversed(path):
        again = backward.inverse(value)
        after, value = value, backward.apply(value)
        assert value == before
        assert again.apply(value) == after


@given(STARTS, st.lists(EDITS, max_size=5), st.data())
def test_the_session_ends_where_plain_application_does(
    start: Assessment, edits: list[Edit], data: st.DataObject
) -> None:
    session = Session(start, lambda _value, _edit: None)
    expected = start
    for edit in edits:
        expected = edit.apply(expected)
        session.do(edit)
    turns = data.draw(st.integers(0, 6))
    undone = sum(session.undo() for _ in range(turns))
    assert sum(session.redo() for _ in range(turns)) == undone
    assert session.assessment == expected


@settings(max_examples=25, deadline=None)
@given(st.lists(EDITS, max_size=6))
def test_every_commit_reads_back_as_it_was_given(edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visit.assessment"
        with new_file(path, full_record()) as file:
            value = file.assessment
            for edit in edits:
                value = edit.apply(value)
                file.commit(value, note())
        with open_file(path, read_only=True) as file:
            assert file.assessment == value
            assert not file.check_whole()


@settings(max_examples=40, deadline=None)
@given(STARTS, st.lists(EDITS, max_size=4))
def test_only_rows_of_changed_entries_differ(start: Assessment, edits: list[Edit]) -> None:
    parts, value = difference(NOTHING, start).parts, start
    for edit in edits:
        value = edit.apply(value)
        change = difference(parts, value)
        touched = {(section, table_of(key)) for section, key in change.before | change.after}
        assert touched <= set(edit.places)
        assert all(change.before.get(place) != row for place, row in change.after.items())
        assert parts_from(change.parts.rows).record == value
        assert change.parts.rows.items() - parts.rows.items() == change.after.items()
        parts = change.parts


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.dictionaries(KEY, st.integers(1, 9)))
def test_positions_always_rise(keys: list[str], known: dict[str, int]) -> None:
    positions = arranged(keys, {"abcdefgh"[KEYS.index(key)]: at for key, at in known.items()})
    assert list(positions) == keys
    assert list(positions.values()) == sorted(set(positions.values()))


def test_decimals_keep_their_digits_in_a_row() -> None:
    record = full_record()
    assert difference(NOTHING, record).after["answers", "1.3"].value == '{"inputs":{"a":"12.50"}}'
    assert record.answers["1.3"].inputs == {"a": Decimal("12.5")}
