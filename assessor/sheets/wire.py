"""How the reading process tells the other one what it found: lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from assessor.i18n import Message
from assessor.sheets.cells import Cell, Position, Sheet, Workbook
from assessor.sheets.errors import SheetError
from assessor.sheets.limits import Limits

_CELLS_A_LINE = 2_000


class WireError(Exception):
    """The other process said something that makes no sense, or stopped in the middle."""


def request_line(path: Path, limits: Limits, sheets: Iterable[str] | None) -> str:
    """Return the line that asks for a workbook."""
    names = None if sheets is None else sorted(sheets)
    return json.dumps({"path": str(path), "limits": asdict(limits), "sheets": names})


def read_request(line: str) -> tuple[Path, Limits, list[str] | None]:
    """Return what a request line asks for."""
    request = json.loads(line)
    return Path(request["path"]), Limits(**request["limits"]), request["sheets"]


def answer_lines(workbook: Workbook) -> Iterator[str]:
    """Yield the lines that carry a workbook."""
    for sheet in workbook.sheets:
        yield json.dumps({"sheet": sheet.name, "state": sheet.state})
        cells = iter(sheet.cells.items())
        while chunk := list(islice(cells, _CELLS_A_LINE)):
            rows = [
                [*at, cell.kind, cell.text, cell.formula, cell.number_format] for at, cell in chunk
            ]
            yield json.dumps({"cells": rows})
    yield json.dumps({"end": [_packed(warning) for warning in workbook.warnings]})


def error_line(message: Message) -> str:
    """Return the line that says why there is no workbook."""
    return json.dumps({"error": _packed(message)})


def read_answer(lines: Iterable[str]) -> Workbook:
    """Return the workbook in `lines`; raises the `SheetError` they carry, or `WireError`."""
    sheets: list[Sheet] = []
    cells: dict[Position, Cell] = {}
    try:
        for line in lines:
            answer = json.loads(line)
            if "error" in answer:
                raise SheetError(_unpacked(answer["error"]))
            if "end" in answer:
                return Workbook(tuple(sheets), tuple(_unpacked(x) for x in answer["end"]))
            if "sheet" in answer:
                cells = {}
                sheets.append(Sheet(answer["sheet"], cells, answer["state"]))
            else:
                cells.update({(c[0], c[1]): Cell(*c[2:]) for c in answer["cells"]})
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise WireError(str(error)) from error
    raise WireError("the answer has no end")


def _packed(message: Message) -> dict[str, Any]:
    values = {
        name: _packed(value) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return {"key": message.key, "values": values}


def _unpacked(packed: Mapping[str, Any]) -> Message:
    values = {
        name: _unpacked(value) if isinstance(value, dict) else value
        for name, value in packed["values"].items()
    }
    return Message(packed["key"], values)
