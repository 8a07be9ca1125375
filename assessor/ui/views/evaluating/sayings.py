"""How the evaluation says figures, distances, provenance and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.assessment import Answer
from assessor.i18n import Localized, Message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.gates import Gate
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import ItemsReading, unit_of
from assessor.rubrics.provenance import Provenance, effective_basis
from assessor.rubrics.rule_models import ChecklistRule, Option, QuantityRule, SelectionRule
from assessor.rules import names
from assessor.rules.card import DimensionScore, OutcomeScore, ReadingScore, ScoreCard, Span
from assessor.scoring import shown, shown_text
from assessor.ui.words import Words
from assessor.workspace.step_names import in_words

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Sayings:
    """The words of one rubric in one language."""

    words: Words
    rubric: Rubric

    def tr(self, key: str, /, **values: object) -> str:
        """Return words of the evaluation's catalogue."""
        return self.words.tr(f"ui_eval.{key}", **values)

    def told(self, key: str, /, **values: object) -> str:
        """Return words by a whole key, one that is put together where it is asked for."""
        return self.words.tr(key, **values)

    def pick(self, what: Localized | None) -> str:
        """Return a text in this language, empty for none."""
        return "" if what is None else self.words.pick(what)

    def join(self, parts: Sequence[str]) -> str:
        """Return the parts that say something, one after the other."""
        return self.tr("join").join(part for part in parts if part)

    # --- figures ----------------------------------------------------------------------------------

    def points(self, value: Decimal | None) -> str:
        """Return points with two digits, a dash where there are none."""
        return self.tr("no_figure") if value is None else shown_text(value)

    def line(self, value: Decimal | None) -> str:
        """Return a maximum or a line without digits it does not need."""
        return self.tr("no_figure") if value is None else self.words.number(shown(value))

    def change(self, value: Decimal) -> str:
        """Return a difference of points with its sign."""
        rounded = shown(value)
        return f"+{rounded}" if rounded > 0 else f"{rounded}".replace("-", "\u2212")

    def share(self, entry: DimensionScore) -> Decimal:
        """Return the part of a dimension's points that is had, 0 to 1; of a form, what is filled
        in."""
        if self.rubric.collects:
            return Decimal(entry.done) / entry.asked if entry.asked else Decimal(0)
        value, maximum = entry.span.value, entry.span.maximum
        return value / maximum if value is not None and maximum else Decimal(0)

    def between(self, span: Span) -> str:
        """Return the least and the most still possible."""
        low, high = self.points(span.lowest), self.points(span.highest)
        return low if low == high else self.tr("range", low=low, high=high)

    def result(self, rule: QuantityRule, value: Decimal | None) -> str:
        """Return a measured result with its unit."""
        measure = rule.measure
        unit = self.pick(measure.result_unit)
        figure = self.tr("no_figure") if value is None else f"{value:.{measure.digits}f}"
        return f"{figure} {unit}"

    # --- the rubric -------------------------------------------------------------------------------

    def basis(self, provenance: Provenance) -> str:
        """Return how a rule is founded, in a word."""
        return self.told(f"ui_eval.basis_{effective_basis(provenance, self.rubric.source_by_id)}")

    def sources(self, provenance: Provenance) -> str:
        """Return the documents a rule rests on and what was noted about it."""
        known = self.rubric.source_by_id
        told = [self.pick(known[name].title) for name in provenance.source_ids if name in known]
        return "\n".join([*told, self.pick(provenance.note)]).strip()

    def target(self, tier: str | None) -> str:
        """Return the name of a tier, empty for none."""
        found = (entry.name for entry in self.rubric.ladder if entry.id == tier)
        return self.pick(next(found, None))

    def gate(self, gate: Gate) -> str:
        """Return the name of a gate, with the outcomes it stands before where it names some."""
        title = self.pick(gate.title)
        if not gate.outcomes:
            return title
        names = [
            self.pick(entry.name) for entry in self.rubric.outcomes if entry.id in gate.outcomes
        ]
        return self.tr("gate_of", gate=title, outcomes=self.tr("list").join(names))

    def option(self, option: Option, profile: str) -> str:
        """Return what an option says in a profile."""
        return self.pick(option.text_by_profile.get(profile, option.text))

    def option_points(self, criterion: Criterion, option: Option, maximum: Decimal) -> str:
        """Return what an option is worth, empty where a criterion is worth no points."""
        if not criterion.maximum:
            return ""
        scale = getattr(criterion.rule, "scale", "points")
        return self.points(option.value if scale == "points" else option.value * maximum)

    def step(self, what: Message) -> str:
        """Return what was done, with criteria and gates by their names instead of their ids."""
        return self.pick(in_words(self.rubric, what))

    # --- answers ----------------------------------------------------------------------------------

    def answer(self, criterion: Criterion, answer: Answer | None) -> str:
        """Return an answer in a few characters."""
        if answer is None:
            return self.tr("answer_open")
        special = {
            "state_not_applicable": answer.na,
            "answer_no_baseline": answer.no_baseline,
            "answer_none": answer.none,
            "answer_yes": answer.option == names.YES,
            "answer_no": answer.option == names.NO,
        }
        said = next((key for key, holds in special.items() if holds), "")
        return self.tr(said) if said else self._by_rule(criterion, answer)

    def _by_rule(self, criterion: Criterion, answer: Answer) -> str:
        match criterion.rule:
            case ChecklistRule() as rule:
                ticked = len(answer.options or ())
                return self.tr("answer_ticked", ticked=ticked, count=len(rule.items))
            case SelectionRule():
                return self.tr("list").join(answer.options or ())
            case QuantityRule() as rule:
                return self._inputs(rule, answer)
        return answer.option or ""

    def _inputs(self, rule: QuantityRule, answer: Answer) -> str:
        given = answer.inputs or {}
        parts = [
            self.tr(
                "input_value",
                name=item.name,
                value=self.words.number(given[item.id]),
                unit=item.unit,
            )
            for item in rule.measure.inputs
            if item.id in given
        ]
        return self.join(parts)

    # --- outcomes ---------------------------------------------------------------------------------

    def reading(self, card: ScoreCard, found: ReadingScore) -> str:
        """Return a reading with its line and how far it is, such as `48 of 69 items, 4 short`."""
        parts = [self._value(card, found)]
        if found.reading.line is not None:
            parts.append(self.tr("line", line=self.line(found.reading.line), unit=_unit(found)))
            parts.append(self.distance(card, found))
        return self.join(parts)

    def _value(self, card: ScoreCard, found: ReadingScore) -> str:
        if isinstance(found.reading, ItemsReading):
            reached, counted = _tier_count(self.rubric, card, found.reading)
            share = self.points(found.span.value)
            return self.tr("items_at_tier", reached=reached, asked=counted, share=share)
        if unit_of(found.reading) == "items":
            value = self.tr("items_figure", count=self.line(found.span.value))
        else:
            value = f"{self.points(found.span.value)}{_unit(found)}"
        return self.tr("named_value", name=found.reading.name, value=value)

    def distance(self, card: ScoreCard, found: ReadingScore) -> str:
        """Return how much is wanting to the line, empty when nothing is."""
        line = found.reading.line
        if line is None or found.distance is None or found.distance <= 0:
            return ""
        if isinstance(found.reading, ItemsReading):
            reached, counted = _tier_count(self.rubric, card, found.reading)
            return self.tr("items_short", count=items_short(reached, counted, line))
        if unit_of(found.reading) == "items":
            return self.tr("counts_short", count=self.line(found.distance))
        return self.tr("points_short", points=self.points(found.distance), unit=_unit(found))

    def outcome(self, card: ScoreCard, outcome: OutcomeScore) -> str:
        """Return the readings that decide an outcome."""
        deciding = [found for found in outcome.readings if found.decides]
        return "\n".join(self.reading(card, found) for found in deciding)


def _unit(found: ReadingScore) -> str:
    return " %" if unit_of(found.reading) == "percent" else ""


def items_short(reached: int, counted: int, line: Decimal) -> int:
    """Return how many more items it takes until the printed share meets the line."""
    short = 0
    while reached + short < counted:
        if shown(Decimal(reached + short) / counted * HUNDRED) >= line:
            break
        short += 1
    return short


def _tier_count(rubric: Rubric, card: ScoreCard, reading: ItemsReading) -> tuple[int, int]:
    """Return how many items reach the tier and how many are counted."""
    rank = rubric.tier_rank[reading.tier]
    ranked = {
        entry.criterion.id for entry in card.program.entries if entry.whole.raw.rank is not None
    }
    counted = [
        item
        for item in card.items
        if item.criterion.id in ranked
        and item.criterion.asked.get(reading.target) == "required"
        and card.figures.get(names.asked(item.criterion.id)) != Decimal(0)
    ]
    return sum(item.rank is not None and item.rank >= rank for item in counted), len(counted)
