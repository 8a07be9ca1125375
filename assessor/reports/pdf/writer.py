"""Writing a Document as PDF: pages are laid out first, then drawn with their check codes.

Equal Documents and pictures give byte-equal files: no clock, no random identifiers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from reportlab import rl_config

from assessor.exchange.envelope import options_text, signed_pairs
from assessor.i18n import text
from assessor.reports.check_code import page_code
from assessor.reports.document import Document, Meta
from assessor.reports.pdf import look
from assessor.reports.pdf.flow import Page, paginate
from assessor.reports.pdf.photos import Images, blank
from assessor.reports.pdf.story import Story
from assessor.reports.typeset.fonts import FONT_FOLDER, REGULAR, load_typeface
from assessor.reports.typeset.pen import Ink, PdfCanvas, Pen

rl_config.useA85 = 0  # plain binary streams make the file a fifth smaller

_FOOT_RULE = 43.0
_FOOT_BASE = 29.0
_HEAD_BASE = look.PAGE_HEIGHT - 30.0
_DIGEST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class PageText:
    """What was drawn on one page: its body's texts in order, its footer's, and its check code."""

    number: int
    code: str
    body: tuple[str, ...]
    footer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PdfSummary:
    """What was written; `pages` are in order."""

    pages: tuple[PageText, ...]


def write_pdf(
    document: Document,
    target: Path | IO[bytes],
    images: Images,
    fonts: Path = FONT_FOLDER,
) -> PdfSummary:
    """Write the pages of `document` to `target` and return what stands on each page.

    `images` returns the bytes of a picture for its SHA-256. Raises `AssessorError` when a font or
    picture cannot be used, `OSError` when the file cannot be written.
    """
    typeface = load_typeface(fonts)
    story = Story(typeface, document.meta.language, images)
    pages = paginate(story.boxes(document.pages), look.COLUMN, look.ROOM)
    canvas = _canvas(document.meta, target)
    pen = Pen(canvas, typeface)
    written = []
    for number, page in enumerate(pages, 1):
        written.append(_draw_page(pen, page, document.meta, number, len(pages)))
        canvas.showPage()
    canvas.save()
    return PdfSummary(tuple(written))


def expected_pages(document: Document, fonts: Path = FONT_FOLDER) -> PdfSummary:
    """Return what stands on each page when `document` is written, without needing its pictures."""
    return write_pdf(document, BytesIO(), blank, fonts)


def _canvas(meta: Meta, target: Path | IO[bytes]) -> PdfCanvas:
    first_font: dict[str, Any] = {"initialFontName": REGULAR}  # or Helvetica, which is not embedded
    canvas = PdfCanvas(
        str(target) if isinstance(target, Path) else target,
        pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        lang={"zh": "zh-CN", "en": "en"}[meta.language],
        **first_font,
    )
    canvas.setTitle(meta.title)
    canvas.setAuthor(meta.subject)
    canvas.setSubject(f"{meta.rubric_id} {meta.rubric_version} {meta.payload_digest}")
    canvas.setKeywords(options_text((*meta.options, *signed_pairs(meta.signed))))
    canvas.setCreator(meta.generated)
    canvas.setProducer(meta.generated)
    canvas.showOutline()
    return canvas


def _draw_page(pen: Pen, page: Page, meta: Meta, number: int, count: int) -> PageText:
    pen.drawn = []
    for placed in page:
        placed.box.paint(pen, look.MARGIN, look.PAGE_HEIGHT - look.TOP - placed.offset, look.COLUMN)
    if not any(placed.box.bare for placed in page):
        _draw_header(pen, meta)
    body = tuple(pen.drawn)
    code = page_code(meta.payload_digest, number, count, "".join(body))
    pen.drawn = []
    _draw_footer(pen, meta, code, (number, count))
    return PageText(number, code, body, tuple(pen.drawn))


def _draw_header(pen: Pen, meta: Meta) -> None:
    half = look.COLUMN / 2 - 8
    right = replace(look.FOOTER, align="right")
    pen.text(look.MARGIN, _HEAD_BASE, meta.title, look.FOOTER, half)
    pen.text(look.MARGIN + look.COLUMN, _HEAD_BASE, meta.subject, right, half)


def _draw_footer(pen: Pen, meta: Meta, code: str, page: tuple[int, int]) -> None:
    left, right = look.MARGIN, look.MARGIN + look.COLUMN
    pen.line((left, _FOOT_RULE), (right, _FOOT_RULE), Ink(stroke=look.LINE))
    pen.text(left, _FOOT_BASE, _footer(meta, code), look.FOOTER)
    numbers = text("pdf.page_of", meta.language, page=page[0], pages=page[1])
    pen.text(right, _FOOT_BASE, numbers, replace(look.FOOTER, align="right"))


def _footer(meta: Meta, code: str) -> str:
    """Return the check code and the rubric, if the document is about one."""
    if not meta.rubric_id:
        return text("pdf.footer_code", meta.language, code=code)
    return text(
        "pdf.footer",
        meta.language,
        code=code,
        rubric=meta.rubric_id,
        version=meta.rubric_version,
        digest=meta.rubric_digest[:_DIGEST_SHOWN],
    )
