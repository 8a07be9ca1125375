"""Names that must be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import Lookup, Part
from assessor.rubrics.criterion import Criterion, Dimension, Repeat, Table
from assessor.rubrics.gates import Cycle, FormulaCheck
from assessor.rubrics.models import FormField, Indicator
from assessor.rubrics.outcomes import Outcome
from assessor.rubrics.per_level import TreeLevel
from assessor.rubrics.progress import Progress
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    Measure,
    SelectionRule,
)

Entry = tuple[str, str, str]
"""Place, subject and name."""

_LISTS = (
    "sources",
    "profiles",
    "targets",
    "tiers",
    "groups",
    "cycles",
    "gates",
    "outcomes",
    "tables",
    "repeats",
    "contradictions",
    "application_types",
    "form",
    "process",
    "known_gaps",
    "golden",
)


def check(lookup: Lookup) -> Findings:
    """Find names that stand twice where one would hide the other."""
    for name in _LISTS:
        yield from _twice(_ids(f"{name}", getattr(lookup.rubric, name)))
    yield from _twice(_parts_ids([*lookup.find(Dimension), *lookup.find(TreeLevel)]))
    yield from _twice(_parts_ids([*lookup.criteria, *lookup.find(Indicator)]))
    yield from _twice(_parts_ids(lookup.find(FormField)))
    yield from _numbers(lookup)
    for part in _inner(lookup):
        yield from _twice(part)


def _inner(lookup: Lookup) -> Iterator[list[Entry]]:
    """Yield the lists of names that need to differ only within one element."""
    for part in lookup.criteria:
        yield _keys(part)
    for progress in lookup.find(Progress):
        yield _ids(f"{progress.place}.targets", progress.value.targets, progress.subject)
    for measure in lookup.find(Measure):
        yield _ids(f"{measure.place}.inputs", measure.value.inputs, measure.subject)
    for table in lookup.find(Table):
        yield _ids(f"{table.place}.columns", table.value.columns, table.subject)
    for outcome in lookup.find(Outcome):
        yield _ids(f"{outcome.place}.readings", outcome.value.readings, outcome.subject)
    for gate in lookup.find(FormulaCheck):
        inputs = _ids(f"{gate.place}.inputs", gate.value.inputs, gate.subject)
        yield inputs + _ids(f"{gate.place}.parameters", gate.value.parameters, gate.subject)
    yield from _cycles(lookup)
    yield _repeated(lookup)


def _cycles(lookup: Lookup) -> Iterator[list[Entry]]:
    for cycle in lookup.find(Cycle):
        yield [
            (f"{cycle.place}.parameters[{at}]", cycle.subject, f"{item.gate}.{item.parameter}")
            for at, item in enumerate(cycle.value.parameters)
        ]


def _repeated(lookup: Lookup) -> list[Entry]:
    return [
        (f"{repeat.place}.criteria[{at}]", repeat.subject, name)
        for repeat in lookup.find(Repeat)
        for at, name in enumerate(repeat.value.criteria)
    ]


def _numbers(lookup: Lookup) -> Findings:
    """Printed numbers are also used to address a criterion, so they share one space with ids."""
    ids = {part.value.id: part.subject for part in lookup.criteria}
    entries = [(f"{p.place}.number", p.subject, p.value.number) for p in lookup.criteria]
    yield from _twice(entries)
    for place, subject, number in entries:
        if ids.get(number, subject) != subject:
            yield finding("duplicate_id", place, subject, id=number, first=ids[number])


def _twice(entries: Iterable[Entry]) -> Findings:
    seen: dict[str, str] = {}
    for place, subject, name in entries:
        if name in seen:
            yield finding("duplicate_id", place, subject, id=name, first=seen[name])
        seen.setdefault(name, place)


def _ids(place: str, items: Iterable[object], subject: str = "") -> list[Entry]:
    names = [str(getattr(item, "id", "")) for item in items]
    return [(f"{place}[{at}].id", subject or name, name) for at, name in enumerate(names)]


def _keys(part: Part[Criterion]) -> list[Entry]:
    rule, name, keys = part.value.rule, "options", list[str]()
    if isinstance(rule, LevelsRule | SelectionRule):
        keys = [option.key for option in rule.options]
    elif isinstance(rule, LookupRule):
        name, keys = "levels", [level.key for level in rule.levels]
    elif isinstance(rule, ChecklistRule):
        name, keys = "items", [item.key for item in rule.items]
    place = f"{part.place}.rule.{name}"
    return [(f"{place}[{at}].key", part.subject, key) for at, key in enumerate(keys)]


def _parts_ids(
    parts: Iterable[
        Part[Criterion] | Part[Indicator] | Part[Dimension] | Part[TreeLevel] | Part[FormField]
    ],
) -> list[Entry]:
    return [(f"{part.place}.id", part.subject, part.value.id) for part in parts]
