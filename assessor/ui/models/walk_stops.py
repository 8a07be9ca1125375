"""The walk as rows: stops with the minutes and ticks they hold, criteria below them."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.rubrics.criterion import Criterion
from assessor.ui.models.row_tree import RowLook, RowNode
from assessor.ui.words import Words
from assessor.workspace.live import Published
from assessor.workspace.paper import Sayer
from assessor.workspace.walk_plan import Stop, WalkOrder, asked_criteria, minutes_of, walk_stops


def stop_rows(published: Published, words: Words, order: WalkOrder) -> Iterator[RowNode]:
    """Yield the stops of a visit in the order of walking."""
    sayer, walked = Sayer(words.language), frozenset(published.assessment.visit.walked)
    for stop in walk_stops(asked_criteria(published.card), order):
        rows = tuple(
            RowNode(one.id, _criterion(one, sayer, words, order, walked)) for one in stop.criteria
        )
        yield RowNode(f"stop:{stop.key}", _stop(stop, sayer, words, order, walked), rows)


def walked_of(published: Published) -> tuple[int, int, int]:
    """Return how many criteria are ticked, how many there are, and the minutes still to go."""
    walked = frozenset(published.assessment.visit.walked)
    asked = asked_criteria(published.card)
    left = [criterion for criterion in asked if criterion.id not in walked]
    return len(asked) - len(left), len(asked), minutes_of(left)


def _stop(
    stop: Stop, sayer: Sayer, words: Words, order: WalkOrder, walked: frozenset[str]
) -> RowLook:
    done, count = stop.done(walked), len(stop.criteria)
    told = words.tr("ui_walk.stop_aside", done=done, count=count, minutes=stop.minutes)
    icon, role = ("check-filled", "good") if done == count else ("circle", "strong_line")
    if 0 < done < count:
        icon, role = "circle-half", "accent"
    return RowLook(sayer.stop(stop.key, order), icon, role, aside=told, strong=True, heading=True)


def _criterion(
    criterion: Criterion, sayer: Sayer, words: Words, order: WalkOrder, walked: frozenset[str]
) -> RowLook:
    people = sayer.say("comma").join(sayer.person(one) for one in criterion.people)
    note = people if order == "place" else sayer.place(criterion.place)
    ticked = criterion.id in walked
    title, minutes = (
        words.pick(criterion.title),
        words.tr("ui_walk.minutes", count=criterion.minutes),
    )
    state = words.tr("ui_walk.state_seen" if ticked else "ui_walk.state_unseen")
    return RowLook(
        title,
        number=criterion.number,
        notes=(note,) if note else (),
        aside=minutes,
        depth=1,
        checked=ticked,
        spoken=" ".join([criterion.number, title, state, minutes, note]),
    )
