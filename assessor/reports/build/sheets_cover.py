"""The first sheet: who, under which rubric, with which result, live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor.analysis.calibration.wording import line_said
from assessor.formulas import Binary, Name, Node, Text
from assessor.reports.build.sheets_cells import TWO_DIGITS, WHOLE, Cells, constant
from assessor.reports.build.sheets_detail import answered_tree, maximum_tree
from assessor.reports.build.sheets_outcomes import result_tree, state_tree
from assessor.reports.build.sheets_tables import table_of
from assessor.reports.build.source import ReportSource
from assessor.reports.document import Block, Cover, Field, KeyValues, Paragraph
from assessor.reports.table import Cell, Row, Table
from assessor.rubrics.body import BodyField
from assessor.rules import names
from assessor.rules.card import OutcomeScore
from assessor.rules.trees import SHOWN_DIGITS, compare, number, rounded, sum_of, when

_EMPTY = Cell()
_SHOWN_DIGEST = 16


class CoverSheet:
    """Builds the blocks of the first sheet; the cells it reads stand on other sheets."""

    def __init__(self, source: ReportSource, cells: Cells) -> None:
        self.source = source
        self.cells = cells
        self.words = cells.words

    def blocks(self) -> tuple[Block, ...]:
        """Return the verdict, then the dimensions, then what it is about and made from."""
        return (
            self._title(),
            table_of("verdict", self.words, list(self._verdict())),
            table_of("dimensions", self.words, list(self._dimensions()), self._caption()),
            Paragraph(self.words("workbook.how_to_use"), "muted"),
            KeyValues(tuple(entry for entry in self._fields() if entry.text)),
        )

    def form_blocks(self, tables: Sequence[Table]) -> tuple[Block, ...]:
        """Return what is collected in place of the verdict."""
        lead = Paragraph(self.words("form.not_scored"), "muted")
        fields = KeyValues(tuple(entry for entry in self._fields() if entry.text))
        return (self._title(), lead, *tables, fields)

    def _caption(self) -> str:
        return self.words("workbook.caption_dimensions")

    def _title(self) -> Cover:
        rubric, visit = self.source.rubric, self.source.assessment
        return Cover(
            kicker=self.words.of(rubric.title),
            title=visit.enterprise.name,
            subtitle=visit.visit.project_name or visit.visit.workshop,
        )

    def _fields(self) -> Iterator[Field]:
        rubric, visit = self.source.rubric, self.source.assessment
        pick = self.words.of
        named = {
            "profile": next((pick(p.name) for p in rubric.profiles if p.id == visit.profile), ""),
            "target": "" if rubric.collects else self._target_name(),
            "cycle": next((pick(c.name) for c in rubric.cycles if c.id == visit.cycle), ""),
        }
        yield from self._body_fields()
        for key, text in named.items():
            label = self.words(f"workbook.field_{key}")
            if key == "profile" and rubric.body is not None:
                label = pick(rubric.body.profile)
            yield Field(label, text)
        yield Field(
            self.words("workbook.field_kind"), self.words(f"workbook.visit_{visit.visit.kind}")
        )
        yield Field(self.words("workbook.field_dates"), self._dates())
        yield Field(
            self.words("workbook.field_panel"),
            self.words.listed(one.name for one in visit.visit.panel),
        )
        for found in visit.calibrations:
            yield Field(
                self.words("workbook.field_calibration"), self.words.of(line_said(found, visit))
            )
        yield Field(self.words("workbook.field_rubric"), self._rubric_version())
        yield Field(
            self.words("workbook.field_payload"), self.source.payload_digest[:_SHOWN_DIGEST]
        )
        if history := self.source.history:
            shown = history.head[:_SHOWN_DIGEST]
            yield Field(
                self.words("workbook.field_history"),
                self.words("workbook.history_at", number=history.entries, digest=shown),
            )
        yield Field(self.words("workbook.field_program"), self.source.program)

    def _target_name(self) -> str:
        wanted = self.source.assessment.target
        found = (entry.name for entry in self.source.rubric.targets if entry.id == wanted)
        return self.words.of(next(found, None))

    def _body_fields(self) -> Iterator[Field]:
        """Who is assessed; another body than an enterprise by the names the rubric gives."""
        rubric, enterprise = self.source.rubric, self.source.assessment.enterprise
        facts: dict[BodyField, tuple[str, str]] = {
            "credit_code": ("credit_code", enterprise.credit_code),
            "district": ("district", enterprise.district),
            "industry_code": ("industry", enterprise.industry_code),
        }
        for field, (word, told) in facts.items():
            if rubric.has_field(field):
                label = rubric.body_label(field)
                shown = self.words.of(label) if label else self.words(f"workbook.field_{word}")
                yield Field(shown, told)

    def _rubric_version(self) -> str:
        rubric, digest = self.source.rubric, self.source.rubric_digest[:_SHOWN_DIGEST]
        return self.words(
            "workbook.rubric_version", id=rubric.id, version=rubric.version, digest=digest
        )

    def _dates(self) -> str:
        visit = self.source.assessment.visit
        days = dict.fromkeys(day.isoformat() for day in (visit.date_from, visit.date_to) if day)
        return " – ".join(days)

    # --- the result -------------------------------------------------------------------------------

    def _verdict(self) -> Iterator[Row]:
        result = self.cells.computed(result_tree(self.source, self.words), strong=True)
        yield self._line("result", result, style_total=True)
        total = self.cells.computed(self._two(names.total("points")), strong=True)
        yield self._line("total", total, self.cells.computed(maximum_tree(self.source)))
        for view in ("lowest", "highest"):
            yield self._line(view, self.cells.computed(self._two(names.total(view))))
        asked = constant(Decimal(self.source.card.asked), WHOLE)
        yield self._line("answered", self.cells.computed(answered_tree(self.source), WHOLE), asked)
        for score in self.source.card.outcomes:
            yield self._outcome(score)
        if self.source.card.gates:
            for key, state in (("gates_fail", names.FAILED), ("gates_unknown", names.UNKNOWN)):
                yield self._line(key, self.cells.computed(self._gates_in(state), WHOLE))

    def _gates_in(self, state: str) -> Node:
        cells = [Name(names.gate(score.gate.id)) for score in self.source.card.gates]
        return sum_of(
            [when(compare(cell, "=", Text(state)), number(1), number(0)) for cell in cells]
        )

    def _line(
        self, key: str, value: Cell, most: Cell = _EMPTY, *, style_total: bool = False
    ) -> Row:
        cells = (
            Cell(self.words(f"workbook.part_{key}"), strong=style_total),
            value,
            most,
            Cell(self.words(f"workbook.part_{key}_means"), tone="muted"),
        )
        return Row(cells, "total" if style_total else "body")

    def _outcome(self, score: OutcomeScore) -> Row:
        state = (
            Cell(self.words("workbook.state_not_assessed"))
            if score.state == "not_assessed"
            else self.cells.computed(state_tree(score.outcome.id, self.words), strong=True)
        )
        basis = self.words(
            "workbook.outcome_basis", basis=self.words(f"workbook.basis_{score.basis}")
        )
        return Row(
            (Cell(self.words.of(score.outcome.name)), state, _EMPTY, Cell(basis, tone="muted"))
        )

    def _two(self, name: str) -> Node:
        return rounded(Name(name), SHOWN_DIGITS)

    def _dimensions(self) -> Iterator[Row]:
        for score in self.source.card.dimensions:
            if not score.asked:
                continue
            points = names.dimension_sum("points", score.dimension.id)
            most = names.dimension_maximum(score.dimension.id)
            share = Binary("*", Binary("/", Name(points), Name(most)), number(100))
            yield Row(
                (
                    Cell(self.words.of(score.dimension.name)),
                    self.cells.computed(self._two(points)),
                    self.cells.computed(Name(most), TWO_DIGITS),
                    self.cells.computed(rounded(share, SHOWN_DIGITS)),
                )
            )
