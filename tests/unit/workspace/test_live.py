"""The open visit of a window: durable first, heard of in order, refused in words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor.assessment import Answer, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.workspace.live import Event, Failed, Foreseen, LiveVisit, Published, Refused
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped

ITEM = "a5-monitoring-visualisation"


def clock() -> datetime:
    return datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "visit.assessment"
    enterprise = Enterprise(name="宁波甬示精密机械有限公司")
    return new_visit(file, shipped("digital_workshop"), enterprise, Visit(), clock=clock)


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def live(path: Path, events: list[Event]) -> Iterator[LiveVisit]:
    visit = LiveVisit(path, events.append, clock)
    yield visit
    visit.close()


def test_the_record_is_published_at_once_and_after_every_step(
    live: LiveVisit, events: list[Event]
) -> None:
    assert live.post(lambda _: set_answer(ITEM, Answer(option="L2"))).result()
    first, foreseen, second = events
    assert isinstance(first, Published)
    assert isinstance(foreseen, Foreseen)
    assert isinstance(second, Published)
    assert first.description is None
    assert second.assessment.answers[ITEM].option == "L2"
    assert second.card.item(ITEM) is not None
    assert second.undo is not None
    assert second.redo is None


def test_what_is_heard_is_already_on_disk(path: Path) -> None:
    heard = threading.Event()
    seen: list[str | None] = []

    def listener(event: Event) -> None:
        if isinstance(event, Published) and event.description is not None:
            # A copy of the file made at this very moment holds the step.
            copy = path.with_name("copy.assessment")
            copy.write_bytes(path.read_bytes())
            with opened(copy, read_only=True) as visit:
                answer = visit.assessment.answers.get(ITEM)
                seen.append(answer.option if answer else None)
            heard.set()

    visit = LiveVisit(path, listener, clock)
    visit.post(lambda _: set_answer(ITEM, Answer(option="L3")))
    assert heard.wait(10)
    visit.close()
    assert seen == ["L3"]


def test_a_step_is_foreseen_before_the_disk_has_it_and_published_with_the_same_figures(
    live: LiveVisit, events: list[Event]
) -> None:
    live.post(lambda _: set_answer(ITEM, Answer(option="L2"))).result()
    _, foreseen, published = events
    assert isinstance(foreseen, Foreseen)
    assert isinstance(published, Published)
    assert foreseen.published.assessment is published.assessment
    assert foreseen.published.card is published.card
    assert published.history != foreseen.published.history


def test_a_foreseen_step_that_cannot_be_saved_is_followed_by_the_record_as_it_was(
    live: LiveVisit, events: list[Event], path: Path
) -> None:
    live.run(lambda _: path.unlink()).result()
    assert live.post(lambda _: set_answer(ITEM, Answer(option="L2"))).exception() is not None
    live.run(lambda _: None).exception()
    first, foreseen, back, refused = events
    assert isinstance(first, Published)
    assert isinstance(foreseen, Foreseen)
    assert isinstance(back, Published)
    assert isinstance(refused, Refused)
    assert foreseen.published.assessment.answers[ITEM].option == "L2"
    assert back.assessment is first.assessment
    assert back.description is None


def test_undo_and_redo_lead_back_and_forth(live: LiveVisit, events: list[Event]) -> None:
    live.post(lambda _: set_answer(ITEM, Answer(option="L2")))
    live.post(lambda _: set_answer(ITEM, Answer(option="L4")))
    assert live.undo().result()
    last = events[-1]
    assert isinstance(last, Published)
    assert last.assessment.answers[ITEM].option == "L2"
    assert live.redo().result()
    last = events[-1]
    assert isinstance(last, Published)
    assert last.assessment.answers[ITEM].option == "L4"
    assert not live.redo().result()


def test_a_misfit_is_refused_in_words_and_changes_nothing(
    live: LiveVisit, events: list[Event], path: Path
) -> None:
    future = live.post(lambda _: set_answer(ITEM, Answer(option="L9")))
    assert future.exception() is not None
    live.run(lambda _: None).result()
    refused = [event for event in events if isinstance(event, Refused)]
    assert [problem.subject for problem in refused[0].problems] == [ITEM]
    assert live.run(lambda visit: visit.assessment.answers).result() == {}


def test_a_defect_is_told_apart_from_a_refusal(live: LiveVisit, events: list[Event]) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    assert live.post(broken).exception() is not None
    live.run(lambda _: None).result()
    assert [type(event.error) for event in events if isinstance(event, Failed)] == [
        ZeroDivisionError
    ]


def test_nothing_to_do_is_no_step(live: LiveVisit, events: list[Event]) -> None:
    assert not live.post(lambda _: None).result()
    assert len(events) == 1


def test_work_that_reads_is_done_in_its_turn(live: LiveVisit) -> None:
    live.post(lambda _: set_answer(ITEM, Answer(option="L1")))
    option = live.run(lambda visit: visit.assessment.answers[ITEM].option).result()
    assert option == "L1"
