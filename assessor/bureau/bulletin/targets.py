"""The city-wide targets of the planning documents, which count on different bases."""

from __future__ import annotations

from functools import cache
from importlib import resources

from assessor.rubrics.base import LocalText, Model, Words


class CityTarget(Model):
    """One target as a document states it; `basis` says what it counts, `doubt` what is unclear."""

    id: Words
    subject: LocalText
    year: int
    figure: Words
    unit: LocalText
    basis: LocalText
    source: LocalText
    doubt: LocalText | None = None


class CityConflict(Model):
    """Targets that must not be added up or put in each other's place, and why."""

    targets: tuple[Words, ...]
    said: LocalText


class CityTargets(Model):
    """All city-wide targets for workshops and factories, and how they disagree."""

    city: Words
    compiled: Words
    targets: tuple[CityTarget, ...]
    conflicts: tuple[CityConflict, ...]


@cache
def city_targets() -> CityTargets:
    """Return the targets compiled with the program."""
    source = resources.files("assessor") / "reference" / "plan_targets.json"
    return CityTargets.model_validate_json(source.read_text(encoding="utf-8"))
