"""Gates: conditions beside the score that an outcome can depend on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assessor.rubrics.base import DecimalText, Id, LocalText, Model, Words
from assessor.rubrics.criterion import WantedEvidence
from assessor.rubrics.provenance import Provenance

GateSeverity = Literal["reject", "return", "flag", "information"]
"""`reject` ends the matter, `return` sends it back for completion; both block an outcome. `flag`
asks for rectification, `information` is for the reader; neither blocks."""

BLOCKING: frozenset[GateSeverity] = frozenset({"reject", "return"})

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
FieldType = Literal["number", "month", "date"]


class GateInput(Model):
    """A fact the assessor states; months (`2025-10`) and dates (`2025-10-31`) are compared as
    counts of months and days."""

    id: Name
    name: LocalText
    unit: LocalText | None = None
    type: FieldType


class GateParameter(Model):
    """A figure of the condition. `value` is fixed; without one it comes from the visit's cycle."""

    id: Name
    name: LocalText
    unit: LocalText | None = None
    type: FieldType
    value: Words | None = None


class DeclaredCheck(Model):
    """Passed when the assessor has confirmed every point."""

    kind: Literal["declared"]
    points: Annotated[tuple[LocalText, ...], Field(min_length=1)]


class FormulaCheck(Model):
    """Passed when the condition over inputs and parameters holds."""

    kind: Literal["formula"]
    inputs: Annotated[tuple[GateInput, ...], Field(min_length=1)]
    parameters: tuple[GateParameter, ...] = ()
    condition: Words


class DimensionFloorCheck(Model):
    """Passed when the dimension reaches `share` (percent) of its maximum."""

    kind: Literal["dimension_floor"]
    dimension: Id
    share: DecimalText


class ResultFloorCheck(Model):
    """Passed when the measured result of a criterion is at least `minimum`."""

    kind: Literal["result_floor"]
    criterion: Id
    minimum: DecimalText


GateCheck = Annotated[
    DeclaredCheck | FormulaCheck | DimensionFloorCheck | ResultFloorCheck,
    Field(discriminator="kind"),
]


class Gate(Model):
    """One gate. `default` `off` leaves it out, `reference` shows it but lets it decide nothing.

    `outcomes` names those it stands before; empty means all. `stage` is the part of the procedure
    it belongs to.
    """

    id: Id
    title: LocalText
    question: LocalText
    clause: LocalText | None = None
    stage: Words | None = None
    severity: GateSeverity
    default: Literal["on", "off", "reference"]
    outcomes: tuple[Id, ...] = ()
    check: GateCheck
    evidence: tuple[WantedEvidence, ...] = ()
    note: LocalText | None = None
    provenance: Provenance


class CycleParameter(Model):
    """The value of one gate parameter in one batch year."""

    gate: Id
    parameter: Name
    value: Words
    provenance: Provenance


class Cycle(Model):
    """A batch year with its dates, amounts and quotas."""

    id: Id
    name: LocalText
    parameters: tuple[CycleParameter, ...] = ()
    provenance: Provenance
