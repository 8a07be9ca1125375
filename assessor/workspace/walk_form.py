"""A rubric as a form on paper: every question with its options and boxes, to be ticked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assessor.i18n import Language
from assessor.reports.document import (
    Block,
    Document,
    Field,
    Heading,
    KeyValues,
    Listing,
    ListItem,
    Masthead,
    Meta,
    Paragraph,
    Run,
    Together,
)
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.gates import DeclaredCheck, FormulaCheck, Gate
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Indicator
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    Measure,
    Option,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules.target_words import progress_said
from assessor.workspace.paper import Sayer, program_name, write_paper


def write_blank_form(loaded: LoadedRubric, profile: str, path: Path, language: Language) -> Path:
    """Write the form of a rubric for a profile (id) as PDF; raises `AssessorError` when that is
    not possible."""
    return write_paper(form_document(loaded, profile, language), path)


def form_document(loaded: LoadedRubric, profile: str, language: Language) -> Document:
    """Return the form: dimensions with their criteria, bonus, deductions, gates, indicators."""
    form = _Form(loaded, profile, Sayer(language))
    rubric = loaded.rubric
    meta = Meta(
        title=form.say("form_title"),
        subject=rubric.title.pick(language),
        language=language,
        payload_digest=loaded.digest,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_digest=loaded.digest,
        generated=program_name(),
    )
    return Document(meta, tuple(form.blocks()))


class _Form:
    """One form in the making."""

    def __init__(self, loaded: LoadedRubric, profile: str, sayer: Sayer) -> None:
        self._rubric, self._profile, self._sayer = loaded.rubric, profile, sayer
        self.say, self._pick = sayer.say, sayer.pick

    def blocks(self) -> Iterator[Block]:
        rubric = self._rubric
        profile = next(one.name for one in rubric.profiles if one.id == self._profile)
        title = self._pick(rubric.title)
        edition = self.say("rubric_edition", title=title, version=rubric.version)
        yield Masthead(self.say("form_title"), edition, self._pick(profile))
        if rubric.status.derived:
            yield Paragraph(self._pick(rubric.status.notice), "caution")
        body = rubric.body
        who = self._pick(body.name) if body else self.say("form_enterprise")
        names = (who, self.say("form_date"), self.say("form_assessor"))
        yield KeyValues(tuple(Field(name, "") for name in names))
        yield Paragraph(self.say("form_lead"), "muted")
        yield from self._dimensions()
        for name, extra in (
            ("form_bonus", rubric.bonus),
            ("form_deductions", rubric.deductions),
        ):
            if extra is not None:
                asked = [c for c in extra.criteria if self._profile in c.profiles]
                yield from self._chapter(name, [self._criterion(c) for c in asked])
        gates = [gate for gate in rubric.gates if gate.default == "on"]
        yield from self._chapter("form_gates", [found for g in gates if (found := self._gate(g))])
        yield from self._chapter("form_indicators", [self._indicator(i) for i in rubric.indicators])

    def _chapter(self, name: str, parts: Sequence[Block]) -> Iterator[Block]:
        if parts:
            yield Heading(1, self.say(name), name)
            yield from parts

    def _dimensions(self) -> Iterator[Block]:
        asked = self._rubric.criteria_for(self._profile)
        below = {criterion.dimension for criterion in asked}
        for dimension, depth in self._rubric.walk_dimensions():
            children = {child.id for child in dimension.children}
            if dimension.id not in below and not (children & below or depth == 0):
                continue
            name = f"{dimension.number or ''} {self._pick(dimension.name)}".strip()
            yield Heading(min(depth + 1, 2), name, f"form-{dimension.id}")
            for criterion in asked:
                if criterion.dimension == dimension.id:
                    yield self._criterion(criterion)

    def _criterion(self, criterion: Criterion) -> Together:
        title = self.say("item", number=criterion.number, title=self._pick(criterion.title))
        most = self.say("form_worth", points=_plain(criterion, self._profile))
        if self._rubric.collects:
            most = ""
        lines = [*self._answers(criterion)]
        if self._may_be_left_out(criterion):
            lines.append(_box(self.say("form_not_applicable")))
        return Together(
            (
                Heading(3, title, aside=most),
                Paragraph(self._pick(criterion.question)),
                *self._way(criterion),
                *self._aims(criterion),
                Listing(tuple(lines)),
                Paragraph(self.say("form_note"), "muted"),
            )
        )

    def _way(self, criterion: Criterion) -> Iterator[Paragraph]:
        match criterion.rule:
            case LevelsRule() | LookupRule() | YesNoRule():
                yield Paragraph(self.say("form_choose_one"), "muted")
            case SelectionRule() | ChecklistRule():
                yield Paragraph(self.say("form_choose_many"), "muted")

    def _aims(self, criterion: Criterion) -> Iterator[Paragraph]:
        progress = criterion.progress_in(self._profile)
        told = [self._pick(line) for line in progress_said(progress, criterion)] if progress else []
        if told:
            yield Paragraph("　".join(told), "muted")

    def _may_be_left_out(self, criterion: Criterion) -> bool:
        licence = criterion.not_applicable
        return licence is not None and (not licence.profiles or self._profile in licence.profiles)

    def _answers(self, criterion: Criterion) -> Iterator[ListItem]:
        match criterion.rule:
            case LevelsRule() | LookupRule() as rule:
                yield from (self._option(option) for option in rule.options)
            case SelectionRule() as rule:
                for option in rule.options:
                    yield self._option(option, other=option.needs_text)
                yield _box(self.say("form_none"))
            case ChecklistRule() as rule:
                yield from (self._keyed(item.key, self._pick(item.text)) for item in rule.items)
                yield _box(self.say("form_none"))
            case YesNoRule() as rule:
                yield _box(self.say("form_yes", text=self._pick(rule.yes)))
                yield _box(self.say("form_no", text=self._pick(rule.no)))
                for condition in rule.conditions:
                    told = self.say("form_condition", text=self._pick(condition))
                    yield ListItem(told, tone="muted")
            case QuantityRule() as rule:
                yield from self._measure(rule.measure)

    def _option(self, option: Option, *, other: bool = False) -> ListItem:
        told = self._pick(option.text_by_profile.get(self._profile, option.text))
        return self._keyed(option.key, self.say("form_other", text=told) if other else told)

    def _keyed(self, key: str, told: str) -> ListItem:
        return ListItem((Run(f"{key}　", strong=True), Run(told)), "box")

    def _measure(self, measure: Measure) -> Iterator[ListItem]:
        for item in measure.inputs:
            variant = item.by_profile.get(self._profile)
            name = self._pick(variant.name if variant else item.name)
            yield ListItem(self.say("form_input", name=name, unit=self._pick(item.unit)))
        formula, unit = self._pick(measure.formula_text), self._pick(measure.result_unit)
        yield ListItem(self.say("form_result", formula=formula, unit=unit), tone="muted")
        if measure.baseline:
            yield _box(self.say("form_no_baseline"))

    def _indicator(self, indicator: Indicator) -> Together:
        return Together(
            (
                Heading(3, self._pick(indicator.name)),
                Paragraph(self._pick(indicator.question)),
                Listing(tuple(self._measure(indicator))),
            )
        )

    def _gate(self, gate: Gate) -> Together | None:
        match gate.check:
            case DeclaredCheck() as check:
                points = [ListItem(self._pick(point), tone="muted") for point in check.points]
                lines = [*points, _box(self.say("form_pass")), _box(self.say("form_fail"))]
            case FormulaCheck() as check:
                lines = [
                    ListItem(
                        self.say(
                            "form_input",
                            name=self._pick(item.name),
                            unit=self._pick(item.unit) if item.unit else "",
                        ).rstrip()
                    )
                    for item in check.inputs
                ]
            case _:
                return None
        question = Paragraph(self._pick(gate.question))
        return Together((Heading(3, self._pick(gate.title)), question, Listing(tuple(lines))))


def _box(told: str) -> ListItem:
    return ListItem(told, "box")


def _plain(criterion: Criterion, profile: str) -> str:
    figure = format(criterion.maximum_for(profile), "f")
    return figure.rstrip("0").rstrip(".") if "." in figure else figure
