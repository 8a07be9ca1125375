"""No change of a sealed file ever yields plaintext, or anything but words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.exchange.sealing import (
    Key,
    Passphrase,
    SealError,
    Work,
    new_recovery_code,
    new_sealing_key,
    seal_bytes,
    unseal_bytes,
)

PLAIN = b"evidence"
WORDS, KEY, CODE = Passphrase("correct horse battery"), new_sealing_key(), new_recovery_code()
SEALED = seal_bytes(PLAIN, [WORDS, KEY.public(), CODE], Work(8, 1, 1))


def refused(sealed: bytes, key: Key) -> SealError:
    with pytest.raises(SealError) as refusal:
        unseal_bytes(sealed, key)
    for language in ("zh", "en"):
        assert refusal.value.text(language)
    return refusal.value


def test_a_flipped_bit_of_any_byte_is_refused() -> None:
    for at in range(len(SEALED)):
        flipped = bytearray(SEALED)
        flipped[at] ^= 1 << at % 8
        refused(bytes(flipped), KEY)


@given(st.integers(0, len(SEALED)), st.integers(0, 40), st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_piece_put_in_place_of_another_is_refused(at: int, size: int, new: bytes) -> None:
    changed = SEALED[:at] + new + SEALED[at + size :]
    if changed == SEALED:
        assert unseal_bytes(changed, KEY) == PLAIN
        return
    for key in (KEY, CODE, WORDS):
        refused(changed, key)


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_bytes_of_any_kind_are_refused(data: bytes) -> None:
    refused(data, KEY)
    refused(b"ASSESSOR-SEALED\n" + data, KEY)


@given(st.binary(max_size=300))
@settings(max_examples=30, deadline=None)
def test_any_content_comes_back(content: bytes) -> None:
    assert unseal_bytes(seal_bytes(content, [KEY.public()]), KEY) == content
