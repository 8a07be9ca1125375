"""The maturity rubrics say what the facts say, and leave out what nobody has seen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.analysis.golden import check_golden_cases
from assessor.rubrics.checks import check
from assessor.rubrics.loader import load
from assessor.rubrics.provenance import effective_basis
from assessor.rubrics.rule_models import LevelsRule
from assessor.rubrics.to_enter import to_enter
from tests.strategies.visits import ROOT
from tests.unit.rubric_texts.conftest import Pair, _pair

DRAFT = ROOT / "rubrics" / "cmmm_draft_2024.json"


@pytest.fixture(scope="module")
def maturity() -> Pair:
    return _pair("cmmm")


@pytest.fixture(scope="module")
def draft(maturity: Pair) -> Pair:
    text = DRAFT.read_text(encoding="utf-8")
    return Pair(load(DRAFT).rubric, maturity.facts["weights_2024_draft"], text)


@pytest.mark.parametrize("name", ["maturity", "draft"])
def test_the_linter_finds_nothing_and_every_golden_case_comes_out(
    name: str, request: pytest.FixtureRequest
) -> None:
    pair: Pair = request.getfixturevalue(name)
    assert check(pair.rubric) == ()
    assert pair.rubric.golden
    assert list(check_golden_cases(pair.rubric)) == []
    assert "http" not in pair.text
    assert pair.rubric.status.derived


def test_elements_domains_and_twenty_subdomains(maturity: Pair) -> None:
    for element, node in zip(maturity.facts["elements"], maturity.rubric.dimensions, strict=True):
        assert (node.id, node.name.zh) == (element["id"], element["zh"])
        for domain, child in zip(element["domains"], node.children, strict=True):
            names = [leaf.name.zh for leaf in child.children] or [child.name.zh]
            assert (child.name.zh, names) == (domain["zh"], domain["sub"])
    leaves = {c.dimension.partition(".")[2] for c in maturity.rubric.criteria}
    assert len(leaves) == maturity.facts["subdomain_count"]
    assert len(maturity.rubric.criteria) == 5 * len(leaves)


def test_four_degrees_five_levels_and_their_bands(maturity: Pair) -> None:
    wanted = sorted(value["value"] for value in maturity.facts["answer_values"])
    for criterion in maturity.rubric.criteria:
        assert isinstance(criterion.rule, LevelsRule)
        assert [option.value for option in criterion.rule.options] == wanted
    rule = maturity.rubric.per_level
    assert rule is not None
    names = [level.name.zh for level in rule.levels]
    for told, level in zip(names, maturity.facts["levels"], strict=True):
        assert level["zh"] in told
    switch = maturity.facts["switches"][0]
    assert (rule.satisfied_from, rule.satisfied_counts_whole) == (switch["threshold"], True)
    lines = [outcome.readings[0].line for outcome in maturity.rubric.outcomes]
    assert lines == sorted(band["ge"] for band in maturity.facts["bands"] if "ge" in band)


def test_no_weight_and_no_clause_of_the_standard_is_built_in(maturity: Pair) -> None:
    weights = [node.weight for node in maturity.rubric.dimensions]
    assert weights == [None] * 4
    left = to_enter(maturity.rubric)
    assert len(left.weights) == 27  # 4 elements, 12 domains, 11 sub-domains
    assert len(left.texts) == 100


def test_the_weights_of_the_draft_are_a_rubric_of_their_own(draft: Pair) -> None:
    for fact, node in zip(draft.facts["domains"], draft.rubric.dimensions, strict=True):
        assert node.name.zh == fact["zh"]
        assert node.weight_by_profile == {
            "discrete": fact["discrete"],
            "process": fact["process"],
        }
        for leaf in node.children:
            known = (fact["sub"] or {}).get(leaf.name.zh)
            assert leaf.weight_by_profile == ({"process": known} if known else {})
            assert leaf.weight_to_enter
    for profile in ("discrete", "process"):
        whole = sum((node.weight_for(profile) or 0 for node in draft.rubric.dimensions), Decimal(0))
        assert whole == 100


@pytest.mark.parametrize("name", ["maturity", "draft"])
def test_nothing_claims_to_be_better_founded_than_the_facts(
    name: str, request: pytest.FixtureRequest
) -> None:
    rubric = request.getfixturevalue(name).rubric
    sources = rubric.source_by_id
    claims = [outcome.provenance for outcome in rubric.outcomes]
    claims += [item.weight_provenance for item in rubric.criteria]
    assert {effective_basis(claim, sources) for claim in claims} == {"secondary"}
    assert rubric.per_level is not None
    # That a satisfied level counts as one is confirmed nowhere.
    assert effective_basis(rubric.per_level.provenance, sources) == "derived"
