"""Why a sealed file cannot be opened, told apart."""

from __future__ import annotations

from assessor.errors import AssessorError


class SealError(AssessorError):
    """A sealed file cannot be made or opened; nothing of its content was handed out."""


class NotSealedError(SealError):
    """The file is not a sealed one."""


class WrongKeyError(SealError):
    """The passphrase, code or private key does not open the file."""


class TruncatedError(SealError):
    """The end of the file is missing."""


class DamagedSealError(SealError):
    """Bytes of the file were changed, or some were put behind it."""
