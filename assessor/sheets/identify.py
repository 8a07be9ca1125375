"""What a file really is, by its first bytes and, for a zip archive, by its parts."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"SQLite format 3\x00", "database"),
)
_HEAD = 4096
_MARKUP = re.compile(rb"^\s*<(!doctype html|html|head|body|table|meta|div)\b", re.IGNORECASE)
_TEXT_ENCODINGS = ("utf-8-sig", "gb18030")


def identify(path: Path) -> str:
    """Return the kind of the file at `path`, an entry `kind_...` of the catalogue `sheets`.

    `zip` still has to be told apart by its parts, see `identify_zip`. Raises `OSError` when the
    file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        return kind_of(head + file.read() if head.startswith(_OLE) else head)


def kind_of(content: bytes) -> str:
    """Return the kind of a file with these bytes, as `identify` does."""
    if content.startswith(_OLE):
        return _identify_ole(content)
    head = content[:_HEAD]
    if not head:
        return "empty"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    return _identify_text(head)


def _identify_ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted"
    old_workbook = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
    return "xls" if old_workbook else "ole"


def _identify_text(head: bytes) -> str:
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if head.lstrip().startswith(b"<?xml") or b"urn:schemas-microsoft-com" in head:
        return "html" if b"<html" in head.lower() else "xml"
    if b"\x00" in head:
        return "unknown"
    return "csv" if any(_decodes(head, encoding) for encoding in _TEXT_ENCODINGS) else "unknown"


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        # The head may end inside a character, which an incremental decoder bears.
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def identify_zip(names: Collection[str], mimetype: bytes) -> str:
    """Return the kind of a zip archive with the parts `names`; `mimetype` is its part of that name.

    `xlsx` stands for a workbook with or without macros.
    """
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    for part, kind in (
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "docx"),
        ("ppt/presentation.xml", "pptx"),
        ("Index/Document.iwa", "numbers"),
    ):
        if part in names:
            return kind
    return "xlsx" if "[Content_Types].xml" in names and "_rels/.rels" in names else "zip"
