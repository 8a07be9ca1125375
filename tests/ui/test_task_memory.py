"""A task that is over is let go, with what it made."""

from __future__ import annotations

import gc
import weakref

import pytest

from assessor.ui.bridge import Bridge
from assessor.ui.tasks import InlinePool, Tasks

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
