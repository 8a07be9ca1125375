"""The diagnosis report: where an enterprise stands, what is missing, what to do first."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.analysis.diagnosis import Diagnosis, Gap
from assessor.analysis.improvement import Change, Path, roadmap
from assessor.analysis.improvement.wording import aim_said, obstacle_said
from assessor.analysis.robustness.wording import assumption_said, flip_said, held_said
from assessor.canonical import digest_of
from assessor.i18n import Language
from assessor.reports.build.answers import option_text, short_answer
from assessor.reports.build.context import FEWEST_AXES, Context, items_within
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.build.wording import share_of
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
)
from assessor.rubrics.rule_models import LevelsRule

ZERO = Decimal(0)
_POINTS = "0.00"


def diagnosis_document(found: Diagnosis, language: Language, program: str) -> Document:
    """Return the document of a diagnosis; equal ones give an equal one."""
    blocks = _Blocks(found, language, program)
    pages, rubric = tuple(blocks.pages()), found.rubric
    meta = Meta(
        title=blocks.say("title"),
        subject=found.record.enterprise.name,
        language=language,
        payload_digest=digest_of([repr(block) for block in pages]),
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_digest=found.record.rubric.digest,
        generated=program,
    )
    return Document(meta, pages, tuple(blocks.sheets()))


class _Blocks:
    def __init__(self, found: Diagnosis, language: Language, program: str) -> None:
        source = ReportSource(found.rubric, "", found.record, found.card, "", program)
        self.found = found
        self.context = Context(source, ReportOptions(language))
        self.words = self.context.words

    def say(self, name: str, /, **values: object) -> str:
        """Return the words of `diagnosis.<name>`."""
        return self.words.told(f"diagnosis.{name}", **values)

    def pages(self) -> Iterator[Block]:
        """Yield what is printed."""
        yield from self._head()
        yield self._chart()
        yield from self._roadmap()
        yield from self._sureness()
        yield Heading(1, self.say("gaps"), "sec-gaps")
        yield Paragraph(self.say("gaps_lead"), "muted")
        yield self._gap_table()
        yield from self._findings()

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets."""
        yield Sheet("overview", self.say("overview"), tuple(self._head()))
        yield Sheet("roadmap", self.say("roadmap_sheet"), tuple(self._roadmap()))
        yield Sheet("gaps", self.say("gaps"), (self._gap_table(),))
        yield Sheet("sureness", self.say("sureness"), tuple(self._sureness()))

    def _head(self) -> Iterator[Block]:
        words, found = self.words, self.found
        edition = words.say(
            "rubric_edition", title=found.rubric.title, version=found.rubric.version
        )
        yield Masthead(self.say("title"), found.record.enterprise.name, edition)
        yield Paragraph(self.say("notice"), "caution")
        total = words.of(found.card.total.value, found.card.total.maximum)
        states = [
            Field(words.pick(entry.outcome.name), words.told(f"report.state_{entry.state}"))
            for entry in found.card.outcomes
            if entry.state != "not_assessed"
        ]
        answered = self.say("answered_of", done=found.card.done, asked=found.card.asked)
        scored = () if found.rubric.collects else (Field(self.say("total"), total),)
        yield KeyValues((*scored, Field(self.say("answered"), answered), *states))

    def _chart(self) -> Block:
        entries = self.context.main_dimensions
        names = tuple(self.words.pick(entry.dimension.name) for entry in entries)
        shares = [share_of(entry.span.value, entry.span.maximum) or ZERO for entry in entries]
        if len(entries) >= FEWEST_AXES:
            return Radar(names, (Series(self.say("present"), tuple(shares)),))
        told = [self.words.of(entry.span.value, entry.span.maximum) for entry in entries]
        bars = zip(names, shares, told, strict=True)
        return BarChart(tuple(Bar(name, share, text) for name, share, text in bars))

    # --- the way up -------------------------------------------------------------------------------

    def _roadmap(self) -> Iterator[Block]:
        yield Heading(1, self.say("roadmap"), "sec-roadmap")
        path = self.found.path
        if path is None:
            yield Paragraph(self.say("no_outcome"))
        elif not path.exists:
            yield from self._obstacles(path)
        elif not path.changes:
            yield Paragraph(self.say("already", outcome=self._outcome(path)))
        else:
            count, cost = len(path.changes), format(path.cost, "f")
            said = self.say("way", outcome=self._outcome(path), count=count, cost=cost)
            yield Paragraph(said)
            yield self._way_table(path)
            if path.ties:
                yield Paragraph(self.say("ties", count=len(path.ties)), "muted")

    def _obstacles(self, path: Path) -> Iterator[Block]:
        yield Paragraph(self.say("blocked", outcome=self._outcome(path)))
        said = [self.words.pick(obstacle_said(self.found.rubric, one)) for one in path.obstacles]
        yield Listing(tuple(ListItem(one) for one in said))

    def _outcome(self, path: Path) -> str:
        outcomes = {entry.id: entry.name for entry in self.found.rubric.outcomes}
        return self.words.pick(outcomes[path.outcome])

    def _way_table(self, path: Path) -> Table:
        columns = (
            Column(self.words.say("item"), Decimal(3)),
            Column(self.say("from"), Decimal("1.3")),
            Column(self.say("to"), Decimal("1.3")),
            Column(self.say("measure"), Decimal(4)),
            Column(self.say("effort"), Decimal(1), "right"),
            Column(self.say("gain"), Decimal(1), "right"),
        )
        return Table(columns, tuple(self._way_rows(path)), "roadmap")

    def _way_rows(self, path: Path) -> Iterator[Row]:
        for stage in roadmap(path.changes):
            head = self.words.told(f"path.stage_{stage.kind}", cost=format(stage.cost, "f"))
            yield Row((Cell(head),), "group")
            yield from (self._way_row(change) for change in stage.changes)

    def _way_row(self, change: Change) -> Row:
        words, criterion = self.words, self.found.rubric.criterion_by_id[change.criterion]
        return Row(
            (
                Cell(f"{criterion.number} {words.pick(criterion.title)}"),
                Cell(words.pick(aim_said(criterion, change.before))),
                Cell(words.pick(aim_said(criterion, change.after)), strong=True),
                Cell(self._measure(change)),
                Cell(format(change.cost, "f"), change.cost),
                Cell(words.score(change.gain), change.gain, number_format=_POINTS),
            )
        )

    def _measure(self, change: Change) -> str:
        """Return what the level to be reached asks for, in the words of the rubric, else what the
        criterion asks."""
        criterion = self.found.rubric.criterion_by_id[change.criterion]
        if not isinstance(criterion.rule, LevelsRule) or change.after.option is None:
            return self.words.pick(criterion.question)
        options = {option.key: option for option in criterion.rule.options}
        return option_text(self.context, options[change.after.option])

    # --- how sure ---------------------------------------------------------------------------------

    def _sureness(self) -> Iterator[Block]:
        found, words = self.found, self.words
        yield Heading(1, self.say("sureness"), "sec-sureness")
        yield Paragraph(words.pick(held_said(found.rubric, found.simulation)))
        yield Paragraph(words.pick(assumption_said()), "muted")
        if not found.flips:
            yield Paragraph(words.told("robust.no_flips"))
            return
        told = [words.pick(flip_said(found.rubric, found.record, one)) for one in found.flips]
        items = tuple(ListItem(one) for one in told)
        yield Listing(items, title=words.told("robust.flips"))

    # --- gaps -------------------------------------------------------------------------------------

    def _gap_table(self) -> Table:
        columns = (
            Column(self.words.say("item"), Decimal(3)),
            Column(self.say("present_answer"), Decimal("1.5")),
            Column(self.say("points"), Decimal("1.3"), "right"),
            Column(self.say("target"), Decimal("1.5")),
            Column(self.say("evidence"), Decimal("1.2")),
        )
        return Table(columns, tuple(self._gap_rows()), "gaps")

    def _gap_rows(self) -> Iterator[Row]:
        gaps = {gap.item.criterion.id: gap for gap in self.found.gaps}
        for entry in self.context.main_dimensions:
            inside = [gaps[i.criterion.id] for i in items_within(entry) if i.criterion.id in gaps]
            if inside:
                yield Row((Cell(self.words.pick(entry.dimension.name)),), "group")
                yield from map(self._gap, inside)

    def _gap(self, gap: Gap) -> Row:
        words, item = self.words, gap.item
        told = [
            short_answer(self.context, self.found.card, item, index)
            for index in range(len(item.keys))
        ]
        wanted = [words.pick(aim_said(item.criterion, aim)) for aim in gap.wanted.values()]
        return Row(
            (
                Cell(f"{item.criterion.number} {words.pick(item.criterion.title)}"),
                Cell(words.join(told, "list")),
                Cell(words.of(item.points, item.span.maximum)),
                Cell(words.join(wanted, "list") or words.say("no_figure"), strong=bool(wanted)),
                Cell(self.say("missing") if gap.evidence_missing else "", tone="caution"),
            )
        )

    def _findings(self) -> Iterator[Block]:
        open_ = [one for one in self.found.record.findings if one.state != "verified"]
        if not open_:
            return
        yield Heading(1, self.say("findings"), "sec-findings")
        yield Listing(tuple(ListItem(self._finding(one.text, one.owner, one.due)) for one in open_))

    def _finding(self, text: str, owner: str, due: object) -> str:
        told = [owner and self.say("owner", name=owner), due and self.say("due", date=due)]
        return self.words.join([text, *(one for one in told if isinstance(one, str))])
