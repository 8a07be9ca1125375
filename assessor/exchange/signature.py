"""The tamper check of an export: an Ed25519 signature over its data, and what it proves.

Whoever holds the private key of an installation made the data exactly as they are. Nobody vouches
for who that is: a key becomes somebody's by being enrolled under a name. This is a tamper check and
never an electronic signature in the sense of the law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from assessor.canonical import digest_of_bytes
from assessor.i18n import Message, message

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM: Final = "ed25519"
SM3_KIND: Final = "sm3:"
SEED_BYTES: Final = 32

Verdict = Literal["enrolled", "replaced", "unknown", "altered", "unsigned"]
"""What came of the tamper check: valid and the key is enrolled; the same, but its owner took
another key since; valid with a key nobody enrolled; not the data that were signed; nothing there.
"""

_STATEMENT = "assessor signature v1"
_SUCCESSION = "assessor key replaced v1"
_PREFIX = f"{ALGORITHM}:"
_PUBLIC = re.compile(rf"{_PREFIX}([0-9a-f]{{64}})", re.ASCII)
_SIGNATURE = re.compile(rf"{_PREFIX}([0-9a-f]{{128}})", re.ASCII)
_PRINTED = re.compile(rf"{_PREFIX}(?:[0-9a-f]{{128}}|[0-9a-f]{{64}})", re.ASCII)
_ID_DIGITS, _ID_GROUP = 32, 4


@dataclass(frozen=True, slots=True)
class Digests:
    """The digests of a canonical text, 64 lower-case hex digits each."""

    sha256: str
    sm3: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as it stands in an export: three short texts, none of which looks like a number.

    `signature` and `public_key` are `ed25519:` and hex digits; `key_id` is the key's fingerprint.
    """

    signature: str
    public_key: str
    key_id: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.signature or self.public_key or self.key_id)


UNSIGNED: Final = Signed("", "", "")


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A public key (`ed25519:` and hex) that was enrolled under a name.

    `made_at` and `replaced_at` are when its owner made it and took another one, as they say
    themselves (ISO 8601); the latter is empty for a key in use.
    """

    name: str
    public_key: str
    made_at: str = ""
    replaced_at: str = ""


Sign = Callable[[Digests], Signed]
"""Signs an export, or returns `UNSIGNED`."""

KnownKeys = Mapping[str, KnownKey]
"""The enrolled keys by their fingerprint."""


@dataclass(frozen=True, slots=True)
class TamperCheck:
    """What came of checking a signature.

    `key_id` is the fingerprint of the key that signed, `name` whom it is enrolled for, `made_at`
    and `replaced_at` the time it was used in, `reason` why an altered one is. `over` is the digest
    of the data that were signed, where a file names others than it was held against. Each is empty
    where there is none.
    """

    verdict: Verdict
    key_id: str = ""
    name: str = ""
    reason: Message | None = None
    made_at: str = ""
    replaced_at: str = ""
    over: str = ""


NOT_SIGNED: Final = TamperCheck("unsigned")


class Signer:
    """Signs with one private key, which it never shows."""

    def __init__(self, seed: bytes) -> None:
        """Take the 32 secret bytes of a key; raises `ValueError` for another number of them."""
        self._key = _private(seed)
        self.public_key = _PREFIX + self._key.public_key().public_bytes_raw().hex()
        self.key_id = key_id(self.public_key)

    def sign(self, digests: Digests) -> Signed:
        """Return the signature over the digests of a canonical text; equal ones have an equal
        one."""
        signature = self._key.sign(statement(digests))
        return Signed(_PREFIX + signature.hex(), self.public_key, self.key_id)

    def give_way(self, to: str, at: str) -> str:
        """Return this key's signature over its being replaced by the public key `to` at a time."""
        return _PREFIX + self._key.sign(_succession(self.public_key, to, at)).hex()


def new_seed() -> bytes:
    """Return the secret of a new key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 (when used)
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.generate().private_bytes_raw()


def digests_of(payload_text: str) -> Digests:
    """Return both digests of a canonical text."""
    data = payload_text.encode("utf-8", "surrogatepass")
    return Digests(digest_of_bytes(data), sm3_of_bytes(data))


def sm3_of_bytes(data: bytes) -> str:
    """Return the SM3 digest (GB/T 32905) of `data`, 64 lower-case hex digits."""
    from cryptography.hazmat.primitives.hashes import SM3, Hash  # noqa: PLC0415 (when used)

    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()


def statement(digests: Digests) -> bytes:
    """Return the bytes that are signed: what this is, and both digests of the data."""
    lines = (_STATEMENT, f"sha256:{digests.sha256}", f"{SM3_KIND}{digests.sm3}")
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def key_id(public_key: str) -> str:
    """Return the fingerprint of a public key: 128 bits of its SHA-256 in groups of four digits.

    With its dashes no program takes it for a number, even where all digits are decimal.
    """
    digits = digest_of_bytes(public_key.encode("utf-8"))[:_ID_DIGITS]
    return "-".join(digits[at : at + _ID_GROUP] for at in range(0, _ID_DIGITS, _ID_GROUP))


def signed_in(words: str) -> Signed:
    """Return the signature printed in the words of a report, white space taken out before."""
    values = [found[0] for found in _PRINTED.finditer(words)]
    signature = next((value for value in values if _SIGNATURE.fullmatch(value)), "")
    public = next((value for value in values if _PUBLIC.fullmatch(value)), "")
    return Signed(signature, public, key_id(public)) if signature and public else UNSIGNED


def is_public_key(words: str) -> bool:
    """Whether `words` can be the public key of a signature."""
    return _PUBLIC.fullmatch(words) is not None


def tamper_check(payload_text: str, signed: Signed, known: KnownKeys) -> TamperCheck:
    """Check what stands in the place of a signature against a payload's canonical text."""
    if signed.blank:
        return NOT_SIGNED
    return _judged(signed, known, [digests_of(payload_text)])


def named_data_check(
    sha256: str, sm3: Iterable[str], signed: Signed, known: KnownKeys
) -> TamperCheck:
    """Check a signature against the digest of data that are not at hand.

    `sm3` are what may be their other digest: only the right one goes together with the signature.
    """
    if signed.blank:
        return NOT_SIGNED
    return replace(_judged(signed, known, [Digests(sha256, one) for one in sm3]), over=sha256)


def gives_way(public_key: str, to: str, at: str, signature: str) -> bool:
    """Whether the holder of a key signed that it is replaced by another one at a time."""
    public, mark = _PUBLIC.fullmatch(public_key), _SIGNATURE.fullmatch(signature)
    if public is None or mark is None:
        return False
    subject = _succession(public_key, to, at)
    return _holds(bytes.fromhex(public[1]), bytes.fromhex(mark[1]), subject)


def _succession(public_key: str, to: str, at: str) -> bytes:
    lines = (_SUCCESSION, f"from:{public_key}", f"to:{to}", f"at:{at}")
    return "".join(f"{line}\n" for line in lines).encode()


def _judged(signed: Signed, known: KnownKeys, candidates: Sequence[Digests]) -> TamperCheck:
    fault = _fault(signed, candidates)
    if fault is not None:
        return TamperCheck("altered", signed.key_id, reason=fault)
    found = known.get(signed.key_id)
    if found is None or found.public_key != signed.public_key:
        return TamperCheck("unknown", signed.key_id)
    verdict: Verdict = "replaced" if found.replaced_at else "enrolled"
    used = (found.made_at, found.replaced_at)
    return TamperCheck(verdict, signed.key_id, found.name, None, *used)


def _fault(signed: Signed, candidates: Sequence[Digests]) -> Message | None:
    public, signature = _PUBLIC.fullmatch(signed.public_key), _SIGNATURE.fullmatch(signed.signature)
    if public is None or signature is None:
        return message("verify.signature_incomplete")
    if signed.key_id != key_id(signed.public_key):
        return message("verify.signature_other_key")
    key, mark = bytes.fromhex(public[1]), bytes.fromhex(signature[1])
    if not any(_holds(key, mark, statement(digests)) for digests in candidates):
        return message("verify.signature_wrong")
    return None


def _holds(public: bytes, signature: bytes, subject: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 (when used)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 (when used)
        Ed25519PublicKey,
    )

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, subject)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(seed: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 (when used)
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.from_private_bytes(seed)
