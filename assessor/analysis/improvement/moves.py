"""What could be answered instead: every better answer to one criterion, and how many steps away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from assessor.assessment import Answer
from assessor.formulas import Given
from assessor.rubrics.rule_models import (
    Bin,
    BinsCurve,
    ChecklistRule,
    Curve,
    LevelsRule,
    LookupRule,
    Measure,
    QuantityRule,
    RuleModel,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.rules.item import ItemProgram
from assessor.rules.leaf import rank_of, worth

MOST_COMBINED = 14
"""Options of a multiple choice whose combinations are all looked at; beyond, the first ones."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What an answer is or could be: an option, several options, or a measured result.

    All empty: there is no answer.
    """

    option: str | None = None
    options: tuple[str, ...] | None = None
    result: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One way to answer a leaf; `steps` is 0 for the present one. `entered` are its cells."""

    aim: Aim
    steps: int
    entered: Mapping[str, Given] = field(default_factory=dict)


def moves_of(
    leaf: ItemProgram,
    answer: Answer | None,
    figures: Mapping[str, Given],
    ranks: Mapping[str, int],
) -> tuple[Move, ...]:
    """Return the present answer, then every better one, nearest first.

    A step is one level up, one more statement or option, one stretch or corner of a curve. No
    answer counts as the lowest one, and giving it as one step at least. Never offered: a lower
    answer, and a way out of "not applicable" or "no baseline", which are facts and not a level.
    """
    present = Move(_aim(leaf, answer, figures), 0)
    if answer is not None and (answer.na or answer.no_baseline):
        return (present,)
    better = _better(leaf.criterion.rule, leaf, present.aim, ranks)
    return (present, *sorted(better, key=lambda move: move.steps))


def _aim(leaf: ItemProgram, answer: Answer | None, figures: Mapping[str, Given]) -> Aim:
    if answer is None:
        return Aim()
    if answer.none:
        return Aim(options=())
    if answer.inputs is not None:
        result = figures.get(names.result(leaf.key))
        return Aim(result=result if isinstance(result, Decimal) else None)
    return Aim(option=answer.option, options=answer.options)


def _better(
    rule: RuleModel, leaf: ItemProgram, present: Aim, ranks: Mapping[str, int]
) -> Iterator[Move]:
    match rule:
        case LevelsRule() | LookupRule():
            yield from _levels([option.key for option in rule.options], leaf.key, present)
        case YesNoRule():
            yield from _levels([names.NO, names.YES], leaf.key, present)
        case ChecklistRule():
            yield from _ticks([item.key for item in rule.items], leaf.key, present)
        case SelectionRule():
            yield from _selections(rule, leaf, present, ranks)
        case QuantityRule():
            yield from _results(rule, leaf.key, present)


def _levels(keys: list[str], key: str, present: Aim) -> Iterator[Move]:
    at = keys.index(present.option) if present.option in keys else 0
    for place in range(at + 1, len(keys)):
        option = keys[place]
        yield Move(Aim(option=option), place - at, {names.answer(key): option})


def _ticks(keys: list[str], key: str, present: Aim) -> Iterator[Move]:
    ticked = [name for name in keys if name in (present.options or ())]
    open_ = [name for name in keys if name not in ticked]
    for more in range(1, len(open_) + 1):
        chosen = {*ticked, *open_[:more]}
        yield _several([name for name in keys if name in chosen], key, more)


def _several(chosen: list[str], key: str, steps: int) -> Move:
    return Move(Aim(options=tuple(chosen)), steps, {names.answer(key): ",".join(chosen)})


def _selections(
    rule: SelectionRule, leaf: ItemProgram, present: Aim, ranks: Mapping[str, int]
) -> Iterator[Move]:
    """For each number of further options those that no others beat in both points and tier."""
    had = frozenset(present.options or ())
    keys = [option.key for option in rule.options if not option.exclusive]
    kept = [key for key in keys if key in had]
    open_ = [key for key in keys if key not in had][:MOST_COMBINED]
    values = {o.key: worth(o.value, rule.scale, leaf.maximum) for o in rule.options}
    tiers = {option.key: rank_of(option, ranks) for option in rule.options}
    cap = worth(rule.cap, rule.scale, leaf.maximum)

    def gain(chosen: tuple[str, ...]) -> tuple[Decimal, int]:
        total = sum((values[key] for key in (*kept, *chosen)), Decimal(0))
        return min(total, cap), max((tiers[key] for key in (*kept, *chosen)), default=0)

    seen: list[tuple[Decimal, int]] = [gain(())]
    for more in range(1, len(open_) + 1):
        for chosen in sorted(combinations(open_, more), key=gain, reverse=True):
            points, tier = gain(chosen)
            if any(points <= other and tier <= rank for other, rank in seen):
                continue
            seen.append((points, tier))
            yield _several([key for key in keys if key in {*kept, *chosen}], leaf.key, more)


def _results(rule: QuantityRule, key: str, present: Aim) -> Iterator[Move]:
    """The nearest result of every better stretch or corner."""
    if rule.curve is None:
        return
    corners = _corners(rule.curve, rule.measure)
    shares = sorted({share for share, _ in corners})
    higher = rule.measure.better == "higher"
    have = shares[0]
    if present.result is not None:
        have = _share_at(rule.curve, present.result, higher=higher)
    ahead = [share for share in shares if share > have]
    for steps, share in enumerate(ahead, start=1):
        results = [result for other, result in corners if other == share]
        aim = min(results) if higher else max(results)
        entered: dict[str, Given] = {
            names.answer(key): names.MEASURED,
            names.result(key): aim,
        }
        yield Move(Aim(result=aim), steps, entered)


def _corners(curve: Curve, measure: Measure) -> list[tuple[Decimal, Decimal]]:
    """Share and the result it begins at, for each stretch or corner of the curve."""
    if not isinstance(curve, BinsCurve):
        return [(point.share, point.x) for point in curve.points]
    found = []
    for step in curve.bins:
        edge = _near_edge(step, measure)
        if edge is not None:
            found.append((step.share, edge))
    return found


def _near_edge(step: Bin, measure: Measure) -> Decimal | None:
    """The worst result inside the bin, as printed; the other edge where that one is open-ended."""
    grain = Decimal(1).scaleb(-measure.digits)
    low = None if step.low is None else step.low + (0 if step.low_closed else grain)
    high = None if step.high is None else step.high - (0 if step.high_closed else grain)
    first, second = (low, high) if measure.better == "higher" else (high, low)
    return second if first is None else first


def _share_at(curve: Curve, result: Decimal, *, higher: bool) -> Decimal:
    """The share of a present result, on a curve of straight lines that of the corner before it."""
    if isinstance(curve, BinsCurve):
        inside = [step.share for step in curve.bins if _holds(step, result)]
        return inside[0] if inside else min(step.share for step in curve.bins)
    passed = [p.share for p in curve.points if (p.x <= result if higher else p.x >= result)]
    return max(passed, default=min(point.share for point in curve.points))


def _holds(step: Bin, result: Decimal) -> bool:
    above = step.low is None or result > step.low or (step.low_closed and result == step.low)
    below = step.high is None or result < step.high or (step.high_closed and result == step.high)
    return above and below
