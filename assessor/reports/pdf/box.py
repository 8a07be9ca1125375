"""What can stand in the column of a page: its height, how it is painted, where it may be cut."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.reports.typeset.paragraph import Setting
from assessor.reports.typeset.pen import Pen

MIN_LINES = 2
"""A paragraph is cut with at least this many lines on either side."""


class Box:
    """One piece of the flow. `before` and `after` are the least distances to its neighbours.

    `keep_next` asks to stay on the page of the following box; `new_page` to begin a page; a `bare`
    one wants no running header over it.
    """

    before = 0.0
    after = 0.0
    keep_next = False
    new_page = False
    bare = False

    def height(self, width: float) -> float:
        """Return the height in a column `width` points wide."""
        raise NotImplementedError

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw it below `top`, from `x` on."""
        raise NotImplementedError

    def least(self, width: float) -> float:
        """Return the smallest height worth beginning with at the foot of a page."""
        return self.height(width)

    def cut(self, width: float, room: float, fresh: bool) -> tuple[Box, Box] | None:
        """Return a part at most `room` high and the rest, or None when it should not be cut.

        On a `fresh` page there will never be more room, so ugly cuts are right there.
        """
        return None


class TextBox(Box):
    """Lines of a paragraph, `indent` points from the left."""

    def __init__(self, setting: Setting, after: float = 0.0, before: float = 0.0) -> None:
        self.setting = setting
        self.after = after
        self.before = before
        self._lines = slice(0, None)

    def _count(self, width: float) -> int:
        return len(self.setting.lines(width)[self._lines])

    def height(self, width: float) -> float:
        """Return the height of its lines."""
        return self._count(width) * self.setting.look.leading

    def least(self, width: float) -> float:
        """Return the height of the first lines."""
        return min(self._count(width), MIN_LINES) * self.setting.look.leading

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw its lines."""
        self.setting.draw(pen, x, top, width, self._lines)

    def cut(self, width: float, room: float, fresh: bool) -> tuple[Box, Box] | None:
        """Cut between lines, leaving no single line behind."""
        fitting = int(room / self.setting.look.leading)
        count = self._count(width)
        upper = fitting if fresh else min(fitting, count - MIN_LINES)
        if upper < (1 if fresh else MIN_LINES):
            return None
        middle = self._lines.start + upper
        return self._part(self._lines.start, middle), self._part(middle, None)

    def _part(self, start: int, stop: int | None) -> TextBox:
        part = TextBox(self.setting, self.after if stop is None else 0.0)
        part._lines = slice(start, stop)
        return part


class Stack(Box):
    """Boxes under each other that stay together as long as a page can hold them."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.boxes = list(boxes)
        self.before = boxes[0].before if boxes else 0.0
        self.after = boxes[-1].after if boxes else 0.0

    def height(self, width: float) -> float:
        """Return the height of all boxes and the distances between them."""
        heights = sum(box.height(width) for box in self.boxes)
        return heights + sum(gap(a, b) for a, b in self._neighbours())

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the boxes from top to bottom."""
        previous: Box | None = None
        for box in self.boxes:
            top -= gap(previous, box) if previous else 0.0
            box.paint(pen, x, top, width)
            top -= box.height(width)
            previous = box

    def cut(self, width: float, room: float, fresh: bool) -> tuple[Box, Box] | None:
        """Cut only what is higher than a page: between its boxes, else within one."""
        if not fresh:
            return None
        used = 0.0
        for index, box in enumerate(self.boxes):
            used += gap(self.boxes[index - 1], box) if index else 0.0
            height = box.height(width)
            if used + height > room:
                return self._cut_at(index, box.cut(width, room - used, index == 0))
            used += height
        return None

    def _cut_at(self, index: int, parts: tuple[Box, Box] | None) -> tuple[Box, Box] | None:
        while not parts and index and self.boxes[index - 1].keep_next:
            index -= 1
        upper, lower = self.boxes[:index], self.boxes[index:]
        if parts:
            upper, lower = [*upper, parts[0]], [parts[1], *lower[1:]]
        return (Stack(upper), Stack(lower)) if upper else None

    def _neighbours(self) -> list[tuple[Box, Box]]:
        return list(zip(self.boxes, self.boxes[1:], strict=False))


class Shrunk(Box):
    """A box that is higher than a page and cannot be cut, made smaller until it fits."""

    def __init__(self, box: Box, room: float) -> None:
        self._box = box
        self._room = room
        self.after = box.after

    def height(self, width: float) -> float:
        """Return the room it was made for."""
        return self._room

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the box at the scale that fits."""
        scale = self._room / self._box.height(width)
        pen.canvas.saveState()
        pen.canvas.translate(x * (1 - scale), top * (1 - scale))
        pen.canvas.scale(scale, scale)
        self._box.paint(pen, x, top, width)
        pen.canvas.restoreState()


def gap(upper: Box, lower: Box) -> float:
    """Return the distance between two boxes: the larger of what they ask for."""
    return max(upper.after, lower.before)
