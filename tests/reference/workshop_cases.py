"""The golden cases of the digital workshop: both sides of every line, band and rule."""

from __future__ import annotations

from typing import Any

from tests.reference import digital_workshop as dw
from tests.reference import workshop_numbers as numbers
from tests.reference import workshop_states as states
from tests.reference.cases import Case, as_data
from tests.reference.exact import show


def all_cases() -> list[Case]:
    """Every case, in a fixed order."""
    groups = (
        numbers.lines("discrete"),
        numbers.lines("process"),
        numbers.curves(),
        numbers.bonuses(),
        numbers.not_applicable(),
        numbers.effects(),
        numbers.lists(),
        states.partials(),
        states.last_open(),
        states.ends_of_the_scale(),
        states.profiles(),
        states.gate_cases(),
    )
    return [one for group in groups for one in group]


def golden() -> list[dict[str, Any]]:
    """The cases with what the reference makes of them."""
    rows = []
    for one in all_cases():
        card = dw.score(one.answers, one.gates, one.profile)
        points = {key: card.items[key].points for key in one.watch}
        items = {key: None if p is None else show(p, 6) for key, p in points.items()}
        rows.append(as_data(one, card, card.dimensions, {"items": items}))
    return rows
