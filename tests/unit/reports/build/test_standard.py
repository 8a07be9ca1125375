"""A rubric printed in the shape of a local standard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assessor.i18n import Language, text
from assessor.reports.build.standard.founded import founded_figures
from assessor.reports.document import Document, Heading, figures
from assessor.reports.pdf import expected_pages
from assessor.rubrics.base import decimal_to_text
from assessor.rubrics.loader import LoadedRubric, load
from assessor.rubrics.provenance import effective_basis
from assessor.workspace.rubric_standard import standard_of, write_standard
from tests.strategies.visits import ROOT

TEN = ROOT / "tests" / "data" / "rubrics" / "ten_items.json"


@pytest.fixture(scope="module")
def ten() -> LoadedRubric:
    return load(TEN)


@pytest.fixture(scope="module", params=["zh", "en"])
def draft(ten: LoadedRubric, request: pytest.FixtureRequest) -> tuple[Document, Language]:
    return standard_of(ten, request.param), request.param


def words_of(document: Document) -> str:
    return "\n".join(figure.text for figure in figures(document.pages))


def test_chapters_and_annexes_are_numbered_without_a_gap(
    draft: tuple[Document, Language],
) -> None:
    document, _ = draft
    tops = [b.text for b in document.pages if isinstance(b, Heading) and b.level == 1]
    numbers = [int(found[1]) for top in tops if (found := re.match(r"(\d+)[　 ]", top))]
    letters = [found[1] for top in tops if (found := re.match(r"(?:附录|Annex) ([A-Z])", top))]
    assert numbers == list(range(1, 10))
    assert letters == [chr(ord("A") + at) for at in range(len(letters))]
    assert len(letters) >= 3


def test_it_says_on_cover_and_every_page_that_it_is_a_draft(
    draft: tuple[Document, Language],
) -> None:
    document, language = draft
    assert document.meta.subject == text("standard.every_page", language)
    assert text("standard.notice", language) in words_of(document)


def test_the_contents_name_the_right_pages(draft: tuple[Document, Language]) -> None:
    document, language = draft
    pages = {page.number: page.body for page in expected_pages(document).pages}
    contents = next(page for page in pages.values() if text("standard.contents", language) in page)
    tops = [b.text for b in document.pages if isinstance(b, Heading) and b.level == 1]
    for title in tops[1:]:
        number = contents[contents.index(title) + 1]
        assert title in pages[int(number)]


def test_everything_of_the_rubric_is_in_it(
    ten: LoadedRubric, draft: tuple[Document, Language]
) -> None:
    document, language = draft
    said, rubric = words_of(document), ten.rubric
    for criterion in rubric.every_criterion:
        assert criterion.title.pick(language) in said
        assert criterion.question.pick(language) in said
    for gate in rubric.gates:
        assert gate.title.pick(language) in said
    for source in rubric.sources:
        assert source.title.pick(language) in said
    for outcome in rubric.outcomes:
        assert outcome.name.pick(language) in said


def test_every_figure_that_is_not_official_tells_its_basis(
    ten: LoadedRubric, draft: tuple[Document, Language]
) -> None:
    document, _ = draft
    founded = list(founded_figures(ten.rubric))
    numbered = [f for f in founded if f.number]
    maxima = [f for f in numbered if any(path[0] == "maximum" for path, _ in f.figures)]
    lines = [f for f in founded if any(path[0] == "line" for path, _ in f.figures)]
    assert len(maxima) == len(ten.rubric.every_criterion)
    readings = [one for outcome in ten.rubric.outcomes for one in outcome.readings]
    platform = [one.platform_score for one in ten.rubric.outcomes if one.platform_score]
    figures_ = [getattr(one, "line", None) for one in (*readings, *platform)]
    assert len(lines) == sum(line is not None for line in figures_)
    sources = ten.rubric.source_by_id
    open_ = [f for f in founded if effective_basis(f.provenance, sources) != "official"]
    table = next(
        b
        for b in document.pages
        if getattr(b, "name", "").startswith("table-") and len(getattr(b, "rows", ())) == len(open_)
    )
    assert all(row.cells[2].badge is not None for row in table.rows)


def test_figures_are_those_of_the_models(ten: LoadedRubric) -> None:
    found = {
        f.number: dict(f.figures)["maximum",]
        for f in founded_figures(ten.rubric)
        if f.number and ("maximum",) in dict(f.figures)
    }
    assert found == {one.number: decimal_to_text(one.maximum) for one in ten.rubric.every_criterion}


def test_it_is_written_as_a_pdf(tmp_path: Path) -> None:
    path = write_standard(str(TEN), tmp_path / "a.pdf")
    assert path.read_bytes().startswith(b"%PDF-")
