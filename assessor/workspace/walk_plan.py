"""The walk through the factory: ticked off on the way, and printed to be taken along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from assessor.analysis.walk_plan import NOBODY, Stop, WalkOrder, minutes_of, walk_stops
from assessor.assessment import Assessment
from assessor.canonical import digest_of
from assessor.commands.edit import Edit
from assessor.commands.entries import Change
from assessor.exchange.payload import build_payload
from assessor.i18n import Language, message
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Field,
    Heading,
    KeyValues,
    Listing,
    ListItem,
    Mark,
    Masthead,
    Meta,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
    Together,
)
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.card import ScoreCard
from assessor.workspace.paper import Sayer, program_name, write_paper

__all__ = [
    "NOBODY",
    "PlanSource",
    "Stop",
    "WalkOrder",
    "asked_criteria",
    "minutes_of",
    "ticking",
    "walk_document",
    "walk_stops",
    "write_walk_plan",
]


def asked_criteria(card: ScoreCard) -> tuple[Criterion, ...]:
    """Return the criteria asked in a visit, optional ones, bonus and deductions included."""
    return tuple(item.criterion for item in card.items)


def ticking(criterion: Criterion, ticked: bool) -> Callable[[Assessment], Edit | None]:
    """Return what makes the edit that ticks a criterion off on the walk, or takes the tick back.

    The order of the ticks is the order of the walk.
    """

    def make_edit(record: Assessment) -> Edit | None:
        walked = record.visit.walked
        if (criterion.id in walked) == ticked:
            return None
        others = tuple(name for name in walked if name != criterion.id)
        value = (*others, criterion.id) if ticked else others
        said = message("walk.ticked" if ticked else "walk.unticked", number=criterion.number)
        return Edit((Change("visit", "walked", value or None),), said)

    return make_edit


@dataclass(frozen=True)
class PlanSource:
    """What a plan is made from: a record with its score, under its rubric."""

    loaded: LoadedRubric
    assessment: Assessment
    card: ScoreCard


def write_walk_plan(
    source: PlanSource, path: Path, language: Language, order: WalkOrder = "place"
) -> Path:
    """Write the plan of a visit as PDF; raises `AssessorError` when it cannot be written."""
    return write_paper(walk_document(source, language, order), path)


def walk_document(source: PlanSource, language: Language, order: WalkOrder) -> Document:
    """Return the plan: who, when, the stops on one page, then each stop with what to look at."""
    plan = _Plan(source, Sayer(language), order)
    rubric, record = source.loaded.rubric, source.assessment
    meta = Meta(
        title=plan.say("plan_title"),
        subject=record.enterprise.name,
        language=language,
        payload_digest=digest_of(build_payload(record, source.loaded, source.card)),
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_digest=source.loaded.digest,
        generated=program_name(),
    )
    return Document(meta, tuple(plan.blocks()))


class _Plan:
    """One plan in the making."""

    def __init__(self, source: PlanSource, sayer: Sayer, order: WalkOrder) -> None:
        self._source, self._sayer, self._order = source, sayer, order
        self.say, self._pick = sayer.say, sayer.pick
        self._stops = walk_stops(asked_criteria(source.card), order)
        self._walked = frozenset(source.assessment.visit.walked)

    def blocks(self) -> Iterator[Block]:
        yield Masthead(
            self.say("plan_title"),
            self._source.assessment.enterprise.name,
            self._sayer.order(self._order),
        )
        yield KeyValues(tuple(Field(self.say(name), told) for name, told in self._facts() if told))
        yield self._overview()
        for number, stop in enumerate(self._stops):
            if number == 0:
                yield PageBreak()
            yield from self._stop(stop)

    def _facts(self) -> Iterator[tuple[str, str]]:
        rubric, record = self._source.loaded.rubric, self._source.assessment
        profile = next(one.name for one in rubric.profiles if one.id == record.profile)
        target = next(one.name for one in rubric.targets if one.id == record.target)
        days = (record.visit.date_from, record.visit.date_to)
        title = self._pick(rubric.title)
        yield "rubric", self.say("rubric_edition", title=title, version=rubric.version)
        yield "aim", self._dotted([self._pick(profile), self._pick(target)])
        yield "visit_dates", self._dotted(dict.fromkeys(day.isoformat() for day in days if day))
        yield "panel", self.say("comma").join(member.name for member in record.visit.panel)
        asked = asked_criteria(self._source.card)
        yield "whole", self.say("whole_value", count=len(asked), minutes=minutes_of(asked))

    def _dotted(self, parts: Sequence[str] | dict[str, None]) -> str:
        return self.say("dot").join(part for part in parts if part)

    def _overview(self) -> Table:
        """The stops on one page, with room for the time one arrives."""
        head = "stop" if self._order == "place" else "person"
        columns = (
            Column(self.say(head), Decimal(3)),
            Column(self.say("items"), Decimal(1), "right"),
            Column(self.say("minutes"), Decimal(1), "right"),
            Column(self.say("time_of_arrival"), Decimal(2)),
        )
        rows = [
            Row(
                (
                    Cell(self._named(stop), mark="checked_box" if self._over(stop) else "box"),
                    Cell(str(len(stop.criteria)), Decimal(len(stop.criteria))),
                    Cell(str(stop.minutes), Decimal(stop.minutes)),
                    Cell(),
                )
            )
            for stop in self._stops
        ]
        asked = asked_criteria(self._source.card)
        whole = (self.say("whole"), str(len(asked)), str(minutes_of(asked)), "")
        rows.append(Row(tuple(Cell(told, strong=True) for told in whole), "total"))
        return Table(columns, tuple(rows), "walk-stops")

    def _named(self, stop: Stop) -> str:
        return self._sayer.stop(stop.key, self._order)

    def _over(self, stop: Stop) -> bool:
        return stop.done(self._walked) == len(stop.criteria)

    def _stop(self, stop: Stop) -> Iterator[Block]:
        told = self.say("stop_summary", count=len(stop.criteria), minutes=stop.minutes)
        yield Heading(1, self._named(stop), f"stop-{stop.key}", told)
        for criterion in stop.criteria:
            yield Together(tuple(self._criterion(criterion)))

    def _criterion(self, criterion: Criterion) -> Iterator[Block]:
        title = self.say("item", number=criterion.number, title=self._pick(criterion.title))
        yield Heading(3, title, aside=self.say("item_aside", minutes=criterion.minutes))
        seen = (Run(self.say("seen"), strong=True), Run(self._beside(criterion), tone="muted"))
        mark: Mark = "checked_box" if criterion.id in self._walked else "box"
        yield Listing((ListItem(seen, mark),))
        yield Paragraph(self._pick(criterion.question))
        if criterion.look_for:
            lines = tuple(ListItem(self._pick(line)) for line in criterion.look_for)
            yield Listing(lines, title=self.say("look_for"))
        yield from self._told("proof", [self._sayer.proof(one) for one in criterion.evidence])
        yield from self._told("cautions", [self._pick(line) for line in criterion.cautions])

    def _told(self, name: str, lines: list[str]) -> Iterator[Paragraph]:
        """Several lines run on, to save paper."""
        if lines:
            head = Run(self.say("run_in", head=self.say(name)), strong=True)
            yield Paragraph((head, Run(self.say("run_on").join(lines))), "muted")

    def _beside(self, criterion: Criterion) -> str:
        """Who else is met, or where, beside what the stop already says."""
        people = [self._sayer.person(person) for person in criterion.people]
        met = self.say("meet", people=self.say("comma").join(people)) if people else ""
        if self._order == "place":
            return met
        where = self.say("seen_at", place=self._sayer.place(criterion.place))
        return self._dotted([where, met if len(people) > 1 else ""])
