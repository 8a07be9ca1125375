"""Sealing and unsealing a stream: AES-256-GCM in chunks of 64 KiB, in flat memory.

The STREAM construction: the nonce of a chunk is its number and whether it is the last one, so that
no chunk can be left out, repeated, moved or cut off without being found.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assessor.exchange.sealing.header import (
    CHUNK,
    DIGEST,
    TAG,
    Header,
    checksum,
    chunk_count,
    encoded,
    read_header,
)
from assessor.exchange.sealing.refusals import DamagedSealError, SealError, TruncatedError
from assessor.exchange.sealing.slots import KEY_BYTES, STANDARD, Key, Lock, Work, closed, derived
from assessor.exchange.sealing.slots import opened as key_of
from assessor.i18n import message

Step = Callable[[int, int], None]
"""Told how many bytes of how many are done; what it raises ends the work."""

_NUMBER_BYTES: Final = 11
_LAST, _MORE = b"\x01", b"\x00"


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows whether sealed bytes hold what was sealed: the key of the file, and a digest."""

    file_key: bytes = field(repr=False)
    sha256: bytes


def no_step(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


def seal_stream(
    source: BinaryIO,
    size: int,
    target: BinaryIO,
    locks: Sequence[Lock],
    work: Work = STANDARD,
    step: Step = no_step,
) -> Proof:
    """Write `source`, which has `size` bytes, sealed to `target`; any one of `locks` opens it.

    What it returns shows later whether the sealed bytes are as they were written. Raises
    `SealError` when `source` turns out longer or shorter.
    """
    file_key = secrets.token_bytes(KEY_BYTES)
    header = Header(size=size, slots=tuple(closed(lock, file_key, work) for lock in locks))
    head = encoded(header)
    mac = _mac(file_key, head)
    target.write(head + mac + checksum(head + mac))
    cipher, digest = _cipher(file_key, head), hashlib.sha256()
    for nonce, length, done in _chunks(size):
        plain = source.read(length)
        digest.update(plain)
        if len(plain) != length:
            raise SealError(message("sealing.changed_meanwhile"))
        target.write(cipher.encrypt(nonce, plain, None))
        step(done, size)
    if source.read(1):
        raise SealError(message("sealing.changed_meanwhile"))
    return Proof(file_key, digest.digest())


def require_sealed(source: BinaryIO, sealed_size: int, proof: Proof, step: Step = no_step) -> None:
    """Raise `SealError` unless sealed bytes that were just written hold what was sealed."""
    header, head, _ = read_header(source)
    if sealed_size != header.sealed_size(len(head) + 2 * DIGEST):
        raise SealError(message("sealing.written_wrongly"))
    cipher, digest = _cipher(proof.file_key, head), hashlib.sha256()
    for nonce, length, done in _chunks(header.size):
        digest.update(_plain(cipher, nonce, source.read(length + TAG), done))
        step(done, header.size)
    if digest.digest() != proof.sha256:
        raise SealError(message("sealing.written_wrongly"))


def unseal_stream(
    source: BinaryIO, sealed_size: int, target: BinaryIO, key: Key, step: Step = no_step
) -> None:
    """Write the content of `source`, which has `sealed_size` bytes, to `target`.

    What was written is to be trusted only when this returns. Raises `NotSealedError`,
    `WrongKeyError`, `TruncatedError` or `DamagedSealError`.
    """
    header, head, mac = read_header(source)
    wanted = header.sealed_size(len(head) + 2 * DIGEST)
    if sealed_size != wanted:
        raise _wrong_size(sealed_size, wanted)
    file_key = key_of(header, key)
    if not hmac.compare_digest(mac, _mac(file_key, head)):
        raise DamagedSealError(message("sealing.damaged_head"))
    cipher = _cipher(file_key, head)
    for nonce, length, done in _chunks(header.size):
        target.write(_plain(cipher, nonce, source.read(length + TAG), done))
        step(done, header.size)


def _plain(cipher: AESGCM, nonce: bytes, sealed: bytes, done: int) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, None)
    except InvalidTag:
        number = int.from_bytes(nonce[:_NUMBER_BYTES]) + 1
        raise DamagedSealError(message("sealing.damaged_chunk", number=number, at=done)) from None


def _wrong_size(found: int, wanted: int) -> SealError:
    if found < wanted:
        return TruncatedError(message("sealing.cut_short", found=found, wanted=wanted))
    return DamagedSealError(message("sealing.too_long", found=found, wanted=wanted))


def _chunks(size: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield nonce and length of each chunk, and how many bytes are done with it."""
    count = chunk_count(size)
    for number in range(count):
        last = number == count - 1
        length = size - number * CHUNK if last else CHUNK
        nonce = number.to_bytes(_NUMBER_BYTES) + (_LAST if last else _MORE)
        yield nonce, length, number * CHUNK + length


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(derived(file_key, "head"), head, "sha256")


def _cipher(file_key: bytes, head: bytes) -> AESGCM:
    """Return the cipher of the content; it is another one for every head."""
    return AESGCM(derived(file_key, "content", checksum(head)))
