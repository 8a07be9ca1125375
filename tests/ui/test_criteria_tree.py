"""The tree of criteria: a sound model, the state of every row, and what filters let through."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assessor.assessment import Answer, EvidenceItem, Finding, GateAnswer
from assessor.rubrics.loader import LoadedRubric
from assessor.scoring import score
from assessor.ui.models.criteria_rows import GATES, INDICATORS, Entry
from assessor.ui.models.criteria_tree import CriteriaFilter, CriteriaTree, Role
from assessor.ui.models.standings import (
    FILTERS,
    Standing,
    main_dimensions,
    ordered,
    standings,
)
from assessor.ui.words import Words
from assessor.workspace.live import Published
from tests.strategies.visits import SHIPPED, shipped, visit_for


@pytest.fixture(params=SHIPPED)
def loaded(request: pytest.FixtureRequest) -> LoadedRubric:
    return shipped(request.param)


def published(loaded: LoadedRubric, **fields: object) -> Published:
    """A record as it is published, with its score."""
    record = visit_for(loaded, {}).model_copy(update=fields)
    return Published(record, score(loaded.rubric, record), None, None, None)


def tree(loaded: LoadedRubric, state: Published, language: str = "zh") -> CriteriaTree:
    model = CriteriaTree(loaded.rubric, Words(language))
    model.update(state)
    return model


def rows(model: CriteriaTree | CriteriaFilter, parent: QModelIndex | None = None) -> list[Entry]:
    """All rows as they are shown from top to bottom."""
    above = parent if parent is not None else QModelIndex()
    found = []
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        found.append(index.data(Role.ENTRY))
        found += rows(model, index)
    return found


def items(model: CriteriaTree | CriteriaFilter) -> list[str]:
    return [entry.id for entry in rows(model) if entry.kind == "item"]


def first_answer(loaded: LoadedRubric, number: int = 0) -> tuple[str, Answer]:
    """An answer to a graded criterion, the highest level."""
    levels = [c for c in loaded.rubric.criteria if c.rule.kind == "levels"]
    return levels[number].id, Answer(option=levels[number].rule.options[-1].key)


# --- the model ------------------------------------------------------------------------------------


def test_the_model_is_sound_through_edits_and_another_target(
    loaded: LoadedRubric, qtmodeltester: ModelTester
) -> None:
    model = tree(loaded, published(loaded))
    proxy = CriteriaFilter()
    proxy.setSourceModel(model)
    qtmodeltester.check(model)
    qtmodeltester.check(proxy)
    key, answer = first_answer(loaded)
    model.update(published(loaded, answers={key: answer}))
    proxy.set_filter("unanswered")
    proxy.set_search("a")
    model.update(published(loaded, target=loaded.rubric.targets[0].id))
    proxy.set_search("")
    qtmodeltester.check(model)
    qtmodeltester.check(proxy)


def test_every_criterion_that_is_asked_has_one_row(loaded: LoadedRubric) -> None:
    state = published(loaded)
    model = tree(loaded, state)
    assert sorted(items(model)) == sorted(item.criterion.id for item in state.card.items)
    assert items(model) == [item.criterion.id for item in ordered(state.card)]


def test_gates_and_indicators_stand_last(loaded: LoadedRubric) -> None:
    tops = [entry.id for entry in rows(tree(loaded, published(loaded))) if not entry.depth]
    wanted = [GATES, *([INDICATORS] if loaded.rubric.indicators else [])]
    assert tops[-len(wanted) :] == wanted


def test_an_answer_changes_rows_and_resets_nothing(loaded: LoadedRubric, qtbot: QtBot) -> None:
    model = tree(loaded, published(loaded))
    key, answer = first_answer(loaded)
    changed: list[str] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda top, *_: changed.append(top.data(Role.ID)))
    model.modelReset.connect(lambda: resets.append(True))
    model.update(published(loaded, answers={key: answer}))
    assert key in changed
    assert len(changed) < len(items(model))
    assert resets == []
    assert model.index_of(key).data(Role.ENTRY).standing.state == "answered"


def test_another_target_makes_other_rows(qtbot: QtBot) -> None:
    loaded = shipped("future_factory")
    model = tree(loaded, published(loaded))
    before = items(model)
    with qtbot.waitSignal(model.modelReset):
        model.update(published(loaded, profile="process", target="workshop"))
    assert items(model) != before


def test_progress_counts_what_is_required_below(loaded: LoadedRubric) -> None:
    key, answer = first_answer(loaded)
    state = published(loaded, answers={key: answer})
    model = tree(loaded, state)
    tops = [e for e in rows(model) if not e.depth and e.kind == "dimension"]
    tops = [entry for entry in tops if not entry.id.startswith("group.")]
    assert sum(entry.done for entry in tops) == state.card.done == 1
    assert sum(entry.asked for entry in tops) == state.card.asked
    above = model.index_of(key).parent()
    while above.isValid():
        assert above.data(Role.ENTRY).done == 1
        above = above.parent()


def test_rows_are_read_aloud_with_their_state(loaded: LoadedRubric) -> None:
    key, answer = first_answer(loaded)
    model = tree(loaded, published(loaded, answers={key: answer}), "en")
    said = model.index_of(key).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "answered" in said
    assert "not answered" not in said
    top = model.index(0, 0)
    assert f"of {top.data(Role.ENTRY).asked}" in top.data(Qt.ItemDataRole.AccessibleTextRole)


def test_headings_are_as_many_as_can_be_seen_at_once(loaded: LoadedRubric) -> None:
    assert 5 <= len(main_dimensions(published(loaded).card)) <= 16


# --- standings ------------------------------------------------------------------------------------


def test_low_confidence_findings_and_contradictions_are_doubtful() -> None:
    loaded = shipped("future_factory")
    rule = loaded.rubric.contradictions[0]
    answers = {condition.criterion: condition.options[0] for condition in rule.when}
    key, answer = first_answer(loaded, 30)
    state = published(
        loaded,
        answers={
            **{name: Answer(option=option) for name, option in answers.items()},
            key: answer.model_copy(update={"confidence": "low"}),
        },
        findings=(Finding(id="f1", criterion=first_answer(loaded, 40)[0], text="x"),),
    )
    flagged = {name for name, standing in standings(state).items() if standing.flagged}
    assert flagged == {*answers, key, first_answer(loaded, 40)[0]}


def test_a_figure_that_is_only_half_there_is_partly_answered() -> None:
    loaded = shipped("digital_workshop")
    state = published(loaded, answers={"e3-lead-time": Answer(inputs={"d0": Decimal(3)})})
    assert standings(state)["e3-lead-time"] == Standing("partial")


def test_not_applicable_is_a_state_of_its_own() -> None:
    loaded = shipped("digital_workshop")
    state = published(loaded, answers={"e3-lead-time": Answer(na=True, reason="x")})
    assert standings(state)["e3-lead-time"].state == "not_applicable"


def test_gates_count_when_they_are_known() -> None:
    loaded = shipped("digital_workshop")
    model = tree(loaded, published(loaded, gates={"g-entity": GateAnswer(**{"pass": False})}))
    entry = model.index_of(GATES).data(Role.ENTRY)
    assert entry.done == 1


# --- filters --------------------------------------------------------------------------------------


@pytest.fixture
def narrowed() -> tuple[CriteriaTree, CriteriaFilter, str]:
    """A factory with one answer that lacks proof."""
    loaded = shipped("future_factory")
    key = "quality_traceability"
    state = published(loaded, answers={key: Answer(option="C")}, target="smart_factory")
    model = tree(loaded, state)
    proxy = CriteriaFilter()
    proxy.setSourceModel(model)
    return model, proxy, key


@pytest.mark.parametrize("which", FILTERS)
def test_a_filter_shows_what_it_counts(
    narrowed: tuple[CriteriaTree, CriteriaFilter, str], which: str
) -> None:
    model, proxy, _ = narrowed
    proxy.set_filter(which)
    passing = [e.id for e in model.entries() if e.standing and e.standing.passes(which)]
    assert items(proxy) == passing


def test_filters_tell_the_answer_apart(
    narrowed: tuple[CriteriaTree, CriteriaFilter, str],
) -> None:
    _, proxy, key = narrowed
    proxy.set_filter("unanswered")
    assert key not in items(proxy)
    proxy.set_filter("no_evidence")
    assert items(proxy) == [key]


@pytest.mark.parametrize("text", ["44", "追溯 粒度", "Traceability GRANULARITY", "追溯到批次"])
def test_a_search_looks_at_numbers_titles_and_questions_in_both_languages(
    narrowed: tuple[CriteriaTree, CriteriaFilter, str], text: str
) -> None:
    _, proxy, key = narrowed
    proxy.set_search(text)
    assert key in items(proxy)
    assert len(items(proxy)) < 5


def test_what_is_open_stays(narrowed: tuple[CriteriaTree, CriteriaFilter, str]) -> None:
    _, proxy, key = narrowed
    proxy.set_filter("unanswered")
    proxy.keep(key)
    assert key in items(proxy)
    proxy.keep("")
    assert key not in items(proxy)


def test_a_new_piece_of_evidence_is_found_by_its_name() -> None:
    loaded = shipped("future_factory")
    record = visit_for(loaded, {})
    piece = EvidenceItem(
        id="e1",
        sha256="0" * 64,
        size=1,
        media_type="image/png",
        file_name="IMG_7781.png",
        kind="photo",
        criteria=("quality_traceability",),
    )
    record = record.model_copy(update={"evidence": (piece,)})
    state = Published(record, score(loaded.rubric, record), None, None, None)
    proxy = CriteriaFilter()
    model = tree(loaded, state)
    proxy.setSourceModel(model)
    proxy.set_search("img_7781")
    assert items(proxy) == ["quality_traceability"]
