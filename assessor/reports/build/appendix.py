"""The last page: digests, versions, and how anybody can check this report."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.reports.build.context import Context
from assessor.reports.document import (
    Block,
    Field,
    Heading,
    KeyValues,
    Listing,
    ListItem,
    Paragraph,
    Together,
)


def appendix(context: Context) -> tuple[Block, ...]:
    """Return the digests and how to verify; plain about what an unsigned digest proves."""
    words = context.words
    steps = tuple(
        ListItem(words.told(f"report.verify_{step}")) for step in ("pdf", "workbook", "code")
    )
    return (
        Together(
            (
                Heading(1, words.say("appendix"), "sec-appendix"),
                KeyValues(tuple(_facts(context))),
            )
        ),
        *_tamper_check(context),
        Heading(2, words.say("verify"), "sec-verify"),
        Listing(steps, numbered=True),
        Paragraph(words.say("arithmetic"), "muted"),
    )


def _facts(context: Context) -> Iterator[Field]:
    words, source = context.words, context.source
    rubric, record = source.rubric, source.assessment
    yield Field(words.say("visit_id"), words.say("revision", id=record.id, number=record.revision))
    yield Field(words.say("data_digest"), source.payload_digest)
    if source.payload_sm3:
        yield Field(words.say("data_digest_sm3"), source.payload_sm3)
    if source.history:
        entries, head = source.history.entries, source.history.head
        yield Field(words.say("history_head"), words.say("history_at", number=entries, digest=head))
    edition = words.say("edition", id=rubric.id, version=rubric.version)
    yield Field(words.say("rubric_id"), edition)
    yield Field(words.say("rubric_digest"), source.rubric_digest)
    yield Field(words.say("program"), source.program)
    yield Field(words.say("report_options"), _options(context))


def _tamper_check(context: Context) -> tuple[Block, ...]:
    words, signed = context.words, context.source.signed
    heading = Heading(2, words.say("tamper_check"), "sec-tamper-check")
    if signed.blank:
        return (Together((heading, Paragraph(words.say("unsigned"), "caution"))),)
    facts = (
        Field(words.say("key_id"), signed.key_id),
        Field(words.say("public_key"), signed.public_key),
        Field(words.say("signature_value"), signed.signature),
    )
    return (Together((heading, KeyValues(facts), Paragraph(words.say("signed"), "muted"))),)


def _options(context: Context) -> str:
    words, options = context.words, context.options
    photos = words.say("with_photos" if options.photos else "without_photos")
    return words.join([words.told(f"report.language_{options.language}"), photos], "list")
