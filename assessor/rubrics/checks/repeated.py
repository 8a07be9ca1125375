"""What a repeated block cannot be part of, and option keys that mean something else."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import Lookup, Part
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.gates import Gate, ResultFloorCheck
from assessor.rubrics.rule_models import (
    RESERVED_KEYS,
    ChecklistRule,
    LevelsRule,
    LookupRule,
    SelectionRule,
)


def check(lookup: Lookup) -> Findings:
    """Check option keys, and links and floors that would need one answer where there are many."""
    repeated = {name for repeat in lookup.rubric.repeats for name in repeat.criteria}
    for part in lookup.criteria:
        rule, place = part.value.rule, f"{part.place}.rule"
        if isinstance(rule, LevelsRule | LookupRule | SelectionRule):
            yield from _keys(part, [option.key for option in rule.options], f"{place}.options")
        elif isinstance(rule, ChecklistRule):
            yield from _keys(part, [item.key for item in rule.items], f"{place}.items")
        for at, link in enumerate(part.value.links):
            if part.value.id in repeated or link.when in repeated:
                here = f"{part.place}.links[{at}]"
                yield finding("link_repeated", here, part.subject, name=link.when)
    for gate in lookup.find(Gate):
        found = gate.value.check
        if isinstance(found, ResultFloorCheck) and found.criterion in repeated:
            here = f"{gate.place}.check.criterion"
            yield finding("floor_repeated", here, gate.subject, name=found.criterion)


def _keys(part: Part[Criterion], keys: Sequence[str], place: str) -> Findings:
    """Answers are compared without regard to case, as spreadsheets do."""
    for at, key in enumerate(keys):
        before = keys[:at]
        if key.upper() in RESERVED_KEYS:
            yield finding("key_reserved", f"{place}[{at}].key", part.subject, key=key)
        elif key not in before and key.casefold() in {other.casefold() for other in before}:
            yield finding("key_case", f"{place}[{at}].key", part.subject, key=key)
