"""How many visits have a score in each step of the scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assessor.bureau.statistics.facts import Facts

STEP = Decimal(5)


@dataclass(frozen=True, slots=True)
class Bin:
    """The visits with `low` <= score < `high`; the last bin of a scale has its end as well."""

    low: Decimal
    high: Decimal
    visits: tuple[int, ...]


def histogram(facts: Facts, step: Decimal = STEP) -> tuple[Bin, ...]:
    """Return the bins from the least to the greatest score of verified visits, empty ones too."""
    scored = [(visit.score, visit.number) for visit in facts.verified if visit.score is not None]
    if not scored:
        return ()
    top = max((visit.maximum for visit in facts.verified if visit.maximum), default=None)
    held: dict[int, list[int]] = {}
    for score, number in scored:
        at = int(score // step)
        # A full score belongs to the step below it, as nothing lies above.
        if score == top and score and not score % step:
            at -= 1
        held.setdefault(at, []).append(number)
    return tuple(
        Bin(at * step, (at + 1) * step, tuple(held.get(at, ())))
        for at in range(min(held), max(held) + 1)
    )
