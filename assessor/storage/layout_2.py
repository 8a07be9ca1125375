"""From layout 1 to layout 2: the log becomes a chain, every row of a table a row of ours."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

from assessor.canonical import canonical_json
from assessor.i18n import message
from assessor.storage import chain, history, schema
from assessor.storage.chain import Entry
from assessor.storage.content import stored_rows
from assessor.storage.order import GAP
from assessor.storage.parts import IN_TABLE, TABLES
from assessor.storage.replay import Replay

EDIT_1 = """CREATE TABLE edit (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  what TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL
) STRICT"""
LAYOUT_1 = (schema.ENTRY, schema.RUBRIC, schema.BLOB, EDIT_1, *schema.APPEND_ONLY)


def to_layout_2(connection: sqlite3.Connection) -> None:
    """Convert inside the present transaction.

    The entries of the log are taken over as they are found and chained from now on; one more entry
    tells what the conversion did. Raises `ValueError` for a file that is not of layout 1 exactly.
    """
    if not schema.is_expected(connection, LAYOUT_1):
        raise ValueError("not the tables of layout 1")
    replay = _chain_log(connection)
    _split_tables(connection)
    rows = dict(stored_rows(connection))
    deviations = list(replay.deviations(rows))
    before = {one.place: one.told for one in deviations if one.told is not None}
    after = {one.place: one.found for one in deviations if one.found is not None}
    note = history.EditNote(message("storage.converted", number=2), datetime.now(UTC))
    history.log(connection, note, before, after)


def _chain_log(connection: sqlite3.Connection) -> Replay:
    connection.execute("ALTER TABLE edit RENAME TO former_edit")
    for statement in (schema.EDIT, schema.HEAD):
        connection.execute(statement)
    chain.start_chain(connection, chain.new_file_id())
    replay = Replay()
    for row in connection.execute(
        "SELECT at, author, what, before, after FROM former_edit ORDER BY sequence"
    ):
        at, author, what, before, after = row
        texts = (canonical_json(json.loads(text)) for text in (what, before, after))
        what, before, after = texts
        entry = Entry(0, at, "", 0, author, what, "", before, after, "", "")
        replay.add(replace(entry, sequence=chain.append(connection, entry).entries))
    connection.execute("DROP TABLE former_edit")
    for statement in schema.APPEND_ONLY:
        connection.execute(statement)
    return replay


def _split_tables(connection: sqlite3.Connection) -> None:
    found = connection.execute("SELECT key, value FROM entry WHERE section = ?", (TABLES,))
    for table, text in found.fetchall():
        rows = json.loads(text)
        if not isinstance(rows, list):
            raise TypeError("a table is a list of rows")
        connection.executemany(
            "INSERT INTO entry (section, key, position, value) VALUES (?, ?, ?, ?)",
            (
                (TABLES, f"{table}{IN_TABLE}{number}", GAP * number, canonical_json(row))
                for number, row in enumerate(rows, start=1)
            ),
        )
        connection.execute(
            "UPDATE entry SET value = '[]' WHERE section = ? AND key = ?", (TABLES, table)
        )
