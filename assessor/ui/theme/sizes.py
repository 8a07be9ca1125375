"""The measures of the window, scaled with the text and raised for fingers."""

from __future__ import annotations

from dataclasses import dataclass

TOUCH_TARGET = 44
CONTROL = 32
STANDARD_PERCENT = 100


@dataclass(frozen=True)
class Sizes:
    """All measures in logical pixels; `percent` is the size of text against the standard."""

    percent: int = STANDARD_PERCENT
    touch: bool = False

    def px(self, length: float) -> int:
        """Return `length` scaled with the text, at least 1 for anything above 0."""
        return max(round(length * self.percent / 100), 1 if length > 0 else 0)

    @property
    def caption(self) -> int:
        """Captions and chips."""
        return self.px(12)

    @property
    def table(self) -> int:
        """Tables and lists."""
        return self.px(13)

    @property
    def text(self) -> int:
        """Ordinary text."""
        return self.px(14)

    @property
    def title(self) -> int:
        """Titles of cards."""
        return self.px(15.5)

    @property
    def question(self) -> int:
        """The question of a screen."""
        return self.px(21)

    @property
    def score(self) -> int:
        """The one large figure."""
        return self.px(26)

    @property
    def control(self) -> int:
        """Height of buttons, fields and rows."""
        return max(self.px(CONTROL), TOUCH_TARGET if self.touch else 0)

    @property
    def icon(self) -> int:
        """Edge of an icon in a button."""
        return self.px(18)

    @property
    def chip(self) -> int:
        """Height of a chip that is only read."""
        return self.px(22)

    @property
    def left_panel(self) -> int:
        """Width of the panel on the left."""
        return self.px(292)

    @property
    def right_panel(self) -> int:
        """Width of the panel on the right."""
        return self.px(330)

    @property
    def centre(self) -> int:
        """The least width of what stands between the panels."""
        return 480


XS, S, M, L, XL = 4, 8, 12, 16, 24
"""The distances between things, in logical pixels before scaling."""
RADIUS_SMALL, RADIUS = 6, 8
