"""Files that may still be written: looked at again until they hold still, or given up."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_YOUNG = 2_000_000_000
"""Nanoseconds after its last change in which a file may still be growing."""


@dataclass(frozen=True)
class Patience:
    """How long growing files are waited for: so many looks, `pause` seconds between them."""

    looks: int = 3
    pause: float = 0.5
    wait: Callable[[float], object] = time.sleep


def is_young(changed: int, now: int) -> bool:
    """Whether a file was changed so shortly before `now` (both nanoseconds) that it may grow."""
    return abs(now - changed) < _YOUNG


def settled(
    paths: list[Path], patience: Patience, stopped: Callable[[], bool] = lambda: False
) -> set[Path]:
    """Return those of `paths` that hold still between two looks; waits only while some do not, and
    no longer once it is `stopped`.
    """
    waiting = {path: _state(path) for path in paths}
    still: set[Path] = set()
    for _ in range(patience.looks):
        if not waiting or stopped():
            break
        patience.wait(patience.pause)
        now = {path: _state(path) for path in waiting}
        still |= {path for path, state in now.items() if state == waiting[path]}
        waiting = {path: state for path, state in now.items() if path not in still}
    return still


def _state(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
