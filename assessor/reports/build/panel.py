"""The panel: how far its experts agreed before anything was settled, and who scored what.

The same blocks stand on paper and in the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.analysis.agreement import (
    Agreement,
    Figure,
    InItem,
    PanelAgreement,
    panel_agreement,
)
from assessor.analysis.agreement.wording import (
    COEFFICIENT_DIGITS,
    PERCENT_DIGITS,
    coefficient,
    leaning_said,
    percentage,
    rounded,
    undefined_said,
)
from assessor.analysis.answer_words import answer_said
from assessor.analysis.panel import PANEL, Sheet
from assessor.reports.build.sheets_cells import format_for
from assessor.reports.build.source import ReportSource
from assessor.reports.build.wording import Wording
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Listing,
    ListItem,
    Paragraph,
    Row,
    Table,
)

FEWEST = 2
"""Experts that can agree or not."""
_INDENT = "　"
_COEFFICIENTS = ("kappa", "fleiss", "nominal", "ordinal", "interval")
_TWO, _NAME, _SAID = Decimal(2), Decimal("2.6"), Decimal("4.4")
_FIGURE = Decimal("1.15")


def panel_blocks(source: ReportSource, words: Wording) -> tuple[Block, ...]:
    """Return what is said of the panel; nothing unless the record keeps the opinions of two."""
    record = source.assessment
    sheets = [Sheet(expert, said.answers) for expert, said in sorted(record.opinions.items())]
    if len(sheets) < FEWEST:
        return ()
    found = panel_agreement(source.rubric, record, sheets)
    return tuple(_Panel(source, words, found).blocks())


class _Panel:
    def __init__(self, source: ReportSource, words: Wording, found: PanelAgreement) -> None:
        self.words, self.found = words, found
        self.answers = source.assessment.answers
        self.names = {member.id: member.name for member in source.assessment.visit.panel}
        self.names[PANEL] = words.say("panel_itself")

    def blocks(self) -> Iterator[Block]:
        """Yield the figures, then the people, then what they differed in."""
        say, overall = self.words.say, self.found.overall
        counts = {"shared": overall.shared, "alike": overall.alike}
        yield Heading(1, say("panel_chapter"), "sec-agreement")
        lead = self.words.told("agreement.lead", experts=len(self.found.experts), **counts)
        yield Paragraph(lead)
        yield Table(self._figure_columns(), tuple(self._figure_rows()), "panel-agreement")
        yield Paragraph(say("panel_note"), "muted")
        yield Listing(tuple(self._pairs()), title=say("panel_pairs"))
        yield Listing(tuple(self._leanings()), title=say("panel_leanings"))
        differing = [one for one in self.found.items if one.percent.value not in (None, 1)]
        if differing:
            columns = (
                Column(say("item"), _NAME),
                Column(say("panel_said"), _SAID),
                Column(say("panel_spread"), _FIGURE, "right"),
                Column(say("panel_settled"), _TWO),
            )
            caption = say("panel_differing", count=len(differing))
            rows = tuple(map(self._differing, differing))
            yield Table(columns, rows, "panel-differences", caption)

    def _figure_columns(self) -> tuple[Column, ...]:
        names = ("percent", *_COEFFICIENTS)
        figures = (Column(self.words.told(f"report.panel_{n}"), _FIGURE, "right") for n in names)
        return (Column(self.words.say("dimension"), _NAME), *figures)

    def _figure_rows(self) -> Iterator[Row]:
        yield self._figures(self.words.told("agreement.overall"), self.found.overall, strong=True)
        for entry in self.found.dimensions:
            dimension = entry.dimension
            name = f"{dimension.number or ''} {self.words.pick(dimension.name)}".strip()
            yield self._figures(_INDENT * entry.depth + name, entry.agreement)

    def _figures(self, name: str, one: Agreement, *, strong: bool = False) -> Row:
        cells = [self._cell(getattr(one, figure)) for figure in _COEFFICIENTS]
        percent = self._cell(one.percent, percent=True)
        return Row((Cell(name, strong=strong), percent, *cells))

    def _cell(self, figure: Figure, *, percent: bool = False) -> Cell:
        value = percentage(figure) if percent else coefficient(figure)
        if value is None:
            return Cell(self.words.pick(undefined_said(figure)), tone="muted")
        digits = PERCENT_DIGITS if percent else COEFFICIENT_DIGITS
        return Cell(f"{value:f}", value, number_format=format_for(digits))

    def _pairs(self) -> Iterator[ListItem]:
        for pair in self.found.pairs:
            percent, kappa = percentage(pair.percent), coefficient(pair.kappa)
            undefined = self.words.say("no_figure")
            said = self.words.told(
                "agreement.pair",
                one=self._name(pair.one),
                other=self._name(pair.other),
                percent=undefined if percent is None else f"{percent:f} %",
                kappa=undefined if kappa is None else f"{kappa:f}",
            )
            yield ListItem(said)

    def _leanings(self) -> Iterator[ListItem]:
        for one in self.found.leanings:
            said = leaning_said(one.difference)
            values = {"name": self._name(one.expert), "said": said, "units": one.units}
            yield ListItem(self.words.told("agreement.expert", **values))

    def _differing(self, item: InItem) -> Row:
        rated, pick = item.rated, self.words.pick
        said = [
            self.words.told(
                "agreement.said_by",
                name=self._name(expert),
                answer=answer_said(rated.criterion, answer),
            )
            for expert, answers in rated.answers.items()
            for answer in answers
        ]
        spread = None if item.spread is None else rounded(item.spread, 2)
        return Row(
            (
                Cell(f"{rated.criterion.number} {pick(rated.criterion.title)}"),
                Cell(self.words.join(said, "clause")),
                Cell("" if spread is None else f"{spread:f}", spread, number_format="0.00"),
                Cell(self._settled(item)),
            )
        )

    def _settled(self, item: InItem) -> str:
        answer = self.answers.get(item.rated.key)
        if answer is None or not answer.by:
            return self.words.say("panel_open")
        said = answer_said(item.rated.criterion, answer)
        return self.words.told("agreement.said_by", name=self._name(answer.by), answer=said)

    def _name(self, expert: str) -> str:
        return self.names.get(expert, expert)
