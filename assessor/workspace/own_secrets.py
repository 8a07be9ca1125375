"""The secret half of this installation's keys, and the places it is kept in.

    secrets.sealed          sealed with a passphrase
    secrets.json            in a file only the owner may read, where no key store keeps it
    secrets-<key>.json      the same of keys that took the place of others

Secrets of keys that replace others get a file of their own: until the public half names the new
keys, the old ones have to work.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from assessor.errors import AssessorError
from assessor.exchange.sealing import (
    Passphrase,
    PrivateSealingKey,
    PublicSealingKey,
    Work,
    seal_bytes,
    unseal_bytes,
)
from assessor.i18n import message
from assessor.storage.errors import translated
from assessor.workspace.key_store import KeyStore, is_private, write_private

Kept = Literal["store", "file", "sealed"]
"""Where the secrets lie: the system's key store, a file of the owner, a file with a passphrase."""

AskPassphrase = Callable[[], Passphrase]
"""Gives the passphrase of the secrets; raises what ends the work when nobody tells it."""

LARGEST: Final = 64 * 1024
_SEED: Final = 32
_ENDINGS: Final = {"file": "json", "sealed": "sealed"}


class LockedError(AssessorError):
    """The secrets need a passphrase that nobody has given yet."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secret half; `sealing` is `None` where there is no key for sealing.

    `former` are the keys for sealing that were replaced: what was sealed to them can be opened.
    """

    seed: bytes = field(repr=False)
    sealing: PrivateSealingKey | None = None
    former: tuple[PrivateSealingKey, ...] = ()

    def text(self) -> str:
        """Return the secrets as they are kept."""
        sealing = self.sealing.raw.hex() if self.sealing else ""
        former = [key.raw.hex() for key in self.former]
        return json.dumps({"signing": self.seed.hex(), "sealing": sealing, "former": former})

    @staticmethod
    def read(words: str) -> Secrets:
        """Return kept secrets; raises `ValueError` when they are none."""
        try:
            data = json.loads(words)
            seed, sealing = bytes.fromhex(data["signing"]), bytes.fromhex(data["sealing"])
            former = tuple(bytes.fromhex(one) for one in data.get("former", ()))
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("not the secrets of an identity") from error
        if {len(seed), len(sealing) or _SEED, *map(len, former)} != {_SEED}:
            raise ValueError("not the secrets of an identity")
        own = PrivateSealingKey(sealing) if sealing else None
        return Secrets(seed, own, tuple(PrivateSealingKey(one) for one in former))

    def opening(self, wanted: PublicSealingKey) -> PrivateSealingKey | None:
        """Return the private key of a public one, a former one too."""
        own = (self.sealing, *self.former)
        return next((key for key in own if key is not None and key.public() == wanted), None)


@dataclass(frozen=True, slots=True)
class SecretsPlace:
    """Where the secrets of an installation are kept: in `folder`, or the `store` of the system."""

    folder: Path
    store: KeyStore | None
    work: Work

    def keep(
        self, key_id: str, secrets: Secrets, passphrase: Passphrase | None, *, apart: bool = False
    ) -> Kept:
        """Keep the secrets of a key; `apart` from those that are there already.

        Raises `AssessorError` when that is not possible; what was kept before is as it was then.
        """
        words = secrets.text()
        if passphrase is not None:
            sealed = seal_bytes(words.encode("ascii"), [passphrase], self.work)
            write_private(self._to_write(key_id, "sealed", apart), sealed)
            return "sealed"
        if self.store is not None:
            try:
                self.store.write(key_id, words)
                return "store"
            except OSError:
                # A store that takes nothing is as good as none.
                pass
        write_private(self._to_write(key_id, "file", apart), words.encode("ascii"))
        return "file"

    def read(self, key_id: str, kept: Kept, ask: AskPassphrase | None) -> str:
        """Return the kept words; raises `LockedError` where nobody tells the passphrase."""
        if kept == "store":
            found = self.store.read(key_id) if self.store else None
            if found is None:
                raise AssessorError(message("identity.not_in_store", key=key_id))
            return found
        data = content(self.path(key_id, kept))
        if kept == "file":
            return data.decode("ascii", "replace")
        if ask is None:
            raise LockedError(message("identity.locked"))
        return unseal_bytes(data, ask()).decode("ascii", "replace")

    def drop_others(self, key_id: str, kept: Kept, gone: str = "") -> None:
        """Forget what else is kept: of the key `gone`, and of this one in other places."""
        stays = self.path(key_id, kept) if kept != "store" else None
        for path in (*self.folder.glob("secrets.*"), *self.folder.glob("secrets-*.*")):
            if path != stays:
                with suppress(OSError):
                    path.unlink()
        if self.store is not None:
            for name in {gone, key_id} - {"", key_id if kept == "store" else ""}:
                self.store.remove(name)

    def exposed(self) -> Path | None:
        """Return a file of secrets without a passphrase where others may read it."""
        found = (*self.folder.glob("secrets.json"), *self.folder.glob("secrets-*.json"))
        return next((path for path in found if not is_private(path)), None)

    def path(self, key_id: str, kept: Literal["file", "sealed"]) -> Path:
        """Return the file the secrets of a key are in."""
        own = self._own_path(key_id, kept)
        return own if own.exists() else self.folder / f"secrets.{_ENDINGS[kept]}"

    def _to_write(self, key_id: str, kept: Literal["file", "sealed"], apart: bool) -> Path:
        return self._own_path(key_id, kept) if apart else self.path(key_id, kept)

    def _own_path(self, key_id: str, kept: Literal["file", "sealed"]) -> Path:
        return self.folder / f"secrets-{key_id}.{_ENDINGS[kept]}"


def content(path: Path) -> bytes:
    """Return what a small file holds; raises `AssessorError`."""
    with translated(path), path.open("rb") as file:
        return file.read(LARGEST)
