"""Claims about where a rule comes from."""

from __future__ import annotations

from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import Lookup
from assessor.rubrics.outcomes import Outcome
from assessor.rubrics.provenance import Provenance, effective_basis

_SHOWN = 5


def check(lookup: Lookup) -> Findings:
    """Find claims without a source, and a status that hides what is derived."""
    for part in lookup.find(Provenance):
        if part.value.basis != "derived" and not part.value.source_ids:
            place = f"{part.place}.source_ids"
            yield finding("no_source", place, part.subject, basis=part.value.basis)
    if not lookup.rubric.status.derived:
        derived = _derived(lookup)
        if derived:
            shown = ", ".join(derived[:_SHOWN]) + (" …" if len(derived) > _SHOWN else "")
            yield finding("hidden_derived", "status.derived", "", names=shown)


def _derived(lookup: Lookup) -> list[str]:
    """Return the outcomes and criteria whose line or weight is derived in effect."""
    claims: list[tuple[str, Provenance]] = []
    for part in lookup.find(Outcome):
        claims.append((part.value.id, part.value.provenance))
        deciding = [r for r in part.value.readings if r.id in part.value.decided_by]
        claims += [(f"{part.value.id}.{reading.id}", reading.provenance) for reading in deciding]
    claims += [(part.value.id, part.value.weight_provenance) for part in lookup.base_criteria]
    sources = lookup.rubric.source_by_id
    return [name for name, claim in claims if effective_basis(claim, sources) == "derived"]
