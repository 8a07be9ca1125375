"""The record of a visit as addressable entries, and how one entry is exchanged for another.

An entry is named by a section and a key. Three kinds of section exist:

- fields: `meta`, `enterprise` and `visit`; the key is the name of a field
- mappings: `answers`, `jottings`, `gates`, `indicators`, `tables`, `units`, `platform_results`; the
  key is the mapping's own
- sequences: `evidence` and `findings`; the key is the id, and the place in the row is kept

An absent entry has the value None. A field at its default counts as absent, so that setting an
entry to None always means: as if nobody had ever touched it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from pydantic import ValidationError

from assessor.assessment import Assessment, EvidenceItem, Finding
from assessor.commands.checked import checked
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.base import Model

RecordSection = Literal["enterprise", "visit"]
MappingSection = Literal[
    "answers", "jottings", "gates", "indicators", "tables", "units", "platform_results"
]
SequenceSection = Literal["evidence", "findings"]
Section = Literal["meta"] | RecordSection | MappingSection | SequenceSection

RECORDS: tuple[str, ...] = get_args(RecordSection)
MAPPINGS: tuple[str, ...] = get_args(MappingSection)
SEQUENCES: tuple[str, ...] = get_args(SequenceSection)


M = TypeVar("M", bound=Model)


class EditRefusedError(AssessorError):
    """An edit would make a record that is not allowed; nothing was changed."""


@dataclass(frozen=True)
class Change:
    """The new value of one entry, or None when it goes.

    `index` is the place among its neighbours that a new item of a sequence takes, None for the
    end; it means nothing for an item that is already there.
    """

    section: Section
    key: str
    value: object | None
    index: int | None = None


def entry_of(assessment: Assessment, section: Section, key: str) -> object | None:
    """Return the value of one entry, None when it is absent."""
    if section in SEQUENCES:
        return next((item for item in _items(assessment, section) if item.id == key), None)
    if section in MAPPINGS:
        mapping: Mapping[str, object] = getattr(assessment, section)
        return mapping.get(key)
    record: Model = assessment if section == "meta" else getattr(assessment, section)
    value: object = getattr(record, key)
    return None if value == _default(record, key) else value


def index_of(assessment: Assessment, section: Section, key: str) -> int | None:
    """Return the place of an item in its sequence, None when it has none."""
    if section not in SEQUENCES:
        return None
    return next((at for at, item in enumerate(_items(assessment, section)) if item.id == key), None)


def replaced(assessment: Assessment, changes: Sequence[Change]) -> Assessment:
    """Return the record with `changes` made in order and checked as a whole.

    Raises `EditRefusedError` when the result is not a record; `AttributeError` for a field that
    does not exist.
    """
    fields: dict[str, object] = dict(assessment)
    try:
        for change in changes:
            _put(assessment, fields, change)
        return checked(assessment, _with_records(assessment, fields))
    except ValidationError as refusal:
        raise _refused(refusal, changes[0].section, changes[0].key) from refusal


def rebuilt(section: Section, value: M, **fields: object) -> M:
    """Return `value`, an entry of `section`, with other `fields`, checked by its own rules.

    Raises `EditRefusedError` when they don't fit.
    """
    try:
        return type(value).model_validate({**dict(value), **fields})
    except ValidationError as refusal:
        raise _refused(refusal, section, "") from refusal


def _put(assessment: Assessment, fields: dict[str, object], change: Change) -> None:
    if change.section in SEQUENCES:
        fields[change.section] = _sequence_with(_as_items(fields[change.section]), change)
    elif change.section in MAPPINGS:
        fields[change.section] = _mapping_with(fields[change.section], change)
    elif change.section == "meta":
        fields[change.key] = _value_or_default(assessment, change)
    else:
        record: Model = getattr(assessment, change.section)
        draft = fields[change.section]
        values = dict(record) if isinstance(draft, Model) else dict(_as_mapping(draft))
        values[change.key] = _value_or_default(record, change)
        fields[change.section] = values


def _with_records(assessment: Assessment, fields: dict[str, object]) -> dict[str, object]:
    """Check the records that were taken apart, each with its own rules."""
    sound = {
        name: type(getattr(assessment, name)).model_validate(fields[name])
        for name in RECORDS
        if not isinstance(fields[name], Model)
    }
    return {**fields, **sound}


def _mapping_with(mapping: object, change: Change) -> dict[str, object]:
    values = dict(_as_mapping(mapping))
    if change.value is None:
        values.pop(change.key, None)
    else:
        values[change.key] = change.value
    return values


def _sequence_with(
    items: tuple[EvidenceItem | Finding, ...], change: Change
) -> tuple[EvidenceItem | Finding, ...]:
    at = next((place for place, item in enumerate(items) if item.id == change.key), None)
    if change.value is None:
        return tuple(item for item in items if item.id != change.key)
    new = _as_items((change.value,))
    if new[0].id != change.key:
        raise ValueError(f"{change.section}/{change.key} was given the item {new[0].id}")
    if at is not None:
        return items[:at] + new + items[at + 1 :]
    at = len(items) if change.index is None else change.index
    return items[:at] + new + items[at:]


def _value_or_default(record: Model, change: Change) -> object:
    default = _default(record, change.key)
    return default if change.value is None else change.value


def _default(record: Model, name: str) -> object:
    """Return the default of a field; a field that has none gives None, which its model refuses."""
    field = type(record).model_fields.get(name)
    if field is None:
        raise AttributeError(f"{type(record).__name__} has no field {name}")
    return None if field.is_required() else field.get_default(call_default_factory=True)


def _items(assessment: Assessment, section: str) -> tuple[EvidenceItem | Finding, ...]:
    return _as_items(getattr(assessment, section))


def _as_items(value: object) -> tuple[EvidenceItem | Finding, ...]:
    if not isinstance(value, tuple) or not all(
        isinstance(item, (EvidenceItem, Finding)) for item in value
    ):
        raise TypeError("a sequence holds evidence or findings")
    return value


def _as_mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError("not a mapping")
    return value


def _refused(refusal: ValidationError, section: Section, key: str) -> EditRefusedError:
    first = refusal.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return EditRefusedError(
        message(
            "session.edit_refused",
            section=message(f"session.section_{section}"),
            place=place or key,
            reason=first["msg"],
        )
    )
