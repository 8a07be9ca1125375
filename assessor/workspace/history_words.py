"""Places, fields and values of a history as a person knows them, not as the file holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessor.canonical import canonical_json
from assessor.commands.entries import MAPPINGS, RECORDS, SEQUENCES
from assessor.i18n import Localized, Message, domain, message
from assessor.rubrics.models import Rubric
from assessor.workspace.step_names import criterion_in_words, named_in_rubric, options_in_words

Said = str | Localized
"""Something to be shown: as it is, or in the reader's language."""

LONGEST_VALUE = 40
"""Characters of a value that are shown; the entry itself has all of it."""

_META = "meta"
_SECTIONS = {_META, *RECORDS, *MAPPINGS, *SEQUENCES}
_OF_ITEMS = ("answers", "jottings")
_KINDS = {"gates": "gate", "indicators": "indicator", "tables": "table", "units": "repeat"}
_VALUES = {
    ("findings", "severity"): "ui_findings.severity_{}",
    ("findings", "state"): "ui_findings.state_{}",
    ("evidence", "kind"): "report.kind_{}",
    ("", "confidence"): "report.confidence_{}",
}
_OPTIONS = ("option", "options")
_ITEMS = ("criterion", "criteria")


def place_in_words(rubric: Rubric, section: str, key: str) -> Said:
    """Return what an entry of the record is called."""
    named: Said = message(f"session.section_{section}") if section in _SECTIONS else section
    return message("history.place", section=named, key=_key(rubric, section, key))


def field_in_words(field: str) -> Said:
    """Return what a field is called; one of another version keeps its name."""
    return message(f"history_field.{field}") if field in domain("history_field") else field


def value_in_words(rubric: Rubric, section: str, key: str, field: str, value: object) -> Said:
    """Return a value in short, empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return message("said.yes" if value else "said.no")
    if section == "tables" and isinstance(value, Sequence):
        return message("history.rows", count=len(value))
    texts = _texts(value)
    return _chosen(rubric, section, key, field, texts) if texts else _short(value)


def _chosen(rubric: Rubric, section: str, key: str, field: str, texts: Sequence[str]) -> Said:
    """Return texts that may stand for something of the rubric, or for a word of the program."""
    if field in _OPTIONS and section == "answers":
        return options_in_words(rubric, key, texts)
    if field in _ITEMS:
        return criterion_in_words(rubric, texts)
    if section == _META:
        return named_in_rubric(rubric, "value", texts[0])
    word = _VALUES.get((section, field)) or _VALUES.get(("", field))
    return _known(word.format(texts[0]), texts[0]) if word else _short(", ".join(texts))


def _key(rubric: Rubric, section: str, key: str) -> Said:
    if section in _OF_ITEMS:
        return criterion_in_words(rubric, [key])
    if section in (_META, *RECORDS):
        return field_in_words(key)
    return named_in_rubric(rubric, _KINDS.get(section, ""), key)


def _texts(value: object) -> tuple[str, ...]:
    """Return a text, or a row of texts; nothing of anything else."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence) and all(isinstance(part, str) for part in value):
        return tuple(value)
    return ()


def _known(key: str, plain: str) -> Said:
    name, _, entry = key.partition(".")
    return Message(key) if entry in domain(name) else plain


def _short(value: object) -> str:
    if isinstance(value, Mapping) and len(value) == 1:
        ((only, inner),) = value.items()
        return f"{only} = {_short(inner)}"
    told = value if isinstance(value, str) else canonical_json(value)
    plain = "".join(letter if letter.isprintable() else " " for letter in told)
    return plain if len(plain) <= LONGEST_VALUE else f"{plain[: LONGEST_VALUE - 1]}…"
