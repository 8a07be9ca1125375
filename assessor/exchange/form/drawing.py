"""Drawing the pages of the fill-in workbook with openpyxl.

openpyxl and not XlsxWriter, because only it can lock the structure of a workbook (sheets cannot be
moved, renamed or deleted); there are no formulas here whose values it could not store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from assessor.exchange.form import style
from assessor.exchange.form.rows import (
    CONFIDENCE_COLUMN,
    ENTRY_COLUMN,
    KEY_COLUMN,
    NUMBER_COLUMN,
    PROMPT_COLUMN,
    QUESTION_COLUMN,
    REMARK_COLUMN,
    UNIT_COLUMN,
    Entry,
    Page,
    Row,
)
from assessor.exchange.form.validation import Validations, number_format
from assessor.sheets import put_text, safe_text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

HEADING_ROW = 3
FIRST_ROW = 4
PAPER_A4 = 9


@dataclass(frozen=True)
class Frame:
    """What every sheet carries: its title line, the notice on the rubric's standing, its footer."""

    title: str
    notice: str
    footer: str


@dataclass
class PageDrawer:
    """Draws one page of rows on a sheet."""

    sheet: Worksheet
    page: Page
    validations: Validations
    at: int = FIRST_ROW
    heading: int = 0
    blocks: list[tuple[int, int]] = field(default_factory=list)

    def draw(self, frame: Frame) -> None:
        """Draw the page: frame, headings, rows, protection, print set-up."""
        for column, width in enumerate(self.page.widths, start=1):
            dimension = self.sheet.column_dimensions[get_column_letter(column)]
            dimension.width, dimension.hidden = width or 1, width == 0
        self.sheet.column_dimensions[get_column_letter(KEY_COLUMN)].hidden = True
        top(self.sheet, frame, self.page.widths)
        headings(self.sheet, self.page.headings)
        for block in _blocks(self.page.rows):
            self._block(block)
        self.validations.apply(self.sheet)
        area = f"A1:{get_column_letter(REMARK_COLUMN)}{max(self.at - 1, FIRST_ROW)}"
        finish(self.sheet, frame, area)
        self._break_pages()

    def _break_pages(self) -> None:
        """Let no question be torn by the end of a printed page.

        The sheet is fitted to the page's width, so how much of it a page holds is worked out for
        the scale that gives with Excel's own column widths; where columns come out wider, pages
        stay a little emptier.
        """
        sheet = self.sheet
        points = sum(width * style.COLUMN_POINTS for width in self.page.widths)
        scale = min(style.PAGE_WIDTH / points, 1.0)
        room = style.PAGE_HEIGHT / scale - self._tall(HEADING_ROW, HEADING_ROW)
        used = self._tall(1, HEADING_ROW - 1)
        for first, last in self.blocks:
            tall = self._tall(first, last)
            if used + tall > room and used:
                sheet.row_breaks.append(Break(id=first - 1))
                used = 0.0
            used += tall

    def _tall(self, first: int, last: int) -> float:
        rows = (self.sheet.row_dimensions[row] for row in range(first, last + 1))
        return sum(row.height or 0.0 for row in rows if not row.hidden)

    def _block(self, rows: Sequence[Row]) -> None:
        first = self.at
        for row in rows:
            self._row(row)
        if rows[0].kind == "band":
            self._merge(first, NUMBER_COLUMN, REMARK_COLUMN)
            self.heading = first
            return
        # A heading stays with the question below it.
        self.blocks.append((self.heading or first, self.at - 1))
        self.heading = 0
        own = [self._height(row) for row in rows]
        self._spread(first, own, self._question_height(rows[0]))
        if len(rows) > 1:
            for column in (NUMBER_COLUMN, QUESTION_COLUMN):
                self.sheet.merge_cells(
                    start_row=first, end_row=self.at - 1, start_column=column, end_column=column
                )

    def _spread(self, first: int, heights: list[float], needed: float) -> None:
        """Set the rows' heights; what the question needs beyond them is shared out."""
        more = max(0.0, needed - sum(heights)) / len(heights)
        for offset, height in enumerate(heights):
            self.sheet.row_dimensions[first + offset].height = height + more

    def _question_height(self, row: Row) -> float:
        width = self.page.widths[QUESTION_COLUMN - 1]
        return style.height_for({width: f"{row.title}\n{row.body}" if row.body else row.title})

    def _height(self, row: Row) -> float:
        widths = self.page.widths
        return style.height_for(
            {widths[PROMPT_COLUMN - 1]: row.prompt, widths[UNIT_COLUMN - 1]: row.unit}
        )

    def _row(self, row: Row) -> None:
        sheet, at = self.sheet, self.at
        self.at += 1
        put_text(cell_at(sheet, at, KEY_COLUMN), row.key)
        if row.kind == "band":
            cell = cell_at(sheet, at, NUMBER_COLUMN)
            put_text(cell, row.title)
            dress(cell, style.BOLD_FONT, style.WRAP_MIDDLE, style.BAND_FILL)
            sheet.row_dimensions[at].height = style.height_for({sum(self.page.widths): row.title})
            return
        number = cell_at(sheet, at, NUMBER_COLUMN)
        put_text(number, row.number)
        dress(number, style.BOLD_FONT, style.CENTRE)
        self._question(cell_at(sheet, at, QUESTION_COLUMN), row)
        _words(cell_at(sheet, at, PROMPT_COLUMN), row.prompt, style.WRAP_MIDDLE)
        self._entry(cell_at(sheet, at, ENTRY_COLUMN), row.entry)
        _words(cell_at(sheet, at, UNIT_COLUMN), row.unit, style.CENTRE)
        confidence = self.validations.confidence if row.confidence else Entry()
        self._entry(cell_at(sheet, at, CONFIDENCE_COLUMN), confidence)
        self._entry(cell_at(sheet, at, REMARK_COLUMN), Entry("text") if row.remark else Entry())

    def _question(self, cell: Cell, row: Row) -> None:
        dress(cell, style.BODY_FONT, style.WRAP)
        if not row.title:
            return
        bold = InlineFont(rFont=style.FONT, sz=style.SIZE, b=True, color=Color(style.TEXT))
        plain = InlineFont(rFont=style.FONT, sz=style.SIZE, color=Color(style.TEXT))
        parts = [TextBlock(bold, safe_text(row.title))]
        if row.body:
            parts.append(TextBlock(plain, safe_text(f"\n{row.body}")))
        cell.value = CellRichText(*parts)

    def _entry(self, cell: Cell, entry: Entry) -> None:
        if entry.kind == "none":
            dress(cell, style.BODY_FONT, style.CENTRE, style.LOCKED_FILL)
            return
        wide = entry.kind in ("text", "code")
        alignment = style.WRAP_MIDDLE if wide else style.CENTRE
        font = style.BODY_FONT if wide else style.ENTRY_FONT
        open_cell(cell, entry, font, alignment)
        self.validations.add(entry, cell.coordinate)

    def _merge(self, row: int, first: int, last: int) -> None:
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield each heading alone and each question with its further rows."""
    block: list[Row] = []
    for row in rows:
        if row.kind != "part" and block:
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell that is not hidden behind a merged one."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        raise TypeError(f"{cell.coordinate} is merged into another cell")
    return cell


def open_cell(cell: Cell, entry: Entry, font: Font, alignment: Alignment) -> None:
    """Make a cell one that may be filled in."""
    dress(cell, font, alignment, style.ENTRY_FILL, style.ENTRY_BORDER)
    cell.protection = style.OPEN
    cell.number_format = number_format(entry)


def dress(
    cell: Cell,
    font: Font,
    alignment: Alignment,
    fill: PatternFill | None = None,
    border: Border = style.GRID,
) -> None:
    """Give a cell its look."""
    cell.font, cell.alignment, cell.border = font, alignment, border
    if fill is not None:
        cell.fill = fill


def _words(cell: Cell, words: str, alignment: Alignment) -> None:
    put_text(cell, words)
    dress(cell, style.BODY_FONT, alignment)


def top(sheet: Worksheet, frame: Frame, widths: Sequence[int]) -> None:
    """Write the title and the notice above the headings, across all columns."""
    across = sum(widths)
    lines = (
        (frame.title, style.TITLE_FONT, None, style.TITLE_SIZE),
        (frame.notice, style.NOTICE_FONT, style.NOTICE_FILL, style.SIZE),
    )
    for row, (words, font, fill, size) in enumerate(lines, start=1):
        cell = cell_at(sheet, row, 1)
        put_text(cell, words)
        dress(cell, font, style.WRAP_MIDDLE, fill, Border())
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
        sheet.row_dimensions[row].height = style.height_for({across: words}, size)
        sheet.row_dimensions[row].hidden = not words


def headings(sheet: Worksheet, words: Sequence[str]) -> None:
    """Write the headings of the columns and keep them in sight."""
    for column, heading in enumerate(words, start=1):
        cell = cell_at(sheet, HEADING_ROW, column)
        put_text(cell, heading)
        dress(cell, style.HEAD_FONT, style.CENTRE, style.HEAD_FILL)
    sheet.row_dimensions[HEADING_ROW].height = 32
    sheet.freeze_panes = f"A{FIRST_ROW}"


def finish(sheet: Worksheet, frame: Frame, area: str) -> None:
    """Lock the sheet but for its open cells and set it up for A4 paper."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    sheet.print_area = area
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = PAPER_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.25, 0.3
    footer = HeaderFooterItem(
        left=_HeaderFooterPart(text=frame.footer.replace("&", "&&")),
        right=_HeaderFooterPart(text="&P / &N"),
    )
    sheet.oddFooter = footer
    sheet.sheet_view.showGridLines = False
