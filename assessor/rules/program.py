"""A rubric compiled for one situation: all cells in the order they are computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessor.formulas import Name
from assessor.rubrics.criterion import Criterion, Dimension, NotApplicable, Repeat
from assessor.rubrics.models import Bonus, Deductions, Rubric
from assessor.rubrics.outcomes import Outcome
from assessor.rubrics.per_level import written_id
from assessor.rules import names
from assessor.rules.dimensions import (
    Shape,
    applicable_cell,
    dimension_cells,
    unknown_weights,
)
from assessor.rules.item import (
    Cell,
    ItemProgram,
    compile_item,
    exclusion_for,
    leaves_out,
)
from assessor.rules.item import answer_cell as answer_cell_of
from assessor.rules.leaf import Place, Reweighting
from assessor.rules.outcome import outcome_cell
from assessor.rules.progress import progress_cells
from assessor.rules.readings import item_reading_cells, needed_cells, reading_cells
from assessor.rules.repeats import Units, asked_cell, combined_cells
from assessor.rules.totals import total_cells
from assessor.rules.trees import LEAF_DIGITS, LEVEL_DIGITS

Role = Literal["required", "optional", "bonus", "deduction"]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rubric is compiled for: whom, for which target, with which units and filled tables.

    `count_excluded` scores not-applicable answers as zero instead of as the rubric says, for the
    figure that is printed beside the result.
    """

    profile: str
    target: str
    units: tuple[tuple[str, tuple[str, ...]], ...] = ()
    filled_tables: frozenset[str] = frozenset()
    count_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One criterion in the program: its role and the answers that belong to it.

    `cells` are its own cells after those of its leaves: combinations of units and what readings add
    up.
    """

    criterion: Criterion
    role: Role
    leaves: tuple[ItemProgram, ...]
    whole: ItemProgram
    cells: tuple[Cell, ...]
    units: Units | None = None

    @property
    def all_cells(self) -> tuple[Cell, ...]:
        """The cells of its leaves, then its own."""
        return (*(cell for leaf in self.leaves for cell in leaf.cells), *self.cells)

    @property
    def repeated(self) -> bool:
        """Whether it is answered once per unit."""
        return self.whole.key != self.leaves[0].key


@dataclass(frozen=True, slots=True)
class Program:
    """All cells: `before` (links, what applies), then each entry's, then `after` (dimensions,
    totals, readings); then gates are checked, then come the `states` of the outcomes.

    `unknown_weights` are dimensions whose weight is still to be entered, each once, as they are
    called at the lowest level: without them there is no total."""

    rubric: Rubric
    situation: Situation
    outcomes: tuple[Outcome, ...]
    before: tuple[Cell, ...]
    entries: tuple[Entry, ...]
    after: tuple[Cell, ...]
    states: tuple[Cell, ...]
    unknown_weights: tuple[Dimension, ...] = ()


def compile_program(rubric: Rubric, situation: Situation) -> Program:
    """Compile `rubric`; pure, and the same for equal arguments."""
    return _Compiler(rubric, situation).program()


class _Compiler:
    def __init__(self, rubric: Rubric, situation: Situation) -> None:
        self.rubric = rubric
        self.situation = situation
        self.units = dict(situation.units)
        self.asked = [
            (criterion, criterion.asked[situation.target])
            for criterion in rubric.criteria_for(situation.profile)
            if situation.target in criterion.asked
        ]
        self.bonus = self._beside(rubric.bonus)
        self.deductions = self._beside(rubric.deductions)
        base = [criterion for criterion, _ in self.asked]
        self.answered = {item.id for item in (*base, *self.bonus, *self.deductions)}
        self.factors = self._reweightings()
        rank = rubric.target_rank[situation.target]
        self.outcomes = tuple(
            outcome for outcome in rubric.outcomes if rubric.target_rank[outcome.target] <= rank
        )

    def program(self) -> Program:
        entries = tuple(self._entries())
        counted = [entry for entry in entries if entry.role == "required"]
        members: dict[str, list[ItemProgram]] = {}
        for entry in counted:
            members.setdefault(entry.criterion.dimension, []).append(entry.whole)
        profile = self.situation.profile
        digits = LEAF_DIGITS if self.rubric.per_level is None else LEVEL_DIGITS
        shape = Shape(profile, frozenset(self.factors), digits)
        after = [*dimension_cells(self.rubric.tree, members, shape)]
        unknown = unknown_weights(self.rubric.tree, members, profile)
        by_role = {role: self._wholes(entries, role) for role in ("bonus", "deduction")}
        after += total_cells(
            self.rubric, by_role["bonus"], by_role["deduction"], weighed=not unknown
        )
        if self.rubric.collects:
            after = []
        wholes = [entry.whole for entry in entries]
        for outcome in self.outcomes:
            for reading in outcome.readings:
                after += reading_cells(outcome, reading, wholes, self.rubric)
        states = tuple(outcome_cell(outcome, self.rubric.gates) for outcome in self.outcomes)
        return Program(
            self.rubric,
            self.situation,
            self.outcomes,
            tuple(self._before(entries)),
            entries,
            tuple(after),
            states,
            self._written(unknown),
        )

    def _written(self, dimensions: Sequence[Dimension]) -> tuple[Dimension, ...]:
        """Each dimension once, at however many levels it stands."""
        rule = self.rubric.per_level
        by_id = {written_id(rule, found.id): found for found in reversed(dimensions)}
        return tuple(reversed(by_id.values()))

    @staticmethod
    def _wholes(entries: Sequence[Entry], role: str) -> list[ItemProgram]:
        return [entry.whole for entry in entries if entry.role == role]

    def _before(self, entries: Sequence[Entry]) -> Iterator[Cell]:
        for entry in entries:
            for leaf in entry.leaves:
                yield from leaf.before
            if entry.units is not None and entry.whole.exclusion is not None:
                yield asked_cell(entry.units)
        yield from self._applicable_cells(entries)

    def _entries(self) -> Iterator[Entry]:
        for criterion, asked in self.asked:
            yield self._entry(criterion, asked)
        for criterion in self.bonus:
            yield self._entry(criterion, "bonus")
        for criterion in self.deductions:
            yield self._entry(criterion, "deduction")

    def _entry(self, criterion: Criterion, role: Role) -> Entry:
        criterion = self._with_open_links(criterion)
        repeat = self._repeat_of(criterion)
        keys = self._keys(criterion, repeat)
        leaves = tuple(self._leaf(criterion, key, role) for key in keys)
        whole = leaves[0]
        cells: list[Cell] = []
        units = None
        if repeat is not None and keys != (criterion.id,):
            whole = self._leaf(criterion, criterion.id, role)
            units = Units(criterion.id, keys, repeat, leaves_out(whole.exclusion))
            cells += combined_cells(units, ranked=whole.raw.rank is not None)
        cells += item_reading_cells(whole, self._needed_readings(whole))
        if units is None:
            cells += progress_cells(criterion, whole.key, self.situation.profile)
        return Entry(criterion, role, leaves, whole, tuple(cells), units)

    def _beside(self, group: Bonus | Deductions | None) -> tuple[Criterion, ...]:
        """The bonus or deduction items of this profile."""
        criteria = group.criteria if group else ()
        return tuple(item for item in criteria if self.situation.profile in item.profiles)

    def _with_open_links(self, criterion: Criterion) -> Criterion:
        """Leave out links whose trigger is not asked here: it would stay unanswered for ever."""
        links = tuple(link for link in criterion.links if link.when in self.answered)
        if links == criterion.links:
            return criterion
        return criterion.model_copy(update={"links": links})

    def _leaf(self, criterion: Criterion, key: str, role: Role) -> ItemProgram:
        place = Place(
            key=key,
            answer=Name(answer_cell_of(criterion, key)),
            maximum=criterion.maximum_for(self.situation.profile),
            profile=self.situation.profile,
            ranks=self.rubric.tier_rank,
            filled_tables=self.situation.filled_tables,
        )
        factor = self.factors.get(criterion.dimension) if role == "required" else None
        return compile_item(criterion, place, self._licence(criterion), factor)

    def _licence(self, criterion: Criterion) -> NotApplicable | None:
        licence = exclusion_for(criterion, self.situation.profile)
        if licence is not None and self.situation.count_excluded:
            return licence.model_copy(update={"policy": "zero"})
        return licence

    def _repeat_of(self, criterion: Criterion) -> Repeat | None:
        for repeat in self.rubric.repeats:
            if criterion.id in repeat.criteria:
                return repeat
        return None

    def _keys(self, criterion: Criterion, repeat: Repeat | None) -> tuple[str, ...]:
        units = self.units.get(repeat.id, ()) if repeat else ()
        return tuple(f"{criterion.id}@{unit}" for unit in units) or (criterion.id,)

    def _needed_readings(self, item: ItemProgram) -> list[tuple[str, int]]:
        needed = (
            needed_cells(reading, item, self.rubric)
            for outcome in self.outcomes
            for reading in outcome.readings
        )
        return list(dict.fromkeys(found for found in needed if found is not None))

    def _reweightings(self) -> dict[str, Reweighting]:
        """The dimensions in which something may be left out by re-weighting."""
        if self.situation.count_excluded:
            return {}
        required = [criterion for criterion, asked in self.asked if asked == "required"]
        wholes: dict[str, Decimal] = {}
        for criterion in required:
            most = criterion.maximum_for(self.situation.profile)
            wholes[criterion.dimension] = wholes.get(criterion.dimension, Decimal(0)) + most
        return {
            criterion.dimension: Reweighting(
                names.applicable(criterion.dimension), wholes[criterion.dimension]
            )
            for criterion in required
            if self._reweighted(criterion)
        }

    def _reweighted(self, criterion: Criterion) -> bool:
        licence = exclusion_for(criterion, self.situation.profile)
        return licence is not None and licence.policy == "reweight"

    def _applicable_cells(self, entries: Sequence[Entry]) -> Iterator[Cell]:
        for dimension in sorted(self.factors):
            inside: list[tuple[str, Decimal, bool]] = [
                (entry.criterion.id, entry.whole.maximum, self._reweighted(entry.criterion))
                for entry in entries
                if entry.role == "required" and entry.criterion.dimension == dimension
            ]
            yield applicable_cell(dimension, inside)
