"""No rule claims more than the facts behind it do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from assessor.rubrics.provenance import STRENGTH, Basis, Provenance, effective_basis
from assessor.rubrics.rule_models import QuantityRule


def provenances(value: object, path: str = "") -> Iterator[tuple[str, Provenance]]:
    """Yield every claim below `value` with its place."""
    if isinstance(value, Provenance):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from provenances(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from provenances(item, f"{path}[{number}]")


def no_better(basis: Basis, than: Any) -> bool:
    """Return whether `basis` is as weak as `than` or weaker."""
    return STRENGTH.index(basis) >= STRENGTH.index(than)


def test_sources_keep_kind_number_and_year(pair):
    for source, fact in zip(pair.rubric.sources, pair.facts["sources"], strict=True):
        assert (source.id, source.kind) == (fact["id"], fact["kind"])
        assert (source.document_number or "") == (fact["document_number"] or "")
        assert source.date is not None
        assert source.date in fact["date"]


def test_every_claim_names_known_sources(pair):
    known = set(pair.rubric.source_by_id)
    for path, claim in provenances(pair.rubric):
        assert set(claim.source_ids) <= known, path
        if claim.basis != "derived":
            assert claim.source_ids, path


def test_nothing_is_called_official_that_was_only_seen_as_a_copy(pair):
    """The one source in its issuer's own place tells of another city's procedure."""
    sources = pair.rubric.source_by_id
    official = [
        (p, c) for p, c in provenances(pair.rubric) if effective_basis(c, sources) == "official"
    ]
    assert all(p.startswith(".process") and c.source_ids == ("sz-2021",) for p, c in official)


def test_points_and_tiers_of_the_future_factory_are_second_hand(future_factory):
    for criterion in future_factory.rubric.criteria:
        for claim in (criterion.weight_provenance, criterion.provenance):
            assert claim.basis == "secondary"
            assert claim.source_ids == ("qbank-transcription-2026",)


def test_verdicts_lines_and_bonus_are_derived(pair):
    rubric = pair.rubric
    assert rubric.status.derived
    for outcome in rubric.outcomes:
        assert outcome.provenance.basis == "derived"
        assert all(reading.provenance.basis == "derived" for reading in outcome.readings)
        if outcome.platform_score is not None:
            assert outcome.platform_score.provenance.basis == "derived"
            assert outcome.platform_score.provenance.note is not None
    assert all(c.provenance.basis == "derived" for c in rubric.contradictions)


def test_every_weight_of_the_workshop_is_derived(digital_workshop):
    rubric = digital_workshop.rubric
    for criterion in rubric.every_criterion:
        assert criterion.weight_provenance.basis == "derived"
    assert all(
        d.provenance is not None and d.provenance.basis == "derived" for d in rubric.dimensions
    )


def test_workshop_criteria_claim_what_the_facts_claim(digital_workshop):
    rubric = digital_workshop.rubric
    facts = [c for d in digital_workshop.facts["dimensions"] for c in d["criteria"]]
    for fact in facts + digital_workshop.facts["bonus"]["items"]:
        criterion = rubric.criterion_by_id[fact["id"]]
        assert criterion.provenance.basis == fact["basis"]
        assert list(criterion.provenance.source_ids) == fact["sources"]
        if isinstance(criterion.rule, QuantityRule):
            measure, curve = criterion.rule.measure, criterion.rule.curve
            assert no_better(measure.formula_provenance.basis, fact.get("formula_basis", "derived"))
            assert curve.provenance.basis == "derived"


def test_workshop_gates_claim_what_the_facts_claim(digital_workshop):
    by_id = {gate.id: gate for gate in digital_workshop.rubric.gates}
    for fact in digital_workshop.facts["gates"]:
        gate = by_id[fact["id"]]
        assert gate.provenance.basis == fact["basis"]
        assert list(gate.provenance.source_ids) == fact["sources"]
