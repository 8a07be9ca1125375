"""The report on paper: nothing is lost, no heading is left at the foot of a page."""

from __future__ import annotations

import pytest

from assessor.i18n import Language
from assessor.reports.build.document import build_document
from assessor.reports.build.source import ReportOptions
from assessor.reports.check_code import squeeze
from assessor.reports.document import Heading, figures
from assessor.reports.pdf import expected_pages
from tests.unit.reports.build.report_visits import WORKSHOP, source_of, sourced
from tests.unit.reports.build.test_pages import flat

HEADER_TEXTS = 2


@pytest.mark.parametrize(("case", "language"), [("workshop_open", "zh"), ("factory_done", "en")])
def test_pages_hold_every_word_and_end_with_no_heading(case: str, language: Language) -> None:
    document = build_document(sourced(case), ReportOptions(language=language))
    pages = expected_pages(document).pages
    written = squeeze("".join(text for page in pages for text in page.body))
    for figure in figures(document.pages):
        if figure.place and not figure.place.endswith("value"):
            assert squeeze(figure.text)[:12] in written, figure
    titles = {squeeze(block.text) for block in flat(document.pages) if isinstance(block, Heading)}
    for page in pages[2:]:
        assert squeeze(page.body[-HEADER_TEXTS - 1]) not in titles, page.number


def test_long_and_odd_texts_of_users_are_kept_whole_and_plain() -> None:
    source = sourced("workshop_open")
    name = next(iter(source.assessment.answers))
    note = "=1+1 <b>{0} {name} %s\\n" + "现场查看记录，" * 900 + "完。"
    answer = source.assessment.answers[name].model_copy(update={"note": note})
    record = source.assessment.model_copy(
        update={
            "answers": {**source.assessment.answers, name: answer},
            "enterprise": source.assessment.enterprise.model_copy(update={"name": "甬" * 260}),
        }
    )
    document = build_document(source_of(WORKSHOP, record), ReportOptions())
    pages = expected_pages(document).pages
    written = squeeze("".join("".join(page.body[:-HEADER_TEXTS]) for page in pages))
    assert squeeze(note) in written
    assert sum("现场查看记录" in text for page in pages for text in page.body) > 100
