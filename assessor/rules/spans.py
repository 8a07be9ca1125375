"""The views of one figure, read from its cells."""

from __future__ import annotations

from collections.abc import Mapping

from assessor.formulas import Given
from assessor.rules.card import Span
from assessor.rules.run import known

NO_SPAN = Span(None, None, None, None)
"""Where nothing is scored there is no figure, which is not a zero."""


def span_of(values: Mapping[str, Given], name: Mapping[str, str], maximum: str) -> Span:
    """Return the span whose views are the cells `name[view]`."""
    return Span(
        known(values, name["points"]),
        known(values, name["lowest"]),
        known(values, name["highest"]),
        known(values, maximum) if maximum else None,
    )
