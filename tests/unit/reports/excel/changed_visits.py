"""Random visits under the shipped rubrics and variants of them, and other answers to the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random
from typing import Literal

from assessor.assessment import Answer, Assessment, GateAnswer, PlatformResult, Unit
from assessor.i18n import Language
from assessor.rubrics.criterion import Criterion, Repeat
from assessor.rubrics.gates import (
    DeclaredCheck,
    DimensionFloorCheck,
    FormulaCheck,
    Gate,
    ResultFloorCheck,
)
from assessor.rubrics.models import Rubric
from assessor.rubrics.provenance import Provenance
from assessor.rubrics.rule_models import ChecklistRule, LevelsRule, QuantityRule, SelectionRule
from assessor.rules.item import exclusion_for
from tests.strategies.visits import shipped, visit_for

Variant = Literal["shipped", "floors", "units"]
"""A rubric as it is; with its floors switched on; with some criteria answered for two lines. In the
latter two the gates that need facts of the enterprise are off, so that outcomes can be reached."""


@cache
def rubric_of(name: str, variant: Variant) -> Rubric:
    rubric = shipped(name).rubric
    if variant == "shipped":
        return rubric
    gates = tuple(gate.model_copy(update={"default": switch(gate)}) for gate in rubric.gates)
    repeats = (repeat_of(rubric),) if variant == "units" else ()
    return rubric.model_copy(update={"gates": gates, "repeats": repeats})


def switch(gate: Gate) -> str:
    if isinstance(gate.check, FormulaCheck):
        return "off"
    return "on" if isinstance(gate.check, DimensionFloorCheck | ResultFloorCheck) else gate.default


def repeat_of(rubric: Rubric) -> Repeat:
    """Every third criterion that nothing else hangs on."""
    linked = {link.when for criterion in rubric.criteria for link in criterion.links}
    free = [c.id for c in rubric.criteria if not c.links and c.id not in linked]
    return Repeat(
        id="lines",
        name=rubric.short_title,
        criteria=tuple(free[::3]),
        combine="mean",
        provenance=Provenance(basis="derived"),
    )


def with_units(visit: Assessment, rubric: Rubric, random: Random) -> Assessment:
    """Return the visit with two lines, each with an answer, sometimes the same."""
    repeated = set(rubric.repeats[0].criteria)
    answers = {key: answer for key, answer in visit.answers.items() if key not in repeated}
    for key in sorted(visit.answers.keys() & repeated):
        criterion = rubric.criterion_by_id[key]
        answers[f"{key}@a"] = visit.answers[key]
        if random.random() < 0.8:
            answers[f"{key}@b"] = random_answer(random, criterion, visit.profile, 0.3)
    units = (Unit(id="a", name="=一号线"), Unit(id="b", name="二号线"))
    return visit.model_copy(update={"answers": answers, "units": {"lines": units}})


@dataclass(frozen=True)
class Change:
    """A visit, and the same visit with other answers, gates and figures."""

    rubric: str
    variant: Variant
    language: Language
    before: Assessment
    after: Assessment


def changes(name: str, count: int) -> list[Change]:
    """Return `count` random changes, always the same ones."""
    return [random_change(name, seed) for seed in range(count)]


def random_change(name: str, seed: int) -> Change:
    """Return two visits that differ in what can be changed in a workbook and in nothing else."""
    random = Random(f"{name} {seed}")  # noqa: S311 (not for secrets)
    variants: tuple[Variant, ...] = ("shipped", "floors", "units")
    variant = variants[seed % len(variants)]
    rubric, loaded = rubric_of(name, variant), shipped(name)
    profile = random.choice(rubric.profiles).id
    frame = visit_for(loaded, {}, profile=profile, target=random.choice(rubric.targets).id)
    rows = random.randint(0, 4) if rubric.tables else 0
    before = filled(random, frame, rubric, rows, best=0.0)
    after = filled(random, frame, rubric, rows, best=random.choice((0.0, 0.5, 0.95)))
    if random.random() < 0.3:
        after = after.model_copy(update={"platform_results": platform_results(rubric, random)})
    if variant == "units":
        before, after = with_units(before, rubric, random), with_units(after, rubric, random)
    return Change(name, variant, random.choice(("zh", "en")), before, after)


def filled(random: Random, frame: Assessment, rubric: Rubric, rows: int, best: float) -> Assessment:
    """Return the visit with random answers, `best` of them the best there is."""
    share = random.choice((0.5, 0.8, 1.0))
    answers = {
        criterion.id: random_answer(random, criterion, frame.profile, best)
        for criterion in rubric.every_criterion
        if frame.profile in criterion.profiles and random.random() < share
    }
    ledger = tuple(ledger_row(random) for _ in range(rows))
    update = {
        "answers": answers,
        "gates": random_gates(random, rubric, certain=best > 0.5),
        "tables": {"ledger": ledger} if ledger else {},
    }
    return frame.model_copy(update=update)


def random_answer(random: Random, criterion: Criterion, profile: str, best: float) -> Answer:
    top = random.random() < best
    if not top and exclusion_for(criterion, profile) and random.random() < 0.2:
        return Answer(na=True, reason="本车间没有这项业务")
    match criterion.rule:
        case LevelsRule() as rule:
            return Answer(option=(rule.options[-1] if top else random.choice(rule.options)).key)
        case ChecklistRule() as rule:
            return some([item.key for item in rule.items], random, top=top)
        case SelectionRule() as rule:
            free = [option.key for option in rule.options if not option.exclusive]
            return some(free, random, top=top)
        case QuantityRule() as rule:
            return measured(rule, random, top=top)
        case _:
            return Answer(option="yes" if top else random.choice(("yes", "no")))


def some(keys: list[str], random: Random, *, top: bool) -> Answer:
    chosen = random.sample(keys, len(keys) if top else random.randint(0, len(keys)))
    return Answer(options=tuple(chosen), other="另有说明") if chosen else Answer(none=True)


def measured(rule: QuantityRule, random: Random, *, top: bool) -> Answer:
    """Mostly a part before its whole; zeros and missing figures among the inputs."""
    if rule.measure.baseline and not top and random.random() < 0.2:
        return Answer(no_baseline=True)
    names = [item.id for item in rule.measure.inputs if top or random.random() < 0.95]
    amounts = sorted(random.randint(0, 40_000) for _ in names)
    if random.random() < 0.1:
        random.shuffle(amounts)
    values = [Decimal(amount) / random.choice((1, 1, 100)) for amount in amounts]
    return Answer(inputs=dict(zip(names, values, strict=True)))


def random_gates(random: Random, rubric: Rubric, *, certain: bool) -> dict[str, GateAnswer]:
    """Mostly passed; all of them when `certain`."""
    found = {}
    for gate in rubric.gates:
        if isinstance(gate.check, DeclaredCheck) and (certain or random.random() < 0.9):
            passed = certain or random.random() < 0.95
            found[gate.id] = GateAnswer.model_validate({"pass": passed})
    return found


def platform_results(rubric: Rubric, random: Random) -> dict[str, PlatformResult]:
    result = PlatformResult(
        score=Decimal(random.randint(60, 90)), issued=date(2025, 5, 1), evidence=("e1",)
    )
    return {outcome.id: result for outcome in rubric.outcomes if outcome.platform_score}


def ledger_row(random: Random) -> dict[str, str]:
    quantity, points = random.randint(0, 9), random.randint(0, 40)
    row = {
        "asset_no": "SB-01",
        "name": random.choice(("=1+1", "@机床", "yes", "注塑机")),
        "key": random.choice(("yes", "no")),
        "nc_quantity": str(random.randint(0, quantity)),
        "online_quantity": str(random.randint(0, quantity)),
        "required_points": str(points),
        "auto_points": str(random.randint(0, points)),
    }
    kept = {key: value for key, value in row.items() if random.random() < 0.8}
    return {**kept, "quantity": str(quantity)}
