"""The scores of single criteria, kept until an edit touches them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal

from assessor.assessment import Answer, Assessment
from assessor.formulas import Given, NotComputable
from assessor.rubrics.criterion import Link
from assessor.rules import names
from assessor.rules.card import Finding, ItemScore, ItemState
from assessor.rules.findings import evidence_shortfall, is_unproven
from assessor.rules.program import Entry, Program
from assessor.rules.reasons import reason_in_words
from assessor.rules.run import Changes, known
from assessor.rules.spans import span_of
from assessor.rules.target_scores import target_scores


class ItemScores:
    """The item scores of one program for one assessment after another.

    `items` are in the program's order, beside them what evidence each is short of; `renewed` are
    the places in `items` that the last update replaced.
    """

    def __init__(self, program: Program) -> None:
        self.items: list[ItemScore] = []
        self.renewed: Set[int] = frozenset()
        self._entries = program.entries
        self._readers = _readers(program.entries)
        self._shortfalls: list[Finding | None] = []
        self._required_maxima: dict[str, Decimal] = {}
        self._evidence: object = None

    def update(self, changes: Changes, assessment: Assessment, values: Mapping[str, Given]) -> None:
        """Bring everything up to date with an assessment and its figures."""
        if assessment.evidence is not self._evidence or not self.items:
            self._evidence = assessment.evidence
            self.items = [item_score(entry, assessment, values) for entry in self._entries]
            self._shortfalls = [evidence_shortfall(item, assessment) for item in self.items]
            self._required_maxima.clear()
            self.renewed = frozenset(range(len(self.items)))
            return
        self.renewed = {
            index
            for name in (*changes.cells, *map(names.answer, changes.answers))
            for index in self._readers.get(name, ())
        }
        for index in self.renewed:
            self._renew(index, assessment, values)

    def shortfalls(self) -> tuple[Finding, ...]:
        """Return the answers that need more proof than they have."""
        return tuple(found for found in self._shortfalls if found is not None)

    def required_maximum(self, target: str) -> Decimal:
        """Return the most points that the items required for `target` can give."""
        if target not in self._required_maxima:
            self._required_maxima[target] = sum(
                (
                    item.span.maximum or Decimal(0)
                    for item in self.items
                    if item.criterion.asked.get(target) == "required"
                ),
                Decimal(0),
            )
        return self._required_maxima[target]

    def _renew(self, index: int, assessment: Assessment, values: Mapping[str, Given]) -> None:
        score = item_score(self._entries[index], assessment, values)
        if score.span.maximum != self.items[index].span.maximum:
            self._required_maxima.clear()
        self.items[index] = score
        self._shortfalls[index] = evidence_shortfall(score, assessment)


def _readers(entries: Sequence[Entry]) -> dict[str, tuple[int, ...]]:
    """Return for each cell the entries whose score is made from it."""
    found: dict[str, set[int]] = {}
    for index, entry in enumerate(entries):
        cells = [cell.name for cell in entry.all_cells]
        for leaf in entry.leaves:
            cells += [cell.name for cell in leaf.before]
            cells += [names.answer(leaf.key), *leaf.reads]
        for name in cells:
            found.setdefault(name, set()).add(index)
    return {name: tuple(indices) for name, indices in found.items()}


def item_score(entry: Entry, assessment: Assessment, values: Mapping[str, Given]) -> ItemScore:
    """Return the score of one criterion."""
    key = entry.whole.key
    keys = tuple(leaf.key for leaf in entry.leaves)
    answers = tuple(assessment.answers.get(leaf) for leaf in keys)
    points = values.get(names.leaf("points", key))
    rank = known(values, names.rank("points", key))
    return ItemScore(
        criterion=entry.criterion,
        role=entry.role,
        keys=keys,
        answers=answers,
        state=_item_state(entry, answers, values),
        span=span_of(
            values, {view: names.leaf(view, key) for view in names.VIEWS}, names.maximum(key)
        ),
        rank=None if rank is None else int(rank),
        result=known(values, names.result(key)),
        forced_by=_forced_by(entry, values),
        unproven=is_unproven(answers),
        why=(
            reason_in_words(entry.criterion, keys, values, points.reason)
            if isinstance(points, NotComputable)
            else None
        ),
        evidence=tuple(piece.id for piece in assessment.evidence_for(entry.criterion.id)),
        targets=tuple(target_scores(entry.criterion, key, assessment.profile, values)),
    )


def _item_state(
    entry: Entry, answers: Sequence[Answer | None], values: Mapping[str, Given]
) -> ItemState:
    if all(answer is not None and answer.na for answer in answers) and entry.whole.exclusion:
        return "not_applicable"
    if known(values, names.leaf("points", entry.whole.key)) is not None:
        return "answered"
    given = all(answer is not None for answer in answers)
    return "not_computable" if given else "unanswered"


def _forced_by(entry: Entry, values: Mapping[str, Given]) -> Link | None:
    for link in entry.criterion.links:
        if values.get(names.answer(link.when)) == link.option:
            return link
    return None
