"""Drawing the rows of a rubric as a workbook: headings, widths, lists of choices, no formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from importlib import import_module
from io import BytesIO
from typing import Any, Final

from assessor import __version__
from assessor.exchange.rubric_book.notation import TRUE
from assessor.exchange.rubric_book.rows import Book, Row, names_of
from assessor.exchange.rubric_book.shapes import ROOT, Shape
from assessor.exchange.rubric_book.tables import (
    ANY_KEY,
    Steps,
    Table,
    columns_of,
    layout,
    part_text,
    shape_at,
)
from assessor.exchange.rubric_book.wording import column_words, sheet_words
from assessor.i18n import Language, text
from assessor.rubrics.json_text import path_text
from assessor.rubrics.loader import LoadedRubric
from assessor.sheets import TextFormats, cell_name, safe_text, sheet_name, write_text

_xlsxwriter: Any = import_module("xlsxwriter")  # imported by name, it carries no types

BOOK: Final = "assessor rubric workbook"
BOOK_VERSION: Final = 1
PART, OWNER, KEY, ROW = "#part", "#owner", "#key", "#row"
NAME_ROW, FIRST_ROW = 3, 4
"""The row of the names by which the program knows the columns, and the first of content."""

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (a constant; equal rubrics give equal bytes)
_FONT = {"font_name": "Microsoft YaHei", "font_size": 9, "valign": "top", "num_format": "@"}
_CELL = {**_FONT, "text_wrap": True, "border": 1, "border_color": "#DADEE4"}
_MOST_CHOICES = 255
_SPARE_ROWS = 200
_LONG, _MIDDLE, _SHORT = 44, 18, 11
_LANDSCAPE_A4 = 9
_TO_ENTER = "_to_enter"
_GUIDE = ("guide_edit", "guide_empty", "guide_list", "guide_owner", "guide_back", "guide_hidden")


def draw_book(loaded: LoadedRubric, book: Book, language: Language) -> bytes:
    """Return the workbook of a rubric's rows; equal rubrics give equal bytes."""
    stream = BytesIO()
    workbook = _xlsxwriter.Workbook(stream, _OPTIONS)
    title = loaded.rubric.title.pick(language)
    workbook.set_properties(
        {"title": safe_text(title), "author": f"assessor {__version__}", "created": _CREATED}
    )
    drawer = _Drawer(workbook, book, language)
    drawer.draw(
        text("rubric_book.guide_title", language, title=title, version=loaded.rubric.version)
    )
    workbook.close()
    return stream.getvalue()


class _Looks:
    """The formats of the cells, each with the quote prefix and without."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook

    def _pair(self, **look: object) -> TextFormats:
        usual = self._workbook.add_format(look)
        return TextFormats(usual, self._workbook.add_format({**look, "quote_prefix": True}))

    @cached_property
    def cell(self) -> TextFormats:
        """A cell of content."""
        return self._pair(**_CELL)

    @cached_property
    def open(self) -> TextFormats:
        """An empty cell that waits for its content."""
        return self._pair(**_CELL, bg_color="#FFF9E0")

    @cached_property
    def head(self) -> TextFormats:
        """A heading for people."""
        return self._pair(**_CELL, bg_color="#0B6E99", font_color="#FFFFFF", bold=True)

    @cached_property
    def name(self) -> TextFormats:
        """A name for the program."""
        return self._pair(**_CELL, bg_color="#EEF0F3", font_color="#56616F")

    @cached_property
    def title(self) -> TextFormats:
        """The first row of a sheet."""
        return self._pair(**{**_FONT, "font_size": 14}, bold=True)

    @cached_property
    def plain(self) -> TextFormats:
        """A sentence of the guide."""
        return self._pair(**_FONT, text_wrap=True)


class _Drawer:
    def __init__(self, workbook: Any, book: Book, language: Language) -> None:
        self.workbook = workbook
        self.book = book
        self.language = language
        self.looks = _Looks(workbook)
        self.taken: list[str] = []

    def say(self, name: str, **values: object) -> str:
        return text(f"rubric_book.{name}", self.language, **values)

    def draw(self, title: str) -> None:
        guide = self._sheet(self.say("guide_sheet"))
        root = self._sheet(sheet_words(ROOT, self.language))
        self._root(root)
        shown = []
        for table in layout().tables.values():
            rows = self.book.rows.get(table.name, [])
            if rows or _is_first(table):
                name = self._table(table, rows)
                shown.append((name, len(rows)))
        self._guide(guide, title, shown)

    def _sheet(self, wanted: str) -> Any:
        name = sheet_name(wanted, self.taken)
        self.taken.append(name)
        return self.workbook.add_worksheet(name)

    def _guide(self, sheet: Any, title: str, shown: Sequence[tuple[str, int]]) -> None:
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        write_text(sheet, 0, 0, BOOK, self.looks.name)
        write_text(sheet, 0, 1, str(BOOK_VERSION), self.looks.name)
        write_text(sheet, 1, 0, title, self.looks.title)
        lines = [("", self.say(name)) for name in _GUIDE]
        lines += [(self.say("guide_sheets"), "")]
        lines += [(name, self.say("guide_rows", count=count)) for name, count in shown]
        for row, cells in enumerate(lines, start=3):
            for column, words in enumerate(cells):
                write_text(sheet, row, column, words, self.looks.plain)
        sheet.hide_gridlines(2)

    def _head(self, sheet: Any, table: str, headings: Sequence[tuple[str, str]]) -> None:
        write_text(sheet, 0, 0, table, self.looks.name)
        write_text(sheet, 0, 1, sheet_words(table, self.language), self.looks.title)
        for column, (words, name) in enumerate(headings):
            write_text(sheet, NAME_ROW - 2, column, words, self.looks.head)
            write_text(sheet, NAME_ROW - 1, column, name, self.looks.name)
        sheet.set_landscape()
        sheet.set_paper(_LANDSCAPE_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(NAME_ROW - 2, NAME_ROW - 1)

    def _root(self, sheet: Any) -> None:
        """Draw the rubric's own cells one below the other."""
        heads = [self.say(name) for name in ("column_path", "column_label", "column_value")]
        self._head(sheet, ROOT, [*zip(heads, ("#path", "#label", "#value"), strict=True)])
        table = Table(ROOT, Shape("record", models=(ROOT,)))
        columns = _columns(table, [self.book.root])
        for row, (path, tinted) in enumerate(columns.items(), start=FIRST_ROW - 1):
            words = self.book.root.get(path, "")
            write_text(sheet, row, 0, path_text(path), self.looks.name)
            write_text(sheet, row, 1, column_words(path, self.language), self.looks.cell)
            self._cell(sheet, row, 2, words, tinted=tinted)
        sheet.set_column(0, 1, 26)
        sheet.set_column(2, 2, 90)
        sheet.freeze_panes(NAME_ROW, 0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:C{len(columns) + FIRST_ROW}"})

    def _table(self, table: Table, rows: Sequence[Row]) -> str:
        sheet = self._sheet(sheet_words(table.name, self.language))
        columns = _columns(table, [row.cells for row in rows])
        special = [
            PART,
            OWNER,
            *([KEY] if table.keyed else []),
            *([ROW] if _numbered(table) else []),
        ]
        headings = [(self._special(name), name) for name in special]
        headings += [(column_words(path, self.language), path_text(path)) for path in columns]
        self._head(sheet, table.name, headings)
        names = owner_names(self.book, rows)
        for at, row in enumerate(rows, start=FIRST_ROW - 1):
            firsts = {PART: row.part, OWNER: names[at - FIRST_ROW + 1], KEY: row.key}
            for column, name in enumerate(special):
                self._cell(sheet, at, column, firsts.get(name, str(row.number)))
            for column, (path, tinted) in enumerate(columns.items(), start=len(special)):
                waiting = tinted or _is_awaited(row.cells, path)
                self._cell(sheet, at, column, row.cells.get(path, ""), tinted=waiting)
        self._dress(sheet, table, rows, columns, len(special))
        last = cell_name(max(len(rows), 1) + NAME_ROW, len(headings))
        sheet.ignore_errors({"number_stored_as_text": f"A1:{last}"})
        sheet.autofilter(NAME_ROW - 1, 0, max(len(rows), 1) + NAME_ROW - 1, len(headings) - 1)
        return self.taken[-1]

    def _special(self, name: str) -> str:
        words = {PART: "column_part", OWNER: "column_owner", KEY: "column_key"}
        return self.say(words[name]) if name in words else name

    def _cell(self, sheet: Any, row: int, column: int, words: str, *, tinted: bool = False) -> None:
        look = self.looks.open if tinted and not words else self.looks.cell
        if words:
            write_text(sheet, row, column, words, look)
        else:
            sheet.write_blank(row, column, None, look.usual)

    def _dress(
        self,
        sheet: Any,
        table: Table,
        rows: Sequence[Row],
        columns: Mapping[Steps, bool],
        special: int,
    ) -> None:
        """Set widths, fold empty columns, offer the words of choices."""
        sheet.set_column(0, special - 1, _MIDDLE)
        last = max(len(rows), 1) + NAME_ROW - 1 + _SPARE_ROWS
        filled = {path for row in rows for path in row.cells}
        for column, (path, tinted) in enumerate(columns.items(), start=special):
            shape = shape_at(table.item, path) or Shape("any")
            awaited = tinted or any(_is_awaited(row.cells, path) for row in rows)
            folded = bool(rows) and path not in filled and not awaited
            fold = {"level": 1, "hidden": True} if folded else {}
            sheet.set_column(column, column, _width(path, shape), self.looks.cell.usual, fold)
            _offer(sheet, column, last, _choices(shape))
        parts = [part_text(place.owner, place.path) for place in layout().homes(table.name)]
        _offer(sheet, 0, last, [part for part in parts if ANY_KEY not in part])
        sheet.freeze_panes(NAME_ROW, min(special + 1, 3))


def owner_names(book: Book, rows: Sequence[Row]) -> list[str]:
    """Return by what name each row calls the one it hangs on, empty for the rubric itself."""
    owners = {row.owner.table for row in rows if row.owner is not None}
    called: dict[int, str] = {}
    for table in owners:
        those = book.rows[table]
        names = names_of([own_names(row) for row in those])
        called |= {id(row): name[0] for row, name in zip(those, names, strict=True)}
    return [called[id(row.owner)] if row.owner is not None else "" for row in rows]


def own_names(row: Row) -> tuple[str, str]:
    """Return a row's own name and its owner's."""
    return _own(row), _own(row.owner) if row.owner is not None else ""


def _own(row: Row) -> str:
    table = layout().tables[row.table]
    if table.keyed:
        return row.key
    return row.cells.get((table.naming,), "") if table.naming else str(row.number)


def _numbered(table: Table) -> bool:
    """Whether rows without a name need a number because others hang on them."""
    owns = any(place.owner == table.name for place in layout().places)
    return owns and not table.keyed and not table.naming


def _is_first(table: Table) -> bool:
    """Whether rows hang on the rubric itself, so that an empty sheet is worth offering."""
    return any(place.owner == ROOT for place in layout().homes(table.name))


def _columns(table: Table, cells: Iterable[Mapping[Steps, str]]) -> dict[Steps, bool]:
    """Return the columns in order, and whether an empty cell there waits to be filled."""
    columns = {path: waits for path, _, waits in columns_of(table)}
    fixed = list(dict.fromkeys(path[:1] for path in columns))
    added = dict.fromkeys(path for row in cells for path in row if path not in columns)
    columns |= dict.fromkeys(added, False)
    order = {top: at for at, top in enumerate(fixed)}
    return dict(sorted(columns.items(), key=lambda entry: order.get(entry[0][:1], len(order))))


def _is_awaited(cells: Mapping[Steps, str], path: Steps) -> bool:
    """Whether a row says of a figure that it is still to be entered: `weight_to_enter` is true."""
    return cells.get((*path[:-1], f"{path[-1]}{_TO_ENTER}")) == TRUE


def _width(path: Steps, shape: Shape) -> int:
    if path[-1] in ("zh", "en") or shape.kind == "any":
        return _LONG
    return _MIDDLE if shape.kind in ("text", "list", "choice") else _SHORT


def _choices(shape: Shape) -> Sequence[str]:
    return ("true", "false") if shape.kind == "truth" else shape.choices


def _offer(sheet: Any, column: int, last: int, choices: Sequence[str]) -> None:
    """Offer the words of a choice; others may be typed and are named when they are read."""
    if choices and sum(len(choice) + 1 for choice in choices) <= _MOST_CHOICES:
        sheet.data_validation(
            FIRST_ROW - 1,
            column,
            last,
            column,
            {"validate": "list", "source": list(choices), "error_type": "information"},
        )
