"""How a criterion is scored and a gate decided, in the words of a standard."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.reports.build.standard.scribe import Scribe, lines
from assessor.rubrics.criterion import Criterion, NotApplicable
from assessor.rubrics.gates import (
    DeclaredCheck,
    DimensionFloorCheck,
    FormulaCheck,
    Gate,
    GateParameter,
    ResultFloorCheck,
)
from assessor.rubrics.progress import BaselineFigure, TargetFigure
from assessor.rubrics.rule_models import (
    BinsCurve,
    ChecklistRule,
    Curve,
    LevelsRule,
    LookupRule,
    Option,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)


def scored(scribe: Scribe, criterion: Criterion) -> str:
    """Return how a criterion is scored, one choice on each line."""
    return lines([*_scored(scribe, criterion), *_targets(scribe, criterion)])


def _targets(scribe: Scribe, criterion: Criterion) -> Iterator[str]:
    """Yield where a figure stood and what it is to reach, each with its basis."""
    progress = criterion.progress
    if progress is None:
        return
    if progress.baseline is not None:
        yield _figure(scribe, "figure_baseline", progress.baseline, _more(progress.baseline))
    for target in progress.targets:
        yield _figure(scribe, "figure_target", target, _more(target))


def _more(figure: BaselineFigure | TargetFigure) -> str:
    return ">" if figure.beyond else ""


def _figure(scribe: Scribe, name: str, figure: BaselineFigure | TargetFigure, sign: str) -> str:
    called = scribe.pick(figure.name) if isinstance(figure, TargetFigure) else ""
    when = " ".join(part for part in (called, str(figure.year or "")) if part)
    return scribe.words.told(
        f"standard.{name}",
        when=scribe.say("figure_when", when=when) if when else "",
        value=" ".join(part for part in (sign, scribe.constant(figure.value)) if part),
        basis=scribe.words.basis(scribe.basis(figure.provenance)),
    )


def _scored(scribe: Scribe, criterion: Criterion) -> Iterator[str]:
    match criterion.rule:
        case LevelsRule() | LookupRule() as rule:
            for option in rule.options:
                yield _option(scribe, rule.scale, option)
        case SelectionRule() as chosen:
            yield scribe.say("choose_several", cap=_worth(scribe, chosen.scale, chosen.cap))
            for one in chosen.options:
                yield _option(scribe, chosen.scale, one)
        case ChecklistRule() as checklist:
            yield from _checklist(scribe, checklist)
        case YesNoRule() as asked:
            forms = scribe.rubric.collects
            yes, no = scribe.pick(asked.yes), scribe.pick(asked.no)
            yield scribe.say("yes_told" if forms else "yes_scored", text=yes)
            yield scribe.say("no_told" if forms else "no_scored", text=no)
            yield from (scribe.say("condition", text=scribe.pick(c)) for c in asked.conditions)
        case QuantityRule() as quantity:
            yield quantity.measure.formula_text.pick(scribe.words.language)
            if quantity.curve is not None:
                yield from curve_lines(scribe, quantity.curve)


def _worth(scribe: Scribe, scale: str, value: Decimal) -> str:
    if scale == "share":
        return scribe.share(value)
    return scribe.say("points", points=scribe.constant(value))


def _option(scribe: Scribe, scale: str, option: Option) -> str:
    tier = option.tier
    reached = scribe.say("tier_reached", tier=tier_name(scribe, tier)) if tier else ""
    worth = _worth(scribe, scale, option.value)
    text = scribe.pick(option.text)
    return scribe.say("option", key=option.key, text=text, worth=worth, reached=reached)


def tier_name(scribe: Scribe, name: str) -> str:
    """Return what a tier or target is called."""
    known = (*scribe.rubric.tiers, *scribe.rubric.targets)
    return next((scribe.pick(one.name) for one in known if one.id == name), name)


def _checklist(scribe: Scribe, rule: ChecklistRule) -> Iterator[str]:
    if rule.count_shares:
        shares = [
            scribe.say("ticked", count=count, share=scribe.share(share))
            for count, share in enumerate(rule.count_shares)
        ]
        yield scribe.words.join(shares)
    else:
        yield scribe.say("checklist_share", count=len(rule.items))
    for number, item in enumerate(rule.items, start=1):
        yield f"{number}) {scribe.pick(item.text)}"


def curve_lines(scribe: Scribe, curve: Curve) -> Iterator[str]:
    """Yield what results are worth, stretch by stretch or corner by corner."""
    if not isinstance(curve, BinsCurve):
        corners = [
            scribe.say("corner", x=scribe.constant(p.x), share=scribe.share(p.share))
            for p in curve.points
        ]
        yield scribe.say("straight", corners=scribe.words.join(corners))
        return
    for part in curve.bins:
        low = "" if part.low is None else scribe.constant(part.low)
        high = "" if part.high is None else scribe.constant(part.high)
        ends = ("≥" if part.low_closed else ">", "≤" if part.high_closed else "<")
        stretch = [f"{ends[0]} {low}" if low else "", f"{ends[1]} {high}" if high else ""]
        share = scribe.share(part.share)
        yield scribe.say("stretch", stretch=scribe.words.join(stretch, "list"), share=share)


def gate_condition(scribe: Scribe, gate: Gate) -> str:
    """Return when a gate is passed."""
    return lines(_condition(scribe, gate))


def _condition(scribe: Scribe, gate: Gate) -> Iterator[str]:
    match gate.check:
        case DeclaredCheck() as declared:
            for number, point in enumerate(declared.points, start=1):
                yield f"{number}) {scribe.pick(point)}"
        case FormulaCheck() as formula:
            yield formula.condition
            for entry in formula.inputs:
                yield f"{entry.id}: {scribe.pick(entry.name)}"
            yield from (_parameter(scribe, entry) for entry in formula.parameters)
        case DimensionFloorCheck() as floor:
            name = dimension_name(scribe, floor.dimension)
            yield scribe.say("dimension_floor", name=name, share=scribe.words.constant(floor.share))
        case ResultFloorCheck() as least:
            criterion = scribe.rubric.criterion_by_id.get(least.criterion)
            name = scribe.pick(criterion.title) if criterion else least.criterion
            yield scribe.say("result_floor", name=name, least=scribe.words.constant(least.minimum))


def _parameter(scribe: Scribe, entry: GateParameter) -> str:
    value = entry.value if entry.value is not None else scribe.say("by_cycle")
    return f"{entry.id}: {scribe.words.with_unit(value, scribe.pick(entry.unit))}"


def dimension_name(scribe: Scribe, name: str) -> str:
    """Return what a dimension is called."""
    known = {one.id: one for one, _ in scribe.rubric.walk_dimensions()}
    return scribe.pick(known[name].name) if name in known else name


def not_applicable(scribe: Scribe, licence: NotApplicable) -> str:
    """Return what happens to a criterion that is left out."""
    return scribe.words.told(f"standard.na_{licence.policy}")
