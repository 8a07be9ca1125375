"""From dimensions to the total: bonus with its cap, deductions with their floor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor.formulas import Binary, Call, Name, Node
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import TotalReading
from assessor.rules import names
from assessor.rules.item import Cell, ItemProgram
from assessor.rules.trees import LEAF_DIGITS, SHOWN_DIGITS, compare, number, rounded, sum_of, when

_OPPOSITE = {"points": "points", "lowest": "highest", "highest": "lowest"}


def total_cells(
    rubric: Rubric,
    bonus: Sequence[ItemProgram],
    deductions: Sequence[ItemProgram],
    *,
    weighed: bool = True,
) -> Iterator[Cell]:
    """Yield base, bonus, deductions and total in all views.

    The least possible total takes the most possible deduction. While weights are still to be
    entered (not `weighed`) there is no total at all.
    """
    for view in names.VIEWS:
        base = names.total(view, names.BASE_TOTAL)
        yield Cell(base, _base(rubric, view, weighed=weighed))
        tree: Node = Name(base)
        if rubric.bonus:
            added = names.total(view, names.BONUS_TOTAL)
            yield Cell(added, _bonus_sum(rubric.bonus.cap, bonus, view))
            tree = _with_bonus(rubric, Name(base), Name(added))
        if rubric.deductions:
            taken = names.total(_OPPOSITE[view], names.DEDUCTION_TOTAL)
            yield Cell(taken, sum_of(_leaves(deductions, _OPPOSITE[view])))
            less = Binary("-", tree, Name(taken))
            tree = Call("max", (number(rubric.deductions.floor), less))
        yield Cell(names.total(view), tree)


def _base(rubric: Rubric, view: str, *, weighed: bool) -> Node:
    tops = [Name(names.dimension_sum(view, top.id)) for top in rubric.tree]
    # So far, a dimension without a figure adds nothing; what is still possible cannot be told.
    added = sum_of(tops) if view == "points" and weighed else Call("sum", tuple(tops))
    return added if rubric.per_level is None else rounded(added, LEAF_DIGITS)


def _leaves(items: Sequence[ItemProgram], view: str) -> list[Node]:
    return [Name(names.leaf(view, item.key)) for item in items]


def _bonus_sum(cap: Decimal, items: Sequence[ItemProgram], view: str) -> Node:
    return Call("min", (number(cap), sum_of(_leaves(items, view))))


def _with_bonus(rubric: Rubric, base: Node, added: Node) -> Node:
    """The bonus counts for nothing while the printed base is below the line it may not cross."""
    bonus = rubric.bonus
    if bonus is None:
        return base
    lifted: Node = Call("min", (number(bonus.ceiling), Binary("+", base, added)))
    line = pass_line(rubric)
    if line is None:
        return lifted
    below = compare(rounded(base, SHOWN_DIGITS), "<", number(line))
    return when(below, base, lifted)


def pass_line(rubric: Rubric) -> Decimal | None:
    """Return the line of the total that a bonus never lifts over."""
    name = rubric.bonus.never_over if rubric.bonus else None
    for outcome in rubric.outcomes:
        if outcome.id == name:
            lines = [r.line for r in outcome.readings if isinstance(r, TotalReading)]
            return lines[0] if lines else None
    return None
