"""What differs between two versions of a rubric, part by part, as an assessor would ask for it.

Parts are compared by their ids, which are stable across versions, never by wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessor.rubrics.base import LocalText, Model
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)

Kind = Literal["criterion", "dimension", "gate", "outcome", "cycle", "source"]
How = Literal["added", "removed", "changed"]
Aspect = Literal[
    "wording",
    "weight",
    "option_added",
    "option_removed",
    "option_wording",
    "option_value",
    "line",
    "curve",
    "formula",
    "severity",
    "default",
    "condition",
    "asked",
    "place",
    "provenance",
    "other",
]


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that differs; `subject` names the option, line or parameter, empty for the whole.

    A side that has no such thing is `None`. Figures are compared by value: 5 and 5.0 are equal.
    """

    aspect: Aspect
    before: LocalText | Decimal | str | None
    after: LocalText | Decimal | str | None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of a rubric that was added, removed or changed; `title` is the newer one's."""

    kind: Kind
    how: How
    id: str
    title: LocalText
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class RubricDiff:
    """The differences from one version to another, in the order of the newer rubric."""

    before: str
    after: str
    changes: tuple[PartChange, ...]

    def of(self, kind: Kind) -> tuple[PartChange, ...]:
        """Return the changes of one kind of part."""
        return tuple(change for change in self.changes if change.kind == kind)


def compare_rubrics(before: Rubric, after: Rubric) -> RubricDiff:
    """Return what somebody who knows `before` has to learn to use `after`."""
    changes = (
        *_parts("dimension", _dimensions(before), _dimensions(after)),
        *_parts("criterion", _by_id(before.every_criterion), _by_id(after.every_criterion)),
        *_parts("gate", _by_id(before.gates), _by_id(after.gates)),
        *_parts("outcome", _by_id(before.outcomes), _by_id(after.outcomes)),
        *_parts("cycle", _by_id(before.cycles), _by_id(after.cycles)),
        *_parts("source", _by_id(before.sources), _by_id(after.sources)),
    )
    return RubricDiff(before.version, after.version, changes)


def _by_id(parts: Iterable[Model]) -> dict[str, Model]:
    return {str(getattr(part, "id")): part for part in parts}  # noqa: B009 (Model knows no id)


def _dimensions(rubric: Rubric) -> dict[str, Model]:
    """The dimensions without what hangs below them: a moved child is its own change."""
    return {
        node.id: node.model_copy(update={"children": ()}) for node, _ in rubric.walk_dimensions()
    }


def _parts(kind: Kind, old: Mapping[str, Model], new: Mapping[str, Model]) -> Iterator[PartChange]:
    for name, part in new.items():
        if name not in old:
            yield PartChange(kind, "added", name, _title(part))
        elif old[name] != part:
            yield PartChange(kind, "changed", name, _title(part), _details(old[name], part))
    for name, part in old.items():
        if name not in new:
            yield PartChange(kind, "removed", name, _title(part))


def _title(part: Model) -> LocalText:
    title = getattr(part, "title", None) or getattr(part, "name", None)
    if not isinstance(title, LocalText):
        raise TypeError("a part of a rubric has a title or a name")
    return title


def _details(old: Model, new: Model) -> tuple[Detail, ...]:
    """Return what differs in a part; never empty, since the two differ."""
    found: list[Detail] = []
    for name in type(new).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            found.extend(_field(name, before, after))
    return tuple(found)


def _field(name: str, before: object, after: object) -> Iterator[Detail]:
    if name == "rule" and isinstance(before, Model) and isinstance(after, Model):
        yield from _rule(before, after)
    elif name == "readings" and isinstance(before, tuple) and isinstance(after, tuple):
        yield from _lines(before, after)
    elif name == "parameters" and isinstance(before, tuple) and isinstance(after, tuple):
        yield from _parameters(before, after)
    else:
        yield Detail(_ASPECTS.get(name, "other"), _value(before), _value(after), _subject(name))


_ASPECTS: dict[str, Aspect] = {
    "title": "wording",
    "name": "wording",
    "question": "wording",
    "text": "wording",
    "maximum": "weight",
    "maximum_by_profile": "weight",
    "weight": "weight",
    "severity": "severity",
    "default": "default",
    "check": "condition",
    "asked": "asked",
    "profiles": "asked",
    "place": "place",
    "people": "place",
    "minutes": "place",
    "provenance": "provenance",
    "weight_provenance": "provenance",
}


def _subject(name: str) -> str:
    """Name the field where its aspect alone does not say which one it is."""
    return "" if name in ("title", "name", "maximum", "weight", "severity", "default") else name


def _value(given: object) -> LocalText | Decimal | str | None:
    """Return what can be shown of a value; parts of the format have no short form."""
    if isinstance(given, (LocalText, Decimal, str)):
        return given
    return str(given) if isinstance(given, (bool, int)) else None


def _rule(before: Model, after: Model) -> Iterator[Detail]:
    """Compare the options of two rules, or the formula and curve of measured ones."""
    if type(before) is not type(after):
        yield Detail("formula", _kind(before), _kind(after), "kind")
        return
    old, new = _options(before), _options(after)
    yield from _option_changes(old, new)
    if isinstance(before, QuantityRule) and isinstance(after, QuantityRule):
        if before.measure != after.measure:
            formulas = (before.measure.formula_text, after.measure.formula_text)
            yield Detail("formula", *formulas)
        if before.curve != after.curve:
            yield Detail("curve", _kind(before.curve), _kind(after.curve))
    if old == new and not isinstance(after, QuantityRule):
        yield Detail("other", None, None, "rule")


def _kind(rule: Model | None) -> str:
    return str(getattr(rule, "kind", "-"))


def _options(rule: Model) -> dict[str, tuple[LocalText, Decimal | None]]:
    match rule:
        case LevelsRule() | LookupRule() | SelectionRule():
            return {option.key: (option.text, option.value) for option in rule.options}
        case ChecklistRule():
            return {item.key: (item.text, None) for item in rule.items}
        case YesNoRule():
            return {"yes": (rule.yes, None), "no": (rule.no, None)}
    return {}


def _option_changes(
    old: Mapping[str, tuple[LocalText, Decimal | None]],
    new: Mapping[str, tuple[LocalText, Decimal | None]],
) -> Iterator[Detail]:
    for key, (text, value) in new.items():
        if key not in old:
            yield Detail("option_added", None, text, key)
            continue
        if old[key][0] != text:
            yield Detail("option_wording", old[key][0], text, key)
        if old[key][1] != value:
            yield Detail("option_value", old[key][1], value, key)
    yield from (
        Detail("option_removed", text, None, key)
        for key, (text, _) in old.items()
        if key not in new
    )


def _lines(before: Sequence[Model], after: Sequence[Model]) -> Iterator[Detail]:
    """Compare the lines an outcome's figures are held against."""
    old = {name: getattr(part, "line", None) for name, part in _by_id(before).items()}
    new = {name: getattr(part, "line", None) for name, part in _by_id(after).items()}
    differing = [name for name in {**new, **old} if old.get(name) != new.get(name)]
    yield from (Detail("line", old.get(name), new.get(name), name) for name in differing)
    if not differing:
        yield Detail("other", None, None, "readings")


def _parameters(before: Sequence[Model], after: Sequence[Model]) -> Iterator[Detail]:
    """Compare the values a batch year gives to the parameters of gates."""
    old, new = _parameter_values(before), _parameter_values(after)
    for name in {**new, **old}:
        if old.get(name) != new.get(name):
            yield Detail("line", old.get(name), new.get(name), name)


def _parameter_values(parts: Sequence[Model]) -> dict[str, str]:
    return {
        f"{getattr(part, 'gate', '')}.{getattr(part, 'parameter', '')}": str(
            getattr(part, "value", "")
        )
        for part in parts
    }
