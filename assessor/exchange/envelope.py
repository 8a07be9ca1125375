"""The machine sheet: a payload's text as rows of ordinary text cells, and back.

The rows survive being saved again by another spreadsheet: no cell begins with a character that
starts a formula, ends or begins with a blank, holds a line break or control character, or looks
like one of the escapes of the file format. What a spreadsheet might change stands as a JSON escape,
which is legal in the payload's text and undone when it is read.

    assessor payload | 1
    chunks           | 2
    digest           | sha256:<64 hex digits of the canonical text>
    sm3              | sm3:<64 hex digits of the canonical text>
    signature        | ed25519:<128 hex digits>
    key id           | <the fingerprint of the key>
    public key       | ed25519:<64 hex digits>
    report options   | language=zh; photos=yes
    chunk 1 of 2     | [{"assessment":...]
    chunk 2 of 2     | [...}]

The cells of signature and key are empty in an export that was not signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assessor.canonical import digest_of_bytes
from assessor.errors import AssessorError
from assessor.exchange.signature import SM3_KIND, UNSIGNED, Signed, sm3_of_bytes
from assessor.i18n import message
from assessor.sheets import Sheet

SHEET_NAME: Final = "assessor_payload"
ENVELOPE_VERSION: Final = 1
CHUNK_UNITS: Final = 30_000
"""The most UTF-16 units of payload in a cell; a cell holds 32,767."""
MAX_CHUNKS: Final = 10_000

_TITLE = "assessor payload"
_CHUNKS = "chunks"
_DIGEST = "digest"
_DIGEST_KIND = "sha256:"
_SM3 = "sm3"
_SIGNATURE = "signature"
_KEY_ID = "key id"
_PUBLIC_KEY = "public key"
_OPTIONS = "report options"
_BETWEEN, _IS = "; ", "="
_OPEN, _CLOSE = "[", "]"
_COLUMNS = (1, 2)

_CHUNK_LABEL = re.compile(r"chunk ([1-9][0-9]{0,4}) of ([1-9][0-9]{0,4})", re.ASCII)
_COUNT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
# Beyond plain text: control characters (C1 too), line and paragraph separators, direction marks,
# the byte order mark, noncharacters; and "_x", which begins an escape of the file format.
_FRAGILE = re.compile(
    "[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|_(?=x)"
)
_ESCAPES = re.compile(r"\\(?:u([0-9a-f]{4})|.)")
_FIRST_FRAGILE = 0x7F
_UNDERSCORE = 0x5F


Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Envelope:
    """What a machine sheet holds: the canonical text, its digest, and a signature or `UNSIGNED`.

    `options` are the choices that shaped the people's sheets, as name and value; they are no part
    of what is signed, since they change no figure.
    """

    payload_text: str
    digest: str
    signed: Signed = UNSIGNED
    options: Options = ()


def to_rows(payload_text: str, signed: Signed = UNSIGNED, options: Options = ()) -> list[list[str]]:
    """Return the machine sheet of a canonical text: rows of two cells each, all of them text."""
    chunks = list(_chunks(_armoured(payload_text)))
    count = len(chunks)
    data = payload_text.encode("utf-8")
    return [
        [_TITLE, str(ENVELOPE_VERSION)],
        [_CHUNKS, str(count)],
        [_DIGEST, _DIGEST_KIND + digest_of_bytes(data)],
        [_SM3, SM3_KIND + sm3_of_bytes(data)],
        [_SIGNATURE, signed.signature],
        [_KEY_ID, signed.key_id],
        [_PUBLIC_KEY, signed.public_key],
        *([[_OPTIONS, options_text(options)]] if options else []),
        *(
            [f"chunk {number} of {count}", _OPEN + chunk + _CLOSE]
            for number, chunk in enumerate(chunks, start=1)
        ),
    ]


def from_rows(rows: Iterable[Sequence[str]]) -> Envelope:
    """Read a machine sheet back.

    The order of the rows, blank rows and further columns do not matter. Raises `AssessorError` that
    says what is wrong: not a machine sheet, a newer one, a chunk missing or cut, or a text whose
    digest is not the one written beside it.
    """
    cells = _labelled(rows)
    version = cells.get(_TITLE)
    if version is None:
        raise AssessorError(message("exchange.no_envelope"))
    if version != str(ENVELOPE_VERSION):
        known = ENVELOPE_VERSION
        raise AssessorError(message("exchange.envelope_newer", found=version[:20], known=known))
    text = _disarmoured("".join(_read_chunks(cells)))
    digest = _digest(cells, text.encode("utf-8", "surrogatepass"))
    signed, _ = signed_from(tuple(cells.items()))
    return Envelope(text, digest, signed, options_from(cells.get(_OPTIONS, "")))


def options_text(options: Options) -> str:
    """Return the choices that shaped a report as one line: `language=zh; photos=yes`."""
    return _BETWEEN.join(f"{name}{_IS}{value}" for name, value in options)


def options_from(line: str) -> Options:
    """Read the line of `options_text` back; what is not a name and a value is left out."""
    pairs = (part.partition(_IS) for part in line.split(_BETWEEN.strip()))
    return tuple((name.strip(), value.strip()) for name, is_, value in pairs if is_)


def signed_pairs(signed: Signed) -> Options:
    """Return a signature as names and values, none where there is none."""
    if signed.blank:
        return ()
    return (
        (_SIGNATURE, signed.signature),
        (_PUBLIC_KEY, signed.public_key),
        (_KEY_ID, signed.key_id),
    )


def signed_from(pairs: Options) -> tuple[Signed, Options]:
    """Return the signature among names and values, and the other pairs."""
    given = dict(pairs)
    labels = (_SIGNATURE, _PUBLIC_KEY, _KEY_ID)
    rest = tuple(pair for pair in pairs if pair[0] not in labels)
    return Signed(*(given.get(label, "") for label in labels)), rest


def rows_of(sheet: Sheet) -> list[list[str]]:
    """Return the texts of a sheet that was read, as `from_rows` takes them."""
    rows = sheet.rows().values()
    return [[row[at].text if at in row else "" for at in _COLUMNS] for row in rows]


def _labelled(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for row in rows:
        label, value = (*(_tidy(cell) for cell in row[:2]), "", "")[:2]
        if label in cells:
            raise AssessorError(message("exchange.row_twice", row=label[:40]))
        if label:
            cells[label] = value
    return cells


def _tidy(cell: str) -> str:
    """Drop the apostrophe some programs turn the quote prefix into, and blanks around."""
    return cell.strip().removeprefix("'")


def _digest(cells: Mapping[str, str], data: bytes) -> str:
    """Return the digest written beside the text, after comparing it; SM3 too where it stands."""
    written = cells.get(_DIGEST, "").removeprefix(_DIGEST_KIND)
    if not _HEX.fullmatch(written):
        raise AssessorError(message("exchange.digest_missing"))
    pairs = [(written, digest_of_bytes(data))]
    if _SM3 in cells:
        pairs.append((cells[_SM3].removeprefix(SM3_KIND), sm3_of_bytes(data)))
    for said, found in pairs:
        if said != found:
            raise AssessorError(
                message("exchange.digest_differs", written=said[:16], found=found[:16])
            )
    return written


def _read_chunks(cells: Mapping[str, str]) -> list[str]:
    count_text = cells.get(_CHUNKS, "")
    if not _COUNT.fullmatch(count_text) or int(count_text) > MAX_CHUNKS:
        raise AssessorError(message("exchange.count_missing"))
    count = int(count_text)
    for label in cells:
        found = _CHUNK_LABEL.fullmatch(label)
        if found and (int(found[2]) != count or int(found[1]) > count):
            raise AssessorError(message("exchange.chunk_surplus", row=label, count=count))
    return [_chunk(cells, number, count) for number in range(1, count + 1)]


def _chunk(cells: Mapping[str, str], number: int, count: int) -> str:
    cell = cells.get(f"chunk {number} of {count}")
    if cell is None:
        raise AssessorError(message("exchange.chunk_missing", number=number, count=count))
    if not (cell.startswith(_OPEN) and cell.endswith(_CLOSE) and len(cell) > 1):
        raise AssessorError(message("exchange.chunk_cut", number=number, count=count))
    return cell[1:-1]


def _armoured(text: str) -> str:
    return _FRAGILE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _disarmoured(text: str) -> str:
    return _ESCAPES.sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else 0
    return chr(code) if code >= _FIRST_FRAGILE or code == _UNDERSCORE else found[0]


def _chunks(text: str) -> Iterable[str]:
    """Cut by UTF-16 units, as spreadsheets count; a character beyond U+FFFF has two."""
    start = units = 0
    for at, character in enumerate(text):
        size = 2 if character > "\uffff" else 1
        if units + size > CHUNK_UNITS:
            yield text[start:at]
            start, units = at, 0
        units += size
    yield text[start:]
