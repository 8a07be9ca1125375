"""What was recorded during the visit: ledger, evidence, findings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.assessment import EvidenceItem, Finding
from assessor.reports.build.sheets_cells import WHOLE, constant
from assessor.reports.build.sheets_tables import table_of
from assessor.reports.build.sheets_words import Words, plain_number
from assessor.reports.build.source import ReportSource
from assessor.reports.table import Align, Cell, Column, Row
from assessor.reports.table import Table as ReportTable
from assessor.rubrics.criterion import Table, TableColumn
from assessor.rules.table_columns import table_columns

_WEIGHTS = {"text": 20, "count": 12, "number": 12, "yes_no": 10, "date": 14}
_ALIGN: dict[str, Align] = {"count": "right", "number": "right", "yes_no": "center"}


def visit_table(source: ReportSource, words: Words, table: Table) -> ReportTable:
    """Return a table of the visit such as the ledger; formulas refer to its columns by id."""
    columns = tuple(
        Column(
            words.of(column.name),
            Decimal(_WEIGHTS[column.type]),
            _ALIGN.get(column.type, "left"),
            column.id,
        )
        for column in table.columns
    )
    values = table_columns(source.rubric, source.assessment)
    listed = [values.get((table.id, column.id), []) for column in table.columns]
    rows = tuple(
        Row(
            tuple(
                _entry(value, column, words)
                for value, column in zip(row, table.columns, strict=True)
            )
        )
        for row in zip(*listed, strict=True)
    )
    return ReportTable(columns, rows, table.id)


def _entry(value: Decimal | str | bool | None, column: TableColumn, words: Words) -> Cell:
    if isinstance(value, Decimal):
        return Cell(plain_number(value), value)
    text = str(value or "")
    return Cell(words.token(text) if column.type == "yes_no" else text)


def evidence_table(source: ReportSource, words: Words) -> ReportTable:
    """Return the list of evidence with the digests that tie it to the files."""
    rows = [_piece(piece, source, words) for piece in source.assessment.evidence]
    return table_of("evidence", words, rows)


def _piece(piece: EvidenceItem, source: ReportSource, words: Words) -> Row:
    return Row(
        (
            Cell(piece.id),
            Cell(words(f"workbook.evidence_{piece.kind}")),
            Cell(piece.file_name),
            Cell(piece.caption),
            Cell(words.listed(_serves(piece, source, words))),
            Cell(piece.about.isoformat() if piece.about else ""),
            Cell(piece.person),
            constant(Decimal(piece.size), WHOLE),
            Cell(piece.sha256, tone="muted"),
        )
    )


def _serves(piece: EvidenceItem, source: ReportSource, words: Words) -> Iterator[str]:
    """Yield the numbers of the criteria a piece serves, then the titles of the gates."""
    for key in dict.fromkeys(key.partition("@")[0] for key in piece.criteria):
        yield _number(key, source)
    titles = {gate.id: gate.title for gate in source.rubric.gates}
    yield from (words.of(titles[gate]) for gate in piece.gates if gate in titles)


def findings_table(source: ReportSource, words: Words) -> ReportTable:
    """Return the list of findings."""
    rows = [_finding(finding, source, words) for finding in source.assessment.findings]
    return table_of("findings", words, rows)


def _finding(finding: Finding, source: ReportSource, words: Words) -> Row:
    return Row(
        (
            Cell(finding.id),
            Cell(_number(finding.criterion, source)),
            Cell(finding.text),
            Cell(words(f"workbook.finding_{finding.severity}")),
            Cell(finding.clause),
            Cell(finding.owner),
            Cell(finding.due.isoformat() if finding.due else ""),
            Cell(words(f"workbook.finding_{finding.state}")),
            Cell(words.listed(finding.evidence)),
            Cell(words.listed(finding.recheck)),
        )
    )


def _number(criterion: str, source: ReportSource) -> str:
    known = source.rubric.criterion_by_id.get(criterion)
    return known.number if known else criterion
