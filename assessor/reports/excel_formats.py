"""How cells look: one XlsxWriter format for each combination that occurs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessor.reports.excel_layout import Look, Placed
from assessor.reports.table import Tone

FONT = "Microsoft YaHei"
"""On every Windows in Chinese; elsewhere spreadsheets take the system's own Chinese font."""

_COLOURS: Mapping[Tone, str] = {
    "text": "#1B2430",
    "muted": "#56616F",
    "accent": "#0B6E99",
    "good": "#1E7B4A",
    "caution": "#8A5A00",
    "bad": "#B3261E",
}
_LINE = "#DADEE4"
_SUNKEN = "#EEF0F3"
_ACCENT_SOFT = "#E3F1F7"
_CAUTION_SOFT = "#FCF1DA"

_TABLE: dict[str, Any] = {"border": 1, "border_color": _LINE, "text_wrap": True, "valign": "top"}
_LOOKS: Mapping[Look, dict[str, Any]] = {
    "body": _TABLE,
    "total": {**_TABLE, "bg_color": _SUNKEN},
    "group": {**_TABLE, "bg_color": _ACCENT_SOFT, "bold": True},
    "header": {**_TABLE, "bg_color": _COLOURS["accent"], "font_color": "#FFFFFF", "bold": True},
    "title": {"font_size": 16, "bold": True, "valign": "vcenter"},
    "kicker": {"font_color": _COLOURS["muted"], "valign": "vcenter"},
    "heading": {"font_size": 12, "bold": True, "valign": "vcenter"},
    "text": {"text_wrap": True, "valign": "top"},
    "notice": {
        "text_wrap": True,
        "valign": "vcenter",
        "bold": True,
        "font_color": _COLOURS["caution"],
        "bg_color": _CAUTION_SOFT,
    },
    "label": {"font_color": _COLOURS["muted"], "valign": "top"},
}
_TABLES = frozenset({"body", "total", "group", "header"})


class Formats:
    """Makes formats when they are first asked for, so that equal cells share one.

    `workbook` is XlsxWriter's, which carries no types.
    """

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, placed: Placed, *, quoted: bool = False) -> Any:
        """Return the format of a cell, with the quote prefix when `quoted`."""
        cell = placed.cell
        key = (
            placed.look,
            placed.align,
            cell.tone,
            cell.strong,
            cell.answer,
            cell.number_format,
            quoted,
        )
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._workbook.add_format(_properties(placed, quoted=quoted))
        return made

    def text(self) -> Any:
        """Return the format of a machine's text cell: text, whatever is typed over it."""
        return self._workbook.add_format({"num_format": "@", "font_name": FONT, "font_size": 9})


def _properties(placed: Placed, *, quoted: bool) -> dict[str, Any]:
    cell = placed.cell
    properties: dict[str, Any] = {"font_name": FONT, "font_size": 10, **_LOOKS[placed.look]}
    properties["align"] = placed.align
    if placed.look in _TABLES and placed.align == "left":
        properties["indent"] = 1  # so that it does not touch the number beside it
    if placed.look in ("body", "total", "text"):
        properties["font_color"] = _COLOURS[cell.tone]
    if cell.strong:
        properties["bold"] = True
    if cell.answer:
        properties |= {"bg_color": _ACCENT_SOFT, "locked": False}
    if cell.number_format:
        properties["num_format"] = cell.number_format
    if quoted:
        properties["quote_prefix"] = True
    return properties
