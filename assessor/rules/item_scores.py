"""The scores of single criteria, kept until an edit touches them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessor.assessment import Answer, Assessment
from assessor.formulas import Given, NotComputable
from assessor.rubrics.criterion import Link
from assessor.rules import names
from assessor.rules.card import ItemScore, ItemState
from assessor.rules.findings import is_unproven
from assessor.rules.program import Entry, Program
from assessor.rules.results import span_of
from assessor.rules.run import Run, known


class ItemScores:
    """The item scores of one program for one assessment after another."""

    def __init__(self, program: Program) -> None:
        self._entries = program.entries
        self._owner = {
            cell.name: index
            for index, entry in enumerate(program.entries)
            for leaf in entry.leaves
            for cell in (*leaf.before, *entry.all_cells)
        }
        self._scores: list[ItemScore] = []
        self._evidence: object = None

    def scores(
        self, run: Run, assessment: Assessment, values: Mapping[str, Given]
    ) -> tuple[ItemScore, ...]:
        """Return the scores of all entries, in order."""
        changed = run.take_changed()
        if assessment.evidence is not self._evidence or not self._scores:
            self._evidence = assessment.evidence
            self._scores = [item_score(entry, assessment, values) for entry in self._entries]
            return tuple(self._scores)
        touched = {self._owner[name] for name in changed if name in self._owner}
        for index in touched | self._answered_otherwise(assessment):
            self._scores[index] = item_score(self._entries[index], assessment, values)
        return tuple(self._scores)

    def _answered_otherwise(self, assessment: Assessment) -> set[int]:
        """The entries whose answers are other objects: a note may differ where no figure does."""
        return {
            index
            for index, score in enumerate(self._scores)
            if any(
                assessment.answers.get(key) is not answer
                for key, answer in zip(score.keys, score.answers, strict=True)
            )
        }


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
        why=points.reason if isinstance(points, NotComputable) else None,
        evidence=tuple(piece.id for piece in assessment.evidence_for(entry.criterion.id)),
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
