"""The cover, the top of the verdict page, and the card that says the result."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.reports.document import Cover, Headline, Mark, Masthead, Tone
from assessor.reports.pdf import look
from assessor.reports.pdf.box import Box, Stack, TextBox
from assessor.reports.pdf.marks import draw_mark
from assessor.reports.typeset.fonts import Typeface
from assessor.reports.typeset.paragraph import Setting, Stretch
from assessor.reports.typeset.pen import Ink, Look, Pen

_TITLE = Look(18.5, 27.0, look.TEXT, strong=True)
_VERDICT = Look(19.5, 29.0, look.TEXT, strong=True)
_FIGURE = Look(27.0, 36.0, look.TEXT, strong=True)
_FIGURE_NOTE = Look(9.5, 15.0, look.MUTED)
_COVER_TITLE = Look(28.0, 40.0, look.TEXT, strong=True)
_COVER_SUBTITLE = Look(14.0, 22.0, look.MUTED)
_COVER_KICKER = Look(12.0, 18.0, look.ACCENT, strong=True)
_NOTICE = Look(10.0, 15.5, look.CAUTION, strong=True)

_PAD = 17.0
_EDGE = 4.5
_MARK = 9.0
_STATES: dict[Tone, Mark] = {"good": "check", "caution": "circle", "bad": "cross"}


def masthead_box(block: Masthead, typeface: Typeface) -> Box:
    """Return the three lines at the top of the verdict page."""
    lines = [
        TextBox(Setting(words, style, typeface))
        for words, style in (
            (block.kicker, look.KICKER),
            (block.title, _TITLE),
            (block.caption, look.KICKER),
        )
        if words
    ]
    stack = Stack(lines)
    stack.after = 12.0
    stack.bare = True
    return stack


class HeadlineBox(Box):
    """The card: a coloured edge, the result on the left, the figure on the right."""

    after = 12.0

    def __init__(self, block: Headline, typeface: Typeface) -> None:
        self._tone = block.tone
        self._kicker = Setting(block.kicker, look.KICKER, typeface)
        lines = [
            Setting([Stretch(line.text, line.strong)], _line_look(line.tone or "text"), typeface)
            for line in block.lines
        ]
        title = Setting(block.title, _VERDICT, typeface)
        self._words = Stack([TextBox(setting) for setting in (title, *lines)])
        self._figure = Setting(block.figure, _FIGURE, typeface)
        self._note = Setting(block.figure_note, _FIGURE_NOTE, typeface)

    def _right(self) -> float:
        """Return the width of the figure's column."""
        return max(self._figure.natural_width(), self._note.natural_width()) + 2

    def _left(self, width: float) -> float:
        figure = self._right() + _PAD if self._figure.text else 0.0
        return width - _EDGE - 2 * _PAD - figure

    def height(self, width: float) -> float:
        """Return the height of the card."""
        words = self._kicker.look.leading + 2 + self._words.height(self._left(width))
        return words + 2 * _PAD - 6

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the card and its texts."""
        height = self.height(width)
        colour = look.TONES[self._tone]
        pen.box((x, top - height, 3 * _EDGE, height), Ink(colour), radius=6)
        border = Ink(look.PANEL, look.LINE)
        pen.box((x + _EDGE, top - height, width - _EDGE, height), border, radius=5)
        pen.box((x + _EDGE, top - height + 0.3, 5, height - 0.6), Ink(look.PANEL))
        self._paint_words(pen, x + _EDGE + _PAD - 3, top - _PAD + 3, width)
        if self._figure.text:
            self._paint_figure(pen, x + width - _PAD - self._right(), top - height / 2)

    def _paint_words(self, pen: Pen, x: float, top: float, width: float) -> None:
        mark = _STATES.get(self._tone)
        leading = self._kicker.look.leading
        if mark:
            corner = (x, top - leading / 2 - _MARK / 2)
            draw_mark(pen, mark, corner, _MARK, look.TONES[self._tone])
        inset = _MARK + 5 if mark else 0.0
        self._kicker.draw(pen, x + inset, top, self._left(width) - inset)
        self._words.paint(pen, x, top - leading - 2, self._left(width))

    def _paint_figure(self, pen: Pen, x: float, middle: float) -> None:
        width = self._right()
        height = self._figure.look.leading + self._note.look.leading
        top = middle + height / 2
        figure = (width - self._figure.natural_width()) / 2
        note = (width - self._note.natural_width()) / 2
        self._figure.draw(pen, x + figure, top, width)
        self._note.draw(pen, x + note, top - self._figure.look.leading, width)


class CoverBox(Box):
    """The first page: title in the upper third, facts at the foot, a notice that is not missed."""

    bare = True

    def __init__(
        self, block: Cover, fields: Sequence[Box], typeface: Typeface, logo: Box | None
    ) -> None:
        self._logo = logo
        title = [TextBox(Setting(block.kicker, _COVER_KICKER, typeface), after=10)]
        title.append(TextBox(Setting(block.title, _COVER_TITLE, typeface), after=6))
        if block.subtitle:
            title.append(TextBox(Setting(block.subtitle, _COVER_SUBTITLE, typeface)))
        self._title = Stack(title)
        self._notice = TextBox(Setting(block.notice, _NOTICE, typeface)) if block.notice else None
        self._fields = Stack(fields)

    def height(self, width: float) -> float:
        """Return the height of a page's column: a cover fills its page."""
        return look.ROOM

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw everything from top to bottom."""
        if self._logo:
            self._logo.paint(pen, x, top, width / 3)
        start = top - look.ROOM * 0.24
        height = self._title.height(width * 0.86)
        pen.box((x, start - height + 6, 5, height - 8), Ink(look.ACCENT))
        self._title.paint(pen, x + 20, start, width * 0.86)
        if self._notice:
            self._paint_notice(pen, x + 20, start - height - 24, width - 20)
        self._fields.paint(pen, x, top - look.ROOM + self._fields.height(width) + 12, width)

    def _paint_notice(self, pen: Pen, x: float, top: float, width: float) -> None:
        assert self._notice  # noqa: S101 - the caller has looked
        height = self._notice.height(width - 42) + 20
        pen.box((x, top - height, width, height), Ink(look.CAUTION_SOFT), radius=5)
        draw_mark(pen, "flag", (x + 13, top - 22.5), 10, look.CAUTION)
        self._notice.paint(pen, x + 32, top - 10, width - 42)


def _line_look(tone: Tone) -> Look:
    return Look(9.6, 16.5, look.TONES[tone])
