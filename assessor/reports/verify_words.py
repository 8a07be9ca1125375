"""Words from a file that may come from anyone, as they can be shown to people."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from assessor.exchange.signature import TamperCheck
from assessor.i18n import Message, message

MOST_SHOWN = 80
_DIGEST, _DAY = 12, 10
_LEAD = 20
"""Characters shown before the first that differs, in texts too long to be shown whole."""


def tamper_message(tamper: TamperCheck) -> Message:
    """Return the sentence that says what came of the tamper check."""
    key, name = legible(tamper.key_id), legible(tamper.name)
    reason = tamper.reason or message("verify.nothing")
    times = {"since": day_of(tamper.made_at), "until": day_of(tamper.replaced_at)}
    said = message(f"verify.tamper_{tamper.verdict}", key=key, name=name, reason=reason, **times)
    if not tamper.over or tamper.verdict in ("altered", "unsigned"):
        return said
    return message("verify.tamper_elsewhere", said=said, digest=tamper.over[:_DIGEST])


def limits_of(checks: Iterable[TamperCheck]) -> Message:
    """Return the sentence that says what results like these do not prove."""
    unsigned = [check.verdict == "unsigned" for check in checks]
    if all(unsigned):
        return message("verify.unsigned")
    return message("verify.some_unsigned" if any(unsigned) else "verify.limits")


def day_of(moment: str) -> str | Message:
    """Return the day of a moment that somebody's file names, in ISO 8601."""
    return told(moment[:_DAY])


def legible(words: str) -> str:
    """Return `words` shortened, with characters that would act on a screen written as escapes."""
    cut = words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)


def told(words: str) -> str | Message:
    """Return `words` as they stand in a sentence, the empty ones called nothing."""
    return legible(words) or message("verify.nothing")


def told_apart(expected: str, found: str) -> tuple[str | Message, str | Message]:
    """Return two texts as they stand in a sentence, long ones from near where they part."""
    if max(len(expected), len(found)) <= MOST_SHOWN:
        return told(expected), told(found)
    alike = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(expected, found, strict=False))
    )
    start = max(alike - _LEAD, 0)
    lead = "…" if start else ""
    return told(lead + expected[start:]), told(lead + found[start:])
