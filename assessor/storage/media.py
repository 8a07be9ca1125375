"""What a file is, told from its first bytes and never from its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

Refusal = Literal["video", "archive", "program", "unknown"]
"""Why a file cannot be evidence."""

HEAD = 4096
"""Bytes that are looked at; a format that shows itself later counts as unknown."""

PICTURES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
}
"""Media type -> the one decoder that may touch such a file."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_IN_ZIP = (
    ("word/", _OFFICE + "wordprocessingml.document"),
    ("xl/", _OFFICE + "spreadsheetml.sheet"),
    ("ppt/", _OFFICE + "presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
_AT_START: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_REFUSED_START: tuple[tuple[bytes, Refusal], ...] = (
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV\x01", "video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),
    (b"\x00\x00\x01\xba", "video"),
    (b"\x00\x00\x01\xb3", "video"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}


def media_type_of(path: Path) -> str | None:
    """Return the media type of an acceptable file, None for any other.

    Raises `OSError` when the file cannot be read.
    """
    head = _head(path)
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(path)
    probes: tuple[Callable[[bytes], str | None], ...] = (_by_start, _by_box, _as_text)
    return next((found for probe in probes if (found := probe(head))), None)


def refusal_of(path: Path) -> Refusal:
    """Return why a file that has no media type of ours is refused."""
    head = _head(path)
    if head.startswith(b"PK"):
        return "archive"
    if head[4:8] in {b"ftyp", b"moov", b"mdat"} or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return "video"
    return next((why for start, why in _REFUSED_START if head.startswith(start)), "unknown")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _by_start(head: bytes) -> str | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "image/bmp"
    return next((kind for start, kind in _AT_START if head.startswith(start)), None)


def _by_box(head: bytes) -> str | None:
    """Tell phone pictures (HEIC) from films: both begin with the same kind of box."""
    return "image/heic" if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS else None


def _as_text(head: bytes) -> str | None:
    if b"\x00" in head or head.startswith(b"#!"):
        return None
    return "text/plain" if _decodes(head, "utf-8") or _decodes(head, "gb18030") else None


def _decodes(head: bytes, encoding: str) -> bool:
    """Whether the bytes are a text; the last few may be half a character."""
    for cut in range(4):
        try:
            text = head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(letter.isprintable() or letter in "\r\n\t\f\ufeff\u3000" for letter in text)
    return False


def _in_zip(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    return next(
        (kind for start, kind in _IN_ZIP if any(name.startswith(start) for name in names)), None
    )
