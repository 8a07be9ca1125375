"""The ledger as it is worked on: cells read, rows that wait, columns matched, rates traced."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.assessment import TableRow
from assessor.errors import AssessorError
from assessor.formulas import parse
from assessor.i18n import LANGUAGES
from assessor.scoring import Scorer
from assessor.workspace.ledger_cells import ROW, RowReader, SheetRow, as_text, pasted, recorded
from assessor.workspace.ledger_import import foreign_tables, imported_rows
from assessor.workspace.ledger_rates import Rates, RowCount
from assessor.workspace.ledger_sheet import LedgerSheet
from tests.strategies.visits import shipped, visit_for

LOADED = shipped("digital_workshop")
TABLE = LOADED.rubric.tables[0]
READER = RowReader(LOADED.rubric, TABLE)
GOOD = {"name": "压铸机", "quantity": "3", "key": "yes", "nc_quantity": "3"}


def good(**more: str) -> SheetRow:
    return READER.read({**GOOD, **more})


def on_record(*rows: TableRow) -> LedgerSheet:
    return LedgerSheet(tuple(recorded(row) for row in rows))


# --- reading cells --------------------------------------------------------------------------------


def test_cells_are_recorded_plainly_however_they_were_typed() -> None:
    row = READER.read(
        {"name": " 压铸机 ", "quantity": "１,200", "key": "是", "commissioned": "2023年11月6日"}
    )
    assert row.fits
    assert row.values == {
        "name": "压铸机",
        "quantity": "1200",
        "key": "yes",
        "commissioned": "2023-11-06",
    }


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"quantity": "三"}, "quantity"),
        ({"quantity": "-1"}, "quantity"),
        ({"quantity": "1.5"}, "quantity"),
        ({"quantity": ""}, "quantity"),
        ({"key": "也许"}, "key"),
        ({"commissioned": "明天"}, "commissioned"),
        ({"nc_quantity": "4"}, ROW),
        ({"name": "长" * 501}, "name"),
    ],
)
def test_a_fault_is_said_at_its_cell_in_both_languages(
    cells: Mapping[str, str], column: str
) -> None:
    row = READER.read(cells, good())
    assert set(row.faults) == {column}
    assert all(row.faults[column].pick(language).strip() for language in LANGUAGES)


def test_what_cannot_be_read_stays_as_typed_and_is_mended_by_typing() -> None:
    row = READER.read({"quantity": "三"}, good())
    assert row.values["quantity"] == "三"
    assert READER.read({"name": "x"}, row).faults.keys() == {"quantity"}
    assert READER.read({"quantity": "3"}, row).fits


# --- pasting --------------------------------------------------------------------------------------


def test_cells_go_in_from_the_current_column_on() -> None:
    found = pasted(TABLE, "压铸机\t1650T\r\n机器人\t六轴\r\n", "name")
    assert list(found.rows()) == [
        {"name": "压铸机", "model": "1650T"},
        {"name": "机器人", "model": "六轴"},
    ]


def test_a_first_line_of_headings_says_where_the_cells_go() -> None:
    found = pasted(TABLE, "数量（台/套）\t备注\t设备名称\n3\tx\t压铸机", "asset_no")
    assert found.headed
    assert list(found.rows()) == [{"quantity": "3", "name": "压铸机"}]


def test_quoted_cells_hold_tabs_and_lines() -> None:
    found = pasted(TABLE, '"a\tb"\t"二\n行"\n', "asset_no")
    assert list(found.rows()) == [{"asset_no": "a\tb", "name": "二\n行"}]


@pytest.mark.parametrize("text", ["", "\t\t\n\n", "x\n" * 20_001, '"' + "x" * 200_000])
def test_nothing_too_much_or_no_table_is_refused(text: str) -> None:
    with pytest.raises(AssessorError):
        pasted(TABLE, text, "asset_no")


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=20)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
@settings(deadline=None)
def test_what_is_copied_comes_back_by_pasting(rows: list[list[str]]) -> None:
    lines = [row for row in rows if any(cell.strip() for cell in row)]
    if lines and not pasted(TABLE, as_text(lines), "asset_no").headed:
        back = pasted(TABLE, as_text(rows), "asset_no").lines
        assert [list(line) for line in back] == lines


# --- the sheet ------------------------------------------------------------------------------------


def test_only_rows_that_fit_go_to_the_record() -> None:
    sheet = LedgerSheet((good(), READER.read({"name": "新"}), good(name="机器人")))
    assert [row["name"] for row in sheet.record()] == ["压铸机", "机器人"]
    assert sheet.waiting() == (1,)
    assert sheet.places([0, 1]) == {0, 2}


def test_a_row_spoilt_by_an_edit_stays_on_record_as_it_was() -> None:
    sheet = on_record(GOOD).with_cells(READER, {0: {"quantity": "三"}})
    assert sheet.record() == (GOOD,)
    assert sheet.rows[0].waits
    assert sheet.dropped() == on_record(GOOD)


def test_typing_below_the_last_row_adds_one_and_blanks_add_none() -> None:
    sheet = on_record(GOOD).with_cells(READER, {1: {"name": "新"}})
    assert len(sheet.rows) == 2
    assert len(sheet.with_cells(READER, {2: {"name": "  "}}).rows) == 2


def test_after_the_record_has_it_nothing_waits() -> None:
    sheet = on_record(GOOD).with_cells(READER, {0: {"name": "x"}, 1: {**GOOD, "name": "y"}})
    assert [row.waits for row in sheet.rows] == [True, True]
    record = sheet.record()
    settled = sheet.settled(record)
    assert [row.waits for row in settled.rows] == [False, False]
    assert [row.saved is on_record for row, on_record in zip(settled.rows, record, strict=True)]
    assert settled.record() == record


ROWS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=6).map(
    lambda names: tuple({"name": name, "quantity": "1"} for name in names)
)


@given(ROWS, ROWS, st.lists(st.integers(0, 6), max_size=3))
@settings(deadline=None)
def test_beside_another_record_that_record_is_shown_and_waiting_rows_are_kept(
    before: tuple[TableRow, ...], after: tuple[TableRow, ...], new: list[int]
) -> None:
    sheet = on_record(*before)
    for place in new:
        sheet = sheet.with_rows(min(place, len(sheet.rows)), [READER.read({"name": "half"})])
    beside = sheet.beside(after)
    assert beside.record() == after
    assert len(beside.waiting()) == len(new)
    same = sheet.beside(before)
    assert [row.values for row in same.rows] == [row.values for row in sheet.rows]


def test_a_row_that_waits_keeps_waiting_beside_changes_elsewhere() -> None:
    rows = [{**GOOD, "name": name} for name in "abcd"]
    sheet = on_record(*rows).with_cells(READER, {2: {"quantity": "三"}})
    beside = sheet.beside([{**GOOD, "name": "other"}, *rows[1:]])
    assert beside.waiting() == (2,)
    assert beside.rows[2].values["quantity"] == "三"
    assert [row["name"] for row in beside.record()] == ["other", "b", "c", "d"]


# --- import ---------------------------------------------------------------------------------------


def test_columns_of_a_file_are_guessed_and_can_be_matched_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("名称,数量,备注\n压铸机,3,铸造\n机器人,两,装配\n合计,5,\n", "utf-8")
    (foreign, *_) = foreign_tables(path, TABLE)
    assert {column.heading: column.guess for column in foreign.columns}["备注"] is None
    rows = list(imported_rows(foreign, READER, {1: "name", 2: "quantity", 3: "location"}))
    assert [row.values for row in rows] == [
        {"name": "压铸机", "quantity": "3", "location": "铸造"},
        {"name": "机器人", "quantity": "两", "location": "装配"},
    ]
    assert [row.fits for row in rows] == [True, False]


def test_the_samples_file_is_matched_without_help() -> None:
    path = Path(__file__).parents[3] / "samples" / "auto-parts" / "ledger.csv"
    (foreign, *_) = foreign_tables(path, TABLE)
    assert list(foreign.guesses.values()) == [column.id for column in TABLE.columns]
    assert all(row.fits for row in imported_rows(foreign, READER, foreign.guesses))


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("设备名称,数量\n", "utf-8")
    with pytest.raises(AssessorError):
        foreign_tables(path, TABLE)


# --- rates ----------------------------------------------------------------------------------------


def test_a_rate_names_the_rows_behind_each_of_its_figures() -> None:
    rows: tuple[TableRow, ...] = (
        {"name": "a", "quantity": "4", "key": "yes", "nc_quantity": "3", "online_quantity": "2"},
        {"name": "b", "quantity": "6", "key": "no", "nc_quantity": "6"},
        {"name": "c", "quantity": "2", "key": "yes"},
    )
    visit = visit_for(LOADED, {}).model_copy(update={"tables": {"ledger": rows}})
    card = Scorer(LOADED.rubric).score(visit)
    nc, online, _ = Rates("ledger").of(rows, card)
    assert nc.value == Decimal("50.00")
    assert [(part.value, part.rows) for part in nc.inputs] == [
        (Decimal(3), (0,)),
        (Decimal(6), (0, 2)),
    ]
    assert nc.rows == (0, 2)
    assert online.value == Decimal("16.67")
    assert [part.rows for part in online.inputs] == [(0,), (0, 1, 2)]


def test_without_rows_there_is_no_rate() -> None:
    card = Scorer(LOADED.rubric).score(visit_for(LOADED, {}))
    assert [rate.value for rate in Rates("ledger").of((), card)] == [None] * 3


def test_rows_of_another_table_count_nothing() -> None:
    assert RowCount(parse("sum(other.quantity)"), "ledger").of([GOOD]) == ()


# --- only what changed ----------------------------------------------------------------------------

CELLS = st.fixed_dictionaries(
    {"name": st.sampled_from(["", "a", "b"]), "quantity": st.sampled_from(["", "2", "-1", "x"])},
    optional={
        "key": st.sampled_from(["yes", "no", ""]),
        "nc_quantity": st.sampled_from(["1", "9"]),
    },
)
STEPS = st.lists(st.tuples(st.integers(0, 6), CELLS), max_size=8)


@given(steps=STEPS, gone=st.sets(st.integers(0, 6), max_size=2))
def test_what_a_sheet_remembers_is_what_it_would_find_anew(
    steps: list[tuple[int, dict[str, str]]], gone: set[int]
) -> None:
    sheet = LedgerSheet()
    for number, (at, cells) in enumerate(steps):
        sheet = sheet.with_cells(READER, {at: cells})
        if number % 3 == 2:
            sheet = sheet.settled(sheet.record())
    for same in (sheet, sheet.without(gone), sheet.settled(sheet.record())):
        anew = LedgerSheet(same.rows)
        assert same.unsettled == anew.unsettled
        on_record = [row for row in same.rows if row.fits or row.saved is not None]
        assert same.record() == tuple(r.values if r.fits else r.saved for r in on_record)
        places = same.places(range(len(on_record)))
        assert [same.rows[at] for at in sorted(places)] == on_record


@given(first=st.lists(CELLS, max_size=6), steps=STEPS, gone=st.integers(0, 6))
def test_rates_of_a_changed_table_are_those_worked_out_anew(
    first: list[dict[str, str]], steps: list[tuple[int, dict[str, str]]], gone: int
) -> None:
    tree = parse('sumif(ledger.key, "yes", ledger.quantity)')
    count, rows = RowCount(tree, "ledger"), list(first)
    for at, cells in steps:
        rows = [*rows[:at], cells, *rows[at + 1 :]] if at % 2 else [*rows[:at], cells, *rows[at:]]
        assert count.of(tuple(rows)) == RowCount(tree, "ledger").of(tuple(rows))
    left = tuple(row for at, row in enumerate(rows) if at != gone)
    assert count.of(left) == RowCount(tree, "ledger").of(left)
