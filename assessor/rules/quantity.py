"""Measured quantities: inputs -> formula -> rounded result -> steps or curve -> points."""

from __future__ import annotations

from decimal import Decimal

from assessor.formulas import Binary, Call, Name, Node, columns, parse
from assessor.rubrics.rule_models import (
    Bin,
    Curve,
    LinearCurve,
    Measure,
    QuantityInput,
    QuantityRule,
)
from assessor.rules import names
from assessor.rules.leaf import Place, Raw
from assessor.rules.trees import compare, number, pick, renamed, rounded, when


def input_cells(
    measure: Measure, key: str, filled_tables: frozenset[str]
) -> tuple[tuple[str, Node], ...]:
    """Return the inputs that are computed from tables which have rows, as (cell name, tree)."""
    cells = []
    for item in measure.inputs:
        tree = table_formula(item, filled_tables)
        if tree is not None:
            cells.append((names.entry(key, item.id), tree))
    return tuple(cells)


def table_formula(item: QuantityInput, filled_tables: frozenset[str]) -> Node | None:
    """Return the formula over a table that gives an input, if that table has rows."""
    if item.from_table is None:
        return None
    tree = parse(item.from_table)
    used = {column.table for column in columns(tree)}
    return tree if used <= filled_tables else None


def result_tree(measure: Measure, key: str) -> Node:
    """Return the measured result over the input cells of `key`, rounded as the rubric says."""
    cells = {item.id: names.entry(key, item.id) for item in measure.inputs}
    return rounded(renamed(parse(measure.formula), cells), measure.digits)


def compile_quantity(rule: QuantityRule, place: Place) -> Raw:
    """Compile a measured quantity; a declared lack of a baseline gives zero.

    Without a curve it is worth nothing, but still only answered once its result can be computed.
    """
    result = Name(names.result(place.key))
    if rule.curve is None:
        share: Node = Binary("*", result, number(0))
        shares = [Decimal(0)]
    else:
        share, shares = _share(rule.curve, result), _possible_shares(rule.curve)
    lowest, highest = min(shares) * place.maximum, max(shares) * place.maximum
    points = Binary("*", share, number(place.maximum))
    return Raw(
        points=pick(place.answer, {names.MEASURED: points, names.NO_BASELINE: number(0)}),
        rank=None,
        lowest=min(lowest, Decimal(0)) if rule.measure.baseline else lowest,
        highest=highest,
        values=((lowest, 0), (highest, 0)),
        inputs=input_cells(rule.measure, place.key, place.filled_tables),
        result=result_tree(rule.measure, place.key),
    )


def _share(curve: Curve, result: Node) -> Node:
    if isinstance(curve, LinearCurve):
        corners = [number(part) for point in curve.points for part in (point.x, point.share)]
        return Call("piecewise", (result, *corners))
    ordered = sorted(curve.bins, key=_upper_edge)
    tree: Node = number(ordered[-1].share)
    for step in reversed(ordered[:-1]):
        if step.high is not None:
            inside = compare(result, "<=" if step.high_closed else "<", number(step.high))
            tree = when(inside, number(step.share), tree)
    return tree


def _upper_edge(step: Bin) -> tuple[bool, Decimal]:
    """Sort key: by upper edge, the bin without one last."""
    return step.high is None, step.high or Decimal(0)


def _possible_shares(curve: Curve) -> list[Decimal]:
    if isinstance(curve, LinearCurve):
        return [point.share for point in curve.points]
    return [step.share for step in curve.bins]
