"""The tree above the criteria: sums, means and minima of dimensions, and re-weighting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.formulas import Binary, Call, Name, Node
from assessor.rubrics.criterion import Dimension
from assessor.rules import names
from assessor.rules.item import Cell, ItemProgram, leaves_out
from assessor.rules.trees import (
    DEEP_DIGITS,
    LEAF_DIGITS,
    SHOWN_DIGITS,
    blank,
    compare,
    number,
    rounded,
    sum_of,
    when,
)

Members = Mapping[str, Sequence[ItemProgram]]
"""Dimension id -> the counted items that hang directly in it (repeated ones once)."""

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the tree is compiled for: the profile, the dimensions with a re-weighting, and the
    decimals of a mean that stands at the top."""

    profile: str
    factors: frozenset[str]
    top_digits: int = LEAF_DIGITS


def applicable_cell(dimension: str, members: Sequence[tuple[str, Decimal, bool]]) -> Cell:
    """Return the points of those items of a dimension that were not left out.

    `members` are (key, points, may be left out by re-weighting). At zero nothing applies; dividing
    by it leaves the dimension without a figure.
    """
    fixed = sum((points for _, points, open_ in members if not open_), Decimal(0))
    left: list[Node] = [number(fixed)]
    for key, points, open_ in members:
        if open_:
            left.append(Binary("*", Name(names.asked(key)), number(points)))
    return Cell(names.applicable(dimension), sum_of(left))


@dataclass(frozen=True, slots=True)
class _Part:
    """An item or dimension right below a dimension: its cells, its weight in a weighted mean, and
    whether it may turn out to be wholly not applicable."""

    views: Mapping[str, str]
    maximum: str
    weight: Decimal
    may_be_out: bool


def dimension_cells(
    dimensions: Sequence[Dimension], members: Members, shape: Shape, *, inner: bool = False
) -> Iterator[Cell]:
    """Yield the cells of all dimensions, children before parents.

    Figures below a mean or minimum (`inner`) keep more digits: it is the mean that is rounded.
    """
    for dimension in dimensions:
        below = inner or dimension.combine != "sum"
        yield from dimension_cells(dimension.children, members, shape, inner=below)
        yield from _one(dimension, members, shape, inner=inner)


def _one(dimension: Dimension, members: Members, shape: Shape, *, inner: bool) -> Iterator[Cell]:
    items = members.get(dimension.id, ())
    parts = [*map(_item_part, items), *_child_parts(dimension, members, shape.profile)]
    most = Name(names.dimension_maximum(dimension.id))
    yield Cell(most.id, _maximum(dimension, items, parts, shape))
    weighed = not any(_unknown(dimension, members, shape.profile))
    for view in names.VIEWS:
        tree = _combined(dimension, parts, view, shape, inner=inner)
        if dimension.id in shape.factors:
            tree = Call("min", (tree, most))
        if any(part.may_be_out for part in parts):
            # Nothing applies: no figure, not a zero. Only a division says "no figure".
            tree = Binary("/", Binary("*", tree, most), most)
        yield from _counted(dimension, view, tree if weighed else _no_figure(), parts)


def _no_figure() -> Node:
    """Without its weights a mean has no figure, and only a division says so."""
    return Binary("/", number(0), number(0))


def _counted(dimension: Dimension, view: str, own: Node, parts: Sequence[_Part]) -> Iterator[Cell]:
    """Yield the figure of one view; where a satisfied dimension counts as whole, first its own."""
    name, line = names.dimension_sum(view, dimension.id), dimension.counts_whole_from
    if line is None or not parts:
        yield Cell(name, own)
        return
    before = Name(names.dimension_own(view, dimension.id))
    most = Name(names.dimension_maximum(dimension.id))
    yield Cell(before.id, own)
    share = rounded(Binary("/", before, most), SHOWN_DIGITS)
    yield Cell(name, when(compare(share, ">=", number(line)), most, before))


def unknown_weights(
    dimensions: Sequence[Dimension], members: Members, profile: str
) -> tuple[Dimension, ...]:
    """Return the dimensions whose weight a mean needs and the rubric does not know yet."""
    return tuple(
        found for dimension in dimensions for found in _unknown(dimension, members, profile)
    )


def needs_weight(dimension: Dimension, child: Dimension, profile: str) -> bool:
    """Return whether the weight of `child` in the mean of `dimension` is still to be entered."""
    waits = dimension.combine == "weighted_mean" and child.weight_to_enter
    return waits and child.weight_for(profile) is None


def _unknown(dimension: Dimension, members: Members, profile: str) -> Iterator[Dimension]:
    for child in dimension.children:
        if not any(_below(child, members)):
            continue
        if needs_weight(dimension, child, profile):
            yield child
        yield from _unknown(child, members, profile)


def _item_part(item: ItemProgram) -> _Part:
    views = {view: names.leaf(view, item.key) for view in names.VIEWS}
    return _Part(views, names.maximum(item.key), Decimal(1), leaves_out(item.exclusion))


def _child_parts(dimension: Dimension, members: Members, profile: str) -> Iterator[_Part]:
    """Yield the dimensions below in which something is asked."""
    for child in dimension.children:
        below = list(_below(child, members))
        if below:
            views = {view: names.dimension_sum(view, child.id) for view in names.VIEWS}
            own = child.weight_for(profile)
            weight = Decimal(1) if own is None else own
            may_be_out = any(leaves_out(item.exclusion) for item in below)
            yield _Part(views, names.dimension_maximum(child.id), weight, may_be_out)


def _below(dimension: Dimension, members: Members) -> Iterator[ItemProgram]:
    yield from members.get(dimension.id, ())
    for child in dimension.children:
        yield from _below(child, members)


def _maximum(
    dimension: Dimension,
    items: Sequence[ItemProgram],
    parts: Sequence[_Part],
    shape: Shape,
) -> Node:
    """The most points; with re-weighting or a mean it stays whole until everything is left out."""
    added = sum_of([Name(part.maximum) for part in parts])
    if dimension.combine != "sum" and parts:
        whole, left = number(_weight(dimension, shape.profile)), added
    elif dimension.id in shape.factors:
        whole = number(sum((item.maximum for item in items), Decimal(0)))
        left = Name(names.applicable(dimension.id))
    else:
        return added
    if not any(part.may_be_out for part in parts):
        return whole
    return when(compare(left, "=", number(0)), number(0), whole)


def _weight(dimension: Dimension, profile: str) -> Decimal:
    weight = dimension.weight_for(profile)
    return HUNDRED if weight is None else weight


def _combined(
    dimension: Dimension, parts: Sequence[_Part], view: str, shape: Shape, *, inner: bool
) -> Node:
    """The figure in one view; so far, what is not answered adds nothing."""
    if dimension.combine == "sum" or not parts:
        return sum_of([Name(part.views[view]) for part in parts])
    if dimension.combine == "minimum":
        share: Node = Call("min", tuple(_share(part, view, out=Decimal(1)) for part in parts))
    else:
        weights = [part.weight for part in parts]
        if dimension.combine == "mean":
            weights = [Decimal(1)] * len(parts)
        share = _mean(parts, weights, view)
    figure = Binary("*", share, number(_weight(dimension, shape.profile)))
    return rounded(figure, DEEP_DIGITS if inner else shape.top_digits)


def _share(part: _Part, view: str, *, out: Decimal) -> Node:
    """The part of its own maximum; `out` where nothing of it applies."""
    points = Name(part.views[view])
    share: Node = Binary("/", points, Name(part.maximum))
    if view == "points":
        share = when(blank(points.id), number(0), share)
    if part.may_be_out:
        share = when(_is_out(part), number(out), share)
    return share


def _mean(parts: Sequence[_Part], weights: Sequence[Decimal], view: str) -> Node:
    pairs = list(zip(parts, weights, strict=True))
    shares = tuple[Node, ...](
        Binary("*", _share(part, view, out=Decimal(0)), number(weight)) for part, weight in pairs
    )
    counted: list[Node] = [
        number(sum((weight for part, weight in pairs if not part.may_be_out), Decimal(0)))
    ]
    for part, weight in pairs:
        if part.may_be_out:
            counted.append(when(_is_out(part), number(0), number(weight)))
    return Binary("/", Call("sum", shares), sum_of(counted))


def _is_out(part: _Part) -> Node:
    return compare(Name(part.maximum), "=", number(0))
