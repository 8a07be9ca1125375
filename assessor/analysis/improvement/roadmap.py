"""A way put into stages: what is quick and pays first, what takes longer last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessor.analysis.improvement.path import Change

Kind = Literal["quick", "middle", "long"]
_QUICK_STEPS, _MIDDLE_STEPS = 1, 2


@dataclass(frozen=True, slots=True)
class Stage:
    """Changes of about the same length, those that give most for their cost first."""

    kind: Kind
    changes: tuple[Change, ...]

    @property
    def cost(self) -> Decimal:
        """What the stage costs."""
        return sum((change.cost for change in self.changes), Decimal(0))


def roadmap(changes: Sequence[Change]) -> tuple[Stage, ...]:
    """Return the stages of a way that have anything in them: one step, two steps, more."""
    found = []
    kinds: tuple[Kind, ...] = ("quick", "middle", "long")
    for kind in kinds:
        inside = [change for change in changes if _kind(change) == kind]
        if inside:
            found.append(Stage(kind, tuple(sorted(inside, key=_worth, reverse=True))))
    return tuple(found)


def _kind(change: Change) -> Kind:
    if change.steps <= _QUICK_STEPS:
        return "quick"
    return "middle" if change.steps <= _MIDDLE_STEPS else "long"


def _worth(change: Change) -> tuple[Decimal, int]:
    """Points for what it costs, then tiers gained; equal ones stay in the rubric's order."""
    return change.gain / change.cost, change.ranks[1] - change.ranks[0]
