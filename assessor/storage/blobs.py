"""The bytes of evidence inside the file, found by their SHA-256, moved in pieces.

A piece of evidence never stands in memory as a whole while it is stored, and its size or media
type can be asked without touching its bytes.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assessor.canonical import digest_of_bytes
from assessor.i18n import message
from assessor.storage.errors import DamagedError, StorageError

CHUNK = 1024 * 1024
"""Bytes held in memory at a time."""


@dataclass(frozen=True)
class BlobSource:
    """Bytes to be stored: their digest, how many, what they are, and how to read them again."""

    sha256: str
    size: int
    media_type: str
    name: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class StoredBlob:
    """What is known of stored bytes without reading them."""

    size: int
    media_type: str


class ChangedError(StorageError):
    """A file was changed between being looked at and being stored."""


def source_of_bytes(data: bytes, media_type: str, name: str) -> BlobSource:
    """Return a source for bytes that are in memory already, such as a drawn picture."""
    return BlobSource(digest_of_bytes(data), len(data), media_type, name, lambda: io.BytesIO(data))


def write_blob(connection: sqlite3.Connection, source: BlobSource) -> bool:
    """Store the bytes inside the present transaction; False when they are there already.

    Raises `ChangedError` when what is read now is not what was announced.
    """
    known = "SELECT 1 FROM blob WHERE sha256 = ?"
    if connection.execute(known, (source.sha256,)).fetchone():
        return False
    row = connection.execute(
        "INSERT INTO blob (sha256, size, media_type, bytes) VALUES (?, ?, ?, zeroblob(?))",
        (source.sha256, source.size, source.media_type, source.size),
    ).lastrowid
    digest = hashlib.sha256()
    left = source.size
    with source.open() as file, connection.blobopen("blob", "bytes", row or 0) as target:
        while chunk := file.read(min(CHUNK, left)):
            digest.update(chunk)
            target.write(chunk)
            left -= len(chunk)
        longer = file.read(1) != b""
    if left or longer or digest.hexdigest() != source.sha256:
        raise ChangedError(message("storage.changed_meanwhile", name=source.name))
    return True


def blob_chunks(connection: sqlite3.Connection, sha256: str) -> Iterator[bytes]:
    """Yield stored bytes piece by piece; raises `KeyError` when there are none."""
    found = connection.execute("SELECT rowid FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    if found is None:
        raise KeyError(sha256)
    with connection.blobopen("blob", "bytes", found[0], readonly=True) as blob:
        while chunk := blob.read(CHUNK):
            yield chunk


def read_blob(connection: sqlite3.Connection, path: Path, sha256: str) -> bytes:
    """Return stored bytes, checked against their digest.

    Raises `KeyError` when there are none, `DamagedError` when they are not what was stored.
    """
    data = b"".join(blob_chunks(connection, sha256))
    if digest_of_bytes(data) != sha256:
        raise damaged_blob(path, sha256)
    return data


def is_sound(connection: sqlite3.Connection, sha256: str) -> bool:
    """Whether stored bytes still have their digest."""
    digest = hashlib.sha256()
    for chunk in blob_chunks(connection, sha256):
        digest.update(chunk)
    return digest.hexdigest() == sha256


def stored_blobs(connection: sqlite3.Connection) -> dict[str, StoredBlob]:
    """Return digest -> size and media type of everything stored."""
    rows = connection.execute("SELECT sha256, size, media_type FROM blob")
    return {sha256: StoredBlob(size, media_type) for sha256, size, media_type in rows}


def damaged_blob(path: Path, name: str) -> DamagedError:
    """Return the error for evidence whose bytes are not those that were stored."""
    return DamagedError(message("storage.damaged_evidence", path=str(path), name=name))
