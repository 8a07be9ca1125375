"""A visit as it was at one moment, for work that takes longer than a person should wait for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assessor.assessment import Assessment
from assessor.exchange.payload import HistoryRef
from assessor.rubrics.loader import LoadedRubric
from assessor.scoring import ScoreCard

if TYPE_CHECKING:
    from assessor.workspace.live import LiveVisit, Published


class Record(Protocol):
    """What reports are made from: an open visit, or a snapshot of one."""

    @property
    def assessment(self) -> Assessment:
        """The record."""

    @property
    def loaded(self) -> LoadedRubric:
        """The rubric it was made for."""

    @property
    def history(self) -> HistoryRef | None:
        """How far the history of its file has come, `None` where nothing says so."""

    def score(self) -> ScoreCard:
        """Return its result."""

    def read_blob(self, sha256: str) -> bytes:
        """Return the bytes of a piece of evidence."""


@dataclass(frozen=True)
class Snapshot:
    """A record with its result; later edits of the visit do not reach it.

    `read` fetches the bytes of a piece of evidence by their digest, from any thread.
    """

    assessment: Assessment
    loaded: LoadedRubric
    card: ScoreCard
    read: Callable[[str], bytes]
    history: HistoryRef | None = None

    def score(self) -> ScoreCard:
        """Return the result the record had."""
        return self.card

    def read_blob(self, sha256: str) -> bytes:
        """Return the bytes of a piece of evidence."""
        return self.read(sha256)


def snapshot_of(published: Published, live: LiveVisit) -> Snapshot:
    """Return the visit as it was published. Its evidence is fetched from the visit's thread, so it
    must not be read on that thread."""

    def read(sha256: str) -> bytes:
        return live.run(lambda visit: visit.read_blob(sha256)).result()

    return Snapshot(published.assessment, live.loaded, published.card, read, published.history)
