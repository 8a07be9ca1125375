"""Checklists and yes/no: statements that were seen to be true."""

from __future__ import annotations

from decimal import Decimal

from assessor.formulas import Binary, Call, Node, Text
from assessor.rubrics.rule_models import ChecklistRule, YesNoRule
from assessor.rules import names
from assessor.rules.leaf import Place, Raw
from assessor.rules.trees import number, pick, when


def compile_checklist(rule: ChecklistRule, place: Place) -> Raw:
    """Compile a checklist: ticked / all, or the table of shares by count."""
    ticks: list[Node] = [
        when(Call("has_key", (place.answer, Text(item.key))), number(1), number(0))
        for item in rule.items
    ]
    count: Node = Call("sum", tuple(ticks))
    shares = rule.count_shares
    if shares:
        corners = [number(part) for pair in enumerate(shares) for part in pair]
        share: Node = Call("piecewise", (count, *corners))
        lowest, highest = shares[0] * place.maximum, shares[-1] * place.maximum
    else:
        share = Binary("/", count, number(len(ticks)))
        lowest, highest = Decimal(0), place.maximum
    return Raw(
        points=Binary("*", share, number(place.maximum)),
        rank=None,
        lowest=lowest,
        highest=highest,
        values=((lowest, 0), (highest, 0)),
    )


def compile_yes_no(rule: YesNoRule, place: Place) -> Raw:
    """Compile yes/no: all or nothing."""
    del rule
    return Raw(
        points=pick(place.answer, {names.YES: number(place.maximum), names.NO: number(0)}),
        rank=None,
        lowest=Decimal(0),
        highest=place.maximum,
        values=((Decimal(0), 0), (place.maximum, 0)),
    )
