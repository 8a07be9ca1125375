"""How far the experts of a panel agree: in all, by dimension, by item, and two by two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from assessor.analysis.agreement.alpha import interval_alpha, nominal_alpha, ordinal_alpha
from assessor.analysis.agreement.figures import Figure
from assessor.analysis.agreement.kappa import fleiss_kappa, percent_agreement, weighted_kappa
from assessor.analysis.agreement.ratings import Rated, ratings
from assessor.analysis.panel import Sheet
from assessor.assessment import Assessment
from assessor.rubrics.criterion import Dimension
from assessor.rubrics.models import Rubric

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of one set of ratings.

    `shared` is how many were rated by two experts or more, `alike` in how many of those all said
    the same. `percent` (0 to 1) compares the answers themselves. `kappa` is Cohen's with linear
    weights, the mean of all pairs of experts for which it is defined; `fleiss` takes every
    difference alike. `nominal`, `ordinal` and `interval` are Krippendorff's alpha.
    """

    shared: int
    alike: int
    percent: Figure
    kappa: Figure
    fleiss: Figure
    nominal: Figure
    ordinal: Figure
    interval: Figure


@dataclass(frozen=True, slots=True)
class InDimension:
    """The agreement within a dimension and those below it; `depth` is 0 at the top."""

    dimension: Dimension
    depth: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class InItem:
    """The agreement on one item: the share of pairs that agree, and how far the answers lie apart
    (0 to 1, `None` where fewer than two have a place on the scale)."""

    rated: Rated
    percent: Figure
    spread: Fraction | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The agreement of two experts."""

    one: str
    other: str
    percent: Figure
    kappa: Figure


@dataclass(frozen=True, slots=True)
class Leaning:
    """How an expert scores beside the others: the mean difference from the mean of the rest, as a
    share of the scale (positive: higher), over `units`; `None` where nothing is shared."""

    expert: str
    units: int
    difference: Fraction | None


@dataclass(frozen=True, slots=True)
class PanelAgreement:
    """All figures of a panel; the items come in the order of the rubric."""

    experts: tuple[str, ...]
    overall: Agreement
    dimensions: tuple[InDimension, ...]
    items: tuple[InItem, ...]
    pairs: tuple[Pair, ...]
    leanings: tuple[Leaning, ...]


def panel_agreement(rubric: Rubric, record: Assessment, sheets: Sequence[Sheet]) -> PanelAgreement:
    """Return how far the experts agree; `record` is the visit they all scored.

    Nothing depends on the order of the sheets.
    """
    units = ratings(rubric, record, sheets)
    experts = tuple(sorted({expert for one in units for expert in one.said}))
    return PanelAgreement(
        experts,
        agreement_of(units),
        tuple(agreement_by_dimension(rubric, units)),
        tuple(_item(one) for one in units),
        tuple(_pair(units, one, other) for one, other in combinations(experts, _PAIR)),
        tuple(_leaning(units, expert) for expert in experts),
    )


def agreement_of(units: Sequence[Rated]) -> Agreement:
    """Return the figures of one set of ratings."""
    said = [one.said for one in units]
    labels = [one.labels for one in units]
    values = [one.values for one in units]
    shared = [one for one in said if len(one) >= _PAIR]
    return Agreement(
        len(shared),
        sum(len(set(one.values())) == 1 for one in shared),
        percent_agreement(said),
        _mean_kappa(values),
        fleiss_kappa(labels),
        nominal_alpha(labels),
        ordinal_alpha(values),
        interval_alpha(values),
    )


def _mean_kappa(values: Sequence[Mapping[str, Fraction]]) -> Figure:
    experts = sorted({expert for unit in values for expert in unit})
    if len(experts) < _PAIR:
        return Figure(None, "one_rater")
    found = [weighted_kappa(values, a, b) for a, b in combinations(experts, _PAIR)]
    defined = [one.value for one in found if one.value is not None]
    if not defined:
        return max(found, key=lambda one: one.units)
    units = sum(len(unit) >= _PAIR for unit in values)
    return Figure(sum(defined, Fraction(0)) / len(defined), None, units)


def agreement_by_dimension(rubric: Rubric, units: Sequence[Rated]) -> Iterable[InDimension]:
    """Yield the figures of every dimension in which something was rated, parents first."""
    for dimension, depth in rubric.walk_dimensions():
        below = {node.id for node in _with_children(dimension)}
        within = [one for one in units if one.criterion.dimension in below]
        if within:
            yield InDimension(dimension, depth, agreement_of(within))


def _with_children(dimension: Dimension) -> Iterable[Dimension]:
    yield dimension
    for child in dimension.children:
        yield from _with_children(child)


def _item(one: Rated) -> InItem:
    places = one.values.values()
    spread = max(places) - min(places) if len(places) >= _PAIR else None
    return InItem(one, percent_agreement([one.said]), spread)


def _pair(units: Sequence[Rated], one: str, other: str) -> Pair:
    said = [{who: unit.said[who] for who in (one, other) if who in unit.said} for unit in units]
    values = [unit.values for unit in units]
    return Pair(one, other, percent_agreement(said), weighted_kappa(values, one, other))


def _leaning(units: Sequence[Rated], expert: str) -> Leaning:
    found = []
    for unit in units:
        rest = [value for who, value in unit.values.items() if who != expert]
        if rest and expert in unit.values:
            found.append(unit.values[expert] - sum(rest, Fraction(0)) / len(rest))
    mean = sum(found, Fraction(0)) / len(found) if found else None
    return Leaning(expert, len(found), mean)
