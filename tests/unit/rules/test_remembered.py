"""Cells met before are remembered, and what is remembered is what would be computed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.formulas import NotComputable, Scope, evaluate, parse, walk
from assessor.rules import remembered
from assessor.rules.remembered import Remembered

TREE = parse("a + b * 2")
PARTS = [list(walk(TREE))]


def scope(a: object, b: object) -> Scope:
    values = {"a": a, "b": b}
    return Scope({name: value for name, value in values.items() if value is not None})  # type: ignore[misc]


def test_the_same_values_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    computed = []

    def counted(tree: object, within: Scope) -> object:
        computed.append(within)
        return evaluate(TREE, within)

    monkeypatch.setattr(remembered, "evaluate", counted)
    kept = Remembered(PARTS)
    for _ in range(3):
        assert kept.evaluated(0, TREE, scope(Decimal(1), Decimal(2))) == 5
    assert kept.evaluated(0, TREE, scope(Decimal(2), Decimal(2))) == 6
    assert len(computed) == 2


def test_digits_and_kinds_are_told_apart() -> None:
    kept = Remembered(PARTS)
    for a in (Decimal("1.5"), Decimal("1.50"), "1.5", None, True, NotComputable):
        value = a if a is not NotComputable else evaluate(parse("1 / 0"), Scope({}))
        within = scope(value, Decimal(1))
        assert repr(kept.evaluated(0, TREE, within)) == repr(evaluate(TREE, within))


def test_what_reads_columns_is_never_remembered() -> None:
    tree = parse("sum(ledger.quantity)")
    kept = Remembered([list(walk(tree))])
    for quantity in (1, 2):
        columns = {("ledger", "quantity"): [Decimal(quantity)]}
        assert kept.evaluated(0, tree, Scope({}, columns)) == quantity


def test_it_forgets_before_it_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_KEPT", 10)
    kept = Remembered(PARTS)
    for number in range(50):
        assert kept.evaluated(0, TREE, scope(Decimal(number), Decimal(0))) == number
    assert len(kept._results) <= 10
