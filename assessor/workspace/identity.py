"""The keys of this installation: made once, kept secret, shown to others by their public half.

In the folder `identity` of the person's own folder:

    identity.json     the public half and where the secrets lie
    secrets.sealed    the secrets, sealed with a passphrase
    secrets.json      the secrets in a file only the owner may read, where no key store keeps them
    enrolled.json     the public keys of others, by the name they were enrolled under
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from assessor.errors import AssessorError
from assessor.exchange.key_file import PublicKeys
from assessor.exchange.sealing import (
    STANDARD,
    Passphrase,
    PrivateSealingKey,
    Work,
    new_sealing_key,
    seal_bytes,
    unseal_bytes,
)
from assessor.exchange.signature import UNSIGNED, Digests, Signed, Signer, new_seed
from assessor.i18n import message
from assessor.paths import user_folder
from assessor.rubrics.base import Model
from assessor.storage.errors import translated
from assessor.workspace.clock import Clock, now
from assessor.workspace.key_store import (
    KeyStore,
    SystemKeyStore,
    is_private,
    system_key_store,
    write_private,
)

Kept = Literal["store", "file", "sealed"]
"""Where the secrets lie: the system's key store, a file of the owner, a file with a passphrase."""

AskPassphrase = Callable[[], Passphrase]
"""Gives the passphrase of the secrets; raises what ends the work when nobody tells it."""

_LARGEST: Final = 64 * 1024
_SEED: Final = 32


class LockedError(AssessorError):
    """The secrets need a passphrase that nobody has given yet."""


class Identity(Model):
    """The public half of this installation's keys, and where the secret one lies."""

    keys: PublicKeys
    kept: Kept

    @property
    def key_id(self) -> str:
        """The fingerprint people compare."""
        return self.keys.key_id


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secret half; `sealing` is `None` where there is no key for sealing."""

    seed: bytes = field(repr=False)
    sealing: PrivateSealingKey | None = None

    def text(self) -> str:
        """Return the secrets as they are kept."""
        sealing = self.sealing.raw.hex() if self.sealing else ""
        return json.dumps({"signing": self.seed.hex(), "sealing": sealing})

    @staticmethod
    def read(words: str) -> Secrets:
        """Return kept secrets; raises `ValueError` when they are none."""
        try:
            data = json.loads(words)
            seed, sealing = bytes.fromhex(data["signing"]), bytes.fromhex(data["sealing"])
        except (TypeError, KeyError) as error:
            raise ValueError("not the secrets of an identity") from error
        if len(seed) != _SEED or len(sealing) not in {0, _SEED}:
            raise ValueError("not the secrets of an identity")
        return Secrets(seed, PrivateSealingKey(sealing) if sealing else None)


@dataclass
class Keys:
    """The keys of one installation in `folder`, with the key `store` of the system.

    `work` is what a guess at the passphrase costs. What was unlocked stays so while this lives.
    """

    folder: Path
    store: KeyStore | None = None
    work: Work = STANDARD
    _unlocked: dict[str, Secrets] = field(default_factory=dict, repr=False)

    @property
    def file(self) -> Path:
        """Where the public half lies."""
        return self.folder / "identity.json"

    def identity(self) -> Identity | None:
        """Return the identity of this installation, `None` before one was made.

        Raises `AssessorError` when its file cannot be read.
        """
        if not self.file.exists():
            return None
        try:
            return Identity.model_validate_json(_content(self.file))
        except ValidationError:
            raise AssessorError(message("identity.broken", path=str(self.file))) from None

    def make(
        self,
        name: str,
        *,
        sealing: bool = False,
        passphrase: Passphrase | None = None,
        clock: Clock = now,
    ) -> Identity:
        """Make the keys of this installation, or add the one for sealing to those there are.

        Raises `AssessorError` when there are keys already, or they cannot be kept.
        """
        present = self.identity()
        if present is not None:
            if not sealing or present.keys.sealing:
                raise AssessorError(
                    message("identity.exists", key=present.key_id, folder=str(self.folder))
                )
            return self._with_sealing(present, passphrase)
        secrets = Secrets(new_seed(), new_sealing_key() if sealing else None)
        keys = _public(name, clock().isoformat(), secrets)
        kept = self._keep(keys.key_id, secrets, passphrase)
        return self._written(Identity(keys=keys, kept=kept))

    def secrets(self, ask: AskPassphrase | None = None) -> Secrets:
        """Return the secret half; `ask` is asked for the passphrase where it takes one.

        Raises `LockedError` without it, `AssessorError` when the secrets are gone or not these.
        """
        identity = self.identity()
        if identity is None:
            raise AssessorError(message("identity.none"))
        if identity.key_id not in self._unlocked:
            self._unlocked[identity.key_id] = self._fitting(identity, self._read(identity, ask))
        return self._unlocked[identity.key_id]

    def sign(self, digests: Digests, ask: AskPassphrase | None = None) -> Signed:
        """Return the signature over the digests of an export, `UNSIGNED` without an identity."""
        if self.identity() is None:
            return UNSIGNED
        return Signer(self.secrets(ask).seed).sign(digests)

    def _with_sealing(self, present: Identity, passphrase: Passphrase | None) -> Identity:
        given = passphrase
        old = self.secrets(None if given is None else lambda: given)
        secrets = Secrets(old.seed, new_sealing_key())
        keys = _public(present.keys.name, present.keys.made_at, secrets)
        if present.kept == "sealed" and given is None:
            raise LockedError(message("identity.locked"))
        kept = self._keep(keys.key_id, secrets, given)
        self._unlocked[keys.key_id] = secrets
        return self._written(Identity(keys=keys, kept=kept))

    def _keep(self, name: str, secrets: Secrets, passphrase: Passphrase | None) -> Kept:
        words = secrets.text()
        if passphrase is not None:
            sealed = seal_bytes(words.encode("ascii"), [passphrase], self.work)
            write_private(self._secret_file("sealed"), sealed)
            return "sealed"
        if self.store is not None:
            try:
                self.store.write(name, words)
                return "store"
            except OSError:
                # A store that takes nothing is as good as none.
                pass
        write_private(self._secret_file("file"), words.encode("ascii"))
        return "file"

    def _read(self, identity: Identity, ask: AskPassphrase | None) -> str:
        if identity.kept == "store":
            found = self.store.read(identity.key_id) if self.store else None
            if found is None:
                raise AssessorError(message("identity.not_in_store", key=identity.key_id))
            return found
        data = _content(self._secret_file(identity.kept))
        if identity.kept == "file":
            return data.decode("ascii", "replace")
        if ask is None:
            raise LockedError(message("identity.locked"))
        return unseal_bytes(data, ask()).decode("ascii", "replace")

    def _fitting(self, identity: Identity, words: str) -> Secrets:
        """Return the secrets, after making sure that they are those of the public keys."""
        try:
            secrets = Secrets.read(words)
        except ValueError:
            raise AssessorError(message("identity.not_its_secrets")) from None
        if _public(identity.keys.name, identity.keys.made_at, secrets) != identity.keys:
            raise AssessorError(message("identity.not_its_secrets"))
        return secrets

    def locked(self) -> bool:
        """Whether the secrets need a passphrase that nobody has given yet."""
        identity = self.identity()
        if identity is None or identity.kept != "sealed":
            return False
        return identity.key_id not in self._unlocked

    def exposed(self) -> Path | None:
        """Return the file of the secrets where others may read it."""
        path = self._secret_file("file")
        return path if path.exists() and not is_private(path) else None

    def _secret_file(self, kept: Kept) -> Path:
        return self.folder / ("secrets.sealed" if kept == "sealed" else "secrets.json")

    def _written(self, identity: Identity) -> Identity:
        text = json.dumps(identity.model_dump(mode="json"), ensure_ascii=False, indent=2)
        write_private(self.file, f"{text}\n".encode())
        return identity


def own_keys() -> Keys:
    """Return the keys of this installation as they lie in the person's folder.

    What was unlocked stays so till the program ends. The key store is not looked at before it is
    needed: it may ask the person to unlock it.
    """
    return _keys_in(user_folder() / "identity")


@cache
def _keys_in(folder: Path) -> Keys:
    return Keys(folder, SystemKeyStore())


def own_signature(digests: Digests) -> Signed:
    """Return this installation's signature over an export, `UNSIGNED` before it has an identity.

    Raises `LockedError` while the private key is locked.
    """
    return own_keys().sign(digests)


def keys_to_make() -> Keys:
    """Return the place new keys are kept in, with the system's key store where one works."""
    return Keys(user_folder() / "identity", system_key_store())


def _public(name: str, made_at: str, secrets: Secrets) -> PublicKeys:
    sealing = secrets.sealing.public().text if secrets.sealing else ""
    signing = Signer(secrets.seed).public_key
    try:
        return PublicKeys(name=name, made_at=made_at, signing=signing, sealing=sealing)
    except ValidationError:
        raise AssessorError(message("identity.bad_name")) from None


def _content(path: Path) -> bytes:
    with translated(path), path.open("rb") as file:
        return file.read(_LARGEST)
