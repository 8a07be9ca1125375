"""The cheapest way from the present answers to an outcome: exact, explained, or proved impossible.

    path = improvement_path(rubric, assessment, "good")

The formula trees that score a visit are turned into a mixed-integer programme whose every line is
slightly too generous; what it finds is computed again by the same trees, exactly, and what does not
hold is cut off. So the answer is exact although the solver calculates with floating point.
"""

from assessor.analysis.improvement.moves import Aim
from assessor.analysis.improvement.path import (
    Change,
    Obstacle,
    Path,
    UnprovenError,
    improvement_path,
)
from assessor.analysis.improvement.roadmap import Stage, roadmap

__all__ = [
    "Aim",
    "Change",
    "Obstacle",
    "Path",
    "Stage",
    "UnprovenError",
    "improvement_path",
    "roadmap",
]
