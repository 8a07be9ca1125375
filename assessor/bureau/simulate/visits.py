"""Visits to the enterprises of an invented region, each with its panel and its truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from assessor.assessment import (
    Assessment,
    Enterprise,
    EvidenceItem,
    PanelMember,
    RubricRef,
    SelfAssessment,
    Visit,
)
from assessor.bureau.simulate.answering import answers_of, gates_of
from assessor.bureau.simulate.region import Region, SimAssessor, SimEnterprise, between, name_parts
from assessor.canonical import digest_of
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Rubric

YEARS = (2025, 2026)
_TWICE, _REVISED, _SELF = 250, 80, 600
"""Of a thousand enterprises: visited in both years, with a second revision, self-assessed."""
RUBRICS = ("nb.digital_workshop", "zj.future_factory")
"""What a city's bureau assesses enterprises by; regions know no other rubrics."""
_WORKSHOP = 650
"""Of a thousand visits, how many are for the first rubric."""
_GROWTH = 60
_DAYS = 290


@dataclass(frozen=True, slots=True)
class SimVisit:
    """One visit in one revision; `skill` is the enterprise's own in that year."""

    enterprise: SimEnterprise
    assessment: Assessment
    panel: tuple[SimAssessor, ...]
    skill: int


def visits_of(
    region: Region, enterprise: SimEnterprise, rubrics: Mapping[str, LoadedRubric], seed: int
) -> Iterator[SimVisit]:
    """Yield the visits to one enterprise in the order they were made, revisions too."""
    rng = Random(f"visits:{seed}:{enterprise.number}")  # noqa: S311 (repeatable, nothing secret)
    workshop, factory = RUBRICS
    loaded = rubrics[workshop if rng.randrange(1000) < _WORKSHOP else factory]
    years = YEARS if rng.randrange(1000) < _TWICE else (rng.choice(YEARS),)
    for at, year in enumerate(years):
        first = _visit(region, enterprise, loaded, (year, at), rng)
        yield first
        if rng.randrange(1000) < _REVISED:
            yield _revised(first, loaded.rubric, rng)


def _visit(
    region: Region,
    enterprise: SimEnterprise,
    loaded: LoadedRubric,
    when: tuple[int, int],
    rng: Random,
) -> SimVisit:
    (year, at), rubric = when, loaded.rubric
    skill = between(enterprise.skill + _GROWTH * at)
    panel = tuple(rng.sample(region.assessors, rng.choice((2, 3))))
    seen = between(skill - sum(one.severity for one in panel) // len(panel))
    day = date(year, 1, 5) + timedelta(days=rng.randrange(_DAYS))
    own = answers_of(rubric, enterprise.profile, between(skill + enterprise.inflation), rng)
    assessment = Assessment(
        id=f"sim-{enterprise.number:06}-{year}",
        rubric=RubricRef(id=rubric.id, version=rubric.version, digest=loaded.digest),
        cycle=str(year),
        profile=enterprise.profile,
        target=_target(rubric, skill),
        enterprise=_facts(enterprise),
        visit=_frame(region, panel, day, rng),
        answers=answers_of(rubric, enterprise.profile, seen, rng),
        gates=gates_of(rubric, skill, rng),
        evidence=tuple(_evidence(enterprise, rubric, rng)),
        self_assessment=SelfAssessment(answers=own, made_on=day - timedelta(days=30))
        if rng.randrange(1000) < _SELF
        else None,
    )
    return SimVisit(enterprise, assessment, panel, skill)


def _revised(first: SimVisit, rubric: Rubric, rng: Random) -> SimVisit:
    """Return the second revision of a visit: a few answers were put right."""
    again = answers_of(rubric, first.assessment.profile, first.skill, rng)
    changed = {key: again[key] for key in rng.sample(sorted(again), 3)}
    answers = {**first.assessment.answers, **changed}
    assessment = first.assessment.model_copy(update={"revision": 2, "answers": answers})
    return SimVisit(first.enterprise, assessment, first.panel, first.skill)


def _target(rubric: Rubric, skill: int) -> str:
    """Return the tier an enterprise of this skill applies for."""
    place = skill * len(rubric.targets) // 1000
    return rubric.targets[min(place, len(rubric.targets) - 1)].id


def _facts(enterprise: SimEnterprise) -> Enterprise:
    return Enterprise(
        name=enterprise.name,
        credit_code=enterprise.credit_code,
        industry_code=enterprise.industry_code,
        district=enterprise.district,
        cluster=enterprise.cluster,
    )


def _frame(region: Region, panel: tuple[SimAssessor, ...], day: date, rng: Random) -> Visit:
    members = tuple(
        PanelMember(
            id=one.id,
            name=one.name,
            organisation=region.institutions[one.institution],
            role="member" if at else "leader",
        )
        for at, one in enumerate(panel)
    )
    return Visit(
        workshop=rng.choice(name_parts()["workshops"]), date_from=day, date_to=day, panel=members
    )


def _evidence(enterprise: SimEnterprise, rubric: Rubric, rng: Random) -> Iterator[EvidenceItem]:
    criteria = rng.sample(rubric.criteria_for(enterprise.profile), 6)
    for number, criterion in enumerate(criteria, 1):
        yield EvidenceItem(
            id=f"e{number}",
            sha256=digest_of([enterprise.number, criterion.id]),
            size=100_000 + rng.randrange(2_000_000),
            media_type="image/jpeg",
            file_name=f"IMG_{enterprise.number:06}_{number}.jpg",
            kind="photo",
            criteria=(criterion.id,),
        )
