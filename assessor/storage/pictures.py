"""What a picture says about itself, and whether it is one at all. Its bytes are never changed."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path

from PIL import ExifTags, Image

from assessor.storage.media import PICTURES

MEGAPIXELS = 100
"""The largest picture, in millions of pixels: decoding one takes 3 bytes of memory a pixel."""

Image.MAX_IMAGE_PIXELS = MEGAPIXELS * 1_000_000
# What Pillow has to say about odd metadata is nothing a person could act on.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
warnings.simplefilter("error", Image.DecompressionBombWarning)
# The library carries no types, so it cannot be imported by statement.
import_module("pi_heif").register_heif_opener()

_TRIAL = (256, 256)
"""JPEG is decoded at this size or a little above: all data is read, little memory used."""

_TURNED = {5, 6, 7, 8}
"""The values of EXIF Orientation whose pictures are shown on their side."""


class NotAPictureError(Exception):
    """The bytes are no complete picture."""


class TooManyPixelsError(Exception):
    """The picture is larger than `MEGAPIXELS`."""


@dataclass(frozen=True)
class PictureFacts:
    """Pixels as the picture is seen, and the time its EXIF data names, as it names it."""

    width: int
    height: int
    taken_at: datetime | None


def look_at(path: Path, media_type: str) -> PictureFacts:
    """Decode a picture once and return its facts.

    Raises `NotAPictureError`, `TooManyPixelsError`, or `OSError` when the file cannot be read.
    """
    with path.open("rb") as file:
        try:
            with Image.open(file, formats=[PICTURES[media_type]]) as image:
                facts = _facts(image)
                image.draft("RGB", _TRIAL)
                image.load()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise TooManyPixelsError from error
        except MemoryError:
            raise
        except Exception as error:
            # Decoders fail in many ways on bytes made to break them; all mean the same to us.
            raise NotAPictureError from error
    return facts


def _facts(image: Image.Image) -> PictureFacts:
    width, height = image.size
    try:
        exif = image.getexif()
        turned, taken_at = exif.get(ExifTags.Base.Orientation) in _TURNED, _taken_at(exif)
    except Exception:
        # A picture is worth keeping when its metadata is broken.
        return PictureFacts(width, height, None)
    size = (height, width) if turned else (width, height)
    return PictureFacts(*size, taken_at)


def _taken_at(exif: Image.Exif) -> datetime | None:
    details = exif.get_ifd(ExifTags.IFD.Exif)
    taken = _text(details.get(ExifTags.Base.DateTimeOriginal))
    zone = _text(details.get(ExifTags.Base.OffsetTimeOriginal))
    day, _, time = taken.partition(" ")
    moment = f"{day.replace(':', '-')}T{time}"
    return _moment(moment + zone) or _moment(moment)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _text(value: object) -> str:
    return str(value or "").strip("\x00 ")
