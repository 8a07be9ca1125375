"""Two records beside each other as a small document of its own: chart, dimensions, differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assessor.analysis.comparison import (
    FEWEST_AXES,
    Comparison,
    DimensionPair,
    ItemPair,
    Standing,
)
from assessor.analysis.comparison.wording import (
    answers_said,
    difference_said,
    item_points,
    left_out_said,
    pair_title,
    points_said,
    result_said,
    share_of,
    share_said,
    standing_said,
    summary_said,
    title_said,
)
from assessor.canonical import digest_of
from assessor.i18n import Language, Localized
from assessor.reports.build.wording import Wording
from assessor.reports.document import (
    Bar,
    BarChart,
    Block,
    Cell,
    Column,
    Document,
    Field,
    Heading,
    KeyValues,
    Listing,
    ListItem,
    Masthead,
    Meta,
    Paragraph,
    Radar,
    Row,
    Series,
    Sheet,
    Table,
    Tone,
)

ZERO = Decimal(0)
_INDENT = "　"
_TONES: Mapping[Standing, Tone] = {"lower": "bad", "higher": "good", "open": "muted"}
_POINTS = "0.00"


def comparison_document(found: Comparison, language: Language, program: str) -> Document:
    """Return the document of a comparison; equal comparisons give an equal one."""
    blocks = _Compared(found, Wording(language))
    pages, rubric = tuple(blocks.pages()), found.second.record.rubric
    meta = Meta(
        title=blocks.title,
        subject=found.second.record.enterprise.name,
        language=language,
        payload_digest=digest_of([repr(block) for block in pages]),
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_digest=rubric.digest,
        generated=program,
    )
    return Document(meta, pages, tuple(blocks.sheets()))


class _Compared:
    def __init__(self, found: Comparison, words: Wording) -> None:
        self.found, self.words = found, words
        self.title = words.pick(title_said(found))
        first, second = found.names
        self.names = words.pick(first), words.pick(second)

    def pages(self) -> Iterator[Block]:
        """Yield what is printed."""
        yield from self._head()
        if not self.found.second.rubric.collects:
            yield self._chart()
            yield self._dimension_table()
        yield Heading(1, self.words.say("compared_items"), "sec-items")
        yield self._item_table()
        yield from self._left_out()

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets: dimensions, and items."""
        say = self.words.say
        collects = self.found.second.rubric.collects
        overview = (*self._head(), *(() if collects else (self._dimension_table(),)))
        yield Sheet("overview", say("compared_overview"), overview)
        heading = Heading(1, say("compared_items"))
        yield Sheet("items", say("compared_items"), (heading, self._item_table()))
        if self.found.left_out:
            yield Sheet("left_out", say("compared_left_out_sheet"), tuple(self._left_out()))

    def _head(self) -> Iterator[Block]:
        found, words = self.found, self.words
        rubric = words.pick(found.second.rubric.title)
        yield Masthead(words.say("compared_kicker"), self.title, rubric)
        totals = (found.first.card.total.value, found.second.card.total.value)
        gap = None if None in totals else (totals[1] or ZERO) - (totals[0] or ZERO)
        fields = [
            Field(name, words.join([self._total(total), words.pick(result)], "dot"))
            for name, total, result in zip(self.names, totals, self._results(), strict=True)
        ]
        if not found.second.rubric.collects:
            fields.append(Field(words.say("difference"), difference_said(gap)))
        yield KeyValues(tuple(fields))
        yield Paragraph(words.pick(summary_said(found)))
        if found.versions_differ:
            versions = (found.first.record.rubric.version, found.second.record.rubric.version)
            said = words.told("comparison.versions", first=versions[0], second=versions[1])
            yield Paragraph(said, "caution")

    def _total(self, value: Decimal | None) -> str:
        return "" if self.found.second.rubric.collects else points_said(value)

    def _results(self) -> tuple[Localized, Localized]:
        return result_said(self.found, True), result_said(self.found, False)

    def _chart(self) -> Block:
        drawn = self.found.drawn
        names = tuple(self._name(entry) for entry in drawn)
        shares = [tuple(share_of(span) or ZERO for span in (d.first, d.second)) for d in drawn]
        if len(drawn) >= FEWEST_AXES:
            second = Series(self.names[1], tuple(pair[1] for pair in shares))
            first = Series(self.names[0], tuple(pair[0] for pair in shares), dashed=True)
            return Radar(names, (second, first))
        return BarChart(
            tuple(
                Bar(name, pair[1], share_said(entry.second), target=pair[0])
                for name, pair, entry in zip(names, shares, drawn, strict=True)
            )
        )

    def _dimension_table(self) -> Table:
        say, figure = self.words.say, Decimal("1.3")
        columns = (
            Column(say("dimension"), Decimal(3)),
            *(Column(name, figure, "right") for name in self.names),
            *(Column(self._share_of(name), figure, "right") for name in self.names),
            Column(say("difference"), Decimal("1.1"), "right"),
        )
        return Table(columns, tuple(map(self._dimension, self.found.dimensions)), "compared")

    def _share_of(self, name: str) -> str:
        return self.words.say("compared_share", name=name)

    def _dimension(self, entry: DimensionPair) -> Row:
        one, other = entry.first, entry.second
        gap = None
        if one.value is not None and other.value is not None and one.maximum == other.maximum:
            gap = other.value - one.value
        return Row(
            (
                Cell(_INDENT * entry.depth + self._name(entry), strong=not entry.depth),
                *map(_points, (one.value, other.value)),
                Cell(share_said(one)),
                Cell(share_said(other)),
                _gap(gap),
            )
        )

    def _item_table(self) -> Table:
        say = self.words.say
        columns = (
            Column(say("item"), Decimal("3.2")),
            *(Column(name, Decimal("1.7")) for name in self.names),
            *(Column(self._points_of(name), Decimal("1.2"), "right") for name in self.names),
            Column(say("difference"), Decimal(1), "right"),
            Column(say("compared_standing"), Decimal("1.3")),
        )
        return Table(columns, tuple(map(self._item, self.found.items)), "compared-items")

    def _points_of(self, name: str) -> str:
        return self.words.say("compared_points", name=name)

    def _item(self, pair: ItemPair) -> Row:
        pick, changed = self.words.pick, pair.standing not in ("same", "open")
        return Row(
            (
                Cell(pick(pair_title(pair))),
                Cell(pick(answers_said(pair.first))),
                Cell(pick(answers_said(pair.second)), strong=changed),
                _points(item_points(pair.first)),
                _points(item_points(pair.second)),
                _gap(pair.difference),
                Cell(pick(standing_said(pair.standing)), tone=_TONES.get(pair.standing, "text")),
            )
        )

    def _left_out(self) -> Iterator[Block]:
        entries, words = self.found.left_out, self.words
        if entries:
            yield Heading(2, words.told("comparison.left_out", count=len(entries)), "sec-left-out")
            yield Listing(tuple(ListItem(words.pick(left_out_said(entry))) for entry in entries))

    def _name(self, entry: DimensionPair) -> str:
        dimension = entry.dimension
        return f"{dimension.number or ''} {self.words.pick(dimension.name)}".strip()


def _points(value: Decimal | None) -> Cell:
    return Cell(points_said(value), value, number_format=_POINTS)


def _gap(value: Decimal | None) -> Cell:
    tone: Tone = "muted" if not value else "good" if value > 0 else "bad"
    return Cell(difference_said(value), tone=tone)
