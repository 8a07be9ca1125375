"""From the blocks of a Document to the boxes of a page; each kind of block has its function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import singledispatchmethod

from assessor.i18n import Language
from assessor.reports.document import (
    BarChart,
    Beside,
    Block,
    Cover,
    Field,
    Heading,
    Headline,
    KeyValues,
    Listing,
    ListItem,
    Masthead,
    PageBreak,
    Paragraph,
    Photos,
    Position,
    Radar,
    SignaturePanel,
    Table,
    Text,
    Together,
)
from assessor.reports.pdf import look
from assessor.reports.pdf.blocks import BesideBox, FieldBox, HeadingBox, Inset, ItemBox
from assessor.reports.pdf.box import Box, Stack, TextBox
from assessor.reports.pdf.cards import CoverBox, HeadlineBox, masthead_box
from assessor.reports.pdf.grid import table_box
from assessor.reports.pdf.photos import Images, LogoBox, PhotoRow
from assessor.reports.pdf.plots import BarChartBox, PositionBox, RadarBox
from assessor.reports.pdf.signatures import signature_rows
from assessor.reports.typeset.fonts import Typeface
from assessor.reports.typeset.paragraph import Setting, Stretch
from assessor.reports.typeset.pen import Look

_LABEL_WIDTH = 96.0


class Story:
    """Turns blocks into boxes for one typeface, language and source of pictures."""

    def __init__(self, typeface: Typeface, language: Language, images: Images) -> None:
        self._typeface = typeface
        self._justify = language == "zh"
        self._images = images
        self._outline_level = -1

    def boxes(self, blocks: Iterable[Block]) -> list[Box]:
        """Return the boxes of `blocks` in order."""
        boxes: list[Box] = []
        turn = False
        for block in blocks:
            made = list(self._boxes(block))
            if made:
                made[0].new_page = turn or (isinstance(block, Cover) and bool(boxes))
                turn = False
            turn = turn or isinstance(block, PageBreak | Cover)
            boxes += made
        return boxes

    def _set(self, text: Text, style: Look) -> Setting:
        if isinstance(text, str):
            return Setting(text, style, self._typeface)
        runs = [
            Stretch(
                run.text,
                run.strong,
                look.TONES[run.tone] if run.tone else "",
                look.LABELS[run.badge] if run.badge else None,
            )
            for run in text
        ]
        return Setting(runs, style, self._typeface)

    @singledispatchmethod
    def _boxes(self, block: Block) -> Iterator[Box]:
        raise TypeError(f"no way to print a {type(block).__name__}")

    @_boxes.register
    def _(self, block: PageBreak) -> Iterator[Box]:
        return iter(())

    @_boxes.register
    def _(self, block: Cover) -> Iterator[Box]:
        fields = list(self._field_rows(block.fields, 1))
        logo = LogoBox(block.logo, self._images) if block.logo else None
        yield CoverBox(block, fields, self._typeface, logo)

    @_boxes.register
    def _(self, block: Masthead) -> Iterator[Box]:
        yield masthead_box(block, self._typeface)

    @_boxes.register
    def _(self, block: Headline) -> Iterator[Box]:
        yield HeadlineBox(block, self._typeface)

    @_boxes.register
    def _(self, block: Heading) -> Iterator[Box]:
        aside = replace(look.BODY, align="right", strong=True)
        outline = None
        if block.bookmark:
            self._outline_level = min(block.level - 1, self._outline_level + 1)
            outline = (block.bookmark, self._outline_level)
        yield HeadingBox(
            block.level,
            self._set(block.text, look.HEADINGS[block.level]),
            self._set(block.aside, aside) if block.aside else None,
            outline,
        )

    @_boxes.register
    def _(self, block: Paragraph) -> Iterator[Box]:
        style = look.PARAGRAPHS[block.style]
        if self._justify and block.style in {"body", "lead", "quote"}:
            style = replace(style, align="justify")
        box = TextBox(self._set(block.text, style), after=6.0)
        if block.style == "caution":
            yield Inset(box, 12.0, look.CAUTION_SOFT, look.CAUTION)
        elif block.style == "quote":
            yield Inset(box, 12.0, edge=look.LINE)
        else:
            yield box

    @_boxes.register
    def _(self, block: Listing) -> Iterator[Box]:
        if block.title:
            title = self._set(block.title, replace(look.BODY, strong=True))
            above = TextBox(title, after=2.0, before=6.0)
            above.keep_next = True
            yield above
        for number, item in enumerate(block.items, 1):
            box = self._item(item, f"{number}." if block.numbered else "•")
            box.after = 6.0 if number == len(block.items) else box.after
            yield box

    def _item(self, item: ListItem, sign: str) -> Box:
        style = replace(look.BODY, colour=look.TONES[item.tone])
        text = TextBox(self._set(item.text, style))
        return ItemBox(text, item.mark or self._set(sign, style), style.colour)

    @_boxes.register
    def _(self, block: KeyValues) -> Iterator[Box]:
        yield from self._field_rows(block.fields, block.columns)

    def _field_rows(self, fields: tuple[Field, ...], columns: int) -> Iterator[Box]:
        label = Look(9.0, 13.5, look.MUTED)
        for start in range(0, len(fields), columns):
            row = [
                (
                    self._set(field.label, label),
                    self._set(field.text, replace(label, colour=look.TONES[field.tone])),
                )
                for field in fields[start : start + columns]
            ]
            while len(row) < columns:
                row.append((self._set("", label), self._set("", label)))
            yield FieldBox(row, _LABEL_WIDTH)

    @_boxes.register
    def _(self, block: Table) -> Iterator[Box]:
        if block.caption:
            caption = TextBox(self._set(block.caption, look.CAPTION), before=4.0)
            caption.keep_next = True
            yield caption
        yield table_box(block, look.COLUMN, self._typeface)

    @_boxes.register
    def _(self, block: Radar) -> Iterator[Box]:
        yield RadarBox(block, self._typeface)

    @_boxes.register
    def _(self, block: BarChart) -> Iterator[Box]:
        yield BarChartBox(block, self._typeface)

    @_boxes.register
    def _(self, block: Position) -> Iterator[Box]:
        yield PositionBox(block)

    @_boxes.register
    def _(self, block: Photos) -> Iterator[Box]:
        for start in range(0, len(block.photos), block.per_row):
            row = block.photos[start : start + block.per_row]
            yield PhotoRow(row, block.per_row, self._typeface, self._images)

    @_boxes.register
    def _(self, block: SignaturePanel) -> Iterator[Box]:
        yield from signature_rows(block, self._images)

    @_boxes.register
    def _(self, block: Beside) -> Iterator[Box]:
        stacks = [Stack(self.boxes(part)) for part in block.parts]
        yield BesideBox(stacks, [float(weight) for weight in block.weights])

    @_boxes.register
    def _(self, block: Together) -> Iterator[Box]:
        yield Stack(self.boxes(block.blocks))
