"""Several options together: their values add up to a cap; the best one's tier counts."""

from __future__ import annotations

from decimal import Decimal

from assessor.formulas import Call, Node, Text
from assessor.rubrics.rule_models import SelectionRule
from assessor.rules.leaf import Place, Raw, rank_of, worth
from assessor.rules.trees import number, when


def compile_selection(rule: SelectionRule, place: Place) -> Raw:
    """Compile a multiple choice; "none of these" has no key among the options and gives zero."""
    values = {option.key: worth(option.value, rule.scale, place.maximum) for option in rule.options}
    ranks = {option.key: rank_of(option, place.ranks) for option in rule.options}
    cap = worth(rule.cap, rule.scale, place.maximum)

    def chosen(key: str, value: Decimal | int) -> Node:
        return when(Call("has_key", (place.answer, Text(key))), number(value), number(0))

    points = [chosen(key, value) for key, value in values.items()]
    highest = min(cap, sum(values.values(), Decimal(0)))
    return Raw(
        points=Call("min", (number(cap), Call("sum", tuple(points)))),
        rank=Call("max", tuple(chosen(key, rank) for key, rank in ranks.items())),
        lowest=Decimal(0),
        highest=highest,
        values=((Decimal(0), 0), *_sums_by_rank(values, ranks, cap)),
    )


def _sums_by_rank(
    values: dict[str, Decimal], ranks: dict[str, int], cap: Decimal
) -> tuple[tuple[Decimal, int], ...]:
    """For every tier: the most that the options within it give together."""
    return tuple(
        (min(cap, sum((values[key] for key in values if ranks[key] <= rank), Decimal(0))), rank)
        for rank in sorted(set(ranks.values()))
    )
