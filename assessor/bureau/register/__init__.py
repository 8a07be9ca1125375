"""The register: one file that holds every verdict, visit, roster and decision of a bureau."""

from assessor.bureau.register.expected import (
    Decision,
    DecisionKind,
    Expected,
    PlanTarget,
    Published,
)
from assessor.bureau.register.file import Register, RegisterInfo
from assessor.bureau.register.merging import Conflict, MergeReport, merge
from assessor.bureau.register.opening import open_register
from assessor.bureau.register.queries import Filter, LogRow, VisitRow

__all__ = [
    "Conflict",
    "Decision",
    "DecisionKind",
    "Expected",
    "Filter",
    "LogRow",
    "MergeReport",
    "PlanTarget",
    "Published",
    "Register",
    "RegisterInfo",
    "VisitRow",
    "merge",
    "open_register",
]
