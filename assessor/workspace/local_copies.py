"""Visits of a synchronised folder that are worked on as a copy on this machine, and given back.

Which copy belongs to which file is kept in the person's folder. A copy is made from, and given back
as, a file that was compared byte by byte; what somebody changed meanwhile is never overwritten.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.base import Model
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import DamagedError, MissingError, translated
from assessor.storage.file import open_file
from assessor.workspace.new_visits import free_path
from assessor.workspace.report_files import make_folder

REGISTER, FOLDER = "local_copies.json", "local_copies"
LARGEST_REGISTER = 1_000_000
_DIGITS = 8
_CHUNK = 1024 * 1024


class ChangedMeanwhileError(AssessorError):
    """The file in the synchronised folder is no longer the one the copy was made from."""


class LocalCopy(Model):
    """A copy and the file it was made from; `digest` is the SHA-256 both had then."""

    original: str
    local: str
    digest: str

    @property
    def path(self) -> Path:
        """The copy on this machine."""
        return Path(self.local)


class Register(Model):
    """All copies there are."""

    copies: tuple[LocalCopy, ...] = ()


class LocalCopies:
    """The copies of one person, kept in `folder`. Not for the window's thread.

    Except for `all` and `of`, nothing here may be asked while this process has a copy open.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> tuple[LocalCopy, ...]:
        """Return the copies that are there; a register that cannot be read holds none."""
        register = self._folder / REGISTER
        try:
            if register.stat().st_size > LARGEST_REGISTER:
                return ()
            known = Register.model_validate_json(register.read_bytes()).copies
        except (OSError, ValidationError):
            return ()
        return tuple(copy for copy in known if copy.path.is_file())

    def of(self, path: Path) -> LocalCopy | None:
        """Return the copy that `path` is, or that was made from it."""
        return next((one for one in self.all() if str(path) in (one.original, one.local)), None)

    def take(self, original: Path) -> LocalCopy:
        """Return the copy of a visit nobody has open, made now unless there is one.

        One that was not worked on follows the original. Raises `AssessorError` when the visit
        cannot be read or the copy not be written.
        """
        known = self.of(original)
        if known is not None and (self.is_changed(known) or not original.is_file()):
            return known
        with open_file(original, read_only=True):
            digest = _digest(original)
        if known is not None and digest == known.digest:
            return known
        place = known.path if known else self._place(original)
        make_folder(place.parent)
        # What lies there and is not known may be somebody's work.
        local = place if known else free_path(place.parent, place.name)
        _copied(original, local, digest)
        copy = LocalCopy(original=str(original), local=str(local), digest=digest)
        self._keep([copy, *(one for one in self.all() if one.original != copy.original)])
        return copy

    def is_changed(self, copy: LocalCopy) -> bool:
        """Tell whether the copy was worked on since it was made."""
        return _digest(copy.path) != copy.digest

    def give_back(self, copy: LocalCopy) -> Path:
        """Put the copy in the place of the original, and return that; the copy is gone then.

        Raises `ChangedMeanwhileError` when the original was changed, `AssessorError` when one of
        the two cannot be read or written; both are as they were then.
        """
        original = Path(copy.original)
        if original.is_file():
            with open_file(original, read_only=True):
                unchanged = _digest(original) == copy.digest
            if not unchanged:
                said = message("mishap.local_changed_both", original=str(original))
                raise ChangedMeanwhileError(said)
        return self._returned(copy, original)

    def put_beside(self, copy: LocalCopy) -> Path:
        """Put the copy beside the original under a name of its own, and return that; the copy is
        gone then. Raises `AssessorError` as `give_back` does."""
        original = Path(copy.original)
        return self._returned(copy, free_path(original.parent, original.name))

    def drop_unchanged(self) -> tuple[LocalCopy, ...]:
        """Take away the copies that were not worked on and whose original is there; return them."""
        idle = tuple(copy for copy in self.all() if self._is_idle(copy))
        for copy in idle:
            self._forget(copy)
        return idle

    def _is_idle(self, copy: LocalCopy) -> bool:
        try:
            with open_file(copy.path, read_only=True):
                return Path(copy.original).is_file() and not self.is_changed(copy)
        except AssessorError:
            return False

    def _returned(self, copy: LocalCopy, target: Path) -> Path:
        if not target.parent.is_dir():
            raise MissingError(message("storage.folder_missing", folder=str(target.parent)))
        with open_file(copy.path, read_only=True):
            digest = _digest(copy.path)
        _copied(copy.path, target, digest)
        self._forget(copy)
        return target

    def _place(self, original: Path) -> Path:
        """Files of one name in two folders have a copy each."""
        place = hashlib.sha256(str(original.parent).encode("utf-8")).hexdigest()[:_DIGITS]
        return self._folder / FOLDER / place / original.name

    def _forget(self, copy: LocalCopy) -> None:
        self._keep(one for one in self.all() if one != copy)
        with translated(copy.path):
            copy.path.unlink(missing_ok=True)

    def _keep(self, copies: Iterable[LocalCopy]) -> None:
        register = self._folder / REGISTER
        with translated(register):
            self._folder.mkdir(parents=True, exist_ok=True)
            with aside(register) as draft:
                text = Register(copies=tuple(copies)).model_dump_json(indent=1)
                draft.write_text(text, encoding="utf-8")
                put_in_place(draft, register)


def _copied(source: Path, target: Path, digest: str) -> None:
    """Copy a file whose digest is known; the copy is compared before it has its name."""
    with translated(target), aside(target) as draft:
        shutil.copyfile(source, draft)
        if _digest(draft) != digest:
            raise DamagedError(message("storage.written_wrongly", path=str(target)))
        put_in_place(draft, target)


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with translated(path), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
