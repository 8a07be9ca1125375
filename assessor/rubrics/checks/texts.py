"""Texts in both languages, and descriptors that can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assessor.i18n import LANGUAGES
from assessor.rubrics.base import LocalText
from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import Lookup, Part
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import ChecklistRule, LevelsRule, LookupRule, SelectionRule

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_CHINESE_IN_ENGLISH = re.compile(r"[㐀-䶿一-鿿豈-﫿、。〈-】！（），：；？]")
_ENGLISH_WORD = re.compile(r"[A-Za-z]*[a-z]{4,}")


def check(lookup: Lookup) -> Findings:
    """Find texts left untranslated and neighbouring descriptors that say the same."""
    for part in lookup.find(LocalText):
        text = part.value
        if not _HAN.search(text.zh) and _ENGLISH_WORD.search(text.zh):
            yield finding("not_chinese", f"{part.place}.zh", part.subject, text=text.zh[:40])
        if _CHINESE_IN_ENGLISH.search(text.en):
            yield finding("not_english", f"{part.place}.en", part.subject, text=text.en[:40])
    for criterion in lookup.criteria:
        yield from _descriptors(criterion)


def _descriptors(part: Part[Criterion]) -> Findings:
    rule = part.value.rule
    if isinstance(rule, LevelsRule | LookupRule):
        for profile in part.value.profiles:
            texts = [option.text_by_profile.get(profile, option.text) for option in rule.options]
            name = "levels" if isinstance(rule, LookupRule) else "options"
            yield from _same(part, texts, _neighbours(len(texts)), name)
    elif isinstance(rule, SelectionRule):
        texts = [option.text for option in rule.options]
        yield from _same(part, texts, _all_pairs(len(texts)), "options")
    elif isinstance(rule, ChecklistRule):
        texts = [item.text for item in rule.items]
        yield from _same(part, texts, _all_pairs(len(texts)), "items")


def _neighbours(count: int) -> Iterator[tuple[int, int]]:
    return ((at - 1, at) for at in range(1, count))


def _all_pairs(count: int) -> Iterator[tuple[int, int]]:
    return ((one, two) for two in range(count) for one in range(two))


def _same(
    part: Part[Criterion], texts: list[LocalText], pairs: Iterable[tuple[int, int]], name: str
) -> Findings:
    for one, two in pairs:
        for language in LANGUAGES:
            if _plain(texts[one].pick(language)) == _plain(texts[two].pick(language)):
                place = f"{part.place}.rule.{name}[{two}].text.{language}"
                yield finding("same_descriptor", place, part.subject, first=one + 1, second=two + 1)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
