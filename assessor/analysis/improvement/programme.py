"""A mixed-integer programme: variables, lines they must keep, and the solver behind it.

Lines are given `SLACK` more than they say: nothing that holds exactly is ever lost to the solver's
floating point. Whoever uses a solution checks it exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from assessor.analysis.improvement.linear import Linear, variable

SLACK = Decimal("0.00001")
_WHOLE_COST_GAP = 0.5
_ONE = Decimal(1)


@dataclass
class Programme:
    """Variables are numbered from 0; `rows` are (lowest, factors, highest)."""

    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    rows: list[tuple[float | None, dict[int, float], float | None]] = field(default_factory=list)

    def choice(self, cost: int = 0) -> Linear:
        """Return a new variable that is 0 or 1."""
        return self._new(Decimal(0), _ONE, whole=True, cost=cost)

    def figure(self, low: Decimal, high: Decimal) -> Linear:
        """Return a new variable between two figures."""
        return self._new(low, high, whole=False, cost=0)

    def keep_at_least(self, line: Linear, least: Decimal) -> None:
        """Demand that a sum is at least `least`, give or take the slack."""
        self._row(line, least - SLACK, None)

    def keep_at_most(self, line: Linear, most: Decimal) -> None:
        """Demand that a sum is at most `most`, give or take the slack."""
        self._row(line, None, most + SLACK)

    def keep_exactly(self, line: Linear, value: Decimal) -> None:
        """Demand that a sum of choices is `value`."""
        self._row(line, value, value)

    def _new(self, low: Decimal, high: Decimal, *, whole: bool, cost: int) -> Linear:
        self.lows.append(float(low))
        self.highs.append(float(high))
        self.whole.append(whole)
        self.costs.append(float(cost))
        return variable(len(self.lows) - 1, low, high)

    def _row(self, line: Linear, least: Decimal | None, most: Decimal | None) -> None:
        self.rows.append(
            (
                None if least is None else float(least - line.constant),
                {number: float(factor) for number, factor in line.terms.items()},
                None if most is None else float(most - line.constant),
            )
        )


class Solver:
    """Finds the cheapest values of a programme's variables; lines may be added in between."""

    def __init__(self, programme: Programme) -> None:
        import highspy  # noqa: PLC0415 (loads numpy: only when a way is asked for)

        self._programme = programme
        self._rows = 0
        self._infinity = highspy.kHighsInf
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._none = (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        )
        # Its maker carries no annotations.
        make: Callable[[], highspy.Highs] = highspy.Highs
        self._highs = make()
        for name, value in {
            "output_flag": False,
            "threads": 1,
            "random_seed": 0,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": _WHOLE_COST_GAP,
        }.items():
            self._highs.setOptionValue(name, value)
        for low, high, cost in zip(programme.lows, programme.highs, programme.costs, strict=True):
            self._highs.addCol(cost, low, high, 0, [], [])
        for number, whole in enumerate(programme.whole):
            if whole:
                self._highs.changeColIntegrality(number, highspy.HighsVarType.kInteger)

    def solve(self) -> list[float] | None:
        """Return the values of all variables, `None` when no values keep all lines.

        Raises `RuntimeError` when the solver gives up.
        """
        if not self._programme.lows:
            # Nothing is open, which the solver does not take for a question.
            return [] if all(map(_holds_empty, self._programme.rows)) else None
        for least, factors, most in self._programme.rows[self._rows :]:
            self._highs.addRow(
                -self._infinity if least is None else least,
                self._infinity if most is None else most,
                len(factors),
                list(factors),
                list(factors.values()),
            )
        self._rows = len(self._programme.rows)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in self._none:
            return None
        if status != self._optimal:
            raise RuntimeError(f"the solver gave up: {status}")
        return list(self._highs.getSolution().col_value)


def _holds_empty(row: tuple[float | None, dict[int, float], float | None]) -> bool:
    """Whether a line without variables holds: its sum is 0."""
    least, _, most = row
    return (least is None or least <= 0) and (most is None or most >= 0)
