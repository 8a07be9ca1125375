"""The golden cases of the future factory: both sides of every line, link, gate and tier."""

from __future__ import annotations

from typing import Any

from tests.reference import factory_lines as lines
from tests.reference import factory_rules as rules
from tests.reference import future_factory as ff
from tests.reference.cases import Case, as_data
from tests.reference.exact import show


def all_cases() -> list[Case]:
    """Every case, in a fixed order."""
    groups = (
        lines.plain(),
        lines.readings(),
        lines.not_applicable(),
        lines.upper_lines(),
        rules.links(),
        rules.more_links(),
        rules.choices(),
        rules.gates(),
        rules.partials(),
        rules.open_lines(),
    )
    return [one for group in groups for one in group]


def golden() -> list[dict[str, Any]]:
    """The cases with what the reference makes of them."""
    rows = []
    for one in all_cases():
        card = ff.score(one.answers, one.gates, one.profile, one.target)
        points = {key: card.items[key].points for key in one.watch}
        also = {
            "items": {key: None if p is None else show(p, 6) for key, p in points.items()},
            "optional": {
                "points": show(card.optional.points),
                "maximum": show(card.optional.maximum),
            },
        }
        sums = {key: part.points for key, part in card.dimensions.items()}
        rows.append(as_data(one, card, sums, also))
    return rows
