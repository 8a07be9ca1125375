"""Whether the history a report names is the one of the visit it is held against."""

from __future__ import annotations

from collections.abc import Mapping

from assessor.errors import Problem
from assessor.exchange.payload import HistoryRef, Payload, payload_text
from assessor.i18n import message


def same_record(one: Payload, other: Payload) -> bool:
    """Whether two payloads say the same of the visit, however far its history has come, and
    whichever version of the program wrote them."""
    left_out = {"history": None, "program": None}
    first, second = (payload_text({**each.to_json(), **left_out}) for each in (one, other))
    return first == second


def history_problems(
    found: HistoryRef | None, wanted: HistoryRef | None, entries: Mapping[int, str]
) -> tuple[Problem, ...]:
    """Return what is wrong with the history that a report names.

    `wanted` is that of the data it is held against; `entries` has the digests of all entries where
    those data are a visit, and is empty where they are another export. A report from before there
    was a history says nothing and contradicts nothing.
    """
    if found is None or wanted is None:
        return ()
    known = {**entries, wanted.entries: wanted.head}
    if found.file != wanted.file:
        key = "verify.history_other_file"
    elif found.entries > wanted.entries and entries:
        key = "verify.history_rolled_back"
    elif known.get(found.entries, found.head) != found.head:
        key = "verify.history_rewritten"
    else:
        return ()
    said = message(key, found=found.entries, expected=wanted.entries)
    return (Problem(said, fix=message("verify.history_fix")),)


def history_notes(found: HistoryRef | None, wanted: HistoryRef | None) -> tuple[Problem, ...]:
    """Return that the visit has gone on, or had not come so far, although it says the same."""
    if found is None or wanted is None or found.entries == wanted.entries:
        return ()
    said = message("verify.history_went_on", found=found.entries, expected=wanted.entries)
    return (Problem(said, severity="warning"),)


def version_notes(found: Payload, this: str) -> tuple[Problem, ...]:
    """Return that another version of the program wrote a file, although it says the same."""
    if found.program.version == this:
        return ()
    said = message("verify.version_went_on", found=found.program.version, this=this)
    return (Problem(said, severity="warning"),)
