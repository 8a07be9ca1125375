"""The statistics of a register as rows of charts: names, shares, what each figure is said to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from assessor.ui.models.bureau_naming import NOTHING, TALL_GAP, Naming
from assessor.ui.views.bureau.charts.bars import BarRow
from assessor.ui.views.bureau.charts.boxes import BoxRow
from assessor.ui.views.bureau.charts.distribution import Bar, GradeLine
from assessor.ui.views.bureau.charts.heat_map import HeatRow
from assessor.workspace.bureau_survey import (
    CITY,
    SMALL,
    Group,
    Severity,
    SurveyOfRegister,
    VisitRow,
)

MOST_CRITERIA, MOST_ASSESSORS, MOST_PROGRESS = 10, 8, 6
_HUNDRED = Decimal(100)


class Figures:
    """Words the statistics of one register in one language."""

    def __init__(self, survey: SurveyOfRegister, naming: Naming) -> None:
        self._survey, self._naming = survey, naming
        self._tr = naming.words.tr

    def _few(self, visits: Iterable[int]) -> bool:
        """Whether a figure is of so few enterprises that it is not shown."""
        known: Mapping[int, VisitRow] = self._survey.visits
        return len({known[one].enterprise for one in visits if one in known}) < SMALL

    def _place(self, district: str) -> str:
        return district or self._tr("ui_bureau.unstated")

    # --- where it is weak -------------------------------------------------------------------------

    def columns(self) -> list[str]:
        """Return the names of the dimensions."""
        rubric = self._survey.rubric
        return [self._naming.dimension(rubric, one) for one in self._survey.found.heat.dimensions]

    def heat(self) -> list[HeatRow]:
        """Return the districts, the one with most visits first."""
        heat, rows = self._survey.found.heat, []
        groups = {one.key: one for one in self._survey.found.results["district"].groups}
        names = self.columns()
        for district in heat.districts:
            cells = [heat.cells.get((district, one)) for one in heat.dimensions]
            # What is not shown leads nowhere either.
            shown = [None if cell is None or self._few(cell.visits) else cell for cell in cells]
            visits = tuple(cell.visits if cell is not None else () for cell in shown)
            rates = tuple(None if cell is None else cell.rate for cell in shown)
            told = tuple(
                self._tr(
                    "ui_bureau.heat_cell",
                    district=self._place(district),
                    dimension=name,
                    rate=self._percent(rate),
                    count=len(behind),
                )
                for name, rate, behind in zip(names, rates, visits, strict=True)
            )
            count = groups[district].enterprises if district in groups else 0
            rows.append(HeatRow(self._place(district), rates, told, visits, count))
        return sorted(rows, key=lambda one: (-one.count, one.name))

    def _percent(self, share: Decimal | None) -> str:
        return NOTHING if share is None else f"{share * _HUNDRED:.2f} %"

    # --- scores -----------------------------------------------------------------------------------

    def bars(self) -> list[Bar]:
        """Return how many visits have which score."""
        return [
            Bar(
                one.low,
                one.high,
                self._tr(
                    "ui_bureau.bar",
                    low=self._naming.words.number(one.low),
                    high=self._naming.words.number(one.high),
                    count=len(one.visits),
                ),
                one.visits,
            )
            for one in self._survey.found.histogram
        ]

    def lines(self) -> list[GradeLine]:
        """Return from which scores a tier is reached, where the total alone decides."""
        rubric = self._survey.rubrics.get(self._survey.rubric)
        found = []
        for outcome in rubric.outcomes if rubric is not None else ():
            for reading in outcome.readings:
                at = getattr(reading, "line", None)
                decides = outcome.decided_by == (reading.id,) and reading.id == "total"
                if decides and isinstance(at, Decimal):
                    found.append(GradeLine(at, self._naming.words.pick(outcome.name)))
        return found

    def boxes(self, by: str) -> list[BoxRow]:
        """Return how the scores of each group lie, the lowest median last."""
        results = next(one for name, one in self._survey.found.results.items() if name == by)
        rows = [self._box(group, by) for group in results.groups]
        return sorted(rows, key=lambda one: -(one.figures[2] if one.figures else Decimal(-1)))

    def _box(self, group: Group, by: str) -> BoxRow:
        naming, rubric, spread = self._naming, self._survey.rubric, group.spread
        name = self._place(group.key)
        if by == "tier":
            name = naming.tier(rubric, group.key)
        elif by == "cycle":
            name = naming.cycle(rubric, group.key)
        if spread is None or self._few(group.visits):
            return BoxRow(name, None, name, group.visits)
        figures = (spread.least, spread.lower, spread.median, spread.upper, spread.most)
        told = self._tr(
            "ui_bureau.box",
            name=name,
            count=spread.count,
            least=naming.points(spread.least),
            lower=naming.points(spread.lower),
            median=naming.points(spread.median),
            upper=naming.points(spread.upper),
            most=naming.points(spread.most),
            mean=naming.points(spread.mean),
        )
        return BoxRow(name, figures, told, group.visits)

    # --- criteria, plan, assessors ----------------------------------------------------------------

    def criteria(self) -> list[BarRow]:
        """Return the criteria most points are lost in."""
        rows, rubric = [], self._survey.rubric
        shown = [one for one in self._survey.found.criteria if not self._few(one.visits)]
        for one in shown[:MOST_CRITERIA]:
            claimed = one.claimed_rate
            gap = None if claimed is None else claimed * _HUNDRED
            name = self._naming.criterion(rubric, one.item)
            values = {"name": name, "rate": self._percent(one.rate), "count": len(one.visits)}
            rows.append(
                BarRow(
                    name,
                    one.rate,
                    (self._percent(one.rate), self._naming.points(gap, sign=True)),
                    self._tr("ui_bureau.criterion", **values),
                    one.visits,
                    roles=("text", "bad" if gap is not None and gap >= TALL_GAP else "muted"),
                )
            )
        return rows

    def progress(self) -> list[BarRow]:
        """Return what was recognised against what the plan asks for, the latest years."""
        rows = []
        latest = max((one.year for one in self._survey.progress), default=0)
        for one in self._survey.progress:
            if one.year != latest or one.district != (self._survey.scope.district or CITY):
                continue
            tier = self._naming.tier(one.rubric, one.tier)
            name = self._tr("ui_bureau.plan_row", tier=tier, year=one.year)
            target = str(one.target) if one.target is not None else self._tr("ui_bureau.no_target")
            share = self._percent(one.share) if one.share is not None else NOTHING
            told = self._tr(
                "ui_bureau.plan_told", name=name, count=one.recognised, target=target, share=share
            )
            figures = (str(one.recognised), target, share)
            rows.append(BarRow(name, one.share, figures, told, one.visits, mark=Decimal(1)))
        return rows[:MOST_PROGRESS]

    def severity(self) -> list[BarRow]:
        """Return the assessors who differ most from others, severe ones to the left."""
        judged = [one for one in self._survey.found.severity if one.difference is not None]
        judged.sort(key=lambda one: -abs(one.difference or Decimal(0)))
        widest = max((abs(one.difference or Decimal(0)) for one in judged), default=Decimal(1))
        return [self._assessor(one, widest or Decimal(1)) for one in judged[:MOST_ASSESSORS]]

    def _assessor(self, one: Severity, widest: Decimal) -> BarRow:
        naming, half = self._naming, Decimal("0.5")
        difference = one.difference or Decimal(0)
        figures = (
            naming.points(difference, sign=True),
            f"± {naming.points(one.error)}",
            str(len(one.visits)),
        )
        told = self._tr(
            "ui_bureau.assessor_told",
            name=one.assessor,
            difference=figures[0],
            error=naming.points(one.error),
            count=len(one.visits),
        )
        role = "caution" if one.marked else "accent"
        marks = ("caution" if one.marked else "text", "muted", "muted")
        return BarRow(
            one.assessor,
            half + difference / widest / 2,
            figures,
            told,
            one.visits,
            start=half,
            mark=half,
            role=role,
            roles=marks,
        )

    def unjudged(self) -> int:
        """Return how many assessors have too few visits to be compared."""
        return sum(one.difference is None for one in self._survey.found.severity)


def share_of(part: Sequence[object], whole: Sequence[object]) -> Decimal:
    """Return a part of a whole, 0 without one."""
    return Decimal(len(part)) / len(whole) if whole else Decimal(0)
