"""Evidence and findings under the newer version: every piece of evidence stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.analysis.carry.names import Names
from assessor.analysis.carry.told import Entry, How, LeftBehindError, Told
from assessor.assessment import Assessment, EvidenceItem, Finding
from assessor.i18n import message


@dataclass(frozen=True)
class Proofs:
    """Moves what proves and what was found wrong."""

    names: Names
    given: Assessment
    told: Told

    def evidence(self) -> Iterator[EvidenceItem]:
        """Yield every piece but drawn signatures; what it served and is gone is told."""
        signatures = {entry.signature for entry in self.given.sign_offs}
        for item in self.given.evidence:
            if item.id in signatures:
                reason = message("carry.signed_before")
                self.told.list("evidence", item.id, reason, item.file_name)
                continue
            moved, gone = self._linked(item)
            look = message("carry.evidence_unlinked", names=", ".join(gone)) if gone else None
            how: How = "carried" if moved == item else "mapped"
            entry = Entry("evidence", item.id, how, item.id, look, item.file_name)
            self.told.entries.append(entry)
            yield moved

    def _linked(self, item: EvidenceItem) -> tuple[EvidenceItem, list[str]]:
        """Return the piece with the new names of what it serves, and what of that is gone."""
        criteria: dict[str, None] = {}
        gates: dict[str, None] = {}
        gone = []
        for key in item.criteria:
            try:
                criteria[self.names.key(key)] = None
            except LeftBehindError:
                gone.append(key)
        for key in item.gates:
            try:
                gates[self.names.gate(key).id] = None
            except LeftBehindError:
                gone.append(key)
        return item.model_copy(update={"criteria": (*criteria,), "gates": (*gates,)}), gone

    def findings(self) -> Iterator[Finding]:
        """Yield the findings whose criterion still stands; the others are listed."""
        for finding in self.given.findings:
            try:
                to = self.names.key(finding.criterion)
            except LeftBehindError as refusal:
                self.told.list("finding", finding.id, refusal.reason, finding.text)
                continue
            how: How = "carried" if to == finding.criterion else "mapped"
            entry = Entry("finding", finding.id, how, finding.id, None, finding.text)
            self.told.entries.append(entry)
            yield finding.model_copy(update={"criterion": to})
