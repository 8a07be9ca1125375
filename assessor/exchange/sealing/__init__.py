"""Sealed files: unreadable and unalterable for whoever has neither passphrase nor private key."""

from assessor.exchange.sealing.files import (
    SUFFIX,
    header_of,
    seal_bytes,
    seal_file,
    unseal_bytes,
    unseal_file,
)
from assessor.exchange.sealing.header import Header
from assessor.exchange.sealing.keys import (
    Passphrase,
    PrivateSealingKey,
    PublicSealingKey,
    RecoveryCode,
    chosen_passphrase,
    new_recovery_code,
    new_sealing_key,
    public_sealing_key,
    typed_recovery_code,
)
from assessor.exchange.sealing.refusals import (
    DamagedSealError,
    NotSealedError,
    SealError,
    TruncatedError,
    WrongKeyError,
)
from assessor.exchange.sealing.slots import STANDARD, Key, Lock, Work

__all__ = [
    "STANDARD",
    "SUFFIX",
    "DamagedSealError",
    "Header",
    "Key",
    "Lock",
    "NotSealedError",
    "Passphrase",
    "PrivateSealingKey",
    "PublicSealingKey",
    "RecoveryCode",
    "SealError",
    "TruncatedError",
    "Work",
    "WrongKeyError",
    "chosen_passphrase",
    "header_of",
    "new_recovery_code",
    "new_sealing_key",
    "public_sealing_key",
    "seal_bytes",
    "seal_file",
    "typed_recovery_code",
    "unseal_bytes",
    "unseal_file",
]
