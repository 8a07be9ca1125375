"""How a check says what it found."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.errors import Problem, Severity
from assessor.i18n import message

Findings = Iterator[Problem]


def finding(
    name: str, place: str, subject: str, /, *, severity: Severity = "error", **values: object
) -> Problem:
    """Return the problem `rubric.<name>` with its remedy `rubric.<name>_fix`.

    Both texts are given the same `values`.
    """
    return Problem(
        message(f"rubric.{name}", **values),
        place=place,
        subject=subject,
        fix=message(f"rubric.{name}_fix", **values),
        severity=severity,
    )


def warning(name: str, place: str, subject: str, /, **values: object) -> Problem:
    """Return a finding that deserves a look but does not make the rubric unusable."""
    return finding(name, place, subject, severity="warning", **values)
