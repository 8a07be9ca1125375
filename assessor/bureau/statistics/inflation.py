"""By how much enterprises rate themselves higher than they are found to be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.numbers import Spread, spread

MARKED = Decimal(10)
"""Points from which on a self-assessment is called inflated."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One visit that holds both: the own score minus the verified one, in points."""

    visit: int
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Inflation:
    """Visits with both scores, the most inflated first, and how the differences lie.

    `marked` are the visits inflated by at least the line asked for; `by_district` holds the same of
    every district.
    """

    claims: tuple[Claim, ...]
    spread: Spread | None
    marked: tuple[int, ...]
    by_district: tuple[tuple[str, Spread, tuple[int, ...]], ...]


def inflation(facts: Facts, line: Decimal = MARKED) -> Inflation:
    """Return by how much the verified visits' own scores are higher."""
    claims = [
        Claim(visit.number, visit.self_score - visit.score)
        for visit in facts.verified
        if visit.self_score is not None and visit.score is not None
    ]
    claims.sort(key=lambda one: (-one.difference, one.visit))
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(facts.by_number[claim.visit].district, []).append(claim)
    return Inflation(
        tuple(claims),
        spread([claim.difference for claim in claims]),
        tuple(claim.visit for claim in claims if claim.difference >= line),
        tuple(_district(name, grouped[name]) for name in sorted(grouped)),
    )


def _district(name: str, claims: list[Claim]) -> tuple[str, Spread, tuple[int, ...]]:
    found = spread([claim.difference for claim in claims])
    if found is None:
        raise ValueError("a district without visits")
    return name, found, tuple(claim.visit for claim in claims)
