"""Filling pages with boxes: what goes where is settled before anything is drawn."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from assessor.reports.pdf.box import Box, Shrunk, gap

_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and the distance of its top from the top of the page's column."""

    box: Box
    offset: float


Page = list[Placed]


def paginate(boxes: Iterable[Box], width: float, room: float) -> list[Page]:
    """Place `boxes` under each other on pages with a column of `width` by `room` points."""
    filler = _Filler(deque(boxes), width, room + _TOLERANCE)
    while filler.waiting:
        filler.step()
    return filler.pages


class _Filler:
    def __init__(self, waiting: deque[Box], width: float, room: float) -> None:
        self.waiting = waiting
        self.width = width
        self.room = room
        self.pages: list[Page] = [[]]
        self.used = 0.0

    def step(self) -> None:
        box = self.waiting[0]
        page = self.pages[-1]
        distance = gap(page[-1].box, box) if page else 0.0
        left = self.room - self.used - distance
        if page and (box.new_page or self._needed() > left):
            self._turn()
            return
        self.waiting.popleft()
        if box.height(self.width) <= left:
            self._place(box, distance)
        else:
            self._place_part(box, distance, left)

    def _place(self, box: Box, distance: float) -> None:
        self.pages[-1].append(Placed(box, self.used + distance))
        self.used += distance + box.height(self.width)

    def _place_part(self, box: Box, distance: float, left: float) -> None:
        fresh = not self.pages[-1]
        parts = box.cut(self.width, left, fresh)
        if parts:
            self._place(parts[0], distance)
            self.waiting.appendleft(parts[1])
            self._turn()
        elif fresh:
            self._place(Shrunk(box, left), distance)
        else:
            self.waiting.appendleft(box)
            self._turn()

    def _needed(self) -> float:
        """Return the height of the next box's beginning, with everything it must not leave."""
        needed = 0.0
        for index, box in enumerate(self.waiting):
            needed += gap(self.waiting[index - 1], box) if index else 0.0
            if not box.keep_next:
                return needed + box.least(self.width)
            needed += box.height(self.width)
        return needed

    def _turn(self) -> None:
        self.pages.append([])
        self.used = 0.0
