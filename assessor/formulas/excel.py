"""A tree as an Excel formula that means the same in Excel, WPS and LibreOffice.

What cannot be computed shows as an empty cell, and whatever is computed from that cell is empty
too, so a half filled sheet shows no `#DIV/0!`. Inputs that are needed in any case are asked for at
the front (`COUNT`), the others where they stand; inside, "unknown" is an Excel error value, which
spreads by itself.

Excel reckons in doubles, the evaluator exactly. Where that could show, a rounding to
`GUARD_DIGITS` comes first: under every ROUND, so that 2.675 coming out as 2.67499999999999 is still
rounded up, and around computed numbers in comparisons. The two therefore agree unless an exact
value lies within 5E-10 of a tie or a line without being on it. Above about 1E6 a double keeps fewer
than nine decimals, and of a constant it keeps 15 digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from assessor.errors import AssessorError
from assessor.formulas.guards import Kind, Needs, can_fail, kind_of, needs_of, operand_kind
from assessor.formulas.printing import plain, quoted
from assessor.formulas.tree import (
    COMPARISONS,
    Binary,
    Call,
    Column,
    Name,
    Node,
    Number,
    Text,
    Truth,
    Unary,
)
from assessor.i18n import message

CellOf = Callable[[Name | Column], str]
"""Gives the cell of a variable, or the range of a column, as it is written in a formula."""

GUARD_DIGITS = 9
MAX_FORMULA = 8000
"""Excel takes 8,192 characters; the rest is room for `=` and a prefix."""
MAX_NESTING = 60
"""Excel takes 64 levels of nested functions."""

_COMPARE, _SUM, _PRODUCT, _SIGN, _ATOM = range(5)
_QUOTED = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'')
_NUMBER_LIKE = re.compile(r"[-+]?[0-9.,]+%?")
_EXACT_CALLS = frozenset({"round", "count", "countif", "count_known"})


class UnprintableError(AssessorError):
    """A formula that Excel would not take: too long or nested too deep."""


def to_excel(tree: Node, cell_of: CellOf) -> str:
    """Return `tree` as an Excel formula without the leading `=`, its variables as `cell_of` says.

    The formula gives the empty text where `evaluate` gives `NotComputable`. Raises
    `UnprintableError` when Excel would refuse it.
    """
    given = needs_of(tree, kind_of(tree))
    formula = _Printer(cell_of, given).text(tree, kind_of(tree))
    if given:
        formula = f'IF({_absent(given, cell_of)},"",{formula})'
    if can_fail(tree, given):
        formula = f'IFERROR({formula},"")'
    _check_limits(formula)
    return formula


def _check_limits(formula: str) -> None:
    if len(formula) > MAX_FORMULA:
        values = {"length": len(formula), "limit": MAX_FORMULA}
        raise UnprintableError(message("formulas.excel_too_long", **values))
    depth = deepest = 0
    for sign in re.findall(r"[()]", _QUOTED.sub("", formula)):
        depth += 1 if sign == "(" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_NESTING:
        values = {"depth": deepest, "limit": MAX_NESTING}
        raise UnprintableError(message("formulas.excel_too_deep", **values))


def _absent(given: Needs, cell_of: CellOf) -> str:
    """Return the condition under which one of the needed inputs is not there."""
    cells: dict[Kind, list[str]] = {}
    for name, kind in given.items():
        cells.setdefault(kind, []).append(cell_of(Name(name)))
    numbers = cells.pop("number", [])
    tests = []
    if numbers:
        tests.append(f"COUNT({','.join(numbers)})<{len(numbers)}")
    for kind, others in cells.items():
        shape = "NOT(ISLOGICAL({}))" if kind == "truth" else '{}=""'
        tests += [shape.format(cell) for cell in others]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


@dataclass(frozen=True)
class _Printer:
    """Prints the parts of one formula; the variables in `given` have been asked for already."""

    cell_of: CellOf
    given: Needs

    def text(self, node: Node, kind: Kind) -> str:
        return self._part(node, kind)[0]

    def _part(self, node: Node, kind: Kind) -> tuple[str, int]:
        """Return the text of `node` and how tightly it holds together."""
        if isinstance(node, Name):
            return self._name(node, kind), _ATOM
        if isinstance(node, Unary):
            return f"-{self._held(node.operand, 'number', _ATOM)}", _SIGN
        if isinstance(node, Binary):
            return self._binary(node)
        if isinstance(node, Call):
            return self._call(node, kind)
        if isinstance(node, Column):
            return self.cell_of(node), _ATOM
        return _constant(node)

    def _held(self, node: Node, kind: Kind, tightness: int) -> str:
        text, own = self._part(node, kind)
        return text if own >= tightness else f"({text})"

    def _name(self, node: Name, kind: Kind) -> str:
        cell = self.cell_of(node)
        if node.id in self.given:
            return cell
        if kind == "number":
            return f"IF(ISNUMBER({cell}),{cell},NA())"
        if kind == "truth":
            return f"IF(ISLOGICAL({cell}),{cell},NA())"
        return f'IF({cell}="",NA(),{cell})'

    def _binary(self, node: Binary) -> tuple[str, int]:
        kind = operand_kind(node)
        if node.operator in COMPARISONS:
            left, right = (self._compared(side, kind) for side in (node.left, node.right))
            return f"{left}{node.operator}{right}", _COMPARE
        own = _SUM if node.operator in "+-" else _PRODUCT
        left, right = self._held(node.left, kind, own), self._held(node.right, kind, own + 1)
        return f"{left}{node.operator}{right}", own

    def _compared(self, side: Node, kind: Kind) -> str:
        if kind == "number" and not _is_as_typed(side):
            return f"ROUND({self.text(side, kind)},{GUARD_DIGITS})"
        return self._held(side, kind, _SUM)

    # --- functions --------------------------------------------------------------------------------

    def _call(self, node: Call, kind: Kind) -> tuple[str, int]:
        name, args = node.function, node.args
        if name == "is_blank":
            return f'{self.cell_of(cast("Name", args[0]))}=""', _COMPARE
        if name == "piecewise":
            return self._piecewise(node)
        if name in ("and", "or"):
            return self._decided(node)
        if name == "count_known":
            return self._count_known(node), _SUM
        return self._function(node, kind), _ATOM

    def _function(self, node: Call, kind: Kind) -> str:
        if node.function in ("if", "pick"):
            return self._if(node, kind) if node.function == "if" else self._pick(node, kind)
        printers: dict[str, Callable[[Call], str]] = {
            "not": self._not,
            "round": self._round,
            "has_key": self._has_key,
            "sum_known": self._sum_known,
            **dict.fromkeys(("sum", "min", "max"), self._fold),
            **dict.fromkeys(("count", "countif", "sumif"), self._counted),
        }
        return printers[node.function](node)

    def _if(self, node: Call, kind: Kind) -> str:
        branches = [self.text(arg, kind) for arg in node.args[1:]]
        return f"IF({self.text(node.args[0], 'truth')},{','.join(branches)})"

    def _not(self, node: Call) -> str:
        return f"NOT({self.text(node.args[0], 'truth')})"

    def _fold(self, node: Call) -> str:
        function = node.function.upper()
        inside = ",".join(self.text(arg, "number") for arg in node.args)
        if isinstance(node.args[0], Column) and function != "SUM":
            return f"IF(COUNT({inside})=0,NA(),{function}({inside}))"
        return f"{function}({inside})"

    def _counted(self, node: Call) -> str:
        # Not COUNTIF and SUMIF: those read a text such as ">5", "2023-01" or "a*" as a condition.
        first = self.cell_of(cast("Column", node.args[0]))
        if node.function == "count":
            return f'SUMPRODUCT(--({first}<>""))'
        wanted = f"--({first}={quoted(cast('Text', node.args[1]).value)})"
        if node.function == "countif":
            return f"SUMPRODUCT({wanted})"
        return f"SUMPRODUCT({wanted},{self.cell_of(cast('Column', node.args[2]))})"

    def _sum_known(self, node: Call) -> str:
        return f"SUM({','.join(self._or_zero(arg) for arg in node.args)})"

    def _or_zero(self, node: Node) -> str:
        if isinstance(node, Name):
            return self.cell_of(node)  # SUM passes over empty cells and texts by itself
        text = self.text(node, "number")
        return f"IFERROR({text},0)" if can_fail(node, self.given) else text

    def _count_known(self, node: Call) -> str:
        cells = [self.cell_of(arg) for arg in node.args if isinstance(arg, Name)]
        others = [arg for arg in node.args if not isinstance(arg, Name)]
        parts = [f"COUNT({','.join(cells)})"] if cells else []
        parts += [f"IF(ISNUMBER({self.text(arg, 'number')}),1,0)" for arg in others]
        return "+".join(parts)

    def _round(self, node: Call) -> str:
        inner, digits = node.args[0], int(cast("Number", node.args[1]).value)
        text = self.text(inner, "number")
        if not isinstance(inner, Number):
            text = f"ROUND({text},{max(GUARD_DIGITS, digits + 3)})"
        return f"ROUND({text},{digits})"

    def _has_key(self, node: Call) -> str:
        answer, key = node.args[0], cast("Text", node.args[1]).value.upper()
        text = self.cell_of(answer) if isinstance(answer, Name) else self.text(answer, "text")
        clean = f'SUBSTITUTE(SUBSTITUTE(UPPER({text})," ",""),"，",",")'
        found = f'ISNUMBER(FIND(",{key},",","&{clean}&","))'
        if not can_fail(answer, self.given):
            return found
        # ISNUMBER would turn "unknown" into "no".
        unknown = f'{text}=""' if isinstance(answer, Name) else f"ISERROR({text})"
        return f"IF({unknown},NA(),{found})"

    def _pick(self, node: Call, kind: Kind) -> str:
        answer = self._held(node.args[0], "text", _SUM)
        pairs = list(zip(node.args[1::2], node.args[2::2], strict=False))
        has_default = len(node.args) % 2 == 0
        result = self.text(node.args[-1], kind) if has_default else "NA()"
        for key, value in reversed(pairs):
            wanted = cast("Text", key).value
            text = f'{answer}&""' if _NUMBER_LIKE.fullmatch(wanted) else answer
            result = f"IF({text}={quoted(wanted)},{self.text(value, kind)},{result})"
        return result

    def _decided(self, node: Call) -> tuple[str, int]:
        """Print `and` or `or`; where a part may be unknown, with 0 no, 1 unknown, 2 yes."""
        if len(node.args) == 1:
            return self._part(node.args[0], "truth")
        if not any(can_fail(arg, self.given) for arg in node.args):
            parts = ",".join(self.text(arg, "truth") for arg in node.args)
            return f"{node.function.upper()}({parts})", _ATOM
        extreme = "MIN" if node.function == "and" else "MAX"
        codes = ",".join(self._code(arg) for arg in node.args)
        return f"CHOOSE(1+{extreme}({codes}),FALSE,NA(),TRUE)", _ATOM

    def _code(self, node: Node) -> str:
        code = f"IF({self.text(node, 'truth')},2,0)"
        return f"IFERROR({code},1)" if can_fail(node, self.given) else code

    def _piecewise(self, node: Call) -> tuple[str, int]:
        """Print a curve as its first value and one ramp for each sloping piece."""
        x = self.text(node.args[0], "number")
        numbers = [cast("Number", arg).value for arg in node.args[1:]]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        parts = [_signed(plain(points[0][1]))]
        for (x1, y1), (x2, y2) in pairwise(points):
            if y1 != y2:
                start, end = _signed(plain(x1)), _signed(plain(x2))
                slope = f"{_signed(plain(y2 - y1))}/{_signed(plain(x2 - x1))}"
                parts.append(f"(MIN(MAX({x},{start}),{end})-{start})*{slope}")
        return "+".join(parts), _SUM


def _constant(node: Number | Text | Truth) -> tuple[str, int]:
    if isinstance(node, Text):
        return quoted(node.value), _ATOM
    if isinstance(node, Truth):
        return ("TRUE" if node.value else "FALSE"), _ATOM
    return _signed(plain(node.value)), _ATOM


def _signed(digits: str) -> str:
    return f"({digits})" if digits.startswith("-") else digits


def _is_as_typed(node: Node) -> bool:
    """Return whether `node` gives a number as somebody typed or rounded it."""
    if isinstance(node, Name | Number):
        return True
    return isinstance(node, Call) and node.function in _EXACT_CALLS
