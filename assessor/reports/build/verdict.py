"""The page a director reads in a minute: masthead, result, shape, strengths, gaps, next steps."""

from __future__ import annotations

from decimal import Decimal

from assessor.i18n import Message
from assessor.reports.build.context import Context
from assessor.reports.build.dimensions import radar, short_table
from assessor.reports.build.focus import (
    assessed,
    best_outcome,
    next_outcome,
    outcome_phrase,
    reading_phrase,
)
from assessor.reports.build.highlights import highlights
from assessor.reports.build.steps import nearest_steps
from assessor.reports.document import Beside, Block, Heading, Headline, Masthead, Run, Tone
from assessor.rubrics.provenance import Basis
from assessor.rules.card import GateScore, OutcomeScore


def verdict_page(context: Context) -> tuple[Block, ...]:
    """Return the blocks of the verdict page."""
    words = context.words
    drawn = radar(context)
    shape = Beside((drawn, highlights(context)), (Decimal("1.06"), Decimal(1)))
    return (
        masthead(context),
        headline(context),
        *((shape,) if drawn else highlights(context)),
        Heading(2, words.say("each_dimension"), "sec-glance"),
        short_table(context, "glance"),
        *nearest_steps(context),
    )


def report_title(context: Context) -> str:
    """Return what this report is, by who made the assessment."""
    kind = context.source.assessment.visit.kind
    if context.source.rubric.collects:
        return context.words.told("form.title", rubric=context.source.rubric.short_title)
    return context.words.told(f"report.title_{kind}", rubric=context.source.rubric.short_title)


def cycle_name(context: Context) -> str:
    """Return the batch the visit belongs to."""
    wanted = context.source.assessment.cycle
    found = (entry.name for entry in context.source.rubric.cycles if entry.id == wanted)
    return context.words.pick(next(found))


def visit_dates(context: Context) -> str:
    """Return the day or days of the visit."""
    visit, words = context.source.assessment.visit, context.words
    days = [words.date(day) for day in (visit.date_from, visit.date_to) if day]
    return words.say("days").join(dict.fromkeys(days))


def masthead(context: Context) -> Masthead:
    """Return the three lines at the top."""
    words, record = context.words, context.source.assessment
    kicker = [report_title(context), cycle_name(context), words.pick(context.profile.name)]
    caption = [
        _labelled(context, "credit_code", record.enterprise.credit_code),
        _labelled(context, "visit_dates", visit_dates(context)),
        words.say("panel_elsewhere") if record.visit.panel else "",
    ]
    return Masthead(
        words.join(kicker, "dot"),
        record.enterprise.name,
        words.fold(caption, "side_by_side"),
    )


def _labelled(context: Context, name: str, told: str) -> str:
    return context.words.say("labelled", label=context.words.say(name), text=told) if told else ""


def headline(context: Context) -> Headline:
    """Return the card with the result and its figure."""
    words, card = context.words, context.card
    title, tone = verdict(context)
    return Headline(
        words.say("verdict_basis", basis=words.basis(_basis(context))),
        title,
        tuple(_lines(context)),
        words.score(card.total.value),
        words.say("out_of", maximum=words.constant(card.total.maximum)),
        card.total.value,
        tone,
    )


def _basis(context: Context) -> Basis:
    """How the outcome in the title is founded."""
    named = best_outcome(context) or next_outcome(context) or assessed(context)[-1]
    return named.basis


def verdict(context: Context) -> tuple[str, Tone]:
    """Return the verdict in a few words and what it means: good, open or bad."""
    best, ahead = best_outcome(context), next_outcome(context)
    if best is not None:
        return _verdict_words(context, best, "reached"), "good"
    state = ahead.state if ahead else "undecided"
    tone: Tone = "bad" if state == "not_reached" else "caution"
    return _verdict_words(context, ahead or assessed(context)[-1], state), tone


def _verdict_words(context: Context, outcome: OutcomeScore, state: str) -> str:
    """A tier is named by itself, a grade behind the tier it belongs to."""
    words = context.words
    names = {entry.id: entry.name for entry in context.source.rubric.targets}
    tier, name = words.pick(names[outcome.outcome.target]), words.pick(outcome.outcome.name)
    if tier == name:
        return words.told(f"report.verdict_tier_{state}", outcome=name)
    return words.told(f"report.verdict_grade_{state}", tier=tier, outcome=name)


def _lines(context: Context) -> list[Run]:
    words, card = context.words, context.card
    lines = []
    best, ahead = best_outcome(context), next_outcome(context)
    named = ahead if best is None else best
    if named is not None and ahead in (None, named):
        phrases = [reading_phrase(context, found) for found in named.readings if found.decides]
        lines.append(Run(words.join(phrases)))
    elif ahead is not None:
        lines.append(Run(outcome_phrase(context, ahead)))
    if ahead is not None:
        lines += [Run(words.pick(reason), tone="muted") for reason in _reasons(context, ahead)]
    if not card.complete:
        lines.append(Run(progress(context), strong=True, tone="caution"))
    lines += [Run(told, tone="muted") for told in _standing(context)]
    return lines


def _standing(context: Context) -> list[str]:
    """Parts of the total, gates and the rubric's own notice: one text when nothing is amiss."""
    words, status = context.words, context.source.rubric.status
    parts = parts_of_total(context)
    sums = words.say("sentence", text=parts) if parts else ""
    told = words.fold([sums, gate_summary(context)], "two_sentences")
    notice = words.pick(status.notice) if status.derived else ""
    if all(found.state == "pass" for found in relevant_gates(context)):
        return [words.fold([told, notice], "two_sentences")]
    return [line for line in (told, notice) if line]


def _reasons(context: Context, outcome: OutcomeScore) -> list[Message]:
    """Why the next outcome stands where it stands, but for what the line on progress tells."""
    told = () if context.card.complete else ("score.items_open",)
    return [reason for reason in outcome.reasons if reason.key not in told]


def progress(context: Context) -> str:
    """Return how much is answered and what is still possible."""
    words, card = context.words, context.card
    return words.say(
        "progress",
        open=card.asked - card.done,
        done=card.done,
        asked=card.asked,
        total=words.score(card.total.value),
        range=words.between(card.total),
    )


def parts_of_total(context: Context) -> str:
    """Return the base with what is added and taken off; nothing where neither is possible."""
    words, card = context.words, context.card
    if card.bonus is None and card.deductions is None:
        return ""
    parts = [words.say("base_part", points=words.score(card.base.value))]
    if card.bonus is not None:
        points, cap = words.score(card.bonus.value), words.constant(card.bonus.maximum)
        parts.append(words.say("bonus_part", points=points, cap=cap))
    if card.deductions is not None:
        parts.append(words.say("deduction_part", points=words.score(card.deductions.value)))
    return words.join(parts, "list")


def relevant_gates(context: Context) -> tuple[GateScore, ...]:
    """Return the blocking gates that stand before an outcome assessed here."""
    here = {entry.outcome.id for entry in assessed(context)}
    return tuple(
        found
        for found in context.card.gates
        if found.blocks and (not found.gate.outcomes or here & set(found.gate.outcomes))
    )


def gate_summary(context: Context) -> str:
    """Return how the gates stand, failures first."""
    words, gates = context.words, relevant_gates(context)
    if not gates:
        return words.say("gates_none")
    states = [found.state for found in gates]
    if set(states) == {"pass"}:
        return words.say("gates_all_passed", count=len(gates))
    parts = [
        words.told(f"report.gates_{state}", count=states.count(state))
        for state in ("fail", "unknown", "pass")
        if state in states
    ]
    return words.say("gates_mixed", count=len(gates), parts=words.join(parts, "list"))
