"""Any visit at all can be worded, and says the card's own figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.assessment import Assessment
from assessor.i18n import LANGUAGES, Language
from assessor.reports.build.pages import build_pages
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.document import Headline, figures
from assessor.scoring import score, shown_text
from tests.strategies.visits import SHIPPED, shipped, visits


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=12, deadline=None)
@given(data=st.data(), language=st.sampled_from(LANGUAGES))
def test_any_visit_is_worded(name: str, data: st.DataObject, language: Language) -> None:
    record: Assessment = data.draw(visits(name))
    loaded = shipped(name)
    card = score(loaded.rubric, record)
    source = ReportSource(loaded.rubric, loaded.digest, record, card, "ab" * 32, "assessor 1.0")
    pages = build_pages(source, ReportOptions(language=language))
    head = next(block for block in pages if isinstance(block, Headline))
    assert head.figure == shown_text(card.total.value)
    words = "\n".join(figure.text for figure in figures(pages))
    for item in card.items:
        assert f"{item.criterion.number}　{item.criterion.title.pick(language)}" in words
    assert all(f"{text}" in words for text in _open_ranges(card.total.lowest, card.total.highest))


def _open_ranges(lowest: Decimal | None, highest: Decimal | None) -> list[str]:
    low, high = shown_text(lowest), shown_text(highest)
    return [] if low == high else [f"{low}–{high}"]
