"""What the ids and codes of a register are called, in the words of rubrics and catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assessor.ui.words import Words

if TYPE_CHECKING:
    from assessor.bureau.records import Finding
    from assessor.bureau.register import VisitRow
    from assessor.rubrics.models import Rubric
    from assessor.ui.widgets import ChipTone

NOTHING = "—"
VERDICT_LOOKS: Mapping[str, tuple[str, str]] = {
    "accepted": ("check-filled", "good"),
    "warning": ("warning", "caution"),
    "rejected": ("error", "bad"),
    "skipped": ("circle-minus", "muted"),
}
"""Icon and role of colour by verdict; no two share a shape."""
SIGNATURE_ROLES: Mapping[str, str] = {
    "valid": "text",
    "unknown_key": "caution",
    "unsigned": "muted",
    "altered": "bad",
}
TALL_GAP = Decimal(10)
"""Points from which an enterprise's own answers are pointed out as too high."""


class Naming:
    """Words for one language and the rubrics that are known; what is unknown keeps its id."""

    def __init__(self, words: Words, rubrics: Mapping[str, Rubric]) -> None:
        self.words = words
        self.rubrics = rubrics
        self._tiers: dict[tuple[str, str], str] = {}
        for rubric in rubrics.values():
            for outcome in rubric.outcomes:
                self._tiers[rubric.id, outcome.id] = words.pick(outcome.name)

    def rubric(self, rubric_id: str) -> str:
        """Return the short title of a rubric."""
        known = self.rubrics.get(rubric_id)
        return rubric_id if known is None else self.words.pick(known.short_title)

    def tier(self, rubric_id: str, tier: str) -> str:
        """Return the name of an outcome; of none, that no tier was reached."""
        if not tier:
            return self.words.tr("ui_bureau.no_tier")
        return self._tiers.get((rubric_id, tier), tier)

    def dimension(self, rubric_id: str, dimension: str) -> str:
        """Return the name of a dimension."""
        rubric = self.rubrics.get(rubric_id)
        nodes = rubric.walk_dimensions() if rubric is not None else ()
        found = next((node for node, _ in nodes if node.id == dimension), None)
        return dimension if found is None else self.words.pick(found.name)

    def criterion(self, rubric_id: str, criterion_id: str) -> str:
        """Return number and title of a criterion."""
        rubric = self.rubrics.get(rubric_id)
        known = rubric.criterion_by_id.get(criterion_id) if rubric is not None else None
        return criterion_id if known is None else f"{known.number} {self.words.pick(known.title)}"

    def cycle(self, rubric_id: str, cycle: str) -> str:
        """Return the name of a cycle."""
        return self._part(rubric_id, "cycles", cycle)

    def profile(self, rubric_id: str, profile: str) -> str:
        """Return the name of a profile."""
        return self._part(rubric_id, "profiles", profile)

    def target(self, rubric_id: str, target: str) -> str:
        """Return the name of a target."""
        return self._part(rubric_id, "targets", target)

    def _part(self, rubric_id: str, name: str, part: str) -> str:
        parts: tuple[Any, ...] = getattr(self.rubrics.get(rubric_id), name, ())
        found = next((one for one in parts if one.id == part), None)
        return part if found is None else self.words.pick(found.name)

    def verdict(self, verdict: str) -> str:
        """Return what is said of a file's verdict."""
        return self.words.tr(f"bureau_intake.verdict_{verdict}")

    def signature(self, state: str) -> str:
        """Return how the tamper check came off."""
        return self.words.tr(f"ui_bureau.signature_{state}")

    def points(self, value: Decimal | None, sign: bool = False) -> str:
        """Return points with two digits, a dash without any; `sign` writes the plus."""
        if value is None:
            return NOTHING
        text = self.words.number(value, 2)
        return f"+{text}" if sign and value > 0 else text

    def tier_tone(self, row: VisitRow) -> ChipTone:
        """Return the tone of a visit's tier: quiet without one."""
        return "good" if row.tier else ""


def place_of(finding: Finding) -> str:
    """Return where a finding is, as people write it: sheet and cell."""
    return "!".join(part for part in (finding.sheet, finding.cell) if part)
