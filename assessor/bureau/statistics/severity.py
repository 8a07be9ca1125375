"""Whether an assessor gives less or more than others do under the same circumstances.

Peers of a visit are the visits of the same cycle, target, profile and district in which the
assessor took no part. The difference is a reason to look closer, never a judgement: who is sent to
weaker enterprises gives lower scores and is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.bureau.register import VisitRow
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.numbers import mean_of

LEAST_VISITS = 5
"""With fewer compared visits nothing is said about an assessor."""
LEAST_PEERS = 3
"""A visit with fewer peers is not compared."""
MARKED_ERRORS = 2
"""How many standard errors a difference has to be from zero to be marked."""

Stratum = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Severity:
    """One assessor: the mean of (score - mean of the peers) over `visits`, in points.

    Negative is severe, positive lenient. `error` is the standard error of the mean; `marked` when
    the difference is beyond `MARKED_ERRORS` of it. With fewer than the minimum of compared visits
    `difference` and `error` are `None`, and the assessor is never marked.
    """

    assessor: str
    visits: tuple[int, ...]
    difference: Decimal | None
    error: Decimal | None
    marked: bool


@dataclass
class _Stratum:
    count: int = 0
    total: Decimal = Decimal(0)


def severity(facts: Facts, least: int = LEAST_VISITS) -> tuple[Severity, ...]:
    """Return every assessor of verified visits, the most severe first, those not judged last."""
    scored = [(visit, visit.score) for visit in facts.verified if visit.score is not None]
    whole: dict[Stratum, _Stratum] = {}
    own: dict[tuple[str, Stratum], _Stratum] = {}
    taken: dict[str, list[tuple[VisitRow, Decimal]]] = {}
    for visit, score in scored:
        stratum = _stratum(visit)
        _add(whole.setdefault(stratum, _Stratum()), score)
        for assessor in set(visit.assessors):
            _add(own.setdefault((assessor, stratum), _Stratum()), score)
            taken.setdefault(assessor, []).append((visit, score))
    found = [_severity(name, taken[name], whole, own, least) for name in sorted(taken)]
    return tuple(sorted(found, key=_most_severe_first))


def _most_severe_first(one: Severity) -> tuple[bool, Decimal, str]:
    return one.difference is None, one.difference or Decimal(0), one.assessor


def _add(stratum: _Stratum, score: Decimal) -> None:
    stratum.count += 1
    stratum.total += score


def _stratum(visit: VisitRow) -> Stratum:
    return visit.cycle, visit.target, visit.profile, visit.district


def _severity(
    assessor: str,
    visits: Sequence[tuple[VisitRow, Decimal]],
    whole: Mapping[Stratum, _Stratum],
    own: Mapping[tuple[str, Stratum], _Stratum],
    least: int,
) -> Severity:
    differences: list[Decimal] = []
    compared: list[int] = []
    for visit, score in visits:
        everyone, mine = whole[_stratum(visit)], own[assessor, _stratum(visit)]
        peers = everyone.count - mine.count
        if peers >= LEAST_PEERS:
            differences.append(score - (everyone.total - mine.total) / peers)
            compared.append(visit.number)
    if len(differences) < max(least, 2):
        return Severity(assessor, tuple(compared), None, None, marked=False)
    mean = mean_of(differences)
    error = _standard_error(differences, mean)
    marked = abs(mean) > MARKED_ERRORS * error
    return Severity(assessor, tuple(compared), mean, error, marked)


def _standard_error(values: Sequence[Decimal], mean: Decimal) -> Decimal:
    squares = sum(((value - mean) ** 2 for value in values), Decimal(0))
    return (squares / (len(values) - 1) / len(values)).sqrt()
