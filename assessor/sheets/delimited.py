"""Reading a table from a text file (CSV), as Chinese and other spreadsheets write it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from assessor.sheets.cells import Cell, Position, Sheet, Workbook, cell_name
from assessor.sheets.errors import refused
from assessor.sheets.limits import MAX_CELL_TEXT, MAX_COLUMNS, Limits
from assessor.sheets.precheck import check_kind, check_size, foreign

_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",;\t"


def read_csv(path: Path, limits: Limits | None = None) -> Workbook:
    """Return the table in a text file as the only sheet of a workbook, named like the file.

    The encoding is UTF-8 or else GB 18030, the delimiter the comma, semicolon or tab that the first
    line holds most of. Every filled field is a text cell: a text file has no numbers. Raises
    `SheetError` when it is another kind of file or beyond `limits`.
    """
    limits = limits or Limits()
    check_size(path, limits)
    if check_kind(path) != "csv":
        raise foreign(path, "zip")
    content = _decoded(path)
    if len(content) > limits.text_characters:
        raise refused("too_much_text", file=path.name)
    cells = _cells(path.name, path.stem, content, limits)
    return Workbook((Sheet(path.stem, cells),))


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused("bad_encoding", file=path.name)


def _cells(file: str, sheet: str, content: str, limits: Limits) -> dict[Position, Cell]:
    first_line = content.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    cells: dict[Position, Cell] = {}
    rows = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row, start=1):
                if text == "":
                    continue
                if len(text) > MAX_CELL_TEXT or column > MAX_COLUMNS:
                    where = {"file": file, "sheet": sheet, "cell": cell_name(number, column)}
                    raise refused("cell_too_long", **where)
                cells[number, column] = Cell("text", text)
            if len(cells) > limits.cells:
                raise refused("too_many_cells", file=file, limit=limits.cells)
    except csv.Error as error:
        raise refused("bad_table", file=file, line=rows.line_num) from error
    return cells
