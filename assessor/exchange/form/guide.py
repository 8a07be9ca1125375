"""The first sheet: what this workbook is, how to fill it in, and which rubric it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from openpyxl.styles import Border

from assessor import __version__
from assessor.exchange.form import style
from assessor.exchange.form.criteria_rows import FormContext
from assessor.exchange.form.drawing import Frame, cell_at, dress, finish
from assessor.sheets import put_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (24, 92)
_STEPS = ("fill_cells", "fill_blank", "fill_levels", "fill_ticks", "fill_figures", "fill_na")
_MORE_STEPS = ("fill_ledger", "fill_paper", "fill_save", "fill_back")

Line = tuple[Literal["heading", "line", "notice", "pair"], str, str]


def draw_guide(
    sheet: Worksheet, context: FormContext, frame: Frame, sheets: list[tuple[str, str]]
) -> None:
    """Draw the guide; `sheets` are the other sheets with what each is for."""
    for column, width in zip("AB", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    put_text(sheet["A1"], frame.title)
    dress(sheet["A1"], style.TITLE_FONT, style.WRAP_MIDDLE, None, Border())
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 30
    for row, line in enumerate(_lines(context, frame, sheets), start=2):
        _draw(sheet, row, line)
    finish(sheet, frame, f"A1:B{sheet.max_row}")
    sheet.print_title_rows = None
    sheet.page_setup.orientation = "portrait"


def _lines(context: FormContext, frame: Frame, sheets: list[tuple[str, str]]) -> list[Line]:
    say = context.say
    lines: list[Line] = [("notice", frame.notice, "")] if frame.notice else []
    purpose = "purpose" if context.rubric.body is None else "purpose_body"
    lines.append(("line", say(purpose, summary=context.pick(context.rubric.summary)), ""))
    lines.append(("heading", say("how"), ""))
    steps = [say(step) for step in (*_STEPS, *_MORE_STEPS)]
    lines += [("line", f"{number}. {words}", "") for number, words in enumerate(steps, start=1)]
    lines.append(("heading", say("sheets"), ""))
    lines += [("pair", name, words) for name, words in sheets]
    lines.append(("heading", say("identity"), ""))
    lines += [("pair", label, value) for label, value in _identity(context)]
    parts = context.rubric.status.official_parts
    if parts:
        lines.append(("heading", say("official_parts"), ""))
        lines += [("line", f"· {context.pick(part)}", "") for part in parts]
    return lines


def _identity(context: FormContext) -> list[tuple[str, str]]:
    rubric, say = context.rubric, context.say
    profile = next(one.name for one in rubric.profiles if one.id == context.profile)
    target = next(one.name for one in rubric.targets if one.id == context.target)
    aim = [] if rubric.collects else [(say("target"), context.pick(target))]
    kind = say("profile") if rubric.body is None else context.pick(rubric.body.profile)
    return [
        (say("rubric"), f"{context.pick(rubric.title)}（{rubric.id}）"),
        (say("version"), rubric.version),
        (kind, context.pick(profile)),
        *aim,
        (say("items"), str(len(context.asked()))),
        (say("program"), f"assessor {__version__}"),
    ]


def _draw(sheet: Worksheet, row: int, line: Line) -> None:
    kind, first, second = line
    cell = cell_at(sheet, row, 1)
    put_text(cell, first)
    if kind == "pair":
        put_text(cell_at(sheet, row, 2), second)
        dress(cell, style.BOLD_FONT, style.WRAP, style.LOCKED_FILL)
        dress(cell_at(sheet, row, 2), style.BODY_FONT, style.WRAP)
        heights = {_WIDTHS[0]: first, _WIDTHS[1]: second}
    else:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        fonts = {"heading": style.BOLD_FONT, "notice": style.NOTICE_FONT, "line": style.BODY_FONT}
        fills = {"heading": style.BAND_FILL, "notice": style.NOTICE_FILL}
        dress(cell, fonts[kind], style.WRAP_MIDDLE, fills.get(kind), Border())
        heights = {sum(_WIDTHS): first}
    sheet.row_dimensions[row].height = style.height_for(heights) + 2
