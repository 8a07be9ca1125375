"""Golden cases: a set of answers with what the reference makes of them, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from tests.reference.exact import show

CYCLE = "2025"

Answer = dict[str, Any]
Answers = dict[str, Answer]


class Scored(Protocol):
    """What both references' cards have in common."""

    @property
    def total(self) -> Fraction: ...
    @property
    def maximum(self) -> Fraction: ...
    @property
    def lowest(self) -> Fraction: ...
    @property
    def highest(self) -> Fraction: ...
    @property
    def complete(self) -> bool: ...
    @property
    def outcomes(self) -> dict[str, str]: ...
    @property
    def readings(self) -> dict[str, dict[str, str]]: ...
    @property
    def result(self) -> str | None: ...


@dataclass(frozen=True)
class Case:
    """One named set of answers.

    `claim` names what the case is built to show: the printed total, or the state of an outcome.
    A case whose claim does not hold is a fault of its construction and is refused. `watch` lists
    items whose own points are written beside the expectation, with six digits.
    """

    id: str
    zh: str
    en: str
    profile: str
    target: str
    answers: Answers
    gates: Answers
    claim: Mapping[str, str] = field(default_factory=dict)
    watch: Sequence[str] = ()


def check_claim(case: Case, card: Scored) -> None:
    """Refuse a case that does not show what it says it shows."""
    facts = {
        "total": show(card.total),
        "lowest": show(card.lowest),
        "highest": show(card.highest),
        "result": str(card.result),
        **card.outcomes,
        **{
            f"{o}.{name}": text
            for o, table in card.readings.items()
            for name, text in table.items()
        },
    }
    wrong = {key: (text, facts[key]) for key, text in case.claim.items() if facts[key] != text}
    if wrong:
        raise ValueError(f"case {case.id}: claimed and found {wrong}")


def as_data(
    case: Case, card: Scored, dimensions: Mapping[str, Fraction], also: Mapping[str, Any]
) -> dict[str, Any]:
    """Write a case and its expectation as plain data."""
    check_claim(case, card)
    return {
        "id": case.id,
        "text": {"zh": case.zh, "en": case.en},
        "profile": case.profile,
        "target": case.target,
        "cycle": CYCLE,
        "answers": case.answers,
        "gates": case.gates,
        "expect": {
            "total": show(card.total),
            "maximum": show(card.maximum),
            "lowest_possible": show(card.lowest),
            "highest_possible": show(card.highest),
            "complete": card.complete,
            "result": card.result,
            "outcomes": card.outcomes,
            "readings": card.readings,
            "dimensions": {key: show(value) for key, value in dimensions.items()},
        },
        "also": also,
    }
