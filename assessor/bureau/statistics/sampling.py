"""Whom to inspect again: drawn at random with a seed, the risky more often, each with its reasons.

Every visit can be drawn. Its chance grows with the weight of what speaks for a second look. The
draw of a visit depends on the seed and its own id alone, so the list can be made again by anybody,
and a visit added later does not shuffle the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from hashlib import sha256
from heapq import nlargest
from operator import itemgetter

from assessor.bureau.records import Verdict
from assessor.bureau.register import VisitRow
from assessor.bureau.register.layout import UNIT
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.inflation import MARKED
from assessor.bureau.statistics.severity import Severity, severity
from assessor.i18n import Message, message

NEAR = Decimal("0.5")
"""A reading this near to its line is a reason to look again."""
_EXACT = Context(prec=28)
_SHOWN = Decimal("0.01")
_RANGE = 2**256


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit was more likely to be drawn; `code` is stable, `words` are for people."""

    code: str
    weight: int
    words: Message


@dataclass(frozen=True, slots=True)
class Pick:
    """One visit to be inspected again; without `reasons` it was drawn by chance alone."""

    place: int
    visit: VisitRow
    weight: int
    reasons: tuple[Reason, ...]


_WEIGHTS = {
    "near_line": 3,
    "inflated": 3,
    "contradiction": 3,
    "severe": 2,
    "lenient": 2,
    "unknown_key": 2,
    "unsigned": 1,
    "altered": 4,
}


def draw(facts: Facts, count: int, seed: int) -> tuple[Pick, ...]:
    """Return up to `count` verified visits, first drawn first.

    Without replacement, each with a chance in proportion to 1 + the weights of its reasons
    (Efraimidis and Spirakis 2006).
    """
    marked = {one.assessor: one for one in severity(facts) if one.marked}
    chances: dict[int, list[tuple[int, VisitRow]]] = {}
    for visit in facts.verified:
        codes = _codes(visit, facts.near.get(visit.number), marked)
        weight = 1 + sum(_WEIGHTS[code] for code, _ in codes)
        chances.setdefault(weight, []).append((_chance(seed, visit.visit_id), visit))
    drawn = [
        (_waiting(chance, weight), visit.visit_id, visit, weight)
        for weight, visits in chances.items()
        # Among equal weights the greatest chances come first: no others can be drawn.
        for chance, visit in nlargest(count, visits, key=itemgetter(0))
    ]
    drawn.sort(key=itemgetter(0, 1))
    return tuple(
        Pick(place, visit, weight, _reasons(visit, facts.near.get(visit.number), marked))
        for place, (_, _, visit, weight) in enumerate(drawn[:count], 1)
    )


def _chance(seed: int, visit_id: str) -> int:
    return int.from_bytes(sha256(f"{seed}:{visit_id}".encode()).digest())


def _waiting(chance: int, weight: int) -> Decimal:
    """Return a waiting time of rate `weight`: the shortest are drawn."""
    share = _EXACT.divide(Decimal(chance + 1), Decimal(_RANGE + 1))
    return _EXACT.divide(-_EXACT.ln(share), Decimal(weight))


def _reasons(
    visit: VisitRow, near: int | None, marked: Mapping[str, Severity]
) -> tuple[Reason, ...]:
    return tuple(
        Reason(code, _WEIGHTS[code], message(f"bureau_statistics.reason_{code}", **values))
        for code, values in (
            (code, {name: _words(value) for name, value in values.items()})
            for code, values in _codes(visit, near, marked)
        )
    )


def _codes(
    visit: VisitRow, near: int | None, marked: Mapping[str, Severity]
) -> list[tuple[str, Mapping[str, Decimal | str]]]:
    found: list[tuple[str, Mapping[str, Decimal | str]]] = []
    if near is not None and near <= NEAR * UNIT:
        found.append(("near_line", {"distance": Decimal(near) / UNIT}))
    if visit.self_score is not None and visit.score is not None:
        difference = visit.self_score - visit.score
        if difference >= MARKED:
            found.append(("inflated", {"difference": difference}))
    for name in visit.assessors:
        one = marked.get(name)
        if one is not None and one.difference is not None:
            code = "severe" if one.difference < 0 else "lenient"
            found.append((code, {"assessor": name, "difference": abs(one.difference)}))
    if visit.signature in _WEIGHTS:
        found.append((visit.signature, {}))
    if visit.verdict is Verdict.WARNING:
        found.append(("contradiction", {}))
    return found


def _words(value: Decimal | str) -> str:
    return value if isinstance(value, str) else format(value.quantize(_SHOWN, ROUND_HALF_UP), "f")
