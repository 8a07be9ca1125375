"""Photographs in the report: turned upright, made small, stripped of all metadata."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from io import BytesIO

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.reports.document import Photo
from assessor.reports.pdf import look
from assessor.reports.pdf.box import Box
from assessor.reports.typeset.fonts import Typeface
from assessor.reports.typeset.paragraph import Setting
from assessor.reports.typeset.pen import Area, Ink, Pen

Images = Callable[[str], bytes]
"""Returns the bytes of a picture, given their SHA-256 in hex."""

LONGEST_SIDE = 1600
"""Pixels of the longer side, at most."""

PIXELS_PER_POINT = 5.5
"""About 400 dots per inch on paper: enough to read a screen in the picture when zoomed in."""

QUALITY = 80
MOST_PIXELS = 120_000_000
_GAP = 10.0
_TILE = 0.75
"""Height of a photo's tile as a part of its width."""

import_module("pi_heif").register_heif_opener()  # HEIC; imported by name, it carries no types


class _Jpeg(ImageReader):
    """A finished JPEG; the library would decode it only to tell it apart from others."""

    def __init__(self, data: bytes) -> None:
        super().__init__(BytesIO(data))
        self._bytes = data
        self._dataA = None  # no transparency

    def getRGBData(self) -> bytes:  # noqa: N802 - the library's name
        """Return what identifies the picture, without decoding it."""
        return self._bytes


def shrink(data: bytes, caption: str, longest: int = LONGEST_SIDE) -> bytes:
    """Return the picture as an upright JPEG, at most `longest` pixels, without any metadata.

    Raises `AssessorError` (naming `caption`) when it is no picture, damaged or unreasonably large.
    """
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise AssessorError(message("pdf.photo_too_large", caption=caption))
            picture.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((longest, longest))
            return _as_jpeg(upright)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise AssessorError(message("pdf.photo_unreadable", caption=caption)) from error


def _as_jpeg(picture: Image.Image) -> bytes:
    if picture.mode in {"RGBA", "LA", "PA", "P"}:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", picture.size, "white")
        picture.paste(layer, mask=layer)
    flat = picture.convert("RGB")
    flat.info.clear()
    out = BytesIO()
    flat.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def paint_photo(pen: Pen, photo: Photo, images: Images, area: Area) -> None:
    """Draw the picture into `area` (left, bottom, width, height), whole and centred."""
    x, y, width, height = area
    longest = min(int(max(width, height) * PIXELS_PER_POINT), LONGEST_SIDE)
    reader = _Jpeg(shrink(images(photo.sha256), photo.caption, longest))
    wide, high = reader.getSize()
    scale = min(width / wide, height / high)
    left, bottom = x + (width - wide * scale) / 2, y + (height - high * scale) / 2
    pen.canvas.drawImage(reader, left, bottom, wide * scale, high * scale)


@cache
def blank(sha256: str) -> bytes:
    """Return a white dot for any picture: places and words of a page don't depend on pictures."""
    return _as_jpeg(Image.new("RGB", (1, 1), "white"))


class PhotoRow(Box):
    """Pictures beside each other on tiles of the same size, captions under them."""

    before = 4.0
    after = 6.0

    def __init__(
        self, photos: Sequence[Photo], per_row: int, typeface: Typeface, images: Images
    ) -> None:
        self._photos = [(p, Setting(p.caption, look.CAPTION, typeface)) for p in photos]
        self._per_row = per_row
        self._images = images

    def _tile(self, width: float) -> float:
        return (width - _GAP * (self._per_row - 1)) / self._per_row

    def height(self, width: float) -> float:
        """Return the height of a tile and the longest caption."""
        tile = self._tile(width)
        return tile * _TILE + 4 + max(text.height(tile) for _, text in self._photos)

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw tiles, pictures and captions."""
        tile = self._tile(width)
        for photo, caption in self._photos:
            area = (x, top - tile * _TILE, tile, tile * _TILE)
            pen.box(area, Ink(look.SUNKEN), radius=2)
            paint_photo(pen, photo, self._images, area)
            caption.draw(pen, x, top - tile * _TILE - 4, tile)
            x += tile + _GAP


class LogoBox(Box):
    """A picture in the upper left corner, at most 48 points high."""

    def __init__(self, photo: Photo, images: Images) -> None:
        self._photo = photo
        self._images = images

    def height(self, width: float) -> float:
        """Return the room for the picture."""
        return 48.0

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the picture, left-aligned."""
        wide = min(width, 48.0 * self._photo.width / max(self._photo.height, 1))
        paint_photo(pen, self._photo, self._images, (x, top - 48.0, wide, 48.0))
