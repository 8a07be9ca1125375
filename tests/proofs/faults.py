"""Disks that are full, forbidden or broken, and folders that vanish, at any one write call.

Every request to make, write, sync, rename or link a file counts as one call: those of Python's own
files and of `os`, private files made with `os.open` too, and those of SQLite (through `vfs`). The
call with a given number fails, and with it every later one until the trouble is over, as on a full
disk; an input/output error comes once.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

from tests.proofs.vfs import OK, Layer, layered

Kind = Literal["ENOSPC", "EACCES", "EIO", "vanished"]
KINDS: tuple[Kind, ...] = ("ENOSPC", "EACCES", "EIO", "vanished")

FULL, CANNOT_OPEN = 13, 14
WRITE, SYNC, TRUNCATE = 778, 1034, 1546
"""What SQLite's own VFS answers: no room, no opening, and an error of writing, syncing, cutting."""


class Trouble(Layer):
    """Counts the calls and makes one of them, and the ones after it, fail.

    `folder` is the one that vanishes; `at` 0 only counts.
    """

    def __init__(self, kind: Kind, at: int, folder: Path) -> None:
        self.kind, self.at, self.folder = kind, at, folder
        self.calls = 0
        self.over = False

    @property
    def begun(self) -> bool:
        """Whether the call that fails was reached."""
        return 0 < self.at <= self.calls

    def fails(self) -> bool:
        """Count a call; whether it fails."""
        if self.over:
            return False
        self.calls += 1
        if self.kind == "vanished" and self.calls == self.at:
            self.folder.rename(self.away)
        return self.calls == self.at if self.kind == "EIO" else self.begun

    @property
    def away(self) -> Path:
        """Where the vanished folder is."""
        return self.folder.with_name(f"{self.folder.name}.away")

    def end(self) -> None:
        """The disk has room again, the folder is back.

        Some tasks make a folder anew where there is none: what they wrote comes to the rest. Of
        what was begun in a folder that went away nothing can be cleared away, so it goes here.
        """
        self.over = True
        if not self.away.is_dir():
            return
        for remains in (*self.away.rglob(".*.part*"), *self.away.glob(".*ing-*")):
            shutil.rmtree(remains) if remains.is_dir() else remains.unlink()
        if self.folder.is_dir():
            shutil.copytree(self.folder, self.away, dirs_exist_ok=True)
            shutil.rmtree(self.folder)
        self.away.rename(self.folder)

    def check(self, path: Any) -> None:
        """Count a call of Python's; raises what the system would say."""
        if self.fails() and self.kind != "vanished":
            number = getattr(errno, self.kind)
            raise OSError(number, os.strerror(number), str(path))

    # What SQLite asks for.

    def opening(self, path: str, *, makes: bool) -> int:
        return CANNOT_OPEN if makes and self.fails() else OK

    def writing(self, path: str, data: bytes, offset: int) -> int:
        return self._code(WRITE)

    def syncing(self, path: str) -> int:
        return self._code(SYNC)

    def cutting(self, path: str, size: int) -> int:
        return self._code(TRUNCATE)

    def _code(self, code: int) -> int:
        if not self.fails():
            return OK
        return FULL if self.kind == "ENOSPC" and code == WRITE else code


class _Raw(io.FileIO):
    """A file of Python whose writes can fail."""

    trouble: Trouble

    def write(self, data: Any) -> int:
        self.trouble.check(self.name)
        return super().write(data)


class Switch(Layer):
    """Lies under databases that stay open while one trouble comes after the other."""

    def __init__(self) -> None:
        self.trouble: Trouble | None = None

    def opening(self, path: str, *, makes: bool) -> int:
        return self.trouble.opening(path, makes=makes) if self.trouble else OK

    def writing(self, path: str, data: bytes, offset: int) -> int:
        return self.trouble.writing(path, data, offset) if self.trouble else OK

    def syncing(self, path: str) -> int:
        return self.trouble.syncing(path) if self.trouble else OK

    def cutting(self, path: str, size: int) -> int:
        return self.trouble.cutting(path, size) if self.trouble else OK


@contextmanager
def under_databases() -> Iterator[Switch]:
    """Put a switch under every database opened inside the block."""
    switch = Switch()
    with layered(switch):
        yield switch


@contextmanager
def in_trouble(switch: Switch, trouble: Trouble) -> Iterator[None]:
    """Let what is done inside meet the trouble; afterwards it is over."""
    opener = _opener(trouble)
    calls = {name: _failing(trouble, name) for name in _CALLS}
    with (
        patch.object(builtins, "open", opener),
        patch.object(io, "open", opener),
        patch.object(os, "open", _made_low(trouble)),
        patch.multiple(os, **calls),
    ):
        switch.trouble = trouble
        try:
            yield
        finally:
            switch.trouble = None
            trouble.end()


_CALLS = [
    name
    for name in ("fsync", "replace", "rename", "link", "mkdir", "sendfile")
    if hasattr(os, name)
]


def _failing(trouble: Trouble, name: str) -> Callable[..., Any]:
    real = getattr(os, name)

    def call(*arguments: Any, **options: Any) -> Any:
        if name == "rename" and Path(arguments[0]) in {trouble.folder, trouble.away}:
            return real(*arguments, **options)
        trouble.check(arguments[-1])
        return real(*arguments, **options)

    return call


def _made_low(trouble: Trouble) -> Callable[..., int]:
    real = os.open

    def opened(path: Any, flags: int, *more: Any, **options: Any) -> int:
        if flags & os.O_CREAT:
            trouble.check(path)
        return real(path, flags, *more, **options)

    return opened


def _opener(trouble: Trouble) -> Callable[..., Any]:
    real = io.open

    def opened(file: Any, mode: str = "r", buffering: int = -1, *more: Any, **options: Any) -> Any:
        plain = mode.replace("b", "").replace("t", "")
        if plain in {"r", "r+"}:
            return real(file, mode, buffering, *more, **options)
        if not isinstance(file, int):
            trouble.check(file)
        raw = _Raw(file, plain)
        raw.trouble = trouble
        if buffering == 0:
            return raw
        buffered = io.BufferedRandom(raw) if "+" in plain else io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(buffered, *more, **options)

    return opened
