"""The bulletin of a period as a Document: what a director reads first stands first.

What is published withholds small groups, and what would give them away beside an earlier bulletin;
no enterprise and no assessor is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from assessor.bureau.bulletin.blocks import bars_of, notes_of, table_of
from assessor.bureau.bulletin.grid import Grid, shown
from assessor.bureau.bulletin.grids import Grids
from assessor.bureau.bulletin.register_grids import city_grid, plan_grid
from assessor.bureau.bulletin.source import BulletinSource
from assessor.bureau.bulletin.targets import city_targets
from assessor.bureau.register import Published
from assessor.bureau.statistics.numbers import spread
from assessor.bureau.statistics.plan import CITY
from assessor.bureau.statistics.results import By, scores
from assessor.bureau.statistics.survey import Survey, survey
from assessor.bureau.statistics.trends import year_over_year
from assessor.bureau.statistics.withholding import BEFORE, TOTAL, Withheld, withheld
from assessor.canonical import digest_of
from assessor.i18n import text
from assessor.reports.document import (
    Bar,
    BarChart,
    Block,
    Cover,
    Document,
    Field,
    Heading,
    Headline,
    Listing,
    ListItem,
    Meta,
    PageBreak,
    Paragraph,
    Run,
    Together,
)

_WORST = 10
_MEDIAN = 5
"""The place of the median among the results of a group."""
_DISTRICT = ("district", "visits", "enterprises", "lower", "median", "upper", "mean")
_TABLES: tuple[By, ...] = ("district", "industry", "cluster", "tier")
"""What results are printed by."""
_PLAN = ("tier", "district", "year", "recognised", "added", "target", "share")


def bulletin(source: BulletinSource) -> tuple[Document, tuple[Published, ...]]:
    """Return the bulletin and the groups it shows; equal sources give an equal Document."""
    made = _Bulletin(source)
    return made.document(), made.published()


@dataclass(frozen=True)
class _Bulletin:
    source: BulletinSource

    @cached_property
    def grids(self) -> Grids:
        """Maker of the tables that are published."""
        source = self.source
        return Grids(source.facts, source.rubric, source.naming, source.limit, self.withheld)

    @cached_property
    def found(self) -> Survey:
        """The statistics of the period."""
        naming = self.source.naming
        return survey(self.source.facts, naming.dimensions(self.source.rubric))

    @cached_property
    def withheld(self) -> Withheld:
        """What is not published, beside what was given out before."""
        tables = {by: found for by, found in self.found.results.items() if by in _TABLES}
        worst = self.found.criteria[:_WORST]
        years = year_over_year(self.source.whole)
        printed = replace(self.found, results=tables, criteria=worst, years=years)
        source = self.source
        return withheld(source.facts, printed, source.rule, source.whole, source.before)

    @property
    def few(self) -> bool:
        """Whether no score of the period can be published at all."""
        return self.withheld.whole

    def published(self) -> tuple[Published, ...]:
        """Return the groups whose figures stand in it."""
        rubric, period = self.source.rubric, self.source.period.text
        return tuple(
            Published(rubric, period, grouping, name, visits)
            for grouping, name, visits in self.withheld.shown
        )

    def document(self) -> Document:
        """Put the chapters together."""
        pages = tuple(self._pages())
        language = self.source.naming.language
        meta = Meta(
            title=self._title(),
            subject=self.source.period.said().pick(language),
            language=language,
            payload_digest=digest_of([repr(block) for block in pages]),
            rubric_id="",
            rubric_version="",
            rubric_digest="",
            generated=self.source.program,
        )
        return Document(meta, pages)

    def _pages(self) -> Iterator[Block]:
        yield self._cover()
        yield PageBreak()
        yield from self._key_points()
        yield from self._plan()
        if not self.few:
            yield from self._scores()
            yield from self._weak()
            yield from self._claims()
        yield from self._time()
        yield from self._reading()

    # --- chapters ---------------------------------------------------------------------------------

    def _cover(self) -> Cover:
        period = self.source.period
        files = {name: self.source.files.get(name, 0) for name in _VERDICTS}
        everything = self.found.results["district"].everything
        fields = [
            Field(self._say("field_days"), f"{period.start} – {period.end}"),
            Field(self._say("field_counted"), str(len(everything.visits))),
            Field(self._say("field_enterprises"), str(everything.enterprises)),
            Field(self._say("field_files"), self._say("files_said", **files)),
        ]
        if self.source.roster:
            sent = sum(bool(one.sent) for one in self.source.roster)
            total = len(self.source.roster)
            said = self._say("roster_said", expected=total, sent=sent, missing=total - sent)
            fields.append(Field(self._say("field_roster"), said))
        if self.source.undated:
            fields.append(Field(self._say("field_undated"), str(self.source.undated)))
        if self.source.left_out:
            said = self._say("left_out_said", count=self.source.left_out)
            fields.append(Field(self._say("field_left_out"), said))
        state = self._say("state_released" if self.source.released else "state_draft")
        fields.append(Field(self._say("field_state"), state))
        kicker = text(f"bureau_output.kicker_{period.kind}", self.source.naming.language)
        said = period.said().pick(self.source.naming.language)
        return Cover(kicker, self._title(), said, tuple(fields))

    def _key_points(self) -> Iterator[Block]:
        yield Heading(1, self._say("key_points"), "key-points")
        everything = self.found.results["district"].everything
        if not everything.visits:
            yield Paragraph(self._say("nothing"), "lead")
        elif self.few or everything.spread is None:
            yield Paragraph(self._say("too_few", limit=self.source.limit), "caution")
        else:
            middle = everything.spread
            lower, upper = self._points(middle.lower), self._points(middle.upper)
            lines = [Run(self._say("quartiles_said", lower=lower, upper=upper)), *self._change()]
            yield Headline(
                self.source.period.said().pick(self.source.naming.language),
                self._say("median"),
                tuple(lines),
                self._points(middle.median),
                self._say("field_counted") + f" {len(everything.visits)}",
                middle.median,
            )
            yield Listing(tuple(ListItem(words) for words in self._findings()))

    def _change(self) -> Iterator[Run]:
        """Say the median of a year before, if enough enterprises took part then."""
        before = self.source.before.verified
        earlier = spread(scores(before))
        now = self.found.results["district"].everything.spread
        if BEFORE not in self.withheld.of(TOTAL) and earlier and now:
            difference = now.median - earlier.median
            said = shown(difference, "difference", self.source.naming.language)
            words = {"before": self._points(earlier.median), "difference": said}
            yield Run(self._say("change_said", **words))

    def _findings(self) -> Iterator[str]:
        by_district = self.grids.results(self.found.results["district"])
        ranked = [
            line
            for line in by_district.lines
            if not line.total and _MEDIAN not in line.hidden and line.values[_MEDIAN] is not None
        ]
        if ranked:
            best = max(ranked, key=lambda line: Decimal(str(line.values[_MEDIAN])))
            median = shown(best.values[_MEDIAN], "points", self.source.naming.language)
            yield self._say("best_district_said", district=best.values[0], median=median)
        worst = self.grids.criteria(self.found.criteria, 1).lines
        if worst and not worst[0].hidden:
            rate = shown(worst[0].values[2], "percent", self.source.naming.language)
            yield self._say("weakest_said", item=worst[0].values[0], rate=rate)

    def _plan(self) -> Iterator[Block]:
        naming = self.source.naming
        yield Heading(1, self._say("plan"), "plan")
        shown_rows = [
            one for one in self.source.progress if one.year == self.source.period.end.year
        ]
        if not shown_rows:
            yield Paragraph(self._say("no_plan"), "body")
        bars = []
        for one in shown_rows:
            if one.district == CITY:
                label = naming.tier(one.rubric, one.tier)
                if one.share is None:
                    words = self._say("recognised_said", recognised=one.recognised)
                else:
                    values = {"recognised": one.recognised, "target": one.target}
                    words = self._say("recognised_of", **values)
                bars.append(Bar(label, min(one.share or Decimal(0), Decimal(1)), words))
        if bars:
            yield BarChart(tuple(bars))
        if shown_rows:
            yield table_of(plan_grid(shown_rows, naming), naming.language, _PLAN)
        city = city_grid(city_targets().targets, naming)
        yield Heading(2, city.title)
        yield table_of(city, naming.language)
        for conflict in city_targets().conflicts:
            yield Paragraph(conflict.said.pick(naming.language), "muted")

    def _scores(self) -> Iterator[Block]:
        language = self.source.naming.language
        yield Heading(1, self._say("scores"), "scores")
        by_district = self.grids.results(self.found.results["district"])
        hundred = self._full()
        bars = bars_of(by_district, (0, _MEDIAN), language, hundred, self._say("whole"))
        if bars.bars:
            yield Together((Heading(2, self._say("medians")), bars))
        yield Heading(2, by_district.title)
        yield table_of(by_district, language, _DISTRICT)
        steps = self.grids.histogram(self.found.histogram)
        largest = max((len(one.visits) for one in self.found.histogram), default=1)
        bars = bars_of(steps, (0, 1), language, Decimal(largest))
        if bars.bars:
            yield Together((Heading(2, steps.title), bars))
        for by in _TABLES[1:]:
            one = self.grids.results(self.found.results[by])
            yield Heading(2, one.title)
            yield table_of(one, language, (by, *_DISTRICT[1:]))

    def _weak(self) -> Iterator[Block]:
        language = self.source.naming.language
        yield Heading(1, self._say("weak"), "weak")
        heat = self.grids.heat(self.found.heat, self.found.results["district"])
        said = Paragraph(self._say("heat_said"), "muted")
        yield Together((Heading(2, heat.title), said, table_of(heat, language, shaded=True)))
        worst = self.grids.criteria(self.found.criteria, _WORST)
        bars = bars_of(worst, (0, 2), language, Decimal(1))
        if bars.bars:
            yield Together((Heading(2, self._say("weak_bars")), bars))
        yield table_of(worst, language)

    def _claims(self) -> Iterator[Block]:
        found = self.grids.inflation(self.found.inflation)
        if found.lines:
            yield Heading(1, self._say("claims"), "claims")
            yield table_of(found, self.source.naming.language)

    def _time(self) -> Iterator[Block]:
        years = year_over_year(self.source.whole)
        if len(years) > 1:
            yield Heading(1, self._say("time"), "time")
            source = self.source
            grids = Grids(source.whole, source.rubric, source.naming, source.limit, self.withheld)
            yield table_of(grids.years(years), source.naming.language)

    def _reading(self) -> Iterator[Block]:
        yield Heading(1, self._say("reading"), "reading")
        notes = notes_of(self._all_grids(), self.source.naming.language)
        yield Listing(tuple(ListItem(words) for words in notes))

    # --- pieces -----------------------------------------------------------------------------------

    def _all_grids(self) -> Iterator[Grid]:
        grids, found = self.grids, self.found
        yield plan_grid((), self.source.naming)
        yield city_grid((), self.source.naming)
        yield grids.results(found.results["district"])
        yield grids.results(found.results["cluster"])
        yield grids.histogram(found.histogram)
        yield grids.criteria(found.criteria)
        yield grids.inflation(found.inflation)
        yield grids.years(())

    def _full(self) -> Decimal:
        """Return the greatest maximum of a visit, so that bars show how far it is to the top."""
        known = (one.maximum for one in self.source.facts.verified if one.maximum)
        return max(known, default=Decimal(1))

    def _title(self) -> str:
        return self._say("title", rubric=self.source.naming.rubric(self.source.rubric))

    def _points(self, value: Decimal) -> str:
        return shown(value, "points", self.source.naming.language)

    def _say(self, key: str, **values: object) -> str:
        return text(f"bureau_output.{key}", self.source.naming.language, **values)


_VERDICTS = ("accepted", "warning", "rejected", "skipped")
