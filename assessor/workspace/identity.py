"""The keys of this installation: made once, kept secret, shown to others by their public half.

In the folder `identity` of the person's own folder:

    identity.json     the public half, where the secrets lie, and the keys there were before
    secrets...        the secrets, where no key store keeps them (`own_secrets`)
    enrolled.json     the public keys of others, by the name they were enrolled under
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from assessor.errors import AssessorError
from assessor.exchange.key_file import MOST_FORMER, FormerKey, PublicKeys
from assessor.exchange.sealing import STANDARD, Passphrase, Work, new_sealing_key
from assessor.exchange.signature import UNSIGNED, Digests, Signed, Signer, new_seed
from assessor.i18n import message
from assessor.paths import user_folder
from assessor.rubrics.base import Model
from assessor.workspace.clock import Clock, now
from assessor.workspace.key_store import (
    KeyStore,
    SystemKeyStore,
    system_key_store,
    write_private,
)
from assessor.workspace.own_secrets import (
    AskPassphrase,
    Kept,
    LockedError,
    Secrets,
    SecretsPlace,
    content,
)

__all__ = [
    "AskPassphrase",
    "Identity",
    "Kept",
    "Keys",
    "LockedError",
    "Secrets",
    "keys_to_make",
    "own_keys",
    "own_signature",
]


class Identity(Model):
    """The public half of this installation's keys, and where the secret one lies."""

    keys: PublicKeys
    kept: Kept

    @property
    def key_id(self) -> str:
        """The fingerprint people compare."""
        return self.keys.key_id


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
            return Identity.model_validate_json(content(self.file))
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
        """Make the keys of this installation.

        Raises `AssessorError` when there are keys already, or they cannot be kept.
        """
        present = self.identity()
        if present is not None:
            raise AssessorError(message("identity.exists", key=present.key_id))
        secrets = Secrets(new_seed(), new_sealing_key() if sealing else None)
        keys = _public(name, clock().isoformat(), secrets)
        return self._written(keys, self._place.keep(keys.key_id, secrets, passphrase), secrets)

    def add_sealing(self, passphrase: Passphrase | None = None) -> Identity:
        """Add a key for sealing to the keys there are; `passphrase` opens the secrets, or closes
        them from now on.

        Raises `AssessorError` when there is one already or there are no keys, `LockedError` when
        the passphrase is wanting.
        """
        present = self._present()
        if present.keys.sealing:
            raise AssessorError(message("identity.exists", key=present.key_id))
        old = self.secrets(None if passphrase is None else lambda: passphrase)
        if present.kept == "sealed" and passphrase is None:
            raise LockedError(message("identity.locked"))
        secrets = Secrets(old.seed, new_sealing_key(), old.former)
        keys = _public(present.keys.name, present.keys.made_at, secrets, present.keys.former)
        kept = self._place.keep(keys.key_id, secrets, passphrase)
        made = self._written(keys, kept, secrets)
        self._place.drop_others(keys.key_id, kept)
        return made

    def replace(
        self,
        name: str = "",
        *,
        sealing: bool = False,
        passphrase: Passphrase | None = None,
        ask: AskPassphrase | None = None,
        lost: bool = False,
        clock: Clock = now,
    ) -> Identity:
        """Make new keys in place of those there are, which stay known as replaced.

        The old key signs that it gives way, and its secret is forgotten; old keys for sealing are
        kept, to open what was sealed to them. `ask` is asked for the passphrase of the old secrets;
        of `lost` ones nothing can be kept and signed. Raises `AssessorError`; all is as it was.
        """
        present = self._present()
        old = None if lost else self.secrets(ask)
        own_sealing = (old.sealing,) if old and old.sealing else ()
        secrets = Secrets(
            new_seed(),
            new_sealing_key() if sealing or present.keys.sealing else None,
            (*own_sealing, *(old.former if old else ())),
        )
        at = clock().isoformat()
        gone = _former(present.keys, Signer(secrets.seed).public_key, at, old)
        former = (gone, *present.keys.former)
        keys = _public(name or present.keys.name, at, secrets, former)
        kept = self._place.keep(keys.key_id, secrets, passphrase, apart=True)
        made = self._written(keys, kept, secrets)
        self._place.drop_others(keys.key_id, kept, gone=present.key_id)
        return made

    def secrets(self, ask: AskPassphrase | None = None) -> Secrets:
        """Return the secret half; `ask` is asked for the passphrase where it takes one.

        Raises `LockedError` without it, `AssessorError` when the secrets are gone or not these.
        """
        identity = self._present()
        if identity.key_id not in self._unlocked:
            words = self._place.read(identity.key_id, identity.kept, ask)
            self._unlocked[identity.key_id] = _fitting(identity, words)
        return self._unlocked[identity.key_id]

    def sign(self, digests: Digests, ask: AskPassphrase | None = None) -> Signed:
        """Return the signature over the digests of an export, `UNSIGNED` without an identity."""
        if self.identity() is None:
            return UNSIGNED
        return Signer(self.secrets(ask).seed).sign(digests)

    def locked(self) -> bool:
        """Whether the secrets need a passphrase that nobody has given yet."""
        identity = self.identity()
        if identity is None or identity.kept != "sealed":
            return False
        return identity.key_id not in self._unlocked

    def exposed(self) -> Path | None:
        """Return the file of the secrets where others may read it."""
        return self._place.exposed()

    @property
    def _place(self) -> SecretsPlace:
        return SecretsPlace(self.folder, self.store, self.work)

    def _present(self) -> Identity:
        identity = self.identity()
        if identity is None:
            raise AssessorError(message("identity.none"))
        return identity

    def _written(self, keys: PublicKeys, kept: Kept, secrets: Secrets) -> Identity:
        """Write the public half: from now on these are the keys."""
        identity = Identity(keys=keys, kept=kept)
        text = json.dumps(identity.model_dump(mode="json"), ensure_ascii=False, indent=2)
        write_private(self.file, f"{text}\n".encode())
        self._unlocked.clear()
        self._unlocked[keys.key_id] = secrets
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
    """Return the place new keys are kept in, with the system's key store where one works.

    What was unlocked there is unlocked here, and the other way round.
    """
    own = own_keys()
    return Keys(own.folder, system_key_store(), _unlocked=own._unlocked)


def _public(
    name: str, made_at: str, secrets: Secrets, former: tuple[FormerKey, ...] = ()
) -> PublicKeys:
    sealing = secrets.sealing.public().text if secrets.sealing else ""
    signing = Signer(secrets.seed).public_key
    try:
        return PublicKeys(
            name=name,
            made_at=made_at,
            signing=signing,
            sealing=sealing,
            former=former[:MOST_FORMER],
        )
    except ValidationError:
        raise AssessorError(message("identity.bad_name")) from None


def _former(keys: PublicKeys, by: str, at: str, secrets: Secrets | None) -> FormerKey:
    """Return keys as replaced; without their secrets they cannot sign that."""
    signature = Signer(secrets.seed).give_way(by, at) if secrets else ""
    return FormerKey(
        signing=keys.signing,
        sealing=keys.sealing,
        made_at=keys.made_at,
        replaced_at=at,
        by=by,
        signature=signature,
    )


def _fitting(identity: Identity, words: str) -> Secrets:
    """Return the secrets, after making sure that they are those of the public keys.

    A key for sealing that the public half does not know was being added when something failed.
    """
    try:
        secrets = Secrets.read(words)
    except ValueError:
        raise AssessorError(message("identity.not_its_secrets")) from None
    known = identity.keys.sealing_key
    if known is None:
        secrets = Secrets(secrets.seed, None, secrets.former)
    sealing = secrets.sealing.public() if secrets.sealing else None
    if Signer(secrets.seed).public_key != identity.keys.signing or sealing != known:
        raise AssessorError(message("identity.not_its_secrets"))
    return secrets
