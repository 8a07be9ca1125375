"""Pieces of evidence as words and as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor.assessment import EvidenceItem
from assessor.reports.build.context import Context
from assessor.reports.build.wording import Wording
from assessor.reports.document import Block, Cell, Column, Heading, Photo, Photos, Row, Table

PER_ROW = 3
_DIGEST_SHOWN = 12


def is_picture(piece: EvidenceItem) -> bool:
    """Return whether a piece can be shown: it is an image whose size is known."""
    return piece.media_type.startswith("image/") and bool(piece.width and piece.height)


def photo_rows(context: Context, pieces: Sequence[EvidenceItem]) -> list[Photos]:
    """Return the pictures among `pieces` in rows; none when photos are not wanted."""
    if not context.options.photos:
        return []
    pictures = tuple(
        Photo(piece.sha256, caption(context.words, piece), piece.width, piece.height)
        for piece in pieces
        if is_picture(piece)
    )
    starts = range(0, len(pictures), PER_ROW)
    return [Photos(pictures[start : start + PER_ROW], PER_ROW) for start in starts]


def caption(words: Wording, piece: EvidenceItem) -> str:
    """Return what a piece shows, and the day it is about."""
    return words.join([piece.caption.strip() or piece.file_name, words.date(piece.about)], "dot")


def one_line(words: Wording, piece: EvidenceItem) -> str:
    """Return a piece in one line: its kind, what it shows, who gave it, the file."""
    told = words.join([caption(words, piece), piece.person], "dot")
    kind = words.told(f"report.kind_{piece.kind}")
    if piece.caption.strip():
        return words.say("evidence_line", kind=kind, text=told, file=piece.file_name)
    return words.say("evidence_line_bare", kind=kind, text=told)


def evidence_list(context: Context) -> tuple[Block, ...]:
    """Return the list of all evidence with its digests; nothing when there is none."""
    words = context.words
    if not context.source.assessment.evidence:
        return ()
    columns = (
        Column(words.say("number"), Decimal("0.75"), "right"),
        Column(words.say("kind"), Decimal("1.1")),
        Column(words.say("evidence_shows"), Decimal("4.1")),
        Column(words.say("about"), Decimal("1.2")),
        Column(words.say("items"), Decimal("1.3")),
        Column(words.say("digest_start"), Decimal("1.9")),
    )
    rows = tuple(
        Row(
            (
                Cell(str(number)),
                Cell(words.told(f"report.kind_{piece.kind}")),
                Cell(piece.caption.strip() or piece.file_name),
                Cell(words.date(piece.about)),
                Cell(_serves(context, piece)),
                Cell(piece.sha256[:_DIGEST_SHOWN], tone="muted"),
            )
        )
        for number, piece in enumerate(context.source.assessment.evidence, 1)
    )
    return (
        Heading(1, words.say("evidence_list"), "sec-evidence"),
        Table(columns, rows, "evidence-list"),
    )


def _serves(context: Context, piece: EvidenceItem) -> str:
    rubric = context.source.rubric
    criteria = dict.fromkeys(key.partition("@")[0] for key in piece.criteria)
    found = [
        rubric.criterion_by_id[name].number for name in criteria if name in rubric.criterion_by_id
    ]
    titles = {gate.id: gate.title for gate in rubric.gates}
    gates = [context.words.pick(titles[name]) for name in piece.gates if name in titles]
    return context.words.join(found + gates, "list")
