"""One answer compiled: the rule, with links, exclusion and re-weighting laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessor.formulas import Binary, Call, Name, Node, Text
from assessor.rubrics.criterion import Criterion, Link, NotApplicable
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    QuantityRule,
    RuleModel,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.rules.checklist import compile_checklist, compile_yes_no
from assessor.rules.leaf import Place, Raw, Reweighting
from assessor.rules.levels import compile_levels
from assessor.rules.quantity import compile_quantity
from assessor.rules.selection import compile_selection
from assessor.rules.trees import LEAF_DIGITS, blank, compare, number, rounded, when

NOT_RANKED = -1
"""Rank of an answer that does not apply: below every tier."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A named figure and the tree that computes it from cells before it."""

    name: str
    tree: Node


@dataclass(frozen=True, slots=True)
class ItemProgram:
    """The cells of one answer, in the order they are computed.

    `before` comes before any re-weighting is known (links, whether it counts), `cells` after.
    `exclusion` is the licence to leave it out in this profile, if any; `reads` are the answer cells
    of other criteria it depends on; `raw` is the bare rule.
    """

    key: str
    criterion: Criterion
    maximum: Decimal
    exclusion: NotApplicable | None
    raw: Raw
    before: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    reads: tuple[str, ...]
    reweighting: Reweighting | None


def answer_cell(criterion: Criterion, key: str) -> str:
    """Return the cell whose value counts as the answer: the linked one where there are links."""
    return names.effective(key) if criterion.links else names.answer(key)


def _effective(criterion: Criterion, key: str) -> Cell:
    """Lay the links over the answer as given."""
    tree: Node = Name(names.answer(key))
    for link in criterion.links:
        trigger = link_trigger(link)
        forced = when(compare(Name(trigger), "=", Text(link.option)), Text(link.then), tree)
        tree = when(blank(trigger), tree, forced)
    return Cell(names.effective(key), tree)


def link_trigger(link: Link) -> str:
    """Return the cell a link looks at: the answer as given, so that links do not chain unseen."""
    return names.answer(link.when)


def exclusion_for(criterion: Criterion, profile: str) -> NotApplicable | None:
    """Return the licence to leave `criterion` out in `profile`."""
    licence = criterion.not_applicable
    if licence is None or (licence.profiles and profile not in licence.profiles):
        return None
    return licence


def compile_raw(rule: RuleModel, place: Place) -> Raw:
    """Compile the bare rule."""
    match rule:
        case LevelsRule() | LookupRule():
            return compile_levels(rule, place)
        case SelectionRule():
            return compile_selection(rule, place)
        case ChecklistRule():
            return compile_checklist(rule, place)
        case YesNoRule():
            return compile_yes_no(rule, place)
        case QuantityRule():
            return compile_quantity(rule, place)


def compile_item(
    criterion: Criterion, place: Place, licence: NotApplicable | None, factor: Reweighting | None
) -> ItemProgram:
    """Compile one answer; `factor` is the re-weighting of its dimension, if it has one."""
    raw = compile_raw(criterion.rule, place)
    key, answer = place.key, answer_cell(criterion, place.key)
    cells = [Cell(name, tree) for name, tree in raw.inputs]
    if raw.result is not None:
        cells.append(Cell(names.result(key), raw.result))
    cells.append(Cell(names.maximum(key), _maximum(place, licence, factor)))
    cells.append(Cell(names.leaf("points", key), _points(raw, place, licence, factor)))
    cells.append(Cell(names.leaf("lowest", key), _lowest(criterion, raw, key, factor)))
    cells.append(Cell(names.leaf("highest", key), _highest(criterion, raw, key, factor)))
    if raw.rank is not None:
        cells.extend(_ranks(criterion, raw, key, answer, licence))
    reads = tuple(link_trigger(link) for link in criterion.links)
    before = _before(criterion, key, licence)
    return ItemProgram(
        key, criterion, place.maximum, licence, raw, before, tuple(cells), reads, factor
    )


def _before(criterion: Criterion, key: str, licence: NotApplicable | None) -> tuple[Cell, ...]:
    cells = []
    if criterion.links:
        cells.append(_effective(criterion, key))
    if licence is not None:
        cells.append(Cell(names.asked(key), _asked(answer_cell(criterion, key), licence)))
    return tuple(cells)


def leaves_out(licence: NotApplicable | None) -> bool:
    """Return whether a not-applicable answer is taken out of what counts, not scored in it."""
    return licence is not None and licence.policy in ("reweight", "leave_out")


def _asked(answer: str, licence: NotApplicable) -> Node:
    if not leaves_out(licence):
        return number(1)
    counts = when(_excluded(answer), number(0), number(1))
    return when(blank(answer), number(1), counts)


def _excluded(answer: str) -> Node:
    return compare(Name(answer), "=", Text(names.NOT_APPLICABLE))


def _weighted(points: Node, factor: Reweighting | None) -> Node:
    if factor is not None:
        # Multiplied before divided, and rounded once: the quotient alone has no finite form.
        points = Binary("/", Binary("*", points, number(factor.whole)), Name(factor.left))
    return rounded(points, LEAF_DIGITS)


def _maximum(place: Place, licence: NotApplicable | None, factor: Reweighting | None) -> Node:
    full: Node = _weighted(number(place.maximum), factor) if factor else number(place.maximum)
    if not leaves_out(licence):
        return full
    return when(compare(Name(names.asked(place.key)), "=", number(0)), number(0), full)


def _points(
    raw: Raw, place: Place, licence: NotApplicable | None, factor: Reweighting | None
) -> Node:
    points = _weighted(raw.points, factor)
    if licence is None:
        return points
    left_out = number(0)
    if licence.policy == "anchor" and licence.anchor_share is not None:
        left_out = number(licence.anchor_share * place.maximum)
    excluded = compare(place.answer, "=", Text(names.NOT_APPLICABLE))
    return when(excluded, rounded(left_out, LEAF_DIGITS), points)


def _lowest(criterion: Criterion, raw: Raw, key: str, factor: Reweighting | None) -> Node:
    points = names.leaf("points", key)
    tree = when(blank(points), _weighted(number(raw.lowest), factor), Name(points))
    return _while_unlinked("min", criterion, tree, _forced_points(criterion, raw, factor))


def _highest(criterion: Criterion, raw: Raw, key: str, factor: Reweighting | None) -> Node:
    points = names.leaf("points", key)
    tree = when(blank(points), _weighted(number(raw.highest), factor), Name(points))
    return _while_unlinked("max", criterion, tree, _forced_points(criterion, raw, factor))


def _while_unlinked(
    choose: Literal["min", "max"], criterion: Criterion, tree: Node, forced: Mapping[str, Node]
) -> Node:
    """While the answer that a link looks at is open, the linked value is still possible."""
    for link in criterion.links:
        trigger = link_trigger(link)
        tree = when(blank(trigger), Call(choose, (tree, forced[link.then])), tree)
    return tree


def _forced_points(criterion: Criterion, raw: Raw, factor: Reweighting | None) -> dict[str, Node]:
    """For each option a link can force: what it is worth here."""
    return {
        key: _weighted(number(points), factor)
        for key, (points, _) in zip(_option_keys(criterion.rule), raw.values, strict=False)
    }


def _forced_ranks(criterion: Criterion, raw: Raw) -> dict[str, Node]:
    return {
        key: number(rank)
        for key, (_, rank) in zip(_option_keys(criterion.rule), raw.values, strict=False)
    }


def _option_keys(rule: RuleModel) -> tuple[str, ...]:
    """The answers a link can force, in the order of the rule's values."""
    if isinstance(rule, LevelsRule | LookupRule):
        return tuple(option.key for option in rule.options)
    return (names.NO, names.YES) if isinstance(rule, YesNoRule) else ()


def _ranks(
    criterion: Criterion, raw: Raw, key: str, answer: str, licence: NotApplicable | None
) -> list[Cell]:
    reached = names.rank("points", key)
    lowest, highest = raw.rank_bounds
    tree = raw.rank or number(0)
    if licence is not None:
        tree = when(_excluded(answer), number(NOT_RANKED), tree)
    low = when(blank(reached), number(lowest), Name(reached))
    high = when(blank(reached), number(highest), Name(reached))
    forced = _forced_ranks(criterion, raw)
    return [
        Cell(reached, tree),
        Cell(names.rank("lowest", key), _while_unlinked("min", criterion, low, forced)),
        Cell(names.rank("highest", key), _while_unlinked("max", criterion, high, forced)),
    ]
