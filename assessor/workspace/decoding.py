"""Pictures from bytes, each by the one decoder that may touch its kind, upright and small."""

from __future__ import annotations

from io import BytesIO

from PIL import ExifTags, Image, ImageOps

from assessor.storage.media import PICTURES
from assessor.storage.pictures import NotAPictureError, TooManyPixelsError


def decoded(data: bytes, media_type: str, longest: int | None = None) -> Image.Image:
    """Return a picture upright in RGB, its longer side at most `longest` pixels.

    Raises `NotAPictureError` for anything else, `TooManyPixelsError` for one too large to decode.
    """
    try:
        with opened_picture(data, media_type) as picture:
            if longest is not None:
                # A JPEG is then decoded at the nearest fraction above: most of the work is saved.
                picture.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(picture)
            if longest is not None:
                upright.thumbnail((longest, longest))
            return _on_paper(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixelsError from error
    except MemoryError:
        raise
    except Exception as error:
        # Decoders fail in many ways on bytes made to break them; all mean the same to us.
        raise NotAPictureError from error


def opened_picture(data: bytes, media_type: str) -> Image.Image:
    """Return a picture of which only the head was read; raises as Pillow does, `KeyError` for a
    media type that is none of a picture."""
    return Image.open(BytesIO(data), formats=[PICTURES[media_type]])


def location_of(data: bytes, media_type: str) -> Image.Exif | None:
    """Return the part of a picture's metadata that says where it was taken, `None` without one.

    What cannot be read says nothing. Raises `KeyError` for a media type that is none of a picture.
    """
    if media_type not in PICTURES:
        raise KeyError(media_type)
    try:
        with opened_picture(data, media_type) as picture:
            place = dict(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:
        # Metadata is as foreign as pixels and breaks in as many ways; the picture itself is fine.
        return None
    if not place:
        return None
    kept = Image.Exif()
    kept.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    return kept


def _on_paper(picture: Image.Image) -> Image.Image:
    """Put a picture with transparent parts on white."""
    if picture.mode in {"RGBA", "LA", "PA", "P"}:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(layer, mask=layer)
        return ground
    return picture.convert("RGB")
