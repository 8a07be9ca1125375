"""Gates that are looked at again only when what they depend on differs."""

from __future__ import annotations

from collections.abc import Mapping

from assessor.assessment import GateAnswer
from assessor.formulas import Given
from assessor.rubrics.gates import (
    Cycle,
    DeclaredCheck,
    DimensionFloorCheck,
    FormulaCheck,
    Gate,
    ResultFloorCheck,
)
from assessor.rules import names
from assessor.rules.gates import GateFound, check_gate


class GateMemory:
    """One gate with what was found last; `reads` are the computed cells it looks at."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.reads = _figures_read(gate)
        self._seen: tuple[GateAnswer | None, Cycle | None, list[Given]] | None = None
        self._found = GateFound("unknown")

    def check(
        self, answer: GateAnswer | None, cycle: Cycle | None, figures: Mapping[str, Given]
    ) -> GateFound:
        """Return the state of the gate, as `check_gate` does."""
        read = [figures.get(name) for name in self.reads]
        if not self._saw(answer, cycle, read):
            self._found = check_gate(self.gate, answer, cycle, figures)
            self._seen = (answer, cycle, read)
        return self._found

    def _saw(self, answer: GateAnswer | None, cycle: Cycle | None, read: list[Given]) -> bool:
        if self._seen is None:
            return False
        seen_answer, seen_cycle, seen_figures = self._seen
        return seen_answer is answer and seen_cycle is cycle and seen_figures == read


def _figures_read(gate: Gate) -> tuple[str, ...]:
    """Return the cells that the check of a gate looks at."""
    match gate.check:
        case DeclaredCheck() | FormulaCheck():
            return ()
        case DimensionFloorCheck(dimension=dimension):
            views = tuple(names.dimension_sum(view, dimension) for view in ("lowest", "highest"))
            return (names.dimension_maximum(dimension), *views)
        case ResultFloorCheck(criterion=criterion):
            return (names.result(criterion),)
