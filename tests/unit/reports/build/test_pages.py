"""What every printed report must say, for finished and unfinished visits, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from assessor.i18n import LANGUAGES, Language
from assessor.reports.build.document import build_document
from assessor.reports.build.pages import build_pages
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.document import (
    Beside,
    Block,
    Heading,
    Headline,
    Listing,
    Photos,
    Table,
    Together,
    figures,
    plain,
)
from assessor.rules.card import DimensionScore
from assessor.scoring import shown_text
from tests.unit.reports.build.report_visits import CASES, sourced


@pytest.fixture(params=[(case, lang) for case in CASES for lang in LANGUAGES], ids="-".join)
def printed(request: pytest.FixtureRequest) -> tuple[ReportSource, Language, tuple[Block, ...]]:
    case, language = request.param
    source = sourced(case)
    return source, language, build_pages(source, ReportOptions(language=language))


Printed = tuple[ReportSource, Language, tuple[Block, ...]]


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield all blocks, those inside others too."""
    for block in blocks:
        yield block
        if isinstance(block, Together):
            yield from flat(block.blocks)
        if isinstance(block, Beside):
            for part in block.parts:
                yield from flat(part)


def headings(blocks: tuple[Block, ...]) -> dict[str, Heading]:
    return {b.bookmark: b for b in flat(blocks) if isinstance(b, Heading) and b.bookmark}


def table(blocks: tuple[Block, ...], name: str) -> Table:
    return next(b for b in flat(blocks) if isinstance(b, Table) and b.name == name)


def test_every_criterion_appears_with_number_title_and_points(printed: Printed) -> None:
    source, language, blocks = printed
    found = headings(blocks)
    for item in source.card.items:
        heading = found[f"item-{item.criterion.id}"]
        title = item.criterion.title.pick(language)
        assert heading.text == f"{item.criterion.number}　{title}"
        assert heading.value == item.points
        if item.points is not None:
            assert heading.aside.startswith(f"{shown_text(item.points)} / ")


def test_every_unanswered_item_says_so(printed: Printed) -> None:
    source, language, blocks = printed
    word = {"zh": "尚未作答", "en": "Not answered yet"}[language]
    told = set()
    for block in flat(blocks):
        if isinstance(block, Together) and isinstance(block.blocks[0], Heading):
            words = " ".join(
                plain(i.text) for b in block.blocks if isinstance(b, Listing) for i in b.items
            )
            if word in words:
                told.add(block.blocks[0].bookmark)
    expected = {f"item-{i.criterion.id}" for i in source.card.items if i.state == "unanswered"}
    assert told == expected


def test_every_gate_appears_with_its_state(printed: Printed) -> None:
    source, language, blocks = printed
    marks = {"pass": "check", "fail": "cross", "unknown": "circle"}
    rows = [row.cells for row in table(blocks, "gate-list").rows if row.style == "body"]
    shown = Counter((cells[0].text.split("（")[0].split(" (")[0], cells[1].mark) for cells in rows)
    wanted = Counter(
        (f.gate.title.pick(language).split("（")[0].split(" (")[0], marks[f.state])
        for f in source.card.gates
    )
    assert shown == wanted


def test_dimension_figures_are_those_of_the_card(printed: Printed) -> None:
    source, language, blocks = printed
    names = {b.name for b in flat(blocks) if isinstance(b, Table)}
    rows = table(blocks, "dimension-tree" if "dimension-tree" in names else "glance").rows
    told = [(r.cells[0].text.strip("　"), r.cells[1].text) for r in rows if r.style == "body"]

    def all_below(entries: tuple[DimensionScore, ...]) -> Iterator[tuple[str, str]]:
        for entry in entries:
            if entry.asked:
                number = f"{entry.dimension.number} " if entry.dimension.number else ""
                name = entry.dimension.name.pick(language)
                yield number + name, shown_text(entry.span.value) or "—"
                yield from all_below(entry.children)

    assert told == list(all_below(source.card.dimensions))
    assert rows[-1].style == "total"
    assert rows[-1].cells[1].text == shown_text(source.card.base.value)


def test_the_headline_holds_total_maximum_and_what_is_open(printed: Printed) -> None:
    source, _, blocks = printed
    card = source.card
    head = next(b for b in flat(blocks) if isinstance(b, Headline))
    assert head.figure == shown_text(card.total.value)
    assert f"{card.total.maximum:.0f}" in head.figure_note
    lines = " ".join(line.text for line in head.lines)
    assert source.rubric.status.notice.zh in lines or source.rubric.status.notice.en in lines
    open_words = f"{shown_text(card.total.lowest)}–{shown_text(card.total.highest)}"
    assert (open_words in lines) == (not card.complete)
    if not card.complete:
        assert f" {card.asked - card.done} " in f" {lines} "


def test_no_text_shows_the_machinery(printed: Printed) -> None:
    source, _, blocks = printed
    rubric = source.rubric
    ids = {c.id for c in rubric.every_criterion} | {g.id for g in rubric.gates}
    ids |= {d.id for d, _ in rubric.walk_dimensions()} | {o.id for o in rubric.outcomes}
    ids |= {s.id for s in rubric.sources} | {s.id for s in rubric.targets}
    raw = {name for name in ids if re.search(r"[_.\-]", name)}
    for figure in figures(blocks):
        assert not re.search(r"\bNone\b(?! of)", figure.text), figure
        assert not re.search(r"[{}]|Decimal\(|report\.", figure.text), figure
        words = set(re.findall(r"[A-Za-z][\w.\-]*", figure.text))
        assert not words & raw, figure


def test_bookmarks_are_unique_and_headings_not_empty(printed: Printed) -> None:
    _, _, blocks = printed
    all_headings = [b for b in flat(blocks) if isinstance(b, Heading)]
    counts = Counter(b.bookmark for b in all_headings if b.bookmark)
    assert [name for name, count in counts.items() if count > 1] == []
    assert all(b.text.strip() for b in all_headings)


@pytest.mark.parametrize("case", CASES)
def test_table_names_are_unique_in_pages_and_workbook_together(case: str) -> None:
    document = build_document(sourced(case), ReportOptions())
    blocks = document.pages + tuple(b for sheet in document.sheets for b in sheet.blocks)
    counts = Counter(b.name for b in flat(blocks) if isinstance(b, Table))
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("case", CASES)
def test_equal_input_gives_equal_pages(case: str) -> None:
    assert build_pages(sourced(case), ReportOptions()) == build_pages(
        sourced(case), ReportOptions()
    )


def test_photos_can_be_left_out_while_their_evidence_stays_listed() -> None:
    source = sourced("factory_done")
    with_photos = build_pages(source, ReportOptions())
    without = build_pages(source, ReportOptions(photos=False))
    assert any(isinstance(b, Photos) for b in flat(with_photos))
    assert not any(isinstance(b, Photos) for b in flat(without))
    assert table(with_photos, "evidence-list") == table(without, "evidence-list")


def test_both_languages_tell_the_same_numbers() -> None:
    source = sourced("workshop_open")
    values = [
        [f.value for f in figures(build_pages(source, ReportOptions(language=lang))) if f.value]
        for lang in LANGUAGES
    ]
    assert values[0] == values[1]
