"""Grids of what is not about one rubric's scores: plan, roster, log, picks, the list of visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assessor.bureau.bulletin.grid import Grid, Kind, Line, Value, columns, grid
from assessor.bureau.bulletin.naming import Naming
from assessor.bureau.bulletin.targets import CityTarget
from assessor.bureau.register import Decision, LogRow, VisitRow
from assessor.bureau.statistics.overview import RosterLine
from assessor.bureau.statistics.plan import CITY, Progress
from assessor.bureau.statistics.sampling import Pick
from assessor.i18n import text

_Wanted = tuple[tuple[str, Kind], ...]
_PLAN: _Wanted = (
    ("rubric", "text"),
    ("tier", "text"),
    ("district", "text"),
    ("year", "text"),
    ("recognised", "count"),
    ("added", "count"),
    ("target", "text"),
    ("share", "percent"),
    ("source", "text"),
)
_CITY: _Wanted = (
    ("subject", "text"),
    ("year", "text"),
    ("target", "text"),
    ("basis", "text"),
    ("source", "text"),
)
_VISITS: _Wanted = (
    ("enterprise", "text"),
    ("credit_code", "text"),
    ("district", "text"),
    ("industry", "text"),
    ("cycle", "text"),
    ("visit_date", "text"),
    ("rubric", "text"),
    ("role", "text"),
    ("assessors", "text"),
    ("tier", "text"),
    ("score", "points"),
    ("maximum", "points"),
    ("self_score", "points"),
    ("difference", "difference"),
    ("signature", "text"),
    ("verdict", "text"),
    ("decision", "text"),
    ("file", "text"),
    ("visit_id", "text"),
)
_LOG: _Wanted = (
    ("number", "count"),
    ("file", "text"),
    ("verdict", "text"),
    ("place", "text"),
    ("reason", "text"),
    ("first_seen", "text"),
    ("size", "count"),
    ("sha256", "text"),
    ("visit_id", "text"),
)
_ROSTER: _Wanted = (
    ("cycle", "text"),
    ("enterprise", "text"),
    ("credit_code", "text"),
    ("district", "text"),
    ("due", "text"),
    ("sent", "count"),
    ("status", "text"),
)
_PICKS: _Wanted = (
    ("rank", "count"),
    ("enterprise", "text"),
    ("credit_code", "text"),
    ("district", "text"),
    ("cycle", "text"),
    ("score", "points"),
    ("tier", "text"),
    ("assessors", "text"),
    ("weight", "count"),
    ("reasons", "text"),
    ("visit_id", "text"),
)


def plan_grid(found: Iterable[Progress], naming: Naming) -> Grid:
    """Return progress against the plan; where nobody entered a target, that is said."""
    language = naming.language
    # The order of `found`, but tiers as their rubric orders them.
    found = sorted(found, key=lambda one: (one.rubric, _rank(one, naming)))
    lines = [
        Line(
            (
                naming.rubric(one.rubric),
                naming.tier(one.rubric, one.tier),
                text("bureau_grid.city", language) if one.district == CITY else one.district,
                str(one.year),
                one.recognised,
                one.added,
                text("bureau_grid.no_target", language) if one.target is None else str(one.target),
                one.share,
                one.source,
            ),
            one.visits,
        )
        for one in found
    ]
    return grid("plan", language, columns(language, _PLAN), lines, ["decisions"])


def city_grid(targets: Iterable[CityTarget], naming: Naming) -> Grid:
    """Return the city-wide targets of the planning documents with their differing bases."""
    language = naming.language
    lines = [
        Line(
            (
                one.subject.pick(language),
                str(one.year),
                one.figure,
                one.basis.pick(language),
                one.source.pick(language),
            )
        )
        for one in targets
    ]
    return grid("city", language, columns(language, _CITY), lines, ["city"])


def visit_grid(
    visits: Iterable[VisitRow], naming: Naming, decisions: Mapping[tuple[str, str], Decision]
) -> Grid:
    """Return every visit with its result; `decisions` are the latest by rubric and enterprise."""
    lines = [Line(_visit(one, naming, decisions), (one.number,)) for one in visits]
    return grid("visits", naming.language, columns(naming.language, _VISITS), lines)


def log_grid(rows: Iterable[LogRow], naming: Naming) -> Grid:
    """Return the intake's log: one line for every file."""
    language = naming.language
    lines = [
        Line(
            (
                one.number,
                one.name,
                text(f"bureau_grid.verdict_{one.verdict.value}", language),
                "; ".join(
                    "!".join(part for part in (finding.sheet, finding.cell) if part)
                    for finding in one.findings
                ).strip("; "),
                "; ".join(finding.reason.pick(language) for finding in one.findings),
                one.first_seen.isoformat(sep=" ", timespec="seconds"),
                one.size,
                one.sha256,
                one.visit_id,
            )
        )
        for one in rows
    ]
    return grid("log", language, columns(language, _LOG), lines)


def roster_grid(found: Iterable[RosterLine], naming: Naming) -> Grid:
    """Return who is expected and what came of it."""
    language = naming.language
    lines = [
        Line(
            (
                one.expected.cycle,
                one.expected.name,
                one.expected.credit_code,
                one.expected.district,
                one.expected.due.isoformat() if one.expected.due else "",
                len(one.sent),
                text(f"bureau_grid.roster_{_status(one)}", language),
            ),
            one.sent,
        )
        for one in found
    ]
    return grid("roster", language, columns(language, _ROSTER), lines, ["roster"])


def pick_grid(picks: Iterable[Pick], naming: Naming) -> Grid:
    """Return whom to inspect again, with the reasons."""
    language = naming.language
    chance = text("bureau_grid.by_chance", language)
    lines = [
        Line(
            (
                pick.place,
                pick.visit.name,
                pick.visit.credit_code,
                naming.unstated(pick.visit.district),
                pick.visit.cycle,
                pick.visit.score,
                naming.tier(pick.visit.rubric, pick.visit.tier),
                _listed(pick.visit.assessors),
                pick.weight,
                "; ".join(reason.words.pick(language) for reason in pick.reasons) or chance,
                pick.visit.visit_id,
            ),
            (pick.visit.number,),
        )
        for pick in picks
    ]
    return grid("picks", language, columns(language, _PICKS), lines, ["picks"])


def _rank(one: Progress, naming: Naming) -> int:
    tiers = naming.tiers(one.rubric)
    return tiers.index(one.tier) if one.tier in tiers else len(tiers)


def _visit(
    one: VisitRow, naming: Naming, decisions: Mapping[tuple[str, str], Decision]
) -> tuple[Value, ...]:
    language = naming.language
    decision = decisions.get((one.rubric, one.enterprise))
    own, score = one.self_score, one.score
    return (
        one.name,
        one.credit_code,
        naming.unstated(one.district),
        naming.industry(one.industry),
        one.cycle,
        one.visit_date,
        f"{naming.rubric(one.rubric)} {one.rubric_version}",
        text(f"bureau_grid.role_{one.role}", language),
        _listed(one.assessors),
        naming.tier(one.rubric, one.tier),
        score,
        one.maximum,
        own,
        None if own is None or score is None else own - score,
        text(f"bureau_grid.signature_{one.signature}", language),
        text(f"bureau_grid.verdict_{one.verdict.value}", language),
        text(f"bureau_grid.decision_{decision.kind.value}", language) if decision else "",
        one.file_name,
        one.visit_id,
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _status(one: RosterLine) -> str:
    if one.sent:
        return "late" if one.late else "received"
    return "overdue" if one.overdue else "missing"
