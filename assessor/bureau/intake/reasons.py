"""Findings by their code: the words of `tamper.result` are `bureau_intake.result`.

A finding that passes on a sentence of another room keeps that sentence and gets a code of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assessor.bureau.records import Finding, Verdict
from assessor.i18n import Message, message
from assessor.reports.verify_words import legible

_GRAVITY = {Verdict.ACCEPTED: 0, Verdict.WARNING: 1, Verdict.REJECTED: 2, Verdict.SKIPPED: 3}


def rejected(
    group: str, name: str, /, sheet: str = "", cell: str = "", **values: object
) -> Finding:
    """Return the reason for which a file is refused; its code is `group.name`."""
    return _finding(Verdict.REJECTED, group, name, sheet, cell, values)


def warned(group: str, name: str, /, sheet: str = "", cell: str = "", **values: object) -> Finding:
    """Return a reason to look at a file that is accepted."""
    return _finding(Verdict.WARNING, group, name, sheet, cell, values)


def skipped(group: str, name: str, /, **values: object) -> Finding:
    """Return the reason for which a file was not looked at."""
    return _finding(Verdict.SKIPPED, group, name, "", "", values)


def passed_on(
    code: str, verdict: Verdict, reason: Message, sheet: str = "", cell: str = ""
) -> Finding:
    """Return a finding with the sentence of whoever found it."""
    return Finding(code, verdict, reason, legible(sheet), cell)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Return the gravest verdict; a file nothing is said of is accepted."""
    return max(
        (one.verdict for one in findings), key=_GRAVITY.__getitem__, default=Verdict.ACCEPTED
    )


def _finding(
    verdict: Verdict, group: str, name: str, sheet: str, cell: str, values: Mapping[str, object]
) -> Finding:
    shown = {
        key: legible(value) if isinstance(value, str) else value for key, value in values.items()
    }
    reason = message(f"bureau_intake.{name}", **shown)
    return Finding(f"{group}.{name}", verdict, reason, legible(sheet), cell)
