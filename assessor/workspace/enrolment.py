"""The public keys of others, each under the name somebody here vouches for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from assessor.errors import AssessorError
from assessor.exchange.key_file import PublicKeys, read_public_keys
from assessor.exchange.signature import KnownKey, KnownKeys
from assessor.i18n import message
from assessor.rubrics.base import Model
from assessor.storage.atomic import aside, ensure_new, put_new_in_place
from assessor.storage.errors import translated
from assessor.workspace.identity import Keys, own_keys
from assessor.workspace.key_store import write_private

LARGEST_FILE: Final = 16 * 1024 * 1024
FILE_NAME: Final = "enrolled.json"


class EnrolledKeys(Model):
    """All enrolled keys; the name of each is the one it was enrolled under here."""

    format_version: Annotated[int, Field(ge=1, le=1)] = 1
    keys: tuple[PublicKeys, ...] = ()

    def by_id(self, fingerprint: str) -> PublicKeys | None:
        """Return the keys with this fingerprint."""
        return next((one for one in self.keys if one.key_id == fingerprint), None)


def enrolled(keys: Keys | None = None) -> EnrolledKeys:
    """Return the enrolled keys; raises `AssessorError` when their file cannot be read."""
    path = _file(keys)
    if not path.exists():
        return EnrolledKeys()
    with translated(path), path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    try:
        return EnrolledKeys.model_validate_json(data)
    except ValidationError:
        raise AssessorError(message("identity.broken", path=str(path))) from None


def enrol(path: Path, name: str = "", keys: Keys | None = None) -> PublicKeys:
    """Enrol the keys in a file that somebody handed over, under `name` or the one they bear.

    Keys enrolled before get the new name. Raises `AssessorError` for a file that holds none, and
    for a name that stands for another key already.
    """
    given = read_public_keys(path)
    present = enrolled(keys)
    try:
        data = {**given.model_dump(), "name": name or given.name}
        entry = PublicKeys.model_validate(data)
    except ValidationError:
        raise AssessorError(message("identity.bad_name")) from None
    others = tuple(one for one in present.keys if one.key_id != entry.key_id)
    taken = next((one for one in others if one.name == entry.name), None)
    if taken is not None:
        raise AssessorError(message("identity.name_taken", name=entry.name, key=taken.key_id))
    _write(EnrolledKeys(keys=(*others, entry)), keys)
    return entry


def export_public(path: Path, keys: Keys | None = None) -> PublicKeys:
    """Write this installation's public keys to a new file, to be handed to others.

    Raises `AssessorError` when there are none, or `path` is taken or cannot be written.
    """
    identity = (keys or own_keys()).identity()
    if identity is None:
        raise AssessorError(message("identity.none"))
    ensure_new(path)
    with translated(path), aside(path) as draft:
        draft.write_text(identity.keys.text(), encoding="utf-8")
        if read_public_keys(draft) != identity.keys:
            raise AssessorError(message("identity.written_wrongly", file=path.name))
        put_new_in_place(draft, path)
    return identity.keys


def forget(fingerprint: str, keys: Keys | None = None) -> PublicKeys:
    """Take a key off the list; raises `AssessorError` when it is not on it."""
    present = enrolled(keys)
    found = present.by_id(fingerprint)
    if found is None:
        raise AssessorError(message("identity.not_enrolled", key=fingerprint[:60]))
    _write(EnrolledKeys(keys=tuple(one for one in present.keys if one != found)), keys)
    return found


def known_keys(keys: Keys | None = None) -> KnownKeys:
    """Return the keys by which exports are recognised: the enrolled ones and this installation's.

    Raises `AssessorError` when a file of them cannot be read.
    """
    place = keys or own_keys()
    listed = list(enrolled(place).keys)
    own = place.identity()
    if own is not None:
        listed.append(own.keys)
    return {one.key_id: KnownKey(one.name, one.signing) for one in listed}


def _file(keys: Keys | None) -> Path:
    return (keys or own_keys()).folder / FILE_NAME


def _write(content: EnrolledKeys, keys: Keys | None) -> None:
    text = json.dumps(content.model_dump(mode="json"), ensure_ascii=False, indent=2)
    write_private(_file(keys), f"{text}\n".encode())
