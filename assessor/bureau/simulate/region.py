"""An invented region: enterprises with a skill, assessors with a severity, drawn from a seed.

Skills and the like are whole numbers of thousandths. Equal seeds give equal regions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from assessor.credit_code import ALPHABET, check_character, organisation_check_character

ASSESSORS = 36
"""Assessors of a region; every panel is drawn from them."""
_MEAN_SKILL, _SKILL_SPREAD = 560, 170
_SEVERITY_SPREAD = 60
_EFFECT_SPREAD = 50
_LEAST, _MOST = 20, 980


@dataclass(frozen=True, slots=True)
class SimAssessor:
    """An assessor; a positive `severity` gives that much less than deserved."""

    id: str
    name: str
    institution: int
    severity: int


@dataclass(frozen=True, slots=True)
class SimEnterprise:
    """An enterprise, how good it is, and by how much it overrates itself."""

    number: int
    name: str
    credit_code: str
    district: str
    cluster: str
    industry_code: str
    profile: str
    skill: int
    inflation: int


@dataclass(frozen=True)
class Region:
    """Everything that is drawn before the first visit."""

    enterprises: tuple[SimEnterprise, ...]
    assessors: tuple[SimAssessor, ...]
    institutions: tuple[str, ...]


@cache
def name_parts() -> Mapping[str, Any]:
    """Return the parts invented names are put together from."""
    parts: Mapping[str, Any] = _reference("simulation.json")
    return parts


@cache
def districts() -> tuple[str, ...]:
    """Return the districts of the city, zones left out."""
    areas = _reference("ningbo.json")["districts"]
    return tuple(area["name"] for area in areas if area["kind"] == "district")


def region_of(count: int, seed: int) -> Region:
    """Return a region of `count` enterprises."""
    rng = Random(f"region:{seed}")  # noqa: S311 (repeatable, nothing secret)
    effects = {name: _gauss(rng, 0, _EFFECT_SPREAD) for name in districts()}
    parts = name_parts()
    assessors = tuple(_assessor(number, rng) for number in range(ASSESSORS))
    enterprises = tuple(_enterprise(number, rng, effects) for number in range(count))
    return Region(enterprises, assessors, tuple(parts["institutions"]))


def between(value: int) -> int:
    """Return a skill kept within what there is."""
    return min(max(value, _LEAST), _MOST)


def credit_code(rng: Random) -> str:
    """Return a credit code that passes both of its checks."""
    body = "".join(rng.choice(ALPHABET) for _ in range(8))
    first = "9133020" + rng.choice("123456") + body
    first += organisation_check_character(body)
    if first[-1] not in ALPHABET:
        return credit_code(rng)
    return first + check_character(first)


def _assessor(number: int, rng: Random) -> SimAssessor:
    parts = name_parts()
    surnames, given = parts["surnames"], parts["given"]
    name = surnames[number % len(surnames)] + given[number // len(surnames) % len(given)]
    institution = rng.randrange(len(parts["institutions"]))
    return SimAssessor(f"p{number:02}", name, institution, _gauss(rng, 0, _SEVERITY_SPREAD))


def _enterprise(number: int, rng: Random, effects: Mapping[str, int]) -> SimEnterprise:
    parts = name_parts()
    district = rng.choice(districts())
    industry, trade, profile, cluster = rng.choice(parts["trades"])
    return SimEnterprise(
        number=number,
        name="".join(_name(number, trade)),
        credit_code=credit_code(rng),
        district=district,
        cluster=cluster,
        industry_code=industry,
        profile=profile,
        skill=between(_gauss(rng, _MEAN_SKILL, _SKILL_SPREAD) + effects[district]),
        inflation=max(_gauss(rng, 90, 60), -50),
    )


def _name(number: int, trade: str) -> Iterator[str]:
    """Yield a name no other number has."""
    parts = name_parts()
    first, second = parts["first"], parts["second"]
    rest, at = divmod(number, len(second))
    round_, lead = divmod(rest, len(first))
    further = "" if not round_ else second[round_ % len(second)] * (1 + round_ // len(second))
    yield parts["enterprise"].format(first=first[lead] + further, second=second[at], trade=trade)


def _gauss(rng: Random, mean: int, spread: int) -> int:
    return mean + round(rng.gauss() * spread)


def _reference(name: str) -> Any:
    source = resources.files("assessor") / "reference" / name
    return json.loads(source.read_text(encoding="utf-8"))
