"""The summary workbook: every grid on a sheet of its own, charts beside those that have one.

Equal grids give equal bytes. A table with more rows than a sheet can hold goes on on further
sheets, and the first sheet says so in a row nobody overlooks. Nothing a person wrote becomes a
formula, a link or a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from assessor.bureau.bulletin.grid import Grid, Kind, Line, Value, shown
from assessor.i18n import Language, text
from assessor.sheets import TextFormats, sheet_name, write_text

_xlsxwriter: Any = import_module("xlsxwriter")  # imported by name, it carries no types

MOST_ROWS = 1_048_576
"""Rows a sheet can have."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (a constant; equal grids give equal bytes)
_FONT = "Microsoft YaHei"
_FORMATS: Mapping[Kind, str] = {
    "text": "@",
    "count": "0",
    "points": "0.00",
    "difference": "+0.00;-0.00;0.00",
    "percent": "0.00%",
}
_TOTAL: Mapping[str, object] = {"bold": True, "bg_color": "#EEF0F3"}
_GRID = {"visible": True, "line": {"color": "#DADEE4", "width": 0.5}}
_TICKS = {"name": _FONT, "size": 9}
_EXACT = Decimal("0.000001")
_A4 = 9
"""The number spreadsheets have for this size of paper."""
_LEAST_WIDTH = 11
"""Characters; every figure fits in."""
_MOST_WIDTH = 46
_WIDE = 0x2E80
"""From here on characters are as wide as two letters."""
_PARTS = 6
"""Widths are counted in this part of a figure's; capitals are wider than figures."""
_LOOKED_AT = 200
"""Rows whose texts decide how wide a column is."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart beside a grid: one column of names, one of figures; the total is left out."""

    kind: Literal["bar", "column"]
    names: int
    figures: int


@dataclass(frozen=True, slots=True)
class Part:
    """What stands on one sheet: a whole grid, or a part of a long one."""

    sheet: str
    grid: Grid
    chart: Chart | None
    split: str = ""

    @property
    def head(self) -> int:
        """The row of the headings, from 0: below the title, the notes and the split notice."""
        return 1 + len(self.grid.notes) + bool(self.split)


def parts_of(
    grids: Sequence[Grid],
    charts: Mapping[str, Chart],
    language: Language,
    most_rows: int = MOST_ROWS,
) -> tuple[Part, ...]:
    """Return what goes on which sheet; a grid that is too long is split."""
    parts: list[Part] = []
    for one in grids:
        pieces = list(_pieces(one, most_rows))
        split = _split_words(one, len(pieces), language, most_rows) if len(pieces) > 1 else ""
        for piece in pieces:
            name = sheet_name(one.title, [part.sheet for part in parts])
            chart = charts.get(one.name) if not split and piece.lines else None
            parts.append(Part(name, piece, chart, split))
    return tuple(parts)


def _pieces(grid: Grid, most_rows: int) -> Iterator[Grid]:
    # Title, notes, the notice of splitting and the headings take rows, too.
    room = max(most_rows - len(grid.notes) - 3, 1)
    if len(grid.lines) <= room:
        yield grid
        return
    for start in range(0, len(grid.lines), room):
        yield replace(grid, lines=grid.lines[start : start + room])


def _split_words(grid: Grid, parts: int, language: Language, most_rows: int) -> str:
    values = {"limit": most_rows, "title": grid.title, "rows": len(grid.lines), "parts": parts}
    return text("bureau_stats.split_notice", language, **values)


def write_book(
    title: str, parts: Sequence[Part], path: Path, language: Language, notes: Sequence[str] = ()
) -> None:
    """Write the workbook: a list of its sheets with notes first, then the sheets.

    Raises `OSError` when the file cannot be written.
    """
    workbook = _xlsxwriter.Workbook(str(path), _OPTIONS)
    workbook.set_properties({"title": title, "created": _CREATED})
    book = _Book(workbook, language)
    book.contents(title, parts, notes)
    for part in parts:
        book.sheet(part)
    workbook.close()


class _Book:
    def __init__(self, workbook: Any, language: Language) -> None:
        self._workbook = workbook
        self._language = language
        self._cells = {kind: self._formats(kind) for kind in _FORMATS}
        self._totals = {kind: self._formats(kind, **_TOTAL) for kind in _FORMATS}
        self._title = self._plain(bold=True, font_size=15)
        self._note = self._plain(font_color="#56616F")
        self._loud = self._plain(bold=True, font_color="#8A5A00", bg_color="#FCF1DA")
        colours = {"bg_color": "#0B6E99", "font_color": "#FFFFFF"}
        looks = {**colours, "border": 1, "border_color": "#DADEE4", "valign": "vcenter"}
        self._heads = {
            align: self._plain(bold=True, align=align, **looks) for align in ("left", "right")
        }

    def contents(self, title: str, parts: Sequence[Part], notes: Sequence[str]) -> None:
        """Write the first sheet: what is where, what was split, what has to be known."""
        name = sheet_name(text("bureau_output.contents", self._language), [])
        sheet = self._workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 14)
        write_text(sheet, 0, 0, title, self._title)
        row = 1
        for split in dict.fromkeys(part.split for part in parts if part.split):
            write_text(sheet, row, 0, split, self._loud)
            row += 1
        for note in notes:
            write_text(sheet, row, 0, note, self._note)
            row += 1
        row += 1
        for at, (key, align) in enumerate((("contents_table", "left"), ("contents_rows", "right"))):
            words = text(f"bureau_output.{key}", self._language)
            write_text(sheet, row, at, words, self._heads[align])
        row += 1
        for part in parts:
            write_text(sheet, row, 0, part.sheet, self._cells["text"])
            sheet.write_number(row, 1, len(part.grid.lines), self._cells["count"].usual)
            row += 1

    def sheet(self, part: Part) -> None:
        """Write one sheet."""
        grid = part.grid
        sheet = self._workbook.add_worksheet(part.sheet)
        _set_up(sheet, part)
        for at, width in enumerate(_widths(grid)):
            sheet.set_column(at, at, width)
        write_text(sheet, 0, 0, grid.title, self._title)
        if part.split:
            write_text(sheet, 1, 0, part.split, self._loud)
        for at, note in enumerate(grid.notes, 1 + bool(part.split)):
            write_text(sheet, at, 0, note.pick(self._language), self._note)
        for at, column in enumerate(grid.columns):
            head = self._heads["left" if column.kind == "text" else "right"]
            write_text(sheet, part.head, at, column.header, head)
        for row, line in enumerate(grid.lines, part.head + 1):
            self._line(sheet, row, grid, line)
        sheet.freeze_panes(part.head + 1, 1)
        if grid.lines:
            last = part.head + len(grid.lines)
            sheet.autofilter(part.head, 0, last, len(grid.columns) - 1)
        if part.chart is not None:
            self._draw(sheet, part, part.chart)
        if grid.heat:
            _colour(sheet, part)

    def _line(self, sheet: Any, row: int, grid: Grid, line: Line) -> None:
        for at, (value, column) in enumerate(zip(line.values, grid.columns, strict=True)):
            found = cell_value(value, column.kind, self._language, hidden=at in line.hidden)
            formats = (self._totals if line.total else self._cells)[column.kind]
            if isinstance(found, Decimal):
                sheet.write_number(row, at, found, formats.usual)
            else:
                write_text(sheet, row, at, found, formats)

    def _draw(self, sheet: Any, part: Part, chart: Chart) -> None:
        first, last = part.head + 1, part.head + sum(not line.total for line in part.grid.lines)
        if last < first:
            return
        drawn = self._workbook.add_chart({"type": chart.kind})
        names = [part.sheet, first, chart.names, last, chart.names]
        figures = [part.sheet, first, chart.figures, last, chart.figures]
        looks = {"fill": {"color": "#0B6E99"}, "gap": 60}
        drawn.add_series({"categories": names, "values": figures, **looks})
        column = part.grid.columns[chart.figures]
        figure = column.header
        looks_of_title = {"name": _FONT, "size": 12}
        drawn.set_title(
            {"name": f"{part.grid.title} · {figure}", "name_font": looks_of_title, "overlay": False}
        )
        drawn.set_legend({"none": True})
        # From zero on, or a small difference would look like a large one.
        figures_axis: dict[str, Any] = {
            "min": 0,
            "major_gridlines": _GRID,
            "num_font": _TICKS,
            "num_format": "0%" if column.kind == "percent" else "0",
        }
        names_axis: dict[str, Any] = {"num_font": _TICKS}
        if chart.kind == "bar":
            drawn.set_y_axis({**names_axis, "reverse": True})
            drawn.set_x_axis(figures_axis)
        else:
            drawn.set_x_axis(names_axis)
            drawn.set_y_axis(figures_axis)
        drawn.set_size({"width": 680, "height": max(300, 90 + 22 * (last - first + 1))})
        sheet.insert_chart(part.head, len(part.grid.columns) + 1, drawn)

    def _formats(self, kind: Kind, **more: object) -> TextFormats:
        looks = {"border": 1, "border_color": "#DADEE4", "num_format": _FORMATS[kind], **more}
        looks["align"] = "left" if kind == "text" else "right"
        usual = self._workbook.add_format({"font_name": _FONT, "font_size": 10, **looks})
        quoted = {"font_name": _FONT, "font_size": 10, "quote_prefix": True, **looks}
        return TextFormats(usual, self._workbook.add_format(quoted))

    def _plain(self, **looks: object) -> TextFormats:
        both = {"font_name": _FONT, "font_size": 10, **looks}
        quoted = self._workbook.add_format({**both, "quote_prefix": True})
        return TextFormats(self._workbook.add_format(both), quoted)


def _colour(sheet: Any, part: Part) -> None:
    """Give shares a ground, the darker the higher."""
    first, last = part.head + 1, part.head + sum(not line.total for line in part.grid.lines)
    for at, column in enumerate(part.grid.columns):
        if column.kind == "percent" and last >= first:
            colours = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#7DB6CF"}
            sheet.conditional_format(first, at, last, at, colours)


def _set_up(sheet: Any, part: Part) -> None:
    """Paper: A4 across, as wide as one page, headings on each, numbered."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(part.head)
    sheet.set_footer("&C&P / &N")


def cell_value(
    value: Value, kind: Kind, language: Language, *, hidden: bool = False
) -> Decimal | str:
    """Return what a cell holds: a number where there is one, else what people read."""
    if hidden or value is None or isinstance(value, str):
        return shown(value, kind, language, hidden=hidden)
    return Decimal(value).quantize(_EXACT) if isinstance(value, Decimal) else Decimal(value)


def _width(sign: str) -> int:
    if ord(sign) >= _WIDE:
        return 2 * _PARTS
    return _PARTS + 2 if sign.isupper() else _PARTS + (sign.isdigit() or sign.islower())


def _widths(grid: Grid) -> list[int]:
    widths = []
    for at, column in enumerate(grid.columns):
        texts = [column.header]
        if column.kind == "text":
            texts += [str(line.values[at] or "") for line in grid.lines[:_LOOKED_AT]]
        widest = max(sum(map(_width, one)) for one in texts)
        widths.append(min(max(-(-widest // _PARTS) + 2, _LEAST_WIDTH), _MOST_WIDTH))
    return widths
