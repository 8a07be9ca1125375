"""A Document as an editable .docx: headings, paragraphs, real tables, charts as pictures.

Equal Documents give equal bytes: the clock and the library's own marks are taken out.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime
from functools import singledispatchmethod
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from assessor.bureau.bulletin.pictures import WIDTH, chart_png
from assessor.reports.document import (
    BarChart,
    Block,
    Cover,
    Document,
    Heading,
    Headline,
    KeyValues,
    Listing,
    PageBreak,
    Paragraph,
    Table,
    Together,
    figures,
    plain,
)
from assessor.reports.pdf.look import heat_ground
from assessor.reports.table import Cell, Row, Tone
from assessor.sheets import safe_text

_docx: Any = import_module("docx")  # imported by name, as the writers of workbooks are
_shared: Any = import_module("docx.shared")
_oxml: Any = import_module("docx.oxml")
_qn: Any = import_module("docx.oxml.ns").qn

_FONT, _FONT_EAST = "Arial", "Microsoft YaHei"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (a constant; equal Documents give equal bytes)
_STAMP = (1980, 1, 1, 0, 0, 0)
_TEXT_WIDTH = WIDTH
_COLOURS: dict[Tone, str] = {
    "text": "1B2430",
    "muted": "56616F",
    "accent": "0B6E99",
    "good": "1E7B4A",
    "caution": "8A5A00",
    "bad": "B3261E",
}
_BODY, _SMALL = 10.5, 9.0
_ABOVE_COVER = 150
_LABELS = 0.2
"""The share of the width that labels of fields take."""
_CENTRE = import_module("docx.enum.table").WD_CELL_VERTICAL_ALIGNMENT.CENTER


def write_docx(document: Document, path: Path) -> tuple[str, ...]:
    """Write the pages of a Document; return the text of every paragraph, in order.

    Raises `OSError` when the file cannot be written.
    """
    writer = _Writer(document)
    for block in document.pages:
        writer.put(block)
    stream = BytesIO()
    writer.file.save(stream)
    path.write_bytes(_without_clock(stream.getvalue()))
    return tuple(writer.written)


def docx_texts(path: Path) -> tuple[str, ...]:
    """Return the text of every paragraph that has one, tables included, in the file's order."""
    body = _docx.Document(str(path)).element.body
    found = []
    for paragraph in body.iter(_qn("w:p")):
        words = "".join(_piece(node) for node in paragraph.iter(_qn("w:t"), _qn("w:br")))
        if words.strip():
            found.append(words)
    return tuple(found)


def _piece(node: Any) -> str:
    if node.tag == _qn("w:t"):
        return node.text or ""
    return "" if node.get(_qn("w:type")) == "page" else "\n"


def _without_clock(content: bytes) -> bytes:
    """Pack the parts again with a fixed time, in a fixed order of names but the first."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _STAMP)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            part.create_system = 0
            target.writestr(part, source.read(name))
    return stream.getvalue()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.file = _docx.Document()
        self.written: list[str] = []
        self._describe(document)
        self._set_up(document)

    def _describe(self, document: Document) -> None:
        core = self.file.core_properties
        core.title, core.author = document.meta.title, document.meta.generated
        core.last_modified_by, core.comments = document.meta.generated, ""
        core.created = core.modified = _CREATED
        core.revision = 1

    def _set_up(self, document: Document) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = _shared.Mm(210), _shared.Mm(297)
        side = (section.page_width.pt - _TEXT_WIDTH) / 2
        section.left_margin = section.right_margin = _shared.Pt(side)
        section.top_margin = section.bottom_margin = _shared.Mm(20)
        for style in self.file.styles:
            if getattr(style, "font", None) is not None and style.type == 1:
                style.font.name = _FONT
                fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
                for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                    fonts.attrib.pop(_qn(f"w:{name}"), None)
                fonts.set(_qn("w:eastAsia"), _FONT_EAST)
        self.file.styles["Normal"].font.size = _shared.Pt(_BODY)
        language = {"zh": "zh-CN", "en": "en-GB"}[document.meta.language]
        mark = _oxml.OxmlElement("w:lang")
        mark.set(_qn("w:val"), "en-GB")
        mark.set(_qn("w:eastAsia"), language if language == "zh-CN" else "zh-CN")
        self.file.styles["Normal"].element.get_or_add_rPr().append(mark)

    # --- blocks -----------------------------------------------------------------------------------

    @singledispatchmethod
    def put(self, block: Block) -> None:
        """Add a block; a kind without a form of its own stands as what is written in it."""
        for one in figures((block,)):
            self._words(one.text)

    @put.register
    def _(self, block: Cover) -> None:
        room = self._words(block.kicker, tone="accent", strong=True)
        if room is not None:
            room.paragraph_format.space_before = _shared.Pt(_ABOVE_COVER)
        self._words(block.title, size=24, strong=True)
        self._words(block.subtitle, size=13, tone="muted")
        self._words(block.notice, tone="caution", strong=True)
        self._fields([(entry.label, entry.text) for entry in block.fields])

    @put.register
    def _(self, block: Heading) -> None:
        paragraph = self.file.add_heading("", level=min(block.level, 4))
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, " ".join(filter(None, (block.text, block.aside))), tone="text")

    @put.register
    def _(self, block: Headline) -> None:
        self._words(block.kicker, tone="muted")
        self._words(f"{block.title}  {block.figure}".strip(), size=18, strong=True, tone=block.tone)
        self._words(block.figure_note, tone="muted")
        for line in block.lines:
            self._words(line.text, tone=line.tone or "text", strong=line.strong)

    @put.register
    def _(self, block: Paragraph) -> None:
        tones: dict[str, Tone] = {"muted": "muted", "caution": "caution", "quote": "muted"}
        size = _SMALL if block.style == "muted" else _BODY
        self._words(plain(block.text), tone=tones.get(block.style, "text"), size=size)

    @put.register
    def _(self, block: Listing) -> None:
        self._words(block.title, strong=True)
        for item in block.items:
            style = "List Number" if block.numbered else "List Bullet"
            self._run(self.file.add_paragraph(style=style), plain(item.text), tone=item.tone)

    @put.register
    def _(self, block: KeyValues) -> None:
        self._fields([(entry.label, entry.text) for entry in block.fields])

    @put.register
    def _(self, block: Together) -> None:
        for one in block.blocks:
            self.put(one)

    @put.register
    def _(self, block: PageBreak) -> None:
        self.file.add_page_break()

    @put.register
    def _(self, block: BarChart) -> None:
        picture = self.file.add_picture(BytesIO(chart_png(block)), width=_shared.Pt(_TEXT_WIDTH))
        words = "; ".join(f"{bar.label} {bar.text}" for bar in block.bars)
        picture._inline.docPr.set("descr", safe_text(words))

    @put.register
    def _(self, block: Table) -> None:
        self._words(block.caption, strong=True)
        table = self.file.add_table(rows=1, cols=len(block.columns))
        table.autofit = False
        _rule(table)
        total = sum(column.weight for column in block.columns)
        widths = [_shared.Pt(_TEXT_WIDTH * float(one.weight / total)) for one in block.columns]
        head = table.rows[0]
        _repeat(head)
        for at, column in enumerate(block.columns):
            cell = head.cells[at]
            table.columns[at].width = cell.width = widths[at]
            _shade(cell, _COLOURS["accent"])
            self._cell(cell, Cell(column.header, strong=True), column.align, white=True)
        for row in block.rows:
            self._row(table, row, block, widths)
        self.file.add_paragraph().paragraph_format.space_after = _shared.Pt(2)

    # --- pieces -----------------------------------------------------------------------------------

    def _row(self, table: Any, row: Row, block: Table, widths: list[Any]) -> None:
        line = table.add_row()
        _keep_whole(line)
        cells = line.cells
        for at, cell in enumerate(row.cells):
            align = block.columns[at].align
            cells[at].width = widths[at]
            if cell.heat is not None:
                _shade(cells[at], heat_ground(cell.heat).removeprefix("#"))
            elif row.style == "total":
                _shade(cells[at], "EEF0F3")
            strong = cell.strong or row.style == "total"
            self._cell(cells[at], replace(cell, strong=strong), align, white=False)

    def _cell(self, place: Any, cell: Cell, align: str, *, white: bool) -> None:
        paragraph = place.paragraphs[0]
        paragraph.alignment = {"left": 0, "center": 1, "right": 2}[align]
        paragraph.paragraph_format.space_before = _shared.Pt(2)
        paragraph.paragraph_format.space_after = _shared.Pt(2)
        place.vertical_alignment = _CENTRE
        self._run(paragraph, cell.text, tone=cell.tone, strong=cell.strong, size=_SMALL)
        if white and paragraph.runs:
            paragraph.runs[0].font.color.rgb = _shared.RGBColor(255, 255, 255)

    def _fields(self, fields: list[tuple[str, str]]) -> None:
        table = self.file.add_table(rows=0, cols=2)
        table.autofit = False
        _rule(table)
        for label, words in fields:
            line = table.add_row()
            _keep_whole(line)
            sizes = (_TEXT_WIDTH * _LABELS, _TEXT_WIDTH * (1 - _LABELS))
            for cell, size in zip(line.cells, sizes, strict=True):
                cell.width = _shared.Pt(size)
            self._cell(line.cells[0], Cell(label, tone="muted"), "left", white=False)
            self._cell(line.cells[1], Cell(words), "left", white=False)

    def _words(
        self, words: str, *, tone: Tone = "text", strong: bool = False, size: float = _BODY
    ) -> Any:
        if not words:
            return None
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.space_after = _shared.Pt(4)
        self._run(paragraph, words, tone=tone, strong=strong, size=size)
        return paragraph

    def _run(
        self, paragraph: Any, words: str, *, tone: Tone, strong: bool = False, size: float = 0
    ) -> None:
        words = safe_text(words).replace("\t", " ")
        run = paragraph.add_run(words)
        run.font.color.rgb = _shared.RGBColor.from_string(_COLOURS[tone])
        if strong:
            run.font.bold = True
        if size:
            run.font.size = _shared.Pt(size)
        if words.strip():
            self.written.append(words)


def _repeat(row: Any) -> None:
    """Let the headings stand again on every page of a long table."""
    row._tr.get_or_add_trPr().append(_oxml.OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_oxml.OxmlElement("w:cantSplit"))


def _rule(table: Any) -> None:
    """Give a table fine lines between its rows, as on paper."""
    borders = _oxml.OxmlElement("w:tblBorders")
    for name in ("top", "bottom", "insideH"):
        line = _oxml.OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "DADEE4")):
            line.set(_qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _shade(cell: Any, colour: str) -> None:
    mark = _oxml.OxmlElement("w:shd")
    mark.set(_qn("w:val"), "clear")
    mark.set(_qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(mark)
