"""A task that is over is let go, with what it made."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

import pytest

from assessor.ui.bridge import Bridge
from assessor.ui.tasks import InlinePool, Monitor, Tasks

pytestmark = pytest.mark.qt


@pytest.mark.usefixtures("qapp")
def test_an_ended_task_is_not_kept_by_its_own_connections() -> None:
    tasks = Tasks(Bridge(), InlinePool())
    task = tasks.start(lambda _: b"much")
    watched = weakref.ref(task)
    assert not tasks.busy
    del task
    gc.collect()
    assert watched() is None


class Photo:
    """Stands for something large."""


@pytest.mark.usefixtures("qapp")
def test_what_the_work_held_goes_when_it_is_done() -> None:
    """Without a garbage collection: hundreds of photographs are looked at between two of them."""
    tasks, photo = Tasks(Bridge(), InlinePool()), Photo()
    watched = weakref.ref(photo)

    def working(held: Photo) -> Callable[[Monitor], str]:
        return lambda _: type(held).__name__

    gc.disable()
    try:
        task = tasks.start(working(photo))
        del photo
        assert watched() is None
    finally:
        gc.enable()
    assert task.over
