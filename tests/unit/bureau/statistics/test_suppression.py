"""What is withheld cannot be worked out, not even by somebody who knows the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import highspy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessor.bureau.statistics.suppression import TOTAL, Key, hidden_cells, hidden_groups

LIMIT = 3
ROWS, COLUMNS = "abc", "xyz"
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(ROWS), st.sampled_from(COLUMNS)),
    st.integers(0, 7),
    min_size=1,
)


class Attacker:
    """Solves for a withheld cell from everything published, and that withheld ones are not 0."""

    def __init__(self, counts: Mapping[tuple[str, str], int], hidden: frozenset[Key]) -> None:
        self.model: Any = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        cells = margins(counts)
        self.variables = {}
        for key, count in cells.items():
            low, high = (1, highspy.kHighsInf) if key in hidden else (count, count)
            self.variables[key] = self.model.addVariable(lb=low, ub=high)
        rows = {row for row, _ in counts}
        columns = {column for _, column in counts}
        for row in [*rows, TOTAL]:
            inner = [self.variables[row, one] for one in columns if (row, one) in cells]
            self.model.addConstr(sum(inner) == self.variables[row, TOTAL])
        for column in columns:
            inner = [self.variables[one, column] for one in rows if (one, column) in cells]
            self.model.addConstr(sum(inner) == self.variables[TOTAL, column])

    def bounds(self, key: Key) -> tuple[float, float]:
        """The least and the most a cell can be; the most is infinite when nothing bounds it."""
        self.model.minimize(self.variables[key])
        least = self.model.variableValue(self.variables[key])
        self.model.maximize(self.variables[key])
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return least, float("inf")
        return least, self.model.variableValue(self.variables[key])


def margins(counts: Mapping[tuple[str, str], int]) -> dict[Key, int]:
    cells: dict[Key, int] = dict(counts)
    for (row, column), count in counts.items():
        for key in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            cells[key] = cells.get(key, 0) + count
    return cells


def found_out(counts: Mapping[tuple[str, str], int], hidden: frozenset[Key]) -> list[Key]:
    """The withheld cells an attacker pins down, or knows to be small."""
    attacker = Attacker(counts, hidden)
    cells = margins(counts)
    bad = []
    for key in hidden:
        least, most = attacker.bounds(key)
        small = cells[key] < LIMIT
        if most - least < 0.5 or (small and most < LIMIT - 0.5):
            bad.append(key)
    return bad


@settings(max_examples=40)
@given(TABLES)
@example({("a", "x"): 1, ("a", "y"): 5, ("b", "x"): 5, ("b", "y"): 6})
@example({("a", "x"): 1, ("a", "y"): 1, ("b", "x"): 1, ("b", "y"): 1})
@example({("a", "x"): 2, ("b", "x"): 0, ("c", "x"): 0})
def test_no_withheld_cell_can_be_worked_out(counts: dict[tuple[str, str], int]) -> None:
    hidden = hidden_cells(counts, LIMIT)
    cells = margins(counts)
    assert {key for key, count in cells.items() if 0 < count < LIMIT} <= hidden
    assert all(cells[key] for key in hidden)
    if any(key not in hidden for key, count in cells.items() if count):
        assert found_out(counts, hidden) == []


def test_hiding_only_the_small_cells_is_found_out() -> None:
    counts = {("a", "x"): 1, ("a", "y"): 5, ("b", "x"): 5, ("b", "y"): 6}
    assert found_out(counts, frozenset({("a", "x")})) == [("a", "x")]
    assert len(hidden_cells(counts, LIMIT)) == 4


def test_one_small_group_takes_another_along() -> None:
    assert hidden_groups({"a": 2, "b": 9, "c": 7}, 5) == {"a", "c"}
    assert hidden_groups({"a": 12, "b": 9}, 5) == frozenset()
    assert hidden_groups({"a": 2, "b": 0}, 5) == {"a", "b"}


def test_what_another_table_hides_is_hidden_here_with_company() -> None:
    hidden = hidden_groups({"a": 12, "b": 9, "c": 20}, 5, frozenset({"b"}))
    assert "b" in hidden
    assert len(hidden) == 2


def test_large_tables_keep_their_margins() -> None:
    counts = {(row, column): 20 for row in "abcdefghij" for column in "uvwxyz"}
    counts["c", "v"] = 1
    hidden = hidden_cells(counts)
    assert ("c", "v") in hidden
    assert len(hidden) == 4
    assert all(TOTAL not in key for key in hidden)
