"""Wrapping the key of a file for each way to open it, and getting it out again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assessor.exchange.sealing.header import (
    Header,
    KeySlot,
    PassphraseSlot,
    RecoverySlot,
    Slot,
)
from assessor.exchange.sealing.keys import (
    Passphrase,
    PrivateSealingKey,
    PublicSealingKey,
    RecoveryCode,
    new_sealing_key,
)
from assessor.exchange.sealing.refusals import SealError, WrongKeyError
from assessor.i18n import message

Lock = Passphrase | PublicSealingKey | RecoveryCode
"""What closes a file."""
Key = Passphrase | PrivateSealingKey | RecoveryCode
"""What opens a file."""

KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_ONLY_ONCE: Final = bytes(12)
"""The nonce of a wrapping key, which is used for one message and never again."""


@dataclass(frozen=True, slots=True)
class Work:
    """How much work a guess at a passphrase costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


STANDARD: Final = Work(memory_kib=128 * 1024, passes=3, lanes=4)
"""Twice the memory of RFC 9106's second recommendation; about half a second on an office PC."""


def derived(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """Return the 32 bytes for one purpose made of a secret that cannot be guessed."""
    info = f"assessor sealing v1 {purpose}".encode("ascii")
    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(secret)


def closed(lock: Lock, file_key: bytes, work: Work) -> Slot:
    """Return a slot from which `lock`'s counterpart gets the key of the file."""
    if isinstance(lock, PublicSealingKey):
        return _closed_to_key(lock, file_key)
    salt = secrets.token_bytes(_SALT_BYTES)
    if isinstance(lock, RecoveryCode):
        wrapped = _wrapped(derived(lock.to_bytes(), "recovery", salt), file_key)
        return RecoverySlot(salt=salt.hex(), wrapped=wrapped)
    wrapped = _wrapped(_stretched(lock, salt, work), file_key)
    return PassphraseSlot(
        salt=salt.hex(),
        memory_kib=work.memory_kib,
        passes=work.passes,
        lanes=work.lanes,
        wrapped=wrapped,
    )


def _closed_to_key(lock: PublicSealingKey, file_key: bytes) -> KeySlot:
    once = new_sealing_key()
    ephemeral = once.public().raw
    try:
        secret = once.shared_with(lock.raw)
    except ValueError:
        raise SealError(message("sealing.worthless_key", key=lock.key_id)) from None
    wrapping = _shared(secret, ephemeral, lock.raw)
    wrapped = _wrapped(wrapping, file_key)
    return KeySlot(key_id=lock.key_id, ephemeral=ephemeral.hex(), wrapped=wrapped)


def opened(header: Header, key: Key) -> bytes:
    """Return the key of the file; raises `WrongKeyError` when `key` does not open it."""
    for wrapping, wrapped in _tries(key, header):
        try:
            return AESGCM(wrapping).decrypt(_ONLY_ONCE, bytes.fromhex(wrapped), None)
        except InvalidTag:
            continue
    raise _refusal(key, header)


def _tries(key: Key, header: Header) -> Iterator[tuple[bytes, str]]:
    """Yield the wrapping keys that `key` gives, each with what it should unwrap."""
    if isinstance(key, Passphrase):
        return _with_passphrase(key, header)
    if isinstance(key, RecoveryCode):
        return _with_code(key, header)
    return _with_private_key(key, header)


def _with_passphrase(key: Passphrase, header: Header) -> Iterator[tuple[bytes, str]]:
    for slot in header.passphrase_slots():
        work = Work(slot.memory_kib, slot.passes, slot.lanes)
        yield _stretched(key, bytes.fromhex(slot.salt), work), slot.wrapped


def _with_code(key: RecoveryCode, header: Header) -> Iterator[tuple[bytes, str]]:
    for slot in header.recovery_slots():
        yield derived(key.to_bytes(), "recovery", bytes.fromhex(slot.salt)), slot.wrapped


def _with_private_key(key: PrivateSealingKey, header: Header) -> Iterator[tuple[bytes, str]]:
    public = key.public()
    for slot in header.key_slots():
        if slot.key_id != public.key_id:
            continue
        ephemeral = bytes.fromhex(slot.ephemeral)
        try:
            shared = key.shared_with(ephemeral)
        except ValueError:
            continue
        yield _shared(shared, ephemeral, public.raw), slot.wrapped


def _refusal(key: Key, header: Header) -> WrongKeyError:
    if isinstance(key, PrivateSealingKey):
        wanted = ", ".join(slot.key_id for slot in header.key_slots()) or "-"
        own = key.public().key_id
        return WrongKeyError(message("sealing.wrong_key", wanted=wanted, own=own))
    if isinstance(key, RecoveryCode):
        return WrongKeyError(message("sealing.wrong_code"))
    known = "wrong_passphrase" if header.passphrase_slots() else "no_passphrase"
    return WrongKeyError(message(f"sealing.{known}"))


def _stretched(passphrase: Passphrase, salt: bytes, work: Work) -> bytes:
    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=work.passes,
        lanes=work.lanes,
        memory_cost=max(work.memory_kib, 8 * work.lanes),
    )
    try:
        return kdf.derive(passphrase.to_bytes())
    except MemoryError:
        said = message("sealing.no_memory", megabytes=work.memory_kib // 1024)
        raise SealError(said) from None


def _shared(secret: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    return derived(secret, "key", ephemeral + recipient)


def _wrapped(wrapping: bytes, file_key: bytes) -> str:
    return AESGCM(wrapping).encrypt(_ONLY_ONCE, file_key, None).hex()
