"""Which other answer is worth a look, and what it would change, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.analysis.panel import substance
from assessor.assessment import Answer, Assessment
from assessor.commands.remarks import give_answer
from assessor.rubrics.rule_models import LevelsRule, LookupRule, QuantityRule
from assessor.rules.card import OutcomeScore, ScoreCard
from assessor.ui.views.evaluating import changes
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.edits import MakeEdit, choose
from assessor.ui.views.evaluating.sayings import Sayings


@dataclass(frozen=True)
class Alternative:
    """Another answer: what it is called, such as `If D instead`, and the edit that would give it.

    The edit is only ever made in thought. One that is not `calm` is shown only when it would change
    something.
    """

    name: str
    make: MakeEdit
    calm: bool = True

    def record(self, now: Assessment) -> Assessment | None:
        """Return the record with this answer, `None` where it would change nothing."""
        edit = self.make(now)
        after = edit.apply(now) if edit is not None else now
        return None if after == now else after


def worth_a_look(say: Sayings, shown: Shown) -> Alternative | None:
    """Return the enterprise's own answer where it is another one, else the next higher level."""
    answer, theirs = shown.answer, shown.theirs
    if theirs is not None and (answer is None or substance(theirs) != substance(answer)):
        return Alternative(_named_theirs(say, shown, theirs), _giving(shown, theirs), calm=False)
    higher = _next_higher(shown)
    if higher is None:
        return None
    return Alternative(say.tr("if_other", answer=higher), choose(shown.key, higher))


def _named_theirs(say: Sayings, shown: Shown, theirs: Answer) -> str:
    if isinstance(shown.criterion.rule, QuantityRule):
        return say.tr("if_their_figures")
    told = say.tr("if_theirs", answer=say.answer(shown.criterion, theirs))
    return say.tr("if_this" if shown.answer is None else "if_other", answer=told)


def _giving(shown: Shown, answer: Answer) -> MakeEdit:
    return lambda record: give_answer(record, shown.key, answer)


def _next_higher(shown: Shown) -> str | None:
    rule, answer = shown.criterion.rule, shown.answer
    if not isinstance(rule, LevelsRule | LookupRule) or answer is None:
        return None
    options = [option.key for option in rule.options]
    if answer.option not in options[:-1]:
        return None
    return options[options.index(answer.option) + 1]


def consequences(
    say: Sayings, alternative: Alternative, now: ScoreCard, then: ScoreCard
) -> tuple[str, ...]:
    """Return what an alternative would change: the points, then outcomes and distances."""
    found = changes.difference(now, then)
    if not alternative.calm and found == changes.difference(now, now):
        return ()
    head = say.tr("if_result", name=alternative.name, what=changes.in_short(say, found))
    return (head, *changes.outcome_lines(say, found), *_distances(say, now, then))


def _distances(say: Sayings, now: ScoreCard, then: ScoreCard) -> Iterator[str]:
    """Yield the distances to lines that would be others, of outcomes that stay as they are."""
    states = {entry.outcome.id: entry for entry in now.outcomes}
    for entry in then.outcomes:
        before = states.get(entry.outcome.id)
        if before is None or before.state != entry.state:
            continue
        old, new = _short(say, now, before), _short(say, then, entry)
        for reading in old:
            if reading in new and old[reading] != new[reading] and new[reading]:
                yield say.tr(
                    "if_distance",
                    outcome=entry.outcome.name,
                    before=old[reading] or say.tr("if_met"),
                    after=new[reading],
                )


def _short(say: Sayings, card: ScoreCard, outcome: OutcomeScore) -> dict[str, str]:
    deciding = (found for found in outcome.readings if found.decides)
    return {found.reading.id: say.distance(card, found) for found in deciding}
