"""Marks over a picture: arrows, boxes, words, hidden parts. The original keeps its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from io import BytesIO
from math import atan2, cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

from assessor.assessment import Annotation, EvidenceItem
from assessor.paths import fonts_folder
from assessor.workspace.decoding import decoded, location_of

FONT = "NotoSansSC-Bold.ttf"
INK = (217, 45, 32)
PAPER = (255, 255, 255)
STROKE_SHARE = 0.005
"""Width of a line as a part of the picture's longer side."""
TEXT_SHARE = 0.028
"""Height of letters as a part of the picture's longer side."""
MOSAIC_SHARE = 0.02
"""Edge of a square that hides what is below, as a part of the picture's longer side."""
QUALITY = 90

Box = tuple[int, int, int, int]
Painter = Callable[[Image.Image, Annotation], None]


def bake(picture: Image.Image, marks: Iterable[Annotation]) -> Image.Image:
    """Return the picture with its marks drawn in; what is hidden is hidden below all others."""
    listed = sorted(marks, key=lambda mark: mark.kind != "pixelate")
    if not listed:
        return picture
    canvas = picture.convert("RGB")
    for mark in listed:
        _PAINTERS[mark.kind](canvas, mark)
    return canvas


def marks_by_picture(evidence: Iterable[EvidenceItem]) -> Mapping[str, tuple[Annotation, ...]]:
    """Return the marks of each picture by the SHA-256 of its bytes.

    Where two pieces have the same bytes, the marks of both count: nothing hidden in one of them is
    seen in the other.
    """
    found: dict[str, tuple[Annotation, ...]] = {}
    for item in evidence:
        if item.annotations:
            found[item.sha256] = (*found.get(item.sha256, ()), *item.annotations)
    return found


def marked_bytes(
    data: bytes, media_type: str, marks: Sequence[Annotation], *, keep_location: bool = False
) -> bytes:
    """Return a picture as it is handed on: upright, marks drawn in, without any metadata; with
    `keep_location` it still says where it was taken.

    Raises `NotAPictureError` for bytes that are no picture of that kind.
    """
    flat = bake(decoded(data, media_type), marks).convert("RGB")
    flat.info.clear()
    target = BytesIO()
    kept = location_of(data, media_type) if keep_location else None
    flat.save(target, "JPEG", quality=QUALITY, exif=b"" if kept is None else kept.tobytes())
    return target.getvalue()


def _longer(picture: Image.Image) -> int:
    return max(picture.size)


def _stroke(picture: Image.Image) -> int:
    return max(round(_longer(picture) * STROKE_SHARE), 2)


def _corners(picture: Image.Image, mark: Annotation) -> Box:
    """Return both corners in pixels, in the order they were drawn."""
    width, height = picture.width - 1, picture.height - 1
    x1, y1 = round(mark.x1 * width), round(mark.y1 * height)
    return x1, y1, round(mark.x2 * width), round(mark.y2 * height)


def _box(picture: Image.Image, mark: Annotation) -> Box:
    x1, y1, x2, y2 = _corners(picture, mark)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _rectangle(picture: Image.Image, mark: Annotation) -> None:
    stroke = _stroke(picture)
    draw, box = ImageDraw.Draw(picture), _box(picture, mark)
    draw.rectangle(box, outline=PAPER, width=stroke + 2)
    draw.rectangle(box, outline=INK, width=stroke)


def _arrow(picture: Image.Image, mark: Annotation) -> None:
    x1, y1, x2, y2 = _corners(picture, mark)
    stroke, angle = _stroke(picture), atan2(y2 - y1, x2 - x1)
    draw, head = ImageDraw.Draw(picture), stroke * 5
    neck = (x2 - cos(angle) * head * 0.8, y2 - sin(angle) * head * 0.8)
    tips = [(x2 - cos(angle + s) * head, y2 - sin(angle + s) * head) for s in (pi / 7, -pi / 7)]
    draw.line((x1, y1, *neck), fill=PAPER, width=stroke + 4)
    draw.polygon([(x2, y2), *tips], fill=INK, outline=PAPER)
    draw.line((x1, y1, *neck), fill=INK, width=stroke)


def _words(picture: Image.Image, mark: Annotation) -> None:
    size = max(round(_longer(picture) * TEXT_SHARE), 8)
    font, draw, air = _font(size), ImageDraw.Draw(picture), max(size // 3, 2)
    left, top, right, bottom = draw.textbbox((0, 0), mark.text, font=font)
    width, height = round(right - left) + 2 * air, round(bottom - top) + 2 * air
    x, y, _, _ = _corners(picture, mark)
    # Words near an edge are moved in, or half of them would be lost.
    x, y = max(min(x, picture.width - width), 0), max(min(y, picture.height - height), 0)
    edge = max(_stroke(picture) // 2, 1)
    draw.rectangle((x, y, x + width, y + height), fill=PAPER, outline=INK, width=edge)
    draw.text((x + air - left, y + air - top), mark.text, font=font, fill=INK)


def _pixelate(picture: Image.Image, mark: Annotation) -> None:
    left, top, right, bottom = _box(picture, mark)
    box = (left, top, right + 1, bottom + 1)
    part, edge = picture.crop(box), max(round(_longer(picture) * MOSAIC_SHARE), 4)
    squares = (max(part.width // edge, 1), max(part.height // edge, 1))
    coarse = part.resize(squares, Image.Resampling.BOX)
    picture.paste(coarse.resize(part.size, Image.Resampling.NEAREST), box)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts_folder() / FONT), size)


_PAINTERS: Mapping[str, Painter] = {
    "arrow": _arrow,
    "rectangle": _rectangle,
    "text": _words,
    "pixelate": _pixelate,
}
