"""Several experts' answers side by side: where they differ, what a rule makes of it, and merging.

Everything here is a pure function of the answers; nothing depends on the order experts come in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.assessment import Answer
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import LevelsRule, LookupRule, YesNoRule
from assessor.rules import names

Standing = Literal["settled", "differs", "agreed", "single"]
"""`settled`: the panel has its answer; `single`: only one expert has answered."""

PANEL = "panel"
"""`by` of an answer that a rule made and that no expert had given in these words."""

_FEWEST_TRIMMED = 3

_ORDER: tuple[Standing, ...] = ("differs", "single", "agreed", "settled")


@dataclass(frozen=True)
class Sheet:
    """What one expert found; `by` is the expert's id, an answer's own `by` goes before it."""

    by: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True)
class Opinion:
    """One expert's answer to one criterion."""

    by: str
    answer: Answer


@dataclass(frozen=True)
class Comparison:
    """The answers to one criterion, by expert id.

    `apart` is how far they lie apart: levels between the lowest and the highest, options that not
    all have chosen, 1 for figures that differ, 0 where all say the same. `settled` is the panel's
    answer.
    """

    key: str
    opinions: tuple[Opinion, ...]
    apart: int
    settled: Answer | None = None

    @property
    def standing(self) -> Standing:
        """Where the panel stands."""
        if self.settled is not None:
            return "settled"
        if self.apart:
            return "differs"
        return "agreed" if len(self.opinions) > 1 else "single"

    def of(self, by: str) -> Answer | None:
        """Return one expert's answer, `None` when there is none."""
        return next((one.answer for one in self.opinions if one.by == by), None)


@dataclass(frozen=True)
class Merged:
    """Answers nobody disputes, each with its `by`, and the keys that experts answer differently."""

    answers: Mapping[str, Answer]
    conflicts: tuple[str, ...]


def substance(answer: Answer) -> tuple[object, ...]:
    """Return what an answer says, without who said it, how sure they are and their remarks."""
    inputs = tuple(sorted((answer.inputs or {}).items()))
    chosen = tuple(sorted(answer.options or ()))
    flags = (answer.none, answer.no_baseline, answer.industry_baseline, answer.na)
    return (answer.option, chosen, inputs, flags, answer.other.strip())


def compare(
    rubric: Rubric, sheets: Sequence[Sheet], settled: Mapping[str, Answer]
) -> tuple[Comparison, ...]:
    """Return every criterion anybody answered: disagreements first, the widest before the others,
    then what only one has answered, then what is agreed, then what is settled."""
    place = {criterion.id: at for at, criterion in enumerate(rubric.every_criterion)}
    opinions = _by_key(sheets)
    found = [
        _comparison(rubric, key, opinions.get(key, []), settled.get(key))
        for key in {*opinions, *settled}
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                _ORDER.index(one.standing),
                -one.apart,
                place.get(_criterion_id(one.key), len(place)),
                one.key,
            ),
        )
    )


def merge(sheets: Iterable[Sheet]) -> Merged:
    """Lay the answers of several experts together; a key they answer differently is a conflict.

    The order of the sheets does not matter, and laying one in twice changes nothing.
    """
    answers: dict[str, Answer] = {}
    conflicts: list[str] = []
    for key, opinions in sorted(_by_key(sheets).items()):
        if len({substance(one.answer) for one in opinions}) > 1:
            conflicts.append(key)
        else:
            first = opinions[0]
            answers[key] = first.answer.model_copy(update={"by": first.by})
    return Merged(answers, tuple(conflicts))


def by_expert(sheets: Iterable[Sheet]) -> Mapping[str, Mapping[str, Answer]]:
    """Return what each expert said, by expert id and key; the order of the sheets does not matter.

    Where one expert said two things, the one that comes first in a fixed order stands.
    """
    found: dict[str, dict[str, Answer]] = defaultdict(dict)
    for key, opinions in sorted(_by_key(sheets).items()):
        for one in opinions:
            found[one.by].setdefault(key, one.answer)
    return {expert: found[expert] for expert in sorted(found)}


def majority(opinions: Sequence[Opinion]) -> Opinion | None:
    """Return an opinion that more than half of the experts share, `None` when there is none."""
    held: dict[tuple[object, ...], list[Opinion]] = defaultdict(list)
    for one in opinions:
        held[substance(one.answer)].append(one)
    for sharing in held.values():
        if 2 * len(sharing) > len(opinions):
            return min(sharing, key=_rank)
    return None


def median(criterion: Criterion, opinions: Sequence[Opinion]) -> Opinion | None:
    """Return an opinion with the level in the middle; `None` without levels, or where the two in
    the middle differ: then people have to decide."""
    levels = levels_of(criterion)
    if not opinions or any(one.answer.option not in levels for one in opinions):
        return None
    ordered = sorted(opinions, key=lambda one: (levels.index(str(one.answer.option)), _rank(one)))
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return low if low.answer.option == high.answer.option else None


def mean(criterion: Criterion, opinions: Sequence[Opinion]) -> Opinion | None:
    """Return the level nearest to the mean of all; `None` without levels, or where two levels are
    equally near: then people have to decide."""
    return _nearest(criterion, opinions, 0)


def trimmed_mean(criterion: Criterion, opinions: Sequence[Opinion]) -> Opinion | None:
    """Return the level nearest to the mean without the highest and the lowest opinion; `None` with
    fewer than three opinions, and as for `mean`."""
    return _nearest(criterion, opinions, 1) if len(opinions) >= _FEWEST_TRIMMED else None


def consensus(opinions: Sequence[Opinion]) -> Opinion | None:
    """Return an opinion that two or more experts share and nobody contradicts."""
    if len(opinions) < 2 or len({substance(one.answer) for one in opinions}) > 1:  # noqa: PLR2004
        return None
    return min(opinions, key=_rank)


def _nearest(criterion: Criterion, opinions: Sequence[Opinion], trim: int) -> Opinion | None:
    levels = levels_of(criterion)
    if not opinions or any(one.answer.option not in levels for one in opinions):
        return None
    places = sorted(levels.index(str(one.answer.option)) for one in opinions)
    left = places[trim : len(places) - trim]
    # The mean and a half, in whole numbers; without a rest the mean lies between two levels.
    nearest, rest = divmod(2 * sum(left) + len(left), 2 * len(left))
    return _worded(opinions, levels[nearest]) if rest else None


def _worded(opinions: Sequence[Opinion], level: str) -> Opinion:
    """Return the opinion of an expert who gave this level, else the panel's own."""
    held = [one for one in opinions if one.answer.option == level]
    return min(held, key=_rank) if held else Opinion(PANEL, Answer(option=level))


def levels_of(criterion: Criterion) -> tuple[str, ...]:
    """Return the keys of graded levels from the lowest to the highest, empty without levels."""
    if isinstance(criterion.rule, LevelsRule | LookupRule):
        return tuple(option.key for option in criterion.rule.options)
    return (names.NO, names.YES) if isinstance(criterion.rule, YesNoRule) else ()


def _by_key(sheets: Iterable[Sheet]) -> dict[str, list[Opinion]]:
    """Return the opinions on each key, one for each expert."""
    found: dict[str, dict[tuple[str, tuple[object, ...]], Opinion]] = defaultdict(dict)
    for sheet in sheets:
        for key, answer in sheet.answers.items():
            one = Opinion(answer.by or sheet.by, answer)
            mark = (one.by, substance(answer))
            known = found[key].get(mark)
            found[key][mark] = one if known is None else min(known, one, key=_rank)
    return {key: _in_order(opinions.values()) for key, opinions in found.items()}


def _comparison(
    rubric: Rubric, key: str, opinions: Sequence[Opinion], settled: Answer | None
) -> Comparison:
    criterion = rubric.criterion_by_id.get(_criterion_id(key))
    levels = levels_of(criterion) if criterion else ()
    said = {PANEL, *(one.by for one in opinions)}
    if settled is not None and settled.by and settled.by not in said:
        opinions = _in_order([*opinions, Opinion(settled.by, settled)])
    apart = _apart(levels, [one.answer for one in opinions])
    return Comparison(key, tuple(opinions), apart, settled)


def _apart(levels: Sequence[str], answers: Sequence[Answer]) -> int:
    if len({substance(answer) for answer in answers}) <= 1:
        return 0
    if levels:
        if any(answer.option not in levels for answer in answers):
            return len(levels)
        places = [levels.index(str(answer.option)) for answer in answers]
        return max(places) - min(places)
    chosen = [frozenset(answer.options or ()) for answer in answers]
    somebody = frozenset().union(*chosen)
    everybody = somebody.intersection(*chosen)
    return max(len(somebody - everybody), 1)


def _in_order(opinions: Collection[Opinion]) -> list[Opinion]:
    if len({one.by for one in opinions}) == len(opinions):
        return sorted(opinions, key=lambda one: one.by)
    return sorted(opinions, key=_rank)


def _rank(one: Opinion) -> tuple[str, str]:
    """Order that depends on nothing but the opinion itself."""
    return (one.by, one.answer.model_dump_json())


def _criterion_id(key: str) -> str:
    return key.partition("@")[0]
