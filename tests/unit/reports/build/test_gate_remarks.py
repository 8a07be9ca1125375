"""What was only noted on a gate stands in payload, report and workbook, and counts as nothing."""

from __future__ import annotations

from assessor.assessment import GateAnswer
from assessor.exchange.payload import build_payload, read_payload
from assessor.i18n import LANGUAGES, text
from assessor.reports.build.document import build_document
from assessor.reports.build.source import ReportOptions
from assessor.reports.document import Table, figures
from assessor.scoring import score
from tests.strategies.visits import shipped
from tests.unit.reports.build.report_visits import WORKSHOP, source_of, visit
from tests.unit.reports.build.test_pages import flat

NOTE = "先要营业执照复印件"


def test_note_and_doubt_without_an_answer_are_told_and_leave_the_gate_open() -> None:
    loaded, bare = shipped(WORKSHOP), visit(WORKSHOP, 7, rich=False)
    gate = next(iter(bare.gates))
    others = {name: one for name, one in bare.gates.items() if name != gate}
    noted = {**others, gate: GateAnswer(note=NOTE, confidence="low")}
    without = bare.model_copy(update={"gates": others})
    record = bare.model_copy(update={"gates": noted})
    card = score(loaded.rubric, record)
    assert card.gates == score(loaded.rubric, without).gates
    assert next(one.state for one in card.gates if one.gate.id == gate) == "unknown"
    assert read_payload(build_payload(record, loaded, card)).assessment.gates == noted
    for language in LANGUAGES:
        document = build_document(source_of(WORKSHOP, record), ReportOptions(language=language))
        tables = [one for one in flat(document.pages) if isinstance(one, Table)]
        (table,) = [one for one in tables if one.name == "gate-list"]
        (sheet,) = [one for one in document.sheets if one.key == "gates"]
        for told, doubt in (
            (figures((table,)), text("report.confidence_low", language)),
            (figures(sheet.blocks), text("workbook.confidence_low", language)),
        ):
            (cell,) = [figure.text for figure in told if NOTE in figure.text]
            assert doubt in cell
