"""The style sheet: small templates filled with the colours and lengths of a theme."""

from __future__ import annotations

from functools import cache
from importlib import resources
from string import Template

from PySide6.QtGui import QColor

from assessor.ui.theme.palette import Palette
from assessor.ui.theme.sizes import RADIUS, RADIUS_SMALL, XL, XS, L, M, S, Sizes

_EDGE = 1
_FILTER_EXTRA = 2
_RAIL, _RAIL_NARROW = 38, 40
"""Heights of the entries of the navigation: a line with an icon, an icon above a line."""
_BAR, _TOUCH_BAR, _BAR_GAP = 10, 18, 2
"""Widths of scroll bars, and the air around their handles."""
_LIGHTER, _DARKER = 110, 112
"""How far the ground of the loud button moves under the pointer, in percent."""


def style_sheet(palette: Palette, sizes: Sizes) -> str:
    """Return the whole style sheet; raises `KeyError` when a template names an unknown role."""
    lengths = {name: f"{value}px" for name, value in _lengths(sizes).items()}
    values = {**_colours(palette), **lengths}
    return "\n".join(Template(text).substitute(values) for text in _templates())


@cache
def _templates() -> tuple[str, ...]:
    folder = resources.files("assessor.ui.theme") / "style"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".qss"))
    return tuple((folder / name).read_text(encoding="utf-8") for name in names)


def _colours(palette: Palette) -> dict[str, str]:
    accent = QColor(palette.accent)
    strong = accent.lighter(_LIGHTER) if palette.dark else accent.darker(_DARKER)
    return {**palette.colours(), "accent_strong": strong.name()}


def _lengths(sizes: Sizes) -> dict[str, int]:
    given = {
        "caption_size": sizes.caption,
        "table_size": sizes.table,
        "text_size": sizes.text,
        "title_size": sizes.title,
        "question_size": sizes.question,
        "score_size": sizes.score,
        "control": sizes.control,
        "chip": sizes.chip,
        "filter_height": sizes.control if sizes.touch else sizes.chip + _FILTER_EXTRA,
        "rail_height": max(sizes.control, sizes.px(_RAIL)),
        "rail_narrow_height": max(sizes.control, sizes.px(_RAIL_NARROW)),
        "bar": sizes.px(_TOUCH_BAR if sizes.touch else _BAR),
        "bar_gap": _BAR_GAP,
        "radius": RADIUS,
        "radius_small": RADIUS_SMALL,
        **{name: sizes.px(gap) for name, gap in zip(_GAPS, (XS, S, M, L, XL), strict=True)},
    }
    return {**given, **_inner(given)}


_GAPS = ("xs", "s", "m", "l", "xl")


def _inner(given: dict[str, int]) -> dict[str, int]:
    """Lengths inside an edge, which Qt counts outside min-height.

    An edge of 2 instead of 1 shows the focus; what lies inside gives way, so nothing moves.
    """
    rail, rail_narrow = given["rail_height"] - 2 * _EDGE, given["rail_narrow_height"] - 2 * _EDGE
    inner, filter_inner = given["control"] - 2 * _EDGE, given["filter_height"] - 2 * _EDGE
    return {
        "inner": inner,
        "inner_less": inner - 2 * _EDGE,
        "rail": rail,
        "rail_less": rail - 2 * _EDGE,
        "rail_narrow": rail_narrow,
        "rail_narrow_less": rail_narrow - 2 * _EDGE,
        "filter": filter_inner,
        "filter_less": filter_inner - 2 * _EDGE,
        "chip_inner": given["chip"] - 2 * _EDGE,
        **{f"{name}_less": given[name] - _EDGE for name in ("xs", "s", "m")},
        "half_filter": given["filter_height"] // 2,
        "half_chip": given["chip"] // 2,
        "half_bar": given["bar"] // 2 - _BAR_GAP,
    }
