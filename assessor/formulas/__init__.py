"""The small formula language of rubrics: text, tree, exact value, Excel formula."""

from assessor.formulas.evaluate import evaluate
from assessor.formulas.excel import CellOf, UnprintableError, to_excel
from assessor.formulas.functions import SIGNATURES, Signature
from assessor.formulas.parse import parse
from assessor.formulas.printing import to_text
from assessor.formulas.scope import ColumnValues, Given, Label, NotComputable, Scope, Value
from assessor.formulas.tokens import FormulaError
from assessor.formulas.tree import (
    Binary,
    Call,
    Column,
    Name,
    Node,
    Number,
    Operator,
    Text,
    TooDeepError,
    Truth,
    Unary,
    columns,
    names,
    walk,
)

__all__ = [
    "SIGNATURES",
    "Binary",
    "Call",
    "CellOf",
    "Column",
    "ColumnValues",
    "FormulaError",
    "Given",
    "Label",
    "Name",
    "Node",
    "NotComputable",
    "Number",
    "Operator",
    "Scope",
    "Signature",
    "Text",
    "TooDeepError",
    "Truth",
    "Unary",
    "UnprintableError",
    "Value",
    "columns",
    "evaluate",
    "names",
    "parse",
    "to_excel",
    "to_text",
    "walk",
]
