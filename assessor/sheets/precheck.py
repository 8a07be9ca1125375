"""A look at a file before anything in it is read: what it is, how big it would become.

Nothing is unpacked to disk, and of the archive only its directory is looked at (and the small part
that tells an OpenDocument file).
"""

from __future__ import annotations

import re
import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from assessor.i18n import Message, message
from assessor.sheets.errors import refused
from assessor.sheets.identify import identify, identify_zip, kind_of
from assessor.sheets.limits import MEGABYTE, Limits

_ENCRYPTED = 0x1
_RATIO_FROM = 5 * MEGABYTE
_OUTSIDE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:")
_MIMETYPE_BYTES = 200


def check_size(path: Path, limits: Limits) -> None:
    """Refuse a file that is too big, or none at all; raises `SheetError`."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise refused("not_found", file=path.name) from error
    except (OSError, ValueError) as error:
        raise refused("unreadable", file=path.name) from error
    if not stat.S_ISREG(status.st_mode):
        raise refused("not_a_file", file=path.name)
    if status.st_size > limits.packed_bytes:
        raise _too_big(path, limits)


def read_content(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a file, read once, so that whatever is found out of it is of these.

    Raises `SheetError` for a file that is too big, cannot be read, or is none.
    """
    check_size(path, limits)
    try:
        with path.open("rb") as file:
            content = file.read(limits.packed_bytes + 1)
    except FileNotFoundError as error:
        raise refused("not_found", file=path.name) from error
    except OSError as error:
        raise refused("unreadable", file=path.name) from error
    if len(content) > limits.packed_bytes:
        raise _too_big(path, limits)
    return content


def _too_big(path: Path, limits: Limits) -> Exception:
    return refused("too_big", file=path.name, limit=limits.packed_bytes // MEGABYTE)


def check_kind(path: Path, content: bytes | None = None) -> str:
    """Return `zip` or `csv`, the kinds that can be read; refuse any other by its name.

    `content` are the file's bytes where they have been read already.
    """
    try:
        kind = identify(path) if content is None else kind_of(content)
    except OSError as error:
        raise refused("unreadable", file=path.name) from error
    if kind not in ("zip", "csv"):
        raise foreign(path, kind)
    return kind


def foreign(path: Path, kind: str) -> Exception:
    """Return the error that says what the file is and what to do with it."""
    if kind in ("empty", "encrypted"):
        return refused(kind, file=path.name)
    return refused("foreign", file=path.name, kind=message(f"sheets.kind_{kind}"))


def open_archive(path: Path, limits: Limits, content: bytes | None = None) -> ZipFile:
    """Return the opened archive of a workbook after its directory has been checked.

    `content` are the file's bytes where they have been read already. Raises `SheetError` for
    everything that is not a workbook of bearable size.
    """
    try:
        archive = ZipFile(path if content is None else BytesIO(content))
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refused("damaged", file=path.name) from error
    try:
        _check_directory(path.name, archive, limits)
        kind = identify_zip(frozenset(archive.namelist()), _mimetype(archive))
        if kind != "xlsx":
            raise foreign(path, kind)
    except BaseException:
        archive.close()
        raise
    return archive


def warnings_of(archive: ZipFile) -> tuple[Message, ...]:
    """Return what in the archive gives cause for caution: macros, links to other files."""
    names = [name.lower() for name in archive.namelist()]
    found = []
    if any(name.endswith("vbaproject.bin") for name in names):
        found.append(message("sheets.has_macros"))
    if any("/externallinks/" in name for name in names):
        found.append(message("sheets.has_links"))
    return tuple(found)


def _mimetype(archive: ZipFile) -> bytes:
    try:
        with archive.open("mimetype") as part:
            return part.read(_MIMETYPE_BYTES)
    except (KeyError, BadZipFile, OSError, ValueError, NotImplementedError):
        return b""


def _check_directory(file: str, archive: ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.parts:
        raise refused("too_many_parts", file=file, limit=limits.parts)
    names = [entry.filename.replace("\\", "/").casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise refused("duplicate_parts", file=file)
    for entry in entries:
        _check_entry(file, entry)
    _check_unpacked(file, entries, limits)


def _check_entry(file: str, entry: ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise refused("encrypted", file=file)
    # zipfile cuts names at a NUL; the original shows that it was there.
    name = entry.orig_filename
    if _OUTSIDE.search(name) or "\0" in name or stat.S_ISLNK(entry.external_attr >> 16):
        raise refused("unsafe_parts", file=file)
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise refused("damaged", file=file)


def _check_unpacked(file: str, entries: list[ZipInfo], limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise refused("unpacks_too_big", file=file, limit=limits.unpacked_bytes // MEGABYTE)
    if unpacked > _RATIO_FROM and unpacked > packed * limits.ratio:
        raise refused("packed_too_tight", file=file, limit=limits.ratio)
