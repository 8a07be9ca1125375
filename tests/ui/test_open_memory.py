"""An open visit is spared from garbage collection, and a closed one no longer."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from assessor.ui.bridge import Bridge
from assessor.ui.memory import give_back_large_blocks, open_set_aside
from assessor.ui.visit_bridge import VisitBridge
from tests.ui.conftest import MakeVisit, sweep, wait_until


@pytest.fixture
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_as_before")
def test_what_a_visit_keeps_is_set_aside_once(make_visit: MakeVisit, bridge: Bridge) -> None:
    first, second = (VisitBridge(bridge) for _ in range(2))
    open_set_aside(make_visit(name="first"), first)
    aside = gc.get_freeze_count()
    assert aside > 0
    first.close()
    open_set_aside(make_visit(name="second"), second)
    # Not added up from visit to visit: what the first one left behind can be collected.
    assert gc.get_freeze_count() < aside * 3 // 2
    wait_until(lambda: second.latest is not None)
    second.close()
    sweep()


def test_asking_for_large_blocks_back_can_be_repeated() -> None:
    for _ in range(2):
        give_back_large_blocks()
    assert len(bytearray(8 << 20)) == 8 << 20
