"""How sure a result is: which single answers would turn it, and how often it holds when answers are
one level off as often as the assessor's confidence lets expect.

    flips(rubric, assessment)               exact: every answer beside the one given is tried
    simulate(rubric, assessment, draws, 1)  seeded: the same seed gives the same figures everywhere

Only judgements are moved. A measured figure has no next level and stays as it was recorded.
"""

from assessor.analysis.robustness.flips import Flip, flips
from assessor.analysis.robustness.neighbours import neighbours
from assessor.analysis.robustness.simulation import (
    CHANCES,
    DRAWS,
    Hinge,
    Simulation,
    simulate,
)

__all__ = ["CHANCES", "DRAWS", "Flip", "Hinge", "Simulation", "flips", "neighbours", "simulate"]
