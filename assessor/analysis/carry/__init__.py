"""The answers of a visit under a newer version of its rubric: carried, mapped or listed."""

from assessor.analysis.carry.mapping import CarryMap
from assessor.analysis.carry.record import Carried, carry
from assessor.analysis.carry.told import Entry, How, Part

__all__ = ["Carried", "CarryMap", "Entry", "How", "Part", "carry"]
