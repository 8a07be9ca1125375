"""How a criterion is answered and what the answer is worth: one model per kind of rule.

Every rule gives a figure between zero and the criterion's maximum. `scale` says how option values
are meant: `points` are taken as published, `share` is the part of the criterion's maximum.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from assessor.rubrics.base import DecimalText, Id, Key, LocalText, Model, Words
from assessor.rubrics.provenance import Provenance

Scale = Literal["points", "share"]

RESERVED_KEYS = frozenset({"NA", "NONE", "NB", "M"})
"""What the answer cell holds when there is no option: no option may be called so, in any case."""


class Option(Model):
    """One answer out of several, with its value and the tier it reaches.

    `text_by_profile` replaces `text` for a profile; `builds_on` names the option the source says
    must be met first.
    """

    key: Key
    value: DecimalText
    tier: Id | None = None
    text: LocalText
    text_by_profile: dict[Id, LocalText] = Field(default_factory=dict)
    builds_on: Key | None = None


class LevelsRule(Model):
    """Graded levels, exactly one of which is chosen; ordered from lowest to highest."""

    kind: Literal["levels"]
    scale: Scale
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class LookupLevel(Model):
    """A level somebody else has found, such as a maturity grade, with the tier it reaches here."""

    key: Key
    text: LocalText
    tier: Id | None = None


class LookupRow(Model):
    """From this level upwards the level is worth `value`, until the next row."""

    level: Key
    value: DecimalText


class LookupRule(Model):
    """A level found elsewhere, looked up in a table of points.

    The scale of levels and the table have different authors, so the table need not name every
    level: one it leaves out is worth what the next lower one is.
    """

    kind: Literal["lookup"]
    scale: Scale
    levels: Annotated[tuple[LookupLevel, ...], Field(min_length=2)]
    table: Annotated[tuple[LookupRow, ...], Field(min_length=2)]
    table_provenance: Provenance

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The levels as options, each with the value the table gives it; zero below its rows."""
        rows = {row.level: row.value for row in self.table}
        options, value = list[Option](), Decimal(0)
        for level in self.levels:
            value = rows.get(level.key, value)
            options.append(Option(key=level.key, value=value, tier=level.tier, text=level.text))
        return tuple(options)


class SelectionOption(Option):
    """One of several answers that may be given together.

    `exclusive` can only stand alone; `needs_text` asks the assessor to say what is meant ("other").
    """

    exclusive: bool = False
    needs_text: bool = False


class SelectionRule(Model):
    """Any number of options; their values add up, at most to `cap`.

    "None of these" is an answer of its own and worth nothing; it differs from no answer.
    """

    kind: Literal["selection"]
    scale: Scale
    cap: DecimalText
    options: Annotated[tuple[SelectionOption, ...], Field(min_length=2)]


class ChecklistItem(Model):
    """A statement that is ticked when it was seen to be true."""

    key: Key
    text: LocalText


class ChecklistRule(Model):
    """Statements to tick; the share is ticked / all, or `count_shares[ticked]` where given."""

    kind: Literal["checklist"]
    items: Annotated[tuple[ChecklistItem, ...], Field(min_length=2)]
    count_shares: tuple[DecimalText, ...] = ()
    count_provenance: Provenance | None = None


class YesNoRule(Model):
    """Yes is the whole maximum, no is nothing; yes only if every condition is met."""

    kind: Literal["yes_no"]
    yes: LocalText
    no: LocalText
    conditions: tuple[LocalText, ...] = ()


class InputVariant(Model):
    """What an input means in another profile."""

    name: LocalText
    note: LocalText | None = None


class QuantityInput(Model):
    """A number that is measured or counted.

    `from_table` is a formula over a table of the visit; where the table has rows it gives the value
    and a typed one is only compared with it. `whole` asks for a count.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: LocalText
    unit: LocalText
    note: LocalText | None = None
    minimum: DecimalText | None = None
    whole: bool = False
    from_table: Words | None = None
    by_profile: dict[Id, InputVariant] = Field(default_factory=dict)


class InputCheck(Model):
    """A condition the inputs must meet, such as a part not exceeding its whole."""

    condition: Words
    text: LocalText


class Bin(Model):
    """A stretch of results with one share; open or closed at either end, `None` is unbounded."""

    low: DecimalText | None = None
    low_closed: bool = False
    high: DecimalText | None = None
    high_closed: bool = False
    share: DecimalText


class BinsCurve(Model):
    """Steps: the share of the bin the result lies in; beyond the outer bins the end's share."""

    kind: Literal["bins"]
    bins: Annotated[tuple[Bin, ...], Field(min_length=2)]
    provenance: Provenance


class CurvePoint(Model):
    """At result `x` the share is `share`."""

    x: DecimalText
    share: DecimalText


class LinearCurve(Model):
    """Straight lines between points; beyond the ends the end's share."""

    kind: Literal["piecewise_linear"]
    points: Annotated[tuple[CurvePoint, ...], Field(min_length=2)]
    provenance: Provenance


Curve = Annotated[BinsCurve | LinearCurve, Field(discriminator="kind")]


class ReferencePoint(Model):
    """A figure somebody else uses for the same result, shown for orientation and never scored."""

    x: DecimalText | None = None
    text: LocalText
    source_ids: tuple[Id, ...] = ()


class Measure(Model):
    """Named inputs, a formula over them and the unit of its result.

    The result is rounded half-up to `digits` before it meets any line or curve. `baseline` names
    the inputs that describe the time before: when the assessor declares that there are none, the
    result counts as zero and is marked unproven.
    """

    inputs: Annotated[tuple[QuantityInput, ...], Field(min_length=1)]
    formula: Words
    formula_text: LocalText
    formula_provenance: Provenance
    result_unit: LocalText
    digits: Annotated[int, Field(ge=0, le=6)] = 2
    better: Literal["higher", "lower"] = "higher"
    baseline: tuple[str, ...] = ()
    industry_baseline: bool = False
    checks: tuple[InputCheck, ...] = ()
    reference_points: tuple[ReferencePoint, ...] = ()


class QuantityRule(Model):
    """A measured quantity, turned into a share by steps or by a curve.

    Without a curve it is collected and not scored, in a rubric that scores nothing.
    """

    kind: Literal["quantity"]
    measure: Measure
    curve: Curve | None = None


RuleModel = Annotated[
    LevelsRule | LookupRule | SelectionRule | ChecklistRule | YesNoRule | QuantityRule,
    Field(discriminator="kind"),
]
