"""Everything in a rubric with the place it stands in, found once and asked by every check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Generic, TypeVar

from assessor.rubrics.base import Model
from assessor.rubrics.criterion import Criterion, Dimension
from assessor.rubrics.models import Rubric
from assessor.rubrics.per_level import at_level
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    SelectionRule,
    YesNoRule,
)

PartType = TypeVar("PartType", bound=Model)
YES, NO = "yes", "no"
ONE, ZERO = Decimal(1), Decimal(0)


@dataclass(frozen=True)
class Part(Generic[PartType]):
    """A piece of a rubric: its JSON path and the id of the element it belongs to."""

    place: str
    subject: str
    value: PartType

    @property
    def in_base(self) -> bool:
        """Whether it stands in the list of base criteria, not in bonus or deductions."""
        return self.place.startswith("criteria[")


class Lookup:
    """A rubric whose pieces can be asked for by their type."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric

    @cached_property
    def _parts(self) -> tuple[Part[Model], ...]:
        fields = type(self.rubric).model_fields
        return tuple(
            part for name in fields for part in _walk(getattr(self.rubric, name), name, "")
        )

    @cached_property
    def _by_type(self) -> dict[type[Model], list[Part[Model]]]:
        found: dict[type[Model], list[Part[Model]]] = {}
        for part in self._parts:
            for kind in type(part.value).__mro__:
                if issubclass(kind, Model):
                    found.setdefault(kind, []).append(part)
        return found

    def find(self, kind: type[PartType]) -> Iterator[Part[PartType]]:
        """Yield every piece of this type, in the order of the file."""
        for part in self._by_type.get(kind, ()):
            if isinstance(part.value, kind):
                yield Part(part.place, part.subject, part.value)

    @cached_property
    def criteria(self) -> tuple[Part[Criterion], ...]:
        """All criteria: base, bonus and deductions."""
        return tuple(self.find(Criterion))

    @cached_property
    def base_criteria(self) -> tuple[Part[Criterion], ...]:
        """The criteria that make the total, without bonus and deductions."""
        return tuple(part for part in self.criteria if part.in_base)

    @cached_property
    def dimensions(self) -> dict[str, Part[Dimension]]:
        """All dimensions by id."""
        return {part.value.id: part for part in self.find(Dimension)}

    @cached_property
    def tree(self) -> dict[str, Part[Dimension]]:
        """All dimensions by the id criteria name them with: at each level where there are some."""
        rule = self.rubric.per_level
        if rule is None:
            return self.dimensions
        return {
            found.id: Part(part.place, found.id, found)
            for level in rule.levels
            for part in self.dimensions.values()
            for found in [at_level(level.id, part.value)]
        }

    @cached_property
    def profiles(self) -> tuple[str, ...]:
        """The ids of the profiles, in order."""
        return tuple(profile.id for profile in self.rubric.profiles)

    def rank(self, target: str | None) -> int:
        """Return the rank of a target, 0 for none and for one that does not exist."""
        return self.rubric.target_rank.get(target or "", 0)

    def tier(self, tier: str | None) -> int:
        """Return the rank of a tier, 0 for none and for one that does not exist."""
        return self.rubric.tier_rank.get(tier or "", 0)


def _walk(value: object, place: str, subject: str) -> Iterator[Part[Model]]:
    if isinstance(value, Model):
        own = getattr(value, "id", "")
        subject = own if isinstance(value, Dimension) else subject or own
        yield Part(place, subject, value)
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), f"{place}.{name}", subject)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, f"{place}[{index}]", subject)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, f"{place}.{key}", subject)


def option_values(criterion: Criterion) -> dict[str, Decimal]:
    """Return the keys a criterion can be answered with and what each is worth by itself.

    The values are in the rule's own scale, so they compare only within one criterion; a measured
    quantity has no keys.
    """
    rule = criterion.rule
    if isinstance(rule, LevelsRule | LookupRule | SelectionRule):
        return {option.key: option.value for option in rule.options}
    if isinstance(rule, ChecklistRule):
        return {item.key: ONE for item in rule.items}
    return {YES: ONE, NO: ZERO} if isinstance(rule, YesNoRule) else {}


def in_steps(values: list[Decimal], *, falling: bool = False) -> list[int]:
    """Return the positions whose value goes the wrong way compared with the one before."""
    pairs = enumerate(pairwise(values), start=1)
    return [at for at, (one, two) in pairs if (two > one if falling else two < one)]
