"""How far an assessor's blind answers to described cases agree with experts' answers."""

from assessor.analysis.calibration.gold import (
    BlindAnswers,
    GoldCase,
    GoldItem,
    GoldSet,
    RubricVersion,
    case_record,
    check_gold,
)
from assessor.analysis.calibration.marking import (
    Given,
    Marked,
    MarkedItem,
    check_given,
    mark,
    still_open,
)
from assessor.analysis.calibration.standing import Standing, run_out, standing_of

__all__ = [
    "BlindAnswers",
    "Given",
    "GoldCase",
    "GoldItem",
    "GoldSet",
    "Marked",
    "MarkedItem",
    "RubricVersion",
    "Standing",
    "case_record",
    "check_given",
    "check_gold",
    "mark",
    "run_out",
    "standing_of",
    "still_open",
]
