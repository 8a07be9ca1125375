"""What a judging process keeps between files."""

from __future__ import annotations

from dataclasses import dataclass, field

from assessor.bureau.intake.payload_part import Means
from assessor.bureau.intake.plain_book import FrameCache
from assessor.bureau.intake.shapes import Shapes


@dataclass
class Bench(Means):
    """The means of opening payloads, and what is known of the workbooks that carry them."""

    shapes: Shapes = field(default_factory=Shapes)
    frames: FrameCache = field(default_factory=FrameCache)
