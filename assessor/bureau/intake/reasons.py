"""Findings by their code: the words of `tamper.result` are `bureau_intake.tamper_result`.

A finding that passes on a sentence of another room keeps that sentence and gets a code of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from assessor.bureau.records import Finding, Verdict
from assessor.i18n import Message, message
from assessor.reports.verify_words import legible

_GRAVITY = {Verdict.ACCEPTED: 0, Verdict.WARNING: 1, Verdict.REJECTED: 2, Verdict.SKIPPED: 3}


def rejected(code: str, /, sheet: str = "", cell: str = "", **values: object) -> Finding:
    """Return the reason for which a file is refused."""
    return Finding(code, Verdict.REJECTED, _said(code, values), legible(sheet), cell)


def warned(code: str, /, sheet: str = "", cell: str = "", **values: object) -> Finding:
    """Return a reason to look at a file that is accepted."""
    return Finding(code, Verdict.WARNING, _said(code, values), legible(sheet), cell)


def skipped(code: str, /, **values: object) -> Finding:
    """Return the reason for which a file was not looked at."""
    return Finding(code, Verdict.SKIPPED, _said(code, values))


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


def _said(code: str, values: dict[str, object]) -> Message:
    shown = {
        name: legible(value) if isinstance(value, str) else value for name, value in values.items()
    }
    return message(f"bureau_intake.{code.replace('.', '_')}", **shown)
