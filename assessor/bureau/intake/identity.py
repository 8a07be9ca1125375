"""Whether a visit goes together with those taken in before: revisions, codes, names, districts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from assessor.bureau.intake.reasons import rejected, warned
from assessor.bureau.records import Finding, Verdict, VisitRecord

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class SeenVisit:
    """What is remembered of a visit that was taken in; `file` is the name it came under."""

    file: str
    visit_id: str
    revision: int
    payload_digest: str
    name: str
    credit_code: str
    district: str
    cycle: str


class Known(Protocol):
    """What the intake asks of the register before it begins."""

    def known(self, sha256: str) -> bool:
        """Return whether a file of these bytes was taken in, whatever came of it."""

    def seen_visits(self) -> Iterable[SeenVisit]:
        """Yield every visit and revision that was accepted."""


def seen_visit(file: str, record: VisitRecord) -> SeenVisit:
    """Return what is remembered of a record that came in a file."""
    enterprise = record.enterprise
    return SeenVisit(
        file,
        record.visit_id,
        record.revision,
        record.payload_digest,
        enterprise.name,
        enterprise.credit_code,
        enterprise.district,
        record.cycle,
    )


@dataclass
class IdentityIndex:
    """The visits taken in so far, by what identifies them; grows with every accepted file."""

    _visits: dict[str, dict[int, SeenVisit]] = field(default_factory=dict)
    _by_code: dict[str, SeenVisit] = field(default_factory=dict)
    _by_name: dict[str, SeenVisit] = field(default_factory=dict)

    def add(self, seen: SeenVisit) -> None:
        """Remember a visit; of an enterprise the first one seen speaks for its name and code."""
        self._visits.setdefault(seen.visit_id, {})[seen.revision] = seen
        self._by_name.setdefault(seen.name, seen)
        if seen.credit_code:
            self._by_code.setdefault(seen.credit_code, seen)

    def check(self, seen: SeenVisit) -> tuple[Finding, ...]:
        """Return what is to be said of a visit beside those remembered; nothing is remembered."""
        revision = tuple(self._revision(seen))
        if any(finding.verdict is Verdict.REJECTED for finding in revision):
            return revision
        return (*revision, *self._enterprise(seen))

    def _revision(self, seen: SeenVisit) -> Iterator[Finding]:
        revisions = self._visits.get(seen.visit_id, {})
        same = revisions.get(seen.revision)
        if same is not None and same.payload_digest != seen.payload_digest:
            yield rejected(
                "identity",
                "other_payload",
                visit=seen.visit_id,
                revision=seen.revision,
                other=same.file,
                known=same.payload_digest[:_SHOWN],
                found=seen.payload_digest[:_SHOWN],
            )
        elif same is not None:
            yield warned(
                "identity",
                "same_payload",
                visit=seen.visit_id,
                revision=seen.revision,
                other=same.file,
            )
        elif revisions and max(revisions) > seen.revision:
            yield warned(
                "identity",
                "older_revision",
                visit=seen.visit_id,
                revision=seen.revision,
                newest=max(revisions),
            )

    def _enterprise(self, seen: SeenVisit) -> Iterator[Finding]:
        same_code = self._by_code.get(seen.credit_code) if seen.credit_code else None
        same_name = self._by_name.get(seen.name)
        if same_code is not None and same_code.name != seen.name:
            yield warned(
                "identity",
                "other_name",
                code=seen.credit_code,
                other=same_code.file,
                known=same_code.name,
                found=seen.name,
            )
        if same_name is not None and same_name.credit_code != seen.credit_code:
            yield warned(
                "identity",
                "other_code",
                name=seen.name,
                other=same_name.file,
                known=same_name.credit_code or "-",
                found=seen.credit_code or "-",
            )
        yield from _elsewhere(same_code or same_name, seen)


def _elsewhere(same: SeenVisit | None, seen: SeenVisit) -> Iterator[Finding]:
    """Yield that an enterprise is in two districts or cycles; revisions may correct either."""
    if same is None or same.visit_id == seen.visit_id:
        return
    for reason, known, found in (
        ("other_district", same.district, seen.district),
        ("other_cycle", same.cycle, seen.cycle),
    ):
        if known != found:
            yield warned(
                "identity",
                reason,
                name=seen.name,
                other=same.file,
                known=known or "-",
                found=found or "-",
            )
