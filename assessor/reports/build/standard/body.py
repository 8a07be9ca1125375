"""The rules themselves: indicator system, method, gates, grades, process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from assessor.reports.build.standard.scoring import (
    gate_condition,
    not_applicable,
    tier_name,
)
from assessor.reports.build.standard.scribe import Scribe, column, lines, row
from assessor.reports.document import Cell, Row
from assessor.rubrics.criterion import Dimension
from assessor.rubrics.outcomes import Outcome, Reading
from assessor.rubrics.provenance import Basis, Provenance

_INDENT = "　"


def system(scribe: Scribe) -> None:
    """Write the chapter on the indicator system."""
    rubric, say = scribe.rubric, scribe.say
    scribe.chapter(say("system"))
    scribe.clause(say("composition"))
    tops, count = len(rubric.dimensions), len(rubric.criteria)
    total = "" if rubric.total is None else say("total", total=scribe.constant(rubric.total))
    scribe.text(say("composition_text", dimensions=tops, criteria=count, total=total))
    _dimensions(scribe)
    _beside(scribe)


def _dimensions(scribe: Scribe) -> None:
    """Write the tree of dimensions; one that is evaluated level by level is written once."""
    tops = scribe.rubric.tree
    if scribe.rubric.per_level is None:
        _dimension_table(scribe, scribe.say("dimension_table"), _walk(tops))
        return
    levels = [scribe.pick(top.name) for top in tops]
    scribe.text(scribe.say("by_level", levels=scribe.words.join(levels, "list")))
    _dimension_table(scribe, scribe.say("level_table"), ((top, 0) for top in tops))
    _dimension_table(scribe, scribe.say("dimension_table"), _walk(tops[0].children))


def _walk(nodes: Iterable[Dimension], depth: int = 0) -> Iterator[tuple[Dimension, int]]:
    for node in nodes:
        yield node, depth
        yield from _walk(node.children, depth + 1)


def _dimension_table(scribe: Scribe, title: str, nodes: Iterable[tuple[Dimension, int]]) -> None:
    say = scribe.say
    below = Counter(one.dimension for one in scribe.rubric.criteria)
    columns = (
        column(say("number"), "0.7"),
        column(say("dimension"), "3"),
        column(say("weight"), "0.9"),
        column(say("criteria_count"), "0.8"),
        column(say("combined"), "1.3"),
        column(say("basis"), "0.9"),
    )
    rows = [
        row(
            node.number or "",
            _INDENT * depth + scribe.pick(node.name),
            _weight(scribe, node),
            str(_count(node, below)),
            scribe.words.told(f"standard.combine_{node.combine}"),
            scribe.basis_cell(node.provenance) if node.weight is not None else Cell(),
        )
        for node, depth in nodes
    ]
    scribe.table(title, columns, rows)


def _weight(scribe: Scribe, node: Dimension) -> str:
    if node.weight is None:
        return scribe.say("to_enter") if node.weight_to_enter else ""
    return scribe.constant(node.weight)


def _count(node: Dimension, below: Counter[str]) -> int:
    return below[node.id] + sum(_count(child, below) for child in node.children)


def _beside(scribe: Scribe) -> None:
    """Write what stands beside the base criteria: bonus, deductions, repeated blocks."""
    rubric, say = scribe.rubric, scribe.say
    if rubric.bonus:
        scribe.clause(say("bonus"))
        cap, ceiling = scribe.constant(rubric.bonus.cap), scribe.constant(rubric.bonus.ceiling)
        count = len(rubric.bonus.criteria)
        over = rubric.bonus.never_over
        kept = say("bonus_never_over", outcome=_outcome_name(scribe, over)) if over else ""
        scribe.text(say("bonus_text", count=count, cap=cap, ceiling=ceiling) + kept)
    if rubric.deductions:
        scribe.clause(say("deductions"))
        floor = scribe.constant(rubric.deductions.floor)
        scribe.text(say("deductions_text", count=len(rubric.deductions.criteria), floor=floor))
    if rubric.repeats:
        scribe.clause(say("repeats"))
        scribe.listing(
            say(
                "repeat",
                name=scribe.pick(one.name),
                combine=scribe.words.told(f"standard.repeat_{one.combine}"),
            )
            for one in rubric.repeats
        )


def _outcome_name(scribe: Scribe, name: str) -> str:
    return next((scribe.pick(one.name) for one in scribe.rubric.outcomes if one.id == name), name)


def method(scribe: Scribe) -> None:
    """Write the chapter on the method."""
    rubric, say = scribe.rubric, scribe.say
    scribe.chapter(say("method"))
    scribe.clause(say("ways"))
    if rubric.collects:
        scribe.text(say("ways_collected", count=len(rubric.criteria)))
    else:
        _ways(scribe)
    scribe.clause(say("rounding"))
    scribe.text(say("rounding_text"))
    _exceptions(scribe)
    _links(scribe)


def _ways(scribe: Scribe) -> None:
    rubric, say = scribe.rubric, scribe.say
    kinds = Counter[str](one.rule.kind for one in rubric.every_criterion)
    known = ("levels", "lookup", "selection", "checklist", "yes_no", "quantity")
    scribe.listing(
        scribe.words.told(f"standard.way_{kind}", count=kinds[kind])
        for kind in known
        if kinds[kind]
    )
    scribe.text(say("ways_more"))


def _exceptions(scribe: Scribe) -> None:
    allowed = [one for one in scribe.rubric.every_criterion if one.not_applicable is not None]
    scribe.clause(scribe.say("not_applicable"))
    if not allowed:
        scribe.text(scribe.say("not_applicable_none"))
        return
    scribe.text(scribe.say("not_applicable_text"))
    columns = (
        column(scribe.say("numbers"), "2.4"),
        column(scribe.say("treatment"), "3.4"),
        column(scribe.say("basis"), "0.9"),
    )
    alike: dict[tuple[str, Basis], list[str]] = {}
    founded: dict[tuple[str, Basis], Provenance] = {}
    for one in allowed:
        licence = one.not_applicable
        if licence is not None:
            words = lines([not_applicable(scribe, licence), scribe.pick(licence.note)])
            key = (words, scribe.basis(licence.provenance))
            alike.setdefault(key, []).append(one.number)
            founded.setdefault(key, licence.provenance)
    rows = [
        row(scribe.words.join(numbers, "list"), key[0], scribe.basis_cell(founded[key]))
        for key, numbers in alike.items()
    ]
    scribe.table(scribe.say("not_applicable_table"), columns, rows)


def _links(scribe: Scribe) -> None:
    rubric, say = scribe.rubric, scribe.say
    linked = [(one, link) for one in rubric.every_criterion for link in one.links]
    if linked:
        scribe.clause(say("links"))
        scribe.listing(
            say(
                "link",
                when=_number(scribe, link.when),
                option=link.option,
                number=one.number,
                then=link.then,
            )
            for one, link in linked
        )
    if rubric.contradictions:
        scribe.clause(say("contradictions"))
        scribe.listing(scribe.pick(one.text) for one in rubric.contradictions)


def _number(scribe: Scribe, name: str) -> str:
    found = scribe.rubric.criterion_by_id.get(name)
    return found.number if found else name


def gates(scribe: Scribe) -> None:
    """Write the chapter on the gates."""
    say = scribe.say
    scribe.chapter(say("gates"))
    if not scribe.rubric.gates:
        scribe.text(say("gates_none"))
        return
    scribe.text(say("gates_text"))
    columns = (
        column(say("gate"), "1.8"),
        column(say("condition_head"), "3.2"),
        column(say("effect"), "1"),
        column(say("clause_head"), "1.6"),
        column(say("basis"), "0.9"),
    )
    rows = [
        row(
            scribe.pick(gate.title),
            gate_condition(scribe, gate),
            scribe.words.join(
                [
                    scribe.words.told(f"report.severity_{gate.severity}"),
                    scribe.words.told(f"standard.default_{gate.default}"),
                ]
            ),
            scribe.words.join([scribe.pick(gate.clause), scribe.sources(gate.provenance)]),
            scribe.basis_cell(gate.provenance),
        )
        for gate in scribe.rubric.gates
    ]
    scribe.table(say("gate_table"), columns, rows)


def grades(scribe: Scribe) -> None:
    """Write the chapter on the grades."""
    say = scribe.say
    scribe.chapter(say("grades"))
    if scribe.rubric.collects:
        scribe.text(say("grades_none"))
        return
    scribe.text(say("grades_text"))
    columns = (
        column(say("grade"), "1.2"),
        column(say("figure"), "3.2"),
        column(say("line"), "0.8"),
        column(say("decides"), "0.8"),
        column(say("basis"), "0.9"),
        column(say("source"), "1.6"),
    )
    rows = [found for outcome in scribe.rubric.outcomes for found in _outcome_rows(scribe, outcome)]
    scribe.table(say("grade_table"), columns, rows)
    for outcome in scribe.rubric.outcomes:
        scribe.text(*_outcome_words(scribe, outcome))


def _outcome_rows(scribe: Scribe, outcome: Outcome) -> Iterator[Row]:
    for at, reading in enumerate(outcome.readings):
        decides = scribe.say("yes" if reading.id in outcome.decided_by else "beside")
        line = getattr(reading, "line", None)
        yield row(
            Cell(scribe.pick(outcome.name) if at == 0 else "", strong=True),
            _reading_words(scribe, reading),
            scribe.words.constant(line) if isinstance(line, Decimal) else scribe.say("no_line"),
            decides,
            scribe.basis_cell(reading.provenance),
            scribe.sources(reading.provenance),
        )


def _reading_words(scribe: Scribe, reading: Reading) -> str:
    name = scribe.pick(reading.name)
    tier = getattr(reading, "tier", None)
    return scribe.say("at_tier", name=name, tier=tier_name(scribe, tier)) if tier else name


def _outcome_words(scribe: Scribe, outcome: Outcome) -> Iterator[str]:
    name = scribe.pick(outcome.name)
    words = scribe.pick(outcome.text)
    yield scribe.say("outcome_text", name=name, text=words) if words else ""
    if outcome.requires:
        required = _outcome_name(scribe, outcome.requires)
        yield scribe.say("outcome_requires", name=name, required=required)
    if outcome.disagreement:
        yield scribe.say("outcome_disagree", name=name, text=scribe.pick(outcome.disagreement))
    if outcome.platform_score:
        score = outcome.platform_score
        line = scribe.words.constant(score.line)
        yield scribe.say("outcome_platform", name=name, score=scribe.pick(score.name), line=line)


def process(scribe: Scribe) -> None:
    """Write the chapter on the process."""
    scribe.chapter(scribe.say("process"))
    scribe.text(scribe.say("process_text"))
    for note in scribe.rubric.process:
        if note.title:
            scribe.clause(scribe.pick(note.title))
        said = scribe.words.basis(scribe.basis(note.provenance))
        sources = scribe.sources(note.provenance)
        founded = scribe.words.join([said, sources])
        scribe.text(scribe.say("process_note", text=scribe.pick(note.text), basis=founded))
