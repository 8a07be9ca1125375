"""Where people sign: role, name, a line for the pen or the drawn signature, and the date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessor.reports.document import Signatory, SignaturePanel
from assessor.reports.pdf import look
from assessor.reports.pdf.box import Box
from assessor.reports.pdf.photos import Images, paint_photo
from assessor.reports.typeset.pen import Ink, Pen, text_width

_HEIGHT = 84.0
_GAP = 16.0
_NAME = replace(look.BODY, strong=True)


@dataclass(frozen=True, slots=True)
class _Words:
    signature: str
    date: str


class SignatureRow(Box):
    """Two people beside each other."""

    before = 4.0
    after = 12.0

    def __init__(self, people: Sequence[Signatory], words: _Words, images: Images) -> None:
        self._people = list(people)
        self._words = words
        self._images = images

    def height(self, width: float) -> float:
        """Return the height of a panel."""
        return _HEIGHT

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the panels."""
        panel = (width - _GAP) / 2
        for person in self._people:
            pen.box((x, top - _HEIGHT, panel, _HEIGHT), Ink(look.PANEL, look.LINE), radius=5)
            self._paint_person(pen, person, x + 12, top - 12, panel - 24)
            x += panel + _GAP

    def _inset(self, pen: Pen) -> float:
        font, size = pen.typeface.regular, look.CAPTION.size
        words = (self._words.signature, self._words.date)
        return max(text_width(label, font, size) for label in words) + 10

    def _paint_person(
        self, pen: Pen, person: Signatory, x: float, top: float, width: float
    ) -> None:
        inset = self._inset(pen)
        pen.text(x, top - 8, person.role, look.KICKER, width / 2 - 4)
        if person.name:
            name = replace(_NAME, align="right")
            pen.text(x + width, top - 8, person.name, name, width / 2 - 4)
        base = top - 44
        pen.text(x, base + 3, self._words.signature, look.CAPTION)
        pen.line((x + inset, base), (x + width, base), Ink(stroke=look.STRONG_LINE))
        if person.signature:
            area = (x + inset + 6, base + 1, width - inset - 12, 28.0)
            paint_photo(pen, person.signature, self._images, area)
        pen.text(x, base - 18, self._words.date, look.CAPTION)
        if person.date:
            pen.text(x + inset, base - 18, person.date, replace(look.CAPTION, colour=look.TEXT))
        else:
            pen.line((x + inset, base - 20), (x + width, base - 20), Ink(stroke=look.LINE))


def signature_rows(block: SignaturePanel, images: Images) -> list[SignatureRow]:
    """Return the panels of all people, two in a row."""
    words = _Words(block.signature_label, block.date_label)
    pairs = (block.people[i : i + 2] for i in range(0, len(block.people), 2))
    return [SignatureRow(pair, words, images) for pair in pairs]
