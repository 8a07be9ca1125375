"""Whether a calibration counts for a visit: the same rubric, the same season, not run out."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assessor.assessment import Assessment, Calibration

Standing = Literal["valid", "other_rubric", "other_season", "expired"]


def standing_of(calibration: Calibration, record: Assessment) -> Standing:
    """Return whether a calibration counts for a visit, on the day it began."""
    if calibration.rubric_id != record.rubric.id:
        return "other_rubric"
    if calibration.cycle != record.cycle:
        return "other_season"
    day = record.visit.date_from or record.visit.date_to
    return "expired" if day is not None and run_out(calibration, day) else "valid"


def run_out(calibration: Calibration, day: date) -> bool:
    """Whether a calibration no longer counts on a day."""
    return calibration.valid_until is not None and day > calibration.valid_until
