"""How much of a foreign file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELL_TEXT = 32_767
"""Excel's own limits of a sheet and of the characters in a cell."""


@dataclass(frozen=True)
class Limits:
    """The limits of one reading.

    `packed_bytes` is the size of the file, `unpacked_bytes` what its parts claim to unpack to,
    `ratio` unpacked to packed (looked at from 5 MB unpacked), `cells` counts filled cells of all
    sheets read, `text_characters` their texts together. `seconds` and `memory_bytes` hold for the
    reading process.
    """

    packed_bytes: int = 20 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    parts: int = 500
    ratio: int = 200
    cells: int = 200_000
    text_characters: int = 20_000_000
    seconds: float = 10.0
    memory_bytes: int = 512 * MEGABYTE
