"""The record of a visit for the register, from its payload and the score computed anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from assessor.analysis.near_lines import near_lines
from assessor.assessment import Assessment, Enterprise, Visit
from assessor.bureau.intake.payload_part import Carried
from assessor.bureau.records import (
    DimensionResult,
    EnterpriseFacts,
    HistoryHead,
    ItemResult,
    NearMiss,
    RubricEdition,
    SignatureState,
    VisitRecord,
)
from assessor.credit_code import check_credit_code
from assessor.exchange.signature import Verdict as TamperVerdict
from assessor.formulas import Given
from assessor.rules import names
from assessor.rules.card import DimensionScore, ScoreCard
from assessor.rules.run import known
from assessor.scoring import shown

_BETWEEN = re.compile(r"[、,，;；/|]")
_SIGNATURES: Mapping[TamperVerdict, SignatureState] = {
    "enrolled": "valid",
    "replaced": "valid",
    "unknown": "unknown_key",
    "altered": "altered",
    "unsigned": "unsigned",
}


def record_of(carried: Carried, own: Mapping[str, Given]) -> VisitRecord:
    """Return what the register keeps of a visit; `own` are the figures of its own answers."""
    card, assessment = carried.card, carried.payload.assessment
    rubric = carried.payload.rubric
    visit, history = assessment.visit, carried.payload.history
    return VisitRecord(
        visit_id=assessment.id,
        revision=assessment.revision,
        payload_digest=carried.envelope.digest,
        enterprise=_enterprise(assessment.enterprise, visit),
        rubric=RubricEdition(rubric.id, rubric.version, rubric.digest),
        profile=assessment.profile,
        target=assessment.target,
        cycle=assessment.cycle,
        visit_date=visit_day(visit),
        assessors=tuple(one.name for one in visit.panel if one.role != "observer"),
        panel=tuple(one.name for one in visit.panel),
        role=visit.kind,
        outcomes={score.outcome.id: score.state for score in card.outcomes},
        tier=card.result or "",
        score=_printed(card.total.value),
        lowest=_printed(card.total.lowest),
        highest=_printed(card.total.highest),
        maximum=_printed(card.total.maximum),
        dimensions=dict(_dimensions(card.dimensions)),
        items=_items(card),
        self_score=None if carried.loaded.rubric.collects else _figure(own, names.TOTAL),
        self_scores=dict(_points(card, own)),
        confidence=_confidence(assessment),
        gates={score.gate.id: score.state for score in card.gates},
        signature=_SIGNATURES[carried.tamper.verdict],
        key_id=carried.tamper.key_id,
        history=HistoryHead(history.head, history.entries) if history else None,
        near_lines=tuple(
            NearMiss(near.outcome.id, near.reading.id, near.distance, near.criteria)
            for near in near_lines(card)
        ),
        evidence_count=len(assessment.evidence),
    )


def visit_day(visit: Visit) -> date | None:
    """Return the last day on site, `None` when the record has none."""
    return visit.date_to or visit.date_from


def plain_name(words: str) -> str:
    """Return `words` without characters that act on a screen, blanks made one."""
    return " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())


def _enterprise(given: Enterprise, visit: Visit) -> EnterpriseFacts:
    checked = check_credit_code(given.credit_code)
    return EnterpriseFacts(
        name=plain_name(given.name),
        credit_code=checked.code if checked.acceptable else "",
        district=plain_name(given.district),
        industry_code=plain_name(given.industry_code),
        clusters=tuple(filter(None, map(plain_name, _BETWEEN.split(given.cluster)))),
        workshop=plain_name(visit.workshop),
    )


def _printed(value: Decimal | None) -> Decimal | None:
    return None if value is None else shown(value)


def _dimensions(scores: tuple[DimensionScore, ...]) -> list[tuple[str, DimensionResult]]:
    found: list[tuple[str, DimensionResult]] = []
    for score in scores:
        if score.asked:
            result = DimensionResult(_printed(score.span.value), _printed(score.span.maximum))
            found.append((score.dimension.id, result))
        found += _dimensions(score.children)
    return found


def _items(card: ScoreCard) -> dict[str, ItemResult]:
    return {
        item.criterion.id: ItemResult(
            _printed(item.points),
            _printed(item.span.maximum),
            item.state,
            item.role == "required",
        )
        for item in card.items
    }


def _points(card: ScoreCard, own: Mapping[str, Given]) -> Iterator[tuple[str, Decimal]]:
    """Yield the points of the enterprise's own answers to the criteria that are asked."""
    for item in card.items:
        points = _figure(own, names.leaf("points", item.criterion.id))
        if points is not None:
            yield item.criterion.id, points


def _figure(figures: Mapping[str, Given], name: str) -> Decimal | None:
    return _printed(known(figures, name))


def _confidence(assessment: Assessment) -> dict[str, int]:
    given = (answer.confidence for answer in assessment.answers.values())
    return dict(sorted(Counter(one for one in given if one is not None).items()))
