"""One way to write data down, so that the same content always has the same digest.

Canonical JSON here is: UTF-8, keys sorted, no spaces, no floats (decimals travel as strings), no
NaN. Two files that differ only in layout or key order have the same canonical form.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence


def canonical_json(value: object) -> str:
    """Return the canonical JSON text of `value` (dicts, sequences, str, int, bool, None).

    Raises `TypeError` for a float or any other type: a float would make the digest depend on how a
    machine prints it.
    """
    return json.dumps(
        _checked(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest_of(value: object) -> str:
    """Return the SHA-256 of the canonical JSON of `value`, 64 lower-case hex digits."""
    return digest_of_bytes(canonical_json(value).encode("utf-8"))


def digest_of_bytes(data: bytes) -> str:
    """Return the SHA-256 of `data`, 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def _checked(value: object) -> object:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Mapping):
        return {_key(key): _checked(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_checked(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("keys of canonical JSON are strings")
    return key
