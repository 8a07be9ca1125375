"""Exports of a small factory visit as people get them, and ways to tamper with them."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2

from assessor.assessment import Assessment, RubricRef
from assessor.canonical import canonical_json
from assessor.exchange.envelope import SHEET_NAME, to_rows
from assessor.exchange.payload import build_payload, payload_digest, read_payload
from assessor.i18n import Language
from assessor.reports.build.source import ReportOptions
from assessor.reports.document import Document
from assessor.reports.excel import write_workbook
from assessor.reports.pdf import write_pdf
from assessor.reports.verify import Source
from assessor.rubrics.loader import LoadedRubric
from assessor.scoring import score
from assessor.sheets import Cell, cell_name, read_xlsx
from tests.strategies.visits import shipped
from tests.unit.reports.build.report_visits import WORKSHOP, images, visit

RUBRIC = shipped(WORKSHOP)
OPTIONS = {"zh": ReportOptions(), "en": ReportOptions(language="en")}


def find_rubric(wanted: RubricRef) -> LoadedRubric:
    """Return the only rubric there is."""
    assert wanted.digest == RUBRIC.digest
    return RUBRIC


@cache
def record(skill: int = 7) -> Assessment:
    return visit(WORKSHOP, skill)


@cache
def source(skill: int = 7) -> Source:
    return source_of(record(skill))


def source_of(assessment: Assessment) -> Source:
    card = score(RUBRIC.rubric, assessment)
    data = build_payload(assessment, RUBRIC, card)
    return Source(read_payload(data), payload_digest(data), RUBRIC, card)


@cache
def document(language: Language = "zh", skill: int = 7) -> Document:
    return source(skill).document(OPTIONS[language])


@cache
def workbook_bytes(language: Language = "zh", skill: int = 7) -> bytes:
    text = canonical_json(source(skill).payload.to_json())
    rows = to_rows(text, options=OPTIONS[language].as_pairs())
    out = BytesIO()
    write_workbook(document(language, skill), out, rows)
    return out.getvalue()


@cache
def pdf_bytes(language: Language = "zh", skill: int = 7) -> bytes:
    out = BytesIO()
    write_pdf(document(language, skill), out, images)
    return out.getvalue()


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def text_cell(text: str) -> str:
    """Return the inside of a cell that holds a text of its own."""
    return f"<is><t>{escape(text)}</t></is>"


def with_cells(book: bytes, changes: Mapping[tuple[str, str], str]) -> bytes:
    """Return the workbook with the insides of cells replaced, as `(sheet, "B7")` names them."""
    parts = _parts(book)
    for (sheet, cell), inside in changes.items():
        name = part_of(parts, sheet)
        parts[name] = _with_cell(parts[name].decode(), cell, inside).encode()
    return _packed(parts)


def _with_cell(xml: str, cell: str, inside: str) -> str:
    kind = ' t="inlineStr"' if inside.startswith("<is>") else ""
    kind = ' t="str"' if "<v>" in inside and not re.search(r"<v>-?[0-9.]+</v>", inside) else kind
    pattern = re.compile(rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)')
    changed, count = pattern.subn(
        lambda found: f'<c r="{cell}"{found[1] or ""}{kind}>{inside}</c>', xml, count=1
    )
    assert count == 1, cell
    return changed


def with_value(book: bytes, sheet: str, cell: str, value: str) -> bytes:
    """Return the workbook with another number in a cell that keeps its formula, if any."""

    def change(parts: dict[str, bytes]) -> None:
        name = part_of(parts, sheet)
        pattern = re.compile(rf'(<c r="{cell}"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*(</v>)')
        xml, count = pattern.subn(rf"\g<1>{value}\g<2>", parts[name].decode(), count=1)
        assert count == 1, cell
        parts[name] = xml.encode()

    return with_parts(book, change)


def part_of(parts: Mapping[str, bytes], sheet: str) -> str:
    """Return the name of the part that holds a sheet."""
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"].decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def with_parts(book: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return the workbook after `change` had its parts by name."""
    parts = _parts(book)
    change(parts)
    return _packed(parts)


def _parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def cells_of(path: Path, sheet: str) -> dict[str, Cell]:
    """Return the cells of a sheet by their names."""
    found = read_xlsx(path).sheet(sheet)
    assert found is not None
    return {cell_name(*at): cell for at, cell in found.cells.items()}


def with_payload(
    book: bytes, change: Callable[[dict[str, object]], None], of: Source | None = None
) -> bytes:
    """Return the workbook with another payload and its right digest, the sheets as they were."""
    data = json.loads(canonical_json((of or source()).payload.to_json()))
    change(data)
    return with_machine_rows(book, to_rows(canonical_json(data)))


def with_machine_rows(book: bytes, rows: list[list[str]]) -> bytes:
    """Return the workbook with another machine sheet."""
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{column}{number}" t="inlineStr">{text_cell(text)}</c>'
            for column, text in zip("AB", row, strict=True)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )

    def change(parts: dict[str, bytes]) -> None:
        name = part_of(parts, SHEET_NAME)
        xml = parts[name].decode()
        parts[name] = re.sub(
            r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{cells}</sheetData>", xml
        ).encode()

    return with_parts(book, change)


def with_figure(pdf: bytes, page: int, old: str, new: str) -> bytes:
    """Return the PDF with a figure replaced in what draws a page (counted from 1)."""
    streams = [found for found in _STREAM.finditer(pdf) if b" Tf" in _inflated(found[2])]
    found = streams[page - 1]
    drawn = _inflated(found[2])
    changed = drawn.replace(old.encode().hex().encode(), new.encode().hex().encode(), 1)
    assert changed != drawn, "the figure does not stand on this page"
    packed = zlib.compress(changed)
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), found[1])
    return b"".join((pdf[: found.start()], head, packed, pdf[found.end(2) :]))


_STREAM = re.compile(
    rb"(<<[^<>]*?/Length \d+[^<>]*?>>\s*stream\r?\n)(.*?)(?=\r?\n?endstream)", re.S
)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""


def with_pages(pdf: bytes, order: list[int], other: bytes | None = None) -> bytes:
    """Return a PDF of the pages in `order` (from 0); then all pages of `other`."""
    out = BytesIO()
    with pypdfium2.PdfDocument.new() as made:
        with pypdfium2.PdfDocument(pdf) as given:
            made.import_pages(given, order)
        if other is not None:
            with pypdfium2.PdfDocument(other) as given:
                made.import_pages(given)
        made.save(out)
    return out.getvalue()
