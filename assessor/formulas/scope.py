"""What a formula is evaluated with, and what comes back when it cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assessor.i18n import Language, Localized, Message, message

Value = Decimal | str | bool
Label = str | Localized


@dataclass(frozen=True)
class NotComputable:
    """There is no value, and `reason` says why.

    `missing` holds the names of the inputs that would be needed, when that is the reason; other
    reasons (division by zero, a value of the wrong kind) leave it empty.
    """

    reason: Message
    missing: tuple[str, ...] = ()


Given = Value | NotComputable | None
"""A value in a scope: `None` and the empty text mean that it is missing."""

ColumnValues = Sequence[Value | None]


@dataclass(frozen=True)
class Scope:
    """The values of variables and table columns, by name; a name that is absent is missing.

    All columns of one table have the same length. `labels` are words for people, used in reasons
    instead of the names. Dates must be given as numbers (for instance months since year 0) when a
    formula orders or subtracts them.
    """

    values: Mapping[str, Given] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], ColumnValues] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)

    def label(self, name: str) -> Label:
        """Return the words for a variable, its name when there are none."""
        return self.labels.get(name, name)


@dataclass(frozen=True)
class Listed:
    """Several labels in one sentence."""

    labels: tuple[Label, ...]

    def pick(self, language: Language) -> str:
        """Return the labels in `language`, joined as that language does."""
        joint = "、" if language == "zh" else ", "
        return joint.join(x if isinstance(x, str) else x.pick(language) for x in self.labels)


def missing(names: tuple[str, ...], scope: Scope) -> NotComputable:
    """Return the result of needing `names` which are not there."""
    labels = Listed(tuple(scope.label(name) for name in names))
    return NotComputable(message("formulas.missing", names=labels), names)


def together(first: NotComputable, second: NotComputable, scope: Scope) -> NotComputable:
    """Return one reason for two: all missing inputs at once, any other reason before those."""
    if first.missing and second.missing:
        return missing(tuple(dict.fromkeys(first.missing + second.missing)), scope)
    return second if first.missing else first
