"""What is reported beside the result: what was left out, optional items, bonus and deductions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.reports.build.answers import short_answer
from assessor.reports.build.context import Context
from assessor.reports.build.verdict import parts_of_total
from assessor.reports.document import Block, Cell, Column, Heading, Paragraph, Row, Table
from assessor.rules.card import Span
from assessor.rules.program import Role


def beside_chapter(context: Context) -> tuple[Block, ...]:
    """Return the sections that apply; nothing when none does."""
    blocks = [
        *_exclusions(context),
        *_role(context, "bonus"),
        *_role(context, "deduction"),
        *_role(context, "optional"),
    ]
    title = context.words.say("beside_chapter")
    return (Heading(1, title, "sec-beside"), *blocks) if blocks else ()


def _exclusions(context: Context) -> Iterator[Block]:
    counted = context.card.with_exclusions_counted
    if counted is None:
        return
    words = context.words
    left_out = [item for item in context.card.items if item.state == "not_applicable"]
    columns = (
        Column(words.say("way_of_counting"), Decimal(4)),
        Column(words.say("total"), Decimal("1.2"), "right"),
        Column(words.say("maximum"), Decimal("1.2"), "right"),
        Column(words.say("possible"), Decimal(2), "right"),
    )
    rows = (
        _way(context, "excluding", context.card.total, strong=True),
        _way(context, "including", counted, strong=False),
    )
    named = [f"{item.criterion.number} {words.pick(item.criterion.title)}" for item in left_out]
    yield Heading(2, words.say("exclusions", count=len(left_out)), "sec-exclusions")
    yield Paragraph(words.say("exclusions_note", items=words.join(named, "name")))
    yield Table(columns, rows, "exclusions")


def _way(context: Context, name: str, span: Span, *, strong: bool) -> Row:
    words = context.words
    return Row(
        (
            Cell(words.say(name), strong=strong),
            Cell(words.score(span.value), span.value, strong=strong),
            Cell(words.constant(span.maximum), span.maximum),
            Cell(words.between(span), tone="muted"),
        )
    )


def _role(context: Context, role: Role) -> Iterator[Block]:
    words = context.words
    items = [item for item in context.card.items if item.role == role]
    if not items:
        return
    yield Heading(2, words.told(f"report.role_{role}"), f"sec-{role}")
    columns = (
        Column(words.say("item"), Decimal(3)),
        Column(words.say("answer"), Decimal("1.4")),
        Column(words.say("points"), Decimal(1), "right"),
        Column(words.say("maximum"), Decimal("0.9"), "right"),
    )
    rows = tuple(
        Row(
            (
                Cell(f"{item.criterion.number} {words.pick(item.criterion.title)}"),
                Cell(short_answer(context, context.card, item)),
                Cell(words.score(item.points), item.points),
                Cell(words.constant(item.span.maximum), item.span.maximum),
            )
        )
        for item in items
    )
    yield Table(columns, rows, role, _lead(context, role))


def _lead(context: Context, role: Role) -> str:
    if role == "optional":
        return context.words.say("optional_note")
    return context.words.told(f"report.{role}_note", parts=parts_of_total(context))
