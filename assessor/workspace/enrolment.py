"""The public keys of others, each under the name somebody here vouches for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from assessor.errors import AssessorError
from assessor.exchange.key_file import Moment, PublicKeys, read_public_keys
from assessor.exchange.signature import KnownKey, KnownKeys
from assessor.i18n import message
from assessor.rubrics.base import Model
from assessor.storage.atomic import aside, ensure_new, put_new_in_place
from assessor.storage.errors import translated
from assessor.workspace.clock import Clock, now
from assessor.workspace.identity import Keys, own_keys
from assessor.workspace.key_store import write_private

LARGEST_FILE: Final = 16 * 1024 * 1024
FILE_NAME: Final = "enrolled.json"
_FINGERPRINT: Final = 60


class EnrolledKey(PublicKeys):
    """Keys as they were enrolled; `replaced_at` and `replaced_by`, a fingerprint, tell since when
    their owner has others. Both are empty for keys in use."""

    replaced_at: Moment = ""
    replaced_by: Annotated[str, Field(max_length=_FINGERPRINT)] = ""


class EnrolledKeys(Model):
    """All enrolled keys; the name of each is the one it was enrolled under here."""

    format_version: Annotated[int, Field(ge=1, le=1)] = 1
    keys: tuple[EnrolledKey, ...] = ()

    def by_id(self, fingerprint: str) -> EnrolledKey | None:
        """Return the keys with this fingerprint."""
        return next((one for one in self.keys if one.key_id == fingerprint), None)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What enrolling did: the keys on the list now, and those they took the place of."""

    keys: EnrolledKey
    replaced: tuple[EnrolledKey, ...]


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


def enrol(
    path: Path,
    name: str = "",
    keys: Keys | None = None,
    *,
    replaces: str = "",
    clock: Clock = now,
) -> Enrolled:
    """Enrol the keys in a file that somebody handed over, under `name` or the one they bear.

    Enrolled keys that signed themselves that these follow them stay on the list as replaced; so do
    those with the fingerprint `replaces`, from now on, whose owner lost them. Keys enrolled before
    get the new name. Raises `AssessorError` for a file that holds none, for a name that stands for
    another key in use, and when `replaces` is not on the list.
    """
    given, present = read_public_keys(path), enrolled(keys)
    gone = _replaced(given, present)
    if replaces:
        lost = _on_the_list(present, replaces)
        mark = {"replaced_at": clock().isoformat(), "replaced_by": given.key_id}
        gone[lost.key_id] = lost.model_copy(update=mark)
    entry = _entry(given, name, present.by_id(given.key_id))
    others = tuple(gone.get(one.key_id, one) for one in present.keys if one.key_id != entry.key_id)
    taken = next((one for one in others if one.name == entry.name and not one.replaced_at), None)
    if taken is not None:
        raise AssessorError(message("identity.name_taken", name=entry.name, key=taken.key_id))
    _write(EnrolledKeys(keys=(*others, entry)), keys)
    return Enrolled(entry, tuple(gone.values()))


def _replaced(given: PublicKeys, present: EnrolledKeys) -> dict[str, EnrolledKey]:
    """Return the keys in use on the list that gave way to the given ones, by fingerprint."""
    found: dict[str, EnrolledKey] = {}
    follower = given.key_id
    for former in given.former:
        listed = present.by_id(former.key_id)
        if not former.gave_way:
            # A key that did not sign says nothing; nor do the older ones, which gave way to it.
            break
        if listed is not None and not listed.replaced_at:
            mark = {"replaced_at": former.replaced_at, "replaced_by": follower}
            found[listed.key_id] = listed.model_copy(update=mark)
        follower = former.key_id
    return found


def _entry(given: PublicKeys, name: str, before: EnrolledKey | None) -> EnrolledKey:
    marks = before.model_dump(include={"replaced_at", "replaced_by"}) if before else {}
    try:
        return EnrolledKey.model_validate(
            {**given.model_dump(), **marks, "name": name or given.name}
        )
    except ValidationError:
        raise AssessorError(message("identity.bad_name")) from None


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


def forget(fingerprint: str, keys: Keys | None = None) -> EnrolledKey:
    """Take a key off the list; raises `AssessorError` when it is not on it."""
    present = enrolled(keys)
    found = _on_the_list(present, fingerprint)
    _write(EnrolledKeys(keys=tuple(one for one in present.keys if one != found)), keys)
    return found


def _on_the_list(present: EnrolledKeys, fingerprint: str) -> EnrolledKey:
    found = present.by_id(fingerprint)
    if found is None:
        raise AssessorError(message("identity.not_enrolled", key=fingerprint[:_FINGERPRINT]))
    return found


def known_keys(keys: Keys | None = None) -> KnownKeys:
    """Return the keys by which exports are recognised: the enrolled ones and this installation's,
    with those that were replaced.

    Raises `AssessorError` when a file of them cannot be read.
    """
    place = keys or own_keys()
    known = {
        one.key_id: KnownKey(one.name, one.signing, one.made_at, one.replaced_at)
        for one in enrolled(place).keys
    }
    own = place.identity()
    if own is not None:
        name = own.keys.name
        for one in own.keys.former:
            known[one.key_id] = KnownKey(name, one.signing, one.made_at, one.replaced_at)
        known[own.key_id] = KnownKey(name, own.keys.signing, own.keys.made_at)
    return known


def _file(keys: Keys | None) -> Path:
    return (keys or own_keys()).folder / FILE_NAME


def _write(content: EnrolledKeys, keys: Keys | None) -> None:
    text = json.dumps(content.model_dump(mode="json"), ensure_ascii=False, indent=2)
    write_private(_file(keys), f"{text}\n".encode())
