"""Kept sums give what adding up anew gives, whatever was changed and in whatever order."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.formulas import (
    Binary,
    Call,
    Given,
    Name,
    Node,
    NotComputable,
    Number,
    Scope,
    evaluate,
)
from assessor.rules.engine import Engine
from assessor.rules.item import Cell
from assessor.rules.running_sums import LONG, RunningSum

FIGURES = st.decimals(-1000, 1000, places=2) | st.integers(-50, 50).map(Decimal)
VALUES: st.SearchStrategy[Given] = st.one_of(
    FIGURES,
    FIGURES,
    st.sampled_from([None, "", "A", True, Decimal("NaN"), Decimal("1E50"), Decimal("0E-6")]),
)
COUNT = LONG + 3
NAMES = tuple(f"n{index}" for index in range(COUNT))
CHANGES = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=40)

SUM = Call("sum_known", tuple(Name(name) for name in NAMES))
SHORT = Call("sum_known", tuple(Name(name) for name in NAMES[:3]))
NESTED = Call("sum_known", (SUM, Call("sum_known", tuple(Name(name) for name in NAMES[:LONG]))))
TREES: tuple[Node, ...] = (
    SUM,
    NESTED,
    Call("round", (Binary("*", Binary("/", SUM, SHORT), Number(Decimal(100))), Number(Decimal(2)))),
    Call("if", (Binary(">", SUM, Number(Decimal(0))), SUM, Name("n0"))),
    Binary("/", SHORT, SUM),
)


@given(st.lists(st.tuples(st.integers(0, COUNT - 1), VALUES), max_size=60), st.data())
@settings(max_examples=100, deadline=None)
def test_a_running_sum_is_the_sum(changes: list[tuple[int, Given]], data: st.DataObject) -> None:
    running = RunningSum(COUNT)
    values: dict[str, Given] = {}
    for place, value in changes:
        running.put(place, value)
        values[NAMES[place]] = value
        if data.draw(st.booleans()):
            assert str(running.total()) == str(evaluate(SUM, Scope(values)))
    assert str(running.total()) == str(evaluate(SUM, Scope(values)))


@given(CHANGES)
@settings(max_examples=100, deadline=None)
def test_the_engine_gives_what_evaluating_gives(changes: list[tuple[str, Given]]) -> None:
    cells = tuple(Cell(f"cell{index}", tree) for index, tree in enumerate(TREES))
    engine = Engine([cells])
    values: dict[str, Given] = {}
    for name, value in changes:
        engine.enter(name, value)
        values[name] = value
        engine.compute(0)
        for cell in cells:
            found, expected = engine.figures()[cell.name], evaluate(cell.tree, Scope(values))
            assert str(found) == str(expected)
            assert isinstance(found, NotComputable) == isinstance(expected, NotComputable)
