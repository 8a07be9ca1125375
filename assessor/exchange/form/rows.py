"""A page of the fill-in workbook as rows, before anything is drawn.

Every row asks for one simple cell. Its `key` names what the cell means and stands in a hidden
column, so that a row is known wherever it ends up:

    answers/<criterion>/option          answers/<criterion>/items/<option>
    answers/<criterion>/inputs/<name>   answers/<criterion>/na
    gates/<gate>/pass                   indicators/<indicator>/inputs/<name>
    enterprise/<field>                  enterprise/form/<field>          visit/<field>
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

EntryKind = Literal[
    "none", "choice", "yes", "yes_no", "number", "whole", "date", "month", "text", "code"
]
RowKind = Literal["band", "lead", "part"]

NUMBER_COLUMN: Final = 1
QUESTION_COLUMN: Final = 2
PROMPT_COLUMN: Final = 3
ENTRY_COLUMN: Final = 4
UNIT_COLUMN: Final = 5
CONFIDENCE_COLUMN: Final = 6
REMARK_COLUMN: Final = 7
KEY_COLUMN: Final = 8


@dataclass(frozen=True)
class Entry:
    """What may be written into a cell; `choices` as they are offered, `minimum` for numbers."""

    kind: EntryKind = "none"
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None


@dataclass(frozen=True)
class Row:
    """One row: a heading (`band`), the first row of a question (`lead`) or a further one (`part`).

    `title` and `body` stand in the question column of the first row, `prompt` beside the cell.
    `confidence` and `remark` say whether those two cells may be filled.
    """

    kind: RowKind
    key: str = ""
    number: str = ""
    title: str = ""
    body: str = ""
    prompt: str = ""
    entry: Entry = Entry()
    unit: str = ""
    confidence: bool = False
    remark: bool = False


@dataclass(frozen=True)
class Page:
    """A sheet of rows with the headings and widths (in characters) of its seven columns.

    A width of 0 hides a column.
    """

    name: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[Row]
