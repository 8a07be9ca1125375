"""The rows of gates, and of the enterprise, the visit and the person who fills the form in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from assessor.exchange.form.criteria_rows import FormContext
from assessor.exchange.form.rows import Entry, EntryKind, Row
from assessor.i18n import Language, text
from assessor.rubrics.base import LocalText
from assessor.rubrics.body import BodyField
from assessor.rubrics.gates import DeclaredCheck, FormulaCheck, Gate, GateSeverity
from assessor.rubrics.models import FormField, Rubric

ENTERPRISE_FIELDS: Final[dict[str, EntryKind]] = {
    "name": "text",
    "credit_code": "code",
    "industry_code": "code",
    "district": "text",
    "cluster": "text",
    "address": "text",
    "legal_representative": "text",
    "employees": "whole",
    "main_products": "text",
    "profile": "text",
    "contact/name": "text",
    "contact/title": "text",
    "contact/phone": "code",
}
_NESTED: Final = {
    "contact/name": "contact_name",
    "contact/title": "contact_title",
    "contact/phone": "contact_phone",
}
_BODY_FIELDS: Final[dict[str, BodyField]] = {name: name for name in get_args(BodyField)}
VISIT_FIELDS: Final[dict[str, EntryKind]] = {
    "project_name": "text",
    "application_type": "choice",
    "workshop": "text",
    "date_from": "date",
    "date_to": "date",
}
FILLED_FIELDS: Final[dict[str, EntryKind]] = {"by": "text", "on": "date"}

_SEVERITIES: Final[dict[GateSeverity, str]] = {
    "reject": "gate_reject",
    "return": "gate_return",
    "flag": "gate_flag",
    "information": "gate_information",
}

_FORM_KINDS: Final[dict[str, EntryKind]] = {
    "text": "text",
    "code": "code",
    "choice": "text",
    "number": "code",
    "year": "code",
    "yes_no": "yes_no",
    "date_range": "code",
    "date": "code",
}
"""Types of form fields that fit into one cell; what they hold is kept as written."""

_ASKED_ELSEWHERE: Final = frozenset(
    {
        *ENTERPRISE_FIELDS,
        *_NESTED.values(),
        *VISIT_FIELDS,
        "company_name",
        "company_profile",
        "factory_address",
    }
)
"""Form fields that mean the same as a field every enterprise or visit has."""


def form_fields(rubric: Rubric) -> dict[str, tuple[FormField, EntryKind]]:
    """Return the fields of the official form this workbook asks for beside the usual ones."""
    return {
        field.id: (field, _FORM_KINDS[field.type])
        for section in rubric.form
        for field in section.fields
        if field.type in _FORM_KINDS and field.id not in _ASKED_ELSEWHERE
    }


def enterprise_rows(context: FormContext) -> Iterator[Row]:
    """Yield a row for each fact of the enterprise, of the visit, and of who filled the form in."""
    body = context.rubric.body
    title = context.pick(body.name) if body else context.say("part_enterprise")
    yield Row("band", title=title)
    yield from _fields(context, "enterprise", ENTERPRISE_FIELDS)
    extra = form_fields(context.rubric)
    if extra:
        yield Row("band", title=context.say("part_form"))
    for name, (field, kind) in extra.items():
        entry = context.yes_no if kind == "yes_no" else Entry(kind)
        note = context.pick(field.note) if field.note else ""
        unit = context.pick(field.unit) if field.unit else ""
        key = f"enterprise/form/{name}"
        yield Row("lead", key, title=context.pick(field.label), prompt=note, entry=entry, unit=unit)
    yield Row("band", title=context.say("part_visit"))
    yield from _fields(context, "visit", VISIT_FIELDS)
    yield Row("band", title=context.say("part_filled"))
    yield from _fields(context, "filled", FILLED_FIELDS)


def _fields(context: FormContext, section: str, fields: dict[str, EntryKind]) -> Iterator[Row]:
    for name, kind in fields.items():
        if not _has(context.rubric, name):
            continue
        entry, hint = Entry(kind), _hint(section, name, context.language)
        if kind == "choice":
            types = context.rubric.application_types
            if not types:
                continue
            entry = Entry("choice", tuple(one.id for one in types))
            hint = "\n".join(f"{one.id}　{context.pick(one.name)}" for one in types)
        label = _label(section, name, context.language)
        own = _own_label(context.rubric, section, name)
        if own is not None:
            label, hint = context.pick(own), ""
        yield Row("lead", f"{section}/{name}", title=label, prompt=hint, entry=entry)


def _has(rubric: Rubric, name: str) -> bool:
    """Whether the assessed body has a field; a name and dates every body has."""
    field = _BODY_FIELDS.get(name.partition("/")[0])
    return field is None or rubric.has_field(field)


def _own_label(rubric: Rubric, section: str, name: str) -> LocalText | None:
    """What another body than an enterprise calls a field."""
    if rubric.body is not None and section == "enterprise" and name == "name":
        return rubric.body.name
    field = _BODY_FIELDS.get(name)
    return rubric.body_label(field) if field else None


def _label(section: str, name: str, language: Language) -> str:
    """Return what a field is called."""
    word = _NESTED.get(name, name)
    if section == "enterprise":
        return text(f"fields.enterprise_{word}", language)
    if section == "visit":
        return text(f"fields.visit_{word}", language)
    return text(f"fields.filled_{word}", language)


def _hint(section: str, name: str, language: Language) -> str:
    """Return how a field is filled in."""
    word = _NESTED.get(name, name)
    if section == "enterprise":
        return text(f"fields.enterprise_{word}_hint", language)
    if section == "visit":
        return text(f"fields.visit_{word}_hint", language)
    return text(f"fields.filled_{word}_hint", language)


def gate_rows(context: FormContext) -> Iterator[Row]:
    """Yield the rows of the gates somebody has to state; those computed from answers are not."""
    number = 0
    for gate in context.rubric.gates:
        if gate.default == "off" or not isinstance(gate.check, DeclaredCheck | FormulaCheck):
            continue
        number += 1
        yield from _gate(context, gate, gate.check, str(number))


def _gate(
    context: FormContext, gate: Gate, check: DeclaredCheck | FormulaCheck, number: str
) -> Iterator[Row]:
    body = [context.say(_SEVERITIES[gate.severity]), context.pick(gate.question)]
    if gate.default == "reference":
        body[0] = context.say("gate_reference")
    if gate.evidence:
        proofs = (proof.text for proof in gate.evidence)
        body.append(context.say("evidence", text=context.listed(proofs)))
    if gate.note:
        body.append(context.pick(gate.note))
    key, title = f"gates/{gate.id}", context.pick(gate.title)
    lead = Row("lead", f"{key}/note", number, title, "\n".join(body), remark=True)
    if isinstance(check, DeclaredCheck):
        points = "\n".join(f"· {context.pick(point)}" for point in check.points)
        prompt = f"{context.say('gate_points')}\n{points}"
        yield Row(
            "lead", f"{key}/pass", number, title, lead.body, prompt, context.yes_no, remark=True
        )
        return
    clause = context.pick(gate.clause) if gate.clause else context.say("gate_facts")
    yield Row("lead", lead.key, number, title, lead.body, clause, remark=True)
    for entry in check.inputs:
        unit = context.pick(entry.unit) if entry.unit else ""
        label, kind = context.pick(entry.name), Entry(entry.type)
        yield Row("part", f"{key}/inputs/{entry.id}", prompt=label, entry=kind, unit=unit)
