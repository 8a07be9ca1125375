"""Evidence beside the backups: each content is kept once, under its SHA-256, for all visits."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from assessor.i18n import message
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.blobs import CHUNK, BlobSource
from assessor.storage.errors import MediumError, translated

_PREFIX = 2
"""Digits of the digest that name the folder a content lies in, so that no folder grows long."""

SETTLED = timedelta(days=1)
"""Younger files are never thinned out: another window may be about to refer to them."""


class EvidenceFolder:
    """The folder of shared evidence. Nothing in it is trusted without reading it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Return where a content lies, if it is there."""
        return self.root / sha256[:_PREFIX] / sha256

    def holds(self, sha256: str, size: int) -> bool:
        """Whether a content of that size is there; its bytes are not read."""
        try:
            return self.path(sha256).stat().st_size == size
        except OSError:
            return False

    def is_sound(self, sha256: str) -> bool:
        """Whether a content is there and its bytes have that digest; reads all of it."""
        try:
            return digest_of_file(self.path(sha256)) == sha256
        except OSError:
            return False

    def put(self, sha256: str, data: bytes) -> None:
        """Keep a content and read it again; raises `StorageError` when it could not be kept."""
        path = self.path(sha256)
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with aside(path) as draft:
                draft.write_bytes(data)
                if digest_of_file(draft) != sha256:
                    raise MediumError(message("storage.written_wrongly", path=str(path)))
                put_in_place(draft, path)

    def use(self, sha256: str) -> None:
        """Note that a content is referred to anew, so that nobody thins it out meanwhile."""
        with suppress(OSError):
            os.utime(self.path(sha256))

    def source(self, sha256: str, size: int, media_type: str, name: str) -> BlobSource:
        """Return a content to be stored in a visit; storing it checks the bytes."""
        path = self.path(sha256)
        return BlobSource(sha256, size, media_type, name, lambda: path.open("rb"))

    def drop(self, digests: Iterable[str], now: datetime) -> int:
        """Drop those contents that have not been used for a day; return how many went."""
        return sum(_dropped(self.path(sha256), now) for sha256 in digests)

    def drop_remains(self, now: datetime) -> int:
        """Drop what interrupted backups left half-written more than a day ago."""
        return sum(_dropped(path, now) for path in self._remains())

    def _remains(self) -> Iterator[Path]:
        yield from self.root.glob(f"{'?' * _PREFIX}/.*.part")


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file; raises `OSError`."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _dropped(path: Path, now: datetime) -> bool:
    try:
        if now.timestamp() - path.stat().st_mtime < SETTLED.total_seconds():
            return False
        path.unlink()
    except OSError:
        return False
    return True
