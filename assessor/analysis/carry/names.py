"""Where the parts of the old version stand in the newer one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessor.analysis.carry.mapping import CarryMap
from assessor.analysis.carry.told import left_behind
from assessor.assessment import Assessment
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.gates import Gate
from assessor.rubrics.models import Rubric


@dataclass(frozen=True)
class Frame:
    """Profile, target and cycle under the newer version."""

    profile: str
    target: str
    cycle: str


@dataclass(frozen=True)
class Names:
    """Two versions and what an author says about ids that changed."""

    old: Rubric
    new: Rubric
    mapping: CarryMap

    def key(self, key: str) -> str:
        """Return the new key of an answer; raises `LeftBehindError` when its criterion is gone."""
        name, at, unit = key.partition("@")
        to = renamed(self.mapping.criteria, name)
        if to not in self.new.criterion_by_id:
            raise left_behind("criterion_removed", name=name)
        return f"{to}{at}{unit}"

    def gate(self, name: str) -> Gate:
        """Return the newer gate; raises `LeftBehindError` when it is gone."""
        to = renamed(self.mapping.gates, name)
        if to not in self._gates:
            raise left_behind("gate_removed", name=name)
        return self._gates[to]

    @cached_property
    def _gates(self) -> dict[str, Gate]:
        return {gate.id: gate for gate in self.new.gates}

    def frame(self, given: Assessment) -> Frame:
        """Find profile, target and cycle; raises `AssessorError` for one that is gone."""
        names = self.mapping
        profiles = [one.id for one in self.new.profiles]
        targets = [one.id for one in self.new.targets]
        cycles = [one.id for one in self.new.cycles]
        return Frame(
            _framed("profile", given.profile, names.profiles, profiles),
            _framed("target", given.target, names.targets, targets),
            _framed("cycle", given.cycle, names.cycles, cycles),
        )


def renamed(names: Mapping[str, str | None], name: str) -> str:
    """Return the new name; raises `LeftBehindError` where the map leaves a part behind."""
    to = names.get(name, name)
    if to is None:
        raise left_behind("left_by_map", name=name)
    return to


def _framed(name: str, given: str, names: Mapping[str, str], known: Iterable[str]) -> str:
    to, choices = names.get(given, given), list(known)
    if to not in choices:
        raise AssessorError(
            message(
                "carry.frame_gone",
                field=message(f"answer.field_{name}"),
                given=to,
                section=f"{name}s",
                choices=", ".join(choices),
            )
        )
    return to
