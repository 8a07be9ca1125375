"""Headings, lists, label-and-text pairs and blocks beside each other, as boxes."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.reports.document import Mark
from assessor.reports.pdf import look
from assessor.reports.pdf.box import Box, Stack, TextBox
from assessor.reports.pdf.marks import draw_mark
from assessor.reports.typeset.paragraph import Setting
from assessor.reports.typeset.pen import Ink, Pen

_ACCENT_BAR = 3.0
_BESIDE_GAP = 22.0
_MARK = 7.5


class HeadingBox(Box):
    """A heading; level 2 has the accent bar, level 1 a rule below. `outline` is its bookmark."""

    keep_next = True

    def __init__(
        self, level: int, setting: Setting, aside: Setting | None, outline: tuple[str, int] | None
    ) -> None:
        self._level = level
        self._setting = setting
        self._aside = aside
        self._outline = outline
        self.before = look.HEADING_BEFORE[level]
        self.after = look.HEADING_AFTER[level]

    def _inner(self, width: float) -> float:
        aside = self._aside.natural_width() + 12 if self._aside else 0.0
        return width - self._indent() - min(aside, width / 2)

    def _indent(self) -> float:
        return _ACCENT_BAR + 6 if self._level == 2 else 0.0  # noqa: PLR2004 - a heading's level

    def height(self, width: float) -> float:
        """Return the height of its lines, and of the rule under a chapter's title."""
        return self._setting.height(self._inner(width)) + (6.0 if self._level == 1 else 0.0)

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw it and set its bookmark."""
        height = self.height(width)
        if self._indent():
            pen.box((x, top - height + 0.5, _ACCENT_BAR, height - 1), Ink(look.ACCENT))
        self._setting.draw(pen, x + self._indent(), top, self._inner(width))
        if self._aside:
            self._aside.draw(pen, x + width / 2, top, width / 2)
        if self._level == 1:
            rule = Ink(stroke=look.STRONG_LINE, width=0.8)
            pen.line((x, top - height), (x + width, top - height), rule)
        if self._outline:
            key, level = self._outline
            pen.canvas.bookmarkHorizontalAbsolute(key, top + 6)
            pen.canvas.addOutlineEntry(self._setting.text, key, level)


class ItemBox(Box):
    """One item of a list: its number, bullet or mark, and text that hangs beside it."""

    def __init__(self, text: TextBox, sign: Setting | Mark, colour: str) -> None:
        self._text = text
        self._sign = sign
        self._colour = colour
        self.after = 2.0

    def _indent(self) -> float:
        return 15.0 if isinstance(self._sign, str) else self._sign.natural_width() + 9.0

    def height(self, width: float) -> float:
        """Return the height of its text."""
        return self._text.height(width - self._indent())

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the sign on the first line, then the text."""
        if isinstance(self._sign, str):
            middle = top - self._text.setting.look.leading / 2
            draw_mark(pen, self._sign, (x + 2, middle - _MARK / 2), _MARK, self._colour)
        else:
            self._sign.draw(pen, x + 3, top, self._indent())
        indent = self._indent()
        self._text.paint(pen, x + indent, top, width - indent)

    def cut(self, width: float, room: float, fresh: bool) -> tuple[Box, Box] | None:
        """Cut within the text; the rest keeps hanging without a sign."""
        parts = self._text.cut(width - self._indent(), room, fresh)
        if not parts:
            return None
        upper, lower = parts
        assert isinstance(upper, TextBox)  # noqa: S101 - what a TextBox cuts into
        return ItemBox(upper, self._sign, self._colour), Inset(lower, self._indent())


class Inset(Box):
    """A box moved to the right, optionally on a ground with a coloured edge."""

    def __init__(self, box: Box, left: float, ground: str = "", edge: str = "") -> None:
        self._box = box
        self._left = left
        self._ground = ground
        self._edge = edge
        self._pad = 6.0 if ground else 0.0
        self.before = 4.0 if ground else box.before
        self.after = 8.0 if ground else box.after

    def height(self, width: float) -> float:
        """Return the height of the box and the ground around it."""
        return self._box.height(width - self._left - self._pad) + 2 * self._pad

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the ground, the edge and the box."""
        height = self.height(width)
        if self._ground:
            pen.box((x, top - height, width, height), Ink(self._ground), radius=3)
        if self._edge:
            pen.box((x, top - height, 2.4, height), Ink(self._edge))
        inner = width - self._left - self._pad
        self._box.paint(pen, x + self._left, top - self._pad, inner)

    def cut(self, width: float, room: float, fresh: bool) -> tuple[Box, Box] | None:
        """Cut the box inside."""
        inner = width - self._left - self._pad
        parts = self._box.cut(inner, room - 2 * self._pad, fresh)
        return (self._part(parts[0]), self._part(parts[1])) if parts else None

    def _part(self, box: Box) -> Inset:
        return Inset(box, self._left, self._ground, self._edge)


class FieldBox(Box):
    """Labels with their texts in columns, a rule under each row."""

    def __init__(self, fields: Sequence[tuple[Setting, Setting]], label_width: float) -> None:
        self._fields = list(fields)
        self._label_width = label_width

    def _inner(self, width: float) -> float:
        column = (width - _BESIDE_GAP * (len(self._fields) - 1)) / len(self._fields)
        return column - self._label_width

    def height(self, width: float) -> float:
        """Return the height of the taller text."""
        inner = self._inner(width)
        heights = (max(a.height(self._label_width), b.height(inner)) for a, b in self._fields)
        return max(heights) + 7.0

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw labels and texts of one row."""
        inner, bottom = self._inner(width), top - self.height(width)
        for label, text in self._fields:
            label.draw(pen, x, top - 3.5, self._label_width - 6)
            text.draw(pen, x + self._label_width, top - 3.5, inner)
            right = x + self._label_width + inner
            pen.line((x, bottom), (right, bottom), Ink(stroke=look.LINE))
            x = right + _BESIDE_GAP


class BesideBox(Box):
    """Stacks beside each other, each as wide as its weight, aligned at the middle."""

    before = 8.0
    after = 8.0

    def __init__(self, parts: Sequence[Stack], weights: Sequence[float]) -> None:
        self._parts = list(parts)
        self._weights = list(weights)

    def _widths(self, width: float) -> list[float]:
        room = width - _BESIDE_GAP * (len(self._parts) - 1)
        return [room * weight / sum(self._weights) for weight in self._weights]

    def height(self, width: float) -> float:
        """Return the height of the tallest part."""
        widths = self._widths(width)
        return max(part.height(w) for part, w in zip(self._parts, widths, strict=True))

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the parts from left to right."""
        height = self.height(width)
        for part, inner in zip(self._parts, self._widths(width), strict=True):
            part.paint(pen, x, top - (height - part.height(inner)) / 2, inner)
            x += inner + _BESIDE_GAP

    def cut(self, width: float, room: float, fresh: bool) -> tuple[Box, Box] | None:
        """Cut only what is higher than a page: every part at the same height."""
        if not fresh:
            return None
        uppers, lowers = [], []
        for part, inner in zip(self._parts, self._widths(width), strict=True):
            cut = part.cut(inner, room, fresh) if part.height(inner) > room else (part, Stack([]))
            if not cut:
                return None
            uppers.append(Stack([cut[0]]))
            lowers.append(Stack([cut[1]]))
        return BesideBox(uppers, self._weights), BesideBox(lowers, self._weights)
