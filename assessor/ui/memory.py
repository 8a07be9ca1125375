"""What open files do with memory: what stays is left alone, what was large goes back."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assessor.ui.visit_bridge import VisitBridge, open_live

_MMAP_THRESHOLD = -3
"""glibc's number for the size from which a block of memory is the system's own."""
_LARGE = 1 << 20


def open_set_aside(path: Path, visit: VisitBridge) -> VisitBridge:
    """Open a visit like `open_live`; what is there then is spared from garbage collection.

    Going through the rubric and all that was imported takes a tenth of a second, in which the
    window stands still, and finds nothing: all of it stays as long as the visit.
    """
    give_back_large_blocks()
    gc.unfreeze()
    opened = open_live(path, visit)
    gc.freeze()
    return opened


# What was spared is let go of at the end, or libraries take it for forgotten.
atexit.register(gc.unfreeze)


@contextmanager
def setting_aside() -> Iterator[None]:
    """Spare what is made inside from garbage collection, like `open_set_aside`.

    The many rows of a register hold no cycles; going through them over and over again while they
    are read would hold up every thread.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def give_back_large_blocks() -> None:
    """Have blocks of a megabyte and more go back to the system when they are free.

    By default glibc begins to keep them once a few were used: photographs that were looked at one
    after the other then add up. Other systems give them back anyhow.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 (only here, and not before the window is there)

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
