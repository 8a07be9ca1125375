"""The keys of an installation: made once, kept by the store or in a file, never shown."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor.errors import AssessorError
from assessor.exchange.sealing import Passphrase, Work, WrongKeyError
from assessor.exchange.signature import UNSIGNED, digests_of, tamper_check
from assessor.workspace.enrolment import enrol, enrolled, export_public, forget, known_keys
from assessor.workspace.identity import Identity, Keys, LockedError
from assessor.workspace.key_store import is_private, write_private

WORDS = Passphrase("correct horse battery")
QUICK = Work(8, 1, 1)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Drawer:
    """A key store of the test's own; one that is `stuck` takes nothing."""

    def __init__(self, *, stuck: bool = False) -> None:
        self.kept: dict[str, str] = {}
        self.stuck = stuck

    def read(self, name: str) -> str | None:
        return self.kept.get(name)

    def write(self, name: str, secret: str) -> None:
        if self.stuck:
            raise OSError("stuck")
        self.kept[name] = secret

    def remove(self, name: str) -> None:
        self.kept.pop(name, None)


def keys(folder: Path, store: Drawer | None = None) -> Keys:
    return Keys(folder / "identity", store, QUICK)


def made(place: Keys, name: str = "甬江评估所", **options: bool) -> Identity:
    return place.make(name, clock=lambda: NOON, **options)


def files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "identity").iterdir()}


def test_without_an_identity_exports_are_not_signed(tmp_path: Path) -> None:
    assert keys(tmp_path).identity() is None
    assert keys(tmp_path).sign(digests_of("{}")) == UNSIGNED
    with pytest.raises(AssessorError) as refusal:
        keys(tmp_path).secrets()
    assert refusal.value.message.key == "identity.none"


def test_the_key_store_keeps_the_secret_and_no_file_does(tmp_path: Path) -> None:
    store = Drawer()
    identity = made(keys(tmp_path, store))
    assert identity.kept == "store"
    assert files(tmp_path) == {"identity.json"}
    (secret,) = store.kept.values()
    seed = json.loads(secret)["signing"]
    assert seed not in (tmp_path / "identity" / "identity.json").read_text(encoding="utf-8")
    signed = keys(tmp_path, store).sign(digests_of("{}"))
    found = tamper_check("{}", signed, known_keys(keys(tmp_path, store)))
    assert (found.verdict, found.name) == ("enrolled", "甬江评估所")


@pytest.mark.parametrize("store", [None, Drawer(stuck=True)])
def test_without_a_store_a_file_of_the_owner_does(tmp_path: Path, store: Drawer | None) -> None:
    place = keys(tmp_path, store)
    assert made(place).kept == "file"
    assert files(tmp_path) == {"identity.json", "secrets.json"}
    assert place.exposed() is None
    modes = [path.stat().st_mode & 0o077 for path in (place.folder, place.folder / "secrets.json")]
    assert os.name == "nt" or modes == [0, 0]
    assert keys(tmp_path).sign(digests_of("{}")) == place.sign(digests_of("{}")) != UNSIGNED


def test_secrets_others_may_read_are_told(tmp_path: Path) -> None:
    place = keys(tmp_path)
    made(place)
    path = tmp_path / "identity" / "secrets.json"
    path.chmod(0o644)
    if os.name == "nt":
        # The permissions there are not those of the mode, and are set when the file is written.
        assert place.exposed() is None
    else:
        assert place.exposed() == path


def test_a_passphrase_is_asked_for_once(tmp_path: Path) -> None:
    place = keys(tmp_path, Drawer())
    assert place.make("甬江评估所", passphrase=WORDS, clock=lambda: NOON).kept == "sealed"
    assert files(tmp_path) == {"identity.json", "secrets.sealed"}
    again = keys(tmp_path)
    with pytest.raises(LockedError):
        again.sign(digests_of("{}"))
    with pytest.raises(WrongKeyError):
        again.sign(digests_of("{}"), lambda: Passphrase("wrong horse battery"))
    signed = again.sign(digests_of("{}"), lambda: WORDS)
    assert again.sign(digests_of("{}")) == signed


def test_keys_are_made_once(tmp_path: Path) -> None:
    place = keys(tmp_path)
    first = made(place)
    with pytest.raises(AssessorError, match=first.key_id):
        made(place)
    assert place.identity() == first


@pytest.mark.parametrize("passphrase", [None, WORDS])
def test_a_key_for_sealing_can_be_added(tmp_path: Path, passphrase: Passphrase | None) -> None:
    place = keys(tmp_path)
    first = place.make("甬江评估所", passphrase=passphrase, clock=lambda: NOON)
    assert first.keys.sealing_key is None
    second = keys(tmp_path).add_sealing(passphrase)
    assert second.key_id == first.key_id
    secrets = keys(tmp_path).secrets(lambda: WORDS)
    assert secrets.sealing is not None
    assert secrets.sealing.public() == second.keys.sealing_key
    with pytest.raises(AssessorError):
        keys(tmp_path).add_sealing(passphrase)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 121])
def test_a_name_is_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(AssessorError) as refusal:
        made(keys(tmp_path), name)
    assert refusal.value.message.key == "identity.bad_name"
    assert keys(tmp_path).identity() is None


def test_what_was_damaged_or_swapped_is_told(tmp_path: Path) -> None:
    made(keys(tmp_path))
    secret, public = (tmp_path / "identity" / name for name in ("secrets.json", "identity.json"))
    others = tmp_path / "other"
    made(keys(others))
    whole = secret.read_bytes()
    swapped = (others / "identity" / "secrets.json").read_bytes()
    for content in (swapped, b"", b"{}", b'{"signing": 1, "sealing": ""}', b"\xff", whole[:-9]):
        secret.write_bytes(content)
        with pytest.raises(AssessorError) as refusal:
            keys(tmp_path).sign(digests_of("{}"))
        assert refusal.value.message.key == "identity.not_its_secrets"
    public.write_text("{}", encoding="utf-8")
    with pytest.raises(AssessorError) as refusal:
        keys(tmp_path).identity()
    assert refusal.value.message.key == "identity.broken"


def test_a_store_that_hands_nothing_out_is_told(tmp_path: Path) -> None:
    identity = made(keys(tmp_path, Drawer()))
    with pytest.raises(AssessorError, match=identity.key_id):
        keys(tmp_path, Drawer()).secrets()


# --- enrolment ------------------------------------------------------------------------------------


def handed_over(folder: Path, name: str) -> Path:
    place = keys(folder / name)
    made(place, name)
    export_public(folder / f"{name}.assessor-key", place)
    return folder / f"{name}.assessor-key"


def test_keys_are_enrolled_under_a_name_and_forgotten(tmp_path: Path) -> None:
    bureau = keys(tmp_path)
    one, two = handed_over(tmp_path, "one"), handed_over(tmp_path, "two")
    first = enrol(one, "一所", bureau).keys
    enrol(two, keys=bureau)
    assert [entry.name for entry in enrolled(bureau).keys] == ["一所", "two"]
    assert known_keys(bureau)[first.key_id].name == "一所"
    enrol(one, "第一评估所", bureau)
    assert [entry.name for entry in enrolled(bureau).keys] == ["two", "第一评估所"]
    assert forget(first.key_id, bureau).name == "第一评估所"
    assert [entry.name for entry in enrolled(bureau).keys] == ["two"]
    with pytest.raises(AssessorError):
        forget(first.key_id, bureau)


def test_a_name_stands_for_one_key(tmp_path: Path) -> None:
    bureau = keys(tmp_path)
    enrol(handed_over(tmp_path, "one"), keys=bureau)
    with pytest.raises(AssessorError) as refusal:
        enrol(handed_over(tmp_path, "two"), "one", bureau)
    assert refusal.value.message.key == "identity.name_taken"


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"\x00" * 80_000, b'{"format": "assessor.keys"}', b"[" * 5000, b"\xff\xfe"],
)
def test_only_key_files_are_enrolled(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "given").write_bytes(content)
    with pytest.raises(AssessorError) as refusal:
        enrol(tmp_path / "given", keys=keys(tmp_path))
    assert refusal.value.message.key == "identity.no_key_file"


def test_an_export_holds_no_secret_and_replaces_nothing(tmp_path: Path) -> None:
    path = handed_over(tmp_path, "one")
    secret = json.loads((tmp_path / "one" / "identity" / "secrets.json").read_bytes())["signing"]
    assert secret not in path.read_text(encoding="utf-8")
    with pytest.raises(AssessorError):
        export_public(path, keys(tmp_path / "one"))
    with pytest.raises(AssessorError):
        export_public(tmp_path / "nobody", keys(tmp_path / "nobody"))


def test_a_private_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret"
    write_private(path, b"first")
    write_private(path, b"second")
    assert path.read_bytes() == b"second"
    assert is_private(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["secret"]
