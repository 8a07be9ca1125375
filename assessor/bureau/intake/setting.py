"""What a judging process has to know beforehand, as values that can travel to any process."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assessor.bureau.intake.bench import Bench
from assessor.bureau.intake.editions import known_editions
from assessor.exchange.signature import KnownKey
from assessor.sheets import Limits


@dataclass(frozen=True)
class Setting:
    """How files are judged.

    `today` is the day visits may not lie after, `older` are folders with older versions of rubrics,
    `keys` the enrolled keys as (fingerprint, name, public key), `replaced` since when those are
    replaced that are, as (fingerprint, time).
    """

    today: date
    older: tuple[str, ...] = ()
    keys: tuple[tuple[str, str, str], ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)

    def bench(self) -> Bench:
        """Return what is kept between files, the rubrics read."""
        gone = dict(self.replaced)
        keys = {
            key_id: KnownKey(name, public, replaced_at=gone.get(key_id, ""))
            for key_id, name, public in self.keys
        }
        return Bench(known_editions([Path(folder) for folder in self.older]), keys)

    def to_data(self) -> dict[str, Any]:
        """Return the setting as JSON-ready data."""
        return {**asdict(self), "today": self.today.isoformat()}


def setting_from_data(data: dict[str, Any]) -> Setting:
    """Return a setting from its data."""
    return Setting(
        today=date.fromisoformat(data["today"]),
        older=tuple(data["older"]),
        keys=tuple((key_id, name, public) for key_id, name, public in data["keys"]),
        replaced=tuple((key_id, at) for key_id, at in data["replaced"]),
        limits=Limits(**data["limits"]),
    )
