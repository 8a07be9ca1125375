"""The annexes: criteria and points, measured figures, yearly figures, evidence, what is derived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessor.exchange.rubric_book.wording import column_words
from assessor.reports.build.standard.founded import Founded, founded_figures
from assessor.reports.build.standard.scoring import curve_lines, dimension_name, scored
from assessor.reports.build.standard.scribe import Scribe, column, group, lines, row
from assessor.reports.document import Cell, Row
from assessor.rubrics.criterion import Criterion, Dimension
from assessor.rubrics.rule_models import Measure, QuantityRule


def write_annexes(scribe: Scribe) -> None:
    """Write all annexes that have something in them."""
    _criteria(scribe)
    _measured(scribe)
    _cycles(scribe)
    _evidence(scribe)
    _form(scribe)
    _derived(scribe)
    _gaps(scribe)


def _criteria(scribe: Scribe) -> None:
    say = scribe.say
    scribe.annex(say("annex_criteria"), normative=True)
    scribe.text(say("annex_criteria_text"))
    columns = (
        column(say("number"), "0.6"),
        column(say("criterion"), "2.4"),
        column(say("scoring"), "4.2"),
        column(say("most"), "0.7"),
        column(say("basis"), "0.9"),
    )
    for title, criteria in _parts(scribe):
        scribe.clause(title)
        scribe.table(title, columns, list(_criterion_rows(scribe, criteria)))


def _parts(scribe: Scribe) -> Iterator[tuple[str, tuple[Criterion, ...]]]:
    rubric = scribe.rubric
    for top in rubric.tree:
        below = {node.id for node, _ in _below(scribe, top.id)}
        found = tuple(one for one in rubric.criteria if one.dimension in below)
        if found:
            yield scribe.pick(top.name), found
    if rubric.bonus:
        yield scribe.say("bonus"), rubric.bonus.criteria
    if rubric.deductions:
        yield scribe.say("deductions"), rubric.deductions.criteria


def _below(scribe: Scribe, top: str) -> Iterator[tuple[Dimension, int]]:
    inside = False
    for node, depth in scribe.rubric.walk_dimensions():
        inside = node.id == top if depth == 0 else inside
        if inside:
            yield node, depth


def _criterion_rows(scribe: Scribe, criteria: Iterable[Criterion]) -> Iterator[Row]:
    last = ""
    for one in criteria:
        if one.dimension != last:
            last = one.dimension
            yield group(dimension_name(scribe, last))
        yield row(
            one.number,
            lines([scribe.pick(one.title), scribe.pick(one.question)]),
            scored(scribe, one),
            _most(scribe, one),
            scribe.basis_cell(one.weight_provenance),
        )


def _most(scribe: Scribe, criterion: Criterion) -> str:
    if scribe.rubric.collects:
        return ""
    names = {profile.id: scribe.pick(profile.name) for profile in scribe.rubric.profiles}
    others = [
        f"{names.get(name, name)} {scribe.constant(value)}"
        for name, value in criterion.maximum_by_profile.items()
    ]
    return lines([scribe.constant(criterion.maximum), *others])


def _measured(scribe: Scribe) -> None:
    """Write every measured figure with its inputs, units and formula."""
    say = scribe.say
    rows = [
        _measure_row(scribe, one.number, scribe.pick(one.title), one.rule.measure, one.rule)
        for one in scribe.rubric.every_criterion
        if isinstance(one.rule, QuantityRule)
    ]
    rows += [
        _measure_row(scribe, "", scribe.pick(one.name), one, None)
        for one in scribe.rubric.indicators
    ]
    if not rows:
        return
    scribe.annex(say("annex_measured"), normative=True)
    columns = (
        column(say("number"), "0.6"),
        column(say("figure"), "1.6"),
        column(say("inputs"), "2.4"),
        column(say("formula"), "3"),
        column(say("basis"), "0.9"),
    )
    scribe.table(say("annex_measured"), columns, rows)


def _measure_row(
    scribe: Scribe, number: str, title: str, measure: Measure, rule: QuantityRule | None
) -> Row:
    inputs = [
        scribe.say("input", id=one.id, name=scribe.pick(one.name), unit=scribe.pick(one.unit))
        for one in measure.inputs
    ]
    unit = scribe.pick(measure.result_unit)
    formula = scribe.say("formula_line", formula=measure.formula, unit=unit)
    curve = list(curve_lines(scribe, rule.curve)) if rule and rule.curve else []
    words = lines([formula, scribe.pick(measure.formula_text), *curve])
    return row(number, title, lines(inputs), words, scribe.basis_cell(measure.formula_provenance))


def _cycles(scribe: Scribe) -> None:
    say, rubric = scribe.say, scribe.rubric
    gates = {gate.id: gate for gate in rubric.gates}
    rows = []
    for cycle in rubric.cycles:
        if cycle.parameters:
            rows.append(group(scribe.pick(cycle.name)))
        for one in cycle.parameters:
            title = scribe.pick(gates[one.gate].title) if one.gate in gates else one.gate
            basis = scribe.basis_cell(one.provenance)
            rows.append(row(title, one.parameter, one.value, basis, scribe.sources(one.provenance)))
    if not rows:
        return
    scribe.annex(say("annex_cycles"), normative=True)
    columns = (
        column(say("gate"), "2.2"),
        column(say("parameter"), "1.4"),
        column(say("value"), "1"),
        column(say("basis"), "0.9"),
        column(say("source"), "2"),
    )
    scribe.table(say("annex_cycles"), columns, rows)


def _evidence(scribe: Scribe) -> None:
    say = scribe.say
    rows = []
    for one in scribe.rubric.every_criterion:
        wanted = [
            scribe.words.told(f"report.kind_{item.kind}") + say("colon") + scribe.pick(item.text)
            for item in one.evidence
        ]
        seen = [scribe.pick(text) for text in one.look_for]
        if wanted or seen:
            rows.append(row(one.number, scribe.pick(one.title), lines(seen), lines(wanted)))
    if not rows:
        return
    scribe.annex(say("annex_evidence"), normative=False)
    columns = (
        column(say("number"), "0.6"),
        column(say("criterion"), "1.8"),
        column(say("look_for"), "3"),
        column(say("evidence"), "3"),
    )
    scribe.table(say("annex_evidence"), columns, rows)


def _form(scribe: Scribe) -> None:
    say = scribe.say
    rows = []
    for section in scribe.rubric.form:
        rows.append(group(scribe.pick(section.title)))
        rows += [
            row(scribe.pick(one.label), scribe.pick(one.unit), scribe.pick(one.note))
            for one in section.fields
        ]
    if rows:
        scribe.annex(say("annex_form"), normative=False)
        columns = (
            column(say("field"), "2.4"),
            column(say("unit"), "1"),
            column(say("note"), "2.6"),
        )
        scribe.table(say("annex_form"), columns, rows)


def _derived(scribe: Scribe) -> None:
    """Print of every figure that is not official how it is founded."""
    say = scribe.say
    scribe.annex(say("annex_derived"), normative=False)
    found = [one for one in founded_figures(scribe.rubric) if not _is_official(scribe, one)]
    scribe.text(say("annex_derived_text", count=len(found)))
    columns = (
        column(say("where"), "2"),
        column(say("figure"), "3"),
        column(say("basis"), "0.9"),
        column(say("note"), "2.6"),
    )
    scribe.table(say("annex_derived"), columns, [_founded_row(scribe, one) for one in found])


def _is_official(scribe: Scribe, one: Founded) -> bool:
    return scribe.basis(one.provenance) == "official"


def _founded_row(scribe: Scribe, one: Founded) -> Row:
    figures = scribe.words.join(
        [f"{column_words(path, scribe.words.language)} {figure}" for path, figure in one.figures]
    )
    titles = one.titles or (scribe.rubric.title,)
    name = scribe.words.join([scribe.pick(title) for title in titles], "dot")
    where = " ".join(part for part in (one.number, name) if part)
    return Row(
        (
            Cell(where),
            Cell(figures),
            scribe.basis_cell(one.provenance),
            Cell(scribe.sources(one.provenance)),
        )
    )


def _gaps(scribe: Scribe) -> None:
    if not scribe.rubric.known_gaps:
        return
    scribe.annex(scribe.say("annex_gaps"), normative=False)
    for note in scribe.rubric.known_gaps:
        title = scribe.pick(note.title)
        text = scribe.pick(note.text)
        told = not title or text.startswith(title)
        scribe.text(text if told else scribe.say("gap", title=title, text=text))
