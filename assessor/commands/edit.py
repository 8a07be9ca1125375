"""One step of work that can be done, undone and told apart in a log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessor.assessment import Assessment
from assessor.commands.entries import Change, entry_of, index_of, replaced
from assessor.i18n import Message


@dataclass(frozen=True)
class Edit:
    """Changes made together, or not at all.

    `description` says for people what was done. Two edits in a row with the same `merge_key` (not
    empty) are one step of undo: typing in a field is.
    """

    changes: tuple[Change, ...]
    description: Message
    merge_key: str = ""

    def __post_init__(self) -> None:
        """Refuse two changes of one entry: only one of them could be undone."""
        if len(set(self.places)) != len(self.changes):
            raise ValueError("an edit changes each entry at most once")

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Section and key of every entry that is changed."""
        return tuple((change.section, change.key) for change in self.changes)

    def apply(self, assessment: Assessment) -> Assessment:
        """Return the record after the edit; raises `EditRefusedError` when it does not fit."""
        return replaced(assessment, self.changes)

    def inverse(self, before: Assessment) -> Edit:
        """Return the edit that leads back to `before` exactly, the order of items included."""
        return Edit(_ordered(_undo(change, before) for change in self.changes), self.description)

    def merges_with(self, earlier: Edit) -> bool:
        """Whether this edit only continues `earlier`."""
        same = self.merge_key != "" and self.merge_key == earlier.merge_key
        return same and set(self.places) == set(earlier.places)


def _undo(change: Change, before: Assessment) -> Change:
    section, key = change.section, change.key
    return Change(section, key, entry_of(before, section, key), index_of(before, section, key))


def _ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Put removals first, then restored items from the front to the back.

    Only then every index means the same place as before the edit.
    """
    return tuple(sorted(changes, key=lambda change: -1 if change.index is None else change.index))
