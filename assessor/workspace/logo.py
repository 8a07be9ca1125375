"""The organisation's logo for the covers of reports: one small picture beside the settings.

Whatever file it came from, only pixels are kept: decoded once by the one decoder of its kind, made
small, written anew without any metadata.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.paths import user_folder
from assessor.reports.build.source import Logo
from assessor.sheets.limits import MEGABYTE
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.storage.media import PICTURES, media_type_of
from assessor.storage.pictures import MEGAPIXELS, NotAPictureError, TooManyPixelsError
from assessor.workspace.decoding import decoded

__all__ = ["Logo", "drop_logo", "keep_logo", "logo_path", "own_logo", "read_logo"]

FILE_NAME = "logo.png"
LONGEST = 800
"""Pixels of the longer side: on the cover it is at most 17 mm high."""
MOST_MEGABYTES = 50
_PNG = "image/png"


def logo_path() -> Path:
    """Return where the logo of this person's organisation lies; the file need not exist."""
    return user_folder() / FILE_NAME


def read_logo(path: Path) -> Logo:
    """Return the picture in `path` as it goes onto a cover; it is not kept.

    Raises `AssessorError` when it is no picture, too large, or cannot be read.
    """
    with translated(path):
        kind = media_type_of(path)
        if kind not in PICTURES:
            raise _refused("not_a_picture", path)
        if path.stat().st_size > MOST_MEGABYTES * MEGABYTE:
            raise _refused("too_big", path, megabytes=MOST_MEGABYTES)
        data = path.read_bytes()
    try:
        picture = decoded(data, kind, LONGEST)
    except NotAPictureError as error:
        raise _refused("not_a_picture", path) from error
    except TooManyPixelsError as error:
        raise _refused("too_many_pixels", path, megapixels=MEGAPIXELS) from error
    picture.info.clear()
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return Logo(out.getvalue(), picture.width, picture.height)


def keep_logo(path: Path) -> Logo:
    """Keep the picture in `path` as the organisation's logo, in place of an earlier one.

    Raises `AssessorError` as `read_logo` does, or when it cannot be kept; the earlier one stays.
    """
    logo, target = read_logo(path), logo_path()
    with translated(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with aside(target) as draft:
            draft.write_bytes(logo.data)
            put_in_place(draft, target)
    return logo


def own_logo() -> Logo | None:
    """Return the logo that was kept, `None` without one or when the file is none we have written.

    Raises `AssessorError` when it cannot be read.
    """
    path = logo_path()
    with translated(path):
        if not path.is_file() or path.stat().st_size > MOST_MEGABYTES * MEGABYTE:
            return None
        data = path.read_bytes()
    try:
        picture = decoded(data, _PNG)
    except (NotAPictureError, TooManyPixelsError):
        return None
    fits = max(picture.size) <= LONGEST
    return Logo(data, picture.width, picture.height) if fits else None


def drop_logo() -> None:
    """Forget the logo, if there is one; raises `AssessorError` when that is not possible."""
    path = logo_path()
    with translated(path):
        path.unlink(missing_ok=True)


def _refused(key: str, path: Path, **values: object) -> AssessorError:
    return AssessorError(message(f"logo.{key}", file=path.name, **values))
