"""Words from a file that may come from anyone, as they can be shown to people."""

from __future__ import annotations

from assessor.i18n import Message, message

MOST_SHOWN = 80


def legible(words: str) -> str:
    """Return `words` shortened, with characters that would act on a screen written as escapes."""
    cut = words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)


def told(words: str) -> str | Message:
    """Return `words` as they stand in a sentence, the empty ones called nothing."""
    return legible(words) or message("verify.nothing")
