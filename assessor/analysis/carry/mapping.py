"""What an author says about ids that are not the same in the newer version."""

from __future__ import annotations

from pydantic import Field

from assessor.rubrics.base import Id, Key, Model


class CarryMap(Model):
    """Old id -> new id, for whatever has another name now; `None` leaves the part behind.

    `options` and `inputs` are given for each criterion (or indicator) by its old id.
    """

    criteria: dict[Id, Id | None] = Field(default_factory=dict)
    options: dict[Id, dict[Key, Key]] = Field(default_factory=dict)
    inputs: dict[Id, dict[str, str]] = Field(default_factory=dict)
    gates: dict[Id, Id | None] = Field(default_factory=dict)
    indicators: dict[Id, Id | None] = Field(default_factory=dict)
    outcomes: dict[Id, Id | None] = Field(default_factory=dict)
    profiles: dict[Id, Id] = Field(default_factory=dict)
    targets: dict[Id, Id] = Field(default_factory=dict)
    cycles: dict[Id, Id] = Field(default_factory=dict)


NO_MAP = CarryMap()
