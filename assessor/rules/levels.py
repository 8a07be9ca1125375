"""Graded levels: the value of the one option chosen."""

from __future__ import annotations

from assessor.rubrics.rule_models import LevelsRule, LookupRule
from assessor.rules.leaf import Place, Raw, rank_of, worth
from assessor.rules.trees import number, pick


def compile_levels(rule: LevelsRule | LookupRule, place: Place) -> Raw:
    """Compile graded levels, or levels looked up in a table of points.

    The tier of the option is read beside its points, not from them.
    """
    values = {option.key: worth(option.value, rule.scale, place.maximum) for option in rule.options}
    ranks = {option.key: rank_of(option, place.ranks) for option in rule.options}
    return Raw(
        points=pick(place.answer, {key: number(value) for key, value in values.items()}),
        rank=pick(place.answer, {key: number(rank) for key, rank in ranks.items()}),
        lowest=min(values.values()),
        highest=max(values.values()),
        values=tuple((values[key], ranks[key]) for key in values),
    )
