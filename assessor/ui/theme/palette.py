"""The colours by role, light and dark; nothing else in the window names a colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property


@dataclass(frozen=True)
class Palette:
    """One set of colours as `#RRGGBB`, named by what they are for."""

    dark: bool
    window: str
    panel: str
    sunken: str
    line: str
    strong_line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    caution: str
    caution_soft: str
    bad: str
    bad_soft: str

    def colours(self) -> Mapping[str, str]:
        """Return the colours by the name of their role."""
        return self._by_role

    @cached_property
    def _by_role(self) -> Mapping[str, str]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "dark"}


LIGHT = Palette(
    dark=False,
    window="#F5F6F8",
    panel="#FFFFFF",
    sunken="#EEF0F3",
    line="#DADEE4",
    strong_line="#8A94A3",
    text="#1B2430",
    muted="#56616F",
    accent="#0B6E99",
    on_accent="#FFFFFF",
    accent_soft="#E3F1F7",
    good="#1E7B4A",
    good_soft="#E2F3E9",
    caution="#8A5A00",
    caution_soft="#FCF1DA",
    bad="#B3261E",
    bad_soft="#FBE6E4",
)
DARK = Palette(
    dark=True,
    window="#14181E",
    panel="#1C222A",
    sunken="#171C23",
    line="#323B46",
    strong_line="#7D8896",
    text="#E8ECF1",
    muted="#A7B1BD",
    accent="#5BB8DE",
    on_accent="#06202C",
    accent_soft="#17333F",
    good="#6CCB95",
    good_soft="#15301F",
    caution="#E8B85A",
    caution_soft="#33280F",
    bad="#F2867E",
    bad_soft="#3A1C1A",
)

GROUNDS = ("window", "panel", "sunken")
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((role, ground) for role in ("text", "muted", "accent") for ground in GROUNDS),
    *((role, ground) for role in ("good", "caution", "bad") for ground in GROUNDS),
    *((role, f"{role}_soft") for role in ("accent", "good", "caution", "bad")),
    *(("text", f"{role}_soft") for role in ("accent", "good", "caution", "bad")),
    ("muted", "accent_soft"),
    ("on_accent", "accent"),
)
"""Every pair of roles in which text stands on a ground; each keeps a contrast of 4.5."""
EDGE_PAIRS: tuple[tuple[str, str], ...] = (
    ("strong_line", "panel"),
    *(("accent", ground) for ground in GROUNDS),
)
"""Edges one has to see to know a control or where the focus is; each keeps a contrast of 3."""


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB`, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    low = 0.04045
    red, green, blue = (p / 12.92 if p <= low else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
