"""Public keys as they are handed to others: a small JSON file anybody may read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, ValidationError, model_validator

from assessor.errors import AssessorError
from assessor.exchange.sealing.keys import PublicSealingKey, public_sealing_key
from assessor.exchange.signature import gives_way, key_id
from assessor.i18n import message
from assessor.rubrics.base import Model
from assessor.storage.errors import translated

SUFFIX: Final = ".assessor-key"
LARGEST_FILE: Final = 64 * 1024
MOST_FORMER: Final = 50

Name = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=120, strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$"
    ),
]
"""Whose keys they are, as they say themselves: one line."""


Moment = Annotated[str, StringConstraints(max_length=40)]
"""A time in ISO 8601, as an installation says itself."""
Signing = Annotated[str, StringConstraints(pattern=r"^ed25519:[0-9a-f]{64}$")]
Sealing = Annotated[str, StringConstraints(pattern=r"^(x25519:[0-9a-f]{64})?$")]


class FormerKey(Model):
    """A key of the same installation that was replaced by the key `by`.

    `signature` is its own over that, empty where the key was lost and could not sign any more.
    """

    signing: Signing
    sealing: Sealing = ""
    made_at: Moment
    replaced_at: Moment
    by: Signing
    signature: Annotated[str, StringConstraints(pattern=r"^(ed25519:[0-9a-f]{128})?$")] = ""

    @property
    def key_id(self) -> str:
        """The fingerprint of the signing key."""
        return key_id(self.signing)

    @property
    def gave_way(self) -> bool:
        """Whether it signed itself that it was replaced."""
        return gives_way(self.signing, self.by, self.replaced_at, self.signature)


class PublicKeys(Model):
    """The public keys of one installation; `sealing` is empty where it has none for sealing.

    `former` are the keys it had before, the last one first.
    """

    format: Literal["assessor.keys"] = "assessor.keys"
    format_version: Literal[1] = 1
    name: Name
    made_at: Moment
    signing: Signing
    sealing: Sealing = ""
    former: Annotated[tuple[FormerKey, ...], Field(max_length=MOST_FORMER)] = ()

    @model_validator(mode="after")
    def _follow_each_other(self) -> PublicKeys:
        follower = self.signing
        for one in self.former:
            if one.by != follower or (one.signature and not one.gave_way):
                raise ValueError("the former keys do not follow each other")
            follower = one.signing
        return self

    @property
    def key_id(self) -> str:
        """The fingerprint of the signing key, by which an installation is known."""
        return key_id(self.signing)

    @property
    def sealing_key(self) -> PublicSealingKey | None:
        """The key that files are sealed to, if there is one."""
        return public_sealing_key(self.sealing) if self.sealing else None

    def text(self) -> str:
        """Return the file's content."""
        data = self.model_dump(mode="json", exclude=None if self.former else {"former"})
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def read_public_keys(path: Path) -> PublicKeys:
    """Read a file of public keys; raises `AssessorError` when it is none."""
    with translated(path), path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    try:
        if len(data) > LARGEST_FILE:
            raise ValueError("too large")
        return PublicKeys.model_validate_json(data)
    except (ValidationError, ValueError):
        raise AssessorError(message("identity.no_key_file", file=path.name)) from None
