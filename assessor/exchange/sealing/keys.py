"""What closes and opens a sealed file: a passphrase, a pair of keys, a recovery code."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from assessor.errors import AssessorError
from assessor.exchange.signature import key_id
from assessor.i18n import message

SEALING_ALGORITHM: Final = "x25519"
SHORTEST_PASSPHRASE: Final = 10
_PREFIX = f"{SEALING_ALGORITHM}:"
_PUBLIC = re.compile(rf"{_PREFIX}([0-9a-f]{{64}})", re.ASCII)
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread."""
_MISREAD: Final = str.maketrans("ILO", "110")
_CODE_LETTERS, _CHECK_LETTERS, _GROUP = 28, 2, 5


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Words a person knows. Letters typed in different ways that look alike count as the same."""

    words: str = field(repr=False)

    def to_bytes(self) -> bytes:
        """Return the bytes the key is derived from."""
        return unicodedata.normalize("NFKC", self.words).encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """A printed code of 140 random bits and ten check bits, thirty letters in groups of five."""

    letters: str = field(repr=False)

    def shown(self) -> str:
        """Return the code as it is printed."""
        groups = range(0, len(self.letters), _GROUP)
        return "-".join(self.letters[at : at + _GROUP] for at in groups)

    def to_bytes(self) -> bytes:
        """Return the bytes the key is derived from."""
        return self.letters.encode("ascii")


@dataclass(frozen=True, slots=True)
class PublicSealingKey:
    """The public half of a pair: closes files only its owner can open; 32 bytes."""

    raw: bytes

    @property
    def text(self) -> str:
        """The key as it is written in files: `x25519:` and hex digits."""
        return _PREFIX + self.raw.hex()

    @property
    def key_id(self) -> str:
        """The fingerprint people compare."""
        return key_id(self.text)


@dataclass(frozen=True, slots=True)
class PrivateSealingKey:
    """The private half of a pair; 32 secret bytes."""

    raw: bytes = field(repr=False)

    def public(self) -> PublicSealingKey:
        """Return the public half."""
        private = X25519PrivateKey.from_private_bytes(self.raw)
        return PublicSealingKey(private.public_key().public_bytes_raw())

    def shared_with(self, public: bytes) -> bytes:
        """Return the secret shared with a public key; raises `ValueError` for a worthless one."""
        private = X25519PrivateKey.from_private_bytes(self.raw)
        return private.exchange(X25519PublicKey.from_public_bytes(public))


def new_sealing_key() -> PrivateSealingKey:
    """Return the private half of a new pair."""
    return PrivateSealingKey(X25519PrivateKey.generate().private_bytes_raw())


def public_sealing_key(words: str) -> PublicSealingKey:
    """Return the key written as `x25519:` and hex digits; raises `ValueError` for anything else."""
    found = _PUBLIC.fullmatch(words)
    if found is None:
        raise ValueError("not an X25519 public key")
    return PublicSealingKey(bytes.fromhex(found[1]))


def chosen_passphrase(words: str) -> Passphrase:
    """Return a new passphrase; raises `AssessorError` for one that is too short."""
    if len(words.strip()) < SHORTEST_PASSPHRASE:
        raise AssessorError(message("sealing.short_passphrase", least=SHORTEST_PASSPHRASE))
    return Passphrase(words)


def new_recovery_code() -> RecoveryCode:
    """Return a new random code."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LETTERS))
    return RecoveryCode(letters + _check(letters))


def typed_recovery_code(words: str) -> RecoveryCode:
    """Return the code somebody typed off a sheet: case, dashes and misread letters do not matter.

    Raises `AssessorError` when letters are missing or the check letters do not fit.
    """
    letters = re.sub(r"[\s-]", "", words).upper().translate(_MISREAD)
    body, check = letters[:_CODE_LETTERS], letters[_CODE_LETTERS:]
    if not set(letters) <= set(_LETTERS) or check != _check(body):
        raise AssessorError(message("sealing.mistyped_code"))
    return RecoveryCode(letters)


def _check(letters: str) -> str:
    number = int.from_bytes(hashlib.sha256(letters.encode("utf-8")).digest()[:2])
    return _LETTERS[number >> 5 & 31] + _LETTERS[number & 31]
