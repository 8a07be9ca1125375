"""What the bureau passes from room to room: verdicts on files and the visits they carry.

Values only. Everything in a `VisitRecord` was checked or recomputed at the intake; no figure in it
is one that a file merely claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from assessor.i18n import Message
from assessor.rules.card import ItemState, OutcomeState
from assessor.rules.gates import GateState

Role = Literal["self", "third_party", "bureau"]
"""Who filled the record in: the enterprise itself, a third party's assessors, the bureau's own."""

SignatureState = Literal["valid", "unknown_key", "altered", "unsigned"]
"""`valid`: it fits and its key is enrolled; `unknown_key`: it fits a key nobody has enrolled."""


class Verdict(StrEnum):
    """What becomes of a file; the order of the members is from the mildest to the gravest."""

    ACCEPTED = "accepted"
    WARNING = "warning"
    REJECTED = "rejected"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason for a verdict.

    `code` is stable and meant for programs (`container.not_zip`), `reason` is for people. `sheet`
    and `cell` say where, each empty when the reason is about the whole file or sheet.
    """

    code: str
    verdict: Verdict
    reason: Message
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class EnterpriseFacts:
    """The assessed enterprise as the register keys and groups it.

    `name` is cleaned of characters that act on a screen, `credit_code` is the corrected code (empty
    when the record has none), `clusters` are the industry clusters it names.
    """

    name: str
    credit_code: str
    district: str
    industry_code: str
    clusters: tuple[str, ...] = ()
    workshop: str = ""


@dataclass(frozen=True, slots=True)
class RubricEdition:
    """Exactly which rubric a visit was scored with; `digest` is 64 lower-case hex digits."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """Points of one dimension; `None` where nothing in it applies or is answered."""

    points: Decimal | None
    maximum: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        """The share of the maximum that was reached, 0 to 1 (exact division)."""
        if self.points is None or not self.maximum:
            return None
        return self.points / self.maximum


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Points of one criterion; `points` is `None` without a usable answer.

    `required` tells the criteria that count for the visit's target from those merely reported.
    """

    points: Decimal | None
    maximum: Decimal | None
    state: ItemState
    required: bool = True


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A reading that one answer could turn: `distance` below its line (negative: above)."""

    outcome: str
    reading: str
    distance: Decimal
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryHead:
    """The end of the record's hash chain: digest of the last entry and number of entries."""

    digest: str
    entries: int


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One accepted visit in one revision, all figures recomputed from its answers.

    Figures are rounded as printed (two digits) and `None` where none exists: `score` so far,
    `lowest` and `highest` still possible, `maximum`. Mappings are by id of the rubric: `outcomes`
    and `gates` to states, `dimensions` (of every level) and `items` to results, `self_scores` to
    the points of the enterprise's own answers. `tier` is the highest outcome reached, empty for
    none. `confidence` counts answers by the confidence given. `visit_date` is the last day on site,
    `None` when the record has none.
    """

    visit_id: str
    revision: int
    payload_digest: str
    enterprise: EnterpriseFacts
    rubric: RubricEdition
    profile: str
    target: str
    cycle: str
    visit_date: date | None
    assessors: tuple[str, ...]
    panel: tuple[str, ...]
    role: Role
    outcomes: Mapping[str, OutcomeState]
    tier: str
    score: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    maximum: Decimal | None
    dimensions: Mapping[str, DimensionResult]
    items: Mapping[str, ItemResult]
    self_score: Decimal | None = None
    self_scores: Mapping[str, Decimal] = field(default_factory=dict)
    confidence: Mapping[str, int] = field(default_factory=dict)
    gates: Mapping[str, GateState] = field(default_factory=dict)
    signature: SignatureState = "unsigned"
    key_id: str = ""
    history: HistoryHead | None = None
    near_lines: tuple[NearMiss, ...] = ()
    evidence_count: int = 0


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What the intake says of one file.

    `name` is the path below the intake folder with `/` between its parts, `sha256` the digest of
    the file's bytes (empty when they were not read), `size` in bytes. `verdict` is the gravest of
    the `findings`; a file without findings is accepted. `record` is there for accepted and warned
    files only. `first_seen` is an aware time.
    """

    name: str
    sha256: str
    size: int
    verdict: Verdict
    findings: tuple[Finding, ...]
    record: VisitRecord | None
    first_seen: datetime
