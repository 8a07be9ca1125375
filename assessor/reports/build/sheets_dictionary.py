"""What sheets, columns and words mean, and which documents the rubric rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessor.reports.build.sheets_tables import SHAPES, SPACE, table_of, text_row
from assessor.reports.build.sheets_words import TOKENS, Words
from assessor.reports.build.source import ReportSource
from assessor.reports.document import Block, Paragraph
from assessor.reports.table import Row

_FORM_TABLES: Mapping[str, Sequence[str]] = {
    "cover": ("verdict", "form_dimensions"),
    "form": ("form",),
    "inputs": ("inputs",),
    "evidence": ("evidence",),
    "findings": ("findings",),
    "explanation": ("explanation",),
}
"""The sheets of a rubric that only collects."""

_TABLES_OF: Mapping[str, Sequence[str]] = {
    "cover": ("verdict", "dimensions"),
    "detail": ("live", "detail", "outcomes"),
    "inputs": ("inputs",),
    "gates": ("gates",),
    "evidence": ("evidence",),
    "findings": ("findings",),
    "explanation": ("explanation",),
}


def dictionary_blocks(source: ReportSource, words: Words) -> tuple[Block, ...]:
    """Return the blocks of the data dictionary."""
    return (
        Paragraph(words("workbook.dictionary_numbers")),
        table_of("words", words, _words(words), words("workbook.caption_words")),
        table_of("columns", words, _columns(source, words), words("workbook.caption_columns")),
        table_of("sources", words, _sources(source, words), words("workbook.caption_sources")),
    )


def _words(words: Words) -> list[Row]:
    return [
        text_row(words(f"workbook.token_{name}"), words(f"workbook.token_{name}_means"))
        for name in TOKENS.values()
    ]


def _columns(source: ReportSource, words: Words) -> list[Row]:
    rows = []
    for sheet, tables in (_FORM_TABLES if source.rubric.collects else _TABLES_OF).items():
        shapes = {shape.key: shape for table in tables for shape in SHAPES[table]}
        for key in shapes:
            if key != SPACE:
                title, means = words(f"workbook.col_{key}"), words(f"workbook.col_{key}_means")
                rows.append(text_row(words(f"workbook.sheet_{sheet}"), title, means))
    return rows


def _sources(source: ReportSource, words: Words) -> list[Row]:
    return [
        text_row(
            known.id,
            words("workbook.source_title", title=known.title, issuer=known.issuer),
            words(
                "workbook.source_kind",
                basis=words(f"workbook.basis_{known.kind}"),
                number=known.document_number or "",
                date=known.date or "",
            ),
        )
        for known in source.rubric.sources
    ]
