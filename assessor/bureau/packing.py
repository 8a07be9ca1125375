"""Findings and records as JSON-ready data and back: over a pipe, or kept in a database.

A reason keeps its key and values, so that it can still be said in either language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from assessor.bureau.records import Finding, Verdict, VisitRecord
from assessor.i18n import LANGUAGES, Localized, Message
from assessor.rubrics.base import LocalText


def finding_to_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON-ready data."""
    return {
        "code": finding.code,
        "verdict": finding.verdict.value,
        "reason": message_to_data(finding.reason),
        "sheet": finding.sheet,
        "cell": finding.cell,
    }


def finding_from_data(data: Mapping[str, Any]) -> Finding:
    """Return a finding from its data; raises `ValueError`, `KeyError` or `TypeError` for others."""
    reason = message_from_data(data["reason"])
    return Finding(data["code"], Verdict(data["verdict"]), reason, data["sheet"], data["cell"])


def message_to_data(message: Message) -> dict[str, Any]:
    """Return a message with its values; texts that carry translations keep all of them."""
    values = {name: _value_to_data(value) for name, value in message.values.items()}
    return {"key": message.key, "values": values}


def message_from_data(data: Mapping[str, Any]) -> Message:
    """Return a message from its data; values that were figures are texts now."""
    values = {name: _value_from_data(value) for name, value in data["values"].items()}
    return Message(data["key"], values)


def record_to_json(record: VisitRecord) -> str:
    """Return a record as JSON text; equal records have equal texts, decimals are strings."""
    return _records().dump_json(record).decode()


def record_from_json(text: str) -> VisitRecord:
    """Return the record in JSON text; raises pydantic's `ValidationError` when it is none."""
    return _records().validate_json(text)


@cache
def _records() -> TypeAdapter[VisitRecord]:
    return TypeAdapter(VisitRecord)


def _value_to_data(value: object) -> object:
    if isinstance(value, Message):
        return message_to_data(value)
    if isinstance(value, Localized):
        return {language: value.pick(language) for language in LANGUAGES}
    if isinstance(value, int) or value is None:
        return value
    # A file's name may be no text; everything else is, and stays as it is.
    return str(value).encode("utf-8", "backslashreplace").decode("utf-8")


def _value_from_data(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return message_from_data(value) if "key" in value else LocalText(**value)
