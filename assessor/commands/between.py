"""The edit that leads from one record to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from assessor.assessment import Assessment
from assessor.commands.edit import Edit
from assessor.commands.entries import (
    SEQUENCES,
    Change,
    MappingSection,
    RecordSection,
    Section,
    entry_of,
)
from assessor.i18n import Message
from assessor.rubrics.base import Model

_RECORDS: tuple[RecordSection, ...] = get_args(RecordSection)
_MAPPINGS: tuple[MappingSection, ...] = get_args(MappingSection)
_NEVER = ("format_version", "id")
"""Fields no edit changes."""


def edit_between(before: Assessment, after: Assessment, description: Message) -> Edit | None:
    """Return the edit that makes `after` of `before`, `None` when they say the same.

    Evidence and findings are left as they are.
    """
    changes = tuple(
        Change(section, key, entry_of(after, section, key))
        for section, key in _places(before, after)
        if entry_of(before, section, key) != entry_of(after, section, key)
    )
    return Edit(changes, description) if changes else None


def _places(before: Assessment, after: Assessment) -> Iterator[tuple[Section, str]]:
    """Yield section and key of every entry there is or was."""
    apart = {*_RECORDS, *_MAPPINGS, *SEQUENCES, *_NEVER}
    yield from (("meta", name) for name in type(before).model_fields if name not in apart)
    for record in _RECORDS:
        value: Model = getattr(before, record)
        yield from ((record, name) for name in type(value).model_fields)
    for section in _MAPPINGS:
        old: Mapping[str, object] = getattr(before, section)
        new: Mapping[str, object] = getattr(after, section)
        yield from ((section, key) for key in dict.fromkeys((*old, *new)))
