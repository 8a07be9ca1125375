"""Where a figure stood, and where a plan wants it to be: shown, and never scored."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assessor.rubrics.base import DecimalText, Id, LocalText, Model
from assessor.rubrics.provenance import Provenance

Year = Annotated[int, Field(ge=1949, le=2199)]


class BaselineFigure(Model):
    """The figure a plan starts from, in the unit of the criterion's result (yes is 1, no is 0).

    `beyond`: the source says "more than" it. `comparable` is false where it counts something
    else than the targets, so that no share of the way can be told.
    """

    value: DecimalText
    year: Year
    beyond: bool = False
    comparable: bool = True
    note: LocalText | None = None
    provenance: Provenance


class TargetFigure(Model):
    """A figure to be reached; `beyond` when the figure itself is not yet enough ("more than").

    `name` tells targets apart that differ in more than their year.
    """

    id: Id
    name: LocalText | None = None
    value: DecimalText
    year: Year | None = None
    beyond: bool = False
    note: LocalText | None = None
    provenance: Provenance


class Progress(Model):
    """How far a measured quantity or a yes/no has come; targets in the order they are shown.

    `profiles` are those the figures are for, empty for all: a district is not held against the
    targets of its city.
    """

    profiles: tuple[Id, ...] = ()
    baseline: BaselineFigure | None = None
    targets: tuple[TargetFigure, ...] = ()
