"""Safe reading of foreign workbooks and tables, and writing that lets no text become a formula."""

from assessor.sheets.cells import (
    Cell,
    CellKind,
    Position,
    Sheet,
    SheetState,
    Workbook,
    cell_name,
    position_of,
)
from assessor.sheets.child import read_workbook
from assessor.sheets.errors import SheetError
from assessor.sheets.limits import MAX_CELL_TEXT, Limits
from assessor.sheets.reader import read_xlsx
from assessor.sheets.writing import (
    FoundFormula,
    TextFormats,
    foreign_formulas,
    is_formula_like,
    put_text,
    safe_text,
    sheet_name,
    write_text,
)

__all__ = [
    "MAX_CELL_TEXT",
    "Cell",
    "CellKind",
    "FoundFormula",
    "Limits",
    "Position",
    "Sheet",
    "SheetError",
    "SheetState",
    "TextFormats",
    "Workbook",
    "cell_name",
    "foreign_formulas",
    "is_formula_like",
    "position_of",
    "put_text",
    "read_workbook",
    "read_xlsx",
    "safe_text",
    "sheet_name",
    "write_text",
]
