"""The record taken apart into rows and put together again, all as JSON-ready data.

A row is named by section and key like the entries of `assessor.commands.entries`. Rows of the
sequences also have a position; only its order means something, so that one more or one less item
leaves the others' rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.assessment import Assessment, assessment_from_json, assessment_to_json
from assessor.canonical import canonical_json
from assessor.commands.entries import MAPPINGS, RECORDS, SEQUENCES

Place = tuple[str, str]
"""Section and key."""

GAP = 1024
"""Between the positions of neighbours, so that an item can come back between them."""

_FORMAT = "format_version"


@dataclass(frozen=True)
class Row:
    """One stored entry: its place in the order (0 outside sequences) and its canonical JSON."""

    position: int
    value: str


Rows = dict[Place, Row]


def rows_of(assessment: Assessment, known: Mapping[Place, Row] | None = None) -> Rows:
    """Take the record apart; positions in `known` are kept wherever the order allows.

    Raises `ValueError` when two items of a sequence have one id: they could not be told apart.
    """
    data = assessment_to_json(assessment)
    rows: Rows = {}
    for section in (*RECORDS, *MAPPINGS):
        for key, value in _mapping(data.pop(section, {})).items():
            rows[section, key] = Row(0, canonical_json(value))
    for section in SEQUENCES:
        rows.update(_sequence_rows(section, _sequence(data.pop(section, [])), known or {}))
    for key, value in data.items():
        if key != _FORMAT:
            rows["meta", key] = Row(0, canonical_json(value))
    return rows


def record_from(values: Iterable[tuple[str, str, object]]) -> Assessment:
    """Put the record together from section, key and JSON value, sequences in their order.

    Raises `ValueError` for a section that does not exist or a record that does not fit the model.
    """
    data: dict[str, object] = {}
    mappings: dict[str, dict[str, object]] = {name: {} for name in (*RECORDS, *MAPPINGS)}
    sequences: dict[str, list[object]] = {name: [] for name in SEQUENCES}
    for section, key, value in values:
        if section == "meta":
            data[key] = value
        elif section in mappings:
            mappings[section][key] = value
        elif section in sequences:
            sequences[section].append(value)
        else:
            raise ValueError(f"unknown section {section}")
    return assessment_from_json({**mappings, **sequences, **data})


def arranged(keys: Sequence[str], known: Mapping[str, int]) -> dict[str, int]:
    """Return rising positions for `keys` in order, changing as few of `known` as is easy.

    Without room between two neighbours all are numbered anew.
    """
    found: dict[str, int] = {}
    last = 0
    for at, key in enumerate(keys):
        before = known.get(key, 0)
        position = before if before > last else _between(last, keys[at + 1 :], known)
        if position is None:
            return {name: GAP * number for number, name in enumerate(keys, start=1)}
        found[key] = last = position
    return found


def _between(last: int, following: Sequence[str], known: Mapping[str, int]) -> int | None:
    after = next((known[key] for key in following if known.get(key, 0) > last), None)
    if after is None:
        return last + GAP
    middle = (last + after) // 2
    return middle if middle > last else None


def _sequence_rows(
    section: str, items: Sequence[object], known: Mapping[Place, Row]
) -> Iterable[tuple[Place, Row]]:
    values = {str(_mapping(item)["id"]): item for item in items}
    if len(values) != len(items):
        raise ValueError(f"an id is used twice in {section}")
    before = {key: row.position for (name, key), row in known.items() if name == section}
    positions = arranged(tuple(values), before)
    for key, value in values.items():
        yield (section, key), Row(positions[key], canonical_json(value))


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError("not a mapping")
    return value


def _sequence(value: object) -> Sequence[object]:
    if not isinstance(value, Sequence):
        raise TypeError("not a sequence")
    return value
