"""How each section of a record finds its place under the newer version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from assessor.analysis.carry.answers import fit_answer, fit_indicator
from assessor.analysis.carry.names import Frame, Names, renamed
from assessor.analysis.carry.told import Moved, left_behind, refuse_first
from assessor.assessment import Answer, Assessment, GateAnswer, Jotting, TableRow
from assessor.i18n import message
from assessor.rules.answers import check_gate_answer
from assessor.rules.table_rows import check_table

T = TypeVar("T")


@dataclass(frozen=True)
class Sections:
    """Moves one part of a section at a time; `LeftBehindError` says why it cannot be moved."""

    names: Names
    frame: Frame
    given: Assessment

    def answer(self, key: str, answer: Answer) -> Moved[Answer]:
        """Move an answer, of the assessor or of the enterprise."""
        to = self.names.key(key)
        name, _, unit = key.partition("@")
        before = self.names.old.criterion_by_id.get(name)
        after = self.names.new.criterion_by_id[to.partition("@")[0]]
        if before is None:
            raise left_behind("criterion_unknown", name=name)
        if bool(unit) != self._has_units(after.id):
            raise left_behind("repeat_changed")
        fitted = fit_answer(before, after, answer, self.names.mapping, self.frame.profile)
        return Moved(to, fitted.answer, fitted.look)

    def _has_units(self, criterion: str) -> bool:
        return any(
            criterion in repeat.criteria and self.given.units.get(repeat.id)
            for repeat in self.names.new.repeats
        )

    def jotting(self, key: str, jotting: Jotting) -> Moved[Jotting]:
        """Move a note on a criterion without an answer."""
        return Moved(self.names.key(key), jotting)

    def gate(self, key: str, answer: GateAnswer) -> Moved[GateAnswer]:
        """Move what was found for a gate."""
        gate = self.names.gate(key)
        before = next((one for one in self.names.old.gates if one.id == key), None)
        if before is not None and before.check.kind != gate.check.kind:
            raise left_behind("kind_changed", before=before.check.kind, after=gate.check.kind)
        refuse_first(check_gate_answer(self.names.new, gate.id, answer))
        reworded = before is not None and before.question != gate.question
        return Moved(gate.id, answer, message("carry.question_reworded") if reworded else None)

    def indicator(self, key: str, answer: Answer) -> Moved[Answer]:
        """Move the figures of an indicator."""
        to = renamed(self.names.mapping.indicators, key)
        before = next((one for one in self.names.old.indicators if one.id == key), None)
        after = next((one for one in self.names.new.indicators if one.id == to), None)
        if before is None or after is None:
            raise left_behind("indicator_removed", name=key)
        fitted = fit_indicator(before, after, answer, self.names.mapping)
        return Moved(to, fitted.answer, fitted.look)

    def table(self, key: str, rows: tuple[TableRow, ...]) -> Moved[tuple[TableRow, ...]]:
        """Move the rows of a table, all or none."""
        table = next((one for one in self.names.new.tables if one.id == key), None)
        if table is None:
            raise left_behind("table_removed", name=key)
        known = {column.id for column in table.columns}
        gone = sorted({name for row in rows for name in row} - known)
        if gone:
            raise left_behind("columns_gone", names=", ".join(gone))
        refuse_first(check_table(self.names.new, key, rows))
        return Moved(key, rows)

    def units(self, key: str, units: T) -> Moved[T]:
        """Move the units of a repeated block."""
        if key not in {repeat.id for repeat in self.names.new.repeats}:
            raise left_behind("repeat_changed")
        return Moved(key, units)

    def platform(self, key: str, result: T) -> Moved[T]:
        """Move the score of an official platform."""
        to = renamed(self.names.mapping.outcomes, key)
        outcome = next((one for one in self.names.new.outcomes if one.id == to), None)
        if outcome is None or outcome.platform_score is None:
            raise left_behind("outcome_removed", name=key)
        return Moved(to, result)

    def application_type(self, key: str, kind: T) -> Moved[T]:
        """Move the chosen kind of application."""
        if key not in {one.id for one in self.names.new.application_types}:
            raise left_behind("type_removed", name=key)
        return Moved(key, kind)

    def form(self, key: str, words: str) -> Moved[str]:
        """Move a field of the application form."""
        if key not in {one.id for section in self.names.new.form for one in section.fields}:
            raise left_behind("field_removed", name=key)
        return Moved(key, words)

    def walked(self, key: str, tick: str) -> Moved[str]:
        """Move a tick of the walk."""
        to = self.names.key(key)
        return Moved(to, to if tick == key else tick)
