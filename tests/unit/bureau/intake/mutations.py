"""Random mutations of a workbook: of its bytes, and of the text of its parts."""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random

ODD = ("<", ">", "&", '"', "\0", "\u202e", "9", "-", "=", "]]>", "<!--", "&#x41;", "1e400", "NaN")


def mutated(book: bytes, rng: Random) -> bytes:
    """One mutation: bits of the file, its length, or the text of one of its parts."""
    match rng.randrange(5):
        case 0:
            return _flipped(book, rng)
        case 1:
            start = rng.randrange(len(book))
            return book[:start] + book[start + rng.randrange(1, 400) :]
        case _:
            return _with_part(book, rng)


def _flipped(book: bytes, rng: Random) -> bytes:
    changed = bytearray(book)
    for _ in range(rng.randrange(1, 6)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _with_part(book: bytes, rng: Random) -> bytes:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts))
    text = parts[name].decode("utf-8")
    at = rng.randrange(len(text))
    cut = at + rng.randrange(4) * rng.randrange(1, 60)
    match rng.randrange(4):
        case 0:
            text = text[:at] + rng.choice(ODD) + text[cut:]
        case 1:
            text = text[:at] + text[cut:]
        case 2:
            text = text[:cut] + text[at:]
        case _:
            text = text[:at] + chr(rng.randrange(32, 0x3000)) + text[at + 1 :]
    parts[name] = text.encode("utf-8")
    if rng.randrange(10) == 0:
        del parts[name]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()
