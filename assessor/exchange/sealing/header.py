"""The head of a sealed file: who can open it, how large it is, and proof that it is whole.

    ASSESSOR-SEALED            16 bytes with the line end
    length of the next part    4 bytes, big-endian
    JSON                       version, size of the content, one slot for each way to open it
    HMAC-SHA256 of all above   32 bytes, with a key that only who can open the file has
    SHA-256 of all above       32 bytes, so that damage is not taken for a wrong key

Each slot wraps the same random key of the file.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, BinaryIO, Final, Literal

from pydantic import Field, StringConstraints, ValidationError

from assessor.canonical import canonical_json
from assessor.exchange.sealing.refusals import DamagedSealError, NotSealedError, TruncatedError
from assessor.i18n import message
from assessor.rubrics.base import Model

MAGIC: Final = b"ASSESSOR-SEALED\n"
FORMAT_VERSION: Final = 1
CHUNK: Final = 64 * 1024
TAG: Final = 16
"""Bytes that each chunk grows by."""
DIGEST: Final = 32
LONGEST: Final = 16 * 1024
"""Bytes of the JSON part; what claims more is no head of ours."""
LARGEST_CONTENT: Final = 1 << 48
MOST_MEMORY_KIB: Final = 1 << 20
MOST_PASSES: Final = 16
MOST_LANES: Final = 16
_COUNT: Final = 4

Salt = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Wrapped = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{96}$")]
"""A key of 32 bytes and its tag, encrypted."""
PublicHex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class PassphraseSlot(Model):
    """Opened with a passphrase through Argon2id; `memory_kib` in KiB."""

    kind: Literal["passphrase"] = "passphrase"
    salt: Salt
    memory_kib: Annotated[int, Field(ge=8, le=MOST_MEMORY_KIB)]
    passes: Annotated[int, Field(ge=1, le=MOST_PASSES)]
    lanes: Annotated[int, Field(ge=1, le=MOST_LANES)]
    wrapped: Wrapped


class KeySlot(Model):
    """Opened with the private X25519 key whose fingerprint is `key_id`."""

    kind: Literal["key"] = "key"
    key_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{4}(-[0-9a-f]{4}){7}$")]
    ephemeral: PublicHex
    wrapped: Wrapped


class RecoverySlot(Model):
    """Opened with the printed recovery code."""

    kind: Literal["recovery"] = "recovery"
    salt: Salt
    wrapped: Wrapped


Slot = Annotated[PassphraseSlot | KeySlot | RecoverySlot, Field(discriminator="kind")]


class Header(Model):
    """What stands in the JSON part; `size` is that of the content in bytes."""

    version: Literal[1] = FORMAT_VERSION
    size: Annotated[int, Field(ge=0, le=LARGEST_CONTENT)]
    slots: Annotated[tuple[Slot, ...], Field(min_length=1, max_length=8)]

    def passphrase_slots(self) -> tuple[PassphraseSlot, ...]:
        """Return the slots a passphrase may open; the first only, as each costs time."""
        return tuple(slot for slot in self.slots if isinstance(slot, PassphraseSlot))[:1]

    def key_slots(self) -> tuple[KeySlot, ...]:
        """Return the slots private keys open."""
        return tuple(slot for slot in self.slots if isinstance(slot, KeySlot))

    def recovery_slots(self) -> tuple[RecoverySlot, ...]:
        """Return the slots recovery codes open."""
        return tuple(slot for slot in self.slots if isinstance(slot, RecoverySlot))

    def sealed_size(self, head: int) -> int:
        """Return how large the whole file must be when its head has `head` bytes."""
        return head + self.size + TAG * chunk_count(self.size)


def chunk_count(size: int) -> int:
    """Return the number of chunks of a content; an empty one has one."""
    return max(1, -(-size // CHUNK))


def encoded(header: Header) -> bytes:
    """Return the head up to the JSON part, the part the HMAC is taken of."""
    data = canonical_json(header.model_dump(mode="json")).encode("ascii")
    return MAGIC + len(data).to_bytes(_COUNT) + data


def checksum(head: bytes) -> bytes:
    """Return the digest that closes a head."""
    return hashlib.sha256(head).digest()


def read_header(source: BinaryIO) -> tuple[Header, bytes, bytes]:
    """Read a head: what it says, the bytes its HMAC is of, and that HMAC.

    Raises `NotSealedError`, `TruncatedError` or `DamagedSealError`.
    """
    start = source.read(len(MAGIC) + _COUNT)
    if not start.startswith(MAGIC):
        raise NotSealedError(message("sealing.not_sealed"))
    length = int.from_bytes(start[len(MAGIC) :])
    if len(start) == len(MAGIC) + _COUNT and length > LONGEST:
        raise DamagedSealError(message("sealing.damaged_head"))
    rest = source.read(length + 2 * DIGEST)
    if len(start) < len(MAGIC) + _COUNT or len(rest) < length + 2 * DIGEST:
        raise TruncatedError(message("sealing.truncated"))
    text, mac, digest = rest[:length], rest[length:-DIGEST], rest[-DIGEST:]
    if checksum(start + text + mac) != digest:
        raise DamagedSealError(message("sealing.damaged_head"))
    return _parsed(text), start + text, mac


def _parsed(text: bytes) -> Header:
    try:
        return Header.model_validate_json(text)
    except ValidationError:
        # The digest is right, so this was written so: by a later version, or by nobody honest.
        raise DamagedSealError(message("sealing.unknown_head")) from None
