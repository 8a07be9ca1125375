"""Where a rule comes from, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assessor.rubrics.base import Id, LocalText, Model, Words

Basis = Literal["official", "reposted", "secondary", "derived"]
"""From strongest to weakest: the authority's own text; the same text seen only as a copy elsewhere;
a third party's account; concluded by the authors of the rubric."""

STRENGTH: tuple[Basis, ...] = ("official", "reposted", "secondary", "derived")


class Source(Model):
    """A document a rule can be traced to."""

    id: Id
    title: LocalText
    issuer: LocalText
    document_number: Words | None = None
    date: Words | None = None
    kind: Basis
    note: LocalText | None = None


class Provenance(Model):
    """The claim how a rule is founded, with the documents it rests on."""

    basis: Basis
    source_ids: tuple[Id, ...] = ()
    note: LocalText | None = None


def weaker(one: Basis, other: Basis) -> Basis:
    """Return the less trustworthy of two."""
    return max(one, other, key=STRENGTH.index)


def effective_basis(provenance: Provenance, sources: Mapping[str, Source]) -> Basis:
    """Return what may be claimed of a rule: the weaker of its basis and its best source's kind.

    A rule without any known source can be no better than derived.
    """
    kinds = [sources[name].kind for name in provenance.source_ids if name in sources]
    best: Basis = min(kinds, key=STRENGTH.index, default="derived")
    return weaker(provenance.basis, best)
