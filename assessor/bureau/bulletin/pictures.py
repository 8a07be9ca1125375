"""Charts as pictures, for documents that cannot hold drawings: drawn as on paper, then rastered."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from assessor.reports.document import BarChart
from assessor.reports.pdf.plots import BarChartBox
from assessor.reports.pdfium_turns import PDFIUM_TURN
from assessor.reports.typeset.fonts import FONT_FOLDER, REGULAR, load_typeface
from assessor.reports.typeset.pen import PdfCanvas, Pen

_pdfium: Any = import_module("pypdfium2")  # imported by name, it carries no types

WIDTH = 480.0
"""Points a chart is wide."""
_EDGE = 3.0
"""Points left free at the right, or the last figure would touch the edge and lose a pixel."""
_SCALE = 3
"""Pixels to a point: sharp in print."""


def chart_png(chart: BarChart, fonts: Path = FONT_FOLDER) -> bytes:
    """Return a chart as a PNG picture, `WIDTH` points wide; equal charts give equal bytes."""
    typeface = load_typeface(fonts)
    box = BarChartBox(chart, typeface)
    height = box.height(WIDTH - _EDGE) + 4
    stream = BytesIO()
    first_font: dict[str, Any] = {"initialFontName": REGULAR}
    canvas = PdfCanvas(stream, pagesize=(WIDTH, height), invariant=1, **first_font)
    box.paint(Pen(canvas, typeface), 0, height - 2, WIDTH - _EDGE)
    canvas.showPage()
    canvas.save()
    picture = BytesIO()
    with PDFIUM_TURN, _pdfium.PdfDocument(stream.getvalue()) as document:
        page = document[0]
        try:
            page.render(scale=_SCALE).to_pil().save(picture, "PNG")
        finally:
            page.close()
    return picture.getvalue()
