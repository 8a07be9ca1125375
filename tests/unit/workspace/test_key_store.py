"""The system's key store, stood in for: the machine's own is never touched."""

from __future__ import annotations

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoStore
from keyring.errors import KeyringLocked, PasswordDeleteError

from assessor.workspace.key_store import SystemKeyStore, system_key_store


class Memory(KeyringBackend):
    """Keeps what it is given; one that is `deaf` forgets it, one that is `locked` complains."""

    priority = 1.0

    def __init__(self, *, deaf: bool = False, locked: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.deaf, self.locked = deaf, locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("locked")
        if not self.deaf:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture
def stands_in(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> KeyringBackend:
    backend: KeyringBackend = request.param
    monkeypatch.setattr("keyring.core._keyring_backend", backend)
    return backend


@pytest.mark.parametrize("stands_in", [Memory()], indirect=True)
def test_a_store_that_keeps_things_is_used_and_left_as_it_was(stands_in: Memory) -> None:
    store = system_key_store()
    assert store is not None
    assert stands_in.kept == {}
    store.write("name", "secret")
    assert stands_in.kept == {("assessor", "name"): "secret"}
    assert store.read("name") == "secret"
    store.remove("name")
    store.remove("name")
    assert store.read("name") is None


@pytest.mark.parametrize(
    "stands_in", [NoStore(), Memory(deaf=True), Memory(locked=True)], indirect=True
)
def test_one_that_does_not_is_none(stands_in: KeyringBackend) -> None:
    del stands_in
    assert system_key_store() is None
    assert SystemKeyStore().read("name") is None
