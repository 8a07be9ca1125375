"""What does not fit together in the answers, and where proof is short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assessor.assessment import Answer, Assessment
from assessor.formulas import Given, Scope, evaluate
from assessor.i18n import message
from assessor.rubrics.criterion import EvidenceContract, EvidenceKind
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import AnswerIs, Contradiction
from assessor.rubrics.rule_models import LevelsRule, LookupRule, QuantityRule
from assessor.rules import names
from assessor.rules.card import Finding, ItemScore, OutcomeScore
from assessor.rules.program import Entry, Program
from assessor.rules.quantity import table_formula


class Contradictions:
    """What can contradict in one program: the rubric's own rules, overridden links, and typed
    inputs that differ from the table they come from."""

    def __init__(self, program: Program) -> None:
        self._rubric = program.rubric
        self._entries = [
            entry
            for entry in program.entries
            if entry.criterion.links or isinstance(entry.criterion.rule, QuantityRule)
        ]

    def found(
        self, assessment: Assessment, values: Mapping[str, Given], scope: Scope
    ) -> Iterator[Finding]:
        """Yield those that apply to an assessment with its figures."""
        for rule in self._rubric.contradictions:
            if all(_holds(condition, values) for condition in rule.when):
                yield _contradiction(rule)
        for entry in self._entries:
            yield from _overridden(self._rubric, entry, assessment, values)
            yield from _typed_otherwise(entry, assessment, scope)


def inversions(outcomes: tuple[OutcomeScore, ...]) -> Iterator[Finding]:
    """Yield outcomes whose own lines are met while the outcome below is missed."""
    states = {entry.outcome.id: entry for entry in outcomes}
    for entry in outcomes:
        below = states.get(entry.outcome.requires or "")
        if below is None or below.state != "not_reached":
            continue
        deciding = [found for found in entry.readings if found.decides and found.state != "no_line"]
        if deciding and all(reading.state == "met" for reading in deciding):
            text = message("score.inversion", higher=entry.outcome.name, lower=below.outcome.name)
            yield Finding(f"inversion.{entry.outcome.id}", text, ())


def _holds(condition: AnswerIs, values: Mapping[str, Given]) -> bool:
    given = values.get(names.effective(condition.criterion))
    if not isinstance(given, str):
        given = values.get(names.answer(condition.criterion))
    return isinstance(given, str) and bool(set(given.split(",")) & set(condition.options))


def _contradiction(rule: Contradiction) -> Finding:
    return Finding(
        rule.id,
        message("score.contradiction", text=rule.text),
        tuple(condition.criterion for condition in rule.when),
    )


def _overridden(
    rubric: Rubric, entry: Entry, assessment: Assessment, values: Mapping[str, Given]
) -> Iterator[Finding]:
    for leaf in entry.leaves:
        given = assessment.answers.get(leaf.key)
        forced = values.get(names.effective(leaf.key))
        if given is None or given.option is None or not isinstance(forced, str):
            continue
        if forced != given.option and leaf.criterion.links:
            link = leaf.criterion.links[0]
            text = message(
                "score.link_overrides",
                number=leaf.criterion.number,
                given=given.option,
                forced=forced,
                trigger=rubric.criterion_by_id[link.when].number,
            )
            yield Finding(f"link.{leaf.key}", text, (link.when, leaf.criterion.id))


def _typed_otherwise(entry: Entry, assessment: Assessment, scope: Scope) -> Iterator[Finding]:
    rule = entry.criterion.rule
    answer = assessment.answers.get(entry.whole.key)
    if not isinstance(rule, QuantityRule) or answer is None:
        return
    filled = frozenset(name for name, rows in assessment.tables.items() if rows)
    for item in rule.measure.inputs:
        tree = table_formula(item, filled)
        typed = (answer.inputs or {}).get(item.id)
        if tree is None or typed is None:
            continue
        counted = evaluate(tree, scope)
        if isinstance(counted, Decimal) and counted != typed:
            text = message(
                "score.table_differs",
                number=entry.criterion.number,
                name=item.name,
                typed=format(typed, "f"),
                counted=format(counted, "f"),
            )
            yield Finding(f"table.{entry.criterion.id}.{item.id}", text, (entry.criterion.id,))


def evidence_shortfall(item: ItemScore, assessment: Assessment) -> Finding | None:
    """Return what is missing if an answer needs more proof than it has."""
    contract = item.criterion.contract
    if contract is None or item.role == "deduction" or not _needs_proof(item, contract):
        return None
    found = assessment.evidence_for(item.criterion.id)
    if contract.kinds:
        found = tuple(piece for piece in found if _serves(piece.kind, contract.kinds))
    if len(found) >= contract.minimum:
        return None
    text = message(
        "score.evidence_short",
        number=item.criterion.number,
        title=item.criterion.title,
        found=len(found),
        wanted=contract.minimum,
    )
    return Finding(f"evidence.{item.criterion.id}", text, (item.criterion.id,))


def _serves(kind: EvidenceKind, wanted: Sequence[EvidenceKind]) -> bool:
    """A photograph is how an observation on the shop floor is recorded, so it serves as one."""
    return kind in wanted or (kind == "photo" and "observation" in wanted)


def _needs_proof(item: ItemScore, contract: EvidenceContract) -> bool:
    if item.state != "answered":
        return False
    rule = item.criterion.rule
    if contract.from_option is None or not isinstance(rule, LevelsRule | LookupRule):
        return bool(item.points) or _collected(item)
    order = [option.key for option in rule.options]
    floor = order.index(contract.from_option)
    return any(
        answer is not None and answer.option in order and order.index(answer.option) >= floor
        for answer in item.answers
    )


def _collected(item: ItemScore) -> bool:
    """Whether it states something that is worth no points: a figure, or a yes."""
    stated = [answer for answer in item.answers if answer is not None]
    said = any(
        answer.inputs is not None or answer.option not in (None, names.NO) for answer in stated
    )
    return not item.criterion.maximum and said


def is_unproven(answers: tuple[Answer | None, ...]) -> bool:
    """Return whether the result rests on the declaration that there is no baseline."""
    return any(answer is not None and bool(answer.no_baseline) for answer in answers)
