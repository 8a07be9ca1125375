"""What went wrong with the file of a visit, told apart by what can be done about it."""

from __future__ import annotations

from typing import Literal

from assessor.storage.errors import DiskFullError, InUseError, MediumError, ReadOnlyError
from assessor.storage.presence import GoneError, OtherContentError

Mishap = Literal["", "in_use", "read_only", "away", "replaced", "full"]
"""`away`: the file cannot be reached now; `replaced`: where it was there is another one; empty for
everything that concerns what was asked for and not the file."""

_KINDS: tuple[tuple[type[Exception], Mishap], ...] = (
    (InUseError, "in_use"),
    (ReadOnlyError, "read_only"),
    (OtherContentError, "replaced"),
    (GoneError, "away"),
    (MediumError, "away"),
    (DiskFullError, "full"),
)


def mishap_of(error: BaseException) -> Mishap:
    """Return the kind of an error."""
    return next((mishap for kind, mishap in _KINDS if isinstance(error, kind)), "")
