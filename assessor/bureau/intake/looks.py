"""What changes how a sheet is read without changing a cell: merged cells, hidden lines, counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from zipfile import ZipFile

from assessor.bureau.intake.plain_book import UNREADABLE
from assessor.bureau.intake.reasons import rejected, warned
from assessor.bureau.records import Finding
from assessor.reports.document import Document
from assessor.reports.excel_layout import PlacedSheet, lay_out
from assessor.sheets import cell_name
from assessor.sheets.package import Package, contents_of

_TRUE = frozenset({"1", "true"})
_COUNTS = re.compile(rb"\b(?:uniqueCount|count)\s*=\s*[\"']\s*([0-9]{8,})")
_HEAD = 4096


class _Looks:
    """Reads a sheet's part for merged areas and hidden lines."""

    def __init__(self) -> None:
        self.merged: set[str] = set()
        self.hidden: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of what joins or hides cells."""
        if name == "mergeCell":
            self.merged.add(attributes.get("ref", ""))
        elif name in ("col", "row") and _hides(attributes):
            self.hidden.append(_line(name, attributes))

    def end(self, name: str) -> None:
        """Nothing waits for an end."""

    def characters(self, text: str) -> None:
        """Texts do not matter here."""


def absurd_counts(archive: ZipFile, names: Collection[str]) -> Finding | None:
    """Return the finding on a list of texts that claims tens of millions of entries."""
    part = next((name for name in names if name.casefold() == "xl/sharedstrings.xml"), None)
    if part is None:
        return None
    try:
        with archive.open(part) as stream:
            claimed = _COUNTS.search(stream.read(_HEAD))
    except UNREADABLE:
        # The reader will say what is wrong with it.
        return None
    return (
        rejected("xml", "absurd_count", part=part, count=claimed[1].decode()) if claimed else None
    )


def look_findings(package: Package, document: Document) -> Iterator[Finding]:
    """Yield what is merged or hidden in people's sheets that was not when they were written."""
    written = {sheet.title: sheet for sheet in lay_out(document.sheets).sheets}
    for entry in contents_of(package).sheets:
        sheet = written.get(entry.name)
        if sheet is None:
            continue
        looks = _Looks()
        package.read(entry.part, looks)
        added = sorted(looks.merged - set(_merged(sheet)))
        if added:
            yield warned("layout", "merged", entry.name, added[0].partition(":")[0], area=added[0])
        shown = [line for line in looks.hidden if _is_used(line, sheet)]
        if shown:
            yield warned("layout", "hidden", entry.name, _first_cell(shown[0]), lines=shown[0])


def _merged(sheet: PlacedSheet) -> Iterator[str]:
    for placed in sheet.cells:
        if placed.span > 1:
            row, column = placed.row + 1, placed.column + 1
            yield f"{cell_name(row, column)}:{cell_name(row, column + placed.span - 1)}"


def _hides(attributes: Mapping[str, str]) -> bool:
    nothing = ("0", "0.0")
    size = attributes.get("width", attributes.get("ht", ""))
    return attributes.get("hidden", "") in _TRUE or size in nothing


def _line(name: str, attributes: Mapping[str, str]) -> str:
    """Return a column as `C` or a row as `7`."""
    if name == "row":
        return attributes.get("r", "1")
    number = attributes.get("min", "1")
    digits = number.isascii() and number.isdigit()
    return cell_name(1, min(int(number), 16_384))[:-1] if digits else "A"


def _is_used(line: str, sheet: PlacedSheet) -> bool:
    if line.isdigit():
        return any(placed.row + 1 == int(line) for placed in sheet.cells)
    return any(cell_name(1, placed.column + 1)[:-1] == line for placed in sheet.cells)


def _first_cell(line: str) -> str:
    return f"A{line}" if line.isdigit() else f"{line}1"
