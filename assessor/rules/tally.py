"""How much of a form is collected, and how its targets stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessor.i18n import Message, message
from assessor.rules.card import ItemScore, ScoreCard


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items are collected, and how their targets stand."""

    done: int
    asked: int
    met: int
    short: int
    open: int

    @property
    def targets(self) -> int:
        """All targets."""
        return self.met + self.short + self.open

    def said(self) -> Message:
        """Return how the targets stand, in a sentence."""
        if not self.targets:
            return message("form.targets_none")
        counts = {"met": self.met, "short": self.short, "open": self.open}
        return message("form.targets_met", whole=self.targets, **counts)


def tally(items: Iterable[ItemScore]) -> Tally:
    """Count what is collected and reached."""
    counted = list(items)
    states = [target.state for item in counted for target in item.targets]
    return Tally(
        sum(item.done for item in counted),
        len(counted),
        *(states.count(state) for state in ("met", "short", "open")),
    )


def tally_of(card: ScoreCard) -> Tally:
    """Count over the items that are required."""
    return tally(item for item in card.items if item.role == "required")
