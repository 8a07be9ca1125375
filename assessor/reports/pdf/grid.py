"""Tables on paper: rows that stay whole, headers that come back on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessor.reports.document import Cell, Column, Row, RowStyle, Table
from assessor.reports.pdf import look
from assessor.reports.pdf.box import Box
from assessor.reports.pdf.marks import draw_mark
from assessor.reports.typeset.fonts import Typeface
from assessor.reports.typeset.paragraph import Setting, Stretch
from assessor.reports.typeset.pen import Ink, Look, Pen

PAD_X = 6.0
PAD_Y = 3.8
MARK = 7.5
BAR = 5.6
BAR_TEXT = 46.0
TALL = 0.4
"""A row higher than this part of a page's room may be cut within its text."""
SMALL = 0.2
"""A table lower than this part of a page's room is not cut at the foot of a page."""
LEAST_LINES = 3
"""A cut row shows at least this many lines on the first page."""

_RULE = Ink(stroke=look.LINE)
_GROUNDS: dict[RowStyle, str] = {"body": "", "total": "#F5F6F8", "group": "#F5F6F8"}


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell in its place: the lines of its text from `first` on, up to `stop`."""

    cell: Cell
    setting: Setting
    width: float
    first: int = 0
    stop: int | None = None

    @property
    def inner(self) -> float:
        """The width its text may take."""
        marked = MARK + 4 if self.cell.mark else 0.0
        return max(self.width - 2 * PAD_X - marked, self.setting.look.size)

    def count(self) -> int:
        return len(self.setting.lines(self.inner)[self.first : self.stop])

    def part(self, first: int, stop: int | None) -> _Slot:
        return replace(self, first=first, stop=stop)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row in its place."""

    slots: tuple[_Slot, ...]
    style: RowStyle

    def height(self) -> float:
        return max(slot.count() for slot in self.slots) * look.CELL.leading + 2 * PAD_Y

    def cut(self, room: float) -> tuple[_Line, _Line] | None:
        """Cut within the text so that the first part is at most `room` high."""
        lines = int((room - 2 * PAD_Y) / look.CELL.leading)
        if lines < LEAST_LINES or lines >= max(slot.count() for slot in self.slots):
            return None
        upper = tuple(slot.part(slot.first, slot.first + lines) for slot in self.slots)
        lower = tuple(slot.part(slot.first + lines, slot.stop) for slot in self.slots)
        return _Line(upper, self.style), _Line(lower, self.style)


class TableBox(Box):
    """A table or what is left of it after a page's end."""

    before = 4.0
    after = 10.0

    def __init__(self, header: _Line, lines: Sequence[_Line]) -> None:
        self._header = header
        self._lines = list(lines)
        self._heights = [line.height() for line in self._lines]

    def height(self, width: float) -> float:
        """Return the height with its header."""
        return self._header.height() + sum(self._heights)

    def least(self, width: float) -> float:
        """Return the height of the header and the first rows, as far as they stay whole."""
        if self.height(width) <= SMALL * look.ROOM:
            return self.height(width)
        beginning = sum(self._heights[: self._lead()])
        return self._header.height() + min(beginning, TALL * look.ROOM)

    def _lead(self) -> int:
        """Count the rows that must not be parted from the header: group titles and two more."""
        groups = 0
        while groups < len(self._lines) and self._lines[groups].style == "group":
            groups += 1
        return groups + 2

    def cut(self, width: float, room: float, fresh: bool) -> tuple[Box, Box] | None:
        """Cut between rows; within a row only when it is very tall."""
        room -= self._header.height()
        index, used = 0, 0.0
        while index < len(self._lines) and used + self._heights[index] <= room:
            used += self._heights[index]
            index += 1
        if index < len(self._lines) and self._heights[index] > TALL * look.ROOM:
            parts = self._lines[index].cut(room - used)
            if parts:
                upper = [*self._lines[:index], parts[0]]
                return self._part(upper), self._part([parts[1], *self._lines[index + 1 :]])
        index = self._good_end(index)
        if not index:
            return None
        return self._part(self._lines[:index]), self._part(self._lines[index:])

    def _good_end(self, index: int) -> int:
        """Move a cut up, so that no group title ends a page and no total begins one."""
        while 1 < index < len(self._lines) and (
            self._lines[index - 1].style == "group" or self._lines[index].style == "total"
        ):
            index -= 1
        return index

    def _part(self, lines: Sequence[_Line]) -> TableBox:
        return TableBox(self._header, lines)

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the header on its ground, then the rows with a rule under each."""
        bottom = top - self._header.height()
        pen.box((x, bottom, width, top - bottom), Ink(look.SUNKEN))
        _paint_line(pen, self._header, x, top)
        pen.line((x, bottom), (x + width, bottom), _RULE)
        for line, height in zip(self._lines, self._heights, strict=True):
            _paint_ground(pen, line, (x, bottom - height, width, height))
            _paint_line(pen, line, x, bottom)
            bottom -= height
            pen.line((x, bottom), (x + width, bottom), _RULE)


def table_box(table: Table, width: float, typeface: Typeface) -> TableBox:
    """Set `table` in a column `width` points wide."""
    total = float(sum(column.weight for column in table.columns))
    widths = [float(column.weight) / total * width for column in table.columns]
    header = _Line(
        tuple(
            _Slot(Cell(), Setting(column.header, _aligned(look.TABLE_HEADER, column), typeface), w)
            for column, w in zip(table.columns, widths, strict=True)
        ),
        "body",
    )
    return TableBox(header, [_line(row, table.columns, widths, typeface) for row in table.rows])


def _line(
    row: Row, columns: Sequence[Column], widths: Sequence[float], typeface: Typeface
) -> _Line:
    if row.style == "group":
        widths, columns = [sum(widths)], columns[:1]
    slots = (
        _Slot(cell, _cell_setting(cell, row, column, typeface), width)
        for cell, column, width in zip(row.cells, columns, widths, strict=True)
    )
    return _Line(tuple(slots), row.style)


def _cell_setting(cell: Cell, row: Row, column: Column, typeface: Typeface) -> Setting:
    strong = cell.strong or row.style != "body"
    align = "left" if row.style == "group" else "right" if cell.share is not None else column.align
    style = Look(look.CELL.size, look.CELL.leading, look.TONES[cell.tone], strong, align)
    label = look.LABELS[cell.badge] if cell.badge else None
    words = [Stretch(cell.text, label=label)] if label and cell.text else cell.text
    return Setting(words, style, typeface)


def _aligned(style: Look, column: Column) -> Look:
    return replace(style, align=column.align)


def _paint_ground(pen: Pen, line: _Line, area: tuple[float, float, float, float]) -> None:
    if ground := _GROUNDS[line.style]:
        pen.box(area, Ink(ground))
    left, low, _, high = area
    for slot in line.slots:
        if slot.cell.heat is not None:
            pen.box((left, low, slot.width, high), Ink(look.heat_ground(slot.cell.heat)))
        left += slot.width
    if line.style == "total":
        x, bottom, width, height = area
        rule = Ink(stroke=look.STRONG_LINE, width=0.9)
        pen.line((x, bottom + height), (x + width, bottom + height), rule)


def _paint_line(pen: Pen, line: _Line, x: float, top: float) -> None:
    for slot in line.slots:
        _paint_slot(pen, slot, x, top)
        x += slot.width


def _paint_slot(pen: Pen, slot: _Slot, x: float, top: float) -> None:
    cell, left = slot.cell, x + PAD_X
    middle = top - PAD_Y - look.CELL.leading / 2
    if cell.share is not None and not slot.first:
        _paint_bar(pen, slot, left, middle)
    if cell.mark and not slot.first:
        draw_mark(pen, cell.mark, (left, middle - MARK / 2), MARK, look.TONES[cell.tone])
    inset = MARK + 4 if cell.mark else 0.0
    lines = slice(slot.first, slot.stop)
    slot.setting.draw(pen, left + inset, top - PAD_Y, slot.inner, lines)


def _paint_bar(pen: Pen, slot: _Slot, left: float, middle: float) -> None:
    length = slot.inner - (BAR_TEXT if slot.cell.text else 0.0)
    share = min(max(float(slot.cell.share or 0), 0.0), 1.0)
    colour = look.ACCENT if slot.cell.tone == "text" else look.TONES[slot.cell.tone]
    bottom = middle - BAR / 2
    pen.box((left, bottom, length, BAR), Ink(look.SUNKEN), radius=BAR / 2)
    if share:
        pen.box((left, bottom, max(share * length, BAR), BAR), Ink(colour), radius=BAR / 2)
