"""A comparison as rows of a table, and which of them a filter lets through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from assessor.analysis.comparison import Comparison, ItemPair, Standing
from assessor.analysis.comparison.wording import (
    answers_said,
    difference_said,
    item_points,
    pair_title,
    points_said,
    reason_said,
    standing_said,
)
from assessor.i18n import message
from assessor.ui.models.text_table import TextRow
from assessor.ui.words import Words

Which = Literal["differs", "lower", "higher", "alone", "all", "left_out"]
FILTERS: tuple[Which, ...] = get_args(Which)
COLUMNS = ("item", "change", "first", "second", "first_points", "second_points", "difference")
FIGURES = 4
"""The columns from here on hold figures."""
_LETS: Mapping[Which, frozenset[Standing]] = {
    "differs": frozenset({"lower", "higher", "changed", "first_only", "second_only"}),
    "lower": frozenset({"lower"}),
    "higher": frozenset({"higher"}),
    "alone": frozenset({"first_only", "second_only"}),
}
_LOOKS: Mapping[Standing, tuple[str, str]] = {
    "lower": ("chevron-down", "bad"),
    "higher": ("chevron-up", "good"),
    "changed": ("refresh", "caution"),
    "first_only": ("circle-half", "caution"),
    "second_only": ("circle-half", "accent"),
    "same": ("check-circle", "good"),
    "open": ("circle", "muted"),
}


def rows_of(found: Comparison, which: Which, words: Words) -> list[TextRow]:
    """Return the rows a filter lets through, differences first."""
    if which == "left_out":
        return [
            TextRow(
                entry.criterion.id,
                (
                    words.pick(
                        message(
                            "comparison.item",
                            number=entry.criterion.number,
                            title=entry.criterion.title,
                        )
                    ),
                    words.pick(reason_said(entry)),
                    *([""] * (len(COLUMNS) - 2)),
                ),
            )
            for entry in found.left_out
        ]
    return [_row(pair, words) for pair in found.items if _let(pair, which)]


def counts_of(found: Comparison) -> Mapping[Which, int]:
    """Return how many rows each filter lets through."""
    counts: dict[Which, int] = {
        which: sum(_let(pair, which) for pair in found.items) for which in FILTERS
    }
    return {**counts, "left_out": len(found.left_out)}


def _let(pair: ItemPair, which: Which) -> bool:
    return which == "all" or pair.standing in _LETS.get(which, ())


def _row(pair: ItemPair, words: Words) -> TextRow:
    pick = words.pick
    cells = (
        pick(pair_title(pair)),
        pick(standing_said(pair.standing)),
        pick(answers_said(pair.first)),
        pick(answers_said(pair.second)),
        points_said(item_points(pair.first)),
        points_said(item_points(pair.second)),
        difference_said(pair.difference),
    )
    return TextRow(pair.criterion.id, cells, looks=((1, *_LOOKS[pair.standing]),))
