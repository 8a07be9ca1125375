"""Signatures: what is signed, known answers of the primitives, and every way to tamper with one."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from assessor.exchange.signature import (
    NOT_SIGNED,
    UNSIGNED,
    KnownKey,
    Signed,
    Signer,
    digests_of,
    is_public_key,
    key_id,
    new_seed,
    signed_in,
    sm3_of_bytes,
    statement,
    tamper_check,
)

TEXT = '{"a":"甲"}'
SIGNER, OTHER = Signer(bytes(range(32))), Signer(bytes(32))
SIGNED = SIGNER.sign(digests_of(TEXT))
KNOWN = {SIGNER.key_id: KnownKey("甬江评估所", SIGNER.public_key)}


def test_sm3_is_that_of_the_standard() -> None:
    """GB/T 32905-2016, appendix A."""
    assert sm3_of_bytes(b"abc") == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert sm3_of_bytes(b"abcd" * 16) == (
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


def test_keys_are_those_of_rfc_8032() -> None:
    """Section 7.1, test 1."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert Signer(seed).public_key == (
        "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )


def test_both_digests_are_signed() -> None:
    data = TEXT.encode()
    expected = (
        f"assessor signature v1\nsha256:{sha256(data).hexdigest()}\nsm3:{sm3_of_bytes(data)}\n"
    )
    assert statement(digests_of(TEXT)) == expected.encode()


def test_an_enrolled_key_is_told_by_its_name() -> None:
    found = tamper_check(TEXT, SIGNED, KNOWN)
    assert (found.verdict, found.key_id, found.name) == ("enrolled", SIGNER.key_id, "甬江评估所")


def test_a_key_nobody_enrolled_is_valid_and_unknown() -> None:
    found = tamper_check(TEXT, SIGNED, {})
    assert (found.verdict, found.key_id, found.name) == ("unknown", SIGNER.key_id, "")
    # The list has another key under this fingerprint: not the one that signed.
    forged = {SIGNER.key_id: KnownKey("甬江评估所", OTHER.public_key)}
    assert tamper_check(TEXT, SIGNED, forged).verdict == "unknown"


def test_nothing_there_is_unsigned() -> None:
    assert tamper_check(TEXT, UNSIGNED, KNOWN) == NOT_SIGNED


@pytest.mark.parametrize(
    ("text", "signed", "reason"),
    [
        (TEXT + " ", SIGNED, "wrong"),
        (TEXT, OTHER.sign(digests_of("{}")), "wrong"),
        (TEXT, replace(SIGNED, signature=SIGNER.sign(digests_of("{}")).signature), "wrong"),
        (TEXT, replace(SIGNED, signature=OTHER.sign(digests_of(TEXT)).signature), "wrong"),
        (TEXT, replace(SIGNED, public_key=OTHER.public_key), "other_key"),
        (TEXT, replace(SIGNED, public_key=OTHER.public_key, key_id=OTHER.key_id), "wrong"),
        (TEXT, replace(SIGNED, key_id=OTHER.key_id), "other_key"),
        (TEXT, replace(SIGNED, signature=""), "incomplete"),
        (TEXT, replace(SIGNED, public_key=""), "incomplete"),
        (TEXT, replace(SIGNED, key_id=""), "other_key"),
        (TEXT, replace(SIGNED, signature=SIGNED.signature[:-1]), "incomplete"),
        (TEXT, replace(SIGNED, signature="ed25519:" + "0" * 128), "wrong"),
        (TEXT, replace(SIGNED, signature=SIGNED.signature.upper()), "incomplete"),
        (TEXT, Signed("x", "", ""), "incomplete"),
    ],
)
def test_every_change_is_altered_and_says_why(text: str, signed: Signed, reason: str) -> None:
    found = tamper_check(text, signed, KNOWN)
    assert found.verdict == "altered"
    assert found.reason is not None
    assert found.reason.key == f"verify.signature_{reason}"


def test_a_signature_is_read_off_the_words_of_a_page() -> None:
    words = f"Key{SIGNED.key_id}Public{SIGNED.public_key}Signature{SIGNED.signature}data"
    assert signed_in(words) == SIGNED
    assert signed_in("nothing of the kind") == UNSIGNED
    assert signed_in(SIGNED.public_key) == UNSIGNED


def test_nothing_in_a_cell_looks_like_a_number() -> None:
    for cell in (SIGNED.signature, SIGNED.public_key, SIGNED.key_id):
        with pytest.raises(ValueError, match="convert"):
            float(cell)
    assert key_id("").count("-") == 7


def test_seeds_are_new_each_time_and_keys_are_recognised() -> None:
    assert new_seed() != new_seed()
    assert is_public_key(SIGNER.public_key)
    assert not is_public_key("ed25519:00")
    assert repr(SIGNER) == object.__repr__(SIGNER)
