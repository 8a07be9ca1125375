"""How a criterion is answered and what that is worth, as rich text: options, formulas, curves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape

from assessor.rubrics.gates import (
    DeclaredCheck,
    DimensionFloorCheck,
    FormulaCheck,
    GateCheck,
    ResultFloorCheck,
)
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import (
    Bin,
    BinsCurve,
    ChecklistRule,
    Curve,
    LevelsRule,
    LookupRule,
    Option,
    QuantityRule,
    RuleModel,
    Scale,
    SelectionRule,
    YesNoRule,
)
from assessor.ui.words import Words

_PERCENT = 100
_PAIR = 2


class RuleText:
    """Writes rules of one rubric; everything from the rubric is escaped."""

    def __init__(self, rubric: Rubric, words: Words, colours: Mapping[str, str]) -> None:
        self._rubric, self._words, self._colours = rubric, words, colours
        self._tiers = {target.id: target.name for target in rubric.ladder}

    def rule(self, rule: RuleModel) -> str:
        """Return what can be answered and what it is worth."""
        match rule:
            case LevelsRule() | LookupRule():
                return self._options(rule.options, rule.scale)
            case SelectionRule():
                cap = self._worth(rule.cap, rule.scale)
                return self._options(rule.options, rule.scale) + self._muted("selection", cap=cap)
            case ChecklistRule():
                rows = [[item.key, self._words.pick(item.text)] for item in rule.items]
                return self._table(rows) + self._muted("checklist")
            case YesNoRule():
                rows = [[self._words.tr("ui_rubric.yes"), self._words.pick(rule.yes)]]
                rows += [[self._words.tr("ui_rubric.no"), self._words.pick(rule.no)]]
                rows += [["", self._words.pick(one)] for one in rule.conditions]
                return self._table(rows)
            case QuantityRule():
                return self._quantity(rule)

    def gate(self, check: GateCheck) -> str:
        """Return when a gate is passed."""
        match check:
            case DeclaredCheck():
                points = "".join(f"<li>{escape(self._words.pick(p))}</li>" for p in check.points)
                return f"<ul>{points}</ul>"
            case FormulaCheck():
                names = [self._words.pick(one.name) for one in check.inputs]
                joined = self._words.tr("ui_rubric.join").join(names)
                return self._muted("gate_formula", inputs=joined, condition=check.condition)
            case DimensionFloorCheck():
                return self._muted(
                    "gate_dimension",
                    dimension=check.dimension,
                    share=self._words.number(check.share),
                )
            case ResultFloorCheck():
                return self._muted(
                    "gate_result",
                    criterion=check.criterion,
                    minimum=self._words.number(check.minimum),
                )

    def _options(self, options: Sequence[Option], scale: Scale) -> str:
        rows = [
            [
                option.key,
                self._words.pick(option.text),
                self._words.pick(self._tiers[option.tier]) if option.tier in self._tiers else "",
                self._worth(option.value, scale),
            ]
            for option in options
        ]
        if not any(row[2] for row in rows):
            rows = [[key, text, worth] for key, text, _, worth in rows]
        return self._table(rows)

    def _quantity(self, rule: QuantityRule) -> str:
        words, measure = self._words, rule.measure
        inputs = [f"{words.pick(one.name)} ({words.pick(one.unit)})" for one in measure.inputs]
        formula = words.pick(measure.formula_text)
        text = self._muted("formula", formula=formula, unit=words.pick(measure.result_unit))
        text += self._muted("inputs", inputs=words.tr("ui_rubric.join").join(inputs))
        if rule.curve is None:
            return text
        return text + self._curve(rule.curve)

    def _curve(self, curve: Curve) -> str:
        """Write the results side by side, the share each gives below it."""
        if isinstance(curve, BinsCurve):
            steps = [(self._bin(one), self._share(one.share)) for one in curve.bins]
            return self._table(list(zip(*steps, strict=True)), wide=False)
        points = [(self._words.number(one.x), self._share(one.share)) for one in curve.points]
        return self._table(list(zip(*points, strict=True)), wide=False) + self._muted("linear")

    def _bin(self, one: Bin) -> str:
        low = "" if one.low is None else self._words.number(one.low)
        high = "" if one.high is None else self._words.number(one.high)
        left = f"{'≥' if one.low_closed else '>'} {low}" if low else ""
        right = f"{'≤' if one.high_closed else '<'} {high}" if high else ""
        return ", ".join(part for part in (left, right) if part)

    def _worth(self, value: Decimal, scale: Scale) -> str:
        if scale == "share":
            return self._share(value)
        return self._words.tr("ui_rubric.points", points=self._words.number(value))

    def _share(self, share: Decimal) -> str:
        return f"{self._words.number(share * _PERCENT)} %"

    def _table(self, rows: Iterable[Sequence[str]], wide: bool = True) -> str:
        """Write rows on grounds that alternate: the key, the text, figures at the right."""
        made = []
        for number, row in enumerate(rows):
            cells = []
            for place, text in enumerate(row):
                last = place == len(row) - 1
                align = "right" if not wide or (last and len(row) > _PAIR) else "left"
                room = ' width="76%"' if wide and place == 1 else ""
                cells.append(f'<td align="{align}"{room} valign="top">{escape(text)}</td>')
            ground = self._colours["panel" if number % 2 else "sunken"]
            made.append(f'<tr bgcolor="{ground}">{"".join(cells)}</tr>')
        width = ' width="100%"' if wide else ""
        return f'<table{width} cellspacing="0" cellpadding="6">{"".join(made)}</table>'

    def _muted(self, name: str, **values: object) -> str:
        text = self._words.tr(f"ui_rubric.{name}", **values)
        return f'<p style="color:{self._colours["muted"]}">{escape(text)}</p>'
