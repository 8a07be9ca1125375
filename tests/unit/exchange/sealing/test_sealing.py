"""Sealed files: what goes in comes out, for whoever may; everybody else gets a sentence."""

from __future__ import annotations

import io
import json
import os
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from assessor.errors import AssessorError
from assessor.exchange.sealing import (
    STANDARD,
    DamagedSealError,
    Key,
    NotSealedError,
    Passphrase,
    PrivateSealingKey,
    RecoveryCode,
    SealError,
    TruncatedError,
    Work,
    WrongKeyError,
    chosen_passphrase,
    header_of,
    new_recovery_code,
    new_sealing_key,
    public_sealing_key,
    seal_bytes,
    seal_file,
    typed_recovery_code,
    unseal_bytes,
    unseal_file,
)
from assessor.exchange.sealing.files import SUFFIX
from assessor.exchange.sealing.header import CHUNK, MAGIC, checksum, encoded, read_header
from assessor.exchange.sealing.slots import derived
from assessor.exchange.sealing.stream import require_sealed, seal_stream, unseal_stream

QUICK = Work(memory_kib=8, passes=1, lanes=1)
WORDS, OTHER_WORDS = Passphrase("correct horse battery"), Passphrase("wrong horse battery")
KEY, OTHER_KEY = new_sealing_key(), new_sealing_key()
CODE, OTHER_CODE = new_recovery_code(), new_recovery_code()
PLAIN = b"total 88.50"
SEALED = seal_bytes(PLAIN, [WORDS, KEY.public(), CODE], QUICK)
LARGE = os.urandom(2 * CHUNK + 5)
LARGE_SEALED = seal_bytes(LARGE, [WORDS], QUICK)
HEAD = len(LARGE_SEALED) - len(LARGE) - 3 * 16


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_any_length_comes_back(size: int) -> None:
    content = os.urandom(size)
    assert unseal_bytes(seal_bytes(content, [KEY.public()]), KEY) == content


@pytest.mark.parametrize("key", [WORDS, KEY, CODE], ids=["passphrase", "key", "code"])
def test_each_lock_opens_it(key: Key) -> None:
    assert unseal_bytes(SEALED, key) == PLAIN


@pytest.mark.parametrize(
    ("key", "said"),
    [(OTHER_WORDS, "wrong_passphrase"), (OTHER_KEY, "wrong_key"), (OTHER_CODE, "wrong_code")],
)
def test_a_wrong_key_is_called_one(key: Key, said: str) -> None:
    with pytest.raises(WrongKeyError) as refusal:
        unseal_bytes(SEALED, key)
    assert refusal.value.message.key == f"sealing.{said}"


def test_a_key_of_another_kind_is_told_what_is_wanted() -> None:
    only_key = seal_bytes(PLAIN, [KEY.public()])
    with pytest.raises(WrongKeyError) as refusal:
        unseal_bytes(only_key, WORDS)
    assert refusal.value.message.key == "sealing.no_passphrase"
    with pytest.raises(WrongKeyError, match=KEY.public().key_id):
        unseal_bytes(only_key, OTHER_KEY)


def test_wrong_key_truncation_and_damage_are_three_sentences() -> None:
    flipped = bytearray(SEALED)
    flipped[-1] ^= 1
    cases: list[tuple[bytes, Key, type[SealError]]] = [
        (SEALED, OTHER_WORDS, WrongKeyError),
        (SEALED[:-1], WORDS, TruncatedError),
        (bytes(flipped), WORDS, DamagedSealError),
    ]
    said = set()
    for sealed, key, kind in cases:
        with pytest.raises(kind) as refusal:
            unseal_bytes(sealed, key)
        said |= {refusal.value.text("zh"), refusal.value.text("en")}
    assert len(said) == 6


@pytest.mark.parametrize("length", range(0, len(SEALED), 7))
def test_every_cut_is_called_one(length: int) -> None:
    kind = NotSealedError if length < len(MAGIC) else TruncatedError
    with pytest.raises(kind):
        unseal_bytes(SEALED[:length], KEY)


def chunk(number: int) -> slice:
    start = HEAD + number * (CHUNK + 16)
    return slice(start, start + CHUNK + 16)


@pytest.mark.parametrize(
    ("name", "sealed", "kind"),
    [
        ("cut at a chunk", LARGE_SEALED[: chunk(2).start], TruncatedError),
        (
            "chunks swapped",
            LARGE_SEALED[:HEAD]
            + LARGE_SEALED[chunk(1)]
            + LARGE_SEALED[chunk(0)]
            + LARGE_SEALED[chunk(2)],
            DamagedSealError,
        ),
        (
            "chunk repeated",
            LARGE_SEALED[:HEAD]
            + LARGE_SEALED[chunk(0)]
            + LARGE_SEALED[chunk(0)]
            + LARGE_SEALED[chunk(2)],
            DamagedSealError,
        ),
        ("bytes behind", LARGE_SEALED + b"\0", DamagedSealError),
        ("a newline behind", SEALED + b"\r\n", DamagedSealError),
        ("another file's content", SEALED[:-27] + seal_bytes(PLAIN, [WORDS], QUICK)[-27:], None),
    ],
)
def test_chunks_cannot_be_moved_cut_off_or_added(
    name: str, sealed: bytes, kind: type[SealError] | None
) -> None:
    del name
    with pytest.raises(kind or DamagedSealError):
        unseal_bytes(sealed, WORDS)


def test_a_head_made_over_is_found_although_its_digest_fits() -> None:
    """Whoever changes the size and computes the digest anew still lacks the key of the HMAC."""
    header, head, mac = read_header(io.BytesIO(SEALED))
    body = SEALED[len(head) + 64 :]
    larger = encoded(header.model_copy(update={"slots": header.slots[:1]}))
    forged = larger + mac + checksum(larger + mac) + body
    with pytest.raises(DamagedSealError):
        unseal_bytes(forged, WORDS)


@pytest.mark.parametrize(
    "changes",
    [
        {"memory_kib": 1 << 30},
        {"passes": 1 << 20},
        {"lanes": 1 << 16},
        {"salt": "00"},
        {"wrapped": ""},
        {"kind": "rot13"},
    ],
)
def test_costs_without_measure_are_refused(changes: dict[str, object]) -> None:
    header, _, mac = read_header(io.BytesIO(SEALED))
    slot = {**header.slots[0].model_dump(), **changes}
    text = json.dumps({"version": 1, "size": 11, "slots": [slot]}).encode()
    head = MAGIC + len(text).to_bytes(4) + text
    with pytest.raises(DamagedSealError) as refusal:
        unseal_bytes(head + mac + checksum(head + mac), WORDS)
    assert refusal.value.message.key == "sealing.unknown_head"


def test_the_same_content_is_never_sealed_alike() -> None:
    assert len({seal_bytes(PLAIN, [KEY.public()])[-27:] for _ in range(8)}) == 8


def test_letters_that_look_alike_count_as_the_same_passphrase() -> None:
    sealed = seal_bytes(PLAIN, [Passphrase("ＡＢＣ１２３ café")], QUICK)
    assert unseal_bytes(sealed, Passphrase("ABC123 cafe\u0301")) == PLAIN


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(AssessorError, match="10"):
        chosen_passphrase("   short    ")
    assert chosen_passphrase("ten letters").words == "ten letters"


def test_a_recovery_code_survives_being_typed() -> None:
    typed = CODE.shown().lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert typed_recovery_code(typed) == CODE
    assert CODE.shown().count("-") == 5


def test_a_mistyped_recovery_code_is_found() -> None:
    letters = CODE.letters
    for at in range(len(letters)):
        other = "0" if letters[at] != "0" else "7"
        typed = letters[:at] + other + letters[at + 1 :]
        # Two check letters miss one mistake in a thousand; what is missed does not open the file.
        with suppress(AssessorError):
            assert typed_recovery_code(typed) != CODE
    for wrong in ("", letters[:-1], letters + "0", "U" * 30):
        with pytest.raises(AssessorError) as refusal:
            typed_recovery_code(wrong)
        assert refusal.value.message.key == "sealing.mistyped_code"


def test_secrets_are_not_shown() -> None:
    shown = repr([WORDS, KEY, CODE])
    assert "horse" not in shown
    assert KEY.raw.hex() not in shown
    assert repr(KEY.raw) not in shown
    assert CODE.letters not in shown


def test_public_keys_are_read_back() -> None:
    assert public_sealing_key(KEY.public().text) == KEY.public()
    with pytest.raises(ValueError, match="X25519"):
        public_sealing_key("x25519:00")


def test_a_worthless_public_key_opens_nothing() -> None:
    """A key of small order would make the shared secret zero for everybody."""
    worthless = public_sealing_key("x25519:" + "00" * 32)
    with pytest.raises(SealError) as refusal:
        seal_bytes(PLAIN, [worthless])
    assert refusal.value.message.key == "sealing.worthless_key"


# --- known answers --------------------------------------------------------------------------------


def test_argon2id_is_that_of_rfc_9106() -> None:
    """Section 5.3, through the library the slots use."""
    kdf = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    )
    assert kdf.derive(b"\x01" * 32).hex() == (
        "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    )


def test_x25519_is_that_of_rfc_7748() -> None:
    """Section 6.1."""
    alice = PrivateSealingKey(
        bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    )
    bob = bytes.fromhex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
    assert alice.public().raw.hex() == (
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
    )
    assert alice.shared_with(bob).hex() == (
        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
    )


def test_aes_gcm_is_that_of_the_standard() -> None:
    """The GCM specification's test case 14."""
    cipher = AESGCM(bytes(32))
    assert cipher.encrypt(bytes(12), bytes(16), None).hex() == (
        "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    )


def test_derived_keys_differ_by_purpose_and_salt() -> None:
    made = {derived(b"s" * 32, purpose, salt) for purpose in "ab" for salt in (b"", b"x")}
    assert len(made) == 4


def test_the_standard_work_is_what_the_documents_say() -> None:
    assert (STANDARD.memory_kib, STANDARD.passes, STANDARD.lanes) == (131072, 3, 4)


# --- files ----------------------------------------------------------------------------------------


def test_a_file_is_sealed_and_opened(tmp_path: Path) -> None:
    plain, sealed, back = (tmp_path / name for name in ("a.xlsx", f"a.xlsx{SUFFIX}", "b.xlsx"))
    plain.write_bytes(LARGE)
    steps: list[tuple[int, int]] = []
    seal_file(plain, sealed, [KEY.public()], step=lambda *step: steps.append(step))
    assert header_of(sealed).key_slots()[0].key_id == KEY.public().key_id
    written = (CHUNK, 2 * CHUNK, len(LARGE))
    both = (*written, *(len(LARGE) + done for done in written))
    assert steps == [(done, 2 * len(LARGE)) for done in both]
    unseal_file(sealed, back, KEY)
    assert back.read_bytes() == LARGE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "a.xlsx.sealed", "b.xlsx"]


def test_nothing_is_replaced_and_nothing_is_left_behind(tmp_path: Path) -> None:
    sealed = tmp_path / "a.sealed"
    sealed.write_bytes(LARGE_SEALED[:-1] + b"\0")
    with pytest.raises(SealError):
        unseal_file(sealed, tmp_path / "a", WORDS)
    assert [path.name for path in tmp_path.iterdir()] == ["a.sealed"]
    with pytest.raises(AssessorError):
        unseal_file(sealed, sealed, WORDS)
    with pytest.raises(AssessorError):
        seal_file(tmp_path / "missing", tmp_path / "new", [KEY.public()])
    assert [path.name for path in tmp_path.iterdir()] == ["a.sealed"]


def test_a_file_that_grows_or_shrinks_meanwhile_is_refused() -> None:
    for size in (len(PLAIN) - 1, len(PLAIN) + 1):
        with pytest.raises(SealError) as refusal:
            seal_stream(io.BytesIO(PLAIN), size, io.BytesIO(), [KEY.public()])
        assert refusal.value.message.key == "sealing.changed_meanwhile"


def test_what_was_written_is_compared_with_what_was_sealed() -> None:
    out = io.BytesIO()
    proof = seal_stream(io.BytesIO(PLAIN), len(PLAIN), out, [KEY.public()])
    written = out.getvalue()
    require_sealed(io.BytesIO(written), len(written), proof)
    for damaged in (written[:-1], written[:-1] + bytes([written[-1] ^ 1]), written + b"\0"):
        with pytest.raises(SealError):
            require_sealed(io.BytesIO(damaged), len(damaged), proof)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    size, path = 24 * CHUNK * 4, tmp_path / "large.sealed"
    source = io.BytesIO(bytes(size))
    with path.open("wb") as target:
        seal_stream(source, size, target, [KEY.public()])
    tracemalloc.start()
    with path.open("rb") as sealed, (tmp_path / "out").open("wb") as out:
        unseal_stream(sealed, path.stat().st_size, out, KEY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * CHUNK < size // 4


def test_codes_are_made_of_letters_nobody_misreads() -> None:
    assert not set("ILOU") & set("".join(new_recovery_code().letters for _ in range(50)))
    assert isinstance(new_recovery_code(), RecoveryCode)
