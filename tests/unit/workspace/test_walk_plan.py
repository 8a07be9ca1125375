"""The plan and the form on paper leave nothing out, and a tick is a step like any other."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from assessor.analysis.walk_plan import WalkOrder
from assessor.assessment import Enterprise, Visit, assessment_from_json, assessment_to_json
from assessor.errors import AssessorError
from assessor.i18n import LANGUAGES, Language
from assessor.reports.document import Document, Listing, Together, plain
from assessor.rubrics.rule_models import ChecklistRule, LevelsRule, SelectionRule
from assessor.workspace.live import Event, LiveVisit, Published
from assessor.workspace.rubric_library import rubric_called
from assessor.workspace.visits import OpenVisit, new_visit, opened
from assessor.workspace.walk_form import form_document, write_blank_form
from assessor.workspace.walk_plan import (
    PlanSource,
    asked_criteria,
    ticking,
    walk_document,
    write_walk_plan,
)

RUBRICS = ("nb.digital_workshop", "zj.future_factory")
ORDERS: tuple[WalkOrder, ...] = ("place", "person")


@pytest.fixture(params=RUBRICS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    enterprise = Enterprise(name="宁波甬示精密模具有限公司")
    file = tmp_path / "visit.assessment"
    return new_visit(file, rubric_called(request.param), enterprise, Visit())


def source_of(visit: OpenVisit) -> PlanSource:
    return PlanSource(visit.loaded, visit.assessment, visit.score())


def told(document: Document) -> str:
    return "\n".join(figure.text for block in document.pages for figure in block.figures())


def marks(document: Document) -> list[str]:
    listings = [
        inner
        for block in document.pages
        for inner in (block.blocks if isinstance(block, Together) else (block,))
        if isinstance(inner, Listing)
    ]
    return [item.mark for listing in listings for item in listing.items if item.mark]


def printed(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "".join("".join(pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("order", ORDERS)
def test_the_plan_holds_every_criterion_with_what_to_look_at(
    path: Path, order: WalkOrder, language: Language
) -> None:
    with opened(path) as visit:
        words = told(walk_document(source_of(visit), language, order))
        asked = asked_criteria(visit.score())
    assert asked
    for criterion in asked:
        for part in (criterion.title, criterion.question, *criterion.look_for):
            assert part.pick(language) in words
        assert all(wanted.text.pick(language) in words for wanted in criterion.evidence)
    assert words.count(str(sum(criterion.minutes for criterion in asked))) >= 1


def test_what_is_ticked_is_ticked_on_paper(path: Path) -> None:
    with opened(path) as visit:
        first = asked_criteria(visit.score())[0]
        edit = ticking(first, True)(visit.assessment)
        assert edit is not None
        visit.do(edit)
        found = marks(walk_document(source_of(visit), "zh", "place"))
        assert found.count("checked_box") == 1
        assert len(found) == len(asked_criteria(visit.score()))


def test_the_printed_plan_can_be_read_and_holds_every_title(path: Path, tmp_path: Path) -> None:
    with opened(path) as visit:
        source = source_of(visit)
    written = write_walk_plan(source, tmp_path / "plan.pdf", "zh")
    words = printed(written)
    for criterion in asked_criteria(source.card):
        assert "".join(criterion.title.zh.split()) in words
    again = write_walk_plan(source, tmp_path / "again.pdf", "zh")
    assert again.read_bytes() == written.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RUBRICS)
def test_the_form_holds_every_criterion_with_all_its_options(name: str, language: Language) -> None:
    loaded = rubric_called(name)
    for profile in loaded.rubric.profiles:
        words = told(form_document(loaded, profile.id, language))
        asked = [c for c in loaded.rubric.every_criterion if profile.id in c.profiles]
        assert asked
        for criterion in asked:
            assert criterion.question.pick(language) in words
            rule = criterion.rule
            if isinstance(rule, LevelsRule | SelectionRule):
                texts = [o.text_by_profile.get(profile.id, o.text) for o in rule.options]
            elif isinstance(rule, ChecklistRule):
                texts = [item.text for item in rule.items]
            else:
                texts = []
            assert all(text.pick(language) in words for text in texts)


@pytest.mark.parametrize("name", RUBRICS)
def test_the_form_has_a_box_for_every_option_and_is_printed(name: str, tmp_path: Path) -> None:
    loaded = rubric_called(name)
    profile = loaded.rubric.profiles[0].id
    document = form_document(loaded, profile, "zh")
    levels = [
        option
        for criterion in loaded.rubric.every_criterion
        if profile in criterion.profiles and isinstance(criterion.rule, LevelsRule)
        for option in criterion.rule.options
    ]
    boxes = [
        plain(item.text)
        for block in document.pages
        if isinstance(block, Together)
        for inner in block.blocks
        if isinstance(inner, Listing)
        for item in inner.items
        if item.mark == "box"
    ]
    for option in levels:
        told_option = option.text_by_profile.get(profile, option.text).zh
        assert any(box.startswith(option.key) and told_option in box for box in boxes)
    words = printed(write_blank_form(loaded, profile, tmp_path / "form.pdf", "zh"))
    for criterion in loaded.rubric.every_criterion:
        if profile in criterion.profiles:
            assert "".join(criterion.title.zh.split()) in words


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    loaded = rubric_called(RUBRICS[0])
    with pytest.raises(AssessorError):
        write_blank_form(loaded, loaded.rubric.profiles[0].id, tmp_path, "zh")


def test_a_tick_is_kept_undone_and_read_again(path: Path) -> None:
    heard: list[Event] = []
    live = LiveVisit(path, heard.append)
    try:
        first, second = live.loaded.rubric.criteria[:2]
        assert live.post(ticking(first, True)).result()
        assert live.post(ticking(second, True)).result()
        assert not live.post(ticking(second, True)).result()
        assert live.post(ticking(first, False)).result()
        assert live.undo().result()
    finally:
        live.close()
    last = heard[-1]
    assert isinstance(last, Published)
    assert set(last.assessment.visit.walked) == {first.id, second.id}
    with opened(path) as visit:
        assert visit.assessment == last.assessment
        assert assessment_from_json(assessment_to_json(visit.assessment)) == visit.assessment


def test_a_visit_nobody_walked_says_nothing_of_it(path: Path) -> None:
    with opened(path) as visit:
        assert "walked" not in str(assessment_to_json(visit.assessment))
