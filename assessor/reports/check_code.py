"""The check code on each printed page: it ties the page's words to the data they come from."""

from __future__ import annotations

import hashlib
import unicodedata

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread."""

_BITS = 100
_GROUP = 4


_IGNORED = {"Cc", "Cf", "Cn", "Cs", "Mn"}
"""Categories that readers of PDF files drop or join with the letter before: controls, accents."""


def squeeze(text: str) -> str:
    """Return `text` without white space and without what readers of PDF files add, drop or swap.

    Words drawn and words read back both go through it before they are compared; pieces may be
    squeezed one by one or joined first.
    """
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) not in _IGNORED)


def page_code(payload_digest: str, page: int, pages: int, text: str) -> str:
    """Return the code of page `page` of `pages` (counted from 1) with the body text `text`.

    It holds 100 bits of a SHA-256, in groups of four letters. Equal data, page numbers and words
    (white space apart) give an equal code.
    """
    words = hashlib.sha256(squeeze(text).encode()).hexdigest()
    subject = "\n".join(("assessor-page/1", payload_digest, str(page), str(pages), words))
    number = int.from_bytes(hashlib.sha256(subject.encode()).digest()) >> (256 - _BITS)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))
