"""Looking at a file before it is attached as evidence: what it is, whether it is what it claims."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor.assessment import EvidenceItem
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.criterion import EvidenceKind
from assessor.storage.blobs import CHUNK, BlobSource
from assessor.storage.errors import MissingError, translated
from assessor.storage.media import PICTURES, media_type_of, refusal_of
from assessor.storage.pictures import (
    MEGAPIXELS,
    NotAPictureError,
    PictureFacts,
    TooManyPixelsError,
    look_at,
)

LARGEST_MB = 50
"""Millions of bytes one piece of evidence may have."""

_MB = 1_000_000
_NO_PICTURE = PictureFacts(0, 0, None)


class EvidenceRefusedError(AssessorError):
    """A file cannot be attached; says why and what would do instead."""


@dataclass(frozen=True)
class Attachment:
    """A file that may be attached: its bytes to be stored, and what it says about itself."""

    source: BlobSource
    picture: PictureFacts

    @property
    def kind(self) -> EvidenceKind:
        """The kind of evidence to propose."""
        return "photo" if self.source.media_type in PICTURES else "document"

    def item(
        self,
        item_id: str,
        added_at: datetime,
        *,
        kind: EvidenceKind | None = None,
        criteria: Sequence[str] = (),
        caption: str = "",
    ) -> EvidenceItem:
        """Return the record of this piece of evidence.

        Raises pydantic's `ValidationError` for a key or caption that a record cannot hold.
        """
        return EvidenceItem(
            id=item_id,
            sha256=self.source.sha256,
            size=self.source.size,
            media_type=self.source.media_type,
            file_name=self.source.name,
            kind=kind or self.kind,
            criteria=tuple(criteria),
            caption=caption,
            taken_at=self.picture.taken_at,
            added_at=added_at,
            width=self.picture.width,
            height=self.picture.height,
        )


def read_evidence(path: Path) -> Attachment:
    """Look at a file that is to be attached; its bytes stay where they are until they are stored.

    Raises `EvidenceRefusedError` for what cannot be evidence (empty, too large, a film, a broken
    picture), `StorageError` when the file cannot be read.
    """
    if not path.is_file():
        raise MissingError(message("storage.missing", path=str(path)))
    with translated(path):
        _check_size(path)
        media_type = media_type_of(path)
        if media_type is None:
            raise _refused(refusal_of(path), path)
        picture = _picture(path, media_type) if media_type in PICTURES else _NO_PICTURE
        digest, size = _digest(path)
    source = BlobSource(digest, size, media_type, path.name, lambda: path.open("rb"))
    return Attachment(source, picture)


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if not size:
        raise _refused("empty", path)
    if size > LARGEST_MB * _MB:
        said = message(
            "storage.evidence_too_large", name=path.name, size=-(-size // _MB), limit=LARGEST_MB
        )
        raise EvidenceRefusedError(said)


def _picture(path: Path, media_type: str) -> PictureFacts:
    try:
        return look_at(path, media_type)
    except NotAPictureError as error:
        said = message("storage.picture_unreadable", name=path.name)
        raise EvidenceRefusedError(said) from error
    except TooManyPixelsError as error:
        said = message("storage.picture_too_large", name=path.name, limit=MEGAPIXELS)
        raise EvidenceRefusedError(said) from error


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _refused(why: str, path: Path) -> EvidenceRefusedError:
    return EvidenceRefusedError(message(f"storage.evidence_{why}", name=path.name))
