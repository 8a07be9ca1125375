"""Scores and explanations as text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.assessment import Assessment
from assessor.i18n import Language, text
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import unit_of
from assessor.rules.card import DimensionScore, OutcomeScore, ReadingScore, ScoreCard
from assessor.rules.explain import Explained
from assessor.rules.target_words import figure_said, target_line
from assessor.scoring import shown_text

NOTHING = "-"


def score_lines(
    rubric: Rubric, assessment: Assessment, card: ScoreCard, language: Language
) -> Iterator[str]:
    """Yield the result: verdict, figures, dimensions, gates, what to look at."""
    yield f"{assessment.enterprise.name} · {rubric.title.pick(language)}"
    if rubric.status.derived:
        yield f"! {rubric.status.notice.pick(language)}"
    yield verdict(rubric, card, language)
    if rubric.collects:
        yield text("form.collected", language, done=card.done, asked=card.asked)
        yield from _progress(card, language)
    else:
        yield _total(card, language)
    for outcome in card.outcomes:
        yield from _outcome(outcome, language)
    for dimension in card.dimensions:
        yield from _dimension(dimension, language)
    for gate in card.gates:
        state = text(f"cli.gate_state_{gate.state}", language)
        reason = f"  {gate.reason.pick(language)}" if gate.reason else ""
        yield f"  [{state}] {gate.gate.title.pick(language)}{reason}"
    for title, findings in (
        ("contradictions", card.contradictions),
        ("shortfalls", card.evidence_shortfalls),
    ):
        if findings:
            yield text(f"cli.{title}", language, count=len(findings))
            yield from (f"  - {found.text.pick(language)}" for found in findings)


def _total(card: ScoreCard, language: Language) -> str:
    return text(
        "cli.score_total",
        language,
        total=_figure(card.total.value),
        maximum=_figure(card.total.maximum),
        lowest=_figure(card.total.lowest),
        highest=_figure(card.total.highest),
        done=card.done,
        asked=card.asked,
    )


def _progress(card: ScoreCard, language: Language) -> Iterator[str]:
    """Yield what was collected, and how far it is from the targets."""
    for item in card.items:
        if item.state == "unanswered":
            continue
        title = item.criterion.title.pick(language)
        yield f"  {item.criterion.number} {title}: {figure_said(item).pick(language)}"
        for target in item.targets:
            yield f"      {target_line(target, item.criterion).pick(language)}"


def verdict(rubric: Rubric, card: ScoreCard, language: Language) -> str:
    """Return the result in one line."""
    if rubric.collects:
        return text("form.not_scored", language)
    for outcome in rubric.outcomes:
        if outcome.id == card.result:
            return text("cli.verdict_reached", language, outcome=outcome.name)
    undecided = any(entry.state == "undecided" for entry in card.outcomes)
    return text("cli.verdict_undecided" if undecided else "cli.verdict_none", language)


def explained_lines(
    tree: Explained, assessment: Assessment, language: Language, depth: int = 0
) -> Iterator[str]:
    """Yield a number, its rule and, indented, the numbers and evidence below it."""
    value, most = _figure(tree.value), _figure(tree.maximum)
    figure = f"{value} / {most}" if tree.maximum else value
    indent = "  " * depth
    basis = f"  ({text(f'cli.basis_{tree.basis}', language)})" if tree.basis else ""
    label = tree.label.pick(language)
    yield f"{indent}{label}: {figure}  {tree.rule.pick(language)}{basis}"
    if tree.answer is not None:
        for words in (tree.answer.reason, tree.answer.note):
            if words:
                yield f"{indent}  > {words}"
    known = {item.id: item for item in assessment.evidence}
    for piece in tree.evidence:
        item = known[piece]
        yield f"{indent}  * {item.file_name}  {item.caption}  SHA-256 {item.sha256[:16]}"
    for child in tree.children:
        yield from explained_lines(child, assessment, language, depth + 1)


def _outcome(score: OutcomeScore, language: Language) -> Iterator[str]:
    state = text(f"explain.state_{score.state}", language)
    basis = text(f"cli.basis_{score.basis}", language)
    yield f"  {score.outcome.name.pick(language)}: {state}  ({basis})"
    for reading in score.readings:
        line = reading.reading.line
        yield text(
            "cli.reading" if line is not None else "cli.reading_without_line",
            language,
            name=reading.reading.name,
            value=_in_unit(reading, reading.span.value, language),
            line=_in_unit(reading, line, language),
            state=text(f"explain.line_{reading.state}", language),
        )
    for reason in score.reasons:
        yield f"      - {reason.pick(language)}"


def _dimension(score: DimensionScore, language: Language) -> Iterator[str]:
    name = score.dimension.name.pick(language)
    if score.asked:
        figures = f"{_figure(score.span.value)} / {_figure(score.span.maximum)}  "
        if not score.span.maximum:
            figures = ""
        yield f"{'  ' * (score.depth + 1)}{name}: {figures}({score.done}/{score.asked})"
        for child in score.children:
            yield from _dimension(child, language)


def _in_unit(reading: ReadingScore, value: Decimal | None, language: Language) -> str:
    """A number of items is whole and says so; other figures have two digits."""
    if value is None or unit_of(reading.reading) != "items":
        return _figure(value)
    return text("cli.items", language, count=int(value))


def _figure(value: Decimal | None) -> str:
    return shown_text(value) or NOTHING
