"""Descriptors say everything the facts say, and neighbours can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from assessor.rubrics.base import LocalText
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    QuantityRule,
    RuleModel,
    SelectionRule,
    YesNoRule,
)

_TERM = re.compile(r"[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*")
_PROFILE = {"离散：": "discrete", "流程：": "process", "连续：": "process"}


def terms(fact: str) -> list[str]:
    """Return the figures and Latin names of a telegraphic fact."""
    return _TERM.findall(fact)


def holds(text: str, term: str) -> bool:
    """Return whether `term` stands in `text` as a whole word, in any case."""
    pattern = rf"(?<![A-Za-z0-9.]){re.escape(term)}(?![A-Za-z0-9]|\.[0-9])"
    return re.search(pattern, text, re.IGNORECASE) is not None


def missing(facts: list[str], text: LocalText) -> list[str]:
    """Return the terms of `facts` that one of the languages lacks."""
    wanted = [term for fact in facts for term in terms(fact)]
    return [t for t in wanted if not (holds(text.zh, t) and holds(text.en, t))]


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("不少于 2 种", "2", True),
        ("不少于 20 种", "2", False),
        ("达 2.0", "2", False),
        ("用 NB-IOT。", "NB-IOT", True),
        ("Excel 记录", "EXCEL", True),
        ("WMES", "MES", False),
    ],
)
def test_a_term_is_found_only_as_a_whole(text, term, found):
    assert holds(text, term) is found


def _of_profile(facts: list[str], profile: str) -> list[str]:
    kept = [f for f in facts if not f.startswith("前提：")]
    return [f for f in kept if _PROFILE.get(f[:3], profile) == profile]


def test_every_figure_and_name_of_a_future_factory_option_is_in_its_text(future_factory):
    faults = []
    checked = 0
    for item, criterion in zip(
        future_factory.facts["items"], future_factory.rubric.criteria, strict=True
    ):
        assert isinstance(criterion.rule, LevelsRule | SelectionRule)
        for fact, option in zip(item["options"], criterion.rule.options, strict=True):
            for profile in criterion.profiles:
                text = option.text_by_profile.get(profile, option.text)
                facts = _of_profile(fact["facts"], profile)
                checked += sum(len(terms(f)) for f in facts)
                faults += [(item["number"], option.key, t) for t in missing(facts, text)]
    assert faults == []
    assert checked > 250


Said = tuple[str, list[str], LocalText]
"""The key of an answer, its facts and the text that must hold them."""


def _levels(fact: dict[str, Any], rule: LevelsRule) -> Iterator[Said]:
    for option in rule.options:
        yield option.key, fact["levels"][option.key], option.text
        for profile, text in option.text_by_profile.items():
            yield option.key, fact["variants"][profile][option.key], text


def _said(fact: dict[str, Any], rule: RuleModel) -> Iterator[Said]:
    match rule:
        case LevelsRule():
            yield from _levels(fact, rule)
        case ChecklistRule():
            for item, words in zip(rule.items, fact["items"], strict=True):
                yield item.key, [words], item.text
        case YesNoRule():
            for words, text in zip(fact["true_when"], rule.conditions, strict=True):
                yield "yes", [words], text
        case QuantityRule():
            for given, shown in zip(fact["inputs"], rule.measure.inputs, strict=True):
                yield given["id"], [given["zh"]], shown.name


def test_every_figure_and_name_of_a_workshop_level_is_in_its_text(digital_workshop):
    faults = []
    checked = 0
    for dimension in digital_workshop.facts["dimensions"]:
        for fact in dimension["criteria"]:
            rule = digital_workshop.rubric.criterion_by_id[fact["id"]].rule
            for key, facts, text in _said(fact, rule):
                checked += sum(len(terms(f)) for f in facts)
                faults += [(fact["id"], key, t) for t in missing(facts, text)]
    assert faults == []
    assert checked > 20


def test_derived_limits_are_named_where_they_are_used(digital_workshop):
    criteria = digital_workshop.rubric.criterion_by_id
    trace = criteria["c4-traceability"].rule
    assert isinstance(trace, LevelsRule)
    assert holds(trace.options[3].text.zh, "30")
    assert holds(trace.options[3].text.en, "30")
    functions = criteria["d2-mes-functions"].rule
    assert isinstance(functions, ChecklistRule)
    assert all(holds(i.text.zh, "30") and holds(i.text.en, "30") for i in functions.items)


def _wordings(pair: Any) -> Iterator[tuple[str, list[LocalText]]]:
    """Yield the texts of each criterion's answers as each profile sees them."""
    for criterion in pair.rubric.every_criterion:
        rule = criterion.rule
        for profile in criterion.profiles:
            if isinstance(rule, LevelsRule | SelectionRule):
                texts = [o.text_by_profile.get(profile, o.text) for o in rule.options]
                yield criterion.id, texts
            elif isinstance(rule, ChecklistRule):
                yield criterion.id, [item.text for item in rule.items]
            elif isinstance(rule, YesNoRule):
                yield criterion.id, [rule.no, rule.yes]


def _alike(one: str, other: str) -> float:
    """Return the share of neighbouring characters that two Chinese texts have in common."""
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(a & b) / len(a | b)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def test_answers_of_one_criterion_can_be_told_apart(pair):
    for criterion, texts in _wordings(pair):
        for one, other in combinations(texts, 2):
            assert _alike(one.zh, other.zh) < 0.85, (criterion, one.zh, other.zh)
            assert len(_words(one.en) ^ _words(other.en)) >= 2, (criterion, one.en, other.en)


def test_no_two_options_anywhere_have_the_same_text(pair):
    for language in ("zh", "en"):
        seen: dict[str, str] = {}
        for criterion, texts in _wordings(pair):
            for text in texts:
                said = text.pick(language)
                assert seen.setdefault(said, criterion) == criterion, (said, seen[said])


def test_titles_are_unique_within_a_rubric(pair):
    for language in ("zh", "en"):
        titles = [c.title.pick(language) for c in pair.rubric.every_criterion]
        assert len(set(titles)) == len(titles)
        questions = [c.question.pick(language) for c in pair.rubric.every_criterion]
        assert len(set(questions)) == len(questions)


def test_every_criterion_says_what_to_look_at_and_what_to_ask_for(pair):
    for criterion in pair.rubric.every_criterion:
        assert criterion.look_for, criterion.id
        assert criterion.evidence, criterion.id
        assert criterion.people, criterion.id
        assert criterion.contract is not None
        asked = {wanted.kind for wanted in criterion.evidence}
        assert set(criterion.contract.kinds) == asked, criterion.id
