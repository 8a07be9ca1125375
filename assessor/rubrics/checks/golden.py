"""The names in golden cases; their figures are recomputed where there is an engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import Lookup, Part, option_values
from assessor.rubrics.checks.references import Reference, unknown
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.gates import FormulaCheck
from assessor.rubrics.models import GoldenCase
from assessor.rubrics.outcomes import Outcome
from assessor.rubrics.rule_models import Measure, QuantityRule

ANSWER_KEYS = (
    "option",
    "options",
    "none",
    "inputs",
    "no_baseline",
    "industry_baseline",
    "na",
    "reason",
    "other",
    "note",
    "confidence",
    "by",
)
GATE_KEYS = ("pass", "inputs", "note")


def check(lookup: Lookup) -> Findings:
    """Find golden cases that speak of things the rubric does not have."""
    for part in lookup.find(GoldenCase):
        for group in (_frame, _answers, _gates, _tables, _expected):
            for reference in group(lookup, part):
                yield from unknown(reference)
        base = part.value.base
        if base is not None and (base.options == "tier") != (base.tier is not None):
            yield finding("golden_tier", f"{part.place}.base", part.subject)


def _frame(lookup: Lookup, part: Part[GoldenCase]) -> Iterator[Reference]:
    case, place, subject = part.value, part.place, part.subject
    rubric = lookup.rubric
    yield Reference(f"{place}.profile", subject, "profile", case.profile, lookup.profiles)
    yield Reference(f"{place}.target", subject, "target", case.target, rubric.target_rank)
    yield Reference(f"{place}.cycle", subject, "cycle", case.cycle, [c.id for c in rubric.cycles])
    if case.base:
        yield Reference(f"{place}.base.tier", subject, "target", case.base.tier, rubric.tier_rank)
    for name in case.weights:
        place_of = f"{place}.weights.{name}"
        yield Reference(place_of, subject, "dimension", name, lookup.dimensions)
    for at, name in enumerate(case.unanswered):
        known = _asked(lookup, case)
        yield Reference(f"{place}.unanswered[{at}]", subject, "criterion", name, known)


def _asked(lookup: Lookup, case: GoldenCase) -> list[str]:
    """Return the criteria that can be answered in the case's profile."""
    every = lookup.rubric.every_criterion
    return [item.id for item in every if case.profile in item.profiles]


def _answers(lookup: Lookup, part: Part[GoldenCase]) -> Iterator[Reference]:
    asked = _asked(lookup, part.value)
    measured = {item.id: item for item in lookup.rubric.indicators}
    for key, answer in part.value.answers.items():
        name, place = key.partition("@")[0], f"{part.place}.answers.{key}"
        yield Reference(place, part.subject, "criterion", name, (*asked, *measured))
        for word in answer:
            yield Reference(f"{place}.{word}", part.subject, "answer_key", word, ANSWER_KEYS)
        criterion = lookup.rubric.criterion_by_id.get(name)
        if criterion is not None:
            yield from _answer(part, criterion, answer, place)
        elif name in measured:
            yield from _inputs(part, measured[name], answer, place)


def _answer(
    part: Part[GoldenCase], criterion: Criterion, answer: dict[str, object], place: str
) -> Iterator[Reference]:
    keys = option_values(criterion)
    option, several = answer.get("option"), answer.get("options")
    if isinstance(option, str):
        yield Reference(f"{place}.option", part.subject, "option", option, keys)
    for at, key in enumerate(several if isinstance(several, list) else ()):
        yield Reference(f"{place}.options[{at}]", part.subject, "option", str(key), keys)
    measure = criterion.rule.measure if isinstance(criterion.rule, QuantityRule) else None
    yield from _inputs(part, measure, answer, place)


def _inputs(
    part: Part[GoldenCase], measure: Measure | None, answer: dict[str, object], place: str
) -> Iterator[Reference]:
    known = [item.id for item in measure.inputs] if measure else []
    given = answer.get("inputs")
    for name in given if isinstance(given, dict) else ():
        yield Reference(f"{place}.inputs.{name}", part.subject, "input", str(name), known)


def _gates(lookup: Lookup, part: Part[GoldenCase]) -> Iterator[Reference]:
    gates = {gate.id: gate for gate in lookup.rubric.gates}
    for name, answer in part.value.gates.items():
        place = f"{part.place}.gates.{name}"
        yield Reference(place, part.subject, "gate", name, gates)
        for word in answer:
            yield Reference(f"{place}.{word}", part.subject, "answer_key", word, GATE_KEYS)
        test = gates[name].check if name in gates else None
        known = [item.id for item in test.inputs] if isinstance(test, FormulaCheck) else []
        given = answer.get("inputs")
        for item in given if isinstance(given, dict) else ():
            yield Reference(f"{place}.inputs.{item}", part.subject, "input", str(item), known)


def _tables(lookup: Lookup, part: Part[GoldenCase]) -> Iterator[Reference]:
    tables = {table.id: [c.id for c in table.columns] for table in lookup.rubric.tables}
    for name, rows in part.value.tables.items():
        place = f"{part.place}.tables.{name}"
        yield Reference(place, part.subject, "table", name, tables)
        for at, row in enumerate(rows):
            for column in row:
                known = tables.get(name, row)
                yield Reference(f"{place}[{at}].{column}", part.subject, "column", column, known)


def _expected(lookup: Lookup, part: Part[GoldenCase]) -> Iterator[Reference]:
    expect, place = part.value.expect, f"{part.place}.expect"
    outcomes = {outcome.value.id: outcome.value for outcome in lookup.find(Outcome)}
    yield Reference(f"{place}.result", part.subject, "outcome", expect.result, outcomes)
    gates = [gate.id for gate in lookup.rubric.gates]
    criteria = lookup.rubric.criterion_by_id
    scored = [dimension.id for dimension, _ in lookup.rubric.walk_dimensions()]
    groups: tuple[tuple[str, str, Iterable[str], Iterable[str]], ...] = (
        ("outcomes", "outcome", expect.outcomes, outcomes),
        ("readings", "outcome", expect.readings, outcomes),
        ("dimensions", "dimension", expect.dimensions, scored),
        ("gates", "gate", expect.gates, gates),
        ("results", "criterion", expect.results, criteria),
        ("distances", "criterion", expect.distances, criteria),
        ("ways", "criterion", expect.ways, criteria),
    )
    for group, kind, names, known in groups:
        for name in names:
            yield Reference(f"{place}.{group}.{name}", part.subject, kind, name, known)
    yield from _expected_progress(lookup, part)
    for name, readings in expect.readings.items():
        known = (
            [reading.id for reading in outcomes[name].readings] if name in outcomes else readings
        )
        for reading in readings:
            here = f"{place}.readings.{name}.{reading}"
            yield Reference(here, part.subject, "reading", reading, known)


def _expected_progress(lookup: Lookup, part: Part[GoldenCase]) -> Iterator[Reference]:
    expect, criteria = part.value.expect, lookup.rubric.criterion_by_id
    for group, figures in (("distances", expect.distances), ("ways", expect.ways)):
        for name, wanted in figures.items():
            progress = criteria[name].progress if name in criteria else None
            known = [target.id for target in progress.targets] if progress else []
            here = f"{part.place}.expect.{group}.{name}"
            for target in wanted:
                place = f"{here}.{target}"
                yield Reference(place, part.subject, "progress_target", target, known)
