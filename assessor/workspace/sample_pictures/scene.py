"""What a sample picture shows, as the samples' data describe it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from assessor.rubrics.base import Model
from assessor.workspace.sample_pictures.canvas import Canvas


class Scene(Model):
    """One picture: which drawing, the words and figures in it, and the number chance starts from.

    What `words` and `figures` mean is said where the drawing is made; drawings fill in nothing
    that people could take for a statement about the enterprise.
    """

    drawing: str
    title: str
    words: tuple[str, ...] = ()
    figures: tuple[Annotated[int, Field(ge=0)], ...] = ()
    seed: int = 1
    taken: str = ""

    def word(self, index: int, otherwise: str = "") -> str:
        """Return a word, or what stands for it where the data give none."""
        return self.words[index] if index < len(self.words) else otherwise

    def figure(self, index: int, otherwise: int) -> int:
        """Return a figure, or what stands for it where the data give none."""
        return self.figures[index] if index < len(self.figures) else otherwise

    def chance(self) -> random.Random:
        """Return a source of chance that gives the same numbers every time."""
        return random.Random(f"{self.drawing}/{self.seed}")  # noqa: S311 (decoration)


Draw = Callable[[Canvas, Scene], None]
"""Draws a scene on an empty canvas."""
