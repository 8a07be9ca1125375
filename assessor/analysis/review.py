"""What should be looked at again before signing: open, unproven, doubtful or hanging by a thread.

Pure: made from the record and its score card alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from assessor.analysis.near_lines import near_lines
from assessor.i18n import Localized, Message
from assessor.rubrics.outcomes import Outcome, Reading
from assessor.rules.card import ScoreCard

RemarkKind = Literal[
    "unanswered",
    "open_gate",
    "no_evidence",
    "contradiction",
    "near_line",
    "low_confidence",
    "not_applicable",
]
KINDS: tuple[RemarkKind, ...] = get_args(RemarkKind)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: of which kind, and the criteria it concerns (the first to go to).

    `text` is a sentence of the score card, `said` what a person wrote (a reason or a note). `gate`
    is the id of an open gate and `title` its name. Near a line `outcome` and `reading` say which,
    `distance` how far the figure is below it (negative: above).
    """

    kind: RemarkKind
    criteria: tuple[str, ...] = ()
    text: Message | None = None
    said: str = ""
    unit: str = ""
    gate: str = ""
    title: Localized | None = None
    outcome: Outcome | None = None
    reading: Reading | None = None
    distance: Decimal | None = None


def review(card: ScoreCard) -> tuple[Remark, ...]:
    """Return everything to look at again, by kind in the order of `KINDS`."""
    return (
        *_unanswered(card),
        *_open_gates(card),
        *(Remark("no_evidence", found.criteria, found.text) for found in card.evidence_shortfalls),
        *(Remark("contradiction", found.criteria, found.text) for found in card.contradictions),
        *(
            Remark(
                "near_line",
                near.criteria,
                outcome=near.outcome,
                reading=near.reading,
                distance=near.distance,
            )
            for near in near_lines(card)
        ),
        *_answers(card, "low_confidence"),
        *_answers(card, "not_applicable"),
    )


def counted(remarks: tuple[Remark, ...]) -> dict[RemarkKind, int]:
    """Return how many remarks there are of each kind, none left out."""
    return {kind: sum(remark.kind == kind for remark in remarks) for kind in KINDS}


def _unanswered(card: ScoreCard) -> Iterator[Remark]:
    """Yield what is asked and open, and whatever was answered but cannot be computed."""
    for item in card.items:
        asked = item.role == "required" and item.state == "unanswered"
        if asked or item.state == "not_computable":
            # Without an answer the cells could only say that the answer is missing.
            why = item.why if item.state == "not_computable" else None
            yield Remark("unanswered", (item.criterion.id,), why)


def _open_gates(card: ScoreCard) -> Iterator[Remark]:
    """Yield the open gates that stand before an outcome that is assessed here."""
    assessed = [entry for entry in card.outcomes if entry.state != "not_assessed"]
    before = {gate for entry in assessed for gate in entry.open_gates}
    for found in card.gates:
        if found.gate.id in before:
            gate = found.gate
            yield Remark("open_gate", (), found.reason, gate=gate.id, title=gate.title)


def _answers(card: ScoreCard, kind: RemarkKind) -> Iterator[Remark]:
    for item in card.items:
        for key, answer in zip(item.keys, item.answers, strict=True):
            if answer is None:
                continue
            unit, criteria = key.partition("@")[2], (item.criterion.id,)
            if kind == "not_applicable" and answer.na:
                yield Remark(kind, criteria, said=answer.reason.strip(), unit=unit)
            elif kind == "low_confidence" and answer.confidence == "low":
                yield Remark(kind, criteria, said=answer.note.strip(), unit=unit)
