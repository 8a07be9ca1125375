"""After an edit only what it reaches is computed, and nothing else is left behind."""

from __future__ import annotations

import random
from decimal import Decimal

from assessor.assessment import Answer, Assessment, EvidenceItem, GateAnswer
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import LevelsRule
from assessor.rules import names
from assessor.rules.program import compile_program
from assessor.rules.run import Run, situation_of
from assessor.scoring import Scorer, score
from benchmarks.synthetic import edits, full_visit, synthetic_rubric
from tests.strategies.visits import shipped, visit_for

EDITS = 60


def evaluations_per_edit(rubric: Rubric) -> tuple[int, int]:
    """Return the cells computed for a whole visit, and the most for any one of many edits."""
    rng = random.Random(7)  # noqa: S311 - repeatable, not secret
    visit = full_visit(rubric, rng)
    run = Run(compile_program(rubric, situation_of(visit)))
    run.compute(visit)
    whole = run.evaluations
    most = 0
    for changed in edits(rubric, visit, EDITS, rng):
        before = run.evaluations
        run.compute(changed)
        most = max(most, run.evaluations - before)
    return whole, most


def test_an_edit_of_the_future_factory_computes_few_cells() -> None:
    whole, most = evaluations_per_edit(shipped("future_factory").rubric)
    assert whole > 2000
    assert most <= 100


def test_what_an_edit_costs_does_not_grow_with_the_rubric() -> None:
    _, small = evaluations_per_edit(synthetic_rubric(100))
    whole, large = evaluations_per_edit(synthetic_rubric(400))
    assert whole > 7000
    assert large <= small + 1
    assert small <= 70


def test_the_same_visit_again_computes_nothing() -> None:
    rubric = synthetic_rubric(50)
    visit = full_visit(rubric, random.Random(1))  # noqa: S311 - repeatable, not secret
    run = Run(compile_program(rubric, situation_of(visit)))
    run.compute(visit)
    before = run.evaluations
    run.compute(visit.model_copy(update={"revision": 2}))
    assert run.evaluations == before


def one_after_another(rubric: Rubric, *visits: Assessment) -> None:
    """Score visits with one scorer; each must come out as if it was the first."""
    scorer = Scorer(rubric)
    for visit in visits:
        kept, fresh = scorer.score(visit), score(rubric, visit)
        assert kept == fresh
        assert {name: str(value) for name, value in kept.figures.items()} == {
            name: str(value) for name, value in fresh.figures.items()
        }


def with_answers(visit: Assessment, **answers: Answer | None) -> Assessment:
    """Return the visit with some answers changed, `None` takes one back."""
    changed = {**visit.answers, **answers}
    given = {key: answer for key, answer in changed.items() if answer is not None}
    return visit.model_copy(update={"answers": given})


def test_a_link_that_changes_no_figure_is_still_told() -> None:
    loaded = shipped("future_factory")
    links = [(criterion, link) for criterion in loaded.rubric.criteria for link in criterion.links]
    assert len(links) == 4
    for criterion, link in links:
        without = visit_for(loaded, {criterion.id: Answer(option=link.then)})
        linked = with_answers(without, **{link.when: Answer(option=link.option)})
        one_after_another(loaded.rubric, without, linked, without)


def test_digits_are_shown_as_typed_last() -> None:
    loaded = shipped("digital_workshop")
    criterion = next(c for c in loaded.rubric.criteria if c.rule.kind == "quantity")
    assert criterion.rule.kind == "quantity"
    inputs = [item.id for item in criterion.rule.measure.inputs]
    visits = [
        visit_for(loaded, {criterion.id: Answer(inputs=dict.fromkeys(inputs, Decimal(digits)))})
        for digits in ("12.5", "12.50", "12.5")
    ]
    one_after_another(loaded.rubric, *visits)
    figure = Scorer(loaded.rubric).score(visits[1]).figures[names.entry(criterion.id, inputs[0])]
    assert str(figure) == "12.50"


def test_everything_may_be_taken_back_and_given_again() -> None:
    rubric = synthetic_rubric(40)
    full = full_visit(rubric, random.Random(3))  # noqa: S311 - repeatable, not secret
    half = with_answers(full, **dict.fromkeys(list(full.answers)[::2]))
    one_after_another(rubric, full, half, full.model_copy(update={"answers": {}}), full)


def test_evidence_and_notes_are_noticed_where_no_figure_changes() -> None:
    rubric = synthetic_rubric(20)
    full = full_visit(rubric, random.Random(4))  # noqa: S311 - repeatable, not secret
    noted = with_answers(full, c3=full.answers["c3"].model_copy(update={"note": "seen twice"}))
    proof = EvidenceItem(
        id="e1",
        sha256="0" * 64,
        size=1,
        media_type="image/png",
        file_name="seen.png",
        kind="photo",
        criteria=("c3", "c7"),
    )
    proven = full.model_copy(update={"evidence": (proof,)})
    one_after_another(rubric, full, noted, proven, full)


def test_declared_gates_follow_their_answers_and_the_cycle() -> None:
    loaded = shipped("digital_workshop")
    declared = [gate.id for gate in loaded.rubric.gates if gate.check.kind == "declared"]
    yes, no = (GateAnswer.model_validate({"pass": answer}) for answer in (True, False))
    first = visit_for(loaded, {}, gates=dict.fromkeys(declared, yes))
    worse = first.model_copy(update={"gates": {**first.gates, declared[0]: no}})
    other = worse.model_copy(update={"cycle": loaded.rubric.cycles[-1].id})
    one_after_another(loaded.rubric, first, worse, other, first)


def test_gates_on_figures_follow_the_figures() -> None:
    loaded = shipped("digital_workshop")
    gates = tuple(gate.model_copy(update={"default": "on"}) for gate in loaded.rubric.gates)
    rubric = loaded.rubric.model_copy(update={"gates": gates})
    low = with_levels(rubric, visit_for(loaded, {}), best=False)
    low = with_answers(low, **{RATE: Answer(inputs=rate(part=2))})
    high = with_answers(with_levels(rubric, low, best=True), **{RATE: Answer(inputs=rate(part=9))})
    one_after_another(rubric, low, high, low)
    scorer = Scorer(rubric)
    found = [{gate.gate.id: gate.state for gate in scorer.score(v).gates} for v in (low, high, low)]
    for gate in ("must-reach-reference.a1", "dimension-floor.pass.C"):
        assert [states[gate] for states in found] == ["fail", "pass", "fail"]


RATE = "a1-key-equipment-nc-rate"


def rate(part: int) -> dict[str, Decimal]:
    """Return inputs that make a tenth of `part` the rate."""
    return {"nc_key": Decimal(part), "key_total": Decimal(10)}


def with_levels(rubric: Rubric, visit: Assessment, *, best: bool) -> Assessment:
    """Return the visit with every graded level of the rubric at its first or last option."""
    levels = {
        item.id: Answer(option=item.rule.options[-1 if best else 0].key)
        for item in rubric.criteria
        if isinstance(item.rule, LevelsRule)
    }
    return with_answers(visit, **levels)
