"""Names for the ids in a register, from the rubrics that are known here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import ascii_uppercase

from assessor.i18n import Language, text
from assessor.rubrics.models import Rubric

NO_TIER = ""


def place_order(district: str) -> tuple[int, bytes]:
    """Return what puts districts into the order of the city's own lists, unknown ones last.

    Those go by the sound of their names, as this code does for most Chinese characters.
    """
    known = _districts()
    at = known.index(district) if district in known else len(known)
    return at, district.encode("gb18030", "replace")


@cache
def _districts() -> tuple[str, ...]:
    source = resources.files("assessor") / "reference" / "ningbo.json"
    return tuple(one["name"] for one in json.loads(source.read_text(encoding="utf-8"))["districts"])


@dataclass(frozen=True)
class Naming:
    """Says ids in one language; what no rubric here knows is said by its id."""

    language: Language
    rubrics: Mapping[str, Rubric]

    def rubric(self, rubric: str) -> str:
        """Return the short title of a rubric."""
        known = self.rubrics.get(rubric)
        return known.short_title.pick(self.language) if known else rubric

    def tier(self, rubric: str, tier: str) -> str:
        """Return the name of an outcome; of none, that none was reached."""
        if tier == NO_TIER:
            return text("bureau_grid.no_tier", self.language)
        known = self.rubrics.get(rubric)
        found = (one for one in known.outcomes if one.id == tier) if known else iter(())
        return next((one.name.pick(self.language) for one in found), tier)

    def tiers(self, rubric: str) -> tuple[str, ...]:
        """Return the ids of a rubric's outcomes from the lowest up."""
        known = self.rubrics.get(rubric)
        return tuple(one.id for one in known.outcomes) if known else ()

    def item(self, rubric: str, item: str) -> str:
        """Return number and title of a criterion."""
        known = self.rubrics.get(rubric)
        criterion = known.criterion_by_id.get(item) if known else None
        return f"{criterion.number} {criterion.title.pick(self.language)}" if criterion else item

    def dimension(self, rubric: str, dimension: str) -> str:
        """Return the name of a dimension."""
        known = self.rubrics.get(rubric)
        found = (one for one, _ in known.walk_dimensions()) if known else iter(())
        names = (one.name.pick(self.language) for one in found if one.id == dimension)
        return next(names, dimension)

    def dimensions(self, rubric: str) -> tuple[str, ...]:
        """Return the ids of a rubric's top dimensions, empty when it is not known."""
        known = self.rubrics.get(rubric)
        return tuple(one.id for one in known.tree) if known else ()

    def industry(self, code: str) -> str:
        """Return a code of GB/T 4754 with its name."""
        bare = code.lstrip(ascii_uppercase)
        return f"{code} {industries().get(bare, '')}".strip() or self.unstated("")

    def unstated(self, name: str) -> str:
        """Return a name, or that none was stated."""
        return name or text("bureau_grid.unstated", self.language)


@cache
def industries() -> Mapping[str, str]:
    """Return the names of GB/T 4754 by code."""
    source = resources.files("assessor") / "reference" / "industries.json"
    entries = json.loads(source.read_text(encoding="utf-8"))["entries"]
    return {code: name for code, name, *_ in entries}
