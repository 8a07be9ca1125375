"""Formulas as what they say, not as how a spreadsheet writes them.

Another program may write `$`, blanks, sheet names, `TRUE()` or `_xlfn.` its own way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from assessor.reports.verify_layout import UNMOVED, Layout
from assessor.sheets import cell_name, position_of

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<cell>(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?(?P<ref>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?![\w.(]))
    |(?P<name>[^\W\d][\w.]*)
    |(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?)
    |(?P<blank>\s+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_TRUTH = re.compile(r"\b(TRUE|FALSE)\(\)")


def normal_form(formula: str, sheet: str, layouts: Mapping[str, Layout] | None = None) -> str:
    """Return what `formula`, standing in `sheet`, says; its cells as they stood when written."""
    known = layouts or {}
    parts: list[str] = []
    around = sheet
    for token in _TOKEN.finditer(formula):
        kind, text = token.lastgroup, token.group()
        if token["cell"]:
            named = _sheet_named(token["sheet"])
            # In Sheet!A1:B2 the sheet holds for both ends of the range.
            around = named or (around if parts and parts[-1] == ":" else sheet)
            parts.append(_cell(token["ref"], around, sheet, known))
        elif kind != "blank":
            parts.append(_piece(kind or "", text))
    return _TRUTH.sub(r"\1", "".join(parts))


def _sheet_named(written: str | None) -> str:
    if not written:
        return ""
    return written[1:-1].replace("''", "'") if written.startswith("'") else written


def _cell(reference: str, sheet: str, home: str, layouts: Mapping[str, Layout]) -> str:
    try:
        row, column = position_of(reference.replace("$", ""))
    except ValueError:
        return reference
    at = layouts.get(sheet, UNMOVED).written((row, column))
    name = cell_name(*at) if at else "?"
    return name if sheet == home else f"'{sheet}'!{name}"


def _piece(kind: str, text: str) -> str:
    if kind == "name":
        return text.upper().removeprefix("_XLFN.")
    if kind == "number":
        return str(Decimal(text).normalize())
    return text
