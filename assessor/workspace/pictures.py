"""Evidence to look at: small pictures, large ones, pages of documents, and what gives pause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessor.assessment import Annotation, Assessment, EvidenceItem, Visit
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.storage.media import PICTURES
from assessor.storage.pictures import NotAPictureError, TooManyPixelsError
from assessor.workspace.annotations import bake
from assessor.workspace.decoding import decoded, location_of
from assessor.workspace.pages import PDF, page_count, page_picture
from assessor.workspace.visits import OpenVisit

VIEWING_SIDE = 4096
"""Pixels of the longer side of a picture that is looked at; more is not seen on any screen."""


@dataclass(frozen=True)
class Raster:
    """A decoded picture: rows of red, green and blue, one byte each, without gaps."""

    width: int
    height: int
    data: bytes

    @property
    def size(self) -> int:
        """Bytes it takes."""
        return len(self.data)


@dataclass(frozen=True)
class Wanted:
    """Which picture is wanted: bytes by SHA-256, marks to be drawn in, pixels of the longer side.

    `page` counts from 0 and matters for documents only.
    """

    sha256: str
    media_type: str
    longest: int
    marks: tuple[Annotation, ...] = ()
    page: int = 0


def can_be_shown(media_type: str) -> bool:
    """Tell whether there is a picture of such a file: photographs and PDF."""
    return media_type in PICTURES or media_type == PDF


def wanted_for(item: EvidenceItem, longest: int, page: int = 0) -> Wanted:
    """Return what to ask for to see a piece of evidence."""
    return Wanted(item.sha256, item.media_type, longest, item.annotations, page)


def render(data: bytes, wanted: Wanted) -> Raster:
    """Return the picture that is wanted; never to be called on the window's thread.

    Raises `AssessorError` when the bytes cannot be shown.
    """
    try:
        if wanted.media_type == PDF:
            picture = page_picture(data, wanted.page, wanted.longest)
        else:
            picture = decoded(data, wanted.media_type, wanted.longest)
    except (NotAPictureError, TooManyPixelsError, KeyError) as error:
        raise AssessorError(message("ui_evidence.cannot_show")) from error
    marked = bake(picture, wanted.marks).convert("RGB")
    return Raster(marked.width, marked.height, marked.tobytes())


def read_bytes(visit: OpenVisit, sha256: str) -> bytes:
    """Return the bytes of a piece of evidence, checked; raises `AssessorError`."""
    return visit.file.read_blob(sha256)


def has_location(data: bytes, media_type: str) -> bool:
    """Tell whether a picture says where it was taken."""
    return media_type in PICTURES and location_of(data, media_type) is not None


def duplicates(evidence: Iterable[EvidenceItem]) -> Mapping[str, tuple[str, ...]]:
    """Return for each piece that is there twice the others with the very same bytes."""
    same: dict[str, list[str]] = {}
    for item in evidence:
        same.setdefault(item.sha256, []).append(item.id)
    return {
        one: tuple(other for other in ids if other != one)
        for ids in same.values()
        if len(ids) > 1
        for one in ids
    }


def taken_outside(item: EvidenceItem, visit: Visit) -> bool:
    """Tell whether a picture names a day on which the visit did not take place.

    A picture without a time, or a visit without dates, gives no cause for doubt.
    """
    if item.taken_at is None or visit.date_from is None:
        return False
    return not visit.date_from <= item.taken_at.date() <= (visit.date_to or visit.date_from)


def untied(assessment: Assessment) -> frozenset[str]:
    """Return the pieces that serve nothing yet: no criterion, gate, finding, result, signature."""
    used = {
        *(one for found in assessment.findings for one in (*found.evidence, *found.recheck)),
        *(one for result in assessment.platform_results.values() for one in result.evidence),
        *(sign.signature for sign in assessment.sign_offs if sign.signature),
    }
    return frozenset(
        item.id
        for item in assessment.evidence
        if not (item.criteria or item.gates or item.id in used)
    )


def pages_of(visit: OpenVisit, sha256: str) -> int:
    """Return how many pages a document has; raises `AssessorError` when it cannot be read."""
    try:
        return page_count(read_bytes(visit, sha256))
    except NotAPictureError as error:
        raise AssessorError(message("ui_evidence.cannot_show")) from error
