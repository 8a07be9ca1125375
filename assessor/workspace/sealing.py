"""Sealing files for others or with a passphrase, the recovery sheet, and opening them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import AssessorError
from assessor.exchange.key_file import PublicKeys, read_public_keys
from assessor.exchange.sealing import (
    STANDARD,
    SUFFIX,
    Header,
    Key,
    Lock,
    Passphrase,
    PrivateSealingKey,
    PublicSealingKey,
    RecoveryCode,
    Work,
    WrongKeyError,
    new_recovery_code,
    public_sealing_key,
    seal_file,
    unseal_file,
)
from assessor.i18n import DEFAULT_LANGUAGE, Language, message
from assessor.workspace.clock import Clock, now
from assessor.workspace.identity import AskPassphrase, Keys, own_keys
from assessor.workspace.recovery_sheet import SheetFacts, sheet_for
from assessor.workspace.verification import VISIT
from assessor.workspace.visits import opened

Step = Callable[[int, int], None]
"""Told how many bytes of how many are done; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What sealing made: the file, the recovery sheet if one was wanted, whose keys open it."""

    file: Path
    sheet: Path | None
    recipients: tuple[PublicKeys, ...]


def seal(
    source: Path,
    target: Path | None = None,
    *,
    to: Sequence[Path] = (),
    passphrase: Passphrase | None = None,
    recovery_sheet: Path | None = None,
    language: Language = DEFAULT_LANGUAGE,
    work: Work = STANDARD,
    step: Step | None = None,
    clock: Clock = now,
) -> SealedFile:
    """Seal a file to the public keys in the files `to` and for `passphrase`; any of them opens it.

    Without `target` the new file stands beside the old one, which stays. The recovery sheet is a
    PDF with a code that opens the file, too. Both are there afterwards, or neither: only a folder
    that vanishes between the two names leaves the sealed file alone, which is whole. Raises
    `AssessorError`; nothing that was there is ever replaced.
    """
    target = target or source.with_name(source.name + SUFFIX)
    recipients = tuple(_recipient(path) for path in to)
    locks: list[Lock] = [key for keys in recipients if (key := keys.sealing_key)]
    if passphrase is not None:
        locks.append(passphrase)
    if not locks:
        raise AssessorError(message("sealing.no_lock"))
    job = _Job(source, target, tuple(locks), work, step or _unwatched)
    if recovery_sheet is None:
        job.run()
    else:
        code = new_recovery_code()
        facts = SheetFacts(target.name, clock(), code, tuple(keys.name for keys in recipients))
        job.run_with_sheet(code, sheet_for(facts, recovery_sheet, language))
    return SealedFile(target, recovery_sheet, recipients)


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to be sealed."""

    source: Path
    target: Path
    locks: tuple[Lock, ...]
    work: Work
    step: Step

    def run(self, *more: Lock) -> None:
        with _at_rest(self.source):
            seal_file(self.source, self.target, [*self.locks, *more], self.work, self.step)

    def run_with_sheet(self, code: RecoveryCode, sheet: AbstractContextManager[None]) -> None:
        """Seal while the sheet waits for its name; without the one there is not the other."""
        made = False
        try:
            with sheet:
                self.run(code)
                made = True
        except BaseException:
            if made:
                with suppress(OSError):
                    self.target.unlink()
            raise


def unseal(source: Path, target: Path | None, key: Key, step: Step | None = None) -> Path:
    """Open a sealed file and return where its content lies.

    Without `target` it stands beside the sealed one, without its ending. Raises `AssessorError`
    telling why it cannot be opened; nothing that was there is ever replaced.
    """
    if target is None:
        if source.suffix != SUFFIX:
            raise AssessorError(message("sealing.no_target", file=source.name))
        target = source.with_suffix("")
    unseal_file(source, target, key, step or _unwatched)
    return target


def own_sealing_key(
    header: Header, ask: AskPassphrase | None = None, keys: Keys | None = None
) -> PrivateSealingKey | None:
    """Return this installation's private key when the file with `header` was sealed to it, or to
    one that it replaced.

    `None` when a passphrase may open it; raises `WrongKeyError` when only other keys do.
    """
    place = keys or own_keys()
    wanted = [slot.key_id for slot in header.key_slots()]
    identity = place.identity()
    own = _sealing_keys(identity.keys) if identity else ()
    fitting = next((key for key in own if key.key_id in wanted), None)
    if fitting is not None and (secret := place.secrets(ask).opening(fitting)) is not None:
        return secret
    if header.passphrase_slots():
        return None
    raise WrongKeyError(
        message(
            "sealing.wrong_key",
            wanted=", ".join(wanted) or "-",
            own=", ".join(key.key_id for key in own) or "-",
        )
    )


def _sealing_keys(keys: PublicKeys) -> tuple[PublicSealingKey, ...]:
    """Return the keys files may have been sealed to, those that were replaced too."""
    texts = (keys.sealing, *(one.sealing for one in keys.former))
    return tuple(public_sealing_key(text) for text in texts if text)


@contextmanager
def _at_rest(source: Path) -> Iterator[None]:
    """Keep a visit from being edited while it is sealed; raises `AssessorError` when it is open
    somewhere, as what is on disk is then not the whole of it."""
    if source.suffix != VISIT:
        yield
        return
    with opened(source, read_only=True):
        yield


def _recipient(path: Path) -> PublicKeys:
    keys = read_public_keys(path)
    if keys.sealing_key is None:
        raise AssessorError(message("identity.no_sealing_key", file=path.name))
    return keys


def _unwatched(_done: int, _total: int) -> None:
    """Let the work go on."""
