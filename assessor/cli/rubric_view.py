"""A rubric as text: what is asked, how it is answered, what it is worth, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.i18n import Language, message, text
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Rubric
from assessor.rubrics.provenance import effective_basis
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules.target_words import progress_said


def rubric_lines(loaded: LoadedRubric, language: Language) -> Iterator[str]:
    """Yield the lines of the reading view."""
    rubric = loaded.rubric
    yield f"{rubric.title.pick(language)}  ({rubric.id} {rubric.version})"
    yield f"SHA-256 {loaded.digest}"
    if rubric.status.derived:
        yield f"! {rubric.status.notice.pick(language)}"
    yield rubric.summary.pick(language)
    kinds = rubric.body.profile if rubric.body else message("cli.show_profiles")
    for label, entries in (
        (kinds, rubric.profiles),
        (message("cli.show_targets"), () if rubric.collects else rubric.targets),
        (message("cli.show_cycles"), rubric.cycles),
    ):
        names = "; ".join(f"{entry.id} {entry.name.pick(language)}" for entry in entries)
        if names:
            yield f"{label.pick(language)}: {names}"
    by_dimension: dict[str, list[Criterion]] = {}
    for criterion in rubric.every_criterion:
        by_dimension.setdefault(criterion.dimension, []).append(criterion)
    for dimension, depth in rubric.walk_dimensions():
        yield ""
        yield f"{'#' * (depth + 1)} {dimension.name.pick(language)}"
        for criterion in by_dimension.pop(dimension.id, []):
            yield from _criterion(rubric, criterion, language)
    for rest in by_dimension.values():
        yield ""
        yield f"# {text('cli.show_beside', language)}"
        for criterion in rest:
            yield from _criterion(rubric, criterion, language)
    yield from _gates(rubric, language)


def _criterion(rubric: Rubric, criterion: Criterion, language: Language) -> Iterator[str]:
    basis = effective_basis(criterion.provenance, rubric.source_by_id)
    most = text("cli.show_points", language, points=format(criterion.maximum, "f"))
    said = text(f"cli.basis_{basis}", language)
    title = criterion.title.pick(language)
    worth = "" if rubric.collects else f"  {most}"
    yield f"{criterion.number}  {title}  [{criterion.id}]{worth}  ({said})"
    yield f"    {criterion.question.pick(language)}"
    if criterion.progress is not None:
        for told in progress_said(criterion.progress, criterion):
            yield f"    {told.pick(language)}"
    for line in _rule(criterion, language):
        yield f"      {line}"


def _rule(criterion: Criterion, language: Language) -> Iterator[str]:
    match criterion.rule:
        case LevelsRule() | LookupRule() | SelectionRule() as rule:
            for option in rule.options:
                tier = f" <{option.tier}>" if option.tier else ""
                value = format(option.value, "f")
                yield f"{option.key} = {value}{tier}  {option.text.pick(language)}"
        case ChecklistRule() as checklist:
            for item in checklist.items:
                yield f"[{item.key}] {item.text.pick(language)}"
        case YesNoRule() as yes_no:
            yield f"yes  {yes_no.yes.pick(language)}"
            yield f"no   {yes_no.no.pick(language)}"
        case QuantityRule() as quantity:
            for entry in quantity.measure.inputs:
                yield f"{entry.id}: {entry.name.pick(language)} ({entry.unit.pick(language)})"
            yield f"= {quantity.measure.formula}  ({quantity.measure.result_unit.pick(language)})"


def _gates(rubric: Rubric, language: Language) -> Iterator[str]:
    yield ""
    yield f"# {text('cli.show_gates', language)}"
    for gate in rubric.gates:
        severity = text(f"cli.severity_{gate.severity}", language)
        mode = text(f"cli.gate_{gate.default}", language)
        yield f"{gate.id}  {gate.title.pick(language)}  ({severity}, {mode})"
        yield f"    {gate.question.pick(language)}"
