"""How long the PDF takes, against reportlab drawing the same texts and images its stock way.

    python -m benchmarks.pdf [--rounds 7] [--sample precision-mould]

The other side puts every text of the report into a stock `Paragraph` (`wordWrap="CJK"`) and every
picture into a stock `Image`, one below the other, with header and footer on every page; it draws no
tables, charts, marks, outline or check codes. Both run in turns on warm fonts. Also shown: the same
without pictures, and what breaking lines costs by itself, because that is where the two differ
most: stock paragraphs let lines begin with closing marks and tear numbers and words apart.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate

from assessor.reports.build import ReportOptions
from assessor.reports.document import Beside, Block, Document, Photo, Photos, Together, figures
from assessor.reports.pdf import PdfSummary, look, write_pdf
from assessor.reports.pdf.photos import Images, blank
from assessor.reports.typeset.fonts import FONT_FOLDER, REGULAR, load_typeface
from assessor.reports.typeset.paragraph import Setting
from assessor.workspace.demo import build_sample
from assessor.workspace.reports import document_of
from assessor.workspace.visits import opened

LIMIT = 3.5
STOCK_FONT = "Stock"
STOCK = ParagraphStyle(
    "stock",
    fontName=STOCK_FONT,
    fontSize=look.BODY.size,
    leading=look.BODY.leading,
    wordWrap="CJK",
)
GAP = 10.0


@dataclass(frozen=True)
class Sides:
    """Milliseconds of both sides, each the median of its runs."""

    ours: float
    stock: float

    def __str__(self) -> str:
        ratio = self.ours / self.stock
        return f"ours {self.ours:7.0f} ms, stock {self.stock:7.0f} ms, ratio {ratio:.2f}"


def sample_report(slug: str) -> tuple[Document, dict[str, bytes]]:
    """Return the report of a bundled sample and its pictures by digest."""
    with tempfile.TemporaryDirectory() as folder:
        path = build_sample(slug, Path(folder))
        with opened(path, read_only=True) as visit:
            document, _, _ = document_of(visit, ReportOptions())
            used = {photo.sha256 for photo, _ in photos(document.pages)}
            return document, {digest: visit.file.read_blob(digest) for digest in used}


def photos(blocks: Iterable[Block]) -> Iterator[tuple[Photo, int]]:
    """Yield every picture with how many stand beside each other there."""
    for block in blocks:
        if isinstance(block, Photos):
            yield from ((photo, block.per_row) for photo in block.photos)
        elif isinstance(block, Together):
            yield from photos(block.blocks)
        elif isinstance(block, Beside):
            for part in block.parts:
                yield from photos(part)


def stock_flow(document: Document, images: Images) -> Iterator[Flowable]:
    """Yield the report's texts and pictures as stock flowables."""
    for figure in figures(document.pages):
        if figure.text:
            yield Paragraph(escape(figure.text), STOCK)
    for photo, per_row in photos(document.pages):
        width = (look.COLUMN - GAP * (per_row - 1)) / per_row
        yield Image(BytesIO(images(photo.sha256)), width, width * photo.height / photo.width)


def write_stock(document: Document, target: BytesIO, images: Images, footer: str) -> None:
    """Write texts and pictures with reportlab's own means."""

    def on_page(canvas: Any, template: object) -> None:
        del template
        canvas.setFont(STOCK_FONT, look.FOOTER.size)
        canvas.drawString(look.MARGIN, look.PAGE_HEIGHT - 30, document.meta.title)
        canvas.drawRightString(look.MARGIN + look.COLUMN, look.PAGE_HEIGHT - 30, footer)
        canvas.drawString(look.MARGIN, 29, footer)

    template = SimpleDocTemplate(
        target,
        pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
        leftMargin=look.MARGIN - 6,  # the frame pads six points
        rightMargin=look.MARGIN - 6,
        topMargin=look.TOP,
        bottomMargin=look.BOTTOM,
    )
    template.build(list(stock_flow(document, images)), on_page, on_page)


def in_turns(rounds: int, ours: Callable[[], object], stock: Callable[[], object]) -> Sides:
    """Time both sides in turns after a run of each to warm up."""
    ours()
    stock()
    pairs = [(milliseconds(ours), milliseconds(stock)) for _ in range(rounds)]
    return Sides(median(pair[0] for pair in pairs), median(pair[1] for pair in pairs))


def milliseconds(work: Callable[[], object]) -> float:
    """Return the processor time of one call, which a busy machine does not stretch."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def writing(document: Document, images: Images, rounds: int, footer: str) -> Sides:
    """Time writing the whole report."""
    return in_turns(
        rounds,
        lambda: write_pdf(document, BytesIO(), images),
        lambda: write_stock(document, BytesIO(), images, footer),
    )


def breaking(document: Document, rounds: int) -> tuple[Sides, Sides]:
    """Time making paragraphs of all texts, and with it breaking them into full-width lines.

    Making is measuring the characters on our side, reading them as markup on the other.
    """
    typeface = load_typeface()
    words = [figure.text for figure in figures(document.pages) if figure.text]

    def our_paragraphs() -> list[Setting]:
        return [Setting(text, look.BODY, typeface) for text in words]

    def stock_paragraphs() -> list[Paragraph]:
        return [Paragraph(escape(text), STOCK) for text in words]

    making = in_turns(rounds, our_paragraphs, stock_paragraphs)
    both = in_turns(
        rounds,
        lambda: [paragraph.height(look.COLUMN) for paragraph in our_paragraphs()],
        lambda: [paragraph.wrap(look.COLUMN, look.ROOM) for paragraph in stock_paragraphs()],
    )
    return making, both


def show_sizes(document: Document, images: dict[str, bytes], summary: PdfSummary) -> None:
    """Print what is written, by both sides."""
    ours = sum(len(text) for page in summary.pages for text in (*page.body, *page.footer))
    stock = sum(len(figure.text) for figure in figures(document.pages))
    size = sum(map(len, images.values())) / 1e6
    print(f"report      {len(summary.pages)} pages, {len(images)} pictures of {size:.1f} MB")
    print(f"characters  drawn by ours {ours} (headers and footers too), given to stock {stock}")


def measure(slug: str, rounds: int) -> bool:
    """Print all figures; True when the limit is kept."""
    document, pictures = sample_report(slug)
    load_typeface()
    pdfmetrics.registerFont(TTFont(STOCK_FONT, str(FONT_FOLDER / f"{REGULAR}.ttf")))
    summary = write_pdf(document, BytesIO(), pictures.__getitem__)
    show_sizes(document, pictures, summary)
    footer = summary.pages[-1].footer[0]
    whole = writing(document, pictures.__getitem__, rounds, footer)
    words = writing(document, blank, rounds, footer)
    making, both = breaking(document, rounds)
    print(f"whole PDF   {whole} (limit {LIMIT})")
    print(f"no pictures {words}")
    print(f"paragraphs  {making}, made only")
    print(f"            {both}, made and broken into lines")
    lines = Sides(both.ours - making.ours, both.stock - making.stock)
    costs = lines.ours - lines.stock
    print(f"line breaks {lines}: correct Chinese breaking costs {costs:+.0f} ms,")
    print(f"            {costs / whole.ours * 100:+.1f} % of the whole PDF")
    return whole.ours / whole.stock <= LIMIT


def main() -> int:
    """Run what the arguments ask for; 1 when the limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--sample", default="precision-mould")
    wish = parser.parse_args()
    return 0 if measure(wish.sample, wish.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
