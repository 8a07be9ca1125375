"""Reading workbooks written exactly as this program writes them, many times faster than any others.

The writer's output is so regular that a few patterns describe all of it: every byte of a part has
to be accounted for, or the part is left to the careful reader. So nothing unusual can hide in what
is read here: no cell stands twice, no line is hidden, no part brings a look of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_BYTES = 8 * 1024 * 1024
"""Parts larger than this are none that the program wrote for a visit."""

_XML = rb'<\?xml version="1\.0" encoding="UTF-8" standalone="yes"\?>\n'
_MAIN = rb"http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"
_RELATIONS = rb"http://schemas\.openxmlformats\.org/officeDocument/2006/relationships"
_REFERENCE = rb"[A-Z]{1,3}[1-9][0-9]{0,6}"
_AREA = _REFERENCE + rb"(?::" + _REFERENCE + rb")?"
_SIZE = rb"[1-9][0-9]{0,2}(?:\.[0-9]{1,12})?"

_HEAD = re.compile(
    _XML + rb'<worksheet xmlns="' + _MAIN + rb'" xmlns:r="' + _RELATIONS + rb'">'
    rb'(?:<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>)?'
    rb'<dimension ref="' + _AREA + rb'"/>'
    rb'<sheetViews><sheetView(?: showGridLines="0")?(?: tabSelected="1")? workbookViewId="0"'
    rb"(?:/>|>(?:<pane [^<>]*/>)?(?:<selection [^<>]*/>)*</sheetView>)</sheetViews>"
    rb'<sheetFormatPr defaultRowHeight="' + _SIZE + rb'"(?: customHeight="1")?/>'
    rb'(?:<cols>(?:<col min="[0-9]+" max="[0-9]+" width="'
    + _SIZE
    + rb'" customWidth="1"/>)+</cols>)?'
    rb"<sheetData>"
)
_TAIL = re.compile(
    rb"</sheetData>"
    rb'(?:<mergeCells count="[0-9]+">(?P<merged>(?:<mergeCell ref="[A-Z0-9:]+"/>)+)</mergeCells>)?'
    rb'(?:<dataValidations count="[0-9]+">'
    rb"(?:<dataValidation [^<>]*><formula1>[^<]*</formula1></dataValidation>)+</dataValidations>)?"
    rb"(?:<pageMargins [^<>]*/>)?(?:<pageSetup [^<>]*/>)?"
    rb"(?:<headerFooter><oddFooter>[^<]*</oddFooter></headerFooter>)?</worksheet>"
)
_ROWS = re.compile(
    rb'(?:<row r="[0-9]+"(?: spans="[0-9]+:[0-9]+")?(?: ht="' + _SIZE + rb'" customHeight="1")?/?>'
    rb"|</row>)*"
)
_CELL = re.compile(
    rb'<c r="(' + _REFERENCE + rb')"(?: s="([0-9]{1,5})")?(?: t="(s|str)")?'
    rb"(?:/>|>(?:<f>([^<]*)</f>)?<v>([^<]*)</v></c>)"
)
_MERGED = re.compile(rb'ref="([^"]+)"')
_TEXTS_HEAD = re.compile(
    _XML + rb'<sst xmlns="' + _MAIN + rb'" count="[0-9]{1,7}" uniqueCount="[0-9]{1,7}">'
)
_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_GROUPS = 6
"""What splitting by `_CELL` gives for each cell: what stood before it and its five groups."""


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """The cells of a part in their order, one list for each thing there is to know of them.

    `shown` holds texts and numbers as they are written, still escaped, shared texts looked up;
    `kinds` is `s` or `str` for texts; `formulas` and `styles` are empty where there are none.
    """

    references: Sequence[bytes]
    styles: Sequence[bytes]
    kinds: Sequence[bytes]
    formulas: Sequence[bytes]
    shown: Sequence[bytes]
    merged: frozenset[bytes]


def plain_sheet(part: bytes, texts: Sequence[bytes]) -> PlainSheet | None:
    """Return the cells of a sheet's part, `None` when anything in it is not as we write it."""
    head = _HEAD.match(part)
    end = part.rfind(b"</sheetData>")
    tail = _TAIL.fullmatch(part, end) if end >= 0 else None
    if head is None or tail is None:
        return None
    pieces = _CELL.split(part[head.end() : end])
    if not _ROWS.fullmatch(b"".join(pieces[::_GROUPS])):
        return None
    references, styles, kinds, formulas, values = (_column(pieces, at) for at in range(1, _GROUPS))
    if len(set(references)) < len(references):
        return None
    try:
        shown = [
            texts[int(value)] if kind == b"s" else value
            for kind, value in zip(kinds, values, strict=True)
        ]
    except (IndexError, ValueError):
        return None
    merged = frozenset(_MERGED.findall(tail["merged"] or b""))
    return PlainSheet(references, styles, kinds, formulas, shown, merged)


def cells_of(part: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the cells of a part that `plain_sheet` could read, in the order it has them in.

    The groups are reference, style, kind, formula and value.
    """
    head = _HEAD.match(part)
    return _CELL.finditer(part, head.end() if head else len(part), part.rfind(b"</sheetData>"))


def plain_texts(part: bytes) -> list[bytes] | None:
    """Return the shared texts, still escaped; `None` when the part is not as we write it."""
    head = _TEXTS_HEAD.match(part)
    if head is None:
        return None
    pieces = _TEXT.split(part[head.end() :])
    if pieces.pop() != b"</sst>" or any(pieces[::2]):
        return None
    return pieces[1::2]


def escaped(text: str) -> bytes:
    """Return a text as the writer escapes it."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.encode("utf-8", "surrogatepass")


def unescaped(written: bytes) -> str:
    """Return the text that `escaped` made; raises `ValueError` for any other escape."""
    text = written.decode("utf-8")
    if "&" in text:
        plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
        text = plain.replace("&amp;", "&")
        if escaped(text) != written and escaped(text).replace(b'"', b"&quot;") != written:
            raise ValueError("an escape we do not write")
    return text


def _column(pieces: list[bytes | None], at: int) -> list[bytes]:
    return [piece or b"" for piece in pieces[at::_GROUPS]]
