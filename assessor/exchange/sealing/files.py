"""Sealing and unsealing whole files; under the new name stands the finished file or nothing."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from assessor.exchange.sealing.header import Header, read_header
from assessor.exchange.sealing.slots import STANDARD, Key, Lock, Work
from assessor.exchange.sealing.stream import (
    Step,
    no_step,
    require_sealed,
    seal_stream,
    unseal_stream,
)
from assessor.storage.atomic import aside, ensure_new, put_new_in_place
from assessor.storage.errors import translated

SUFFIX: Final = ".sealed"


def seal_file(
    source: Path, target: Path, locks: Sequence[Lock], work: Work = STANDARD, step: Step = no_step
) -> None:
    """Write `source` sealed to `target`, which must not be there; any one of `locks` opens it.

    What was written is read again and compared before it gets its name; `step` counts the bytes of
    both. Raises `AssessorError` when either file cannot be used.
    """
    ensure_new(target)
    with aside(target) as draft:
        with _opened(source) as plain, translated(target), _private(draft) as sealed:
            proof = seal_stream(plain, _size(plain), sealed, locks, work, _half(step, 0))
        with translated(target):
            with _opened(draft) as written:
                require_sealed(written, _size(written), proof, _half(step, 1))
            put_new_in_place(draft, target)


def unseal_file(source: Path, target: Path, key: Key, step: Step = no_step) -> None:
    """Write the content of a sealed file to `target`, which must not be there.

    Raises `SealError` telling why it cannot be opened; nothing of the content is left then.
    """
    ensure_new(target)
    with aside(target) as draft:
        with _opened(source) as sealed, translated(target), _private(draft) as plain:
            unseal_stream(sealed, _size(sealed), plain, key, step)
        with translated(target):
            put_new_in_place(draft, target)


def header_of(path: Path) -> Header:
    """Return who can open a sealed file, as it says itself; raises `AssessorError`."""
    with translated(path), path.open("rb") as file:
        return read_header(file)[0]


def seal_bytes(content: bytes, locks: Sequence[Lock], work: Work = STANDARD) -> bytes:
    """Return a small content sealed."""
    out = io.BytesIO()
    seal_stream(io.BytesIO(content), len(content), out, locks, work)
    return out.getvalue()


def unseal_bytes(sealed: bytes, key: Key) -> bytes:
    """Return the content of small sealed bytes; raises `SealError`."""
    out = io.BytesIO()
    unseal_stream(io.BytesIO(sealed), len(sealed), out, key)
    return out.getvalue()


def _half(step: Step, which: int) -> Step:
    """Return what is told of the first or second time all bytes are gone through."""
    return lambda done, size: step(which * size + done, 2 * size)


def _size(file: io.BufferedReader) -> int:
    return os.fstat(file.fileno()).st_size


def _opened(path: Path) -> io.BufferedReader:
    with translated(path):
        return path.open("rb")


def _private(path: Path) -> io.BufferedWriter:
    """Open a new file that only its owner may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(handle, "wb")
