"""What comes along with another expert's answers: evidence, findings, and what the record lacks."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from assessor.analysis.panel import substance
from assessor.assessment import Answer, Assessment, EvidenceItem, Finding, GateAnswer
from assessor.commands.gates import gates_laid_over
from assessor.commands.proofs import next_id
from assessor.i18n import Message, message
from assessor.storage.blobs import BlobSource, ChangedError
from assessor.workspace.sign_off import signature_ids
from assessor.workspace.visits import opened

Shared = Literal["gates", "indicators", "tables", "units"]
_SHARED: tuple[Shared, ...] = ("gates", "indicators", "tables", "units")


@dataclass(frozen=True)
class Clash:
    """A part other than the answers in which two records differ."""

    section: Shared
    key: str

    @property
    def text(self) -> Message:
        """The part in words."""
        return message(
            "panel.part", section=message(f"session.section_{self.section}"), key=self.key
        )


def clashes(own: Assessment, other: Assessment) -> tuple[Clash, ...]:
    """Return the gates, indicators, tables and units both records have, with different content."""
    return tuple(
        Clash(section, key)
        for section in _SHARED
        for key, theirs in _entries(other, section).items()
        if key in _entries(own, section) and not _same(_entries(own, section)[key], theirs)
    )


def laid_into(own: Assessment, other: Assessment, keys: Collection[str], by: str) -> Assessment:
    """Return `own` with the other expert's evidence and findings on the answers `keys`.

    Gates, indicators, tables and units come where `own` has none; `by` marks their indicators.
    Pictures that `own` has already serve the further criteria as well and are not doubled.
    """
    theirs = {key: one.model_copy(update={"by": by}) for key, one in other.indicators.items()}
    update: dict[str, object] = {
        section: {**_entries(other, section), **_entries(own, section)}
        for section in ("tables", "units")
    }
    findings = [finding for finding in other.findings if finding.criterion in _criteria(keys)]
    evidence, ids = _with_evidence(own, wanted_evidence(other, keys))
    return own.model_copy(
        update={
            **update,
            "gates": gates_laid_over(other.gates, own.gates),
            "indicators": {**theirs, **own.indicators},
            "evidence": evidence,
            "findings": _with_findings(own, findings, ids),
        }
    )


def wanted_evidence(other: Assessment, keys: Collection[str]) -> tuple[EvidenceItem, ...]:
    """Return the evidence that serves the answers `keys` or findings on them, signatures apart."""
    criteria, drawn = _criteria(keys), signature_ids(other)
    shown = {
        piece
        for finding in other.findings
        if finding.criterion in criteria
        for piece in (*finding.evidence, *finding.recheck)
    }
    return tuple(
        item
        for item in other.evidence
        if item.id not in drawn
        and (item.id in shown or any(key.partition("@")[0] in criteria for key in item.criteria))
    )


def sources_of(
    path: Path, items: Collection[EvidenceItem], present: Collection[str]
) -> Iterator[BlobSource]:
    """Yield where the bytes of evidence in the file at `path` are, those `present` (SHA-256) left
    out. They are read when they are stored."""
    seen = set(present)
    for item in items:
        if item.sha256 not in seen:
            seen.add(item.sha256)
            yield BlobSource(
                item.sha256, item.size, item.media_type, item.file_name, _Opener(path, item)
            )


@dataclass(frozen=True)
class _Opener:
    path: Path
    item: EvidenceItem

    def __call__(self) -> BinaryIO:
        with opened(self.path, read_only=True) as visit:
            try:
                return io.BytesIO(visit.read_blob(self.item.sha256))
            except KeyError as error:
                name = self.item.file_name
                raise ChangedError(message("storage.changed_meanwhile", name=name)) from error


def _with_evidence(
    own: Assessment, wanted: Collection[EvidenceItem]
) -> tuple[tuple[EvidenceItem, ...], Mapping[str, str]]:
    """Return the evidence of both, and under which id each wanted piece now stands."""
    items = {item.id: item for item in own.evidence}
    by_bytes = {item.sha256: item.id for item in own.evidence}
    ids: dict[str, str] = {}
    for item in wanted:
        known = by_bytes.get(item.sha256)
        if known is None:
            known = next_id("e", items)
            items[known] = item.model_copy(update={"id": known})
            by_bytes[item.sha256] = known
        else:
            items[known] = _serving_both(items[known], item)
        ids[item.id] = known
    return tuple(items.values()), ids


def _serving_both(own: EvidenceItem, other: EvidenceItem) -> EvidenceItem:
    criteria = tuple(dict.fromkeys((*own.criteria, *other.criteria)))
    gates = tuple(dict.fromkeys((*own.gates, *other.gates)))
    return own.model_copy(update={"criteria": criteria, "gates": gates})


def _with_findings(
    own: Assessment, wanted: Collection[Finding], ids: Mapping[str, str]
) -> tuple[Finding, ...]:
    found = {finding.id: finding for finding in own.findings}
    told = {(finding.criterion, finding.text) for finding in own.findings}
    for finding in wanted:
        if (finding.criterion, finding.text) in told:
            continue
        number = next_id("f", found)
        pieces = {
            "evidence": tuple(ids[piece] for piece in finding.evidence if piece in ids),
            "recheck": tuple(ids[piece] for piece in finding.recheck if piece in ids),
        }
        found[number] = finding.model_copy(update={"id": number, **pieces})
    return tuple(found.values())


def _entries(record: Assessment, section: Shared) -> Mapping[str, object]:
    entries: Mapping[str, object] = getattr(record, section)
    return entries


def _same(one: object, other: object) -> bool:
    if isinstance(one, Answer) and isinstance(other, Answer):
        return substance(one) == substance(other)
    if isinstance(one, GateAnswer) and isinstance(other, GateAnswer):
        # A note before there is an answer contradicts nothing.
        return one == other or not (one.answers and other.answers)
    return one == other


def _criteria(keys: Collection[str]) -> frozenset[str]:
    return frozenset(key.partition("@")[0] for key in keys)
