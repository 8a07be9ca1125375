"""A rubric of any size, made from the models of the format, and visits to score under any rubric.

The shape is that of a large tiered rubric: three targets that include one another, two levels of
dimensions, graded levels with tiers, every fifth criterion a selection, three outcomes with three
readings each. Answers and edits are drawn with a seed, so every run measures the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from assessor.assessment import Answer, Assessment, Enterprise, GateAnswer, RubricRef
from assessor.canonical import digest_of
from assessor.rubrics.base import LocalText
from assessor.rubrics.criterion import Asked, Criterion, Dimension
from assessor.rubrics.gates import Cycle, DeclaredCheck
from assessor.rubrics.models import Profile, Rubric, Status, Target
from assessor.rubrics.outcomes import CappedReading, ItemsReading, Outcome, PointsReading, Reading
from assessor.rubrics.provenance import Provenance, Source
from assessor.rubrics.rule_models import LevelsRule, Option, SelectionOption, SelectionRule

TIERS = ("low", "middle", "high")
KEYS = "ABCDE"
PER_DIMENSION = 10
PER_DOMAIN = 10
DERIVED = Provenance(basis="derived")


def words(text: str) -> LocalText:
    """Return `text` for both languages."""
    return LocalText(zh=text, en=text)


def synthetic_rubric(count: int) -> Rubric:
    """Return a rubric of `count` criteria worth five points each."""
    return Rubric(
        format_version=1,
        id=f"synthetic-{count}",
        version="1.0.0",
        title=words("synthetic"),
        short_title=words("synthetic"),
        summary=words("synthetic"),
        status=Status(derived=True, notice=words("synthetic")),
        sources=(Source(id="none", title=words("none"), issuer=words("none"), kind="derived"),),
        profiles=(Profile(id="plain", name=words("plain")),),
        targets=tuple(Target(id=tier, name=words(tier), provenance=DERIVED) for tier in TIERS),
        cycles=(Cycle(id="2026", name=words("2026"), provenance=DERIVED),),
        dimensions=tuple(_domains(count)),
        criteria=tuple(_criterion(number) for number in range(count)),
        outcomes=tuple(_outcome(tier) for tier in TIERS),
    )


def _domains(count: int) -> Iterator[Dimension]:
    below = [
        Dimension(id=f"d{number}", name=words(f"d{number}"))
        for number in range(-(-count // PER_DIMENSION))
    ]
    for start in range(0, len(below), PER_DOMAIN):
        name = f"domain{start // PER_DOMAIN}"
        children = tuple(below[start : start + PER_DOMAIN])
        yield Dimension(id=name, name=words(name), children=children)


def _criterion(number: int) -> Criterion:
    first = number % len(TIERS)
    asked: dict[str, Asked] = dict.fromkeys(TIERS[first:], "required")
    return Criterion(
        id=f"c{number}",
        number=str(number),
        dimension=f"d{number // PER_DIMENSION}",
        title=words(f"c{number}"),
        question=words(f"c{number}?"),
        profiles=("plain",),
        asked=asked,
        maximum=Decimal(5),
        weight_provenance=DERIVED,
        provenance=DERIVED,
        rule=_selection() if number % 5 == 4 else _levels(),
    )


def _levels() -> LevelsRule:
    tiers = (None, None, *TIERS)
    values = ("0", "1.25", "2.5", "3.75", "5")
    options = tuple(
        Option(key=key, value=Decimal(value), tier=tier, text=words(key))
        for key, value, tier in zip(KEYS, values, tiers, strict=True)
    )
    return LevelsRule(kind="levels", scale="points", options=options)


def _selection() -> SelectionRule:
    options = tuple(
        SelectionOption(key=key, value=Decimal("1.67"), tier=tier, text=words(key))
        for key, tier in zip(KEYS, (None, *TIERS), strict=False)
    )
    return SelectionRule(kind="selection", scale="points", cap=Decimal(5), options=options)


def _outcome(tier: str) -> Outcome:
    rank = TIERS.index(tier)
    common = {"name": words(tier), "target": tier, "provenance": DERIVED}
    readings: tuple[Reading, ...] = (
        ItemsReading(kind="items_at_tier", id="items", tier=tier, line=Decimal(75), **common),
        CappedReading(kind="capped_points", id="capped", tier=tier, line=None, **common),
        PointsReading(kind="points", id="points", line=None, **common),
    )
    return Outcome(
        id=tier,
        requires=TIERS[rank - 1] if rank else None,
        readings=readings,
        decided_by=("items",),
        **common,
    )


def random_answer(criterion: Criterion, rng: random.Random) -> Answer:
    """Return an answer to a criterion of graded levels or a selection."""
    rule = criterion.rule
    if isinstance(rule, LevelsRule):
        return Answer(option=rng.choice(rule.options).key)
    assert isinstance(rule, SelectionRule)
    free = [option.key for option in rule.options if not option.exclusive]
    chosen = tuple(key for key in free if rng.random() < 0.5)
    return Answer(options=chosen, other="other") if chosen else Answer(none=True)


def full_visit(rubric: Rubric, rng: random.Random) -> Assessment:
    """Return a visit with every criterion answered, for the first profile and highest target.

    Declared gates are confirmed, the others left unanswered.
    """
    profile = rubric.profiles[0].id
    criteria = rubric.criteria_for(profile)
    declared = [gate.id for gate in rubric.gates if isinstance(gate.check, DeclaredCheck)]
    digest = digest_of({"id": rubric.id})
    return Assessment(
        id="benchmark",
        rubric=RubricRef(id=rubric.id, version=rubric.version, digest=digest),
        cycle=rubric.cycles[0].id,
        profile=profile,
        target=rubric.targets[-1].id,
        enterprise=Enterprise(name="benchmark"),
        answers={criterion.id: random_answer(criterion, rng) for criterion in criteria},
        gates={gate: GateAnswer.model_validate({"pass": True}) for gate in declared},
    )


def edits(
    rubric: Rubric, visit: Assessment, count: int, rng: random.Random
) -> Iterator[Assessment]:
    """Yield `count` visits, each with one answer other than the visit before had."""
    criteria = rubric.criteria_for(visit.profile)
    for _ in range(count):
        criterion = rng.choice(criteria)
        answer = random_answer(criterion, rng)
        while answer == visit.answers[criterion.id]:
            answer = random_answer(criterion, rng)
        visit = visit.model_copy(update={"answers": {**visit.answers, criterion.id: answer}})
        yield visit
