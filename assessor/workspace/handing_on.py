"""Evidence on its way out of a visit: marks drawn in, said where taken only when that is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from assessor.assessment import Annotation, EvidenceItem
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.reports.build import Logo
from assessor.storage.errors import translated
from assessor.storage.media import PICTURES
from assessor.storage.pictures import NotAPictureError, TooManyPixelsError
from assessor.workspace.annotations import marked_bytes, marks_by_picture
from assessor.workspace.snapshot import Record
from assessor.workspace.visits import OpenVisit

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_NAME = 80


def report_pictures(visit: Record, logo: Logo | None = None) -> Callable[[str], bytes]:
    """Return what gives a report the bytes of a picture by its SHA-256, with its marks drawn in.

    The `logo` of its cover is no evidence of the visit.
    """
    pieces = {item.sha256: item for item in visit.assessment.evidence}
    marks = marks_by_picture(visit.assessment.evidence)

    def read(sha256: str) -> bytes:
        if logo is not None and sha256 == logo.sha256 and sha256 not in pieces:
            return logo.data
        data = visit.read_blob(sha256)
        if sha256 not in marks:
            return data
        return _marked(data, pieces[sha256], marks[sha256])

    return read


def outgoing_bytes(visit: OpenVisit, item: EvidenceItem, keep_location: bool = False) -> bytes:
    """Return a piece of evidence as it is handed to others.

    A picture is made anew, upright, with its marks and without any metadata. With `keep_location`
    a marked one still says where it was taken, and an unmarked one goes out as it came in.
    Documents always do.
    """
    data = visit.file.read_blob(item.sha256)
    marks = marks_by_picture(visit.assessment.evidence).get(item.sha256, ())
    if item.media_type not in PICTURES or (keep_location and not marks):
        return data
    return _marked(data, item, marks, keep_location=keep_location)


def _marked(
    data: bytes,
    item: EvidenceItem,
    marks: tuple[Annotation, ...],
    *,
    keep_location: bool = False,
) -> bytes:
    try:
        return marked_bytes(data, item.media_type, marks, keep_location=keep_location)
    except (NotAPictureError, TooManyPixelsError) as error:
        said = message("pdf.photo_unreadable", caption=item.caption or item.file_name)
        raise AssessorError(said) from error


def export_evidence(
    visit: OpenVisit, items: Sequence[EvidenceItem], folder: Path, keep_location: bool = False
) -> tuple[Path, ...]:
    """Write copies of evidence into a folder and return the files; nothing is overwritten.

    What goes out is what `outgoing_bytes` says. Raises `AssessorError` when one cannot be written;
    those before it are there then.
    """
    written: list[Path] = []
    for item in items:
        data = outgoing_bytes(visit, item, keep_location)
        ending = ".jpg" if data.startswith(b"\xff\xd8") else Path(item.file_name).suffix
        stem = _UNFIT.sub("_", Path(item.file_name).stem).strip(" .") or item.id
        with translated(folder):
            path = _free(folder, f"{item.id}-{stem[:_LONGEST_NAME]}", ending)
            with path.open("xb") as file:
                file.write(data)
        written.append(path)
    return tuple(written)


def _free(folder: Path, stem: str, ending: str) -> Path:
    names = (folder / f"{stem}{f'-{number}' if number else ''}{ending}" for number in count())
    return next(path for path in names if not path.exists())
